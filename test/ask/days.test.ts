import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { daysIn } from '../../src/ask/days.ts';
import { anyText } from '../curate/any-posts.ts';

const TODAY = '2026-04-29'; // a Wednesday

describe('the days of a question', () => {
  it.each([
    ['what happened yesterday?', '2026-04-28', '2026-04-28', 'what happened ?'],
    ["yesterday's digest said so", '2026-04-28', '2026-04-28', "'s digest said so"],
    [
      'what did he say last thursday about it',
      '2026-04-23',
      '2026-04-23',
      'what did he say about it',
    ],
    ['what happened on the 16th?', '2026-04-16', '2026-04-16', 'what happened ?'],
    ["what'd mira post on monday?", '2026-04-27', '2026-04-27', "what'd mira post ?"],
    ['from april 13 to april 15 what', '2026-04-13', '2026-04-15', 'what'],
    ['anything in the last 3 days', '2026-04-27', '2026-04-29', 'anything in'],
    ['who was loud last night', '2026-04-28', '2026-04-28', 'who was loud'],
    ['who was loud last weekend', '2026-04-25', '2026-04-26', 'who was loud'],
    ['4月20号 Lumen 出了什么', '2026-04-20', '2026-04-20', 'Lumen 出了什么'],
    ['昨天港口关了吗', '2026-04-28', '2026-04-28', '港口关了吗'],
    ['昨晚港口关了吗', '2026-04-28', '2026-04-28', '港口关了吗'],
    ['上周谁说的', '2026-04-20', '2026-04-26', '谁说的'],
    ['上周五谁说的', '2026-04-24', '2026-04-24', '谁说的'],
    ['4月13到15号有什么', '2026-04-13', '2026-04-15', '有什么'],
    ['最近三天的港口', '2026-04-27', '2026-04-29', '的港口'],
    ['这两天的港口', '2026-04-26', '2026-04-29', '的港口'],
  ])('of "%s" are %s to %s', (question, from, to, rest) => {
    const dated = daysIn(question, TODAY);
    expect(dated.days).toEqual({ from, to });
    expect(dated.rest.replace(/\s+/g, ' ').trim()).toBe(rest);
  });

  it.each([
    'Lumen 5.5 vs 4.7',
    'who came 1st',
    'where she sat in the sun',
    'agents work 24/7',
    'may the model win',
    '二十年前折腾 linux',
    '明天会怎样',
    'tomorrow?',
    '',
  ])('are none in "%s"', (question) => {
    expect(daysIn(question, TODAY)).toEqual({ days: null, rest: question });
  });

  it('are never after today, nor reversed, whatever is asked', () => {
    fc.assert(
      fc.property(anyText, (question) => {
        const { days } = daysIn(question, TODAY);
        if (days === null) return;
        expect(days.to <= TODAY).toBe(true);
        expect(days.from <= days.to).toBe(true);
      }),
    );
  });

  it('are read from ten thousand characters at once', () => {
    const started = performance.now();
    daysIn('1日2月3'.repeat(2000), TODAY);
    expect(performance.now() - started).toBeLessThan(5000);
  });
});
