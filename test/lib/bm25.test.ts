import { describe, expect, it } from 'vitest';

import { rarity, weightOf } from '../../src/lib/bm25.ts';

describe('BM25', () => {
  it('gives what Lucene gives, which adds one so that nothing tells less than nothing', () => {
    // ln(1 + (1000 - 10 + 0.5) / (10 + 0.5)); Lucene's BM25Similarity.idf
    expect(rarity(10, 1000)).toBeCloseTo(4.5574, 4);
    expect(rarity(1000, 1000)).toBeGreaterThan(0);
  });

  it('weighs a word of a passage of average length as one, and less in longer ones', () => {
    expect(weightOf(1, 20, 20)).toBe(1);
    // 1 * 2.2 / (1 + 1.2 * (0.25 + 0.75 * 2))
    expect(weightOf(1, 40, 20)).toBeCloseTo(2.2 / 3.1);
  });

  it('weighs repetitions ever less, never as much as 2.2', () => {
    const weights = [1, 2, 3, 100].map((count) => weightOf(count, 20, 20));
    expect(weights).toEqual(weights.toSorted((a, b) => a - b));
    expect(weights.at(-1)).toBeLessThan(2.2);
  });
});
