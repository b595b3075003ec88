import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import {
  product,
  sumOf,
  type Vector,
  vectorOf,
  weighWords,
  wordsInCommon,
} from '../../src/curate/vectors.ts';

const WORDS = 40;
const weights = Float64Array.from({ length: WORDS }, (_, id) => (id % 9) / 4);
const ids = fc
  .uniqueArray(fc.nat(WORDS - 1))
  .map((numbers) => Uint32Array.from(numbers).toSorted());
const vectors = ids.map((words) => vectorOf(words, weights));

const weightIn = ({ ids: words, weights: own }: Vector, id: number) => own[words.indexOf(id)] ?? 0;
const eachWord = Array.from({ length: WORDS }, (_, id) => id);

describe('vectors of words', () => {
  it('have as their product the cosine of the texts', () => {
    fc.assert(
      fc.property(ids, ids, (a, b) => {
        const squares = (words: Uint32Array) =>
          words.reduce((sum, id) => sum + (weights[id] ?? 0) ** 2, 0);
        const shared = squares(a.filter((id) => b.includes(id)));
        const cosine = shared / (Math.sqrt(squares(a) * squares(b)) || 1);
        expect(product(vectorOf(a, weights), vectorOf(b, weights))).toBeCloseTo(cosine, 10);
      }),
    );
  });

  it('add up word by word', () => {
    fc.assert(
      fc.property(fc.array(vectors), (some) => {
        const sum = sumOf(some);
        expect([...sum.ids]).toEqual([...sum.ids].toSorted((a, b) => a - b));
        for (const id of eachWord) {
          const naive = some.reduce((total, vector) => total + weightIn(vector, id), 0);
          expect(weightIn(sum, id)).toBeCloseTo(naive, 10);
        }
      }),
    );
  });

  it('know how many words two texts share', () => {
    fc.assert(
      fc.property(ids, ids, (a, b) => {
        expect(wordsInCommon(a, b)).toBe(a.filter((id) => b.includes(id)).length);
      }),
    );
  });
});

describe('the weight of a word', () => {
  it('is the greater the rarer it is, and nothing for a word of no text', () => {
    const [never = 0, once = 0, often = 0, always = 0] = weighWords(
      Uint32Array.from([0, 1, 5, 10]),
      10,
    );
    expect(never).toBe(0);
    expect(once).toBeGreaterThan(often);
    expect(often).toBeGreaterThan(always);
    expect(always).toBeGreaterThan(0);
  });
});
