import { type Bearing, bearingsIn } from './fillers.ts';
import { keyOfWord } from './keys.ts';

/** A word of a text, with the place where it stands. */
type Word = {
  readonly text: string;
  /** What all its spellings have in common. */
  readonly key: string;
  readonly bearing: Bearing;
  /** What stands between it and the word before: `null` when something other than a space does. */
  readonly gap: '' | ' ' | null;
};

/** One word, or several in a row that belong together. */
export type Piece = {
  readonly words: readonly Word[];
  /** The same for "#OpenSource", "open-source" and "Open source". */
  readonly key: string;
};

/** The rounds in which pieces are joined: the second makes phrases of up to four words. */
const ROUNDS = 2;

/**
 * Normalised pointwise mutual information (−1 … 1) from which two neighbours are a phrase; less will do
 * where they are written as one name ("Claude Code"), since its words are names of their own as well.
 */
const TOGETHER = { words: 0.5, name: 0.25 } as const;

/** From this many posts on, a phrase must stand in three of them, else in two. */
const MANY_POSTS = 200;

/** The words of a plain text, as pieces of one word each. */
export function piecesOf(text: string, tokens: readonly string[]): Piece[] {
  const bearing = bearingsIn(tokens);
  let end = 0;
  return tokens.map((token) => {
    const start = text.indexOf(token, end);
    const blank = text.slice(end, start);
    const gap = end > 0 && (blank === '' || blank === ' ') ? blank : null;
    end = start + token.length;
    return pieceFrom([{ text: token, key: keyOfWord(token), bearing: bearing(token), gap }]);
  });
}

/** The posts with the pieces joined that are phrases over all of them, their edges trimmed. */
export function joinPhrases(posts: readonly (readonly Piece[])[]): Piece[][] {
  let joined = posts;
  for (let round = 0; round < ROUNDS; round += 1) joined = joinOnce(joined);
  return joined.map((post) => post.map(trimmed).filter((piece) => piece.words.length > 0));
}

/** A piece as it is written. */
export function surfaceOf({ words }: Piece): string {
  return words.map(({ text, gap }, index) => (index === 0 ? '' : (gap ?? ' ')) + text).join('');
}

/** The keys of the words and shorter phrases inside a piece. */
export function partsOf({ words }: Piece): string[] {
  const parts: string[] = [];
  for (let length = 1; length < words.length; length += 1) {
    for (let start = 0; start + length <= words.length; start += 1) {
      parts.push(pieceFrom(words.slice(start, start + length)).key);
    }
  }
  return parts;
}

function pieceFrom(words: readonly Word[]): Piece {
  return { words, key: words.map(({ key }) => key).join('') };
}

function joinOnce(posts: readonly (readonly Piece[])[]): Piece[][] {
  const together = measure(posts);
  return posts.map((post) => joinIn(post, together));
}

type Together = (first: Piece, second: Piece) => number;

/** How strongly neighbours belong together, counted in posts; 0 for those that do not. */
function measure(posts: readonly (readonly Piece[])[]): Together {
  const singles = new Map<string, number>();
  const pairs = new Map<string, number>();
  const names = new Map<string, number>();
  for (const post of posts) {
    count(singles, new Set(post.map(({ key }) => key)));
    const side = neighbours(post);
    const named = side.filter(([first, second]) => isName(first, second));
    count(pairs, new Set(side.map(([first, second]) => pairOf(first, second))));
    count(names, new Set(named.map(([first, second]) => pairOf(first, second))));
  }
  const fewest = posts.length >= MANY_POSTS ? 3 : 2;
  return (first, second) => {
    const pair = pairOf(first, second);
    const both = pairs.get(pair) ?? 0;
    if (both < fewest) return 0;
    const apart = (singles.get(first.key) ?? 0) * (singles.get(second.key) ?? 0);
    const score = npmi(both, apart, posts.length);
    const enough = (names.get(pair) ?? 0) * 2 > both ? TOGETHER.name : TOGETHER.words;
    return score >= enough ? score : 0;
  };
}

/** Whether two pieces are written as one name: "Claude Code", "Opus 4.7". */
function isName(first: Piece, second: Piece): boolean {
  const [head, ...rest] = [...first.words, ...second.words].map(({ text }) => text);
  return /^\p{Lu}/u.test(head ?? '') && rest.every((text) => /^[\p{Lu}\p{N}]/u.test(text));
}

/** Bouma's normalised PMI: log(p(xy) / p(x)p(y)) / −log p(xy); of words that are only ever together 1. */
function npmi(both: number, apart: number, all: number): number {
  return both === all ? 1 : Math.log((both * all) / apart) / Math.log(all / both);
}

/** Joins the strongest neighbours first, each piece once. */
function joinIn(post: readonly Piece[], together: Together): Piece[] {
  const ranked = neighbours(post)
    .map(([first, second, index]) => ({ index, score: together(first, second) }))
    .filter(({ score }) => score > 0)
    .toSorted((a, b) => b.score - a.score || a.index - b.index);
  const joins = new Set<number>();
  for (const { index } of ranked) {
    if (!joins.has(index - 1) && !joins.has(index + 1)) joins.add(index);
  }
  return post.flatMap((piece, index) => {
    if (joins.has(index - 1)) return [];
    const next = joins.has(index) ? post[index + 1] : undefined;
    return [next ? pieceFrom([...piece.words, ...next.words]) : piece];
  });
}

/** The pairs that may become a phrase, each with the place of its first piece. */
function neighbours(post: readonly Piece[]): (readonly [Piece, Piece, number])[] {
  return post.flatMap((first, index) => {
    const second = post[index + 1];
    return second && mayJoin(first, second) ? [[first, second, index] as const] : [];
  });
}

function mayJoin(first: Piece, second: Piece): boolean {
  const gap = second.words[0]?.gap ?? null;
  const words = [...first.words, ...second.words];
  if (gap === null || (gap === '' && words.some(({ bearing }) => bearing === 'glue'))) return false;
  return (
    words.some((word) => word.bearing !== 'glue') &&
    words.every((word) => !/^[@#＃$]/.test(word.text))
  );
}

/**
 * A phrase begins and ends with words that carry something; around glue inside it ("state of the
 * art") these must carry a subject.
 */
function trimmed({ words }: Piece): Piece {
  const tight = within(words, (word) => word.bearing !== 'glue');
  if (tight.every((word) => word.bearing !== 'glue')) return pieceFrom(tight);
  return pieceFrom(within(words, (word) => word.bearing === 'subject'));
}

/** From the first to the last word that may be an edge. */
function within(words: readonly Word[], isEdge: (word: Word) => boolean): readonly Word[] {
  const first = words.findIndex(isEdge);
  return first < 0 ? [] : words.slice(first, words.findLastIndex(isEdge) + 1);
}

function pairOf(first: Piece, second: Piece): string {
  return `${first.key}\u0000${second.key}`;
}

function count(counts: Map<string, number>, keys: Iterable<string>): void {
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
}
