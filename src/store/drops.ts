import type { AdSign } from '../model/advertising.ts';
import type { Post } from '../model/post.ts';
import type { Database } from './database.ts';
import { and, asc, eq, sql } from './drizzle.ts';
import { drops, posts } from './schema.ts';

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
