import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { readWhen } from '../../src/chat/when.ts';
import { UserError } from '../../src/model/errors.ts';
import { addDays, dayOf } from '../../src/model/window.ts';
import { workMs } from '../support/work.ts';

const TUESDAY = new Date('2026-02-03T12:00:00Z');

/** `2026-01-29`, `2026-01-26..2026-01-29`, or what it is refused with. */
function read(words: string, now = TUESDAY, zone = 'UTC', language = 'en'): string {
  try {
    const { from, to } = readWhen(words, now, zone, language);
    return from === to ? from : `${from}..${to}`;
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return `${error.code}: ${error.message}`;
  }
}

describe('days in words', () => {
  it.each([
    ['today', '2026-02-03'],
    ['今天', '2026-02-03'],
    ['今日', '2026-02-03'],
    ['yesterday', '2026-02-02'],
    ['YESTERDAY', '2026-02-02'],
    ['昨天', '2026-02-02'],
    ['昨日', '2026-02-02'],
    ['前天', '2026-02-01'],
    ['大前天', '2026-01-31'],
    ['the day before yesterday', '2026-02-01'],
    ['3 days ago', '2026-01-31'],
    ['three days ago', '2026-01-31'],
    ['a day ago', '2026-02-02'],
    ['twelve days ago', '2026-01-22'],
    ['a week ago', '2026-01-27'],
    ['2 weeks ago', '2026-01-20'],
    ['3天前', '2026-01-31'],
    ['三天前', '2026-01-31'],
    ['两天前', '2026-02-01'],
    ['十天前', '2026-01-24'],
    ['二十一天以前', '2026-01-13'],
    ['5日前', '2026-01-29'],
    ['兩週前', '2026-01-20'],
    ['一个星期前', '2026-01-27'],
  ])('are counted from today: %s is %s', (words, day) => {
    expect(read(words)).toBe(day);
  });

  it.each([
    ['Thursday, 29 January', '2026-01-29'],
    ['Thu 1/29', '2026-01-29'],
    ['January 29 (Thursday)', '2026-01-29'],
    ['Monday, January 29th 2026', '2026-01-29'],
    ['1月29日星期四', '2026-01-29'],
    ['1月29号（周四）', '2026-01-29'],
    ['星期一，1月29日', '2026-01-29'],
  ])('may be said with their weekday, which counts less than the date: %s is %s', (words, day) => {
    expect(read(words)).toBe(day);
  });

  it.each([
    ['last Friday', '2026-01-30'],
    ['on Friday', '2026-01-30'],
    ['Friday', '2026-01-30'],
    ['fri', '2026-01-30'],
    ['last Monday', '2026-02-02'],
    ['this Monday', '2026-02-02'],
    ['Tuesday', '2026-01-27'],
    ['Wednesday', '2026-01-28'],
    ['Sunday', '2026-02-01'],
    ['周五', '2026-01-30'],
    ['星期五', '2026-01-30'],
    ['礼拜五', '2026-01-30'],
    ['周二', '2026-01-27'],
    ['周日', '2026-02-01'],
    ['星期天', '2026-02-01'],
    ['上周五', '2026-01-30'],
    ['上周一', '2026-01-26'],
    ['上周日', '2026-02-01'],
    ['上星期五', '2026-01-30'],
    ['上个星期五', '2026-01-30'],
    ['上礼拜天', '2026-02-01'],
    ['上週五', '2026-01-30'],
    ['上上周五', '2026-01-23'],
    ['本周一', '2026-02-02'],
    ['这周一', '2026-02-02'],
    ['本周二', '2026-02-03'],
  ])('are days of the week that are over: %s is %s', (words, day) => {
    expect(read(words)).toBe(day);
  });

  it('tell last week’s Friday from the last Friday when Friday is over', () => {
    const sunday = new Date('2026-02-01T12:00:00Z');
    expect(read('last Friday', sunday)).toBe('2026-01-30');
    expect(read('周五', sunday)).toBe('2026-01-30');
    expect(read('这周五', sunday)).toBe('2026-01-30');
    expect(read('上周五', sunday)).toBe('2026-01-23');
    expect(read('last week', sunday)).toBe('2026-01-19..2026-01-25');
    expect(read('this week', sunday)).toBe('2026-01-26..2026-02-01');
  });

  it.each([
    ['11-20', '2025-11-20'],
    ['11/20', '2025-11-20'],
    ['2025-11-20', '2025-11-20'],
    ['2025/11/20', '2025-11-20'],
    ['2025.11.20', '2025-11-20'],
    ['20251120', '2025-11-20'],
    ['2025-1-9', '2025-01-09'],
    ['1月29日', '2026-01-29'],
    ['1月29号', '2026-01-29'],
    ['1月29號', '2026-01-29'],
    ['一月二十九日', '2026-01-29'],
    ['三月五日', '2025-03-05'],
    ['十二月三十一号', '2025-12-31'],
    ['2026年1月29日', '2026-01-29'],
    ['2026 年 1 月 29 日', '2026-01-29'],
    ['二〇二六年一月二十九日', '2026-01-29'],
    ['去年12月31日', '2025-12-31'],
    ['今年1月1日', '2026-01-01'],
    ['29号', '2026-01-29'],
    ['4日', '2026-01-04'],
    ['the 31st', '2026-01-31'],
    ['Jan 29', '2026-01-29'],
    ['jan. 29', '2026-01-29'],
    ['29 January', '2026-01-29'],
    ['29 Jan 2026', '2026-01-29'],
    ['January 29th', '2026-01-29'],
    ['January 29th 2026', '2026-01-29'],
    ['January 29, 2026', '2026-01-29'],
    ['the 29th of January', '2026-01-29'],
    ['Sept 1', '2025-09-01'],
    ['May 3', '2025-05-03'],
    ['Feb 3', '2026-02-03'],
    ['Feb 4', '2025-02-04'],
    ['Feb 29', '2024-02-29'],
  ])('are dates, without a year the last that came: %s is %s', (words, day) => {
    expect(read(words)).toBe(day);
  });

  it('are as far back as the calendar makes them', () => {
    expect(read('31号', new Date('2026-03-01T12:00:00Z'))).toBe('2026-01-31');
    expect(read('31号', new Date('2026-01-01T12:00:00Z'))).toBe('2025-12-31');
    expect(read('2-29', new Date('2104-02-28T12:00:00Z'))).toBe('2096-02-29');
  });

  it.each([
    ['last week', '2026-01-26..2026-02-01'],
    ['上周', '2026-01-26..2026-02-01'],
    ['上个星期', '2026-01-26..2026-02-01'],
    ['上禮拜', '2026-01-26..2026-02-01'],
    ['this week', '2026-02-02..2026-02-03'],
    ['本周', '2026-02-02..2026-02-03'],
    ['这周', '2026-02-02..2026-02-03'],
    ['上上周', '2026-01-19..2026-01-25'],
    ['last month', '2026-01-01..2026-01-31'],
    ['上个月', '2026-01-01..2026-01-31'],
    ['上月', '2026-01-01..2026-01-31'],
    ['本月', '2026-02-01..2026-02-03'],
    ['last 3 days', '2026-02-01..2026-02-03'],
    ['the last three days', '2026-02-01..2026-02-03'],
    ['past 7 days', '2026-01-28..2026-02-03'],
    ['past week', '2026-01-28..2026-02-03'],
    ['last two weeks', '2026-01-21..2026-02-03'],
    ['最近三天', '2026-02-01..2026-02-03'],
    ['最近3天', '2026-02-01..2026-02-03'],
    ['过去7天', '2026-01-28..2026-02-03'],
    ['过去的七天', '2026-01-28..2026-02-03'],
    ['近一周', '2026-01-28..2026-02-03'],
    ['last 31 days', '2026-01-04..2026-02-03'],
  ])('are spans with a name: %s is %s', (words, days) => {
    expect(read(words)).toBe(days);
  });

  it.each([
    ['2026-01-26..2026-01-29', '2026-01-26..2026-01-29'],
    ['2026-01-26 to 2026-01-29', '2026-01-26..2026-01-29'],
    ['2026-01-26 - 2026-01-29', '2026-01-26..2026-01-29'],
    ['2026-01-26～2026-01-29', '2026-01-26..2026-01-29'],
    ['2026-01-26至2026-01-29', '2026-01-26..2026-01-29'],
    ['20260126-20260129', '2026-01-26..2026-01-29'],
    ['2026-01-26..29', '2026-01-26..2026-01-29'],
    ['1月26日到29日', '2026-01-26..2026-01-29'],
    ['1月26日 到 29日', '2026-01-26..2026-01-29'],
    ['1月26-29日', '2026-01-26..2026-01-29'],
    ['从1月26号到29号', '2026-01-26..2026-01-29'],
    ['2026年1月26日到29日', '2026-01-26..2026-01-29'],
    ['一月二十六日至二十九日', '2026-01-26..2026-01-29'],
    ['1月26日至2月1日', '2026-01-26..2026-02-01'],
    ['12月30日到1月2日', '2025-12-30..2026-01-02'],
    ['26号到29号', '2026-01-26..2026-01-29'],
    ['11-20..11-22', '2025-11-20..2025-11-22'],
    ['11/20 - 11/22', '2025-11-20..2025-11-22'],
    ['11/20-22', '2025-11-20..2025-11-22'],
    ['Jan 26 - 29', '2026-01-26..2026-01-29'],
    ['Jan 26–29', '2026-01-26..2026-01-29'],
    ['26-29 January', '2026-01-26..2026-01-29'],
    ['Jan 26 - 29, 2026', '2026-01-26..2026-01-29'],
    ['January 26th through the 29th', '2026-01-26..2026-01-29'],
    ['from Jan 26 to Feb 1', '2026-01-26..2026-02-01'],
    ['Dec 30 2025 - Jan 2 2026', '2025-12-30..2026-01-02'],
    ['Dec 30 to 2026-01-02', '2025-12-30..2026-01-02'],
    ['Dec 30 to 2025-01-02', '2024-12-30..2025-01-02'],
    ['3 days ago to yesterday', '2026-01-31..2026-02-02'],
    ['昨天到今天', '2026-02-02..2026-02-03'],
    ['上周一到周五', '2026-01-26..2026-01-30'],
    ['上周一到上周五', '2026-01-26..2026-01-30'],
    ['Wednesday to Friday', '2026-01-28..2026-01-30'],
    ['Friday to yesterday', '2026-01-30..2026-02-02'],
    ['2026-01-29..2026-01-29', '2026-01-29'],
    ['2026-01-01..2026-01-31', '2026-01-01..2026-01-31'],
  ])('are ranges, an end telling what the other leaves out: %s is %s', (words, days) => {
    expect(read(words)).toBe(days);
  });

  it.each([
    ['昨天的日报', '2026-02-02'],
    ['昨天的', '2026-02-02'],
    ['昨天的日報。', '2026-02-02'],
    ['“昨天”', '2026-02-02'],
    ['昨天！', '2026-02-02'],
    ['「上周五」', '2026-01-30'],
    ['yesterday?', '2026-02-02'],
    ['"yesterday".', '2026-02-02'],
    ["yesterday's digest", '2026-02-02'],
    ['yesterday’s', '2026-02-02'],
    ['for  last   Friday,', '2026-01-30'],
    ['２０２６－０１－２９', '2026-01-29'],
    ['２０２６年１月２９日', '2026-01-29'],
    ['１月２６日～２９日', '2026-01-26..2026-01-29'],
    ['（1月29日）', '2026-01-29'],
    ['\t3　天前\n', '2026-01-31'],
    ['从1月26日到29日的日报', '2026-01-26..2026-01-29'],
  ])('may stand among what does not matter: %s is %s', (words, days) => {
    expect(read(words)).toBe(days);
  });

  it.each([
    'tomorrow-ish',
    'may',
    '3',
    'second',
    'sunny',
    '32月40日',
    '二月三十日',
    '2026-02-30',
    '2026-02/01',
    '20260230',
    '2026',
    '20/11',
    '1-2-3',
    '11-20-11-22',
    '2026-01-26-2026-01-29',
    '26..29',
    '..2026-01-29',
    '2026-01-29..',
    '2026-01-26..2026-01-27..2026-01-28',
    'yesterday yesterday',
    'not yesterday',
    '昨天晚上',
    'last week to today',
    'last 0 days',
    '最近十百天',
    '-3 days ago',
    '99999 days ago',
    'Jan 2026',
    '12:30',
    'today 10:00',
    '的日报',
    '日报',
    '。',
    '',
  ])('are asked for again where they mean nothing certain: “%s”', (words) => {
    expect(read(words)).toBe(
      `usage: I cannot read "${words}" as days. Write them like yesterday, last Friday, last 3 days or 2026-01-26..2026-01-29.`,
    );
  });

  it.each([
    ['tomorrow', '2026-02-04'],
    ['明天', '2026-02-04'],
    ['2026-11-20', '2026-11-20'],
    ['本周五', '2026-02-06'],
    ['this Friday', '2026-02-06'],
    ['next week', '2026-02-09'],
    ['下周五', '2026-02-13'],
    ['2-1..2-9', '2026-02-09'],
    ['本周五到昨天', '2026-02-06'],
    ['2027-01-05..2027-01-01', '2027-01-05'],
  ])('are refused while they are to come: %s', (words, day) => {
    expect(read(words)).toBe(`usage: ${day} is still to come. Try /digest yesterday.`);
    expect(read(words, TUESDAY, 'UTC', 'zh')).toBe(`usage: ${day} 还没到。可以试试 /digest 昨天。`);
  });

  it.each([
    ['2026-01-29..2026-01-26', '2026-01-29', '2026-01-26'],
    ['1月29日到26日', '2026-01-29', '2026-01-26'],
    ['1月29日到1月26日', '2026-01-29', '2026-01-26'],
    ['today to yesterday', '2026-02-03', '2026-02-02'],
    ['29 - 26 Jan', '2026-01-29', '2026-01-26'],
  ])('are refused the wrong way round: %s', (words, from, to) => {
    expect(read(words)).toBe(
      `usage: ${from} is after ${to}. Write the earlier day first, like ${to}..${from}.`,
    );
    expect(read(words, TUESDAY, 'UTC', 'zh')).toBe(
      `usage: ${from} 在 ${to} 之后，请把较早的一天写在前面，例如：${to}..${from}。`,
    );
  });

  it.each(['last 32 days', '最近四十天', '2026-01-01..2026-02-01', '0001-01-01..2026-02-03'])(
    'are refused when they are more than a month: %s',
    (words) => {
      expect(read(words)).toMatch(/^usage: That is more than 31 days at once\. .* last week/);
      expect(read(words, TUESDAY, 'UTC', 'zh')).toMatch(/^usage: 一次最多 31 天.*例如：上周/);
    },
  );

  it('are refused at once when they are endless, and said back in part', () => {
    for (const endless of ['一', '1', '2026-01-01..', 'jan 1 - ', ' ', '的', '"']) {
      const words = endless.repeat(10_000 / endless.length);
      const begun = workMs();
      const refusal = read(words);
      expect(workMs() - begun).toBeLessThan(500);
      expect(refusal).toMatch(/^usage: I cannot read/);
      expect(refusal.length).toBeLessThan(250);
    }
  });

  it('are asked for in Chinese in a Chinese chat', () => {
    expect(read('也许', TUESDAY, 'UTC', 'zh')).toBe(
      'usage: 看不懂“也许”是哪几天，可以写成：昨天、上周五、最近三天、2026-01-26..2026-01-29。',
    );
  });
});

