import { setTimeout as sleep } from 'node:timers/promises';

import { type Channel, keyOfChannel } from '../../src/model/channel.ts';
import type { Database } from '../../src/store/database.ts';
import { sql } from '../../src/store/drizzle.ts';
import type { FakeDiscord } from '../fakes/discord-server.ts';
import type { TelegramServer } from '../fakes/telegram-server.ts';
import { withDatabase } from './bot-place.ts';

/** Private chats on Telegram, and channels on Discord. */
export type Size = { readonly chats: number; readonly channels: number };

/** Everybody who is to get a digest. */
export type Audience = {
  readonly channels: readonly Channel[];
  /** How many messages each of them has, in the order of the channels. */
  readonly counts: () => readonly number[];
};

/** What arrived of a digest that is one message for everybody. */
export type Tally = {
  readonly digests: number;
  /** Messages beyond the first of a channel. */
  readonly duplicates: number;
  /** Channels without a message of which the program does not say that it may have arrived. */
  readonly lost: number;
  /** Chats on Telegram where it is not known whether it arrived, as the program says itself. */
  readonly unknown: number;
};

/** Opens chats and channels. */
export function gather(
  telegram: TelegramServer,
  discord: FakeDiscord,
  { chats, channels }: Size,
): Audience {
  const people = Array.from({ length: chats }, () => telegram.openPrivate(telegram.addUser()));
  const rooms = Array.from({ length: channels }, (_, index) =>
    discord.world.addChannel(discord.guild, { name: `room-${index}` }),
  );
  return {
    channels: [
      ...people.map(
        ({ id }) => ({ platform: 'telegram', chat: String(id), thread: null }) as const,
      ),
      ...rooms.map(({ id }) => ({ platform: 'discord', chat: id, thread: null }) as const),
    ],
    counts: () => [
      ...people.map((chat) => telegram.sent(chat).length),
      ...rooms.map((room) => discord.messages(room).length),
    ],
  };
}

/** How many deliveries are finished. */
export async function countFinished(db: Database): Promise<number> {
  const { rows } = await db.execute(
    sql`select count(*)::int as done from deliveries where finished_at is not null`,
  );
  return Number(rows[0]?.['done']);
}

/** Waits until so many deliveries are finished; `false` when that takes too long. */
export async function areFinished(
  url: string,
  deliveries: number,
  withinMs: number,
): Promise<boolean> {
  const until = performance.now() + withinMs;
  return withDatabase(url, async (db) => {
    while ((await countFinished(db)) < deliveries) {
      if (performance.now() > until) return false;
      await sleep(100);
    }
    return true;
  });
}

/** Counts what everybody has. */
export async function tally(url: string, { channels, counts }: Audience): Promise<Tally> {
  const { rows } = await withDatabase(url, (db) =>
    db.execute(sql`select deliveries.channel from parts join deliveries on deliveries.id = delivery_id
      where parts.state = 'unknown' and deliveries.channel like 'telegram:%'`),
  );
  const unknown = new Set(rows.map((row) => String(row['channel'])));
  const messages = counts();
  const isLost = (channel: Channel, index: number) =>
    messages[index] === 0 && !unknown.has(keyOfChannel(channel));
  return {
    digests: messages.reduce((sum, count) => sum + count, 0),
    duplicates: messages.reduce((sum, count) => sum + Math.max(0, count - 1), 0),
    lost: channels.filter(isLost).length,
    unknown: unknown.size,
  };
}
