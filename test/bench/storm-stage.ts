import { once } from 'node:events';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import type { Database } from '../../src/store/database.ts';
import { type FakeDiscord, openDiscord } from '../fakes/discord-server.ts';
import { openPostgresProxy, type PostgresProxy } from '../fakes/postgres-proxy.ts';
import { openTelegram, type TelegramServer } from '../fakes/telegram-server.ts';
import { areFinished, type Audience, gather, type Size, type Tally, tally } from './audience.ts';
import { type BotPlace, letIn, storeNews, subscribeAll, withDatabase } from './bot-place.ts';
import { configure, endBot, environmentOf, hourOf, startBot } from './running-bot.ts';
import { Talkers, type Talk } from './storm-talk.ts';

/** A running bot between everything that may fail. */
export type Stage = {
  readonly telegram: TelegramServer;
  readonly discord: FakeDiscord;
  readonly database: PostgresProxy;
  readonly talkers: Talkers;
  readonly folder: string;
  /** When the second third of the audience gets its digest, and when the last. */
  readonly hours: { readonly soon: number; readonly later: number };
  /** Resolves while the digest is on its way to the first third. */
  readonly underWay: () => Promise<void>;
};

/** What a weather does to the bot. */
export type Weather = {
  readonly name: string;
  /** Variables of the bot. */
  readonly environment?: (folder: string) => Readonly<Record<string, string>>;
  /** Resolves when it is over. */
  readonly rage: (stage: Stage) => Promise<void>;
};

/** What the digest and the people went through. */
export type Survival = Tally & Talk & { readonly weather: string; readonly seconds: number };

const MINUTE = 60_000;
const TALKERS = 24;
const PATIENCE_MS = 6 * MINUTE;
const LAST_ANSWERS_MS = 20_000;

/** Runs the bot through a weather, and counts what everybody has when the sky is clear again. */
export async function survive(place: BotPlace, size: Size, weather: Weather): Promise<Survival> {
  const start = performance.now();
  const { name } = weather;
  const telegram = await openTelegram();
  const discord = await openDiscord();
  await place.ensure(name);
  const url = place.url(name);
  const folder = path.join(place.folder, name);
  await mkdir(folder);
  const { hostname, port, username, password } = new URL(url);
  const database = await openPostgresProxy({ host: hostname, port: Number(port) });
  const audience = gather(telegram, discord, size);
  const talkers = new Talkers(telegram, discord, TALKERS);
  const hours = await withDatabase(url, async (db) => {
    await storeNews(db, folder, new Date(Date.now() - 60 * MINUTE));
    await letIn(db, [...talkers.channels, ...audience.channels]);
    return subscribeThirds(db, audience);
  });
  await configure(folder, ['chats:', '  quotas: { person: 1000000, chat: 1000000 }']);
  const through = `postgresql://${username}:${password}@${hostname}:${database.port}/${name}`;
  const bot = startBot(folder, {
    ...environmentOf(telegram, discord),
    ...weather.environment?.(folder),
    DATABASE_URL: through,
  });
  const ended = once(bot, 'exit').then(([code]) => {
    throw new Error(`the bot ended by itself in "${name}", with ${code}`);
  });
  const underWay = () => untilSome(audience);
  const stage = { telegram, discord, database, talkers, folder, hours, underWay };
  const weathered = async () => {
    await weather.rage(stage);
    await areFinished(url, audience.channels.length, PATIENCE_MS); // what is not is counted as lost
    const seconds = (performance.now() - start) / 1000;
    const talk = await talkers.settle(LAST_ANSWERS_MS);
    return { weather: name, ...(await tally(url, audience)), ...talk, seconds };
  };
  try {
    return await Promise.race([weathered(), ended]);
  } finally {
    ended.catch(() => undefined); // now it is to end
    await endBot(bot);
    await database.close();
    await telegram.close();
    await discord.close();
  }
}

/** A third of the audience gets its digest at once, the others at hours that are still to come. */
async function subscribeThirds(db: Database, { channels }: Audience): Promise<Stage['hours']> {
  const soon = Math.ceil(Date.now() / MINUTE + 2) * MINUTE;
  const later = soon + 2 * MINUTE;
  for (const [index, at] of [null, hourOf(soon), hourOf(later)].entries()) {
    const third = channels.filter((_, each) => each % 3 === index);
    await subscribeAll(db, third, at);
  }
  return { soon, later };
}

/** Resolves when a tenth of the audience has a message. */
async function untilSome({ counts }: Audience): Promise<void> {
  const has = () => counts().filter((messages) => messages > 0).length;
  while (has() < counts().length / 10) await sleep(5);
}
