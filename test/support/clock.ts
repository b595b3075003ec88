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
