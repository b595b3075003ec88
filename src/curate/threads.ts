import type { Post } from '../model/post.ts';
import type { Original } from './duplicates.ts';
import { byTime } from './prepare.ts';

/** One utterance: a post, or an author's chain of replies to themselves, in order. */
export type Unit = readonly [head: Original, ...rest: Original[]];

/**
 * Joins each author's self-reply chain to one unit; every other post is a unit of its own.
 *
 * @param posts All that were read: a chain goes on over a link of it that was left out.
 */
export function joinThreads(items: readonly Original[], posts: readonly Post[]): Unit[] {
  const byId = new Map(posts.map((post) => [post.id, post]));
  const heads = new Map<Post, Post>();
  const inOrder = items.toSorted((a, b) => byTime(a.post, b.post));
  const chains = Map.groupBy(inOrder, ({ post }) => headOf(post, byId, heads));
  return [...chains].flatMap(([head, chain]) => {
    const isHead = ({ post }: Original) => Number(post === head);
    const [first, ...rest] = chain.toSorted((a, b) => isHead(b) - isHead(a));
    return first ? [[first, ...rest] as const] : [];
  });
}

/**
 * The first post of the chain that a post belongs to, itself when it begins one, noted in `heads`
 * for all on the way. In a circle of replies (bad data) it is the one that closes the circle.
 */
function headOf(post: Post, byId: ReadonlyMap<string, Post>, heads: Map<Post, Post>): Post {
  const way = new Set<Post>();
  let head = post;
  for (let next: Post | undefined = post; next && !way.has(next); next = before(next, byId)) {
    way.add(next);
    head = heads.get(next) ?? next;
    if (head !== next) break;
  }
  for (const passed of way) heads.set(passed, head);
  return head;
}

function before(post: Post, byId: ReadonlyMap<string, Post>): Post | undefined {
  const parent = byId.get(post.replyToId ?? '');
  return parent?.author === post.author ? parent : undefined;
}
