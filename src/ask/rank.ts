import { rarity, weightOf } from '../lib/bm25.ts';
import { termsOf } from '../lib/terms.ts';
import type { Wanted } from '../model/asking.ts';
import type { Frequencies } from '../store/candidates.ts';

/** What ranking needs to know of a passage. */
export type Countable = {
  /** How many terms it has, repeated ones counted. */
  readonly length: number;
  /** How often it has each of the terms that were asked for. */
  readonly counts: ReadonlyMap<string, number>;
};

/** The terms of a text, counted. */
export function countTerms(text: string): Countable {
  const terms = termsOf(text);
  const counts = new Map<string, number>();
  for (const term of terms) counts.set(term, (counts.get(term) ?? 0) + 1);
  return { length: terms.length, counts };
}

/** How well a passage fits what is wanted. */
export type Fit = {
  readonly score: number;
  /** What share of what is needed it speaks of, by how much each thing tells; 0 to 1. */
  readonly coverage: number;
};

/** What nobody ever wrote of counts as if a few passages had it: it may be a word of talk. */
const FEWEST = 0.5;

/**
 * Okapi BM25, each wanted thing counted as one word: its frequencies are those of what it may be called,
 * by how likely each means it (Darwish & Oard 2003, probabilistic structured queries).
 */
export function fitsTo(
  wanted: readonly Wanted[],
  frequencies: Frequencies,
): (passage: Countable) => Fit {
  const weighed = wanted.map((one) => ({
    one,
    idf: idfOf(one, frequencies),
    need: needOf(one, frequencies),
  }));
  const needed = sum(weighed.map(({ need }) => need));
  return ({ length, counts }) => {
    let score = 0;
    let covered = 0;
    for (const { one, idf, need } of weighed) {
      const { count, likelihood } = countOf(one, counts);
      if (count === 0) continue;
      score += one.weight * idf * weightOf(count, length, Math.max(1, frequencies.averageLength));
      covered += need * Math.min(1, likelihood);
    }
    return { score, coverage: needed === 0 ? 0 : covered / needed };
  };
}

/** How much a wanted thing tells. */
function idfOf({ terms }: Wanted, frequencies: Frequencies): number {
  const { passages } = frequencies;
  let having = 0;
  for (const [term, likelihood] of terms) having += likelihood * frequencies.of(term);
  return rarity(Math.min(passages, Math.max(having, FEWEST)), passages);
}

/** How much an answer has to speak of a thing. */
function needOf(one: Wanted, frequencies: Frequencies): number {
  const isKnown = one.terms.keys().some((term) => frequencies.of(term) > 0);
  return one.needed * idfOf(one, frequencies) * (isKnown || NAME.test(one.word) ? 1 : UNHEARD);
}

/** Whether nobody ever wrote of something that a question names; the number of a version alone is none. */
export function isUnheardOf({ terms, isName }: Wanted, frequencies: Frequencies): boolean {
  return (
    isName &&
    terms.keys().every((term) => /^\d+(?:\.\d+)*$/.test(term) || frequencies.of(term) === 0)
  );
}

/** What nobody ever wrote of may be a word of talk, unless it is a name. */
const UNHEARD = 0.5;
const NAME = /\d|\p{Lu}/u;

function countOf(
  { terms }: Wanted,
  counts: ReadonlyMap<string, number>,
): { count: number; likelihood: number } {
  let count = 0;
  let best = 0;
  for (const [term, likelihood] of terms) {
    const found = counts.get(term);
    if (found === undefined) continue;
    count += likelihood * found;
    best = Math.max(best, likelihood);
  }
  return { count, likelihood: best };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
