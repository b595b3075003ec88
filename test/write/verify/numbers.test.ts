import { describe, expect, it } from 'vitest';

import type { Post } from '../../../src/model/post.ts';
import { post, problems } from './posts.ts';

/** A line's words are kept few, so that nothing but the figure is on trial. */
const numbersIn = (line: string, ...posts: readonly (Post | string)[]) =>
  problems(line, ...posts).filter(({ kind }) => kind === 'number');

describe('a figure', () => {
  it.each([
    ['1200 万用户', '12M users'],
    ['12 million users', '1200万用户'],
    ['12,000,000 users', '12M users'],
    ['30 亿美元', '$3B'],
    ['3000万美元', '$30M'],
    ['$30 million', '3000 万美元'],
    ['八成用户', '80% of users'],
    ['80 percent of users', 'a share of 0.8'],
    ['学生五折', '50% off for students'],
    ['八折', '20% off'],
    ['速度是四倍', '4x faster'],
    ['用量翻了两番', 'usage quadrupled'],
    ['usage rose 4x', '用量翻了两番'],
    ['one-fifth of users', '20% of users'],
    ['三分之一的用户', 'a third of users'],
    ['百分之二十', '20 percent'],
    ['一半用户', 'half of the users'],
    ['half of the users', '50% of the users'],
    ['过去半年', 'the last six months'],
    ['过去 6 个月', 'in half a year'],
    ['二十家公司', 'twenty companies'],
    ['twenty-five companies', '25 companies'],
    ['近 1PB 日志', 'nearly a petabyte of logs'],
    ['48 小时', 'two days'],
    ['90 minutes', '1.5 hours'],
    ['两周', '14 days'],
    ['8 分钟', 'from 8 to two minutes'],
    ['每百万 token 2.40 美元', '$2.40 per million tokens'],
    ['每百万 token 2.40 美元', '$2.40/M tokens'],
    ['$2.40 per million tokens', '2.40 美元/百万 token'],
    ['13-billion-parameter', 'a 13B model'],
    ['百万上下文', '1M context'],
    ['60 万 token', '600k tokens'],
    ['a dozen offices', '12 offices'],
    ['约 2280 万次', '22.83M downloads'],
    ['nearly 23 million', '22.8M+ downloads'],
    ['2032 年', 'until 2032'],
    ['晚上 3:30', 'at 15:30'],
    ['12 个百分点', '12 percentage points'],
    ['50 到 100 美元', '$50-100 a month'],
    ['100 dollars', 'somewhere in $50–100'],
  ])('stands in its post in another notation: %s = %s', (line, text) => {
    expect(numbersIn(line, text)).toEqual([]);
  });

  it.each([
    ['1300 万用户', '12M users'],
    ['1.2 亿用户', '12M users'],
    ['4 万 token', '400k tokens'],
    ['$12M', '12 million users'],
    ['3 亿美元', '$30M'],
    ['30 亿元', '$3B'],
    ['$5 billion', '$5 million'],
    ['25%', '25 people'],
    ['25 points', '25%'],
    ['90 minutes', '90 hours'],
    ['三倍', '4x'],
    ['one-fifth', '25%'],
    ['六折', '50% off'],
    ['过去半年', 'the last three months'],
    ['2031 年', 'until 2032'],
    ['20 users', '20% of it'],
    ['每百万 token 2.40 美元', '$2.40 per thousand tokens'],
    ['¥300', '$300'],
  ])('is found out: %s against %s', (line, text) => {
    expect(numbersIn(line, text)).not.toEqual([]);
  });

  it('is named as it stands in the line', () => {
    expect(problems('Mira 说有 1300 万用户', '12M users')).toEqual([
      { kind: 'number', what: '1300 万' },
    ]);
  });

  it('may be the difference, sum or ratio of two that stand together', () => {
    const text = 'Clinics: 78% vs. 61%. Build time went from 8 to two minutes.';
    expect(numbersIn('高 17 个百分点', text)).toEqual([]);
    expect(numbersIn('cut by three quarters', text)).toEqual([]);
    expect(numbersIn('快了 4 倍', text)).toEqual([]);
    expect(numbersIn('高 19 个百分点', text)).not.toEqual([]);
  });

  it('may be a small count, which is the writer’s own', () => {
    const text = 'Our lamp is out, with a dimmer and a clock';
    for (const line of [
      '两条理由',
      'three reasons',
      '第一款灯',
      '5 家公司',
      'one of the lamps',
      '一周后',
    ]) {
      expect([line, numbersIn(line, text)]).toEqual([line, []]);
    }
  });

  it('may be part of a word that only looks like one', () => {
    for (const line of [
      '统一的半导体标准',
      '百度',
      '十分重要',
      '万一断电',
      '数百家公司',
      '全天 24/7',
    ]) {
      const text = line.includes('24') ? 'support 24/7' : 'lamps';
      expect([line, numbersIn(line, text)]).toEqual([line, []]);
    }
  });

  it('may be counted under a post', () => {
    const liked = post('Our lamp is out', { likes: 6578, views: 12_345 });
    expect(numbersIn('获 6578 次点赞', liked)).toEqual([]);
    expect(numbersIn('over 6,500 likes', liked)).toEqual([]);
    expect(numbersIn('1.2 万次浏览', liked)).toEqual([]);
    expect(numbersIn('9000 次点赞', liked)).not.toEqual([]);
    expect(numbersIn('卖出 6578 盏', liked)).not.toEqual([]);
  });

  it('may come from an earlier line, or from who wrote the post', () => {
    const about = post('Lamps', { authorBio: 'Selling lamps since 1987' });
    expect(numbersIn('since 1987', about)).toEqual([]);
  });
});

