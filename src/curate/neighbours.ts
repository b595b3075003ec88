import type { WordIds } from './lexicon.ts';
import { type WordWeights, weighWords } from './vectors.ts';

/** A text is looked for under this many of its words: those that say most. */
const PROBES = 8;
/** A word leads to at most this many texts, the first that were added: work grows with texts only. */
const TEXTS_A_WORD = 48;
/** So many of the texts that share most words are worth a closer look. */
const NEAREST = 12;

/**
 * Texts by their rarest words, to find those that may resemble another without comparing all pairs.
 * The order in which they are added decides among equals, so that the same order gives the same.
 */
export class Neighbours<T> {
  readonly #weightOf: WordWeights;
  readonly #items: T[] = [];
  readonly #placesOf = new Map<number, number[]>();

  /** @param frequencies Of the words, over the texts, of which there are `count`. */
  constructor(frequencies: Uint32Array, count: number) {
    const leadsSomewhere = frequencies.map((frequency) => (frequency < 2 ? 0 : frequency));
    this.#weightOf = weighWords(leadsSomewhere, count);
  }

  add(item: T, words: WordIds): void {
    const place = this.#items.push(item) - 1;
    for (const word of this.#probes(words)) {
      const places = this.#placesOf.get(word);
      if (!places) this.#placesOf.set(word, [place]);
      else if (places.length < TEXTS_A_WORD) places.push(place);
    }
  }

  /** Items that share telling words, those with most in common first. */
  near(words: WordIds): T[] {
    const shared = new Map<number, number>();
    for (const word of this.#probes(words)) {
      for (const place of this.#placesOf.get(word) ?? []) {
        shared.set(place, (shared.get(place) ?? 0) + (this.#weightOf[word] ?? 0));
      }
    }
    return [...shared]
      .toSorted((a, b) => b[1] - a[1] || a[0] - b[0])
      .slice(0, NEAREST)
      .flatMap(([place]) => this.#items[place] ?? []);
  }

  #probes(words: WordIds): number[] {
    const weight = (id: number) => this.#weightOf[id] ?? 0;
    return Array.from(words)
      .filter((id) => weight(id) > 0)
      .toSorted((a, b) => weight(b) - weight(a) || a - b)
      .slice(0, PROBES);
  }
}
