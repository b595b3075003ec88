import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { Top } from '../../src/lib/top.ts';

describe('the top of many', () => {
  it('is what sorting them all would put first, of equal ones those that came first', () => {
    const scores = fc.array(fc.integer({ min: 0, max: 50 }), { maxLength: 5000 });
    fc.assert(
      fc.property(scores, fc.integer({ min: 1, max: 30 }), (all, most) => {
        const top = new Top(most);
        for (const [no, score] of all.entries()) top.add(no, score);
        const expected = [...all.entries()]
          .filter(([, score]) => score > 0)
          .toSorted(([, a], [, b]) => b - a)
          .slice(0, most)
          .map(([no]) => no);
        expect(top.best()).toEqual(expected);
      }),
      { numRuns: 30 },
    );
  });
});
