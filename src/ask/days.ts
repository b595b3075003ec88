import { rangeIn } from '../model/when/range.ts';
import { tidyWords } from '../model/when/tidy.ts';
import { addDays, type Day } from '../model/window.ts';

/** Days that a question names, and the question without them. */
export type Dated = {
  readonly days: { readonly from: Day; readonly to: Day } | null;
  readonly rest: string;
};

/**
 * The days that stand inside of a question (yesterday, last thursday, on the 16th, 4月20号, 上周), as
 * seen from `today`. Days still to come are none: nothing was written on them.
 */
export function daysIn(question: string, today: Day): Dated {
  const found = longestMention(question, today) ?? looseMention(question, today);
  if (found === null || found.from > today) return { days: null, rest: question };
  const rest = `${question.slice(0, found.start)} ${question.slice(found.end)}`;
  const to = found.to > today ? today : found.to;
  return { days: { from: found.from, to }, rest };
}

type Found = {
  readonly from: Day;
  readonly to: Day;
  readonly start: number;
  readonly end: number;
};

/** Words of which days are told in English, and runs of characters of which they are in Chinese. */
const PIECE =
  /[\p{Script=Han}]|\d{1,4}(?:[-/.]\d{1,2}){1,2}|\d+(?:st|nd|rd|th)?(?![\p{L}\p{N}])|\d+|\p{Script=Latin}+\.?/gu;
const OF_DAYS =
  /^(?:[〇零一二三四五六七八九十两今去昨前明后上下本这最近过去以之个年月日号天周星期礼拜到至週禮號過這個兩從後]|\d.*|(?:to|until|till|through|of|the|last|past|this|ago|day|before|today|yesterday|an?|one|two|three|four|five|six|seven|eight|nine|ten|days?|weeks?|months?|on|since|from|(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?|(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?))$/iu;
/** A question may be long; so many words in a row say which days are meant. */
const MOST_PIECES = 12;
/** Whoever names more days means none of them. Pieces. */
const MOST_READ = 100;

/** The longest piece of the question that says of itself which days it means. */
function longestMention(question: string, today: Day): Found | null {
  let best: Found | null = null;
  for (const run of runsOfDays(question)) {
    for (const [first, { start }] of run.entries()) {
      for (const last of run.slice(first, first + MOST_PIECES).toReversed()) {
        if (best !== null && last.end - start <= best.end - best.start) break;
        const words = question.slice(start, last.end);
        const range = isClear(words, question.slice(0, start))
          ? rangeIn(tidied(words), today)
          : null;
        if (range !== null && range.from <= range.to) best = { ...range, start, end: last.end };
      }
    }
  }
  return best;
}

/** What stands together of pieces that days are told with. */
function runsOfDays(question: string): { start: number; end: number }[][] {
  const runs: { start: number; end: number }[][] = [];
  let end = -1;
  let read = 0;
  for (const match of question.matchAll(PIECE)) {
    if (!OF_DAYS.test(match[0])) continue;
    if (++read > MOST_READ) break;
    const piece = { start: match.index, end: match.index + match[0].length };
    const between = question.slice(Math.max(0, end), piece.start);
    if (end >= 0 && /^[\s,–—~-]*$/u.test(between)) runs.at(-1)?.push(piece);
    else runs.push([piece]);
    end = piece.end;
  }
  return runs;
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
  if (/^(?:the )?(?:mon|tues?|wed|thu(?:rs?)?|fri|sat|sun)$/i.test(words)) {
    return /\b(?:on|last|this|since|from)\s+$/i.test(before);
  }
  if (/^(?:the )?\d{1,2}(?:st|nd|rd|th)$/i.test(words)) {
    return /\b(?:on|since|from|until|by|before|after)\s+(?:the\s+)?$/i.test(before);
  }
  return !/^\d{1,2}[-.]\d{1,2}$/.test(words);
}

/** Words for parts of days and weeks. */
const LOOSE: readonly (readonly [RegExp, (today: Day) => Omit<Found, 'start' | 'end'>])[] = [
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

function only(day: Day): { from: Day; to: Day } {
  return { from: day, to: day };
}

function weekendBefore(today: Day): { from: Day; to: Day } {
  const weekday = new Date(`${today}T00:00:00Z`).getUTCDay(); // 0: Sunday
  const saturday = addDays(today, -((weekday + 1) % 7));
  return { from: saturday, to: addDays(saturday, 1) };
}
