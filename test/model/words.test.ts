import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { tokenize } from '../../src/lib/tokens.ts';
import { cutWords, plainText, wordsOf } from '../../src/model/words.ts';
import { anyText } from '../curate/any-posts.ts';
import { workMs } from '../support/work.ts';

describe('the words of a post', () => {
  it('are those kept with it, without cutting the text again', () => {
    expect(wordsOf({ text: 'Lumen 7 is out', words: 'kept words' })).toEqual(['kept', 'words']);
    expect(wordsOf({ text: 'Lumen 7 is out', words: '' })).toEqual([]);
  });

  it('are cut now where none are kept', () => {
    expect(wordsOf({ text: 'Lumen 7 is out', words: null })).toEqual(['Lumen', '7', 'is', 'out']);
  });

  it('come back from what is kept as they were cut, whatever the text', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(wordsOf({ text, words: cutWords(text) })).toEqual(tokenize(plainText(text)));
      }),
    );
  });
});

describe('the plain text of a post', () => {
  it.each([
    ['the mark of a retweet', 'RT @ada_demo: Lumen 7 is out', 'Lumen 7 is out'],
    ['that of a repost on Bluesky', 'RT @ada.bsky.example: Lumen 7 is out', 'Lumen 7 is out'],
    ['that of a boost on Mastodon', 'RT @ada@town.example: Lumen 7 is out', 'Lumen 7 is out'],
    ['a link', 'Lumen 7 https://t.co/a1 is out', 'Lumen 7 is out'],
    ['a link that was cut', 'Lumen 7 is out https://t.c…', 'Lumen 7 is out'],
    ['a cut link in the middle', 'see https://t.co/ab… and more', 'see and more'],
    ['an address without a scheme', 'see example.com/a?b=1 and more', 'see and more'],
    ['a mail address', 'write to ada@example.com today', 'write to today'],
    ['HTML escapes', 'AT&amp;T &lt;3 Lumen', 'AT&T 3 Lumen'],
    ['a last word that was cut', 'Lumen 7 costs ha…', 'Lumen 7 costs'],
    ['the mark of a cut text on Weibo', '发布新模型 展开全文', '发布 新 模型'],
    ['characters that nobody sees', 'Lu\u200Bmen \u202E7', 'Lumen 7'],
  ])('is without %s', (_, text, words) => {
    expect(cutWords(text)).toBe(words);
  });

  it.each([
    ['Chinese', '看https://t.co/a1，价格下降', '看 价格下降'],
    ['Chinese without a mark', 'https://t.co/a1价格下降', '价格下降'],
    ['Japanese', '詳細はwww.example.com/aをどうぞ', '詳細 は を どうぞ'],
  ])('goes on after a link in %s', (_, text, words) => {
    expect(cutWords(text)).toBe(words);
  });

  it('keeps a last Chinese word before an ellipsis, since it cannot be told whether it was cut', () => {
    expect(cutWords('Lumen 价格下降…')).toBe('Lumen 价格下降');
  });

  it.each(['a', '长', 'a.', 'https://', '@', '&', '…', 'a…', '\n', 'www.'])(
    'of 25,000 characters of "%s" takes little time, cut or not',
    (unit) => {
      const text = unit.repeat(25_000 / unit.length);
      const start = workMs();
      cutWords(text);
      cutWords(`${text}…`);
      expect(workMs() - start).toBeLessThan(1000);
    },
  );
});
