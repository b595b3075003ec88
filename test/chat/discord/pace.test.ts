import { setImmediate } from 'node:timers/promises';

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { Pace } from '../../../src/chat/discord/pace.ts';
import type { Clock } from '../../../src/lib/clock.ts';
import { aClock } from '../../support/clock.ts';

const LANE = { key: 'edit 1', withinMs: 5200 };
const START = new Date('2026-01-30T12:00:00Z');

/** A clock that moves when all that can be done without it is done. */
function aSlowClock(): Clock {
  const clock = aClock(START);
  return {
    ...clock,
    async wait(ms) {
      await setImmediate();
      await clock.wait(ms);
    },
  };
}

function aPace(clock: Clock = aClock(START)) {
  const closing = new AbortController();
  return { clock, closing, pace: new Pace(clock, closing.signal) };
}

describe('the pace of requests', () => {
  it('lets five through at once, and never more in their time', async () => {
    const arrival = fc.record({ after: fc.nat(9000), isLast: fc.boolean() });
    await fc.assert(
      fc.asyncProperty(fc.array(arrival, { minLength: 1, maxLength: 40 }), async (arrivals) => {
        const clock = aSlowClock();
        const { pace } = aPace(clock);
        const times: number[] = [];
        const waits: number[] = [];
        const all: Promise<void>[] = [];
        for (const { after, isLast } of arrivals) {
          const arrived = clock.now().getTime();
          const pass = async () => {
            await pace.pass(LANE, isLast);
            times.push(clock.now().getTime());
            waits.push(clock.now().getTime() - arrived);
          };
          all.push(pass());
          if (after > 6000) await clock.wait(after - 6000);
        }
        await Promise.all(all);
        expect(times).toHaveLength(arrivals.length);
        expect(waits.slice(0, 5).every((wait) => wait === 0)).toBe(true);
        const gaps = times.slice(5).map((sixth, index) => sixth - (times[index] ?? 0));
        expect(gaps.filter((gap) => gap < LANE.withinMs)).toEqual([]);
      }),
    );
  });

  it('lets what ends an answer go first, then who came first', async () => {
    const { pace } = aPace();
    const order: string[] = [];
    const pass = async (name: string, isLast: boolean) => {
      await pace.pass(LANE, isLast);
      order.push(name);
    };
    await Promise.all(['1', '2', '3', '4', '5'].map((name) => pass(name, false)));
    await Promise.all([pass('a', false), pass('b', false), pass('A', true), pass('B', true)]);
    expect(order.slice(5)).toEqual(['A', 'B', 'a', 'b']);
  });

  it('keeps lanes apart, and holds one back for as long as Discord says', async () => {
    const { pace, clock } = aPace();
    pace.hold(LANE, 30_000);
    await pace.pass({ key: 'edit 2', withinMs: 5200 }, false);
    expect(clock.now()).toEqual(START);
    await pace.pass(LANE, false);
    expect(clock.now().getTime() - START.getTime()).toBe(30_000);
  });

  it('goes on when many have come and gone', async () => {
    const { pace, clock } = aPace();
    for (let index = 0; index < 1000; index += 1) {
      await pace.pass({ key: `interaction ${index}`, withinMs: 2200 }, true);
    }
    expect(clock.now()).toEqual(START);
  });

  it('is left by who does not want any more, and waited for by nobody after the end', async () => {
    const held = Promise.withResolvers<void>();
    const clock: Clock = {
      ...aClock(START),
      wait: (_, signal) => {
        signal?.addEventListener('abort', () => held.resolve());
        return held.promise;
      },
    };
    const { pace, closing } = aPace(clock);
    pace.hold(LANE, 1000);
    const leaving = new AbortController();
    const left = pace.pass(LANE, false, leaving.signal);
    const stayed = pace.pass(LANE, false);
    leaving.abort(new Error('enough'));
    await expect(left).rejects.toThrow('enough');
    closing.abort();
    await stayed;
    await expect(pace.pass(LANE, false, leaving.signal)).rejects.toThrow('enough');
  });
});
