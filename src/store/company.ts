import type { Post } from '../model/post.ts';
import type { Database } from './database.ts';
import { sql } from './drizzle.ts';
import { standingPosts } from './standing.ts';

/**
 * The posts of a topic that keep company with others, until an instant: what their authors wrote in one
 * go with them, which is how threads look where a source does not name them; what they answer; what they
 * quote.
 *
 * @param oneGo Milliseconds between posts of one go.
 */
export async function companyOf(
  db: Database,
  topic: string,
  of: readonly Post[],
  { end, oneGo, most }: { end: Date; oneGo: number; most: number },
): Promise<Post[]> {
  if (of.length === 0) return [];
  const instants = (shift: number) =>
    of.map(({ createdAt }) => new Date(createdAt.getTime() + shift));
  const near = await db.execute<{ id: string }>(sql`
    select distinct posts.id
      from unnest(${sql.param(of.map(({ author }) => author))}::text[],
                  ${sql.param(instants(-oneGo))}::timestamptz[],
                  ${sql.param(instants(oneGo))}::timestamptz[]) as go (author, first, last)
      join topic_posts on topic_posts.topic = ${topic}
        and topic_posts.created_at between go.first and go.last
      join posts on posts.id = topic_posts.post_id and posts.author = go.author
      limit ${most}`);
  const above = of.flatMap(({ quotedId, replyToId }) => [quotedId, replyToId]);
  const ids = [...near.rows.map(({ id }) => id), ...above.filter((id) => id !== null)];
  return standingPosts(db, topic, ids, end);
}
