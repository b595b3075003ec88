import { describe, expect, it } from 'vitest';

import { saysOnlyThatItGoesOn, standsAlone } from '../../src/ask/goes-on.ts';
import { languageOf, readQuestion } from '../../src/chat/question.ts';
import { readSourcesWish } from '../../src/chat/sources-wish.ts';

describe('a question', () => {
  it('is read on one line', () => {
    expect(readQuestion('  and\n the   price?\u0000 ', 'en')).toBe('and the price?');
    expect(readQuestion('3', 'en')).toBe('3');
  });

  it.each(['', ' ', '???', '🤖🤖', '1️⃣', '👩‍👩‍👧 🇩🇪', '\u2060'])('asks something: not %j', (words) => {
    expect(() => readQuestion(words, 'en')).toThrow(/^What would you like to know\?/);
    expect(() => readQuestion(words, 'zh')).toThrow(/^想问什么？/);
  });

  it('is not longer than anybody can look for', () => {
    expect(readQuestion('a'.repeat(2000), 'en')).toHaveLength(2000);
    expect(() => readQuestion('why '.repeat(2500), 'en')).toThrow(
      'That is more than I can look for. Ask in at most 2,000 characters.',
    );
    expect(() => readQuestion('价'.repeat(10_000), 'zh')).toThrow('2000 个字符以内');
  });

  it.each([
    ['what did Sam Altman say about prices last week?', 'zh', 'en'],
    ['昨天 codex 挂了吗', 'en', 'zh'],
    ['Kimi K2?', 'zh', 'zh'],
    ['what is WebMCP?', 'zh', 'en'],
    ['What is OpenClaw?', 'zh', 'en'],
    ['waht is Inkspra?', 'zh', 'en'],
    ['and Claude?', 'zh', 'en'],
    ['thanks!', 'zh', 'en'],
    ['Inkspar price', 'zh', 'en'],
    ['Parlune One 多少钱', 'en', 'zh'],
    ['What did 老张写代码 say about the new prices?', 'zh', 'en'],
    ['¿Cuánto cuesta Lumen?', 'zh', 'zh'],
    ['价格怎么样', 'zh-Hant', 'zh-Hant'],
    ['Mitä Helsingin yliopisto sanoi uudesta mallista?', 'zh', 'zh'],
    ['новая модель стала дешевле?', 'en', 'en'],
    ['新しいモデルはいくらですか', 'ja', 'ja'],
  ])('"%s" is answered in a chat that speaks %s in %s', async (question, usual, own) => {
    expect(await languageOf(question, usual)).toBe(own);
  });

  it.each(['Kimi K2 价格', 'What does Lumen 7 cost?', 'B 部分说 Kimi 便宜十倍，谁说的？'])(
    'says the same whatever was said before: %s',
    (question) => expect(standsAlone(question)).toBe(true),
  );

  it.each([
    'and the price?',
    'what else did he say?',
    '那价格呢？',
    '他还说了什么',
    'Why?',
    'since when?',
    'how much?',
    'who said so?',
    '谁说的？',
    '什么时候？',
    '具体多少？',
  ])('leans on what was said before: %s', (question) => expect(standsAlone(question)).toBe(false));
});

describe('a question that nothing was said before', () => {
  it.each([
    'and the price?',
    '还有呢',
    'what else?',
    'anything else?',
    'more?',
    'why is that?',
    'who said that?',
    '谁说的？',
    '那价格呢？',
    'how much is it?',
    'and then?',
  ])('says not what it means: %s', (question) => {
    expect(saysOnlyThatItGoesOn(question)).toBe(true);
  });

  it.each([
    'and Claude?',
    '那 Kimi 呢？',
    'what happened yesterday?',
    'price',
    '今天有什么',
    '价格怎么样',
    'what is the latest on this harbour?',
    'how much is Lumen?',
    'what else did Mira say?',
    'and yesterday?',
    '昨天还有什么',
    '那昨天呢',
    'what about section B?',
  ])('says what it means: %s', (question) => {
    expect(saysOnlyThatItGoesOn(question)).toBe(false);
  });
});

describe('a wish for sources', () => {
  it.each([
    ['show me the posts behind C', 'C'],
    ['Please show me the posts behind C.', 'C'],
    ['C 部分的来源', 'C'],
    ['「C 部分的来源」', 'C'],
    ['Ｃ部分的来源？', 'C'],
    ['sources of section B', 'B'],
    ['What are the sources for III.C.2?', 'III.C.2'],
    ['which posts are behind II.3', 'II.3'],
    ['Which posts is C.2 based on?', 'C.2'],
    ['what is C based on?', 'C'],
    ["show me C's sources", 'C'],
    ['III.C.2 引用了哪些帖子？', 'III.C.2'],
    ['C 部分出自哪里', 'C'],
    ['请列出 Ⅱ 的来源', 'II'],
    ['看一下第 C 节的原帖', 'C'],
    ['the sources of point 1', '1'],
    ['what are the sources of line 12?', '12'],
    ['第 3 条的来源', '3'],
    ['sources', null],
    ['show me the posts behind this section', null],
    ['这部分的出处呢？', null],
    ['来源', null],
  ])('%s', (question, written) => {
    expect(readSourcesWish(question)).toEqual({ written });
  });

  it.each([
    'B 部分说 Kimi 便宜十倍，谁说的？',
    'posts about prices',
    'what are the sources of the rumour?',
    'which tweets are from Altman?',
    'C 语言的帖子',
    'show me the posts behind the outage of codex',
    '有来源吗，关于价格',
    'I',
  ])('is something else than: %s', (question) => {
    expect(readSourcesWish(question)).toBeNull();
  });
});
