import type { ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

/** How fast a model speaks. */
export type Pace = {
  /** Until the first token, milliseconds. */
  readonly firstMs: number;
  readonly tokensPerSecond: number;
};

export const AT_ONCE: Pace = { firstMs: 0, tokensPerSecond: Infinity };

/** Measures out one answer: every token has its time from when the question came. */
export class Metronome {
  readonly #pace: Pace;
  readonly #gone = new AbortController();
  readonly #began = performance.now();
  #tokens = 0;

  constructor(pace: Pace, response: ServerResponse) {
    this.#pace = pace;
    response.once('close', () => this.#gone.abort());
  }

  /** Waits until so many more tokens are due; no longer than the client does. */
  async beat(tokens: number): Promise<void> {
    this.#tokens += tokens;
    const { firstMs, tokensPerSecond } = this.#pace;
    const due = this.#began + firstMs + (this.#tokens / tokensPerSecond) * 1000;
    const ms = due - performance.now();
    if (ms > 0) await sleep(ms, undefined, { signal: this.#gone.signal }).catch(() => {});
  }
}
