import type { Hit, Query, Wanted } from '../model/asking.ts';
import { sidesOf, speakOfAll } from './comparison.ts';
import type { Weighed } from './weigh.ts';

/** Evidence that speaks of less of the question is of something else. */
export const LEAST = 0.1;
/**
 * Of two things that are wanted, most is to be spoken of together; more words are never all met, and that it
 * is of the days that are asked about is something in common as well.
 */
const LEAST_OF_TWO = 0.6;
/** The best posts, of which one should tell what is asked for. */
const BEST = 10;
/**
 * What holds something of the kind that is asked for must speak of nearly as much of the question as
 * what speaks of most of it: else the posts tell of the thing, and an amount, but not of its amount.
 */
const NEARLY = 0.65;

/**
 * Whether evidence carries an answer: what is of the days that are asked about speaks of what is asked, and
 * tells an amount where one is asked for.
 */
export function isCarried(
  query: Query,
  weighed: readonly Weighed[],
  hits: readonly Hit[],
): boolean {
  const { wanted, days, askedFor, sections } = query;
  if (hits.length === 0) return false;
  if (sections.length > 0) return true;
  const sides = sidesOf(query);
  if (sides.length > 0 && speakOfAll(sides, hits)) return true;
  const best = weighed.slice(0, BEST).filter(({ inDays, isAsked }) => inDays && isAsked);
  if (!wanted.some(({ needed }) => needed > 0)) return days !== null && best.length > 0;
  const coverage = Math.max(0, ...best.map((one) => one.coverage));
  if (coverage < (days === null ? leastFor(wanted) : LEAST)) return false;
  if (askedFor === null || askedFor === 'person') return true;
  return Math.max(0, ...best.map(({ told }) => told)) >= NEARLY * coverage;
}

/** What share of so many wanted things is to be spoken of together. */
function leastFor(wanted: readonly Wanted[]): number {
  const things = new Set(
    wanted.filter(({ needed }) => needed > 0).map(({ word }) => word.toLowerCase()),
  );
  return things.size === 2 ? LEAST_OF_TWO : LEAST;
}
