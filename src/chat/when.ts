import { UserError } from '../model/errors.ts';
import type { Language } from '../model/topic.ts';
import { addDays, type Day, dayOf, windowOf } from '../model/window.ts';
import { textsIn } from '../texts/texts.ts';

/**
 * The day that people mean by their words (yesterday, 昨天, 3 days ago, 3天前, 2026-01-29, 1月29日),
 * seen from `now` in the time zone. A day without a year is the last one that is not in the future.
 * Throws `UserError('usage')` in the language when the words name no day, or one still to come.
 */
export function readDay(words: string, now: Date, timeZone: string, language: Language): Day {
  const today = dayOf(now, timeZone);
  const day = namedDay(words.trim().toLowerCase(), today);
  if (day === null) throw new UserError('usage', textsIn(language).unreadableDay(words.trim()));
  if (day > today) throw new UserError('usage', textsIn(language).futureDay(day));
  return day;
}

const NAMED = new Map([
  ['today', 0],
  ['今天', 0],
  ['今日', 0],
  ['yesterday', -1],
  ['昨天', -1],
  ['昨日', -1],
  ['the day before yesterday', -2],
  ['day before yesterday', -2],
  ['前天', -2],
  ['大前天', -3],
]);

function namedDay(words: string, today: Day): Day | null {
  const offset = NAMED.get(words);
  if (offset !== undefined) return addDays(today, offset);
  const ago = /^(\d{1,4})\s*(?:days?\s+ago|天前|天以前)$/.exec(words);
  if (ago) return addDays(today, -Number(ago[1]));
  const full = /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})[日号]?$/.exec(words);
  if (full) return existing(Number(full[1]), Number(full[2]), Number(full[3]));
  const short = /^(\d{1,2})[-/月](\d{1,2})[日号]?$/.exec(words);
  if (!short) return null;
  const year = Number(today.slice(0, 4));
  const candidates = [year, year - 1, year - 2, year - 3, year - 4]
    .map((candidate) => existing(candidate, Number(short[1]), Number(short[2])))
    .filter((day) => day !== null);
  return candidates.find((day) => day <= today) ?? null;
}

function existing(year: number, month: number, day: number): Day | null {
  const pad = (value: number, size: number) => String(value).padStart(size, '0');
  const written = `${pad(year, 4)}-${pad(month, 2)}-${pad(day, 2)}`;
  try {
    return windowOf(written, written, 'UTC').from;
  } catch {
    return null;
  }
}
