import type { AdSign } from '../model/advertising.ts';
import type { Post } from '../model/post.ts';
import type { Database } from './database.ts';
import { and, asc, eq, inArray, isNull, sql } from './drizzle.ts';
import { drops, posts, reports, takeBacks } from './schema.ts';

/** A post that was taken for advertising, and by which signs. */
export type Advertisement = { readonly post: Post; readonly because: readonly AdSign[] };

/** The posts that a stored report left out as advertising, oldest first. */
export async function advertisingOf(
  db: Database,
  report: { readonly id: number },
): Promise<Advertisement[]> {
  const rows = await db
    .select({ post: posts, reason: drops.reason })
    .from(drops)
    .innerJoin(posts, eq(posts.id, drops.postId))
    .where(and(eq(drops.reportId, report.id), sql`${drops.reason} ->> 'kind' = 'advertising'`))
    .orderBy(asc(posts.createdAt), asc(posts.id));
  return rows.flatMap(({ post, reason }) =>
    reason.kind === 'advertising' ? [{ post, because: reason.because }] : [],
  );
}

/** Those of the posts that a report of the topic left out as advertising, and nobody took back. */
export async function advertisingAmong(
  db: Database,
  topic: string,
  ids: readonly string[],
): Promise<Set<string>> {
  if (ids.length === 0) return new Set();
  const rows = await db
    .selectDistinct({ id: drops.postId })
    .from(drops)
    .innerJoin(reports, eq(reports.id, drops.reportId))
    .leftJoin(takeBacks, and(eq(takeBacks.topic, topic), eq(takeBacks.postId, drops.postId)))
    .where(
      and(
        eq(reports.topic, topic),
        inArray(drops.postId, [...new Set(ids)]),
        sql`${drops.reason} ->> 'kind' = 'advertising'`,
        isNull(takeBacks.postId),
      ),
    );
  return new Set(rows.map(({ id }) => id));
}
