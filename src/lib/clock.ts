import { setTimeout as sleep } from 'node:timers/promises';

/** The time, and waiting for it. Tests and benchmarks have clocks of their own. */
export type Clock = {
  now(): Date;
  /** How many of its seconds pass in a second. */
  readonly speed: number;
  /** Resolves so many milliseconds later. Rejects with the signal's reason when it is stopped. */
  wait(ms: number, signal?: AbortSignal): Promise<void>;
};

/** Longer than this no timer runs. */
const LONGEST_MS = 2 ** 31 - 1;

/** The time of this machine. */
export const SYSTEM_CLOCK: Clock = {
  now: () => new Date(),
  speed: 1,
  async wait(ms, signal) {
    signal?.throwIfAborted();
    try {
      await sleep(Math.min(Math.max(0, ms), LONGEST_MS), undefined, signal ? { signal } : {});
    } catch (error) {
      signal?.throwIfAborted();
      throw error;
    }
  },
};
