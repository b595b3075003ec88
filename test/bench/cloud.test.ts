import { describe, expect, it } from 'vitest';

import { fontOf } from '../../src/cloud/fonts.ts';
import { randomFrom } from '../support/random.ts';
import { inkOf } from './cloud.ts';
import { drawnByD3, layWithD3, layWithWordcloud } from './cloud-peers.ts';
import { makeTerms } from './cloud-terms.ts';

const FIELD = { width: 1600, height: 900, gap: 4 };
const WORDS = makeTerms(20).map(({ text }) => ({ text, size: 40, weight: 700 as const }));

const drawn = (x: number) => ({
  text: '大模型',
  font: fontOf(700, 40),
  baseline: 'alphabetic' as const,
  x,
  y: 200,
});

describe('what the word clouds are measured with', () => {
  it('sees ink upon ink, and none where words are apart', () => {
    expect(inkOf([drawn(100), drawn(600)]).overlapPx).toBe(0);
    const one = inkOf([drawn(100)]);
    const two = inkOf([drawn(100), drawn(100)]);
    expect(two.overlapPx).toBe(Math.round(one.inkOfCanvas * FIELD.width * FIELD.height));
    expect(two.inkOfCanvas).toBe(one.inkOfCanvas);
    expect(one.inkOfBox).toBeGreaterThan(0.2);
  });

  it('makes the same terms every time, half of them Chinese, each once', () => {
    const terms = makeTerms(150);
    expect(makeTerms(150)).toEqual(terms);
    expect(new Set(terms.map(({ text }) => text)).size).toBe(150);
    expect(terms.filter(({ text }) => /\p{Script=Han}/u.test(text))).toHaveLength(75);
  });

  it('has both peers lay all words without a touch', async () => {
    const ofD3 = drawnByD3(await layWithD3(WORDS, FIELD, randomFrom(1)), FIELD);
    const ofWordcloud = await layWithWordcloud(WORDS, FIELD);
    for (const laid of [ofD3, ofWordcloud]) {
      expect(laid.map(({ text }) => text).toSorted()).toEqual(
        WORDS.map(({ text }) => text).toSorted(),
      );
      expect(inkOf(laid).overlapPx).toBe(0);
    }
    expect('window' in globalThis || 'document' in globalThis).toBe(false);
  });
});
