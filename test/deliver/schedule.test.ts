import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import {
  dueWork,
  generationAt,
  missedDays,
  nextWork,
  type Plan,
  postingAt,
  type Weekday,
  WEEKDAYS,
  windowFor,
  windowNamed,
} from '../../src/deliver/schedule.ts';
import {
  addDays,
  type Day,
  dayOf,
  daysOf,
  timeToMinute,
  windowOf,
} from '../../src/model/window.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const ZONES = [
  'Europe/Berlin',
  'America/New_York',
  'Asia/Shanghai',
  'Australia/Lord_Howe',
  'Pacific/Apia',
  'Africa/Casablanca',
  'Africa/Cairo',
  'America/Nuuk',
];

const planIn = (timeZone: string, postAt = '10:00', more: Partial<Plan> = {}): Plan => ({
  timeZone,
  postAt,
  window: 'last_24h',
  ...more,
});
const SHANGHAI = planIn('Asia/Shanghai'); // posts at 02:00 UTC
const nothing = () => 'nothing' as const;
const sent = () => 'sent' as const;

const aTime = fc
  .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
  .map((parts) => parts.map((part) => String(part).padStart(2, '0')).join(':'));
const aKind = fc.constantFrom<Plan['window'][]>('last_24h', 'calendar_day');
const aPlan: fc.Arbitrary<Plan> = fc.record({
  days: fc.oneof(fc.constant(WEEKDAYS), fc.subarray<Weekday>([...WEEKDAYS], { minLength: 1 })),
  postAt: fc.oneof(aTime, fc.constantFrom('00:00', '02:00', '02:30', '23:59')),
  timeZone: fc.constantFrom(...ZONES),
  leadMinutes: fc.integer({ min: 0, max: 1440 }),
  graceMinutes: fc.integer({ min: 0, max: 4320 }),
  window: aKind,
});
/** Weeks in which clocks change, and any others. */
const aDay = fc.oneof(
  fc.constantFrom('2026-02-13', '2026-03-06', '2026-03-27', '2026-04-03', '2026-04-22'),
  fc.constantFrom('2026-10-02', '2026-10-23', '2026-10-30', '2011-12-28', '2011-12-30'),
  fc
    .date({ min: new Date('2007-01-01'), max: new Date('2040-01-01'), noInvalidDate: true })
    .map((date) => date.toISOString().slice(0, 10)),
);
const anInstant = fc
  .tuple(aDay, fc.integer({ min: -5 * 24 * HOUR, max: 24 * HOUR }))
  .map(([day, offset]) => new Date(Date.parse(day) + offset));
const span = (min: number, max: number) => fc.integer({ min: min * MINUTE, max: max * MINUTE });

/** What is due, in short: `generate 2026-02-03 01:40`, the time in UTC. */
function due(plan: Plan, now: string, done: Parameters<typeof dueWork>[2] = nothing): string[] {
  return dueWork(plan, new Date(now), done).map(
    ({ kind, day, at, late }) =>
      `${kind} ${day} ${timeToMinute(at, 'UTC').slice(11)}${late ? ' late' : ''}`,
  );
}

