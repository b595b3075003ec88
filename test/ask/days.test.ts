import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { daysIn, stepFrom, stepIn } from '../../src/ask/days.ts';
import { anyText } from '../curate/any-posts.ts';
import { workMs } from '../support/work.ts';

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
    ['what happened in April?', '2026-04-01', '2026-04-29', 'what happened ?'],
    ['what did he post in March 2026', '2026-03-01', '2026-03-31', 'what did he post'],
    ['what was there in December?', '2025-12-01', '2025-12-31', 'what was there ?'],
    ['Feb 2024 in short', '2024-02-01', '2024-02-29', 'in short'],
    ['who wrote since march', '2026-03-01', '2026-04-29', 'who wrote'],
    ['3月港口关了几次', '2026-03-01', '2026-03-31', '港口关了几次'],
    ['2025年12月份的港口', '2025-12-01', '2025-12-31', '的港口'],
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
    [
      'what did people say on Friday April 17?',
      '2026-04-17',
      '2026-04-17',
      'what did people say ?',
    ],
    ['what was there on Friday, 17 April', '2026-04-17', '2026-04-17', 'what was there'],
    [
      'who spoke on fri., april the 17th about it',
      '2026-04-17',
      '2026-04-17',
      'who spoke about it',
    ],
    ['April 17 (Friday) port', '2026-04-17', '2026-04-17', ') port'],
    ['who spoke on friday the 17th', '2026-04-17', '2026-04-17', 'who spoke'],
    ['4月17日星期五港口', '2026-04-17', '2026-04-17', '港口'],
    ['周五4月17日港口', '2026-04-17', '2026-04-17', '港口'],
    ['4月17日，周五，港口', '2026-04-17', '2026-04-17', '，港口'],
    ['what happened on Monday April 17', '2026-04-17', '2026-04-17', 'what happened'],
    ['4月17日星期一有什么', '2026-04-17', '2026-04-17', '有什么'],
    ['ports between april 13 and april 15', '2026-04-13', '2026-04-15', 'ports'],
    ['ports on april 16 and 17', '2026-04-16', '2026-04-17', 'ports'],
    ['compare yesterday and april 26', '2026-04-26', '2026-04-28', 'compare'],
    ['agents 5 and yesterday', '2026-04-28', '2026-04-28', 'agents 5 and'],
    ['16、17号有什么', '2026-04-16', '2026-04-17', '有什么'],
    ['the day before april 16', '2026-04-15', '2026-04-15', ''],
    ['two days after april 16 what', '2026-04-18', '2026-04-18', 'what'],
    ['4月16日的前一天有什么', '2026-04-15', '2026-04-15', '有什么'],
    ['4月16日第二天有什么', '2026-04-17', '2026-04-17', '有什么'],
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
    'the day after today',
    'who sat 2 hours on a port',
    '13月40日',
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

  it('are read at once, however long a row of numerals and words of days it is', () => {
    const piece = fc.constantFrom(
      '13月40日',
      '1',
      '一二三',
      '十',
      '12-12-',
      '2026-13-40 ',
      '31号',
      'feb 31 ',
      ' and ',
      'the ',
      'day before ',
      'on ',
      '周五',
      '、',
      '——',
      '前一天',
      'friday ',
      ' ',
      '1.1',
    );
    const row = fc.array(piece, { minLength: 1, maxLength: 4 }).map((pieces) => pieces.join(''));
    fc.assert(
      fc.property(row, (pieces) => {
        const long = pieces.repeat(10_000);
        const started = workMs();
        daysIn(long, TODAY);
        stepIn(long);
        expect(workMs() - started).toBeLessThan(500);
      }),
      { numRuns: 30 },
    );
  });
});

describe('a step from days that were spoken of', () => {
  const DAYS = { from: '2026-04-16', to: '2026-04-17' };

  it.each([
    ['what happened the day before?', '2026-04-15', '2026-04-15'],
    ['and the day after?', '2026-04-18', '2026-04-18'],
    ['and two days later?', '2026-04-19', '2026-04-19'],
    ['what about the previous day', '2026-04-15', '2026-04-15'],
    ['and the week before?', '2026-04-06', '2026-04-12'],
    ['前一天呢', '2026-04-15', '2026-04-15'],
    ['第二天呢', '2026-04-18', '2026-04-18'],
    ['後一天有什么', '2026-04-18', '2026-04-18'],
  ])('leads in "%s" to %s', (question, from, to) => {
    const step = stepIn(question)?.step;
    expect(step && stepFrom(DAYS, step)).toEqual({ from, to });
  });

  it.each([
    'the day before the launch',
    'is it the next model',
    '前天呢',
    'what was there yesterday',
  ])('is none in "%s"', (question) => {
    expect(stepIn(question)).toBeNull();
  });
});
