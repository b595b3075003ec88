import { commands } from '../../commands/index.ts';
import type { App } from '../app.ts';
import type { Bureau } from '../chat/bureau.ts';
import { openDiscord } from '../chat/discord/platform.ts';
import type { Lobby, Platform } from '../chat/platform.ts';
import { Stops } from '../chat/stops.ts';
import { openTelegram } from '../chat/telegram/platform.ts';
import type { Clock } from '../lib/clock.ts';
import { openBureau } from './bureau.ts';

/** The platforms that have a token, each with what commands can have done. */
export function openPlatforms(app: App, clock: Clock, stop: AbortSignal): Platform[] {
  const { config, db, now, log } = app;
  const { chats, telegram, discord, webhookSecret } = config;
  const platforms: Platform[] = [];
  const health = () =>
    platforms.map((platform) => ({ name: platform.name, trouble: platform.trouble() }));
  const bureau: Bureau = openBureau(app, stop, health);
  const stops = new Stops();
  const reception = { db, now, log, bureau, commands, quotas: chats.quotas, stops };
  const lobby = (owners: readonly string[]): Lobby => ({ clock, log, reception, owners });
  if (telegram) {
    const owners = lobby(chats.owners.telegram);
    platforms.push(openTelegram(telegram, chats.telegram, webhookSecret, owners));
  }
  if (discord) platforms.push(openDiscord(discord, lobby(chats.owners.discord)));
  return platforms;
}
