import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import type { Post } from '../../src/model/post.ts';
import { sentenceScore, sentencesOf } from '../../src/write/sentences.ts';
import { anyText } from '../curate/any-posts.ts';
import { aPost } from '../support/posts.ts';
import { workMs } from '../support/work.ts';

const textsOf = (text: string, fields: Partial<Post> = {}) =>
  sentencesOf(aPost({ text, ...fields })).map((sentence) => sentence.text);

describe('the sentences of a post', () => {
  it.each<[string, string, string[]]>([
    [
      'sentences and lines',
      'One two three. Four five six!\nSeven eight nine',
      ['One two three.', 'Four five six!', 'Seven eight nine'],
    ],
    [
      'Chinese sentences',
      '价格下降了一半。今天开源了模型！你怎么看这件事？',
      ['价格下降了一半。', '今天开源了模型！', '你怎么看这件事？'],
    ],
    [
      'brackets with what they open',
      '价格下降了一半。【新模型】今天开源。《新闻》报道了此事',
      ['价格下降了一半。', '【新模型】今天开源。', '《新闻》报道了此事'],
    ],
    [
      'abbreviations whole',
      'Dr. Quill compared Lumen vs. Osk in the U.S. market. It won.',
      ['Dr. Quill compared Lumen vs. Osk in the U.S. market.'],
    ],
    [
      'decimals and versions whole',
      '0.6% of calls fail in Lumen 7.5 today',
      ['0.6% of calls fail in Lumen 7.5 today'],
    ],
    [
      'words whole that are written with a mark',
      'People who don’t give a sh!t left Osk. Is it SH!T? Go!Then it all ended.',
      ['People who don’t give a sh!t left Osk.', 'Is it SH!T?', 'Then it all ended.'],
    ],
    [
      'no thread numbers',
      '1/ Lumen costs half\n2/7 Quill pays more\n(3/7) Osk went home\nMaren stays open (4/7)',
      ['Lumen costs half', 'Quill pays more', 'Osk went home', 'Maren stays open'],
    ],
    [
      'fractions and round-the-clock',
      '1/3 of all calls fail\n24/7 support is over',
      ['1/3 of all calls fail', '24/7 support is over'],
    ],
    [
      'no bullets',
      '- Lumen costs half\n• Quill pays more\n3. Osk went home\n4、价格下降了一半',
      ['Lumen costs half', 'Quill pays more', 'Osk went home', '价格下降了一半'],
    ],
    ['minus signs', '-40% latency since Monday', ['-40% latency since Monday']],
    [
      'no links, and `…` where one was in mid-sentence',
      'Lumen costs half https://www.example.com/watch?v=Abc, says Quill',
      ['Lumen costs half …, says Quill'],
    ],
    [
      'what follows a link without a space',
      '看这里https://t.co/xyz，价格下降了一半',
      ['看这里…，价格下降了一半'],
    ],
    [
      'no link behind them',
      'Lumen costs half https://t.co/a\nQuill pays the rest. https://t.co/b https://t.co/c',
      ['Lumen costs half', 'Quill pays the rest.'],
    ],
    ['no emoji or tags around', '🚀🚀 Lumen costs half ✨ #AI #Lumen', ['Lumen costs half']],
    ['no mark of a repost', 'RT @mira_demo: Lumen costs half', ['Lumen costs half']],
    ['none of a boost', 'RT @mira@town.example: Lumen costs half', ['Lumen costs half']],
    ['a handle that is the subject', '@lumen_demo costs half now', ['@lumen_demo costs half now']],
    ['no scraps', 'Wow. Yes! Lumen costs half.', ['Lumen costs half.']],
    ['nothing where nothing is said', '🚀 https://t.co/abc', []],
  ])('are split well: %s', (_, text, expected) => {
    expect(textsOf(text)).toEqual(expected);
  });

  it('begin after the handles that an answer begins with', () => {
    expect(textsOf('@ada.example @tam@b.example Lumen costs half', { replyToId: '1' })).toEqual([
      'Lumen costs half',
    ]);
    expect(textsOf('@ada_demo @tam_demo Lumen costs half', { replyToId: '1' })).toEqual([
      'Lumen costs half',
    ]);
  });

  it('say when the source or the author cut them, and only then', () => {
    const cuts = (text: string, truncated = false) =>
      sentencesOf(aPost({ text, truncated })).map(({ text: words, cut }) => [words, cut]);
    expect(cuts('Lumen costs half. And Quill will…')).toEqual([
      ['Lumen costs half.', false],
      ['And Quill will', true],
    ]);
    expect(cuts('Lumen costs half of', true)).toEqual([['Lumen costs half of', true]]);
    expect(cuts('Lumen costs half.', true)).toEqual([['Lumen costs half.', false]]);
    expect(cuts('价格下降了一半，其他公司 ​​​​...展开全文', true)).toEqual([
      ['价格下降了一半，其他公司', true],
    ]);
  });

  it('are cut at a pause when they are long, not inside of a number', () => {
    const [long] = sentencesOf(
      aPost({ text: `${'Lumen costs half of Quill, '.repeat(20)}and more` }),
    );
    expect(long).toMatchObject({ cut: true, text: expect.stringMatching(/Quill$/) });
    const [digits] = textsOf(`${'价'.repeat(115)}12345678901234567890`.repeat(2));
    expect(digits).toMatch(/价$/);
  });

  it('stay short enough to read, whole characters, in order, whatever the text', () => {
    fc.assert(
      fc.property(anyText, fc.boolean(), (text, truncated) => {
        const sentences = sentencesOf(aPost({ text, truncated }));
        expect(sentences.map(({ index }) => index)).toEqual([...sentences.keys()]);
        for (const sentence of sentences) {
          expect(sentence.text.isWellFormed()).toBe(true);
          expect(sentence.text.length).toBeLessThanOrEqual(600);
          expect(sentence.text).toBe(sentence.text.trim());
          expect(sentenceScore(sentence)).toBeGreaterThanOrEqual(0);
        }
      }),
    );
  });

  it('are found in Thai, which writes no spaces', () => {
    expect(textsOf('ราคาใหม่ของรุ่นนี้ลดลงครึ่งหนึ่งแล้ววันนี้')).toHaveLength(1);
  });

  it('are found in little time in 25,000 characters of any sort', () => {
    for (const unit of ['😀', '#a', ' ', '\n', '\u200B', 'A. ', '((', '@a ', '… ', '👨‍👩‍👧']) {
      const start = workMs();
      textsOf(`Lumen costs half ${unit.repeat(25_000 / unit.length)} end`);
      expect(workMs() - start).toBeLessThan(1000);
    }
  });
});

describe('the score of a sentence', () => {
  const scoreOf = (text: string) => {
    const [sentence] = sentencesOf(aPost({ text }));
    return sentence ? sentenceScore(sentence) : 0;
  };

  it.each([
    ['figures', 'Lumen 7 costs 40% less than before', 'Lumen costs a good deal less than before'],
    [
      'statements before questions',
      'Lumen 7 costs half of Lumen 6',
      'Does Lumen 7 cost half of Lumen 6?',
    ],
    [
      'what stands on its own',
      'Lumen costs half of what Quill costs',
      'But it costs half of what Quill costs',
    ],
    [
      'the news before the way to it',
      'Lumen costs half of what Quill does',
      'Read more on what Lumen costs below',
    ],
    ['substance before shouts', 'Lumen costs half of what Quill costs', 'Wow this is so cool'],
  ])('prefers %s', (_, better, worse) => {
    expect(scoreOf(better)).toBeGreaterThan(scoreOf(worse));
  });
});
