import { randomBytes } from 'node:crypto';

import { type Channel, channelOf, keyOfChannel, type PlatformName } from '../model/channel.ts';
import type { Delivery, DeliveryPart, Form, PartState, Subscription } from '../model/delivery.ts';
import type { Database } from './database.ts';
import { and, asc, eq, gte, inArray, isNull, or, sql } from './drizzle.ts';
import { deliveries, parts, reports } from './schema.ts';
import { isAlive } from './sessions.ts';

/** A delivery that is to be made: to whom, what, when. */
export type NewDelivery = Pick<Subscription, 'channel' | 'topic'> & {
  readonly day: string;
  readonly reportId: number | null;
  readonly postAt: Date;
  readonly late: boolean;
};

/**
 * Notes deliveries. A channel that has one of the topic and day already gets no second.
 *
 * @returns The numbers of those that are new.
 */
export async function noteDeliveries(
  tx: Database,
  wanted: readonly NewDelivery[],
): Promise<{ id: number; postAt: Date }[]> {
  const noted: { id: number; postAt: Date }[] = [];
  for (const { channel, ...rest } of wanted) {
    const [row] = await tx
      .insert(deliveries)
      .values({ ...rest, channel: keyOfChannel(channel) })
      .onConflictDoNothing()
      .returning({ id: deliveries.id });
    if (!row) continue;
    noted.push({ id: row.id, postAt: rest.postAt });
  }
  return noted;
}

/**
 * Takes a delivery for a process, with its messages. `null` when it is finished, or a living process
 * is at it.
 */
export async function claimDelivery(
  db: Database,
  id: number,
  session: number,
): Promise<Delivery | null> {
  const [row] = await db
    .update(deliveries)
    .set({ session })
    .where(
      and(
        eq(deliveries.id, id),
        isNull(deliveries.finishedAt),
        or(isNull(deliveries.session), sql`not ${isAlive(deliveries.session)}`),
      ),
    )
    .returning();
  if (!row) return null;
  return fromRow(row, await partsOf(db, id));
}

/** Lets a delivery go, for good when it is finished. */
export async function letGo(
  db: Database,
  id: number,
  session: number,
  finishedAt: Date | null,
): Promise<void> {
  await db
    .update(deliveries)
    .set({ session: null, finishedAt })
    .where(and(eq(deliveries.id, id), eq(deliveries.session, session)));
}

/**
 * Gives a delivery rows for the messages that it takes, before the first is sent. Those that are there
 * stay as they are.
 */
export async function noteParts(
  db: Database,
  deliveryId: number,
  count: number,
  form: Form,
): Promise<DeliveryPart[]> {
  const wanted = Array.from({ length: count }, (_, position) => ({
    deliveryId,
    position,
    state: 'waiting' as const,
    form,
    nonce: randomBytes(12).toString('hex'),
  }));
  await db.insert(parts).values(wanted).onConflictDoNothing();
  return partsOf(db, deliveryId);
}

/** The messages of a delivery, in order. */
export async function partsOf(db: Database, deliveryId: number): Promise<DeliveryPart[]> {
  const rows = await db
    .select()
    .from(parts)
    .where(eq(parts.deliveryId, deliveryId))
    .orderBy(asc(parts.position));
  return rows.map(toPart);
}

/** What may change about a message of a delivery. */
export type PartChange = Partial<Omit<DeliveryPart, 'position' | 'nonce'>> & {
  readonly state?: PartState;
  readonly sentAt?: Date;
};

/** Notes what became of a message. */
export async function changePart(
  db: Database,
  deliveryId: number,
  position: number,
  change: PartChange,
): Promise<void> {
  await db
    .update(parts)
    .set(change)
    .where(and(eq(parts.deliveryId, deliveryId), eq(parts.position, position)));
}

/** Deliveries that nobody alive is at and that are not finished, with the next moment to try. */
export async function openDeliveries(
  db: Database,
): Promise<{ id: number; platform: PlatformName; at: Date }[]> {
  const next = sql<Date>`greatest(${deliveries.postAt}, (select max(${parts.nextTry}) from ${parts}
    where ${parts.deliveryId} = ${deliveries.id}))`.mapWith(deliveries.postAt);
  const rows = await db
    .select({ id: deliveries.id, channel: deliveries.channel, at: next })
    .from(deliveries)
    .where(
      and(
        isNull(deliveries.finishedAt),
        or(isNull(deliveries.session), sql`not ${isAlive(deliveries.session)}`),
      ),
    )
    .orderBy(asc(deliveries.postAt), asc(deliveries.id));
  return rows.map(({ id, channel, at }) => ({ id, platform: channelOf(channel).platform, at }));
}