describe('the instant of a posting', () => {
  it.each([
    ['Asia/Shanghai', '10:00', '2026-02-03', '2026-02-03T02:00'],
    ['Asia/Shanghai', '07:59', '2026-02-03', '2026-02-02T23:59'],
    ['Europe/Berlin', '02:30', '2026-03-28', '2026-03-28T01:30'],
    ['Europe/Berlin', '02:00', '2026-03-29', '2026-03-29T01:00'], // none of these three exists
    ['Europe/Berlin', '02:30', '2026-03-29', '2026-03-29T01:00'],
    ['Europe/Berlin', '02:59', '2026-03-29', '2026-03-29T01:00'],
    ['Europe/Berlin', '03:00', '2026-03-29', '2026-03-29T01:00'],
    ['Europe/Berlin', '02:30', '2026-10-25', '2026-10-25T00:30'], // the first of two
    ['Europe/Berlin', '03:00', '2026-10-25', '2026-10-25T02:00'],
    ['America/New_York', '02:30', '2026-03-08', '2026-03-08T07:00'],
    ['America/New_York', '01:30', '2026-11-01', '2026-11-01T05:30'],
    ['Australia/Lord_Howe', '02:15', '2026-10-04', '2026-10-03T15:30'], // a gap of half an hour
    ['Australia/Lord_Howe', '01:45', '2026-04-05', '2026-04-04T14:45'],
    ['Pacific/Apia', '10:00', '2011-12-29', '2011-12-29T20:00'],
    ['Pacific/Apia', '10:00', '2011-12-31', '2011-12-30T20:00'],
    ['Africa/Casablanca', '02:30', '2026-02-15', '2026-02-15T01:30'], // Ramadan begins
    ['Africa/Casablanca', '02:30', '2026-03-22', '2026-03-22T02:00'], // and is over
    ['Africa/Cairo', '00:00', '2026-04-24', '2026-04-23T22:00'], // a day without midnight
    ['America/Nuuk', '23:30', '2026-03-28', '2026-03-29T01:00'], // a day without an evening hour
  ])('in %s at %s on %s is %s', (zone, time, day, instant) => {
    expect(postingAt(planIn(zone, time), day).toISOString()).toBe(`${instant}:00.000Z`);
  });

  it('shows its own time on its own day, but for the hours that are left out', () => {
    fc.assert(
      fc.property(aDay, fc.constantFrom(...ZONES), (day, zone) => {
        const [local] = postingDaysFrom(planIn(zone), day, 2);
        const posting = postingAt(planIn(zone, '12:34'), local ?? '');
        expect(timeToMinute(posting, zone)).toBe(`${local} 12:34`);
      }),
    );
  });
});

describe('what a digest tells of', () => {
  it('is the time between the beginnings of two digests, named by the day of the second', () => {
    expect(windowFor(SHANGHAI, '2026-02-03')).toEqual({
      from: '2026-02-03',
      to: '2026-02-03',
      timeZone: 'Asia/Shanghai',
      start: new Date('2026-02-02T01:40:00Z'),
      end: new Date('2026-02-03T01:40:00Z'),
    });
  });

  it('is the whole day before, where the plan says so', () => {
    expect(windowFor({ ...SHANGHAI, window: 'calendar_day' }, '2026-02-03')).toEqual({
      from: '2026-02-02',
      to: '2026-02-02',
      timeZone: 'Asia/Shanghai',
      start: new Date('2026-02-01T16:00:00Z'),
      end: new Date('2026-02-02T16:00:00Z'),
    });
  });

  it.each([
    ['Europe/Berlin', '2026-03-29', 23],
    ['Europe/Berlin', '2026-10-25', 25],
    ['America/New_York', '2026-11-01', 25],
    ['Australia/Lord_Howe', '2026-04-05', 24.5],
    ['Africa/Casablanca', '2026-02-15', 25],
    ['Asia/Shanghai', '2026-03-29', 24],
    ['Pacific/Apia', '2011-12-31', 24], // the day before is two days before
  ])('in %s on %s is %d hours', (zone, day, hours) => {
    const { start, end } = windowFor(planIn(zone), day);
    expect((end.getTime() - start.getTime()) / HOUR).toBe(hours);
  });

  it('is what a person means who names a day of a plan, or several', () => {
    const day = { from: '2026-02-03', to: '2026-02-03' };
    const days = { from: '2026-02-01', to: '2026-02-03' };
    const zone = 'Asia/Shanghai';
    expect(windowNamed(SHANGHAI, day, zone)).toEqual(windowFor(SHANGHAI, '2026-02-03'));
    const midnight = windowOf('2026-02-03', '2026-02-03', zone);
    expect(windowNamed({ ...SHANGHAI, window: 'calendar_day' }, day, zone)).toEqual(midnight);
    expect(windowNamed(undefined, day, zone)).toEqual(midnight);
    expect(windowNamed(SHANGHAI, days, zone)).toEqual(windowOf('2026-02-01', '2026-02-03', zone));
  });

  it('reaches over the day that Samoa left out', () => {
    const plan = planIn('Pacific/Apia', '10:00', { window: 'calendar_day' });
    expect(windowFor(plan, '2011-12-31')).toMatchObject({ from: '2011-12-29', to: '2011-12-29' });
    expect(windowFor(plan, '2011-12-31').end).toEqual(windowFor(plan, '2012-01-01').start);
  });

  it('joins the windows of the days around it without gap or overlap, in any zone', () => {
    fc.assert(
      fc.property(aDay, fc.constantFrom(...ZONES), aTime, aKind, (first, zone, time, window) => {
        const plan = planIn(zone, time, { window });
        const windows = postingDaysFrom(plan, first, 5).map((day) => windowFor(plan, day));
        expect(windows.length).toBeGreaterThan(3);
        expect(windows.filter(({ start, end }) => start >= end)).toEqual([]);
        expect(windows.slice(1).map(({ start }) => start)).toEqual(
          windows.slice(0, -1).map(({ end }) => end),
        );
      }),
      { numRuns: 200 },
    );
  });
});

