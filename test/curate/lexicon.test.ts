import { describe, expect, it } from 'vitest';

import { documentFrequencies, Lexicon } from '../../src/curate/lexicon.ts';

describe('the lexicon', () => {
  it('takes the spellings of a word for one', () => {
    const lexicon = new Lexicon();
    const word = lexicon.read(['Agent']);
    for (const spelling of ['agents', '#agents', 'AGENT', '＃Agent']) {
      expect(lexicon.read([spelling])).toEqual(word);
    }
  });

  it('leaves out handles and words that carry no subject', () => {
    expect(new Lexicon().read(['@ada_demo', 'the', '的', '7'])).toEqual(new Uint32Array());
  });

  it('names each word of a text once, in ascending order', () => {
    const lexicon = new Lexicon();
    lexicon.read(['harbour', 'chips']);
    expect(lexicon.read(['Lumen', 'chips', 'lumen', 'harbour'])).toEqual(Uint32Array.of(0, 1, 2));
  });

  it('knows words that are called like the parts of an object', () => {
    const lexicon = new Lexicon();
    const words = ['constructor', '__proto__', 'toString', 'hasOwnProperty'];
    expect(lexicon.read(words)).toHaveLength(words.length);
  });

  it('calls a word rarer the fewer documents have it, and never rare without a subject', () => {
    const lexicon = new Lexicon();
    const documents = [['Lumen', 'price'], ['Lumen'], ['Lumen', 'the']].map((tokens) =>
      lexicon.read(tokens),
    );
    const rarity = lexicon.rarityIn(documentFrequencies(lexicon, documents), documents.length);
    expect(rarity('price')).toBeGreaterThan(rarity('Lumen'));
    expect(rarity('Lumen')).toBeGreaterThan(0);
    expect(['the', 'unheard', '@ada_demo'].map(rarity)).toEqual([0, 0, 0]);
  });
});
