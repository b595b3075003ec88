import type { Language } from '../model/topic.ts';
import type { Day } from '../model/window.ts';
import type { Database } from './database.ts';
import { and, desc, eq, gte, sql } from './drizzle.ts';
import { runs } from './schema.ts';
import { isAlive } from './sessions.ts';

/** A digest that is due: a topic's, of a posting day, in a language. */
export type RunKey = {
  readonly topic: string;
  readonly day: Day;
  readonly language: Language;
};

/** What became of a digest that was due. */
export type Run = RunKey & {
  readonly state: 'making' | 'made' | 'empty' | 'failed';
  readonly reportId: number | null;
  readonly attempts: number;
  readonly failure: string | null;
};

const isRun = ({ topic, day, language }: RunKey) =>
  and(eq(runs.topic, topic), eq(runs.day, day), eq(runs.language, language));

/**
 * Takes a digest that is due, for one process of all. `false` when it is made, a living process is at
 * it, or it failed so often that nobody is to try again.
 */
export async function claimRun(
  db: Database,
  key: RunKey,
  { session, now, mostAttempts }: { session: number; now: Date; mostAttempts: number },
): Promise<boolean> {
  const rows = await db
    .insert(runs)
    .values({ ...key, state: 'making', session, attempts: 1, startedAt: now })
    .onConflictDoUpdate({
      target: [runs.topic, runs.day, runs.language],
      set: { state: 'making', session, startedAt: now, attempts: sql`${runs.attempts} + 1` },
      setWhere: sql`${runs.attempts} < ${mostAttempts} and (${runs.state} = 'failed'
        or (${runs.state} = 'making' and not ${isAlive(runs.session)}))`,
    })
    .returning({ topic: runs.topic });
  return rows.length > 0;
}

/** Notes how making a digest ended. */
export async function endRun(
  db: Database,
  key: RunKey,
  end:
    | { readonly state: 'made'; readonly reportId: number }
    | { readonly state: 'empty' }
    | { readonly state: 'failed'; readonly failure: string },
  now: Date,
): Promise<void> {
  await db
    .update(runs)
    .set({ failure: null, reportId: null, ...end, session: null, finishedAt: now })
    .where(isRun(key));
}

/** What became of a topic's digests since a day, the newest first. */
export async function runsSince(db: Database, topic: string, day: Day): Promise<Run[]> {
  return db
    .select({
      topic: runs.topic,
      day: runs.day,
      language: runs.language,
      state: runs.state,
      reportId: runs.reportId,
      attempts: runs.attempts,
      failure: runs.failure,
    })
    .from(runs)
    .where(and(eq(runs.topic, topic), gte(runs.day, day)))
    .orderBy(desc(runs.day), runs.language);
}
