import { addDays, type Day } from '../window.ts';
import {
  dayFrom,
  dayInWeek,
  ENGLISH_WEEKDAY,
  type Mention,
  monthOf,
  type Reader,
  type WeekdayNumber,
  yearOf,
} from './mention.ts';
import { numberIn } from './numbers.ts';

/** Reads days and spans that are counted from today: yesterday, 三天前, 上周五, last week, 最近三天. */
export const readRelative: Reader = (words, today) =>
  named(words, today) ??
  ago(words, today) ??
  englishWeekday(words, today) ??
  chineseWeekday(words, today) ??
  week(words, today) ??
  month(words, today) ??
  lastDays(words, today);

const NAMED: ReadonlyMap<string, number> = new Map([
  ['today', 0],
  ['今天', 0],
  ['今日', 0],
  ['yesterday', -1],
  ['昨天', -1],
  ['昨日', -1],
  ['day before yesterday', -2],
  ['前天', -2],
  ['前日', -2],
  ['大前天', -3],
  // Known, so that they are refused for what they are: still to come.
  ['tomorrow', 1],
  ['明天', 1],
  ['明日', 1],
  ['后天', 2],
]);

function named(words: string, today: Day): Mention | null {
  const offset = NAMED.get(words);
  return offset === undefined ? null : dayAt(today, offset);
}

function ago(words: string, today: Day): Mention | null {
  const english = /^(\w{1,6}) (day|week)s? ago$/.exec(words);
  const chinese = /^(.{1,4}?)个?(天|日|周|星期|礼拜)[以之]?前$/.exec(words);
  const days = daysIn(english ?? chinese);
  return days === null ? null : dayAt(today, -days);
}

const WEEKDAYS = new RegExp(`^(?:(last|past|this|next) )?(${ENGLISH_WEEKDAY})$`);
const STARTS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];

function englishWeekday(words: string, today: Day): Mention | null {
  const [, which, name = ''] = WEEKDAYS.exec(words) ?? [];
  const weekday = toWeekday(STARTS.indexOf(name.slice(0, 3)) + 1);
  if (weekday === null) return null;
  if (which === 'this' || which === 'next') {
    return { kind: 'day', day: dayInWeek(today, weekday, which === 'this' ? 0 : 1) };
  }
  return { kind: 'weekday', weekday };
}

const WHICH_WEEK: ReadonlyMap<string, number> = new Map([
  ['上上', -2],
  ['上', -1],
  ['last', -1],
  ['本', 0],
  ['这', 0],
  ['this', 0],
  ['下', 1],
  ['next', 1],
]);

function chineseWeekday(words: string, today: Day): Mention | null {
  const found = /^(上上|[上本这下])?个?(?:周|星期|礼拜)([一二三四五六日天])$/.exec(words);
  const [, which, name = ''] = found ?? [];
  const weekday = toWeekday('一二三四五六日'.indexOf(name === '天' ? '日' : name) + 1);
  if (!found || weekday === null) return null;
  if (which === undefined) return { kind: 'weekday', weekday };
  return { kind: 'day', day: dayInWeek(today, weekday, WHICH_WEEK.get(which) ?? 0) };
}

function toWeekday(number: number): WeekdayNumber | null {
  return ([1, 2, 3, 4, 5, 6, 7] as const).find((weekday) => weekday === number) ?? null;
}

/** A week that is not over yet ends today. */
function week(words: string, today: Day): Mention | null {
  const found =
    /^(last|this|next) week$/.exec(words) ?? /^(上上|[上本这下])个?(?:周|星期|礼拜)$/.exec(words);
  const offset = WHICH_WEEK.get(found?.[1] ?? '');
  if (offset === undefined) return null;
  const from = dayInWeek(today, 1, offset);
  const to = dayInWeek(today, 7, offset);
  return { kind: 'span', from, to: offset === 0 ? today : to };
}

/** A month that is not over yet ends today. */
function month(words: string, today: Day): Mention | null {
  const first = `${today.slice(0, 8)}01`;
  if (/^(?:this month|[本这]个?月)$/.test(words)) return { kind: 'span', from: first, to: today };
  if (!/^(?:last month|上个?月)$/.test(words)) return null;
  const [year, number] = [yearOf(today), monthOf(today)];
  const from = number === 1 ? dayFrom(year - 1, 12, 1) : dayFrom(year, number - 1, 1);
  return from === null ? null : { kind: 'span', from, to: addDays(first, -1) };
}

/** So many days up to today; 最近一周 and "past week" are seven of them. */
function lastDays(words: string, today: Day): Mention | null {
  const english =
    /^(?:last|past) (\w{1,6}) (day|week)s?$/.exec(words) ?? /^past ()(day|week)$/.exec(words);
  const chinese = /^(?:最近|过去|近)(?:的)?(.{1,4}?)个?(天|日|周|星期|礼拜)$/.exec(words);
  const days = daysIn(english ?? chinese);
  if (days === null || days === 0) return null;
  return { kind: 'span', from: addDays(today, 1 - days), to: today };
}

/** The days of an amount and a unit; no amount is one. */
function daysIn(found: RegExpExecArray | null): number | null {
  const [, amount, unit = ''] = found ?? [];
  if (amount === undefined) return null;
  const count = amount === '' ? 1 : numberIn(amount);
  return count === null ? null : count * (/^(?:day|天|日)$/.test(unit) ? 1 : 7);
}

function dayAt(today: Day, offset: number): Mention {
  return { kind: 'day', day: addDays(today, offset) };
}
