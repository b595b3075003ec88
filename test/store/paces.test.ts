import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import type { Pace } from '../../src/model/delivery.ts';
import { forgetPaces, holdBack, takePlace } from '../../src/store/paces.ts';
import { sharedDatabase } from '../support/database.ts';

const db = sharedDatabase();
const START = Date.parse('2026-01-30T12:00:00Z');
const at = (ms: number) => new Date(START + ms);

let made = 0;
const aPace = (everyMs: number, burst: number): Pace => {
  made += 1;
  return { key: `pace:${made}`, everyMs, burst };
};

/** The most that a window of so many milliseconds ever holds, by when messages went out. */
function mostWithin(window: number, times: readonly number[]): number {
  return Math.max(
    ...times.map((from) => times.filter((time) => time >= from && time < from + window).length),
  );
}

describe('a pace', () => {
  it('never lets more through, in whatever time, than its rate and its burst', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 3000 }),
        fc.integer({ min: 1, max: 5 }),
        fc.array(fc.integer({ min: 0, max: 4000 }), { minLength: 1, maxLength: 12 }),
        async (everyMs, burst, gaps) => {
          const pace = aPace(everyMs, burst);
          const times: number[] = [];
          let now = 0;
          for (const gap of gaps) {
            now += gap;
            const place = await takePlace(db(), [pace], at(now), Infinity);
            expect(place.at.getTime()).toBeGreaterThanOrEqual(START + now);
            times.push(place.at.getTime() - START);
          }
          for (const window of [1, everyMs, 3 * everyMs, 10_000]) {
            expect(mostWithin(window, times)).toBeLessThanOrEqual(
              burst + Math.floor((window - 1) / everyMs),
            );
          }
        },
      ),
      { numRuns: 25 },
    );
  });

  it('lets a burst through at once, then one by one, and gathers the burst anew', async () => {
    const pace = aPace(1000, 3);
    const take = async (now: number) =>
      (await takePlace(db(), [pace], at(now), Infinity)).at.getTime() - START;
    expect([await take(0), await take(0), await take(0)]).toEqual([0, 0, 0]);
    expect([await take(0), await take(500)]).toEqual([1000, 2000]);
    expect([await take(9000), await take(9000), await take(9000)]).toEqual([9000, 9000, 9000]);
    expect(await take(9000)).toBe(10_000);
  });

  it('gives nothing away where the place is too far off, and says when it comes', async () => {
    const [slow, fast] = [aPace(5000, 1), aPace(100, 1)];
    await takePlace(db(), [slow, fast], at(0), 0);
    for (const _ of ['once', 'twice']) {
      const place = await takePlace(db(), [fast, slow], at(200), 2000);
      expect(place).toEqual({ isTaken: false, at: at(5000) });
    }
    expect(await takePlace(db(), [fast], at(200), 0)).toEqual({ isTaken: true, at: at(200) });
    expect(await takePlace(db(), [slow], at(3000), 2000)).toEqual({ isTaken: true, at: at(5000) });
  });

  it('waits for the slowest of several', async () => {
    const [chat, platform] = [aPace(1000, 1), aPace(50, 2)];
    const take = async () => (await takePlace(db(), [platform, chat], at(0), Infinity)).at;
    expect([await take(), await take(), await take()]).toEqual([at(0), at(1000), at(2000)]);
  });

  it('is held back until exactly the moment that the platform named', async () => {
    for (const burst of [1, 4]) {
      const pace = aPace(1000, burst);
      await takePlace(db(), [pace], at(0), Infinity);
      await holdBack(db(), pace, at(30_000));
      await holdBack(db(), pace, at(20_000)); // an earlier moment does not let go
      const first = await takePlace(db(), [pace], at(0), Infinity);
      const second = await takePlace(db(), [pace], at(0), Infinity);
      expect([first.at, second.at]).toEqual([at(30_000), at(31_000)]);
    }
  });

  it('gives no place twice to those who ask at once, in whatever order they name their paces', async () => {
    const [one, other] = [aPace(100, 1), aPace(100, 1)];
    const places = await Promise.all(
      Array.from({ length: 10 }, (_, index) =>
        takePlace(db(), index % 2 === 0 ? [one, other] : [other, one], at(0), Infinity),
      ),
    );
    const times = places.map((place) => place.at.getTime() - START).toSorted((a, b) => a - b);
    expect(times).toEqual([0, 100, 200, 300, 400, 500, 600, 700, 800, 900]);
  });

  it('is forgotten only when it has long held nothing back', async () => {
    const [old, held] = [aPace(1000, 1), aPace(1000, 1)];
    await takePlace(db(), [old], at(0), 0);
    await holdBack(db(), held, at(3 * 86_400_000));
    await forgetPaces(db(), at(2 * 86_400_000));
    const place = await takePlace(db(), [held], at(2 * 86_400_000), Infinity);
    expect(place.at).toEqual(at(3 * 86_400_000));
  });
});
