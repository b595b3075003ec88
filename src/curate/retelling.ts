import { stemOf } from '../lib/tokens.ts';
import { wordsInCommon } from './vectors.ts';

/** A text as it is compared word for word. */
export type Telling = {
  /** Small letters, without endings and handles; a tag as the words that it is made of. */
  readonly words: readonly string[];
  /** Every three letters in a row of the words, as numbers, in ascending order, each once. */
  readonly trigrams: Uint32Array;
  /** The figures in it. */
  readonly figures: ReadonlySet<string>;
};

/** From this likeness on, one text tells what the other tells, and only that. */
const SAME = 0.54;
/** What a foreign word before the text that is told costs, up to `MOST_LEADING` of them. */
const LEADING_WORD = 0.175;
const MOST_LEADING = 4;

/** Reads the tokens of a text for comparing. */
export function tellingOf(tokens: readonly string[]): Telling {
  const words = tokens.filter((token) => !token.startsWith('@')).flatMap(spelledOut);
  const figures = new Set(words.filter((word) => /\p{N}/u.test(word)));
  return { words, trigrams: trigramsOf(words.join(' ')), figures };
}

/** `#OpenSource` as "open source", `U.S.` as "us", `Trump’s` as "trump". */
function spelledOut(token: string): string[] {
  const parts = /^[#＃]/.test(token) ? token.slice(1).split(/_|(?<=\p{Ll})(?=\p{Lu})/u) : [token];
  return parts
    .map((part) =>
      stemOf(
        part
          .toLowerCase()
          .replace(/['’]s$/, '')
          .replace(/[.'’]/g, ''),
      ),
    )
    .filter((word) => word !== '');
}

function trigramsOf(text: string): Uint32Array {
  const codes = new Set<number>();
  for (let end = 3; end <= text.length; end += 1) {
    const code =
      (text.charCodeAt(end - 3) * 0x1_0001 + text.charCodeAt(end - 2)) * 0x101 +
      text.charCodeAt(end - 1);
    codes.add(code >>> 0);
  }
  return Uint32Array.from(codes).toSorted();
}

/**
 * How much two texts tell the same, up to 1: the Dice coefficient of their trigrams, less what one of
 * them puts before the words of the other. Readers take "Fools! X did Y" for more than "X did Y", and
 * "X did Y – see there" for the same.
 */
export function likeness(a: Telling, b: Telling): number {
  const all = a.trigrams.length + b.trigrams.length;
  if (all === 0) return 0;
  const dice = (2 * wordsInCommon(a.trigrams, b.trigrams)) / all;
  const leading = Math.max(leadingWords(a, b), leadingWords(b, a));
  return dice - LEADING_WORD * Math.min(MOST_LEADING, leading);
}

/** Whether one text may stand for both: alike, and no figure of one against a figure of the other. */
export function isRetelling(a: Telling, b: Telling): boolean {
  return (
    likeness(a, b) >= SAME && (a.figures.isSubsetOf(b.figures) || b.figures.isSubsetOf(a.figures))
  );
}

/** How many words of a text come before the first that the other has too. */
function leadingWords(text: Telling, other: Telling): number {
  const known = new Set(other.words);
  const first = text.words.slice(0, MOST_LEADING).findIndex((word) => known.has(word));
  return first < 0 ? Math.min(MOST_LEADING, text.words.length) : first;
}
