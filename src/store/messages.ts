import { type Channel, keyOfChannel } from '../model/channel.ts';
import type { About } from '../model/message.ts';
import type { Database } from './database.ts';
import { and, eq } from './drizzle.ts';
import { messages } from './schema.ts';

/** Notes what messages of a channel show. */
export async function noteMessages(
  db: Database,
  channel: Channel,
  messageIds: readonly string[],
  { report: reportId, section, turn }: About,
  sentAt: Date,
): Promise<void> {
  const shows = { reportId, section, turn, sentAt };
  for (const messageId of messageIds) {
    await db
      .insert(messages)
      .values({ channel: keyOfChannel(channel), messageId, ...shows })
      .onConflictDoUpdate({ target: [messages.channel, messages.messageId], set: shows });
  }
}

/** What a message of a channel shows; `null` for one that was not noted. */
export async function aboutMessage(
  db: Database,
  channel: Channel,
  messageId: string,
): Promise<About | null> {
  const [row] = await db
    .select({ report: messages.reportId, section: messages.section, turn: messages.turn })
    .from(messages)
    .where(and(eq(messages.channel, keyOfChannel(channel)), eq(messages.messageId, messageId)));
  return row ?? null;
}
