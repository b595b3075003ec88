import { describe, expect, it } from 'vitest';

import { answerMessage } from '../../src/ask/message.ts';
import { aLibrary, postsIn } from '../support/library.ts';
import { aPost } from '../support/posts.ts';

const at = (day: string, hour = '05') => new Date(`2026-10-${day}T${hour}:00:00Z`);
const POSTS = [
  aPost({
    id: 'one',
    author: 'tam_demo',
    authorName: 'Tam',
    text: 'Lumen halved its prices',
    createdAt: at('11'),
  }),
  aPost({
    id: 'two',
    author: 'zed_demo',
    authorName: 'Zed',
    text: 'I like LUMEN, whatever it costs',
    createdAt: at('11', '06'),
  }),
  aPost({
    id: 'again',
    author: 'fan_demo',
    authorName: 'Fan',
    text: 'RT @tam_demo: Lumen halved its prices',
    isRepost: true,
    repostOfId: 'one',
    createdAt: at('11', '07'),
  }),
  aPost({
    id: 'other',
    author: 'tam_demo',
    authorName: 'Tam',
    text: 'The harbour is closed',
    createdAt: at('11'),
  }),
  aPost({
    id: 'later',
    author: 'tam_demo',
    authorName: 'Tam',
    text: 'Lumen is slow',
    createdAt: at('12'),
  }),
  aPost({
    id: 'han',
    author: 'qiao_demo',
    authorName: '乔木',
    text: '港口关闭了',
    lang: 'zh',
    createdAt: at('12'),
  }),
];

async function answerTo(question: string) {
  const { ask } = await aLibrary({ posts: POSTS });
  const now = new Date('2026-10-12T20:00:00Z');
  const { answer } = await ask(question, { now }, { office: null });
  return answer;
}

describe('a number of posts', () => {
  it.each([
    ['how many posts about Lumen yesterday?', 3, 1, ['Lumen']],
    ['昨天有多少条关于 Lumen 的推文', 3, 1, ['Lumen']],
    ['how many posts about Lumen and prices on 2026-10-11?', 2, 1, ['Lumen', 'prices']],
    ['how many posts were there yesterday?', 4, 1, []],
    ['how many tweets about Lumen?', 4, 1, ['Lumen']],
    ['how many posts about zebras?', 0, 0, ['zebras']],
    ['有多少条关于港口的帖子', 1, 0, ['港口']],
    ['how many posts mention Zed?', 0, 0, ['Zed']],
    ['how many posts about Lumen tomorrow?', 0, 0, ['Lumen']],
    ['下周有多少条帖子？', 0, 0, []],
    ['how many posts contain the word Lumen?', 4, 1, ['Lumen']],
    ['how many posts did Tam write that mention Lumen?', 2, 0, ['Lumen']],
    ['有多少条帖子提到了 Lumen？', 4, 1, ['Lumen']],
  ])(
    'is counted, copies among them, by their words: %s',
    async (question, posts, copies, words) => {
      expect((await answerTo(question)).counted).toMatchObject({ posts, copies, words });
    },
  );

  it('is of who is named', async () => {
    const { counted } = await answerTo('how many posts did Tam write yesterday?');
    expect(counted).toMatchObject({ posts: 2, by: ['tam_demo'], words: [] });
  });

  it('is told with its words, and with the newest of them', async () => {
    const answer = await answerTo('how many posts about Lumen yesterday?');
    expect(postsIn(answer)).toEqual(['again', 'two', 'one']);
    const said = (language: 'en' | 'zh') => JSON.stringify(answerMessage(answer, language, 'UTC'));
    expect(said('en')).toContain(
      '3 posts with the word Lumen, by 3 authors; 1 of them repeats another.',
    );
    expect(said('zh')).toContain(
      '含有“Lumen”的共有 3 条帖子，来自 3 位作者，其中 1 条是转发或重复。',
    );
  });

  it('of authors is not counted', async () => {
    const answer = await answerTo('who posted the most?');
    expect(answer).toMatchObject({ kind: 'declined', unsearched: 'count' });
  });

  it('is of the days of the digest in view where it is asked about that', async () => {
    const { ask, report } = await aLibrary({ posts: POSTS });
    const about = { report: report.id, section: null };
    const question = 'how many posts are in this digest?';
    const { answer } = await ask(question, { about }, { office: null });
    const { from, to } = report.window;
    expect(answer.meant?.days).toEqual({ from, to });
    expect(answer.counted?.words).toEqual([]);
  });
});
