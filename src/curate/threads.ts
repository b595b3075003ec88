import type { Original } from './duplicates.ts';

/** One utterance: a post, or an author's chain of replies to themselves, in order. */
export type Unit = readonly [head: Original, ...rest: Original[]];

/** Joins each author's self-reply chain to one unit; every other post is a unit of its own. */
export function joinThreads(items: readonly Original[]): Unit[] {
  const byId = new Map(items.map((item) => [item.post.id, item]));
  const chains = Map.groupBy(items, (item) => headOf(item, byId));
  return [...chains].map(([head, chain]) => [head, ...chain.filter((item) => item !== head)]);
}

/** The first post of the chain that a post belongs to; the post itself when it begins one. */
function headOf(item: Original, byId: ReadonlyMap<string, Original>): Original {
  let head = item;
  for (const seen = new Set<string>(); !seen.has(head.post.id);) {
    seen.add(head.post.id);
    const parent = byId.get(head.post.replyToId ?? '');
    if (!parent || parent.post.author !== item.post.author) return head;
    head = parent;
  }
  return item; // a circle of replies: bad data, told as it stands
}
