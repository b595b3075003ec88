import type { Database } from './database.ts';
import { eq } from './drizzle.ts';
import { takeBacks } from './schema.ts';

/** The ids of the posts that a topic's owner took back: they are never advertising again. */
export async function takenBackOf(db: Database, topic: string): Promise<Set<string>> {
  const rows = await db
    .select({ id: takeBacks.postId })
    .from(takeBacks)
    .where(eq(takeBacks.topic, topic));
  return new Set(rows.map(({ id }) => id));
}

/** Takes posts back for a topic, for good; those that were taken back before stay so. */
export async function takeBack(
  db: Database,
  topic: string,
  postIds: readonly string[],
  now: Date,
): Promise<void> {
  if (postIds.length === 0) return;
  await db
    .insert(takeBacks)
    .values(postIds.map((postId) => ({ topic, postId, takenAt: now })))
    .onConflictDoNothing();
}
