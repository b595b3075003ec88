import type { Post } from '../model/post.ts';
import type { Database } from './database.ts';
import { asc, inArray, sql } from './drizzle.ts';
import { inbox } from './schema.ts';
import type { SourceName } from './sources.ts';

/** Pages of one source that are not sorted in. */
export type Received = {
  readonly source: SourceName;
  readonly posts: readonly Post[];
};

/** Notes posts that came, to be sorted in later, many together. */
export async function putIn(
  tx: Database,
  { topic, key }: SourceName,
  posts: readonly Post[],
): Promise<void> {
  if (posts.length === 0) return;
  await tx
    .insert(inbox)
    .values({ topic, source: key, posts: JSON.stringify(posts), size: posts.length });
}

/** The pages that came first for a topic, about as many posts of one source as are named. */
export async function takeOut(tx: Database, topic: string, most: number): Promise<Received | null> {
  const rows = await tx
    .select({ id: inbox.id, source: inbox.source, posts: inbox.posts })
    .from(inbox)
    .where(
      sql`${inbox.id} in (
        select id from (
          select id, sum(size) over (order by id) - size as before,
            source = first_value(source) over (order by id) as is_same
          from ${inbox} where topic = ${topic}
        ) as waiting where before < ${most} and is_same)`,
    )
    .orderBy(asc(inbox.id))
    .for('update');
  const [first] = rows;
  if (!first) return null;
  const ids = rows.map(({ id }) => id);
  await tx.delete(inbox).where(inArray(inbox.id, ids));
  const posts = rows.flatMap((row) => parsePosts(row.posts));
  return { source: { topic, key: first.source }, posts };
}

/** Topics of which something waits. */
export async function topicsWaiting(db: Database): Promise<string[]> {
  const rows = await db.selectDistinct({ topic: inbox.topic }).from(inbox);
  return rows.map(({ topic }) => topic);
}

/** Posts as they were written by `putIn`: nobody else writes there. */
function parsePosts(text: string): Post[] {
  const posts: readonly (Omit<Post, 'createdAt' | 'seenAt'> & {
    createdAt: string;
    seenAt: string | null;
  })[] = JSON.parse(text);
  return posts.map((post) => ({
    ...post,
    createdAt: new Date(post.createdAt),
    seenAt: post.seenAt === null ? null : new Date(post.seenAt),
  }));
}
