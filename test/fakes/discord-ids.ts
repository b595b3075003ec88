const EPOCH = 1_420_070_400_000;
const PLACES = 22n;

/** Ids as Discord makes them: milliseconds since 2015, then a number of its own for each. */
export class Ids {
  readonly #now: () => number;
  #made = 0n;

  constructor(now: () => number) {
    this.#now = now;
  }

  next(): string {
    this.#made += 1n;
    return ((BigInt(Math.floor(this.#now()) - EPOCH) << PLACES) + this.#made).toString();
  }
}
