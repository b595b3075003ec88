import { type Channel, channelOf, keyOfChannel } from '../model/channel.ts';
import type { ChannelAccess, Form } from '../model/delivery.ts';
import type { Language } from '../model/topic.ts';
import type { Database } from './database.ts';
import { and, asc, eq, isNull, sql } from './drizzle.ts';
import { channels } from './schema.ts';

/** What is known of a channel. */
export type KnownChannel = {
  readonly channel: Channel;
  readonly title: string;
  readonly access: ChannelAccess;
  /** What it is spoken to in; `null`: the topic's. */
  readonly language: Language | null;
  /** `null`: as well as the platform can. */
  readonly form: Form | null;
  /** Why nothing is sent there any more. */
  readonly paused: string | null;
  /** The number of the report that was shown there last. */
  readonly shownReport: number | null;
};

type Row = typeof channels.$inferSelect;

function fromRow({ key, title, access, language, form, paused, shownReport }: Row): KnownChannel {
  return { channel: channelOf(key), title, access, language, form, paused, shownReport };
}

/** What is known of a channel; a new one is noted, as unknown. Its title is kept up to date. */
export async function meetChannel(
  db: Database,
  channel: Channel,
  title: string,
  now: Date,
): Promise<KnownChannel> {
  const [row] = await db
    .insert(channels)
    .values({
      key: keyOfChannel(channel),
      platform: channel.platform,
      title,
      access: 'unknown',
      createdAt: now,
    })
    .onConflictDoUpdate({ target: channels.key, set: { title } })
    .returning();
  if (!row) throw new Error('the database noted a channel without answering it');
  return fromRow(row);
}

/** What is known of a channel; `null` when nothing is. */
export async function findChannel(db: Database, channel: Channel): Promise<KnownChannel | null> {
  const [row] = await db
    .select()
    .from(channels)
    .where(eq(channels.key, keyOfChannel(channel)));
  return row ? fromRow(row) : null;
}

/** Every channel of a certain access, by key. */
export async function channelsWith(db: Database, access: ChannelAccess): Promise<KnownChannel[]> {
  const rows = await db
    .select()
    .from(channels)
    .where(eq(channels.access, access))
    .orderBy(asc(channels.key));
  return rows.map(fromRow);
}

/** What may change about a channel. */
export type ChannelChange = Partial<
  Pick<KnownChannel, 'access' | 'language' | 'form' | 'paused' | 'shownReport'>
>;

/** Changes what is known of a channel. `false` when it is not known. */
export async function changeChannel(
  db: Database,
  channel: Channel,
  change: ChannelChange,
): Promise<boolean> {
  const rows = await db
    .update(channels)
    .set(change)
    .where(eq(channels.key, keyOfChannel(channel)))
    .returning({ key: channels.key });
  return rows.length > 0;
}

/** Lets a whole chat in or shuts it out, with its topics. `false` when it is not known. */
export async function changeAccess(
  db: Database,
  { platform, chat }: Channel,
  access: ChannelAccess,
): Promise<boolean> {
  const rows = await db
    .update(channels)
    .set(access === 'allowed' ? { access, paused: null } : { access })
    .where(isOfChat(`${platform}:${chat}`))
    .returning({ key: channels.key });
  return rows.length > 0;
}

/** A chat itself or one of its topics. */
function isOfChat(chat: string) {
  return sql`(${channels.key} = ${chat} or starts_with(${channels.key}, ${`${chat}:`}))`;
}

/** Whether a stranger is to be told how to get access: `true` once for each channel. */
export async function isFirstAsked(db: Database, channel: Channel, now: Date): Promise<boolean> {
  const rows = await db
    .update(channels)
    .set({ toldAt: now })
    .where(and(eq(channels.key, keyOfChannel(channel)), isNull(channels.toldAt)))
    .returning({ key: channels.key });
  return rows.length > 0;
}

/**
 * Follows a chat that has another id now, with all that belongs to it: its topics too. What the new id
 * was known by already gives way, unless only there somebody decided: a late word from the old id must
 * not take its place.
 */
export async function moveChat(
  db: Database,
  { platform, chat }: Channel,
  to: string,
): Promise<void> {
  const [from, target] = [`${platform}:${chat}`, `${platform}:${to}`];
  if (from === target) return;
  await db.transaction(async (tx) => {
    // Locked: of two that follow a chat at once, the second finds nothing left to move.
    const rows = await tx.select().from(channels).where(isOfChat(from)).for('update');
    for (const { key, access } of rows) {
      const moved = target + key.slice(from.length);
      const [there] = await tx.select().from(channels).where(eq(channels.key, moved));
      const stays = access === 'unknown' && there !== undefined && there.access !== 'unknown';
      await tx.delete(channels).where(eq(channels.key, stays ? key : moved));
      if (!stays) await tx.update(channels).set({ key: moved }).where(eq(channels.key, key));
    }
  });
}
