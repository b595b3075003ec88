import { describe, expect, it } from 'vitest';

import { brieflyTold, type ToldStory, trendsOf } from '../../src/curate/trends.ts';
import { aPost } from '../support/posts.ts';

const about = (text: string, posts = 1): ToldStory =>
  brieflyTold({ posts: Array.from({ length: posts }, () => aPost({ text })) });

const LUMEN = 'Lumen 7 lowers its price for developers';
const ROBOTS = 'Harbour robots unload ships at night without drivers';
const LAW = '议会通过人工智能法案 监管机构明年成立';

describe('the themes of a week', () => {
  it('are followed from day to day, with their posts on each', () => {
    const trends = trendsOf([
      [about(LUMEN, 2), about(ROBOTS)],
      [about('Developers love the new price of Lumen 7')],
      [about('Lumen 7 price cut explained', 3), about(LAW)],
    ]);
    expect(trends).toEqual([
      { name: expect.stringContaining('Lumen 7') as string, course: 'going-on', posts: [2, 1, 3] },
    ]);
  });

  it('are new, going on or faded, and shown in that order', () => {
    const trends = trendsOf([
      [about(ROBOTS, 4), about(LUMEN)],
      [about(ROBOTS, 2)],
      [about(LUMEN)],
      [about(LUMEN, 2)],
      [about(LAW, 2)],
    ]);
    expect(trends.map(({ course, posts }) => [course, posts])).toEqual([
      ['new', [0, 0, 0, 0, 2]],
      ['going-on', [1, 0, 1, 2, 0]],
      ['faded', [4, 2, 0, 0, 0]],
    ]);
  });

  it('know nothing of a day without a report, which makes nothing new or faded', () => {
    const trends = trendsOf([[about(LUMEN)], null, [about(LUMEN)], null, [about(LUMEN)]]);
    expect(trends).toMatchObject([{ course: 'going-on', posts: [1, null, 1, null, 1] }]);
  });

  it('are none where one post told of them, once', () => {
    expect(trendsOf([[about(LUMEN)], [about(ROBOTS)], [about(LAW)]])).toEqual([]);
    expect(trendsOf([[about(LUMEN, 5)], [], []])).toEqual([]);
    expect(trendsOf([])).toEqual([]);
    expect(trendsOf([null, null, []])).toEqual([]);
  });

  it('are looked for in the beginning of the strongest posts, but counted in all', () => {
    const long = `${LUMEN} ${'and so on '.repeat(5000)}`;
    const [trend] = trendsOf([[about(long, 40)], [about(long, 50)]]);
    expect(trend?.posts).toEqual([40, 50]);
    expect(about(long, 40).posts.map(({ text }) => text.length)).toEqual(Array(5).fill(600));
  });

  it('are few, the most talked about of each course first', () => {
    const subject = (index: number) => `Subject${index} thing${index} matter${index}`;
    const many = Array.from({ length: 30 }, (_, index) => about(subject(index), 2 + index));
    const trends = trendsOf([[], [], many]);
    expect(trends.map(({ posts }) => posts.at(-1))).toEqual([31, 30, 29]);
  });
});
