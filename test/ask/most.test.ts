import { describe, expect, it } from 'vitest';

import { extractFrom } from '../../src/ask/extract.ts';
import { answerMessage } from '../../src/ask/message.ts';
import { aLibrary } from '../support/library.ts';
import { aPost } from '../support/posts.ts';
import { aTopic, namesIn } from '../support/topic.ts';

const at = (day: string) => new Date(`2026-10-${day}T05:00:00Z`);
const mira = { author: 'mira_demo', authorName: 'Mira Vance' };
const POSTS = [
  aPost({
    id: 'liked',
    text: 'The ferry is late',
    likes: 900,
    replies: 1,
    views: 5,
    createdAt: at('12'),
  }),
  aPost({
    id: 'answered',
    text: 'Is it me?',
    likes: 2,
    replies: 80,
    views: 7,
    createdAt: at('12'),
  }),
  aPost({
    id: 'seen',
    ...mira,
    text: 'Lumen is cheap',
    likes: 40,
    replies: 3,
    views: 9999,
    createdAt: at('12'),
  }),
  aPost({ id: 'older', text: 'Lumen is dear', likes: 5000, reposts: 70, createdAt: at('03') }),
];

describe('the posts that have most of a number', () => {
  it.each([
    ['what was the most liked post?', 'older'],
    ['most liked post of 2026-10-12', 'liked'],
    ['which post had the most likes on 2026-10-12?', 'liked'],
    ['the most replied to post on 2026-10-12', 'answered'],
    ['the most viewed post', 'seen'],
    ['which post was most reposted?', 'older'],
    ['most liked post about Lumen on 2026-10-12', 'seen'],
    ['the most liked post by Mira', 'seen'],
    ['10月12日点赞最多的帖子', 'liked'],
    ['浏览量最高的帖子是哪条', 'seen'],
  ])('are shown, the most first: %s', async (question, id) => {
    const { ask } = await aTopic(POSTS);
    const evidence = await ask(question);
    expect(namesIn(evidence)[0]).toBe(id);
    expect(extractFrom(evidence, 'en').kind).toBe('extract');
  });

  it('show the number that was asked for', async () => {
    const { ask } = await aLibrary({ posts: POSTS });
    const { answer } = await ask('the most replied to post', {}, { office: null });
    const said = (language: 'en' | 'zh') => JSON.stringify(answerMessage(answer, language, 'UTC'));
    expect(said('en')).toContain('80 replies');
    expect(said('zh')).toContain('80 回复');
  });

  it('are none where nobody wrote of it', async () => {
    const { ask } = await aTopic(POSTS);
    expect((await ask('the most liked post about zebras')).carries).toBe(false);
  });
});

describe('the posts that have least of a number', () => {
  const unknown = { likes: null, replies: null, views: null, reposts: null };
  const all = [
    ...POSTS,
    aPost({ id: 'unknown', ...unknown, text: 'Nobody knows about Lumen', createdAt: at('12') }),
    aPost({
      id: 'repost',
      ...unknown,
      likes: 0,
      text: 'RT @mira_demo: Lumen is cheap',
      isRepost: true,
      createdAt: at('12'),
    }),
  ];

  it.each([
    ['least liked post', 'answered'],
    ['which post had the fewest likes on 2026-10-12?', 'answered'],
    ['post with the fewest replies', 'older'],
    ['least viewed post about Lumen', 'seen'],
    ['least liked post about Lumen', 'seen'],
    ['the least popular post', 'seen'],
    ['谁的帖子点赞最少', 'answered'],
    ['回复最少的帖子', 'older'],
    ['阅读量最低的推文', 'liked'],
  ])('are shown, and what is not known is not little: %s', async (question, id) => {
    const { ask } = await aTopic(all);
    const evidence = await ask(question);
    expect(namesIn(evidence)[0]).toBe(id);
    expect(namesIn(evidence)).not.toContain('unknown');
    expect(namesIn(evidence)).not.toContain('repost');
  });
});
