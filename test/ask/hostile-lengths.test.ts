import { describe, expect, it } from 'vitest';

import { figuresOf, holds } from '../../src/ask/asked-for.ts';
import { daysIn } from '../../src/ask/days.ts';
import { excerptOf } from '../../src/ask/excerpt.ts';
import { readQuestion } from '../../src/ask/standalone.ts';
import { withoutTypos } from '../../src/ask/spelling.ts';
import { freshDatabase } from '../support/database.ts';

/** So long that work which grows with the square would take until the test is given up. */
const LONG = 400_000;

describe('texts made to take for ever', () => {
  it.each([
    ['dots', `${'.'.repeat(LONG)}b`],
    ['a word before a dot', `${'a'.repeat(LONG)}.b`],
    ['short sentences', 'x! '.repeat(LONG / 3)],
  ])('are cut to an excerpt soon: %s', (_, text) => {
    const wanted = [
      { word: 'x', terms: new Map([['x', 1]]), weight: 1, needed: 1, isName: false },
    ] as const;
    expect(excerptOf(text, { wanted }, 300).length).toBeLessThanOrEqual(text.length);
  });

  it('are looked through for money soon', () => {
    expect(holds('1'.repeat(LONG), 'money', '')).toBe(false);
    expect(holds('they make 12m arr', 'money', '')).toBe(true);
    expect(holds('\n'.repeat(LONG), 'amount', '')).toBe(false);
    expect(figuresOf('1'.repeat(LONG), 'money')).toEqual([]);
    expect(figuresOf('1,'.repeat(LONG / 2), 'money')).toEqual([]);
    expect(figuresOf('$5, or 1,200.50 dollars', 'money')).toEqual(['5', '1,200.50']);
  });

  it('are not guessed at where every word is misspelled', async () => {
    const wanted = Array.from({ length: 4000 }, (_, index) => {
      const word = `qzx${index.toString(26).replace(/\d/g, (digit) => 'bcdfghjklm'[Number(digit)] ?? '')}jk`;
      return { word, terms: new Map([[word, 1]]), weight: 1, needed: 1, isName: false };
    });
    const db = await freshDatabase();
    const now = new Date('2026-10-12T00:00:00Z');
    const topic = { key: 'none', title: 'None', language: 'en', timeZone: 'UTC' };
    const query = readQuestion({ question: 'anything', turns: [], topic, now });
    const mended = await withoutTypos(db, topic.key, { ...query, wanted });
    expect(mended.wanted).toHaveLength(wanted.length);
  });
});

it.each([
  '2月30日发生了什么',
  '13月1日发生了什么',
  'the day after 9999-12-31',
  '7 weeks before 0001-01-01',
])('a day that there is not is none: %s', (question) => {
  expect(daysIn(question, '2026-04-29').days).toBeNull();
});
