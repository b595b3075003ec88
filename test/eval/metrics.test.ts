import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import {
  averagePrecision,
  bCubed,
  ndcgAt,
  normalisedMutualInformation,
  precisionRecall,
  purity,
  recallAt,
} from './metrics.ts';

const grouping = fc.array(fc.nat(4), { minLength: 1, maxLength: 30 });
const twoGroupings = fc
  .array(fc.tuple(fc.nat(4), fc.nat(4)), { minLength: 1, maxLength: 30 })
  .map((pairs) => [pairs.map(([a]) => a), pairs.map(([, b]) => b)] as const);

/** The same groups under other names. */
const relabelled = (groups: readonly number[]) => groups.map((group) => `group ${7 - group}`);

describe('precision and recall', () => {
  it('are shares of what was found and of what there is', () => {
    const { precision, recall, f1 } = precisionRecall({
      truePositives: 3,
      falsePositives: 1,
      falseNegatives: 3,
    });
    expect([precision, recall]).toEqual([0.75, 0.5]);
    expect(f1).toBeCloseTo(0.6, 12);
  });

  it('are 0, not undefined, where there is nothing', () => {
    const nothing = { truePositives: 0, falsePositives: 0, falseNegatives: 0 };
    expect(precisionRecall(nothing)).toEqual({ precision: 0, recall: 0, f1: 0 });
  });
});

describe('B-cubed', () => {
  it('agrees with a case by hand', () => {
    // found {1 2 3} {4 5}, true {1 2} {3 4 5}
    const { precision, recall } = bCubed(['x', 'x', 'x', 'y', 'y'], [1, 1, 2, 2, 2]);
    expect(precision).toBeCloseTo((2 / 3 + 2 / 3 + 1 / 3 + 1 + 1) / 5, 12);
    expect(recall).toBeCloseTo((1 + 1 + 1 / 3 + 2 / 3 + 2 / 3) / 5, 12);
  });

  it('has full precision when all stand alone, and full recall when all stand together', () => {
    const truth = [1, 1, 2, 2];
    expect(bCubed([1, 2, 3, 4], truth)).toMatchObject({ precision: 1, recall: 0.5 });
    expect(bCubed([9, 9, 9, 9], truth)).toMatchObject({ precision: 0.5, recall: 1 });
  });

  it('is 1 for the same groups under other names', () => {
    fc.assert(
      fc.property(grouping, (groups) => {
        const { precision, recall, f1 } = bCubed(relabelled(groups), groups);
        for (const share of [precision, recall, f1]) expect(share).toBeCloseTo(1, 9);
      }),
    );
  });

  it('is what its definition says, item by item', () => {
    fc.assert(
      fc.property(twoGroupings, ([found, truth]) => {
        const shares = found.map((group, i) => {
          const own = truth.filter((_, j) => found[j] === group);
          return own.filter((label) => label === truth[i]).length / own.length;
        });
        const mean = shares.reduce((sum, share) => sum + share, 0) / shares.length;
        expect(bCubed(found, truth).precision).toBeCloseTo(mean, 9);
        expect(bCubed(truth, found).recall).toBeCloseTo(mean, 9);
      }),
    );
  });
});

describe('normalised mutual information', () => {
  it('agrees with a case by hand', () => {
    // H(a) = ln 2; H(b) = −¾ ln ¾ − ¼ ln ¼; I = ½ ln(4/3) + ¼ ln(2/3) + ¼ ln 2
    const information = 0.5 * Math.log(4 / 3) + 0.25 * Math.log(2 / 3) + 0.25 * Math.log(2);
    const entropies = Math.log(2) - 0.75 * Math.log(0.75) - 0.25 * Math.log(0.25);
    const nmi = normalisedMutualInformation([1, 1, 2, 2], ['x', 'x', 'x', 'y']);
    expect(nmi).toBeCloseTo(information / (entropies / 2), 12);
  });

  it('is 0 for groupings that say nothing of each other', () => {
    expect(normalisedMutualInformation([1, 1, 2, 2], [1, 2, 1, 2])).toBe(0);
    expect(normalisedMutualInformation([1, 1, 1, 1], [1, 2, 1, 2])).toBe(0);
  });

  it('is 1 for the same groups under other names', () => {
    fc.assert(
      fc.property(grouping, (groups) => {
        expect(normalisedMutualInformation(groups, relabelled(groups))).toBeCloseTo(1, 9);
      }),
    );
  });

  it('is the same both ways round, and from 0 to 1', () => {
    fc.assert(
      fc.property(twoGroupings, ([a, b]) => {
        const nmi = normalisedMutualInformation(a, b);
        expect(nmi).toBeCloseTo(normalisedMutualInformation(b, a), 9);
        expect(nmi).toBeGreaterThanOrEqual(0);
        expect(nmi).toBeLessThanOrEqual(1);
      }),
    );
  });
});

