import pLimit from 'p-limit';

/** So much is worked on at once: most of it waits for answers that are being made. */
const AT_ONCE = 200;

/** Works under keys: those of one key one after the other, those of different keys at once. */
export class Chains {
  readonly #limit = pLimit(AT_ONCE);
  readonly #last = new Map<string, Promise<void>>();
  #waiting = 0;

  /** What is not finished yet. */
  get size(): number {
    return this.#waiting;
  }

  /** @param work must not reject */
  add(key: string, work: () => Promise<void>): void {
    const before = this.#last.get(key) ?? Promise.resolve();
    this.#waiting += 1;
    const done = before
      .then(() => this.#limit(work))
      .finally(() => {
        this.#waiting -= 1;
        if (this.#last.get(key) === done) this.#last.delete(key);
      });
    this.#last.set(key, done);
  }

  /** Resolves when less than so much is left. */
  async room(most: number): Promise<void> {
    while (this.#waiting >= most) await Promise.race(this.#last.values());
  }

  /** Resolves when nothing is left. */
  idle(): Promise<void> {
    return this.room(1);
  }
}
