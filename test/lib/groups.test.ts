import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { Groups } from '../../src/lib/groups.ts';

const SIZE = 30;
const items = Array.from({ length: SIZE }, (_, number) => number);
const joins = fc.array(fc.tuple(fc.nat(SIZE - 1), fc.nat(SIZE - 1)), { maxLength: 60 });

/** The same by relabelling all items at every join. */
function labelled(pairs: readonly (readonly [number, number])[]): number[][] {
  let labels = items;
  for (const [a, b] of pairs) {
    labels = labels.map((label) => (label === labels[a] ? (labels[b] ?? label) : label));
  }
  return [...Map.groupBy(items, (item) => labels[item]).values()];
}

describe('groups', () => {
  it('hold what was joined, over however many steps, each item once and in the order given', () => {
    fc.assert(
      fc.property(joins, (pairs) => {
        const groups = new Groups(items);
        for (const [a, b] of pairs) groups.join(a, b);
        expect(groups.all()).toEqual(labelled(pairs));
      }),
    );
  });

  it('join a hundred thousand items one after the other in little time', () => {
    const many = Array.from({ length: 100_000 }, (_, number) => ({ number }));
    const groups = new Groups(many);
    for (const [index, item] of many.entries()) groups.join(many[index - 1] ?? item, item);
    expect(groups.all()).toEqual([many]);
  });
});
