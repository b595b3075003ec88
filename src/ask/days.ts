import { dayInWeek } from '../model/when/mention.ts';
import { numberIn } from '../model/when/numbers.ts';
import { lastWeekday, type Range, rangeIn } from '../model/when/range.ts';
import { tidyWords } from '../model/when/tidy.ts';
import { addDays, type Day, type Days } from '../model/window.ts';

/** Days that a question names, and the question without them. */
export type Dated = { readonly days: Days | null; readonly rest: string };

/**
 * The days that stand inside of a question (yesterday, last thursday, on the 16th, 4月20号, 上周), as
 * seen from `today`. Days still to come are none: nothing was written on them.
 */
export function daysIn(question: string, today: Day): Dated {
  const mention =
    longestMention(question, today) ?? monthIn(question, today) ?? looseMention(question, today);
  const isOfOurTime = mention !== null && mention.from > '1000' && mention.to < '9000';
  const found = isOfOurTime ? withStep(mention, question) : null;
  if (found === null || found.from > today) return { days: null, rest: question };
  const to = found.to > today ? today : found.to;
  return { days: { from: found.from, to }, rest: withoutFound(question, found) };
}

type Place = { readonly start: number; readonly end: number };
type Found = Range & Place;

function withoutFound(question: string, { start, end }: Place): string {
  return `${question.slice(0, start)} ${question.slice(end)}`;
}

/** Words of which days are told in English, and runs of characters of which they are in Chinese. */
const PIECE =
  /[\p{Script=Han}]|\d{1,4}(?:[-/.]\d{1,2}){1,2}|\d+(?:st|nd|rd|th)?(?![\p{L}\p{N}])|\d+|\p{Script=Latin}+\.?/gu;
