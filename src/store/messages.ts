import { type Channel, keyOfChannel } from '../model/channel.ts';
import type { About } from '../model/message.ts';
import type { Database } from './database.ts';
import { and, desc, eq, gt, inArray, isNull, or, sql } from './drizzle.ts';
import { messages, turns } from './schema.ts';

/**
 * Notes what messages of a channel show, as far as that is still there; of a channel of which nothing is
 * known, nothing is noted.
 */
export async function noteMessages(
  db: Database,
  channel: Channel,
  messageIds: readonly string[],
  { report, section, turn }: About,
  sentAt: Date,
): Promise<void> {
  await db.execute(sql`
    insert into messages (channel, message_id, report_id, section, turn, sent_at)
    select channels.key, message_id, (select id from reports where id = ${report}), ${section},
      (select id from turns where id = ${turn}), ${sentAt.toISOString()}::timestamptz
    from channels, json_array_elements_text(${JSON.stringify(messageIds)}::json) message_id
    where channels.key = ${keyOfChannel(channel)}
    on conflict (channel, message_id) do update set report_id = excluded.report_id,
      section = excluded.section, turn = excluded.turn, sent_at = excluded.sent_at`);
}

/** The messages of a channel that show the answer of a turn, in the order in which they stand there. */
export async function messagesOfTurn(
  db: Database,
  channel: Channel,
  turn: number,
): Promise<string[]> {
  const rows = await db
    .select({ id: messages.messageId })
    .from(messages)
    .where(and(eq(messages.channel, keyOfChannel(channel)), eq(messages.turn, turn)))
    .orderBy(sql`length(${messages.messageId}), ${messages.messageId}`); // ids are numbers that grow
  return rows.map(({ id }) => id);
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

/** What a channel was shown last after a moment: of answers, those to one speaker. */
export async function lastShownTo(
  db: Database,
  channel: Channel,
  speaker: string,
  after: Date,
): Promise<About | null> {
  const own = db.select({ id: turns.id }).from(turns).where(eq(turns.speaker, speaker));
  const [row] = await db
    .select({ report: messages.reportId, section: messages.section, turn: messages.turn })
    .from(messages)
    .where(
      and(
        eq(messages.channel, keyOfChannel(channel)),
        gt(messages.sentAt, after),
        or(isNull(messages.turn), inArray(messages.turn, own)),
      ),
    )
    .orderBy(
      desc(messages.sentAt),
      sql`length(${messages.messageId}) desc, ${messages.messageId} desc`,
    )
    .limit(1);
  return row ?? null;
}
