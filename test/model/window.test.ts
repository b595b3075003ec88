import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { addDays, dayOf, daysOf, timeWithOffset, windowOf } from '../../src/model/window.ts';

const ZONES = ['Asia/Shanghai', 'America/New_York', 'Australia/Lord_Howe', 'UTC', 'Asia/Kolkata'];
const days = fc
  .date({ min: new Date('2007-01-01'), max: new Date('2090-01-01'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));

describe('a window', () => {
  it('begins and ends with the local day', () => {
    const window = windowOf('2026-01-29', '2026-01-29', 'Asia/Shanghai');
    expect(window.start.toISOString()).toBe('2026-01-28T16:00:00.000Z');
    expect(window.end.toISOString()).toBe('2026-01-29T16:00:00.000Z');
  });

  it.each([
    ['23 hours when the clocks go forward', '2026-03-08', 23],
    ['25 hours when they go back', '2026-11-01', 25],
  ])('is %s', (_, day, hours) => {
    const { start, end } = windowOf(day, day, 'America/New_York');
    expect((end.getTime() - start.getTime()) / 3_600_000).toBe(hours);
  });

  it('leaves no gap to the next day and overlaps it by nothing, in any zone', () => {
    fc.assert(
      fc.property(days, fc.constantFrom(...ZONES), (day, zone) => {
        const next = addDays(day, 1);
        expect(windowOf(day, day, zone).end).toEqual(windowOf(next, next, zone).start);
      }),
    );
  });

  it('holds exactly the instants of its days', () => {
    fc.assert(
      fc.property(days, fc.constantFrom(...ZONES), (day, zone) => {
        const { start, end } = windowOf(day, day, zone);
        expect(dayOf(start, zone)).toBe(day);
        expect(dayOf(new Date(end.getTime() - 1), zone)).toBe(day);
        expect(dayOf(end, zone)).toBe(addDays(day, 1));
      }),
    );
  });

  it('counts its days over a leap day', () => {
    expect(daysOf({ from: '2028-02-28', to: '2028-03-01' })).toEqual([
      '2028-02-28',
      '2028-02-29',
      '2028-03-01',
    ]);
  });

  it.each(['2026-02-30', '2026-13-01', '26-01-01', 'tomorrow', '', '2026-1-1'])(
    'refuses "%s" with an example of a date',
    (day) => {
      expect(() => windowOf(day, day, 'UTC')).toThrow(/write it like 2026-01-29/);
    },
  );

  it('refuses to end before it begins', () => {
    expect(() => windowOf('2026-01-02', '2026-01-01', 'UTC')).toThrow(/ends before it begins/);
  });
});

describe('a time with its offset', () => {
  it('is the local time as Jekyll writes it', () => {
    const instant = new Date('2026-01-29T02:01:58Z');
    expect(timeWithOffset(instant, 'Asia/Shanghai')).toBe('2026-01-29 10:01:58 +0800');
    expect(timeWithOffset(instant, 'America/New_York')).toBe('2026-01-28 21:01:58 -0500');
    expect(timeWithOffset(instant, 'UTC')).toBe('2026-01-29 02:01:58 +0000');
  });
});
