import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { isSuspicion, problemsOf } from '../../../src/write/verify/check.ts';
import { isSame } from '../../../src/write/verify/numbers.ts';
import { figuresIn } from '../../../src/write/verify/figures.ts';
import { kinds, post, problems } from './posts.ts';
import { workMs } from '../../support/work.ts';

const LAMP =
  'We launched a new desktop lamp today. Teachers get a free account and students pay half. The sidebar shows every window.';

describe('a line', () => {
  it('is fine when its post bears it out, in either language', () => {
    expect(problems('Mira 推出新的桌面灯，教师可免费使用账户，侧边栏显示窗口。', LAMP)).toEqual([]);
    expect(problems('Mira launched a desktop lamp that is free for teachers.', LAMP)).toEqual([]);
  });

  it('is suspected when it is like none of its posts', () => {
    expect(kinds('攻击者入侵仓库，窃取了密钥和日志，团队正在调查漏洞。', LAMP)).toEqual(['unlike']);
    expect(
      kinds(
        'The attackers copied secrets from several repositories and logs before anyone noticed.',
        LAMP,
      ),
    ).toEqual(['unlike']);
  });

  it('is suspected when it gives the figure of one post to the subject of another', () => {
    const prize = post('The winter contest has a pool of $90,000 for its winners', { id: '1' });
    const lamp = post('The repair lamp by Torben Quist won the jury over', {
      id: '2',
      createdAt: new Date('2026-10-02T08:00:00Z'),
    });
    const stitched = 'Torben Quist won $90,000 with his repair lamp.';
    expect(kinds(stitched, prize, lamp)).toEqual(['unlike']);
    const thread = post(lamp.text, { id: '2' });
    expect(kinds(stitched, prize, thread)).toEqual([]);
    expect(
      kinds('The repair lamp by Torben Quist won, the contest has $90,000.', prize, lamp),
    ).toEqual([]);
  });

  it.each([
    ['Mira confirmed that rain broke the lamp.', 'I suspect that rain broke the lamp'],
    ['Mira 指出，灯坏是雨造成的。', 'the lamp broke - I wonder if the rain did it'],
    ['Mira announced a lamp fair in the harbour.', 'lamp fair in the harbour (not final yet)'],
    ['新灯将解决眩光问题。', 'Hopefully the new lamp will solve the glare'],
    ['Mira 宣布灯已修好。', '灯可能修好了'],
    ['Ferro makes the only lamp with a clock.', 'Ferro makes a lamp with a clock'],
    ['Ferro 推出首款带钟的灯。', 'Ferro makes a lamp with a clock'],
    ['所有的灯都带钟。', 'some lamps have a clock'],
  ])('is suspected of saying too much: %s against %s', (line, text) => {
    expect(kinds(line, text)).toEqual(['overstated']);
  });

  it.each([
    ['Mira suspects that rain broke the lamp.', 'I suspect that rain broke the lamp'],
    ['Mira 猜测灯坏可能与雨有关。', 'the lamp broke - I wonder if the rain did it'],
    ['新灯有望解决眩光问题。', 'Hopefully the new lamp will solve the glare'],
    ['Ferro makes the only lamp with a clock.', 'No other lamp has a clock: only ours at Ferro'],
    ['Ferro 首次推出带钟的灯。', 'Our first lamp with a clock. - Ferro'],
    ['Mira 最近换了灯。', 'got another lamp'],
  ])('may say as much as its post does: %s', (line, text) => {
    expect(problems(line, text)).toEqual([]);
  });

  it('goes on from earlier lines, whose names and numbers are fine', () => {
    const grounds = { posts: [post('the lamp is out')], timeZone: 'UTC' };
    const line = 'The lamp is out, after 300 tests at Ferro.';
    expect(problemsOf(line, { ...grounds, earlier: [] })).not.toEqual([]);
    expect(problemsOf(line, { ...grounds, earlier: ['Ferro did 300 tests.'] })).toEqual([]);
  });

  it('may name the line that it goes on from', () => {
    expect(problems('【更新】Mira 推出桌面灯（见 4-22 III.D.2）。', LAMP)).toEqual([]);
    expect(kinds('Mira 推出桌面灯（见 4-22 期，售价 99 美元）。', LAMP)).toContain('number');
  });

  it('is suspected, not convicted, of what only a reader can judge', () => {
    expect(isSuspicion({ kind: 'unlike' })).toBe(true);
    expect(isSuspicion({ kind: 'overstated', what: 'will' })).toBe(true);
    expect(isSuspicion({ kind: 'number', what: '3' })).toBe(false);
    expect(isSuspicion({ kind: 'name', what: 'Ferro' })).toBe(false);
  });
});

