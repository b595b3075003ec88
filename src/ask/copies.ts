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
  const known = new Set(shown.flatMap(postsIn));
  const before = shown.map((passage) => ({
    passage,
    score: 0,
    coverage: 0,
    line: null,
    isAside: false,
  }));
  const left = hits.filter(({ passage }) => {
    const ids = postsIn(passage);
    return ids.length === 0 || !ids.every((id) => known.has(id));
  });
  const all = known.size === 0 ? hits : [...before, ...left];
  for (const hit of distinct(all)) if (!before.some((one) => one === hit)) yield hit;
}

/** The posts that a passage is, or rests on. */
export function postsIn(passage: Passage): readonly string[] {
  return passage.kind === 'post' ? [passage.post.id] : passage.line.cites;
}

function* distinct(hits: readonly Hit[]): Generator<Hit> {
  const kept: { hit: Hit; terms: ReadonlySet<string> }[] = [];
  for (const [place, hit] of hits.entries()) {
    if (place >= MOST_COMPARED) {
      yield hit;
      continue;
    }
    const terms = termsOfHit(hit);
    const isCopy =
      hit.passage.kind === 'post' &&
      kept.some(({ hit: other, terms: others }) => isSame(hit, other) || areAlike(terms, others));
    if (isCopy) continue;
    kept.push({ hit, terms });
    yield hit;
  }
}

function termsOfHit({ passage }: Hit): ReadonlySet<string> {
  return new Set(passage.kind === 'post' ? termsOf(plainText(passage.post.text)) : []);
}

function isSame({ passage: a }: Hit, { passage: b }: Hit): boolean {
  if (a.kind !== 'post' || b.kind !== 'post') return false;
  const [ofA, ofB] = [a.post.repostOfId ?? a.post.id, b.post.repostOfId ?? b.post.id];
  return ofA === ofB;
}

/** Jaccard's index of the terms; sizes that differ too much need no counting. */
function areAlike(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  const [small, large] = a.size < b.size ? [a, b] : [b, a];
  if (small.size < SHORTEST || small.size < large.size * ALIKE) return false;
  const common = small.intersection(large).size;
  return common / (a.size + b.size - common) >= ALIKE;
}
