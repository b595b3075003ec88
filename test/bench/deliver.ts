import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { hold, limit } from '../fakes/discord-failures.ts';
import { type FakeDiscord, openDiscord } from '../fakes/discord-server.ts';
import { delay, flood } from '../fakes/telegram-failures.ts';
import { openTelegram, type TelegramServer } from '../fakes/telegram-server.ts';
import { count, type Measurement } from '../support/measurement.ts';
import { randomFrom } from '../support/random.ts';
import { countFinished, gather, type Size, type Tally, tally } from './audience.ts';
import { openBotPlace, storeNews, subscribeAll, withDatabase } from './bot-place.ts';
import { configure, endBot, environmentOf, startBot } from './running-bot.ts';

const CHATS = 1000;
/** For every five chats on Telegram a channel on Discord. */
const CHANNELS_A_CHAT = 0.2;
/** Of the requests that send, so many are answered 429. */
const FLOODED = 0.05;
/** What the platforms allow in all, messages a second. */
const LIMITS = { telegram: 30, discord: 50 } as const;
const PATIENCE_MS = 300_000;

/** Posts a digest to many chats at the platforms' real limits, and counts what arrived and when. */
export async function measureDeliver(chats = CHATS): Promise<Measurement> {
  const place = await openBotPlace();
  const telegram = await openTelegram();
  const discord = await openDiscord();
  try {
    const channels = Math.max(1, Math.round(chats * CHANNELS_A_CHAT));
    const audience = gather(telegram, discord, { chats, channels });
    await place.ensure('deliver');
    const url = place.url('deliver');
    await withDatabase(url, async (db) => {
      await storeNews(db, place.folder, new Date(Date.now() - 3_600_000));
      await subscribeAll(db, audience.channels);
    });
    disturb(telegram, discord, { chats, channels });
    const folder = path.join(place.folder, 'bot');
    await mkdir(folder);
    await configure(folder);
    const bot = startBot(folder, { ...environmentOf(telegram, discord), DATABASE_URL: url });
    try {
      const seconds = await watch(url, audience.counts, audience.channels.length);
      return report({ chats, channels, seconds, ...(await tally(url, audience)) });
    } finally {
      await endBot(bot);
    }
  } finally {
    await telegram.close();
    await discord.close();
    await place.close();
  }
}

/** One request in twenty is told to come back a second later. */
function disturb(telegram: TelegramServer, discord: FakeDiscord, { chats, channels }: Size): void {
  const random = randomFrom(7);
  const isFlooded = () => random() < FLOODED;
  const asks = Math.ceil(chats * (1 + 2 * FLOODED));
  telegram.fail(
    'sendRichMessage',
    ...Array.from({ length: asks }, () => (isFlooded() ? flood(1) : delay(0))),
  );
  discord.fail(
    'POST /channels/:channel/messages',
    ...Array.from({ length: Math.ceil(channels * (1 + 2 * FLOODED)) }, () =>
      isFlooded() ? limit(1) : hold(Promise.resolve()),
    ),
  );
}

/** Seconds from the first message that arrived to the end of the last delivery. */
async function watch(
  url: string,
  counts: () => readonly number[],
  deliveries: number,
): Promise<number> {
  const until = Date.now() + PATIENCE_MS;
  let first: number | null = null;
  return withDatabase(url, async (db) => {
    while (Date.now() < until) {
      await sleep(first === null ? 5 : 50);
      if (first === null && counts().some((sent) => sent > 0)) first = performance.now();
      if (first === null) continue;
      if ((await countFinished(db)) === deliveries) return (performance.now() - first) / 1000;
    }
    throw new Error('the digest was not posted to everybody within five minutes');
  });
}

function report({
  chats,
  channels,
  seconds,
  duplicates,
  lost,
  unknown,
}: Size & Tally & { readonly seconds: number }): Measurement {
  const bound = Math.max(chats / LIMITS.telegram, channels / LIMITS.discord);
  const ratio = seconds / bound;
  const figures = { chats: chats + channels, seconds, bound, ratio, duplicates, lost, unknown };
  return {
    figures: { suite: 'deliver', ...figures },
    table: [
      Object.keys(figures),
      [
        count(figures.chats),
        seconds.toFixed(1),
        bound.toFixed(1),
        ratio.toFixed(2),
        ...[duplicates, lost, unknown].map(count),
      ],
    ],
    quality: {
      what: 'a digest reaches everybody',
      on: `${count(chats)} chats on Telegram, ${count(channels)} channels on Discord, one request in twenty answered 429`,
      figures: `${seconds.toFixed(1)} s, ${ratio.toFixed(2)} times what the platforms allow at best; ${duplicates} twice, ${lost} lost`,
      command: 'npm run bench -- deliver',
    },
  };
}