/** A whole number above ten in every notation that is read. */
function notationsOf(thousands: number): string[] {
  const value = thousands * 1000;
  return [
    String(value),
    value.toLocaleString('en-US'),
    `${thousands}k`,
    `${thousands} thousand`,
    `${thousands / 1000}M`,
    `${thousands / 1000} million`,
    `${thousands / 10} 万`,
    `${thousands / 10}万`,
    `${thousands / 1e5} 亿`,
    `${thousands}千`,
  ];
}

describe('all lines', () => {
  it('have figures that equal themselves in any other notation', () => {
    const places = fc.tuple(
      fc.nat({ max: 9 }),
      fc.nat({ max: 9 }),
      fc.integer({ min: 11, max: 99_999 }),
    );
    fc.assert(
      fc.property(
        places,
        fc.constantFrom('%u', '$%u', '%u 美元', '%u 天'),
        ([a, b, thousands], form) => {
          const notations = notationsOf(thousands);
          const [one] = figuresIn(form.replace('%u', notations[a] ?? ''));
          const [other] = figuresIn(form.replace('%u', notations[b] ?? ''));
          expect(one && other && isSame(one, other)).toBe(true);
        },
      ),
    );
  });

  it('are judged without an error, whatever they hold', () => {
    const words = fc.string({ unit: 'grapheme', maxLength: 200 });
    const odd = fc
      .array(
        fc.constantFrom(
          '$',
          '9',
          '万',
          '亿',
          '百分之',
          '“',
          '@',
          '-',
          'May',
          '半',
          '/',
          ' ',
          'Ω',
          'vs',
        ),
      )
      .map((parts) => parts.join(''));
    fc.assert(
      fc.property(fc.oneof(words, odd), fc.oneof(words, odd), (line, text) => {
        expect(Array.isArray(problems(line, text))).toBe(true);
      }),
      { numRuns: 200 },
    );
  });

  it('find nothing wrong with a post that says the same', () => {
    const word = fc.constantFrom(
      'Ferro',
      'lamp',
      '12M',
      '$30',
      '5%',
      'May 3',
      'Kip-2',
      'harbour',
      'bought',
    );
    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 12 }), (parts) => {
        const line = parts.join(' ');
        expect(problems(line, line).filter((problem) => !isSuspicion(problem))).toEqual([]);
      }),
      { examples: [[['Ferro', 'bought', 'Ferro', '$30', 'Ferro', 'bought', 'Ferro', 'Ferro']]] },
    );
  });

  it('are judged in linear time', { timeout: 30_000 }, () => {
    problems('灯', 'lamp'); // loads the dictionaries
    const hostile = [
      '9',
      '9,999',
      '一',
      '万',
      'A ',
      'A.',
      "a'",
      'Ab or ',
      '“',
      '5-',
      'one hundred ',
      '$9 to ',
      '半',
      ' ',
      '@a',
      '@',
      '-',
      'May 1-',
      'from A to ',
      'import A ',
      '从A',
      'Ferro 说',
    ];
    for (const piece of hostile) {
      const line = piece.repeat(Math.ceil(10_000 / piece.length)).slice(0, 10_000);
      const begin = workMs();
      problems(line, line);
      const took = workMs() - begin;
      expect([piece, took < 1000 || took]).toEqual([piece, true]);
    }
  });
});
