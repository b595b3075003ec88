import { addDays, type Day } from '../window.ts';

/** What words say of days, before it is decided which of the days that fit are meant. */
export type Mention =
  | { readonly kind: 'day'; readonly day: Day }
  /** 1月29日: a day of no year. */
  | { readonly kind: 'date'; readonly month: number; readonly date: number }
  /** 29号: a day of no month either. */
  | { readonly kind: 'date-of-month'; readonly date: number }
  /** 29: means a day only as one end of a range whose other end has a month. */
  | { readonly kind: 'number'; readonly date: number }
  | { readonly kind: 'weekday'; readonly weekday: WeekdayNumber }
  | { readonly kind: 'span'; readonly from: Day; readonly to: Day };

/** 1 (Monday) to 7 (Sunday), as ISO 8601 counts them. */
export type WeekdayNumber = 1 | 2 | 3 | 4 | 5 | 6 | 7;

/** Of regular expressions: a day of the week as it is written in English, whole or short. */
export const ENGLISH_WEEKDAY = '(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?';

/** Reads words that say one thing of days and nothing else; `null` where they say something else. */
export type Reader = (words: string, today: Day) => Mention | null;

/** The calendar day of these numbers, `null` where there is none. Thousands may be tried for a question. */
export function dayFrom(year: number, month: number, date: number): Day | null {
  if (year < 1 || year > 9999 || date < 1 || date > lengthOf(month, year)) return null;
  const pad = (value: number, size: number) => String(value).padStart(size, '0');
  return `${pad(year, 4)}-${pad(month, 2)}-${pad(date, 2)}`;
}

const LENGTHS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** The days of a month; of one that there is not, none. */
function lengthOf(month: number, year: number): number {
  const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return month === 2 && isLeap ? 29 : (LENGTHS[month - 1] ?? 0);
}

/** 1 (Monday) to 7 (Sunday). */
function weekdayOf(day: Day): number {
  return new Date(`${day}T00:00:00Z`).getUTCDay() || 7;
}

/** The day with this number in the week (Monday to Sunday) of a day, or so many weeks later. */
export function dayInWeek(day: Day, weekday: WeekdayNumber, weeksLater: number): Day {
  return addDays(day, weekday - weekdayOf(day) + 7 * weeksLater);
}

export function yearOf(day: Day): number {
  return Number(day.slice(0, 4));
}

export function monthOf(day: Day): number {
  return Number(day.slice(5, 7));
}
