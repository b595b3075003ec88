import { engagement, type Numbers } from '../model/post.ts';
import { LANGUAGES } from '../model/topic.ts';
import { wordsOf } from '../model/words.ts';
import type { Unit } from './threads.ts';

/** A unit with its weight. */
export type RankedUnit = {
  readonly unit: Unit;
  readonly id: string;
  readonly author: string;
  /** Authors of the unit and of its copies. */
  readonly voices: ReadonlySet<string>;
  readonly weight: number;
};

/** Weighs every unit and puts the strongest first; units of one weight by id. */
export function rankUnits(units: readonly Unit[]): RankedUnit[] {
  const heats = units.map(([head]) => heatOf(head.numbers));
  const usual = medianOf(heats.filter((heat) => heat !== null));
  const usualFor = usualByAuthor(units, heats, usual);
  const fresh = freshnessWithin(units);
  return units
    .map((unit, index) => {
      const heat = heats[index] ?? usual;
      const interest = interestOf(heat, usualFor(unit[0].post.author), usual);
      return rank(unit, interest, fresh(unit));
    })
    .toSorted((a, b) => b.weight - a.weight || (a.id < b.id ? -1 : 1));
}

function rank(unit: Unit, interest: number, freshness: number): RankedUnit {
  const [head] = unit;
  const voices = new Set(unit.flatMap((item) => [...item.voices]));
  return {
    unit,
    id: head.post.id,
    author: head.post.author,
    voices,
    weight:
      substance(unit) *
      readability(head.post.lang) *
      freshness *
      (1 + interest + 2 * Math.log2(voices.size)),
  };
}

/** About so many people see a post for each one who likes it. */
const VIEWS_A_LIKE = 100;

/**
 * How much a post moved its readers, on a logarithmic scale: what is known of likes, reposts, quotes,
 * replies and views. `null` when nothing is.
 */
function heatOf(numbers: Numbers): number | null {
  const { likes, reposts, replies, quotes, views } = numbers;
  const reacted = [likes, reposts, replies, quotes].some((count) => count !== null);
  const signs = [
    ...(reacted ? [engagement(numbers)] : []),
    ...(views === null ? [] : [views / VIEWS_A_LIKE]),
  ];
  if (signs.length === 0) return null;
  return signs.reduce((sum, sign) => sum + Math.log2(1 + sign), 0) / signs.length;
}

/** So many posts of usual heat are added to an author's own, so that few say little. */
const CAUTION = 3;

/** The mean heat of an author's units, drawn towards what is usual for all while there are few. */
function usualByAuthor(
  units: readonly Unit[],
  heats: readonly (number | null)[],
  usual: number,
): (author: string) => number {
  const sums = new Map<string, { sum: number; count: number }>();
  for (const [index, [head]] of units.entries()) {
    const heat = heats[index];
    if (heat === null || heat === undefined) continue;
    const known = sums.get(head.post.author) ?? { sum: 0, count: 0 };
    known.sum += heat;
    known.count += 1;
    sums.set(head.post.author, known);
  }
  return (author) => {
    const { sum, count } = sums.get(author) ?? { sum: 0, count: 0 };
    return (sum + usual * CAUTION) / (count + CAUTION);
  };
}

/** How much of the interest is measured against what is usual for the author. */
const AGAINST_USUAL = 0.5;

function interestOf(heat: number, usualForAuthor: number, usual: number): number {
  const unusual = Math.max(0, usual + heat - usualForAuthor);
  return (1 - AGAINST_USUAL) * heat + AGAINST_USUAL * unusual;
}

/** What the oldest post of the window loses against the newest. */
const AGEING = 0.25;

function freshnessWithin(units: readonly Unit[]): (unit: Unit) => number {
  let first = Infinity;
  let last = -Infinity;
  for (const [{ post }] of units) {
    first = Math.min(first, post.createdAt.getTime());
    last = Math.max(last, post.createdAt.getTime());
  }
  const span = Math.max(1, last - first);
  return ([{ post }]) => 1 - (AGEING * (last - post.createdAt.getTime())) / span;
}

const HALF = 5; // words that carry a subject, with which half of the substance is there

/**
 * How much there is to tell, 0 to 1: grows with the words that carry a subject, slowly at first, and
 * with figures. A greeting with ten thousand likes stays a greeting.
 */
function substance(unit: Unit): number {
  const words = new Set(unit.flatMap((item) => [...item.words])).size;
  const hasFigures = unit.some(({ post }) => wordsOf(post).some((word) => /\p{N}/u.test(word)));
  return (words ** 3 / (words ** 3 + HALF ** 3)) * (hasFigures ? 1 : 0.8);
}

/** Quotations stand in their own language: one that the readers do not read serves them less. */
function readability(lang: string | null): number {
  return lang === null || LANGUAGES.some((known) => lang.startsWith(known)) ? 1 : 0.6;
}

function medianOf(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}
