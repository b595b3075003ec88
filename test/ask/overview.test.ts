import { describe, expect, it } from 'vitest';

import { extractFrom } from '../../src/ask/extract.ts';
import { aPost } from '../support/posts.ts';
import { aLine } from '../support/reports.ts';
import { aTopic } from '../support/topic.ts';

const at = (day: string) => new Date(`2026-10-${day}T05:00:00Z`);

/** One author fills the day with what is liked most. */
const LOUD = Array.from({ length: 8 }, (_, n) =>
  aPost({
    id: `loud-${n}`,
    author: 'tam_demo',
    authorName: 'Tam',
    likes: 900 - n,
    text:
      [
        'The regatta begins',
        'A boat leads',
        'Rain falls',
        'A sail tears',
        'Who wins',
        'The end nears',
        'A cup waits',
        'Home again',
      ][n] ?? '',
    createdAt: at('12'),
  }),
);
const POSTS = [
  ...LOUD,
  aPost({
    id: 'price',
    author: 'mira_demo',
    likes: 40,
    text: 'Lumen halved its prices',
    createdAt: at('12'),
  }),
  aPost({
    id: 'harbour',
    author: 'zed_demo',
    likes: 30,
    text: 'The harbour is closed',
    createdAt: at('12'),
  }),
  aPost({
    id: 'before',
    author: 'zed_demo',
    likes: 5000,
    text: 'The ferry sank',
    createdAt: at('11'),
  }),
  aPost({
    id: 'china',
    author: 'ada_demo',
    likes: 1,
    text: '中国的新模型发布了',
    createdAt: at('09'),
    lang: 'zh',
  }),
  aPost({
    id: 'abroad',
    author: 'bo_demo',
    likes: 1,
    text: 'China opens a port',
    createdAt: at('08'),
  }),
];

const shownBy = ({ sources }: ReturnType<typeof extractFrom>) =>
  sources.flatMap((one) => (one.kind === 'post' ? [one.post.id] : [one.line.address]));

describe('what there was on a day', () => {
  it.each([
    "what's new today",
    'what happened today?',
    'what are the top stories today?',
    '今天有什么新闻',
    '今天发生了什么',
    '今天有哪些大事？',
    '今天的重点是什么',
    '最近有什么新鲜事',
    'any news?',
  ])('is told across authors, not by one alone: %s', async (question) => {
    const { ask } = await aTopic(POSTS);
    const answer = extractFrom(await ask(question), 'en');
    expect(answer.kind).toBe('extract');
    expect(shownBy(answer).slice(0, 3).toSorted()).toEqual(['harbour', 'loud-0', 'price']);
  });

  it.each(['昨天发生了什么', '昨天有什么新闻？', 'what was new yesterday?'])(
    'is of that day: %s',
    async (question) => {
      const { ask } = await aTopic(POSTS);
      expect(shownBy(extractFrom(await ask(question), 'en'))).toEqual(['before']);
    },
  );

  it('is told as its report tells it, story by story', async () => {
    const lines = [
      aLine({ cites: ['harbour'] }),
      aLine({ address: 'I.2', cites: ['price'] }),
      aLine({ address: 'II.1', part: 'II', cites: ['loud-7'] }),
    ];
    const { ask } = await aTopic(POSTS, { lines });
    const shown = shownBy(extractFrom(await ask('今天有什么新闻'), 'en'));
    expect(shown.slice(0, 2)).toEqual(['harbour', 'price']);
  });

  it('is nothing where nobody wrote on it', async () => {
    const { ask } = await aTopic(POSTS);
    expect((await ask('10月2日发生了什么')).carries).toBe(false);
  });
});

describe('news of a thing', () => {
  it('are found in either language, a word with a character that joins others among them', async () => {
    const { ask } = await aTopic(POSTS);
    const answer = extractFrom(await ask('最近有什么关于中国的消息'), 'zh');
    expect(shownBy(answer).toSorted()).toEqual(['abroad', 'china']);
  });
});
