import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { numbersOf } from '../../src/model/post.ts';

const count = fc.option(fc.nat(1_000_000));
const anyNumbers = fc.record({
  likes: count,
  reposts: count,
  replies: count,
  quotes: count,
  views: count,
});

const UNKNOWN = { likes: null, reposts: null, replies: null, quotes: null, views: null };

describe('the numbers of several posts', () => {
  it('are what is known of them, added up', () => {
    const first = { ...UNKNOWN, likes: 3, reposts: 0 };
    const second = { ...UNKNOWN, likes: 4, views: 90 };
    expect(numbersOf([first, second])).toEqual({ ...UNKNOWN, likes: 7, reposts: 0, views: 90 });
  });

  it('are unknown, not zero, where none is known', () => {
    expect(numbersOf([UNKNOWN, UNKNOWN])).toEqual(UNKNOWN);
    expect(numbersOf([])).toEqual(UNKNOWN);
  });

  it('are the same however the posts are put together', () => {
    fc.assert(
      fc.property(fc.array(anyNumbers), fc.array(anyNumbers), (some, others) => {
        expect(numbersOf([numbersOf(some), numbersOf(others)])).toEqual(
          numbersOf([...others, ...some]),
        );
      }),
    );
  });
});
