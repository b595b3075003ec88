import { describe, expect, it } from 'vitest';

import { extractFrom } from '../../src/ask/extract.ts';
import { foldName } from '../../src/ask/spoken-names.ts';
import { aPost } from '../support/posts.ts';
import { aTopic } from '../support/topic.ts';

const POSTS = [
  aPost({
    id: 'full',
    author: 'gui_demo',
    authorName: '龍藏(gui)',
    text: '港口關閉了三天',
    lang: 'zh',
  }),
  aPost({
    id: 'simple',
    author: 'qiao_demo',
    authorName: '乔木',
    text: '电影节推迟一年',
    lang: 'zh',
  }),
  aPost({
    id: 'work',
    author: 'baoyu_demo',
    authorName: '玉',
    text: '失业的人越来越多',
    lang: 'zh',
  }),
  aPost({ id: 'dear', author: 'baoyu_demo', authorName: '玉', text: '面包越来越贵', lang: 'zh' }),
  aPost({ id: 'other', author: 'zed_demo', authorName: 'Zed', text: 'The weather is fine today' }),
];

async function shownFor(question: string): Promise<string[]> {
  const { ask } = await aTopic(POSTS);
  const answer = extractFrom(await ask(question), 'zh');
  if (answer.kind === 'declined') return [];
  return answer.sources.flatMap((one) => (one.kind === 'post' ? [one.post.id] : []));
}

describe('what is asked in one way of writing Chinese', () => {
  it.each([
    ['龙藏说了什么', 'full'],
    ['龍藏說了什麼', 'full'],
    ['喬木說了什麼？', 'simple'],
    ['港口关闭了吗', 'full'],
    ['港口關閉了嗎', 'full'],
    ['電影節推遲了嗎', 'simple'],
  ])('finds names and words in the other: %s', async (question, id) => {
    expect((await shownFor(question))[0]).toBe(id);
  });

  it.each([
    ['歸藏', '归藏'],
    ['誰', '谁'],
    ['什么', '什么'],
    ['乾淨', '干净'],
    ['ada_Quill', 'adaquill'],
  ])('%s is folded to %s', (name, folded) => expect(foldName(name)).toBe(folded));
});

describe('an English question', () => {
  it.each([
    ['what does baoyu_demo say about unemployment?', 'work'],
    ['who wrote about unemployment?', 'work'],
    ['what happened at the port?', 'full'],
  ])('finds Chinese posts: %s', async (question, id) => {
    expect((await shownFor(question))[0]).toBe(id);
  });
});
