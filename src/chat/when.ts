import { shorten, plainLine } from '../lib/text.ts';
import { UserError } from '../model/errors.ts';
import type { Language } from '../model/topic.ts';
import { addDays, type Day, dayOf, type Days } from '../model/window.ts';
import { textsIn } from '../texts/texts.ts';
import { type Range, rangeIn } from '../model/when/range.ts';
import { tidyWords } from '../model/when/tidy.ts';

/** Days that a person may ask for at once: a month. */
const MOST_DAYS = 31;
/** More than anybody needs to name two days. Characters; what is longer is not looked at. */
const LONGEST = 100;
/** How much of what could not be read is said back. Characters. */
const SAID_BACK = 60;

/**
 * The days in a row, both included, that people mean by their words (yesterday, 上周五, last week,
 * 最近三天, `2026-01-26..2026-01-29`, 1月26日到29日), seen from `now` in the time zone; one day has
 * `from === to`. A day without a year is the last one that is not in the future, a weekday the last one
 * that is over; weeks begin on Monday; this week, this month and the last three days end today. The days
 * of questions are read by the same rule, of the topic that they are about (see `readQuestion`).
 *
 * Throws `UserError('usage')` in the language for words that name no days, days still to come, a range
 * that ends before it begins, and more than 31 days.
 */
export function readWhen(words: string, now: Date, timeZone: string, language: Language): Days {
  const today = dayOf(now, timeZone);
  const texts = textsIn(language);
  const range = readRange(words, today);
  if (!range) throw new UserError('usage', texts.unreadableDays(saidBack(words)));
  const { from, to } = range;
  const future = [from, to].find((day) => day > today);
  if (future !== undefined) throw new UserError('usage', texts.futureDay(future));
  if (from > to) throw new UserError('usage', texts.reversedDays(from, to));
  if (addDays(from, MOST_DAYS) <= to) throw new UserError('usage', texts.tooManyDays(MOST_DAYS));
  return { from, to };
}

/** The days that words name, seen from a day; `null` where they name none. */
export function readRange(words: string, today: Day): Range | null {
  return words.length > LONGEST ? null : rangeIn(tidyWords(words), today);
}

/** Words that could not be read, as they are said back. */
export function saidBack(words: string): string {
  return shorten(plainLine(words.slice(0, LONGEST)), SAID_BACK);
}
