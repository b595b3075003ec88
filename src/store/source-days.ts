import type { AnyPgColumn } from 'drizzle-orm/pg-core';

import type { Charge } from '../model/source.ts';
import { addDays, type Day, type Days } from '../model/window.ts';
import type { Database } from './database.ts';
import { and, asc, eq, gte, isNotNull, lt, lte, sql } from './drizzle.ts';
import { sourceDays } from './schema.ts';
import type { SourceName } from './sources.ts';

/** What X takes for a post and for a person, millionths of a dollar. */
export type ReadPrices = { readonly post: number; readonly user: number };

/** What reading cost, millionths of a dollar. */
export function priceOfCharge({ posts, users }: Charge, prices: ReadPrices): number {
  return posts * prices.post + users * prices.user;
}

/** What X may take of a topic, millionths of a dollar. */
export type ReadBudget = { readonly daily: number; readonly monthly: number };

/** What is left of a topic's budget, and which of the two ends first. */
export type Left = { readonly micros: number; readonly ends: 'daily' | 'monthly' };

/** What was entered into the account for a request before it was made. */
export type Entered = {
  /** Of UTC, as X counts them. */
  readonly day: Day;
  /** The most that it may be charged. */
  readonly most: Charge;
  /**
   * The session that reads the source, as the only one; `null` where others may read it meanwhile, and
   * nobody else will see to what is left open.
   */
  readonly session: number | null;
};

const BUDGET_LOCK = 4_020_260_131; // any number, the same in every process

/**
 * Enters what a request can cost at most into the account, or as much of it as the budget has room for;
 * the answer is what was entered, without posts where nothing was. Of several processes one at a time
 * enters something.
 *
 * The month of its day is that of the monthly budget.
 */
export async function reserveReads(
  db: Database,
  source: SourceName,
  { day, most, session }: Entered,
  { prices, budget }: { prices: ReadPrices; budget: ReadBudget },
): Promise<Charge & { readonly ends: Left['ends'] }> {
  return db.transaction(async (tx) => {
    // Not waiting for the disk: what is entered is more than is charged, and is soon entered anew.
    await tx.execute(
      sql`select set_config('synchronous_commit', 'off', true), pg_advisory_xact_lock(${BUDGET_LOCK})`,
    );
    const { micros, ends } = await leftOf(tx, source.topic, day, budget);
    const people = most.users * prices.user;
    const posts =
      prices.post === 0
        ? micros >= people
          ? most.posts
          : 0
        : Math.min(most.posts, Math.floor(Math.max(0, micros - people) / prices.post));
    const users = posts > 0 || most.posts === 0 ? (micros >= people ? most.users : 0) : 0;
    const charge = { posts, users };
    const open =
      session === null ? {} : { openPosts: posts, openUsers: users, openSession: session };
    if (posts + users > 0) await add(tx, source, day, { ...charge, requests: 1 }, prices, open);
    return { ...charge, ends };
  });
}

/** Enters what a request was charged in the place of what was entered for it before. */
export async function settleReads(
  tx: Database,
  source: SourceName,
  { day, most, session }: Entered,
  charge: Charge,
  prices: ReadPrices,
): Promise<void> {
  const change = {
    posts: charge.posts - most.posts,
    users: charge.users - most.users,
    requests: 0,
  };
  if (session === null) return add(tx, source, day, change, prices);
  const settled = await tx
    .update(sourceDays)
    .set({ ...sums(change, prices), ...NOTHING_OPEN })
    .where(and(named(source), eq(sourceDays.day, day), eq(sourceDays.openSession, session)))
    .returning({ day: sourceDays.day });
  // Somebody took the source over and gave back what was open: that is not to be done twice.
  if (settled.length === 0) await add(tx, source, day, { ...charge, requests: 0 }, prices);
}

/**
 * Gives back what was entered on a day for a request of a source of which nobody knows how it ended: its
 * process died, or its answer broke off. Whoever has taken the source over asks for the same again, and
 * X charges for that once a day. What was left open on another day stays.
 */
export async function giveBackOpen(
  tx: Database,
  source: SourceName,
  day: Day,
  prices: ReadPrices,
): Promise<void> {
  const { openPosts, openUsers, openSession, posts, users, price } = sourceDays;
  await tx
    .update(sourceDays)
    .set({
      posts: sql`${posts} - ${openPosts}`,
      users: sql`${users} - ${openUsers}`,
      price: sql`${price} - ${openPosts} * ${prices.post}::bigint - ${openUsers} * ${prices.user}::bigint`,
      ...NOTHING_OPEN,
    })
    .where(and(named(source), eq(sourceDays.day, day), isNotNull(openSession)));
}

