import { isStopWord, stemOf } from '../lib/tokens.ts';

/** The numbers of the words that carry a subject in a text: each once, in ascending order. */
export type WordIds = Uint32Array;

const NO_SUBJECT = -1;

/**
 * Gives every word that carries a subject a number, so that texts are compared by numbers; spellings
 * of one word (Agent, agents, #agents) have one number.
 */
export class Lexicon {
  readonly #idOfToken = new Map<string, number>();
  readonly #idOfWord = new Map<string, number>();

  /** How many words it knows; their numbers are smaller. */
  get size(): number {
    return this.#idOfWord.size;
  }

  /** The subject words among tokens. Handles are none: they say who, not what. */
  read(tokens: readonly string[]): WordIds {
    const ids = new Set<number>();
    for (const token of tokens) {
      const id = this.#idOf(token);
      if (id !== NO_SUBJECT) ids.add(id);
    }
    return Uint32Array.from(ids).toSorted();
  }

  /**
   * How rare a token is among the documents whose frequencies are given, `ln((n + 1) / df)`; 0 for
   * one that carries no subject.
   */
  rarityIn(frequencies: Uint32Array, count: number): (token: string) => number {
    return (token) => {
      const frequency = frequencies[this.#idOf(token)] ?? 0;
      return frequency === 0 ? 0 : Math.log((count + 1) / frequency);
    };
  }

  #idOf(token: string): number {
    return this.#idOfToken.get(token) ?? this.#learn(token);
  }

  #learn(token: string): number {
    const id = token.startsWith('@') || isStopWord(token) ? NO_SUBJECT : this.#number(token);
    this.#idOfToken.set(token, id);
    return id;
  }

  #number(token: string): number {
    const word = stemOf(token.toLowerCase().replace(/^[#＃]/, ''));
    const known = this.#idOfWord.get(word);
    if (known !== undefined) return known;
    const id = this.#idOfWord.size;
    this.#idOfWord.set(word, id);
    return id;
  }
}

/** In how many of the documents each word of a lexicon stands. */
export function documentFrequencies(lexicon: Lexicon, documents: Iterable<WordIds>): Uint32Array {
  const frequencies = new Uint32Array(lexicon.size);
  for (const words of documents) {
    for (const id of words) frequencies[id] = (frequencies[id] ?? 0) + 1;
  }
  return frequencies;
}
