import { Temporal } from 'temporal-polyfill';

import { UserError } from './errors.ts';

/** A calendar day, `YYYY-MM-DD`. */
export type Day = string;

/** Days in a row, both ends included. */
export type Days = { readonly from: Day; readonly to: Day };

/** The span of a report: days as they begin and end in a time zone. */
export type Window = Days & {
  readonly timeZone: string;
  /** First instant of `from`. */
  readonly start: Date;
  /** First instant after `to`. */
  readonly end: Date;
};

/** A stretch of time: from `start` (`null`: the beginning) to before `end`. */
export type Span = { readonly start: Date | null; readonly end: Date };

/** The window of whole days from `from` to `to` in the time zone. Throws `UserError` when reversed. */
export function windowOf(from: Day, to: Day, timeZone: string): Window {
  const first = parseDay(from);
  const last = parseDay(to);
  if (Temporal.PlainDate.compare(first, last) > 0) {
    throw new UserError('usage', `The window ends before it begins: ${from} to ${to}.`);
  }
  return {
    from: first.toString(),
    to: last.toString(),
    timeZone,
    start: startOf(first, timeZone),
    end: startOf(last.add({ days: 1 }), timeZone),
  };
}

/** The local day in which an instant falls. */
export function dayOf(instant: Date, timeZone: string): Day {
  return zoned(instant, timeZone).toPlainDate().toString();
}

/** The day `count` days after (or, negative, before) a day. */
export function addDays(day: Day, count: number): Day {
  return parseDay(day).add({ days: count }).toString();
}

/** Every day of a window, in order. */
export function daysOf({ from, to }: Days): Day[] {
  const days: Day[] = [];
  for (let day = from; day <= to; day = addDays(day, 1)) days.push(day);
  return days;
}

/** `2026-01-29 10:01:58 +0800`: the local time with its offset, as Jekyll's front matter has it. */
export function timeWithOffset(instant: Date, timeZone: string): string {
  const local = zoned(instant, timeZone).round('second');
  const time = local.toPlainTime().toString({ smallestUnit: 'second' });
  return `${local.toPlainDate().toString()} ${time} ${local.offset.replace(':', '')}`;
}

/** `2026-01-29 10:01`: the local time to the minute. */
export function timeToMinute(instant: Date, timeZone: string): string {
  const local = zoned(instant, timeZone);
  return `${local.toPlainDate().toString()} ${local.toPlainTime().toString({ smallestUnit: 'minute' })}`;
}

/** The instant of a time (`10:00`) on a local day; `null` when it is none. */
export function timeOnDay(day: Day, time: string, timeZone: string): Date | null {
  if (!/^(?:[01]?\d|2[0-3]):[0-5]\d$/.test(time)) return null;
  const plain = Temporal.PlainTime.from(time.padStart(5, '0'));
  const local = parseDay(day).toZonedDateTime({ timeZone, plainTime: plain });
  return new Date(local.epochMilliseconds);
}

/** Whether the runtime knows the time zone. */
export function isTimeZone(name: string): boolean {
  try {
    return Temporal.Now.zonedDateTimeISO(name) !== undefined;
  } catch {
    return false;
  }
}

/** Whether something is a day of the calendar, written as days are. */
export function isDay(written: string): boolean {
  try {
    return parseDay(written).toString() === written;
  } catch {
    return false;
  }
}

function parseDay(day: Day): Temporal.PlainDate {
  try {
    if (!/^(?!0000)\d{4}-\d{2}-\d{2}$/.test(day)) throw new RangeError(day);
    return Temporal.PlainDate.from(day, { overflow: 'reject' });
  } catch (cause) {
    throw new UserError('usage', `"${day}" is not a date: write it like 2026-01-29.`, { cause });
  }
}

function startOf(day: Temporal.PlainDate, timeZone: string): Date {
  return new Date(day.toZonedDateTime(timeZone).epochMilliseconds);
}

function zoned(instant: Date, timeZone: string): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(instant.getTime()).toZonedDateTimeISO(timeZone);
}