describe('purity', () => {
  it('is the share of the most frequent label of each group', () => {
    expect(purity([1, 1, 1, 2, 2], ['x', 'x', 'y', 'y', 'z'])).toBeCloseTo(3 / 5, 12);
  });

  it('is 1 when every item stands alone', () => {
    fc.assert(
      fc.property(grouping, (truth) => {
        expect(purity([...truth.keys()], truth)).toBe(1);
      }),
    );
  });
});

describe('average precision', () => {
  it('agrees with a case by hand', () => {
    const items = [true, false, true, false].map((relevant, place) => ({
      relevant,
      score: -place,
    }));
    expect(averagePrecision(items)).toBeCloseTo((1 + 2 / 3) / 2, 12);
  });

  it('does not gain from the order of items of one score', () => {
    const tied = [true, false, false, false].map((relevant) => ({ relevant, score: 0.5 }));
    expect(averagePrecision(tied)).toBe(0.25);
    expect(averagePrecision(tied.toReversed())).toBe(0.25);
  });

  it('is what its definition says, threshold by threshold', () => {
    const item = fc.record({ score: fc.nat(5), relevant: fc.boolean() });
    fc.assert(
      fc.property(fc.array(item, { maxLength: 20 }), (items) => {
        expect(averagePrecision(items)).toBeCloseTo(byThresholds(items), 9);
      }),
    );
  });
});

describe('nDCG', () => {
  const grades = new Map([
    ['a', 2],
    ['b', 1],
    ['c', 0],
  ]);

  it('agrees with a case by hand', () => {
    const best = 3 + 1 / Math.log2(3);
    expect(ndcgAt(['b', 'x', 'a'], grades, 10)).toBeCloseTo((1 + 3 / 2) / best, 12);
    expect(ndcgAt(['a', 'b'], grades, 10)).toBe(1);
  });

  it('looks as deep as it is told', () => {
    expect(ndcgAt(['x', 'a'], grades, 1)).toBe(0);
    expect(ndcgAt(['a', 'x'], grades, 1)).toBe(1);
  });

  it('is 0 where nothing is relevant', () => {
    expect(ndcgAt(['a'], new Map([['a', 0]]), 10)).toBe(0);
  });
});

describe('recall', () => {
  const grades = new Map([
    ['a', 2],
    ['b', 1],
    ['c', 0],
  ]);

  it('is the share of what is relevant among the first', () => {
    expect(recallAt(['c', 'a', 'x'], grades, 10)).toBe(0.5);
    expect(recallAt(['c', 'a', 'b'], grades, 2)).toBe(0.5);
    expect(recallAt(['a', 'a'], grades, 2)).toBe(0.5);
    expect(recallAt(['a'], new Map(), 10)).toBe(0);
  });
});

function byThresholds(items: readonly { score: number; relevant: boolean }[]): number {
  const all = items.filter(({ relevant }) => relevant).length;
  if (all === 0) return 0;
  const thresholds = [...new Set(items.map(({ score }) => score))].toSorted((a, b) => b - a);
  let area = 0;
  let before = 0;
  for (const threshold of thresholds) {
    const taken = items.filter(({ score }) => score >= threshold);
    const hits = taken.filter(({ relevant }) => relevant).length;
    area += (hits / all - before) * (hits / taken.length);
    before = hits / all;
  }
  return area;
}
