import { describe, expect, it } from 'vitest';

import { voicesIn } from '../../src/ask/voices.ts';
import { aPost } from '../support/posts.ts';
import { aLine } from '../support/reports.ts';
import { aTopic, namesIn } from '../support/topic.ts';

describe('a question for the words of somebody', () => {
  it.each([
    ['what did Mira say about Lumen?', 'mira'],
    ['what has Mira Vance been saying?', 'miravance'],
    ["what is Mira's take on Lumen", 'mira'],
    ['according to @mira_demo, is Lumen cheap?', 'mirademo'],
    ['tell me what Mira posted', 'mira'],
    ['any posts by Mira on Lumen?', 'mira'],
    ['mira 怎么看 Lumen', 'mira'],
    ['mira 对 Lumen 怎么看', 'mira'],
    ['昨天 mira 发了啥', 'mira'],
    ['卡神最近都聊了什么', 'karpathy'],
  ])('is known by its way of asking: %s', (question, name) => {
    expect(voicesIn(question)).toMatchObject({
      speakers: expect.arrayContaining([name]),
      subjects: [],
    });
  });

  it.each([
    'what do people say about Mira?',
    'who criticised Mira?',
    'reactions to Mira',
    '谁批评了 mira',
    '大家怎么看 mira',
    'mira 大家怎么评价',
  ])('is another than one for what others say: %s', (question) => {
    expect(voicesIn(question)).toMatchObject({
      speakers: [],
      subjects: expect.arrayContaining(['mira']),
    });
  });

  it.each(['why did Mira leave the harbour?', 'Lumen price', '港口关闭了吗', ''])(
    'is not every question: %s',
    (question) => expect(voicesIn(question)).toEqual({ speakers: [], subjects: [] }),
  );
});

const mira = { author: 'mira_demo', authorName: 'Mira Vance 🌊' };
const OWN = aPost({ id: 'own', ...mira, text: 'Lumen is the best thing that ever ran on a phone' });
const OF_HER = aPost({ id: 'of her', author: 'tam_demo', text: 'Mira likes Lumen, Mira is wrong' });
const ELSE = aPost({ id: 'else', ...mira, text: 'The ferry is late and I drink coffee' });
const POSTS = [OF_HER, OWN, ELSE];

describe('posts', () => {
  it.each([
    'what did Mira say about Lumen?',
    'what does Mira Vance think of Lumen',
    'Mira 怎么看 Lumen',
  ])('of somebody come before those that speak of them: %s', async (question) => {
    const { ask } = await aTopic(POSTS);
    expect(namesIn(await ask(question))[0]).toBe('own');
  });

  it('that speak of somebody come first where their own say nothing of it', async () => {
    const { ask } = await aTopic([OF_HER, ELSE]);
    expect(namesIn(await ask('what did Mira say about Lumen?'))[0]).toBe('of her');
  });

  it.each([
    ['the part before brackets', '歸藏说了什么'],
    ['the part in brackets', 'guizang.ai 说了什么'],
    ['its words', 'what did guizang say?'],
    ['all of it', 'what did 歸藏(guizang.ai) say?'],
  ])('of somebody are found by %s of a shown name', async (_, question) => {
    const his = aPost({
      id: 'his',
      author: 'op7418',
      authorName: '歸藏(guizang.ai)',
      text: 'A cat',
    });
    const { ask } = await aTopic([...POSTS, his]);
    const evidence = await ask(question);
    expect(namesIn(evidence)[0]).toBe('his');
    expect(evidence.carries).toBe(true);
  });

  it.each([
    'who criticised Mira over Lumen?',
    'what do people say about Mira and Lumen',
    '大家怎么看 Mira',
  ])('of others come first where it is asked what they say of somebody: %s', async (question) => {
    const { ask } = await aTopic(POSTS);
    const evidence = await ask(question);
    expect(namesIn(evidence)[0]).toBe('of her');
  });

  it('of somebody carry nothing where it is asked what others say of them', async () => {
    const { ask } = await aTopic([OWN, ELSE]);
    expect((await ask('what do people say about Mira?')).carries).toBe(false);
    expect((await ask('what did Mira say?')).carries).toBe(true);
  });

  it('of namesakes stand behind those of whom the whole name is said', async () => {
    const namesake = aPost({ ...OWN, id: 'namesake', author: 'miro', authorName: 'Mira Lund' });
    const other = { ...namesake, text: 'Lumen is the best, Lumen is Lumen' };
    const { ask } = await aTopic([other, ...POSTS]);
    expect(namesIn(await ask('what did Mira Vance say about Lumen?'))[0]).toBe('own');
  });

  it('that a line tells as the words of somebody come before other posts', async () => {
    const told = aPost({ id: 'told', text: 'In short: Lumen is great, she says' });
    const other = aPost({ id: 'other', text: 'Lumen Lumen Lumen' });
    const lines = [aLine({ text: 'Mira Vance: Lumen is great', cites: ['told'] })];
    const { ask } = await aTopic([other, told, ELSE], { lines });
    expect(namesIn(await ask('what did Mira say about Lumen?'))[0]).toBe('told');
  });
});
