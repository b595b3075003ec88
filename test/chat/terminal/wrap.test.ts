import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { type Span, widthOf, wrap } from '../../../src/chat/terminal/wrap.ts';

const span = (text: string): Span => ({ text, style: {} });
const textOf = (line: readonly Span[]) => line.map(({ text }) => text).join('');
const wrapped = (text: string, width: number) => wrap([span(text)], width).map(textOf);

/** Spans of any text, cut anywhere. */
const anySpans = fc.array(
  fc
    .oneof(
      fc.string({ unit: 'grapheme', maxLength: 12 }),
      fc.constantFrom(
        '，',
        '「',
        '开源模型',
        '👩‍💻',
        '🇨🇳',
        'e\u0301',
        'a-very-long-word-indeed',
        ' ',
        '\n',
      ),
    )
    .map(span),
  { maxLength: 12 },
);

describe('wrapping', () => {
  it('never makes a line wider than asked for', () => {
    fc.assert(
      fc.property(anySpans, fc.integer({ min: 6, max: 60 }), (spans, width) => {
        for (const line of wrap(spans, width)) {
          expect(widthOf(textOf(line))).toBeLessThanOrEqual(width);
        }
      }),
    );
  });

  it('loses and adds nothing but spaces', () => {
    const bare = (text: string) => text.replace(/\s+/gu, '');
    fc.assert(
      fc.property(anySpans, fc.integer({ min: 6, max: 60 }), (spans, width) => {
        expect(bare(wrap(spans, width).map(textOf).join(''))).toBe(bare(textOf(spans)));
      }),
    );
  });

  it('keeps the style of every word', () => {
    const spans = [span('plain '), { text: 'bold 粗体', style: { bold: true } }, span('，after')];
    const bold = wrap(spans, 8)
      .flat()
      .filter(({ style }) => style.bold);
    expect(textOf(bold).replaceAll(' ', '')).toBe('bold粗体');
  });

  it('breaks at spaces, and between Chinese characters', () => {
    expect(wrapped('one two three', 8)).toEqual(['one two', 'three']);
    expect(wrapped('开源模型很好', 8)).toEqual(['开源模型', '很好']);
    expect(wrapped('用DeepAgents做', 10)).toEqual(['用', 'DeepAgents', '做']);
    expect(wrapped('𠮷abc', 4)).toEqual(['𠮷', 'abc']);
  });

  it('cuts a word only when it is longer than a line', () => {
    expect(wrapped('a abcdefghij', 4)).toEqual(['a', 'abcd', 'efgh', 'ij']);
  });

  it('keeps line ends, and no spaces at either end of a line', () => {
    expect(wrapped(' one  \n\n  two ', 10)).toEqual(['one', '', 'two']);
    expect(wrapped('', 10)).toEqual(['']);
  });

  it.each([
    ['开源模型，很好。', 8, ['开源模', '型，很', '好。']],
    ['他说「你好」吗', 6, ['他说', '「你', '好」吗']],
    ['Lumen 很便宜！！真的', 10, ['Lumen 很便', '宜！！真的']],
    ['DeepAgents，很好', 10, ['DeepAgent', 's，很好']],
  ])('sets no closing mark at the beginning of a line: %s', (text, width, lines) => {
    expect(wrapped(text, width)).toEqual(lines);
  });

  it('begins no line with a closing mark, whatever the words before it are', () => {
    const word = fc.oneof(fc.stringMatching(/^[a-z]{1,15}$/), fc.stringMatching(/^[一-龥]{1,6}$/));
    const mark = fc.constantFrom('', '', '，', '。', '」', '！', ',', '.', ')', '”');
    const words = fc.array(fc.tuple(word, mark, fc.constantFrom('', ' ')), { maxLength: 15 });
    fc.assert(
      fc.property(words, fc.integer({ min: 6, max: 40 }), (parts, width) => {
        const text = parts.map(([before, closing, space]) => before + closing + space).join('');
        for (const line of wrapped(text, width)) expect(line).not.toMatch(/^[，。」！,.)”]/u);
      }),
    );
  });
});
