import { termsOf } from '../lib/terms.ts';
import type { AskedFor, Hit, Query } from '../model/asking.ts';
import type { Post } from '../model/post.ts';
import { plainText } from '../model/words.ts';
import { figuresOf } from './asked-for.ts';

/** What is told anew when it changes: prices, shares, amounts. */
const CHANGING: ReadonlySet<AskedFor> = new Set(['money', 'share', 'amount']);

/** So many of the best are compared: nobody is shown more. */
const MOST_COMPARED = 20;

/**
 * The hits with what was said last before what it took the place of: where posts of one author, or of one
 * thread, say different figures of the same thing, the later stands first and the earlier right behind it.
 */
export function latestFirst(query: Query, hits: readonly Hit[]): readonly Hit[] {
  if (!CHANGING.has(query.askedFor)) return hits;
  const read = hits.slice(0, MOST_COMPARED).map((hit) => readHit(hit, query));
  const placed = new Set<Hit>();
  const ordered: Hit[] = [];
  for (const one of read) {
    if (placed.has(one.hit)) continue;
    const anew = read.filter((other) => !placed.has(other.hit) && isToldAnew(one, other));
    const together = [one, ...anew].toSorted((a, b) => timeOf(b) - timeOf(a)).map(({ hit }) => hit);
    const score = Math.max(...together.map((hit) => hit.score));
    for (const hit of together) {
      placed.add(hit);
      ordered.push({ ...hit, score });
    }
  }
  return [...ordered, ...hits.slice(MOST_COMPARED)];
}

/** A hit with what it says of what is asked. */
type Read = {
  readonly hit: Hit;
  readonly post: Post | null;
  /** The things that are asked for of which it speaks. */
  readonly things: string;
  readonly figures: ReadonlySet<string>;
};

function readHit(hit: Hit, { wanted, askedFor }: Query): Read {
  const post = hit.passage.kind === 'post' ? hit.passage.post : null;
  const text = post === null ? '' : plainText(post.text);
  const terms = new Set(termsOf(text));
  const things = wanted
    .filter((one) => one.needed > 0 && one.terms.keys().some((term) => terms.has(term)))
    .map(({ word }) => word.toLowerCase());
  return { hit, post, things: things.join(' '), figures: new Set(figuresOf(text, askedFor)) };
}

function timeOf({ post }: Read): number {
  return post?.createdAt.getTime() ?? 0;
}

/** Whether two posts say something different of one thing, where one of them may be what holds now. */
function isToldAnew(one: Read, other: Read): boolean {
  if (one.post === null || other.post === null || one.post.id === other.post.id) return false;
  const isThread =
    one.post.conversationId !== null && one.post.conversationId === other.post.conversationId;
  const isOfOne =
    isThread || (one.post.author === other.post.author && one.things === other.things);
  if (!isOfOne || one.things === '' || one.figures.size === 0 || other.figures.size === 0) {
    return false;
  }
  return one.figures.symmetricDifference(other.figures).size > 0;
}
