import { termsOf } from '../lib/terms.ts';
import type { Hit, Passage } from '../model/asking.ts';
import type { Post } from '../model/post.ts';
import { plainText } from '../model/words.ts';

/** Texts of fewer terms may be alike by chance. */
const SHORTEST = 5;
/** Share of terms that near copies have in common, of all that either has. */
const ALIKE = 0.8;

/** So many of the best are compared: nobody reads further. */
const MOST_COMPARED = 60;

/**
 * The hits in their order, without posts that say what one before them says (reposts, copies, near copies),
 * and without what says nothing but what was shown before: those passages, copies of them, posts behind
 * lines, lines that rest on such posts alone. Of lines that rest on others too, those others are left.
 */
export function* originalsOf(hits: readonly Hit[], shown: readonly Passage[] = []): Generator<Hit> {
  const told = new Set(shown.flatMap(postsIn));
  const before = shown.flatMap(passagesIn).map(readPassage);
  const isTold = (post: Post) =>
    told.has(post.id) || before.some((other) => isCopy(readPost(post), other));
  const left = shown.length === 0 ? hits : hits.flatMap((hit) => withoutTold(hit, isTold));
  for (const [place, hit] of left.entries()) {
    if (place + shown.length < MOST_COMPARED) {
      const read = readPassage(hit.passage);
      if (before.some((other) => isCopy(read, other))) continue;
      before.push(read);
    }
    yield hit;
  }
}

/** The hit with what of it was not told; nothing where all of it was. */
function withoutTold(hit: Hit, isTold: (post: Post) => boolean): Hit[] {
  const { passage } = hit;
  if (passage.kind === 'post') return isTold(passage.post) ? [] : [hit];
  const posts = passage.posts.filter((post) => !isTold(post));
  if (posts.length === 0 && passage.line.cites.length > 0) return [];
  return [{ ...hit, passage: { ...passage, posts } }];
}

/** A passage, and of a line what it rests on. */
function passagesIn(passage: Passage): Passage[] {
  const posts = passage.kind === 'post' ? [] : passage.posts;
  return [passage, ...posts.map((post): Passage => ({ kind: 'post', post }))];
}

/** The posts that a passage is, or rests on. */
export function postsIn(passage: Passage): readonly string[] {
  return passage.kind === 'post' ? [passage.post.id] : passage.line.cites;
}

/** What a passage is known by as a copy: lines are none. */
type Read = { readonly original: string | null; readonly terms: ReadonlySet<string> };

function readPassage(passage: Passage): Read {
  if (passage.kind === 'line') return { original: null, terms: new Set() };
  return readPost(passage.post);
}

function readPost({ id, repostOfId, text }: Post): Read {
  return { original: repostOfId ?? id, terms: new Set(termsOf(plainText(text))) };
}

function isCopy(one: Read, other: Read): boolean {
  if (one.original === null) return false;
  return one.original === other.original || areAlike(one.terms, other.terms);
}

/** Jaccard's index of the terms; sizes that differ too much need no counting. */
function areAlike(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  const [small, large] = a.size < b.size ? [a, b] : [b, a];
  if (small.size < SHORTEST || small.size < large.size * ALIKE) return false;
  const common = small.intersection(large).size;
  return common / (a.size + b.size - common) >= ALIKE;
}