/** Reports that were made again after messages were sent that show them, since a moment. */
export async function outdatedReports(
  db: Database,
  since: Date,
): Promise<{ id: number; createdAt: Date }[]> {
  return db
    .selectDistinct({ id: reports.id, createdAt: reports.createdAt })
    .from(parts)
    .innerJoin(deliveries, eq(deliveries.id, parts.deliveryId))
    .innerJoin(reports, eq(reports.id, deliveries.reportId))
    .where(
      and(
        eq(parts.state, 'sent'),
        sql`${parts.shows} < ${reports.createdAt}`,
        gte(deliveries.postAt, since),
      ),
    );
}

/** Sent messages that show a report as it was before it was made again. */
export async function outdatedParts(
  db: Database,
  reportId: number,
  madeAt: Date,
): Promise<Delivery[]> {
  const rows = await db
    .select({ delivery: deliveries, part: parts })
    .from(parts)
    .innerJoin(deliveries, eq(deliveries.id, parts.deliveryId))
    .where(
      and(
        eq(deliveries.reportId, reportId),
        eq(parts.state, 'sent'),
        sql`${parts.shows} < ${madeAt.toISOString()}::timestamptz`,
      ),
    )
    .orderBy(asc(deliveries.id), asc(parts.position));
  return [...Map.groupBy(rows, ({ delivery }) => delivery.id).values()].flatMap((group) => {
    const [first] = group;
    return first
      ? [
          fromRow(
            first.delivery,
            group.map(({ part }) => toPart(part)),
          ),
        ]
      : [];
  });
}

/** The number of the report that a message of a delivery shows; `null` when it is none of ours. */
export async function reportOfMessage(
  db: Database,
  channel: Channel,
  messageId: string,
): Promise<number | null> {
  const [row] = await db
    .select({ reportId: deliveries.reportId })
    .from(parts)
    .innerJoin(deliveries, eq(deliveries.id, parts.deliveryId))
    .where(and(eq(parts.messageId, messageId), eq(deliveries.channel, keyOfChannel(channel))))
    .limit(1);
  return row?.reportId ?? null;
}

/** How many messages are in which state, of deliveries since a moment. */
export async function countParts(
  db: Database,
  since: Date,
): Promise<Partial<Record<PartState, number>>> {
  const rows = await db
    .select({ state: parts.state, count: sql<number>`count(*)::int` })
    .from(parts)
    .innerJoin(deliveries, eq(deliveries.id, parts.deliveryId))
    .where(gte(deliveries.postAt, since))
    .groupBy(parts.state);
  return Object.fromEntries(rows.map(({ state, count }) => [state, count]));
}

/** Ends what is still open to a channel: nothing more goes there. */
export async function giveUpOn(
  db: Database,
  channel: string,
  why: string,
  now: Date,
): Promise<void> {
  const open = await db
    .update(deliveries)
    .set({ finishedAt: now })
    .where(and(eq(deliveries.channel, channel), isNull(deliveries.finishedAt)))
    .returning({ id: deliveries.id });
  if (open.length === 0) return;
  await db
    .update(parts)
    .set({ state: 'given-up', failure: why })
    .where(
      and(
        inArray(
          parts.deliveryId,
          open.map(({ id }) => id),
        ),
        inArray(parts.state, ['waiting', 'failed']),
      ),
    );
}

type Row = typeof deliveries.$inferSelect;
type PartRow = typeof parts.$inferSelect;

function fromRow(
  { id, channel, topic, day, reportId, postAt, late }: Row,
  own: readonly DeliveryPart[],
): Delivery {
  return { id, channel: channelOf(channel), topic, day, reportId, postAt, late, parts: own };
}

function toPart(row: PartRow): DeliveryPart {
  const { position, state, form, nonce, attempts, nextTry, doubtSince } = row;
  const { failure, messageId, shows } = row;
  return {
    position,
    state,
    form,
    nonce,
    attempts,
    nextTry,
    doubtSince,
    failure,
    messageId,
    shows,
  };
}
