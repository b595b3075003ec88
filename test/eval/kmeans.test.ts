import { describe, expect, it } from 'vitest';

import { kmeans } from './kmeans.ts';
import { normalisedMutualInformation } from './metrics.ts';
import { tfidf } from './tfidf.ts';

const TEXTS = [
  'robots in the warehouse',
  'a model with open weights',
  'warehouse robots pick items',
  'open weights of the model',
  '仓库机器人上线',
  '机器人在仓库上线',
];
const THEMES = [1, 2, 1, 2, 3, 3];

describe('TF-IDF', () => {
  it('makes rows of length 1, and zeros of a text without a word', () => {
    const { starts, values, height } = tfidf([...TEXTS, '…']);
    const squares = Array.from({ length: height }, (_, row) =>
      values.slice(starts[row], starts[row + 1]).reduce((sum, value) => sum + value ** 2, 0),
    );
    for (const square of squares.slice(0, -1)) expect(square).toBeCloseTo(1, 12);
    expect(squares.at(-1)).toBe(0);
  });

  it('weighs rare words more than common ones', () => {
    const { values } = tfidf(['rare common', 'common', 'common']);
    expect(values[0]).toBeGreaterThan(values[1] ?? 0);
  });
});

describe('k-means', () => {
  it('finds groups that are plain to see', () => {
    expect(normalisedMutualInformation(kmeans(tfidf(TEXTS), 3), THEMES)).toBeCloseTo(1, 12);
  });

  it('gives the same clusters every time', () => {
    expect(kmeans(tfidf(TEXTS), 3)).toEqual(kmeans(tfidf(TEXTS), 3));
  });

  it('bears as many clusters as texts, equal texts, and texts without a word', () => {
    const own = kmeans(tfidf(TEXTS), TEXTS.length);
    expect(new Set(own).size).toBe(TEXTS.length);
    expect(kmeans(tfidf(['same', 'same', '', '…']), 3)).toHaveLength(4);
    expect(kmeans(tfidf(['', '']), 1)).toEqual([0, 0]);
  });
});
