import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { readDay } from '../../src/cli/day.ts';
import { UserError } from '../../src/model/errors.ts';
import { addDays } from '../../src/model/window.ts';

const NOON = new Date('2026-02-03T12:00:00Z');
const read = (words: string, now = NOON, zone = 'UTC') => readDay('--since', words, now, zone);

function refusalOf(words: string): string {
  try {
    return `no refusal, but ${readDay('--since', words, NOON, 'UTC')}`;
  } catch (error) {
    return error instanceof UserError ? `${error.code}: ${error.message}` : String(error);
  }
}

describe('a day in words', () => {
  it.each([
    ['today', '2026-02-03'],
    ['今天', '2026-02-03'],
    ['今日', '2026-02-03'],
    ['yesterday', '2026-02-02'],
    ['  Yesterday ', '2026-02-02'],
    ['昨天', '2026-02-02'],
    ['昨日', '2026-02-02'],
    ['the day before yesterday', '2026-02-01'],
    ['day before yesterday', '2026-02-01'],
    ['前天', '2026-02-01'],
    ['大前天', '2026-01-31'],
    ['0 days ago', '2026-02-03'],
    ['1 day ago', '2026-02-02'],
    ['3 DAYS AGO', '2026-01-31'],
    ['3天前', '2026-01-31'],
    ['3 天前', '2026-01-31'],
    ['3天以前', '2026-01-31'],
    ['365 days ago', '2025-02-03'],
    ['上周五', '2026-01-30'],
    ['three days ago', '2026-01-31'],
    ['2026-01-29..2026-01-29', '2026-01-29'],
  ])('is counted from today: %s', (words, day) => {
    expect(read(words)).toBe(day);
  });

  it.each([
    ['2026-01-29', '2026-01-29'],
    ['2026-1-9', '2026-01-09'],
    ['2026/01/29', '2026-01-29'],
    ['2026.1.29', '2026-01-29'],
    ['2026年1月29日', '2026-01-29'],
    ['2026年1月29号', '2026-01-29'],
    ['1月29日', '2026-01-29'],
    ['1月29号', '2026-01-29'],
    ['1月29', '2026-01-29'],
    ['1-29', '2026-01-29'],
    ['01/29', '2026-01-29'],
  ])('is a date: %s', (words, day) => {
    expect(read(words)).toBe(day);
  });

  it('is this year’s without a year, or the last one’s where this year’s is still to come', () => {
    expect(read('2月3日')).toBe('2026-02-03');
    expect(read('2月4日')).toBe('2025-02-04');
    expect(read('12-31')).toBe('2025-12-31');
  });

  it('is the last leap day there was', () => {
    expect(read('2-29', new Date('2024-02-29T12:00:00Z'))).toBe('2024-02-29');
    expect(read('2-29', new Date('2026-07-01T12:00:00Z'))).toBe('2024-02-29');
    expect(read('2-29', new Date('2028-02-28T12:00:00Z'))).toBe('2024-02-29');
    expect(read('yesterday', new Date('2024-03-01T12:00:00Z'))).toBe('2024-02-29');
  });

  it('is seen from the topic’s time zone', () => {
    const lateInUtc = new Date('2026-02-03T16:00:00Z');
    const before = new Date('2026-02-03T15:59:59Z');
    expect(read('today', lateInUtc, 'Asia/Shanghai')).toBe('2026-02-04');
    expect(read('today', before, 'Asia/Shanghai')).toBe('2026-02-03');
    expect(read('昨天', new Date('2026-02-03T04:59:59Z'), 'America/New_York')).toBe('2026-02-01');
    expect(read('昨天', new Date('2026-02-03T05:00:00Z'), 'America/New_York')).toBe('2026-02-02');
    expect(read('2-4', lateInUtc, 'Asia/Shanghai')).toBe('2026-02-04');
    expect(read('2-4', lateInUtc, 'UTC')).toBe('2025-02-04');
  });

  it('goes back over the day when the clocks change', () => {
    const afterChange = new Date('2026-03-30T00:30:00Z');
    expect(read('yesterday', afterChange, 'Europe/Berlin')).toBe('2026-03-29');
    expect(read('2 days ago', afterChange, 'Europe/Berlin')).toBe('2026-03-28');
  });

  it('is never one still to come', () => {
    for (const words of ['2026-02-04', '2026年2月4日', 'tomorrow']) {
      expect(refusalOf(words)).toBe(
        'usage: --since 2026-02-04 is still to come. Name a day up to today, which is 2026-02-03 (UTC).',
      );
    }
  });

  it.each([
    '2026-02-29',
    '2026-13-01',
    '2026-00-10',
    '13-01',
    '2月30日',
    'moonday',
    '-1 days ago',
    '99999 days ago',
    '2026-02-03 10:00',
    'constructor',
    '__proto__',
    '😀',
  ])('is asked for again when it cannot be read: %s', (words) => {
    expect(refusalOf(words)).toBe(
      `usage: I cannot read --since "${words}" as a day. Write it like yesterday, 3 days ago or 2026-01-29.`,
    );
  });

  it('is not several', () => {
    for (const words of ['last week', '上周']) {
      expect(refusalOf(words)).toBe(
        `usage: --since "${words}" is several days. Name one, like yesterday or 2026-01-29.`,
      );
    }
  });

  it('is a day that was, or a refusal, whatever is written', () => {
    const nearly = fc.stringMatching(/^[0-9]{1,4}[-/.年 ]?[0-9]{0,2}[-/月天]?[0-9]{0,2}[日号前]?$/);
    fc.assert(
      fc.property(fc.oneof(fc.string(), nearly), (words) => {
        expect(refusalOf(words)).toMatch(/^usage: |^no refusal, but \d{4}-\d\d-\d\d$/);
      }),
    );
  });

  it('reads every way of writing the same day alike', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 300 }), (ago) => {
        const day = addDays('2026-02-03', -ago);
        const [year, month, date] = day.split('-').map(Number);
        for (const words of [
          day,
          `${ago} days ago`,
          `${ago}天前`,
          `${year}年${month}月${date}日`,
          `${month}月${date}日`,
          `${month}-${date}`,
        ]) {
          expect(read(words)).toBe(day);
        }
      }),
      { numRuns: 50 },
    );
  });
});
