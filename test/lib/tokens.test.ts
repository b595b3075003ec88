import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { isStopWord, tokenize } from '../../src/lib/tokens.ts';

describe('words of a text', () => {
  it.each([
    ['GPT-5.2 beats Kimi K2.5', ['GPT-5.2', 'beats', 'Kimi', 'K2.5']],
    ['@ada_quill on #AI and $TIDE', ['@ada_quill', 'on', '#AI', 'and', '$TIDE']],
    [
      '@ada.bsky.example and @mira-k.example. Then',
      ['@ada.bsky.example', 'and', '@mira-k.example', 'Then'],
    ],
    ['thanks @ada_quill.Then it', ['thanks', '@ada_quill', 'Then', 'it']],
    ['@ada_quill的模型 costs $9', ['@ada_quill', '的', '模型', 'costs', '9']],
    ['see https://t.co/abc now', ['see', 'now']],
    ["don't use C++ at AT&T", ["don't", 'use', 'C++', 'at', 'AT&T']],
    ['今天开源模型发布', ['今天', '开源', '模型', '发布']],
    ['日本語のテスト', ['日本語', 'の', 'テスト']],
    ['用Python写', ['用', 'Python', '写']],
    ['', []],
    ['🚀🚀 !!!', []],
  ])('of "%s" are %j', (text, words) => {
    expect(tokenize(text)).toEqual(words);
  });

  it('all stand in the text, in its order', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (text) => {
        let from = 0;
        for (const word of tokenize(text)) {
          const at = text.indexOf(word, from);
          expect(at).toBeGreaterThanOrEqual(from);
          from = at + word.length;
        }
      }),
    );
  });
});

describe('stop words', () => {
  it.each(['the', 'The', '的', '我们', 'will', "don't", '3', 'x', '①', 'pour', 'não'])(
    '"%s" carries no subject',
    (word) => expect(isStopWord(word)).toBe(true),
  );

  it.each(['open', 'work', 'model', '开源', 'AI', '7B', 'GPU'])('"%s" does', (word) =>
    expect(isStopWord(word)).toBe(false),
  );
});
