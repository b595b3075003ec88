import type { Day } from '../window.ts';
import { dayFrom, ENGLISH_WEEKDAY, type Mention, type Reader, yearOf } from './mention.ts';
import { numberIn, yearIn } from './numbers.ts';

/**
 * Reads dates of the calendar: 2026-01-29, 11/20, 一月二十九日, January 29th 2026, 29号; also with the day
 * of the week that they are said to be: Thursday, 29 January, 1月29日（星期四）. Where that is another one,
 * the date counts.
 */
export const readDate: Reader = (words, today) =>
  readPlain(words, today) ?? besideWeekday(words, today);

const readPlain: Reader = (words, today) =>
  inDigits(words) ?? inChinese(words, today) ?? inEnglish(words) ?? withoutMonth(words);

const WEEKDAY = `(?:(?:(?:last|past|this) )?${ENGLISH_WEEKDAY}\\b\\.?|(?:上上|[上本这])?个?(?:周|星期|礼拜)[一二三四五六日天])`;
const WEEKDAY_FIRST = new RegExp(`^${WEEKDAY}[, ]*\\(?`);
const WEEKDAY_LAST = new RegExp(`[, ]*\\(?(?:\\ba )?${WEEKDAY}\\)?$`);

/** A number alone is no date beside a weekday either: who "sat 2 hours" was not waiting for the 2nd. */
function besideWeekday(words: string, today: Day): Mention | null {
  for (const weekday of [WEEKDAY_FIRST, WEEKDAY_LAST]) {
    const date = words.replace(weekday, '').replace(/\)$/, '');
    const mention = date === words ? null : readPlain(date, today);
    if (mention !== null) return mention;
  }
  return null;
}

function inDigits(words: string): Mention | null {
  const full =
    /^(\d{4})([-/.])(\d{1,2})\2(\d{1,2})$/.exec(words) ?? /^(\d{4})()(\d{2})(\d{2})$/.exec(words);
  if (full) return dateOf(Number(full[1]), Number(full[3]), Number(full[4]));
  const short = /^(\d{1,2})[-/](\d{1,2})$/.exec(words); // the month first
  return short && dateOf(null, Number(short[1]), Number(short[2]));
}

const CHINESE =
  /^(?:(\d{4}|[〇零一二三四五六七八九]{4}|[今去])年)?(\d{1,2}|[一二三四五六七八九十]{1,2})月(\d{1,2}|[一二三四五六七八九十]{1,3})[日号]?$/;

function inChinese(words: string, today: Day): Mention | null {
  const [, year, month, date] = CHINESE.exec(words) ?? [];
  if (month === undefined || date === undefined) return null;
  return dateOf(year ? chineseYear(year, today) : null, numberIn(month), numberIn(date));
}

function chineseYear(year: string, today: Day): number | null {
  if (year === '今') return yearOf(today);
  return year === '去' ? yearOf(today) - 1 : yearIn(year);
}

const MONTHS =
  'jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?';
const MONTH = `(?<month>${MONTHS})\\.?`;
const DATE = '(?<date>\\d{1,2})(?:st|nd|rd|th)?';
const YEAR = '(?:(?:, ?| )(?<year>\\d{4}))?';
const MONTH_FIRST = new RegExp(`^${MONTH} ?(?:the )?${DATE}${YEAR}$`);
const DATE_FIRST = new RegExp(`^(?:the )?${DATE} ?(?:of )?${MONTH}${YEAR}$`);
const STARTS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

function inEnglish(words: string): Mention | null {
  const { year, month, date } = (MONTH_FIRST.exec(words) ?? DATE_FIRST.exec(words))?.groups ?? {};
  if (month === undefined || date === undefined) return null;
  return dateOf(year ? Number(year) : null, STARTS.indexOf(month.slice(0, 3)) + 1, Number(date));
}

function withoutMonth(words: string): Mention | null {
  const plain = /^\d{1,2}$/.exec(words);
  if (plain) return { kind: 'number', date: Number(words) };
  const chinese = /^(\d{1,2}|[一二三四五六七八九十]{1,3})[日号]$/.exec(words);
  const english = /^(?:the )?(\d{1,2})(?:st|nd|rd|th)$/.exec(words);
  const date = numberIn((chinese ?? english)?.[1] ?? '');
  return date === null ? null : { kind: 'date-of-month', date };
}

function dateOf(year: number | null, month: number | null, date: number | null): Mention | null {
  if (month === null || date === null) return null;
  if (year === null) return { kind: 'date', month, date };
  const day = dayFrom(year, month, date);
  return day === null ? null : { kind: 'day', day };
}
