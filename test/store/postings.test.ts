import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import {
  BLOCK_SIZE,
  countIn,
  eachCount,
  filterFor,
  keyOf,
  lengthIn,
  MOST_BLOCKS,
  numbering,
  packCounts,
  placeIn,
  postingOf,
} from '../../src/store/postings.ts';

describe('a posting', () => {
  it('tells where, how often and in how many terms, in 32 bits', () => {
    const place = fc.nat(BLOCK_SIZE - 1);
    fc.assert(
      fc.property(place, fc.integer({ min: 1, max: 7 }), fc.nat(16_383), (at, count, length) => {
        const posting = postingOf(at, count, length);
        expect([placeIn(posting), countIn(posting), lengthIn(posting)]).toEqual([
          at,
          count,
          length,
        ]);
        expect(new Uint32Array([posting])[0]).toBe(posting);
      }),
    );
  });

  it('tells seven of what is there more often, and the longest of what is longer', () => {
    const posting = postingOf(5, 400, 100_000);
    expect([placeIn(posting), countIn(posting), lengthIn(posting)]).toEqual([5, 7, 16_383]);
  });
});

describe('the numbers of terms', () => {
  it('differ from term to term and from topic to topic', () => {
    const words = Array.from({ length: 5000 }, (_, index) => `word${index}`);
    const numbers = [...words.map(numbering('ai')), ...words.map(numbering('chips'))];
    expect(new Set(numbers).size).toBe(10_000);
    expect(numbers.every((number) => number >= 0 && number < 2 ** 32)).toBe(true);
  });

  it('spread evenly, so that lists and filters are evenly filled', () => {
    const number = numbering('ai');
    const sixteenths = Array.from({ length: 16 }, () => 0);
    for (let index = 0; index < 16_000; index++) {
      const part = Math.floor(number(`word${index}`) / 2 ** 28);
      sixteenths[part] = (sixteenths[part] ?? 0) + 1;
    }
    for (const share of sixteenths) expect(Math.abs(share - 1000)).toBeLessThan(150);
  });

  it('are the same tomorrow: they are stored', () => {
    expect(numbering('ai')('agent')).toBe(3_988_620_708);
    expect(numbering('ai')('开源')).toBe(4_159_750_090);
  });

  it('make keys that are exact numbers, those of a term together', () => {
    const [last, next] = [keyOf(2 ** 32 - 1, MOST_BLOCKS - 1), keyOf(2 ** 32 - 1, MOST_BLOCKS - 2)];
    expect(Number.isSafeInteger(last)).toBe(true);
    expect(last - next).toBe(1);
  });
});

describe('counted terms', () => {
  it('are read again as far as they are asked for', () => {
    const anyCounts = fc.uniqueArray(
      fc.tuple(fc.integer({ min: 0, max: 2 ** 32 - 1 }), fc.integer({ min: 1, max: 255 })),
      { selector: ([term]) => term, maxLength: 40 },
    );
    fc.assert(
      fc.property(anyCounts, fc.nat(40), (entries, asked) => {
        const wanted = new Map(entries.slice(0, asked));
        const seen = new Map<number, number>();
        eachCount(packCounts(new Map(entries)), filterFor(wanted.keys()), (term, count) => {
          if (wanted.has(term)) seen.set(term, count);
        });
        expect(seen).toEqual(wanted);
      }),
    );
  });
});
