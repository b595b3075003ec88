import type { Post } from '../model/post.ts';
import type { Database } from './database.ts';
import { and, asc, desc, eq, gte, inArray, lt, sql } from './drizzle.ts';
import { notReplaced, posts, topicPosts } from './schema.ts';

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

/** Those of the posts that belong to a topic, were written before an instant and stand. */
export async function standingPosts(
  db: Database,
  topic: string,
  ids: readonly string[],
  end: Date,
): Promise<Post[]> {
  if (ids.length === 0) return [];
  const rows = await db
    .select({ post: posts })
    .from(topicPosts)
    .innerJoin(posts, eq(posts.id, topicPosts.postId))
    .where(
      and(
        eq(topicPosts.topic, topic),
        inArray(topicPosts.postId, [...new Set(ids)]),
        lt(topicPosts.createdAt, end),
        notReplaced,
      ),
    )
    .orderBy(asc(topicPosts.createdAt), asc(posts.id));
  return rows.map(({ post }) => post);
}

/** Who wrote in a topic between two instants, by handle and name. */
export async function authorsBetween(
  db: Database,
  topic: string,
  { start, end }: { start: Date; end: Date },
): Promise<Pick<Post, 'author' | 'authorName'>[]> {
  return db
    .selectDistinct({ author: posts.author, authorName: posts.authorName })
    .from(topicPosts)
    .innerJoin(posts, eq(posts.id, topicPosts.postId))
    .where(isBetween(topic, start, end));
}

/** What some authors wrote in a topic between two instants, the newest first. */
export async function postsBy(
  db: Database,
  topic: string,
  authors: readonly string[],
  { start, end, most }: { start: Date; end: Date; most: number },
): Promise<Post[]> {
  if (authors.length === 0) return [];
  const rows = await db
    .select({ post: posts })
    .from(topicPosts)
    .innerJoin(posts, eq(posts.id, topicPosts.postId))
    .where(and(isBetween(topic, start, end), inArray(posts.author, [...new Set(authors)])))
    .orderBy(desc(topicPosts.createdAt), asc(posts.id))
    .limit(most);
  return rows.map(({ post }) => post);
}

function isBetween(topic: string, start: Date | null, end: Date) {
  return and(
    eq(topicPosts.topic, topic),
    start === null ? undefined : gte(topicPosts.createdAt, start),
    lt(topicPosts.createdAt, end),
    notReplaced,
  );
}

/** By which number the loudest are the loudest. */
export type Loudness = 'likes' | 'reposts' | 'replies' | 'views' | 'echo';

/** The posts of a topic between two instants, or until one, that were echoed most, or have most of a number. */
export async function loudest(
  db: Database,
  topic: string,
  { start, end, most, by = 'echo' }: { start: Date | null; end: Date; most: number; by?: Loudness },
): Promise<Post[]> {
  const echo =
    by !== 'echo'
      ? sql`coalesce(${posts[by]}, 0)`
      : sql`coalesce(${posts.likes}, 0) + 2 * (coalesce(${posts.reposts}, 0) + coalesce(${posts.quotes}, 0))
    + coalesce(${posts.replies}, 0)`;
  const rows = await db
    .select({ post: posts })
    .from(topicPosts)
    .innerJoin(posts, eq(posts.id, topicPosts.postId))
    .where(isBetween(topic, start, end))
    .orderBy(desc(echo), asc(posts.id))
    .limit(most);
  return rows.map(({ post }) => post);
}
