import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { type SaidSentence, SentenceReader } from '../../src/ask/sentences.ts';
import type { Piece } from '../../src/claude/question.ts';
import { anyText } from '../curate/any-posts.ts';

const piece = (text: string, ...cites: number[]): Piece => ({ text, cites });

/** What is read of pieces, one after the other, and of the end. */
function read(...pieces: readonly Piece[]): SaidSentence[][] {
  const reader = new SentenceReader();
  return [...pieces.map((each) => reader.take(each)), reader.end()];
}

const all = (...pieces: readonly Piece[]) => read(...pieces).flat();
const textsOf = (sentences: readonly SaidSentence[]) => sentences.map(({ text }) => text);

describe('the sentences of an answer', () => {
  it('are there as soon as they are finished', () => {
    const pieces = [piece('Lumen 7 is out.', 0), piece(' It costs'), piece(' little.', 1)];
    expect(read(...pieces)).toEqual([
      [{ text: 'Lumen 7 is out.', cites: [0] }],
      [],
      [{ text: 'It costs little.', cites: [1] }],
      [],
    ]);
  });

  it('cite what the pieces cite that have words in them', () => {
    const sentences = all(
      piece('Mira says that '),
      piece('it is out', 2),
      piece(', and Wei that '),
      piece('it is slow', 0, 1),
      piece('. '),
      piece('Others wait.'),
    );
    expect(sentences).toEqual([
      { text: 'Mira says that it is out, and Wei that it is slow.', cites: [2, 0, 1] },
      { text: 'Others wait.', cites: [] },
    ]);
  });

  it('share what one piece cites for all of them', () => {
    expect(all(piece('One is out. Two is out.', 3))).toEqual([
      { text: 'One is out.', cites: [3] },
      { text: 'Two is out.', cites: [3] },
    ]);
  });

  it.each<[string, string, string[]]>([
    [
      'versions and amounts',
      'v2.5 costs $2.40. GPT-5.5 is next.',
      ['v2.5 costs $2.40.', 'GPT-5.5 is next.'],
    ],
    ['abbreviations', 'Dr. Oat vs. Dr. Han. So it is.', ['Dr. Oat vs. Dr. Han.', 'So it is.']],
    [
      'Chinese',
      '价格是 2.4 美元。他说便宜！真的吗？',
      ['价格是 2.4 美元。', '他说便宜！', '真的吗？'],
    ],
    [
      'sentences inside of quotations',
      'She says: “It is out. It is good.” We wait.',
      ['She says: “It is out. It is good.”', 'We wait.'],
    ],
    [
      'quotations that never end',
      'She says: “It is out. We wait.',
      ['She says: “It is out.', 'We wait.'],
    ],
    ['lines', 'One\nTwo\n\nThree', ['One', 'Two', 'Three']],
    [
      'lists and headings',
      '## Prices\n- **Lumen** is out\n2. Kip is out',
      ['Prices', 'Lumen is out', 'Kip is out'],
    ],
    ['numbers of sources', 'It is out [1]. It is good [p2, p3].', ['It is out.', 'It is good.']],
    ['characters that nobody sees', 'It\u200B is\u{E0041} out.', ['It is out.']],
    ['marks alone', '... — ! [1]', []],
  ])('are told apart in spite of %s', (_, text, sentences) => {
    expect(textsOf(all(piece(text)))).toEqual(sentences);
  });

  it.each([
    ['an abbreviation', 'Mira met Dr.'],
    ['a figure', 'It costs $2.'],
    ['an open quotation', 'She says: “It is out.'],
    ['no end', 'It is'],
  ])('are not finished at %s', (_, text) => {
    expect(read(piece(text, 0))[0]).toEqual([]);
  });

  it('are the same in whatever pieces they come', () => {
    fc.assert(
      fc.property(anyText, fc.array(fc.nat(40), { maxLength: 8 }), (text, cuts) => {
        const places = [0, ...cuts.toSorted((a, b) => a - b), text.length];
        const pieces = places.map((from, index) =>
          piece(text.slice(from, places[index + 1] ?? from)),
        );
        const words = (sentences: readonly SaidSentence[]) =>
          textsOf(sentences)
            .join('')
            .replace(/[^\p{L}\p{N}]/gu, '');
        expect(words(all(...pieces))).toBe(words(all(piece(text))));
      }),
    );
  });
});
