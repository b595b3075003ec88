import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import type { Channel } from '../../src/model/channel.ts';
import { sql } from '../../src/store/drizzle.ts';
import { hold, limit } from '../fakes/discord-failures.ts';
import { type FakeDiscord, openDiscord } from '../fakes/discord-server.ts';
import { delay, flood } from '../fakes/telegram-failures.ts';
import { openTelegram, type TelegramServer } from '../fakes/telegram-server.ts';
import { count, type Measurement } from '../support/measurement.ts';
import { randomFrom } from '../support/random.ts';
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
    const world = populate(telegram, discord, { chats, channels });
    await place.ensure('deliver');
    const url = place.url('deliver');
    await withDatabase(url, async (db) => {
      await storeNews(db, place.folder, new Date(Date.now() - 3_600_000));
      await subscribeAll(db, world.all);
    });
    disturb(telegram, discord, { chats, channels });
    const folder = path.join(place.folder, 'bot');
    await mkdir(folder);
    await configure(folder);
    const bot = startBot(folder, { ...environmentOf(telegram, discord), DATABASE_URL: url });
    try {
      const seconds = await watch(url, () => world.counts(), world.all.length);
      const { rows } = await withDatabase(url, (db) =>
        db.execute(sql`select count(*)::int as unknown from parts where state = 'unknown'`),
      );
      const unknown = Number(rows[0]?.['unknown']);
      return report({ chats, channels, seconds, unknown, counts: world.counts() });
    } finally {
      await endBot(bot);
    }
  } finally {
    await telegram.close();
    await discord.close();
    await place.close();
  }
}

type Size = { readonly chats: number; readonly channels: number };

function populate(telegram: TelegramServer, discord: FakeDiscord, { chats, channels }: Size) {
  const people = Array.from({ length: chats }, () => telegram.openPrivate(telegram.addUser()));
  const rooms = Array.from({ length: channels }, (_, index) =>
    discord.world.addChannel(discord.guild, { name: `room-${index}` }),
  );
  const all = [
    ...people.map(({ id }): Channel => ({ platform: 'telegram', chat: String(id), thread: null })),
    ...rooms.map(({ id }): Channel => ({ platform: 'discord', chat: id, thread: null })),
  ];
  const counts = () => [
    ...people.map((chat) => telegram.sent(chat).length),
    ...rooms.map((room) => discord.messages(room).length),
  ];
  return { all, counts };
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
      const { rows } = await db.execute(
        sql`select count(*)::int as done from deliveries where finished_at is not null`,
      );
      if (Number(rows[0]?.['done']) === deliveries) return (performance.now() - first) / 1000;
    }
    throw new Error('the digest was not posted to everybody within five minutes');
  });
}

function report({
  chats,
  channels,
  seconds,
  unknown,
  counts,
}: Size & {
  readonly seconds: number;
  readonly unknown: number;
  readonly counts: readonly number[];
}): Measurement {
  const bound = Math.max(chats / LIMITS.telegram, channels / LIMITS.discord);
  const duplicates = counts.reduce((sum, sent) => sum + Math.max(0, sent - 1), 0);
  const lost = counts.filter((sent) => sent === 0).length - unknown;
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