const OF_DAYS =
  /^(?:[〇零一二三四五六七八九十两今去昨前明后上下本这最近过去以之个年月日号天周星期礼拜到至和与及週禮號過這個兩從後與]|\d.*|(?:to|until|till|through|and|between|of|the|last|past|this|ago|day|before|today|yesterday|an?|one|two|three|four|five|six|seven|eight|nine|ten|days?|weeks?|months?|on|since|from|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?|(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\.?))$/iu;
/** What may stand between such pieces. */
const GAP = /^[\s,，、()（）–—~-]{0,4}$/u;
/** No longer piece says anything of days. Characters. */
const LONGEST_PIECE = 20;
/** A question may be long; so many words in a row say which days are meant. */
const MOST_PIECES = 12;
/** Whoever names more days means none of them. Pieces, and runs of them that are tried. */
const MOST_READ = 100;
const MOST_TRIED = 300;

/** The longest piece of the question that says of itself which days it means. */
function longestMention(question: string, today: Day): Found | null {
  let best: Found | null = null;
  let tried = 0;
  for (const { start, end } of stretchesOfDays(question)) {
    if (best !== null && end - start <= best.end - best.start) continue;
    if (++tried > MOST_TRIED) break;
    const words = question.slice(start, end);
    if (!isClear(words, question.slice(Math.max(0, start - LONGEST_PIECE), start))) continue;
    const range = readDays(words, today);
    if (range !== null && range.from <= range.to) best = { ...range, start, end };
  }
  return best;
}

/** Whatever may be one mention: some pieces of a run from each of them on, the longest first. */
function* stretchesOfDays(question: string): Generator<Place> {
  for (const run of runsOfDays(question)) {
    for (const [first, { start }] of run.entries()) {
      for (const { end } of run.slice(first, first + MOST_PIECES).toReversed())
        yield { start, end };
    }
  }
}

/** What stands together of pieces that days are told with. */
function runsOfDays(question: string): Place[][] {
  const runs: Place[][] = [];
  let end = -1;
  let read = 0;
  for (const match of question.matchAll(PIECE)) {
    if (match[0].length > LONGEST_PIECE || !OF_DAYS.test(match[0])) continue;
    if (++read > MOST_READ) break;
    const piece = { start: match.index, end: match.index + match[0].length };
    const between = question.slice(Math.max(0, end), piece.start);
    if (end >= 0 && GAP.test(between)) runs.at(-1)?.push(piece);
    else runs.push([piece]);
    end = piece.end;
  }
  return runs;
}

/** Days that are named together, in whatever order; a number before "and" may count anything. */
const TOGETHER = /\s+and\s+|\s*[和与及與、]\s*/iu;
const MAY_COUNT = /^\d+\s*(?:and|[和与及與、])\s*\D/iu;

/** The days that words name, those between two that are named together included. */
function readDays(words: string, today: Day): Range | null {
  const named = words.replace(/^between\s+/i, '');
  if (!TOGETHER.test(named)) return rangeIn(tidied(words), today);
  if (MAY_COUNT.test(named)) return null;
  const range = rangeIn(tidied(named.replace(TOGETHER, ' to ')), today);
  if (range === null || range.from <= range.to) return range;
  return { from: range.to, to: range.from };
}

function tidied(words: string): string {
  return tidyWords(words.replace(/^(?:since|from|on)\s+/i, ''));
}

/**
 * Inside of a sentence some words mean a day only where it is clear: "sat" is a verb, the 1st is often a
 * place, 24/7 no date.
 */
function isClear(words: string, before: string): boolean {
  if (/[年月]\s*$/u.test(before)) return false; // the rest of a day that there is not: 2月30日
  if (/^(?:the )?(?:mon|tues?|wed|thu(?:rs?)?|fri|sat|sun)\.?$/i.test(words)) {
    return /\b(?:on|last|this|since|from)\s+$/i.test(before);
  }
  if (/^(?:the )?\d{1,2}(?:st|nd|rd|th)$/i.test(words)) {
    return /\b(?:on|since|from|until|by|before|after)\s+(?:the\s+)?$/i.test(before);
  }
  return !/^\d{1,2}[-.]\d{1,2}$/.test(words);
}

/** How far it is from days that are named, and in what: forward where `count` is positive. */
type Step = { readonly count: number; readonly unit: 'day' | 'week' };

/** "the day before [friday]", "two days after [april 16]" */
const STEP_BEFORE =
  /\b(?<count>the|an?|one|two|three|four|five|six|seven|\d{1,2}) (?<unit>day|week)s? (?<way>before|after)\s+(?:the\s+)?$/iu;
/** [4月16日]的前一天 */
const STEP_AFTER = /^\s*的?(?:(?<back>之?前一天|前一日)|之?后一天|後一天|后一日|第二天|次日|翌日)/u;

/** What is meant where a question names days only to say how far it is from them. */
function withStep(found: Found, question: string): Found {
  const before = STEP_BEFORE.exec(question.slice(Math.max(0, found.start - 40), found.start));
  if (before?.groups) {
    const { count = '', unit, way } = before.groups;
    const times = numberIn(count === 'the' ? 'a' : count.toLowerCase()) ?? 1;
    const days = times * (unit?.toLowerCase() === 'week' ? 7 : 1);
    const day =
      way?.toLowerCase() === 'before' ? addDays(found.from, -days) : addDays(found.to, days);
    return { from: day, to: day, start: found.start - before[0].length, end: found.end };
  }
  const after = STEP_AFTER.exec(question.slice(found.end, found.end + 10));
  if (after === null) return found;
  const moved = stepFrom(found, {
    count: after.groups?.['back'] === undefined ? 1 : -1,
    unit: 'day',
  });
  return { ...moved, start: found.start, end: found.end + after[0].length };
}

/** How people say how far it is from days that they spoke of before. */
const STEPS: readonly RegExp[] = [
  /\b(?:the|that|one|an?|two|three|\d{1,2})\s+(?<unit>day|week)s?\s+(?:(?<back>before|earlier|prior)|after|later)(?=\s*(?:[?.!,;]|$)|\s+(?:too|as well|then|on|about|for|from|by|did|was|were)\b)/iu,
  /\b(?:the|that)\s+(?:(?<back>previous|preceding)|next|following)\s+(?<unit>day|week)\b/iu,
  /(?:(?<back>[前上头]一[天日]|前一周)|[后後下隔]一天|后一周|第二天|次日|翌日|隔天)/u,
];

/** The step that a question takes from days that were spoken of before, and the question without it. */
export function stepIn(question: string): { readonly step: Step; readonly rest: string } | null {
  for (const pattern of STEPS) {
    const match = pattern.exec(question);
    if (match === null) continue;
    const { 0: said, groups, index } = match;
    const unit = /week|周/iu.test(said) ? 'week' : 'day';
    const times = numberIn(/^\S+/u.exec(said)?.[0].toLowerCase() ?? '') ?? 1;
    const count = groups?.['back'] === undefined ? times : -times;
    const rest = withoutFound(question, { start: index, end: index + said.length });
    return { step: { count, unit }, rest };
  }
  return null;
}

/** The day, or the week from Monday to Sunday, that is so far from others. */
export function stepFrom({ from, to }: Range, { count, unit }: Step): Range {
  const edge = count < 0 ? from : to;
  if (unit === 'week') return { from: dayInWeek(edge, 1, count), to: dayInWeek(edge, 7, count) };
  const day = addDays(edge, count);
  return { from: day, to: day };
}

const MONTHS = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ');
const MONTH = `(?<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)`;
/** A month by its name may be a verb (may, march): it stands behind such a word, or before a year. */
const MONTHS_NAMED: readonly RegExp[] = [
  new RegExp(
    `\\b(?:in|during|throughout|over|(?<on>since))\\s+${MONTH}\\b\\.?(?:,?\\s+(?<year>20\\d\\d)\\b)?`,
    'iu',
  ),
  new RegExp(`\\b${MONTH}\\.?,?\\s+(?<year>20\\d\\d)\\b`, 'iu'),
  /(?<![\d个個])(?:(?<year>20\d\d)\s*年\s*)?(?<number>1[0-2]|0?[1-9])\s*月份?(?!\s*[\d初底中])(?<on>以来|至今)?/u,
];

/** A month as a whole: the last of its name that has begun, where no year stands beside it. */
function monthIn(question: string, today: Day): Found | null {
  for (const pattern of MONTHS_NAMED) {
    const match = pattern.exec(question);
    if (match?.groups === undefined) continue;
    const { month, number, year, on } = match.groups;
    const named =
      month === undefined ? Number(number) : MONTHS.indexOf(month.slice(0, 3).toLowerCase()) + 1;
    const thisYear = Number(today.slice(0, 4));
    const lastYear = named > Number(today.slice(5, 7)) ? thisYear - 1 : thisYear;
    const from = `${year ?? lastYear}-${String(named).padStart(2, '0')}-01`;
    const to = on === undefined ? addDays(`${addDays(from, 31).slice(0, 7)}-01`, -1) : today;
    return { from, to, start: match.index, end: match.index + match[0].length };
  }
  return null;
}

/** Words for parts of days and weeks. */
const LOOSE: readonly (readonly [RegExp, (today: Day) => Range])[] = [
  [
    /\b(?:this (?:morning|afternoon|evening)|tonight)\b|今早|今晚|今晨|今儿/iu,
    (today) => only(today),
  ],
  [/\b(?:last night|yest)\b|昨晚|昨夜|昨儿/iu, (today) => only(addDays(today, -1))],
  [/\b(?:(?:this|last|past|over the) weekend)\b|周末|週末/iu, weekendBefore],
  [
    /\b(?:past|last) (?:few|couple(?: of)?) days\b|这几天|这两天|前几天|前两天/iu,
    (today) => ({ from: addDays(today, -3), to: today }),
  ],
];

function looseMention(question: string, today: Day): Found | null {
  for (const [pattern, read] of LOOSE) {
    const match = pattern.exec(question);
    if (match === null) continue;
    return { ...read(today), start: match.index, end: match.index + match[0].length };
  }
  return null;
}

function only(day: Day): Range {
  return { from: day, to: day };
}

function weekendBefore(today: Day): Range {
  const saturday = lastWeekday(6, today);
  return { from: saturday, to: addDays(saturday, 1) };
}