describe('what is due', () => {
  it.each([
    ['2026-02-03T01:39:59Z', []],
    ['2026-02-03T01:40:00Z', ['generate 2026-02-03 01:40']],
    ['2026-02-03T02:00:00Z', ['generate 2026-02-03 01:40']],
    ['2026-02-03T02:01:00Z', ['generate 2026-02-03 01:40']],
    ['2026-02-03T02:01:01Z', ['generate 2026-02-03 01:40 late']],
    ['2026-02-03T14:00:00Z', ['generate 2026-02-03 01:40 late']],
    ['2026-02-03T14:00:01Z', []],
  ])('at %s, when nothing is done, is %j', (now, expected) => {
    expect(due(SHANGHAI, now)).toEqual(expected);
  });

  it.each([
    ['2026-02-03T01:59:59Z', []],
    ['2026-02-03T02:00:00Z', ['post 2026-02-03 02:00']],
    ['2026-02-03T02:01:01Z', ['post 2026-02-03 02:00 late']],
    ['2026-02-03T14:00:01Z', []],
  ])('at %s, when the digest is made, is %j', (now, expected) => {
    expect(due(SHANGHAI, now, () => 'made')).toEqual(expected);
  });

  it('is nothing when it was sent, also after the clock jumped back or the plan changed', () => {
    const done = (day: Day) => (day === '2026-02-03' ? 'sent' : 'nothing');
    expect(due(SHANGHAI, '2026-02-03T02:30:00Z', done)).toEqual([]);
    expect(due(SHANGHAI, '2026-02-03T01:45:00Z', done)).toEqual([]);
    expect(due({ ...SHANGHAI, postAt: '12:00' }, '2026-02-03T04:00:00Z', done)).toEqual([]);
    expect(due(planIn('America/New_York'), '2026-02-03T15:00:00Z', done)).toEqual([]);
    expect(due(planIn('Pacific/Kiritimati'), '2026-02-02T20:00:00Z', done)).toEqual([]);
  });

  it('is today’s digest when the hour is moved to one that is over', () => {
    expect(due({ ...SHANGHAI, postAt: '08:00' }, '2026-02-03T01:00:00Z')).toEqual([
      'generate 2026-02-03 23:40 late',
    ]);
  });

  it('is every day that the grace still holds, the oldest first', () => {
    const plan = { ...SHANGHAI, graceMinutes: 3 * 24 * 60 };
    const done = (day: Day) => (day === '2026-02-02' ? 'made' : 'nothing');
    expect(due(plan, '2026-02-03T12:00:00Z', done)).toEqual([
      'generate 2026-02-01 01:40 late',
      'post 2026-02-02 02:00 late',
      'generate 2026-02-03 01:40 late',
    ]);
  });

  it('is begun the evening before where the lead is longer than the night', () => {
    const plan = planIn('Asia/Shanghai', '00:10', { leadMinutes: 30 });
    expect(due(plan, '2026-02-02T15:40:00Z')).toEqual(['generate 2026-02-03 15:40']);
    const ahead = { ...plan, leadMinutes: 3 * 24 * 60 };
    expect(
      due(ahead, '2026-02-02T16:10:00Z', (day) => (day < '2026-02-05' ? 'made' : 'nothing')),
    ).toEqual(['post 2026-02-03 16:10', 'generate 2026-02-05 16:10', 'generate 2026-02-06 16:10']);
  });

  it('is begun no sooner than the day is over that it tells of', () => {
    const plan = planIn('Asia/Shanghai', '00:10', { window: 'calendar_day' });
    expect(generationAt(plan, '2026-02-03')).toEqual(new Date('2026-02-02T16:00:00Z'));
    expect(generationAt({ ...plan, postAt: '10:00' }, '2026-02-03')).toEqual(
      new Date('2026-02-03T01:40:00Z'),
    );
  });

  it('is within the grace to its end where the posting falls on the next local day', () => {
    const plan = planIn('America/Nuuk', '23:30', { graceMinutes: 60 });
    const saturdays = (now: string) => due(plan, now).filter((work) => work.includes('03-28'));
    expect(saturdays('2026-03-29T02:00:00Z')).toEqual(['generate 2026-03-28 00:40 late']);
    expect(saturdays('2026-03-29T02:00:01Z')).toEqual([]);
  });

  it('is nothing on days of the week that the plan leaves out', () => {
    const plan = { ...SHANGHAI, days: ['monday', 'friday'] } as const;
    const week = daysOf({ from: '2026-02-02', to: '2026-02-08' });
    const worked = week.filter((day) => due(plan, `${day}T02:00:00Z`).length > 0);
    expect(worked).toEqual(['2026-02-02', '2026-02-06']);
    expect(due({ ...SHANGHAI, days: [] }, '2026-02-03T02:00:00Z')).toEqual([]);
  });

  it('is nothing on a day that a place left out', () => {
    const plan = planIn('Pacific/Apia', '10:00', { graceMinutes: 4 * 24 * 60 });
    const days = dueWork(plan, new Date('2012-01-01T00:00:00Z'), nothing).map(({ day }) => day);
    expect(days).toEqual(['2011-12-28', '2011-12-29', '2011-12-31', '2012-01-01']);
  });

  it.each([
    ['Europe/Berlin', '02:30', '2026-03-27', '2026-03-31'],
    ['Europe/Berlin', '02:30', '2026-10-23', '2026-10-27'],
    ['America/New_York', '01:30', '2026-10-30', '2026-11-03'],
    ['Australia/Lord_Howe', '02:15', '2026-10-02', '2026-10-06'],
    ['Africa/Casablanca', '02:30', '2026-02-13', '2026-02-17'],
    ['America/Nuuk', '23:30', '2026-03-26', '2026-03-30'],
    ['Pacific/Apia', '00:00', '2011-12-28', '2012-01-01'],
  ])(
    'is posted once a day and on time while the clocks change: %s at %s',
    (zone, time, from, to) => {
      const plan = planIn(zone, time);
      const bot = new Bot();
      const end = postingAt(plan, to).getTime();
      for (let now = end - 6 * 24 * HOUR; now <= end; now += HOUR / 2) bot.wake(plan, now, from);
      expect(bot.posted).toEqual(daysOf({ from, to }).filter((day) => day !== '2011-12-30'));
      expect(bot.made).toEqual(bot.posted);
      expect(Math.max(...bot.lags)).toBeLessThan(HOUR / 2);
    },
  );
});