describe('days in words, seen from a place', () => {
  const instants = {
    'Shanghai’s midnight': ['2026-02-03T16:00:00Z', 'Asia/Shanghai', '2026-02-04'],
    'just before it': ['2026-02-03T15:59:59Z', 'Asia/Shanghai', '2026-02-03'],
    'New York’s Monday evening': ['2026-02-03T04:59:59Z', 'America/New_York', '2026-02-02'],
    'New York’s midnight': ['2026-02-03T05:00:00Z', 'America/New_York', '2026-02-03'],
    'the day of 23 hours': ['2026-03-08T16:00:00Z', 'America/New_York', '2026-03-08'],
    'its last minute': ['2026-03-09T03:59:00Z', 'America/New_York', '2026-03-08'],
    'the day of 25 hours': ['2026-11-02T04:59:00Z', 'America/New_York', '2026-11-01'],
    'after it': ['2026-11-02T05:00:00Z', 'America/New_York', '2026-11-02'],
    'a day without midnight': ['2026-04-26T10:00:00Z', 'Africa/Cairo', '2026-04-26'],
    'Lord Howe’s half an hour': ['2026-04-04T13:00:00Z', 'Australia/Lord_Howe', '2026-04-05'],
    'Kiritimati, a day ahead': ['2026-02-03T10:00:00Z', 'Pacific/Kiritimati', '2026-02-04'],
  } as const;

  it.each(Object.entries(instants))('are right at %s', (_, [instant, zone, today]) => {
    const at = (words: string) => read(words, new Date(instant), zone);
    expect(at('today')).toBe(today);
    expect(at('昨天')).toBe(addDays(today, -1));
    expect(at('last 3 days')).toBe(`${addDays(today, -2)}..${today}`);
    expect(at(today.slice(5))).toBe(today);
    expect(at('tomorrow')).toContain(`${addDays(today, 1)} is still to come`);
  });

  it('turn the week at local midnight from Sunday to Monday', () => {
    const before = new Date('2026-02-01T15:59:59Z');
    const after = new Date('2026-02-01T16:00:00Z');
    expect(read('上周', before, 'Asia/Shanghai')).toBe('2026-01-19..2026-01-25');
    expect(read('上周', after, 'Asia/Shanghai')).toBe('2026-01-26..2026-02-01');
    expect(read('本周', after, 'Asia/Shanghai')).toBe('2026-02-02');
    expect(read('周日', before, 'Asia/Shanghai')).toBe('2026-01-25');
    expect(read('周日', after, 'Asia/Shanghai')).toBe('2026-02-01');
  });

  it('turn the year and the month at local midnight', () => {
    const newYear = new Date('2026-12-31T16:00:00Z');
    expect(read('last month', newYear, 'Asia/Shanghai')).toBe('2026-12-01..2026-12-31');
    expect(read('last month', newYear, 'UTC')).toBe('2026-11-01..2026-11-30');
    expect(read('1月1日', newYear, 'Asia/Shanghai')).toBe('2027-01-01');
    expect(read('1月1日', newYear, 'UTC')).toBe('2026-01-01');
    expect(read('last month', new Date('2028-03-31T12:00:00Z'))).toBe('2028-02-01..2028-02-29');
  });
});