describe('a date', () => {
  it.each([
    ['5 月 19 日', 'May 19th'],
    ['May 19', '5/19'],
    ['5 月 15 至 17 日', 'may 15-17'],
    ['2 月以来', 'since the preview in February'],
    ['19 May', '2026-05-19'],
  ])('stands in its post in another notation: %s = %s', (line, text) => {
    expect(numbersIn(line, text)).toEqual([]);
  });

  it('may be the day of the post, in the time zone and in UTC', () => {
    expect(numbersIn('10 月 12 日', 'Our lamp is out')).toEqual([]);
    expect(numbersIn('On October 13', 'Our lamp is out')).toEqual([]);
    expect(numbersIn('10 月 14 日', 'Our lamp is out')).not.toEqual([]);
  });

  it('may be what a weekday or “tomorrow” means', () => {
    expect(numbersIn('10 月 16 日', 'It opens on Friday')).toEqual([]);
    expect(numbersIn('10 月 14 日', 'It opens tomorrow')).toEqual([]);
    expect(numbersIn('10 月 18 日', 'It opens on Friday')).not.toEqual([]);
  });

  it('is found out when it is another', () => {
    expect(numbersIn('May 25 to 27', 'may 15-17')).not.toEqual([]);
    expect(numbersIn('5 月 18 日', 'May 19th in the harbour')).not.toEqual([]);
    expect(numbersIn('3 月以来', 'since February')).not.toEqual([]);
  });
});

describe('a figure of something else', () => {
  const list = 'How Kip did:\nParcel sorting: 83% vs. 64%\nHarbour work: 72% vs. 59%';
  it('is caught in a list', () => {
    expect(numbersIn('Kip reached 72% in parcel sorting.', list)).not.toEqual([]);
    expect(numbersIn('Kip reached 72% in harbour work.', list)).toEqual([]);
    expect(numbersIn('Kip reached 83% in parcel sorting.', list)).toEqual([]);
  });

  it('is caught where two are compared that the post does not compare', () => {
    expect(numbersIn('Kip：分拣 83% 对 59%', list)).not.toEqual([]);
    expect(numbersIn('Kip：分拣 83% 对 64%，港口 72% 对 59%', list)).toEqual([]);
  });

  it('is caught across languages', () => {
    const text = 'we supply lamps until 2032, and a revenue share through 2030.';
    expect(numbersIn('收入分成到 2032 年', text)).not.toEqual([]);
    expect(numbersIn('收入分成到 2030 年', text)).toEqual([]);
  });
});
