import { stemOf } from '../lib/tokens.ts';
import { wordsInCommon } from './vectors.ts';

/** A text as it is compared, in numbers: strings would take ten times the room. */
export type Telling = {
  /** In order: small letters, without endings and handles; a tag as the words it is made of. */
  readonly words: Uint32Array;
  /** Every three letters in a row, in ascending order, each once. */
  readonly trigrams: Uint32Array;
  /** The words with figures in them; 2,500 is one. */
  readonly figures: ReadonlySet<number>;
};

/** From this likeness on, one text tells what the other tells, and only that. */
const SAME = 0.54;
/** What a foreign word before the text that is told costs, up to `MOST_LEADING` of them. */
const LEADING_WORD = 0.175;
const MOST_LEADING = 4;

/** Reads the tokens of a text for comparing. */
export function tellingOf(tokens: readonly string[]): Telling {
  const words = tokens.filter((token) => !token.startsWith('@')).flatMap(spelledOut);
  const text = words.join(' ');
  const figures = text
    .replace(THOUSANDS, '')
    .split(' ')
    .filter((word) => FIGURE.test(word));
  return {
    words: Uint32Array.from(words, hashOf),
    trigrams: trigramsOf(text),
    figures: figures.length === 0 ? NO_FIGURES : new Set(figures.map(hashOf)),
  };
}

const FIGURE = /\p{N}/u;
/** The space where a comma parted the thousands of a figure. */
const THOUSANDS = / (?=\d{3}\b)(?<=\b\d{1,3} )/g;
const NO_FIGURES: ReadonlySet<number> = new Set();

/** FNV-1a over the code units: 32 bits, in which two words of two texts hardly ever meet. */
function hashOf(word: string): number {
  let hash = 0x811c9dc5;
  for (let place = 0; place < word.length; place += 1) {
    hash = Math.imul(hash ^ word.charCodeAt(place), 0x0100_0193);
  }
  return hash >>> 0;
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
          .replace(/(?<!\p{N})\.|['’]/gu, ''),
      ),
    )
    .filter((word) => word !== '');
}

/** Where trigrams are put in order: one place for all texts, since a day holds very many of them. */
let bench = new Uint32Array(1024);

function trigramsOf(text: string): Uint32Array {
  const count = Math.max(0, text.length - 2);
  if (count > bench.length) bench = new Uint32Array(2 * count);
  const codes = bench.subarray(0, count);
  for (let place = 0; place < count; place += 1) {
    codes[place] =
      (text.charCodeAt(place) * 0x1_0001 + text.charCodeAt(place + 1)) * 0x101 +
      text.charCodeAt(place + 2);
  }
  codes.sort(); // oxlint-disable-line unicorn/no-array-sort -- a copy would be thrown away
  let distinct = 0;
  for (const code of codes) {
    if (distinct === 0 || codes[distinct - 1] !== code) codes[distinct++] = code;
  }
  return codes.slice(0, distinct);
}

/**
 * How much two texts tell the same, up to 1: the Dice coefficient of their trigrams, less what one of
 * them puts before the words of the other. Readers take "Fools! X did Y" for more than "X did Y", and
 * "X did Y – see there" for the same.
 */
export function likeness(a: Telling, b: Telling): number {
  const all = a.trigrams.length + b.trigrams.length;
  if (all === 0) return a.words.join() === b.words.join() ? 1 : 0;
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
  const opening = text.words.subarray(0, MOST_LEADING);
  const first = opening.findIndex((word) => other.words.includes(word));
  return first < 0 ? opening.length : first;
}
