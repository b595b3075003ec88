import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { limitFlood } from './telegram-flood.ts';
import { Refused } from './telegram-refused.ts';

/** Null when it was let through, else the seconds to wait. */
function waitOf(count: () => void): number | null {
  try {
    count();
    return null;
  } catch (error) {
    if (error instanceof Refused) return error.parameters?.retry_after ?? null;
    throw error;
  }
}

const step = fc.record({
  pause: fc.integer({ min: 0, max: 4000 }),
  messages: fc.integer({ min: 1, max: 4 }),
});

describe('whatever is sent, and however fast', () => {
  it('stays under a minute and a second of the limits', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 120 }), (steps) => {
        let now = 1_000_000;
        const flood = limitFlood(() => now);
        const sent: number[] = [];
        for (const { pause, messages } of steps) {
          now += pause;
          if (waitOf(() => flood.count(-5, messages, true)) !== null) continue;
          for (let each = 0; each < messages; each += 1) sent.push(now);
        }
        const within = (span: number) =>
          Math.max(
            0,
            ...sent.map((at) => sent.filter((other) => other >= at && other < at + span).length),
          );
        expect(within(60_000)).toBeLessThanOrEqual(20);
        expect(within(1000)).toBeLessThanOrEqual(4 + 1);
      }),
    );
  });

  it('goes through after the time that was told', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 120 }), fc.boolean(), (steps, isGroup) => {
        let now = 1_000_000;
        const flood = limitFlood(() => now);
        for (const { pause, messages } of steps) {
          now += pause;
          const count = () => flood.count(-5, messages, isGroup);
          const wait = waitOf(count);
          if (wait === null) continue;
          now += wait * 1000;
          expect(waitOf(count)).toBeNull();
        }
      }),
    );
  });
});
