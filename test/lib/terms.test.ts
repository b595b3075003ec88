import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { termsOf } from '../../src/lib/terms.ts';

describe('the terms of a text', () => {
  it.each([
    [
      'are stems without little words',
      'The agents were waiting for companies',
      'agent were wait compani',
    ],
    ['leave out possessives', "Lumen's agents, the agents’ price", 'lumen agent agent price'],
    ['leave out links', 'see https://t.co/abc now', 'see now'],
    ['leave out accents', 'Lütke à São Paulo', 'lutk sao paulo'],
    ['hold narrow forms of wide ones', 'ＧＰＴ', 'gpt'],
    [
      'hold names with versions whole and in parts',
      'GPT-5.2 GPT5.2',
      'gpt5.2 gpt 5.2 gpt5.2 gpt 5.2',
    ],
    [
      'hold names with versions in longer ones',
      'Grok-4.1-fast',
      'grok4.1fast grok grok4.1 4.1 fast',
    ],
    ['keep short names with figures', 'K2.5 on H100', 'k2.5 h100'],
    [
      'hold compounds whole and in parts',
      'open-source node.js',
      'opensourc open sourc node.js node js',
    ],
    [
      'hold handles and tags without their marks',
      '@ada_quill #Tide $TIDE',
      'adaquil ada quill tide tide',
    ],
    ['keep numbers', '83% of 1,234,567 in 2026', '83 1234567 2026'],
    ['are pairs of Chinese characters', '开源模型', '开源 源模 模型'],
    ['are longer Chinese words as well', '人工智能', '人工智能 人工 工智 智能'],
    ['leave out Chinese particles', '模型的价格', '模型 价格'],
    ['hold words that begin with a 中, which joins others', '中国和海中', '中国'],
    ['hold Chinese beside English', '用Python写', '用 python 写'],
  ])('%s', (_, text, terms) => {
    expect(termsOf(text)).toEqual(terms.split(' '));
  });

  it('are none where nothing is said', () => {
    expect(termsOf('')).toEqual([]);
    expect(termsOf('🚀 !!! -- the')).toEqual([]);
  });

  it('are found whatever the case and the marks', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (text) => {
        const terms = termsOf(text);
        expect(termsOf(text)).toEqual(terms);
        for (const term of terms) {
          expect(term).not.toMatch(/\s|^$/);
          expect(term.length).toBeLessThanOrEqual(64);
        }
      }),
    );
  });
});
