import { z } from 'zod';

/** A setting that is a whole number within bounds, and says so where something else stands there. */
export function wholeNumber(least: number, most: number): z.ZodNumber {
  const words = `must be a whole number from ${least} to ${most}`;
  return z.number(words).int(words).min(least, words).max(most, words);
}
