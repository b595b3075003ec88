import { engagement } from '../model/post.ts';
import { LANGUAGES } from '../model/topic.ts';
import type { Unit } from './threads.ts';

/** A unit with its weight and its words. */
export type RankedUnit = {
  readonly unit: Unit;
  readonly id: string;
  readonly author: string;
  /** Authors of the unit and of its copies. */
  readonly voices: ReadonlySet<string>;
  readonly keywords: ReadonlySet<string>;
  readonly weight: number;
};

/** Weighs every unit and puts the strongest first; units of one weight by id. */
export function rankUnits(units: readonly Unit[]): RankedUnit[] {
  return units.map(rank).toSorted((a, b) => b.weight - a.weight || (a.id < b.id ? -1 : 1));
}

function rank(unit: Unit): RankedUnit {
  const [head] = unit;
  const voices = new Set(unit.flatMap((item) => [...item.voices]));
  const keywords = new Set(unit.flatMap((item) => [...item.keywords]));
  const echo = unit.reduce((most, { post }) => Math.max(most, engagement(post)), 0);
  return {
    unit,
    id: head.post.id,
    author: head.post.author,
    voices,
    keywords,
    weight:
      substance(keywords) *
      readability(head.post.lang) *
      (1 + Math.log2(1 + echo) + 2 * Math.log2(voices.size)),
  };
}

const HALF = 8; // words that carry a subject, with which half of the substance is there

/**
 * How much there is to tell, 0 to 1: grows with the words that carry a subject, slowly at first, and
 * with figures. A greeting with ten thousand likes stays a greeting.
 */
function substance(keywords: ReadonlySet<string>): number {
  const hasFigures = [...keywords].some((word) => /\d/.test(word));
  return (keywords.size ** 3 / (keywords.size ** 3 + HALF ** 3)) * (hasFigures ? 1 : 0.8);
}

/** Quotations stand in their own language: one that the readers do not read serves them less. */
function readability(lang: string | null): number {
  return lang === null || LANGUAGES.some((known) => lang.startsWith(known)) ? 1 : 0.6;
}
