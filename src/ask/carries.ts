import type { Hit, Query } from '../model/asking.ts';
import type { Weighed } from './weigh.ts';

/** Evidence that speaks of less of the question is of something else. */
export const LEAST = 0.1;
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
  { wanted, days, askedFor, sections }: Query,
  weighed: readonly Weighed[],
  hits: readonly Hit[],
): boolean {
  if (hits.length === 0) return false;
  if (sections.length > 0) return true;
  const best = weighed.slice(0, BEST).filter(({ inDays }) => inDays);
  if (!wanted.some(({ needed }) => needed > 0)) return days !== null && best.length > 0;
  const coverage = Math.max(0, ...best.map((one) => one.coverage));
  if (coverage < LEAST) return false;
  if (askedFor === null || askedFor === 'person') return true;
  return Math.max(0, ...best.map(({ told }) => told)) >= NEARLY * coverage;
}
