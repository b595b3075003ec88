import type { FailureKind, Place, SourceHealth } from '../model/source.ts';
import type { Database } from './database.ts';
import { and, asc, eq, gt, inArray, sql } from './drizzle.ts';
import { sources } from './schema.ts';
import { isAlive } from './sessions.ts';

/** One source of a topic: `x-user:karpathy`. */
export type SourceName = { readonly topic: string; readonly key: string };

/** A source that this process reads, and where it goes on. */
export type ClaimedSource = {
  readonly place: Place | null;
  /** From when on it was read. */
  readonly reaches: Date;
  /** Where reading what is older goes on. */
  readonly olderPlace: Place | null;
  readonly failures: number;
};

/**
 * Takes a source to read it, unless somebody else is at it; `null` then, or where it is not due and
 * not wanted at once.
 *
 * @param since From when on it is read the first time.
 */
export async function claimSource(
  db: Database,
  { topic, key }: SourceName,
  { session, now, since, atOnce }: { session: number; now: Date; since: Date; atOnce: boolean },
): Promise<ClaimedSource | null> {
  const free = sql`(${sources.session} is null or not ${isAlive(sources.session)})`;
  const due = atOnce ? sql`true` : sql`${sources.nextAt} <= ${now}`;
  const [row] = await db
    .insert(sources)
    .values({ topic, key, since: now, reaches: since, nextAt: now, session })
    .onConflictDoUpdate({
      target: [sources.topic, sources.key],
      set: { session },
      setWhere: sql`${free} and ${due}`,
    })
    .returning({
      place: sources.place,
      reaches: sources.reaches,
      olderPlace: sources.olderPlace,
      failures: sources.failures,
    });
  return row ?? null;
}

/** Notes how far a source is read, on or back. */
export async function notePlace(
  tx: Database,
  name: SourceName,
  change: Partial<Pick<ClaimedSource, 'place' | 'olderPlace' | 'reaches'>>,
): Promise<void> {
  await tx.update(sources).set(change).where(named(name));
}

/** Notes that a source gave posts that were new. */
export async function noteNews(tx: Database, { topic, key }: SourceName, at: Date): Promise<void> {
  await tx.update(sources).set({ lastPost: at }).where(named({ topic, key }));
}

/** How reading a source ended. */
export type Ending =
  /** `trouble`: what of it could not be read; `null`: all could. */
  | { readonly kind: 'read'; readonly nextAt: Date; readonly trouble: string | null }
  /** Not its fault: a budget, a stop. */
  | { readonly kind: 'put-off'; readonly nextAt: Date }
  | {
      readonly kind: 'failed';
      readonly nextAt: Date;
      readonly failureKind: FailureKind;
      readonly failure: string;
    };

/** Lets a source go, with what came of reading it. */
export async function releaseSource(
  db: Database,
  { topic, key }: SourceName,
  ending: Ending,
  now: Date,
): Promise<void> {
  const { nextAt } = ending;
  const change =
    ending.kind === 'read'
      ? {
          lastSuccess: now,
          failures: 0,
          failingSince: null,
          failureKind: null,
          failure: ending.trouble,
        }
      : ending.kind === 'put-off'
        ? {}
        : {
            failures: sql`${sources.failures} + 1`,
            failingSince: sql`coalesce(${sources.failingSince}, ${now})`,
            failureKind: ending.failureKind,
            failure: ending.failure,
          };
  await db
    .update(sources)
    .set({ ...change, nextAt, session: null })
    .where(named({ topic, key }));
}

/**
 * Makes every source of topics due: whatever it was put off for (a token, a budget, an address) may be
 * mended by now.
 */
export async function makeDue(db: Database, topics: readonly string[], now: Date): Promise<void> {
  await db
    .update(sources)
    .set({ nextAt: now })
    .where(and(inArray(sources.topic, [...topics]), gt(sources.nextAt, now)));
}

/** How the sources of a topic are that were ever read, by their keys. */
export async function sourcesOf(db: Database, topic: string): Promise<Map<string, SourceHealth>> {
  const rows = await db
    .select()
    .from(sources)
    .where(eq(sources.topic, topic))
    .orderBy(asc(sources.key));
  return new Map(rows.map((row) => [row.key, row]));
}

/** Notes that the owners were told of a source's trouble; `null`: that it is well again. */
export async function noteTold(
  db: Database,
  { topic, key }: SourceName,
  toldAt: Date | null,
): Promise<void> {
  await db.update(sources).set({ toldAt }).where(named({ topic, key }));
}

function named({ topic, key }: SourceName) {
  return and(eq(sources.topic, topic), eq(sources.key, key));
}