describe('the days that were missed', () => {
  it('are those whose grace was over before they were sent', () => {
    const done = (day: Day) => (day === '2026-02-02' ? 'sent' : 'made');
    const missed = (now: string) => missedDays(SHANGHAI, '2026-02-01', new Date(now), done);
    expect(missed('2026-02-03T14:00:00Z')).toEqual(['2026-02-01']);
    expect(missed('2026-02-03T14:00:01Z')).toEqual(['2026-02-01', '2026-02-03']);
  });

  it('are none before the first, on days left out, or when all was sent', () => {
    const now = new Date('2026-02-09T12:00:00Z');
    expect(missedDays(SHANGHAI, '2026-02-10', now, nothing)).toEqual([]);
    expect(missedDays(SHANGHAI, '2026-02-01', now, sent)).toEqual([]);
    expect(missedDays({ ...SHANGHAI, days: ['sunday'] }, '2026-02-02', now, nothing)).toEqual([
      '2026-02-08',
    ]);
    const samoa = planIn('Pacific/Apia');
    expect(missedDays(samoa, '2011-12-29', new Date('2012-01-01T00:00:00Z'), nothing)).toEqual([
      '2011-12-29',
      '2011-12-31',
    ]);
  });
});

describe('the next thing to wake for', () => {
  const next = (plan: Plan, now: string, done: Parameters<typeof nextWork>[2] = nothing) =>
    nextWork(plan, new Date(now), done)?.toISOString() ?? null;

  it('is the beginning of a digest, then its posting, then the next one’s beginning', () => {
    const today = (state: 'made' | 'sent') => (day: Day) =>
      day === '2026-02-03' ? state : 'nothing';
    expect(next(SHANGHAI, '2026-02-02T12:00:00Z')).toBe('2026-02-03T01:40:00.000Z');
    expect(next(SHANGHAI, '2026-02-03T01:40:00Z')).toBe('2026-02-03T02:00:00.000Z');
    expect(next(SHANGHAI, '2026-02-03T01:40:00Z', today('made'))).toBe('2026-02-03T02:00:00.000Z');
    expect(next(SHANGHAI, '2026-02-03T01:40:00Z', today('sent'))).toBe('2026-02-04T01:40:00.000Z');
    expect(next(SHANGHAI, '2026-02-03T02:00:00Z', today('made'))).toBe('2026-02-04T01:40:00.000Z');
  });

  it('is days away on a plan of one day a week, and never on a plan of none', () => {
    const sundays = { ...SHANGHAI, days: ['sunday'] } as const;
    expect(next(sundays, '2026-02-01T12:00:00Z')).toBe('2026-02-08T01:40:00.000Z');
    expect(next({ ...SHANGHAI, days: [] }, '2026-02-01T12:00:00Z')).toBe(null);
  });

  it('is the beginning of a later digest where that comes before an earlier one’s posting', () => {
    const plan = { ...SHANGHAI, leadMinutes: 3 * 24 * 60 + 30 };
    const done = (day: Day) => (day < '2026-02-06' ? 'made' : 'nothing');
    expect(next(plan, '2026-02-03T01:00:00Z', done)).toBe('2026-02-03T01:30:00.000Z');
    expect(next(plan, '2026-02-03T01:30:00Z', done)).toBe('2026-02-03T02:00:00.000Z');
  });

  it('is behind the days that were sent already when the clock jumped back by months', () => {
    const done = (day: Day) => (day <= '2026-06-01' ? 'sent' : 'nothing');
    expect(next(SHANGHAI, '2026-02-03T00:00:00Z', done)).toBe('2026-06-02T01:40:00.000Z');
    expect(next(SHANGHAI, '2026-02-03T00:00:00Z', sent)).toBe(null);
  });

  it('is the first of all the instants to come, of the days that are not sent', () => {
    const states = fc.array(fc.constantFrom('nothing', 'made', 'sent'), {
      minLength: 31,
      maxLength: 31,
    });
    fc.assert(
      fc.property(aPlan, anInstant, states, (plan, now, stateOf) => {
        const done = (day: Day) => stateOf[new Date(day).getUTCDate() - 1] ?? 'nothing';
        const instants = postingDaysFrom(plan, addDays(dayOf(now, plan.timeZone), -5), 50)
          .flatMap((day) => [
            ...(done(day) === 'nothing' ? [generationAt(plan, day)] : []),
            ...(done(day) === 'sent' ? [] : [postingAt(plan, day)]),
          ])
          .filter((instant) => instant > now);
        const first = instants.toSorted((one, other) => one.getTime() - other.getTime())[0];
        fc.pre(first !== undefined); // else it is later than the days that are looked at here
        expect(nextWork(plan, now, done)).toEqual(first);
      }),
      { numRuns: 30 },
    );
  });
});

