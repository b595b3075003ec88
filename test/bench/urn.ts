import { pick, type Random } from '../support/random.ts';

/**
 * Draws values 0, 1, 2 … as people take up words, topics and authors: a Pitman–Yor process (Pitman &
 * Yor 1997). After n draws of k different values the next is a new one with the probability
 * (s + d k) / (s + n), else the value i with one proportional to n_i − d, where n_i counts its
 * draws. The number of values grows like n^d once n is large beside s (Heaps' law), and their
 * frequencies have a heavy tail (Zipf's law). Here 0 ≤ d < 1, and s = 100 keeps the first values from
 * taking most of the draws.
 */
export class Urn {
  static readonly #STRENGTH = 100;
  readonly #discount: number;
  readonly #random: Random;
  readonly #draws: number[] = [];
  readonly #counts: number[] = [];

  constructor(discount: number, random: Random) {
    this.#discount = discount;
    this.#random = random;
  }

  /** The next value. */
  draw(): number {
    const chance =
      (Urn.#STRENGTH + this.#discount * this.#counts.length) / (Urn.#STRENGTH + this.#draws.length);
    return this.#note(this.#random() < chance ? this.#counts.length : this.#again());
  }

  #again(): number {
    for (;;) {
      const value = pick(this.#draws, this.#random);
      if (this.#random() * (this.#counts[value] ?? 1) >= this.#discount) return value;
    }
  }

  #note(value: number): number {
    this.#draws.push(value);
    this.#counts[value] = (this.#counts[value] ?? 0) + 1;
    return value;
  }
}
