/** Collects numbered things by their scores and keeps the best; of equal ones those that came first. */
export class Top {
  readonly #most: number;
  #kept: { readonly no: number; readonly score: number }[] = [];
  #least = 0;

  constructor(most: number) {
    this.#most = most;
  }

  /** Scores up to here need not be added: enough are better. */
  get least(): number {
    return this.#least;
  }

  add(no: number, score: number): void {
    if (score <= this.#least) return;
    this.#kept.push({ no, score });
    if (this.#kept.length > 2 * this.#most + ROOM) this.#sift();
  }

  /** The numbers of the best, the best first. */
  best(): number[] {
    this.#sift();
    return this.#kept.map(({ no }) => no);
  }

  #sift(): void {
    this.#kept = this.#kept.toSorted((a, b) => b.score - a.score).slice(0, this.#most);
    if (this.#kept.length === this.#most) this.#least = this.#kept.at(-1)?.score ?? 0;
  }
}

const ROOM = 1000; // so that it is not sorted all the time