describe('weeks of a bot’s life', () => {
  it('on a clock that only goes forward, post exactly the days on which it woke in time', () => {
    const naps = fc.array(fc.oneof(span(1, 90), span(60, 1440), span(1440, 6000)), {
      minLength: 5,
      maxLength: 60,
    });
    fc.assert(
      fc.property(aPlan, anInstant, naps, (plan, start, lengths) => {
        const bot = new Bot();
        const first = addDays(dayOf(start, plan.timeZone), 3); // it is not begun before the start
        const wakes: number[] = [];
        let now = start.getTime();
        for (const length of lengths) {
          now += length;
          wakes.push(now);
          bot.wake(plan, now, first);
        }
        const grace = (plan.graceMinutes ?? 0) * MINUTE;
        const over = postingDaysFrom(plan, first, 300).filter(
          (day) => postingAt(plan, day).getTime() + grace < now,
        );
        const isInTime = (day: Day) => {
          const posting = postingAt(plan, day).getTime();
          return wakes.some((wake) => wake >= posting && wake <= posting + grace);
        };
        expect(bot.posted.filter((day) => over.includes(day))).toEqual(over.filter(isInTime));
        expect(missedDays(plan, first, new Date(now), bot.done)).toEqual(
          over.filter((day) => !isInTime(day)),
        );
      }),
      { numRuns: 60 },
    );
  });

  it('whatever the clock and the plan do, post each day once at most, or list it as missed', () => {
    const step = fc.oneof(
      { weight: 4, arbitrary: span(1, 4000).map((length) => ({ kind: 'time', length }) as const) },
      { weight: 1, arbitrary: span(-4000, 0).map((length) => ({ kind: 'time', length }) as const) },
      { weight: 1, arbitrary: aPlan.map((plan) => ({ kind: 'plan', plan }) as const) },
    );
    const steps = fc.array(step, { minLength: 10, maxLength: 60 });
    fc.assert(
      fc.property(aPlan, anInstant, steps, (before, start, taken) => {
        const bot = new Bot();
        let plan = before;
        let now = start.getTime();
        for (const change of taken) {
          if (change.kind === 'time') now += change.length;
          else plan = change.plan;
          bot.wake(plan, now);
        }
        expect(bot.made).toEqual([...new Set(bot.made)]);
        expect(bot.posted).toEqual([...new Set(bot.posted)]);
        expect(
          fatesOf(bot, plan, start, new Date(now)).filter((fates) => fates.length !== 1),
        ).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });

  it('begin and post every day to the instant when they wake for the next thing to do', () => {
    fc.assert(
      fc.property(aPlan, anInstant, (plan, start) => {
        const bot = new Bot();
        const first = addDays(dayOf(start, plan.timeZone), 3);
        let now = start;
        for (let wakes = 0; wakes < 40; wakes += 1) {
          bot.wake(plan, now.getTime(), first);
          now = nextWork(plan, now, (day) => (day < first ? 'sent' : bot.done(day))) ?? now;
        }
        expect(bot.posted.length).toBeGreaterThan(15);
        expect(bot.posted).toEqual(postingDaysFrom(plan, first, 300).slice(0, bot.posted.length));
        expect(bot.lags.filter((lag) => lag !== 0)).toEqual([]);
      }),
      { numRuns: 20 },
    );
  });
});

/** Of every day whose time has come: was it sent, does it wait for its posting, is it due or missed? */
function fatesOf(bot: Bot, plan: Plan, start: Date, now: Date): string[][] {
  const since = addDays(dayOf(start, plan.timeZone), -10);
  const missed = new Set(missedDays(plan, since, now, bot.done));
  const open = new Set(dueWork(plan, now, bot.done).map(({ day }) => day));
  const count = Math.ceil((now.getTime() - start.getTime()) / (24 * HOUR)) + 15;
  return postingDaysFrom(plan, since, Math.max(count, 1))
    .filter((day) => generationAt(plan, day) <= now)
    .map((day) => [
      ...(bot.done(day) === 'sent' ? ['sent'] : []),
      ...(bot.done(day) === 'made' && postingAt(plan, day) > now ? ['waits'] : []),
      ...(open.has(day) ? ['due'] : []),
      ...(missed.has(day) ? ['missed'] : []),
    ]);
}

/** A bot that does all that is due whenever it wakes, and remembers it by the day. */
class Bot {
  readonly made: Day[] = [];
  readonly posted: Day[] = [];
  /** How long after it became due each thing was done. Milliseconds. */
  readonly lags: number[] = [];

  readonly done = (day: Day) => {
    if (this.posted.includes(day)) return 'sent';
    return this.made.includes(day) ? 'made' : 'nothing';
  };

  /** Days before the first are none of its business. */
  wake(plan: Plan, now: number, first: Day = '0001-01-01'): void {
    const done = (day: Day) => (day < first ? 'sent' : this.done(day));
    for (const pass of ['generate', 'post']) {
      for (const { kind, day, at } of dueWork(plan, new Date(now), done)) {
        if (kind !== pass) continue;
        (kind === 'post' ? this.posted : this.made).push(day);
        this.lags.push(now - at.getTime());
      }
    }
  }
}

function isLeftOut(day: Day, zone: string): boolean {
  return zone === 'Pacific/Apia' && day === '2011-12-30';
}

/** The posting days among so many days from the first on. */
function postingDaysFrom({ days = WEEKDAYS, timeZone }: Plan, first: Day, count: number): Day[] {
  const isPostingDay = (day: Day) => {
    const weekday = WEEKDAYS[(new Date(day).getUTCDay() + 6) % 7];
    return weekday !== undefined && days.includes(weekday) && !isLeftOut(day, timeZone);
  };
  return daysOf({ from: first, to: addDays(first, count - 1) }).filter(isPostingDay);
}