describe('whatever is written', () => {
  const zone = fc.constantFrom('UTC', 'Asia/Shanghai', 'America/New_York', 'Pacific/Apia');
  const now = fc.date({
    min: new Date('1990-01-01'),
    max: new Date('2090-01-01'),
    noInvalidDate: true,
  });
  const piece = fc.constantFrom(
    ...'last,this,week,days,ago,Friday,sat,to,..,-,~,到,至,上,周,五,三,天,前,最近,月,日,号,年,的日报,2026,1,29,31,/,.,th,Jan,may,yesterday,今天,the, '.split(
      ',',
    ),
    ' ',
  );
  const phrase = fc.array(piece, { maxLength: 9 }).map((pieces) => pieces.join(''));

  it('a valid range that is not in the future is read, or a person is told what to write', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string({ unit: 'grapheme' }), phrase),
        now,
        zone,
        (words, at, where) => {
          const days = read(words, at, where);
          if (days.startsWith('usage: ')) return;
          const [from = '', to = from] = days.split('..');
          expect(from).toMatch(/^\d{4}-\d{2}-\d{2}$/);
          expect(addDays(from, 0) <= to && to <= dayOf(at, where)).toBe(true);
          expect(addDays(from, 30) >= to).toBe(true);
        },
      ),
      { numRuns: 2000 },
    );
  });

  it('every day that was is read back, alone and in a range', () => {
    const day = fc
      .date({ min: new Date('0001-01-01'), max: new Date('2026-01-29'), noInvalidDate: true })
      .map((date) => date.toISOString().slice(0, 10));
    fc.assert(
      fc.property(day, zone, fc.integer({ min: 1, max: 30 }), (from, where, more) => {
        const to = [addDays(from, more), '2026-02-03'].toSorted()[0];
        expect(read(from, TUESDAY, where)).toBe(from);
        expect(read(from.replaceAll('-', ''), TUESDAY, where)).toBe(from);
        expect(read(`${from}..${to}`, TUESDAY, where)).toBe(`${from}..${to}`);
      }),
    );
  });

  it('a date without a year is the last one there was, in both languages', () => {
    fc.assert(
      fc.property(now, fc.integer({ min: 0, max: 364 }), (at, ago) => {
        const day = addDays(dayOf(at, 'UTC'), -ago);
        const [, month, date] = day.split('-').map(Number);
        const english = new Date(`${day}T00:00:00Z`).toLocaleDateString('en', {
          month: 'long',
          day: 'numeric',
          timeZone: 'UTC',
        });
        expect(read(`${month}月${date}日`, at)).toBe(day);
        expect(read(english, at)).toBe(day);
      }),
    );
  });
});
