import type { Post } from '../model/post.ts';
import { plainText, wordsOf } from '../model/words.ts';
import { isFiller } from './fillers.ts';
import { joinPhrases, partsOf, type Piece, piecesOf, surfaceOf } from './phrases.ts';

/** A post as the cloud counts it. */
export type CloudPost = Pick<Post, 'text' | 'words'> & {
  /** Index of the theme in which it is told, `null` when in none. */
  readonly theme: number | null;
};

/** A word or phrase, and what is known of it. */
export type Term = {
  /** As it is most often written. */
  readonly text: string;
  /** In how many posts it stands by itself, not inside a longer term. */
  readonly count: number;
  /** The theme that most of its posts are in, `null` when they are in none. */
  readonly theme: number | null;
};

/** From this many posts on, what a single post says is no subject of the day. */
const MANY_POSTS = 30;

/** Where fewer terms than this are shared by posts, names that single posts use fill up to it. */
const FEW_TERMS = 60;

/** A word that stands alone in fewer posts than this share of a phrase's is told by the phrase. */
const ABSORBED = 0.25;

/**
 * The words and phrases that most posts share, strongest first, then in the order of their letters.
 * Posts are counted, not occurrences; copies should have been left out before. Where the limit cuts
 * between equals, names and phrases are kept before common words.
 *
 * @param limit How many at most.
 */
export function terms(posts: readonly CloudPost[], limit = 150): Term[] {
  return strongest(rankTerms(posts), limit);
}

/** All terms, strongest first; among equals names and phrases come first. */
export function rankTerms(posts: readonly CloudPost[]): Term[] {
  const pieces = joinPhrases(posts.map((post) => piecesOf(plainText(post.text), wordsOf(post))));
  const tallies = tally(pieces, posts);
  absorbParts(tallies);
  const ranked = [...tallies.values()]
    .map(({ forms, count, themes }) => ({ text: most(forms) ?? '', count, theme: most(themes) }))
    .toSorted((a, b) => b.count - a.count || nameliness(b) - nameliness(a) || byText(a, b));
  return posts.length < MANY_POSTS ? ranked : widelyUsed(ranked);
}

function widelyUsed(ranked: readonly Term[]): Term[] {
  const shared = ranked.filter(({ count }) => count > 1);
  const names = ranked.filter((term) => term.count === 1 && nameliness(term) > 1);
  return [...shared, ...names.slice(0, Math.max(0, FEW_TERMS - shared.length))];
}

/** The first of ranked terms, in the order of count, then letters. */
export function strongest(ranked: readonly Term[], limit: number): Term[] {
  return ranked.slice(0, limit).toSorted((a, b) => b.count - a.count || byText(a, b));
}

/** How many signs of a name or phrase a term shows: none for a common word. */
function nameliness({ text }: Term): number {
  return NAME_SIGNS.filter((sign) => sign.test(text)).length;
}

const NAME_SIGNS = [
  /^[#$]/,
  / |\p{Script=Han}{4}/u, // several words
  /\p{Script=Han}{2}/u,
  /\p{Lu}/u,
  /[\p{L}\p{N}]\p{Lu}|\p{L}[-.]?\p{N}/u, // OpenAI, LLM, K2.5
];

function byText(a: Term, b: Term): number {
  return compare(a.text, b.text);
}

type Tally = {
  count: number;
  readonly forms: Map<string, number>;
  readonly themes: Map<number, number>;
  /** Keys of the words and shorter phrases inside it. */
  readonly parts: readonly string[];
};

/** What is known of every piece that can be a term, by its key. */
function tally(pieces: readonly Piece[][], posts: readonly CloudPost[]): Map<string, Tally> {
  const tallies = new Map<string, Tally>();
  for (const [index, post] of posts.entries()) {
    const found = new Map<string, Piece>();
    for (const piece of pieces[index] ?? []) {
      if (isTerm(piece) && !found.has(piece.key)) found.set(piece.key, piece);
    }
    for (const piece of found.values()) addTo(tallies, piece, post.theme);
  }
  return tallies;
}

function addTo(tallies: Map<string, Tally>, piece: Piece, theme: number | null): void {
  const known = tallies.get(piece.key);
  const entry = known ?? { count: 0, forms: new Map(), themes: new Map(), parts: partsOf(piece) };
  if (!known) tallies.set(piece.key, entry);
  entry.count += 1;
  increase(entry.forms, surfaceOf(piece));
  if (theme !== null) increase(entry.themes, theme);
}

/** Whether a piece tells something: a word of its own with letters, not a lone letter. */
function isTerm(piece: Piece): boolean {
  return (
    piece.words.some((word) => word.bearing === 'subject') &&
    /\p{L}.*[\p{L}\p{N}]|\p{N}.*\p{L}/u.test(surfaceOf(piece)) &&
    !isFiller(surfaceOf(piece))
  );
}

function absorbParts(tallies: Map<string, Tally>): void {
  for (const { count, parts } of tallies.values()) {
    for (const part of parts) {
      if ((tallies.get(part)?.count ?? 0) < count * ABSORBED) tallies.delete(part);
    }
  }
}

/** The key with the highest count, the first in order among equals. */
function most<Key extends string | number>(counts: ReadonlyMap<Key, number>): Key | null {
  const [best] = [...counts].toSorted((a, b) => b[1] - a[1] || compare(a[0], b[0]));
  return best?.[0] ?? null;
}

function increase<Key>(counts: Map<Key, number>, key: Key): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

/** The order of code units: the same on every machine. */
function compare<Value extends string | number>(a: Value, b: Value): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
