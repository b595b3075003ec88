import { setTimeout as sleep } from 'node:timers/promises';

import type { Clock } from '../../src/lib/clock.ts';

/** A clock that moves only when somebody waits, or a test says so. */
export type TestClock = Clock & { passTo(moment: Date): void };

export function aClock(start: Date): TestClock {
  let at = start.getTime();
  return {
    now: () => new Date(at),
    speed: 1,
    async wait(ms, signal) {
      signal?.throwIfAborted();
      at += Math.max(0, ms);
    },
    passTo: (moment) => void (at = moment.getTime()),
  };
}

/** A clock that stands still until a test lets time pass; whoever waits goes on when their time has come. */
export type StillClock = Clock & {
  pass(ms: number): void;
  /** Lets time pass, bit by bit, until something holds. @throws what it says while it does not */
  passUntil(look: () => unknown): Promise<void>;
};

/** So much passes at once, and so much real time is left to whoever goes on. */
const BIT_MS = 100;
const REAL_BIT_MS = 4;
const MOST_BITS = 5000;

export function aStillClock(start: Date): StillClock {
  let at = start.getTime();
  const waiting = new Set<{ readonly until: number; readonly go: () => void }>();
  const pass = (ms: number) => {
    at += ms;
    const due = [...waiting].filter(({ until }) => until <= at);
    for (const one of due.toSorted((a, b) => a.until - b.until)) one.go();
  };
  return {
    now: () => new Date(at),
    speed: 1,
    wait: (ms, signal) =>
      new Promise((resolve, reject) => {
        const stop = () => {
          waiting.delete(one);
          reject(signal?.reason as Error);
        };
        const go = () => {
          waiting.delete(one);
          signal?.removeEventListener('abort', stop);
          resolve();
        };
        const one = { until: at + ms, go };
        if (signal?.aborted) return stop();
        if (ms <= 0) return resolve();
        signal?.addEventListener('abort', stop, { once: true });
        waiting.add(one);
      }),
    pass,
    async passUntil(look) {
      for (let bits = 0; ; bits += 1) {
        try {
          return void (await look());
        } catch (error) {
          if (bits >= MOST_BITS) throw error;
        }
        await sleep(REAL_BIT_MS);
        pass(BIT_MS);
      }
    },
  };
}
