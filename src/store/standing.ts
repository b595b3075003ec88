import type { Loudness, Post } from '../model/post.ts';
import type { Span } from '../model/window.ts';
import type { Database } from './database.ts';
import { and, asc, desc, eq, gte, inArray, isNotNull, lt, type SQL, sql } from './drizzle.ts';
import { notReplaced, posts, topicPosts } from './schema.ts';

/** The standing posts of a topic inside a window, oldest first. */
export function postsInWindow(db: Database, topic: string, window: Span): Promise<Post[]> {
  return postsWhere(db, standsBetween(topic, window), OLDEST_FIRST);
}

/** Those of the posts that belong to a topic, were written before an instant and stand, oldest first. */
export async function standingPosts(
  db: Database,
  topic: string,
  ids: readonly string[],
  end: Date,
): Promise<Post[]> {
  if (ids.length === 0) return [];
  const among = inArray(topicPosts.postId, [...new Set(ids)]);
  const stand = standsBetween(topic, { start: null, end });
  return postsWhere(db, and(stand, among), OLDEST_FIRST);
}

/** Who wrote in a topic in a span, by handle and name. */
export async function authorsBetween(
  db: Database,
  topic: string,
  span: Span,
): Promise<Pick<Post, 'author' | 'authorName'>[]> {
  return db
    .selectDistinct({ author: posts.author, authorName: posts.authorName })
    .from(topicPosts)
    .innerJoin(posts, eq(posts.id, topicPosts.postId))
    .where(standsBetween(topic, span));
}

/** What some authors wrote in a topic in a span, the newest first. */
export async function postsBy(
  db: Database,
  topic: string,
  authors: readonly string[],
  { most, ...span }: Span & { readonly most: number },
): Promise<Post[]> {
  if (authors.length === 0) return [];
  const theirs = inArray(posts.author, [...new Set(authors)]);
  const newestFirst = [desc(topicPosts.createdAt), asc(posts.id)];
  return postsWhere(db, and(standsBetween(topic, span), theirs), newestFirst, most);
}

/** The newest posts of a topic in a span, these first. */
export function newestPosts(
  db: Database,
  topic: string,
  { most, ...span }: Span & { readonly most: number },
): Promise<Post[]> {
  const newestFirst = [desc(topicPosts.createdAt), asc(posts.id)];
  return postsWhere(db, standsBetween(topic, span), newestFirst, most);
}

/** The posts of a topic in a span that were echoed most (see `engagement`), or have most of a number. */
export function loudest(
  db: Database,
  topic: string,
  { most, by = 'echo', ...span }: Span & { readonly most: number; readonly by?: Loudness },
): Promise<Post[]> {
  const number = by === 'echo' ? ECHO : sql`coalesce(${posts[by]}, 0)`;
  return postsWhere(db, standsBetween(topic, span), [desc(number), asc(posts.id)], most);
}

/**
 * Those that have least of a number, the newest of equal ones first: only posts of which it is known, and
 * no reposts, whose numbers stand under their original.
 */
export function quietest(
  db: Database,
  topic: string,
  { most, by, ...span }: Span & { readonly most: number; readonly by: Loudness },
): Promise<Post[]> {
  const isKnown = isNotNull(by === 'echo' ? posts.likes : posts[by]);
  const own = and(standsBetween(topic, span), isKnown, eq(posts.isRepost, false));
  const number = by === 'echo' ? ECHO : posts[by];
  const newestFirst = [desc(topicPosts.createdAt), asc(posts.id)];
  return postsWhere(db, own, [asc(number), ...newestFirst], most);
}

const ECHO = sql`coalesce(${posts.likes}, 0) + coalesce(${posts.replies}, 0)
  + 2 * (coalesce(${posts.reposts}, 0) + coalesce(${posts.quotes}, 0))`;

const OLDEST_FIRST = [asc(topicPosts.createdAt), asc(posts.id)];

/** The posts of topics under a condition, in an order; all of them where no number is given. */
async function postsWhere(
  db: Database,
  condition: SQL | undefined,
  order: readonly SQL[],
  most?: number,
): Promise<Post[]> {
  const query = db
    .select({ post: posts })
    .from(topicPosts)
    .innerJoin(posts, eq(posts.id, topicPosts.postId))
    .where(condition)
    .orderBy(...order);
  const rows = await (most === undefined ? query : query.limit(most));
  return rows.map(({ post }) => post);
}

function standsBetween(topic: string, { start, end }: Span): SQL | undefined {
  return and(
    eq(topicPosts.topic, topic),
    start === null ? undefined : gte(topicPosts.createdAt, start),
    lt(topicPosts.createdAt, end),
    notReplaced,
  );
}
