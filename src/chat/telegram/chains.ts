import pLimit from 'p-limit';

/** So much is worked on at once. */
const AT_ONCE = 50;

/** Works for chats: for one chat one after the other, for different chats at once. */
export class Chains {
  readonly #limit = pLimit(AT_ONCE);
  readonly #last = new Map<string, Promise<void>>();
  #waiting = 0;

  /** What is not finished yet. */
  get size(): number {
    return this.#waiting;
  }

  /** @param work must not reject */
  add(chat: string, work: () => Promise<void>): void {
    const before = this.#last.get(chat) ?? Promise.resolve();
    this.#waiting += 1;
    const done = before
      .then(() => this.#limit(work))
      .finally(() => {
        this.#waiting -= 1;
        if (this.#last.get(chat) === done) this.#last.delete(chat);
      });
    this.#last.set(chat, done);
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
