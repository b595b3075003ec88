import { addDays, type Day, type Days } from '../window.ts';
import { readDate } from './dates.ts';
import {
  dayFrom,
  dayInWeek,
  type Mention,
  monthOf,
  type WeekdayNumber,
  yearOf,
} from './mention.ts';
import { readRelative } from './relative.ts';

/** Days in a row, both ends included; not yet checked for their order, length or future. */
export type Range = Days;

/** The most years between a 29 February and the next: 1896 to 1904, 2096 to 2104. */
const LEAP_GAP = 8;
/** The most months in a row without a 31st, and the one that the limit cuts short. */
const SHORT_MONTHS = 2;
/** A year that was left out is the next one only where that makes a range of a month at most. */
const TURN_OF_YEAR = 31;

/**
 * What stands between the ends of a range, the clearest first. A hyphen without spaces is one only
 * where it is the only hyphen: `11-20-11-22` could be anything.
 */
const BETWEEN = [
  / ?\.{2,3} ?/,
  / ?\b(?:to|until|till|through)\b ?|[到至]/,
  / ?[–—~]+ ?/,
  / - /,
  / ?- ?/,
];

/** The day or the days in a row that tidy words name; `null` where they name none. */
export function rangeIn(words: string, today: Day): Range | null {
  const whole = mentionIn(words, today);
  if (whole) return alone(whole, today);
  for (const separator of BETWEEN) {
    const [first, last, ...more] = words.split(separator);
    if (first === undefined || last === undefined) continue;
    return more.length === 0 ? rangeBetween(first, last, today) : null;
  }
  return null;
}

function rangeBetween(first: string, last: string, today: Day): Range | null {
  const from = mentionIn(first, today);
  const to = mentionIn(last, today);
  if (from && to) return between(from, to, today);
  const [, date, year] = /^(\w+),? (\d{4})$/.exec(last) ?? []; // Jan 26 - 29, 2026
  return date === undefined ? null : rangeBetween(`${first} ${year}`, date, today);
}

/**
 * `chrono-node` was tried for this and left alone. It finds days inside other words ("tomorrow-ish" is
 * tomorrow, "may" the first of May), takes a week and "last 3 days" for one day, begins weeks on Sunday
 * (on a Tuesday 上周日 is nine days ago), sees "Friday" and 12月31日 in the future, knows neither `11-20`
 * nor 最近三天 nor full-width digits, and spends a second on ten thousand characters. Its strict forms
 * know neither "Friday" nor 昨天.
 */
function mentionIn(words: string, today: Day): Mention | null {
  return readDate(words, today) ?? readRelative(words, today);
}

function alone(mention: Mention, today: Day): Range | null {
  if (mention.kind === 'span') return mention;
  const day = mention.kind === 'number' ? null : latest(mention, today, today);
  return day === null ? null : { from: day, to: day };
}

type Point = Exclude<Mention, { kind: 'span' }>;

/** A range whose ends complete each other: what one leaves out, the other one tells. */
function between(first: Mention, last: Mention, today: Day): Range | null {
  if (first.kind === 'span' || last.kind === 'span') return null;
  if (first.kind === 'number' && last.kind === 'number') return null;
  if (isOfNoMonth(first) && !isOfNoMonth(last)) {
    const to = latest(last, today, today);
    const from = to && inMonth(to, first.date);
    return from && to ? { from, to } : null;
  }
  const from = latest(first, today, last.kind === 'day' && last.day < today ? last.day : today);
  const to = from && earliest(last, from);
  return from && to ? { from, to } : null;
}

function isOfNoMonth(mention: Point): mention is Point & { kind: 'number' | 'date-of-month' } {
  return mention.kind === 'number' || mention.kind === 'date-of-month';
}

/** The last day until `limit` that is meant; a weekday must be over. */
function latest(mention: Point, today: Day, limit: Day): Day | null {
  if (mention.kind === 'day') return mention.day;
  if (mention.kind === 'weekday') {
    return lastWeekday(mention.weekday, limit < today ? limit : addDays(today, -1));
  }
  const { date } = mention;
  return mention.kind === 'date'
    ? lastOf(limit, LEAP_GAP, (back) => dayFrom(yearOf(limit) - back, mention.month, date))
    : lastOf(limit, SHORT_MONTHS, (back) => monthsBack(limit, back, date));
}

/** The last day until `limit` that is this day of the week. */
export function lastWeekday(weekday: WeekdayNumber, limit: Day): Day {
  const inSameWeek = dayInWeek(limit, weekday, 0);
  return inSameWeek <= limit ? inSameWeek : addDays(inSameWeek, -7);
}

function lastOf(limit: Day, most: number, candidate: (back: number) => Day | null): Day | null {
  for (let back = 0; back <= most; back += 1) {
    const day = candidate(back);
    if (day !== null && day <= limit) return day;
  }
  return null;
}

function monthsBack(day: Day, back: number, date: number): Day | null {
  const months = yearOf(day) * 12 + monthOf(day) - 1 - back;
  return dayFrom(Math.floor(months / 12), (months % 12) + 1, date);
}

/** The day that is meant as the end of a range from `from`: the first one on or after it. */
function earliest(mention: Point, from: Day): Day | null {
  if (mention.kind === 'day') return mention.day;
  if (mention.kind === 'date') return earliestDate(mention.month, mention.date, from);
  if (mention.kind !== 'weekday') return inMonth(from, mention.date);
  const inSameWeek = dayInWeek(from, mention.weekday, 0);
  return inSameWeek >= from ? inSameWeek : addDays(inSameWeek, 7);
}

/** Where the next such day is nearly a year away, the ends were swapped: the one before is meant. */
function earliestDate(month: number, date: number, from: Day): Day | null {
  const inSameYear = dayFrom(yearOf(from), month, date);
  if (inSameYear !== null && inSameYear >= from) return inSameYear;
  const next = dayFrom(yearOf(from) + 1, month, date);
  return next !== null && next < addDays(from, TURN_OF_YEAR) ? next : inSameYear;
}

function inMonth(day: Day, date: number): Day | null {
  return dayFrom(yearOf(day), monthOf(day), date);
}
