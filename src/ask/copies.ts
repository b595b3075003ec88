import { termsOf } from '../lib/terms.ts';
import type { Hit, Passage } from '../model/asking.ts';
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
 * lines, lines that rest on such posts alone.
 */
export function* originalsOf(hits: readonly Hit[], shown: readonly Passage[] = []): Generator<Hit> {
  const told = new Set(shown.flatMap(postsIn));
  const left = hits.filter(({ passage }) => !isTold(passage, told));
  const before = shown.map(readPassage);
  for (const [place, hit] of left.entries()) {
    if (place + shown.length < MOST_COMPARED) {
      const read = readPassage(hit.passage);
      if (before.some((other) => isCopy(read, other))) continue;
      before.push(read);
    }
    yield hit;
  }
}

function isTold(passage: Passage, told: ReadonlySet<string>): boolean {
  const ids = postsIn(passage);
  return ids.length > 0 && ids.every((id) => told.has(id));
}

/** The posts that a passage is, or rests on. */
export function postsIn(passage: Passage): readonly string[] {
  return passage.kind === 'post' ? [passage.post.id] : passage.line.cites;
}

/** What a passage is known by as a copy: lines are none. */
type Read = { readonly original: string | null; readonly terms: ReadonlySet<string> };

function readPassage(passage: Passage): Read {
  if (passage.kind === 'line') return { original: null, terms: new Set() };
  const { id, repostOfId, text } = passage.post;
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
