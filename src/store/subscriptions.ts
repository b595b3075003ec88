import { type Channel, channelOf, keyOfChannel } from '../model/channel.ts';
import type { Subscription } from '../model/delivery.ts';
import type { Database } from './database.ts';
import { and, asc, eq, isNull, notInArray, sql } from './drizzle.ts';
import { channels, subscriptions } from './schema.ts';

const columns = {
  channel: subscriptions.channel,
  topic: subscriptions.topic,
  at: subscriptions.at,
  language: subscriptions.language,
};

/** Notes a channel's wish for a topic, or changes its hour and language. */
export async function subscribe(
  db: Database,
  { channel, topic, at, language }: Subscription,
  now: Date,
): Promise<void> {
  await db
    .insert(subscriptions)
    .values({ channel: keyOfChannel(channel), topic, at, language, createdAt: now })
    .onConflictDoUpdate({
      target: [subscriptions.channel, subscriptions.topic],
      set: { at, language },
    });
}

/** Takes a wish back. `false` when there was none. */
export async function unsubscribe(db: Database, channel: Channel, topic: string): Promise<boolean> {
  const rows = await db
    .delete(subscriptions)
    .where(and(eq(subscriptions.channel, keyOfChannel(channel)), eq(subscriptions.topic, topic)))
    .returning({ topic: subscriptions.topic });
  return rows.length > 0;
}

/** What a channel gets, by topic. */
export async function subscriptionsOf(db: Database, channel: Channel): Promise<Subscription[]> {
  const rows = await db
    .select(columns)
    .from(subscriptions)
    .where(eq(subscriptions.channel, keyOfChannel(channel)))
    .orderBy(asc(subscriptions.topic));
  return rows.map(fromRow);
}

/** Who gets a topic: channels that may use the bot and are not paused. */
export async function subscribersOf(db: Database, topic: string): Promise<Subscription[]> {
  const rows = await db
    .select(columns)
    .from(subscriptions)
    .innerJoin(channels, eq(channels.key, subscriptions.channel))
    .where(
      and(eq(subscriptions.topic, topic), eq(channels.access, 'allowed'), isNull(channels.paused)),
    )
    .orderBy(asc(subscriptions.channel));
  return rows.map(fromRow);
}

type Row = Omit<Subscription, 'channel'> & { readonly channel: string };

function fromRow({ channel, ...rest }: Row): Subscription {
  return { channel: channelOf(channel), ...rest };
}

/** A topic that chats wait for and nobody makes. */
export type LostTopic = { readonly topic: string; readonly chats: number };

/** The topics that chats subscribed to, without those that are named. */
export async function subscribedBeyond(
  db: Database,
  named: readonly string[],
): Promise<LostTopic[]> {
  return db
    .select({ topic: subscriptions.topic, chats: sql<number>`count(*)`.mapWith(Number) })
    .from(subscriptions)
    .where(notInArray(subscriptions.topic, [...named]))
    .groupBy(subscriptions.topic)
    .orderBy(asc(subscriptions.topic));
}