/** Notes posts that were new. */
export async function noteAdded(
  tx: Database,
  source: SourceName,
  day: Day,
  added: number,
): Promise<void> {
  await tx
    .insert(sourceDays)
    .values({ topic: source.topic, source: source.key, day, added })
    .onConflictDoUpdate({
      target: KEY,
      set: { added: sql`${sourceDays.added} + ${added}` },
    });
}

/** What is left of a topic's budget on a day and in its month; it may be less than nothing. */
export async function leftOf(
  db: Database,
  topic: string,
  day: Day,
  { daily, monthly }: ReadBudget,
): Promise<Left> {
  const [row] = await db
    .select({
      month: sql<string>`coalesce(sum(${sourceDays.price}), 0)`,
      today: sql<string>`coalesce(sum(${sourceDays.price}) filter (where ${sourceDays.day} = ${day}), 0)`,
    })
    .from(sourceDays)
    .where(
      and(
        eq(sourceDays.topic, topic),
        gte(sourceDays.day, `${day.slice(0, 7)}-01`),
        lte(sourceDays.day, day),
      ),
    );
  const leftToday = daily - Number(row?.today ?? 0);
  const leftOfMonth = monthly - Number(row?.month ?? 0);
  return leftOfMonth <= leftToday
    ? { micros: leftOfMonth, ends: 'monthly' }
    : { micros: leftToday, ends: 'daily' };
}

/** What a source gave and cost on a day. */
export type SourceDay = Charge & {
  readonly topic: string;
  readonly source: string;
  readonly day: Day;
  readonly added: number;
  readonly requests: number;
  /** Millionths of a dollar. */
  readonly price: number;
  /** Whether the end of one of its requests is not known (yet): the most that it may cost is in it. */
  readonly isOpen: boolean;
};

/** What sources gave and cost in days of UTC, oldest first. */
export async function sourceDaysBetween(
  db: Database,
  { from, to }: Days,
  topic?: string,
): Promise<SourceDay[]> {
  const { topic: ofTopic, source, day, added, requests, posts, users, price } = sourceDays;
  const isOpen = sql<boolean>`${sourceDays.openSession} is not null`;
  return db
    .select({ topic: ofTopic, source, day, added, requests, posts, users, price, isOpen })
    .from(sourceDays)
    .where(
      and(
        gte(sourceDays.day, from),
        lte(sourceDays.day, to),
        topic === undefined ? undefined : eq(sourceDays.topic, topic),
      ),
    )
    .orderBy(asc(sourceDays.day), asc(sourceDays.topic), asc(sourceDays.source));
}

/** Days that say what is usual of a source. */
const USUAL_DAYS = 14;

/** What a source gives and costs on a day, as an average of those on which it was read. */
export type UsualDay = {
  readonly added: number;
  /** Millionths of a dollar. */
  readonly price: number;
};

/** What each source of a topic gave and cost a day in the two weeks before a day, by its key. */
export async function usualDays(
  db: Database,
  topic: string,
  day: Day,
): Promise<Map<string, UsualDay>> {
  const average = (column: AnyPgColumn) => sql<number>`avg(${column})`.mapWith(Number);
  const rows = await db
    .select({
      source: sourceDays.source,
      added: average(sourceDays.added),
      price: average(sourceDays.price),
    })
    .from(sourceDays)
    .where(
      and(
        eq(sourceDays.topic, topic),
        gte(sourceDays.day, addDays(day, -USUAL_DAYS)),
        lt(sourceDays.day, day),
      ),
    )
    .groupBy(sourceDays.source);
  return new Map(rows.map(({ source, ...usual }) => [source, usual]));
}

const KEY = [sourceDays.topic, sourceDays.source, sourceDays.day];

const NOTHING_OPEN = { openPosts: 0, openUsers: 0, openSession: null };

type Entry = Charge & { readonly requests: number };
type Open = Partial<Pick<typeof sourceDays.$inferInsert, keyof typeof NOTHING_OPEN>>;

async function add(
  tx: Database,
  { topic, key }: SourceName,
  day: Day,
  entry: Entry,
  prices: ReadPrices,
  open: Open = {},
): Promise<void> {
  const price = priceOfCharge(entry, prices);
  await tx
    .insert(sourceDays)
    .values({ topic, source: key, day, ...entry, price, ...open })
    .onConflictDoUpdate({ target: KEY, set: { ...sums(entry, prices), ...open } });
}

function sums(entry: Entry, prices: ReadPrices) {
  return {
    posts: sql`${sourceDays.posts} + ${entry.posts}`,
    users: sql`${sourceDays.users} + ${entry.users}`,
    requests: sql`${sourceDays.requests} + ${entry.requests}`,
    price: sql`${sourceDays.price} + ${priceOfCharge(entry, prices)}`,
  };
}

function named({ topic, key }: SourceName) {
  return and(eq(sourceDays.topic, topic), eq(sourceDays.source, key));
}
