import type { Original } from './duplicates.ts';
import { byTime } from './prepare.ts';

/** One utterance: a post, or an author's chain of replies to themselves, in order. */
export type Unit = readonly [head: Original, ...rest: Original[]];

/** Joins each author's self-reply chain to one unit; every other post is a unit of its own. */
export function joinThreads(items: readonly Original[]): Unit[] {
  const byId = new Map(items.map((item) => [item.post.id, item]));
  const heads = new Map<Original, Original>();
  const inOrder = items.toSorted((a, b) => byTime(a.post, b.post));
  const chains = Map.groupBy(inOrder, (item) => headOf(item, byId, heads));
  return Array.from(chains, ([head, chain]) => [head, ...chain.filter((item) => item !== head)]);
}

/**
 * The first post of the chain that a post belongs to, itself when it begins one, noted in `heads`
 * for all on the way. In a circle of replies (bad data) it is the one that closes the circle.
 */
function headOf(
  item: Original,
  byId: ReadonlyMap<string, Original>,
  heads: Map<Original, Original>,
): Original {
  const way = new Set<Original>();
  let head = item;
  for (let next: Original | undefined = item; next && !way.has(next); next = before(next, byId)) {
    way.add(next);
    head = heads.get(next) ?? next;
    if (head !== next) break;
  }
  for (const passed of way) heads.set(passed, head);
  return head;
}

function before({ post }: Original, byId: ReadonlyMap<string, Original>): Original | undefined {
  const parent = byId.get(post.replyToId ?? '');
  return parent?.post.author === post.author ? parent : undefined;
}
