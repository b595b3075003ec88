import type { Post } from '../../model/post.ts';
import type { Answer } from './answer.ts';
import { type Trouble, wordsOf } from './failures.ts';
import { readPage } from './page.ts';
import { X_ID } from './snowflake.ts';

/**
 * The posts of an answer with those that came along, and what could not be read of it.
 *
 * @param wanted Of those that were asked for.
 */
export function postsOf(
  { asked, value, postIds }: Answer,
  wanted: ReadonlySet<string>,
  seenAt: Date,
): { posts: Post[]; problems: string[] } {
  if (postIds.length === 0) return { posts: [], problems: [] };
  const rows = readPage(value, 1, seenAt);
  const unwanted = new Set(asked.map(({ id }) => id).filter((id) => !wanted.has(id)));
  const posts = rows.flatMap((row) => (row.kind === 'post' ? [row.post] : []));
  const problems = rows.flatMap((row) => (row.kind === 'problem' ? [row.reason] : []));
  // Another server could give a post the id of one of another network.
  const foreign = posts.filter(({ id }) => !X_ID.test(id));
  if (foreign.length > 0) problems.push('a post has an id that is none of X’s');
  return { posts: posts.filter(({ id }) => X_ID.test(id) && !unwanted.has(id)), problems };
}

/** What X says is wrong beside what it gave, a sentence for each kind: pages have many of a kind. */
export function problemsOf(troubles: readonly Trouble[]): string[] {
  const kinds = Map.groupBy(troubles, ({ parameter, title }) => `${parameter} ${title}`);
  return [...kinds.values()].flatMap((alike) => {
    const [first] = alike;
    const words = first && wordsOf(first);
    if (!words) return [];
    const others = alike.length - 1;
    return [others === 0 ? `X: ${words}` : `X: ${words} (and ${others} more of the kind)`];
  });
}
