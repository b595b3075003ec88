import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { isRetelling, likeness, tellingOf } from '../../src/curate/retelling.ts';
import { tokenize } from '../../src/lib/tokens.ts';
import { anyText } from './any-posts.ts';

const told = (text: string) => tellingOf(tokenize(text));
const retells = (a: string, b: string) => isRetelling(told(a), told(b));

const NEWS = 'Lumen 7 ships with open weights and costs 40% less than Lumen 6';

describe('a retelling', () => {
  it.each([
    ['one word changed', 'Lumen 7 comes with open weights and costs 40% less than Lumen 6'],
    ['something added at the end', `${NEWS}, says Quill`],
    ['tags for words', '#Lumen 7 ships with #OpenWeights and costs 40% less than #Lumen 6'],
    ['capitals and plurals', NEWS.toUpperCase().replace('WEIGHTS', 'weight')],
    ['a handle before it', `@ada_demo ${NEWS}`],
  ])('is seen with %s', (_, text) => {
    expect(retells(NEWS, text)).toBe(true);
  });

  it.each([
    ['another figure', NEWS.replace('40%', '60%')],
    ['another version', NEWS.replace('Lumen 7', 'Lumen 8')],
    ['a remark before it', `Fools, believe nothing of this: ${NEWS}`],
    ['other words', 'A storm closed the harbour of Maren for three days and delayed chips'],
  ])('is not seen with %s', (_, text) => {
    expect(retells(NEWS, text)).toBe(false);
  });

  it.each([
    ['1.5', '15'],
    ['2,500', '500'],
    ['2,500', '2,000'],
    ['12,345,678', '345,678'],
    ['GPT-5.2', 'GPT-52'],
  ])('is never seen where one says %s and the other %s', (one, other) => {
    const withFigure = (figure: string) =>
      `The clerks of Maren harbour counted ${figure} crates of chips after the long storm`;
    expect(retells(withFigure(one), withFigure(other))).toBe(false);
    expect(retells(withFigure(one), withFigure(one))).toBe(true);
  });

  it('may leave out a figure, and write its thousands with or without a comma', () => {
    expect(retells(NEWS, NEWS.replace('40% less', 'less'))).toBe(true);
    expect(retells('They counted 2,500 crates there', 'They counted 2500 crates there')).toBe(true);
  });
});

describe('the likeness of two texts', () => {
  it('is the same both ways, and never above 1', () => {
    fc.assert(
      fc.property(anyText, anyText, (a, b) => {
        const [one, other] = [told(a), told(b)];
        expect(likeness(one, other)).toBe(likeness(other, one));
        expect(likeness(one, other)).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('is 1 for a text and itself', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(likeness(told(text), told(text))).toBe(1);
      }),
    );
  });
});
