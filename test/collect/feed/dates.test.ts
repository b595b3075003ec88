import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { parseFeedDate } from '../../../src/collect/feed/dates.ts';

describe('a date of a feed', () => {
  it.each([
    ['Sun, 01 Mar 2026 08:30:00 GMT', '2026-03-01T08:30:00Z'],
    ['Sun, 01 Mar 2026 08:30:00 +0100', '2026-03-01T07:30:00Z'],
    ['Sun, 01 Mar 2026 08:30:00 +08:00', '2026-03-01T00:30:00Z'],
    ['Sun, 01 Mar 2026 08:30:00 GMT+0800', '2026-03-01T00:30:00Z'],
    ['Sun, 1 Mar 2026 08:30 EST', '2026-03-01T13:30:00Z'],
    ['Sunday, 01 March 26 08:30:00 PDT', '2026-03-01T15:30:00Z'],
    ['Mon, 01 Mar 2026 08:30:00 Z', '2026-03-01T08:30:00Z'], // it was a Sunday
    ['1-Mar-2026 08:30', '2026-03-01T08:30:00Z'],
    ['  Sun,\n 01 Mar 2026  08:30:00 UT', '2026-03-01T08:30:00Z'],
    ['Sun Mar 01 08:30:00 2026', '2026-03-01T08:30:00Z'],
    ['Sun Mar 01 08:30:00 +0000 2026', '2026-03-01T08:30:00Z'],
    ['Sun Mar 01 08:30:00 UTC 2026', '2026-03-01T08:30:00Z'],
    ['March 1, 2026 8:30 PM', '2026-03-01T20:30:00Z'],
    ['Mar. 1st, 2026 12:05 am', '2026-03-01T00:05:00Z'],
    ['Mar 1, 2026', '2026-03-01T00:00:00Z'],
    ['2026-03-01T08:30:00Z', '2026-03-01T08:30:00Z'],
    ['2026-03-01T08:30:00.123456+08:00', '2026-03-01T00:30:00.123Z'],
    ['2026-03-01 08:30:00 +0800', '2026-03-01T00:30:00Z'],
    ['2026-03-01 08:30:00 UTC', '2026-03-01T08:30:00Z'],
    ['2026-03-01T08:30', '2026-03-01T08:30:00Z'],
    ['2026-03-01', '2026-03-01T00:00:00Z'],
    ['2026/3/1 8:30', '2026-03-01T08:30:00Z'],
    ['2026年3月1日 08:30', '2026-03-01T08:30:00Z'],
    ['1772353800', '2026-03-01T08:30:00Z'],
    ['1772353800000', '2026-03-01T08:30:00Z'],
  ])('is read: %s', (text, moment) => {
    expect(parseFeedDate(text)).toEqual(new Date(moment));
  });

  it.each([
    '',
    'yesterday',
    'Wed, 30 Nov -0001 00:00:00 +0000',
    'Mon, 01 Jan 0001 00:00:00 GMT',
    '0001-01-01T00:00:00Z',
    'Thu, 01 Jan 1970 00:00:00 GMT',
    '2026-02-30T08:30:00Z',
    'Sun, 32 Mar 2026 08:30:00 GMT',
    '2026-03-01T25:00:00Z',
    '0',
  ])('is none: %s', (text) => {
    expect(parseFeedDate(text)).toBeNull();
  });

  it('is read in the forms in which programs write it', () => {
    const date = fc.date({
      min: new Date('1995-01-02'),
      max: new Date('2099-12-31'),
      noInvalidDate: true,
    });
    fc.assert(
      fc.property(date, (moment) => {
        const whole = new Date(Math.floor(moment.getTime() / 1000) * 1000);
        expect(parseFeedDate(whole.toUTCString())).toEqual(whole);
        expect(parseFeedDate(moment.toISOString())).toEqual(moment);
      }),
    );
  });

  it('is one or none, whatever stands there', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 200 }), (text) => {
        const date = parseFeedDate(text);
        expect(date === null || !Number.isNaN(date.getTime())).toBe(true);
      }),
    );
  });
});
