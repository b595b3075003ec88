import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { documentFrequencies, Lexicon } from '../../src/curate/lexicon.ts';
import { Neighbours } from '../../src/curate/neighbours.ts';

const word = fc.nat(30).map((number) => `word${number}x`);
const texts = fc.array(fc.array(word, { minLength: 1, maxLength: 20 }), {
  minLength: 1,
  maxLength: 11,
});

/** Neighbours over the texts, of which none is added yet. */
function over(documents: readonly (readonly string[])[]) {
  const lexicon = new Lexicon();
  const words = documents.map((tokens) => lexicon.read(tokens));
  const frequencies = documentFrequencies(lexicon, words);
  return { words, neighbours: new Neighbours<number>(frequencies, words.length) };
}

describe('neighbours', () => {
  it('find an equal text, whatever else is there', () => {
    fc.assert(
      fc.property(texts, fc.nat(), (some, number) => {
        const chosen = number % some.length;
        const { words, neighbours } = over([...some, some[chosen] ?? []]);
        for (const [index, own] of words.slice(0, -1).entries()) neighbours.add(index, own);
        expect(neighbours.near(words.at(-1) ?? new Uint32Array())).toContain(chosen);
      }),
    );
  });

  it('name first the text that shares the rarest words', () => {
    const { words, neighbours } = over([
      ['harbour', 'chips'],
      ['harbour', 'storm'],
      ['harbour', 'storm', 'delay'],
      ['harbour', 'delay', 'storm'],
    ]);
    for (const [index, own] of words.slice(0, -1).entries()) neighbours.add(index, own);
    expect(neighbours.near(words.at(-1) ?? new Uint32Array())).toEqual([2, 1, 0]);
  });

  it('hand out a few even where thousands share every word', () => {
    const { words, neighbours } = over(Array.from({ length: 5000 }, () => ['harbour', 'storm']));
    for (const [index, own] of words.entries()) neighbours.add(index, own);
    expect(neighbours.near(words[0] ?? new Uint32Array())).toEqual([
      0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11,
    ]);
  });

  it('of a text without a word are none', () => {
    const { neighbours } = over([['harbour'], ['harbour']]);
    neighbours.add(0, new Uint32Array());
    expect(neighbours.near(new Uint32Array())).toEqual([]);
  });
});
