/** Does work that is started piece by piece, one at a time, so that the next piece is made meanwhile. */
export class OneAhead<T> {
  readonly #work: (piece: T) => Promise<void>;
  #running: Promise<void> = Promise.resolve();

  constructor(work: (piece: T) => Promise<void>) {
    this.#work = work;
  }

  /** Starts on a piece when the one before is done; throws what that one threw. */
  async start(piece: T): Promise<void> {
    await this.#running;
    this.#running = this.#work(piece);
    this.#running.catch(() => {}); // whoever waits for it is told
  }

  /** Waits for the last piece; throws what it threw. */
  end(): Promise<void> {
    return this.#running;
  }
}
