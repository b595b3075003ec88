import { describe, expect, it } from 'vitest';

import { extractFrom } from '../../src/ask/extract.ts';
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

  it('are none where nobody wrote of it', async () => {
    const { ask } = await aTopic(POSTS);
    expect((await ask('the most liked post about zebras')).carries).toBe(false);
  });
});
