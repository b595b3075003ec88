import type { CallState, Purpose, Tokens } from '../model/usage.ts';
import { type Day, dayOf, windowOf } from '../model/window.ts';
import type { Database } from './database.ts';
import { and, eq, gte, lt, sql } from './drizzle.ts';
import { calls } from './schema.ts';

/** A call that is about to be made. */
export type PlannedCall = {
  readonly startedAt: Date;
  readonly purpose: Purpose;
  readonly topic: string;
  readonly part: string;
  readonly model: string;
  readonly batched: boolean;
  /** The most that it can cost, in millionths of a dollar. */
  readonly atMost: number;
};

/** How a call ended. */
export type CallEnd = {
  readonly state: Exclude<CallState, 'asked'>;
  readonly failure: string | null;
  readonly tokens: Tokens;
  /** Millionths of a dollar. */
  readonly price: number;
  readonly requestId: string | null;
  readonly durationMs: number;
};

/** All of a day's calls, and how much they may cost together. */
export type Cap = { readonly since: Date; readonly micros: number };

const CAP_LOCK = 4_020_260_130; // any number, the same in every process

/**
 * Enters a call into the account, unless what it can cost at most would pass the cap: then the
 * answer is `null`, and it must not be made. Of several processes one at a time may enter a call.
 */
export async function enterCall(
  db: Database,
  { atMost, ...call }: PlannedCall,
  cap: Cap,
): Promise<number | null> {
  return db.transaction(async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(${CAP_LOCK})`);
    if ((await spentSince(tx, cap.since)) + atMost > cap.micros) return null;
    const [row] = await tx
      .insert(calls)
      .values({ ...call, state: 'asked', price: atMost })
      .returning({ id: calls.id });
    return row?.id ?? null;
  });
}

/** Writes down how a call ended and what it cost. */
export async function closeCall(db: Database, id: number, end: CallEnd): Promise<void> {
  const { tokens, ...rest } = end;
  await db
    .update(calls)
    .set({ ...rest, ...tokens })
    .where(eq(calls.id, id));
}

/** What all calls since an instant cost, in millionths of a dollar; those under way at the most. */
export async function spentSince(db: Database, since: Date): Promise<number> {
  const [row] = await db
    .select({ sum: sql<string | null>`sum(${calls.price})` })
    .from(calls)
    .where(gte(calls.startedAt, since));
  return Number(row?.sum ?? 0);
}

/** What all calls of the day cost, in millionths of a dollar; the day is that of the time zone. */
export function spentToday(db: Database, now: Date, timeZone: string): Promise<number> {
  const today = dayOf(now, timeZone);
  return spentSince(db, windowOf(today, today, timeZone).start);
}

/** Calls of one day, purpose, topic and model together. */
export type UsageRow = Tokens & {
  readonly day: Day;
  readonly purpose: Purpose;
  readonly topic: string;
  readonly model: string;
  readonly calls: number;
  readonly failed: number;
  /** Calls whose end nobody saw; they count with the most that they can have cost. */
  readonly open: number;
  /** Millionths of a dollar. */
  readonly price: number;
  /** All durations together, milliseconds. */
  readonly durationMs: number;
};

/** The account from `start` to before `end`, in days of the time zone, oldest first. */
export async function usageBetween(
  db: Database,
  { start, end, timeZone }: { start: Date; end: Date; timeZone: string },
  topic?: string,
): Promise<UsageRow[]> {
  const day = sql<Day>`to_char(${calls.startedAt} at time zone ${sql.raw(literal(timeZone))}, 'YYYY-MM-DD')`;
  const total = (column: unknown) => sql<number>`coalesce(sum(${column}), 0)`.mapWith(Number);
  const having = (state: CallState) =>
    sql<number>`count(*) filter (where ${calls.state} = ${state})`.mapWith(Number);
  const { purpose, model } = calls;
  return db
    .select({
      day,
      purpose,
      topic: calls.topic,
      model,
      calls: sql<number>`count(*)`.mapWith(Number),
      failed: having('failed'),
      open: having('asked'),
      fresh: total(calls.fresh),
      cacheWritten: total(calls.cacheWritten),
      cacheRead: total(calls.cacheRead),
      output: total(calls.output),
      price: total(calls.price),
      durationMs: total(calls.durationMs),
    })
    .from(calls)
    .where(
      and(
        gte(calls.startedAt, start),
        lt(calls.startedAt, end),
        topic === undefined ? undefined : eq(calls.topic, topic),
      ),
    )
    .groupBy(day, purpose, calls.topic, model)
    .orderBy(day, purpose, calls.topic, model);
}

/** A text as SQL writes it: a parameter would make two expressions of one, and grouping refuse them. */
function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
