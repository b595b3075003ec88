import {
  CHINESE_NUMERAL,
  CHINESE_POWER,
  ENGLISH_NUMERAL,
  readChinese,
  readChinesePower,
  readEnglish,
} from './numerals.ts';
import { currencyBefore, isMoney, type Unit, unitAt } from './units.ts';

/** A number, amount, percentage or length of time in a text. */
export type Figure = {
  /** As it stands in the text. */
  readonly text: string;
  readonly start: number;
  readonly end: number;
  /** What it may count; most figures can be read in one way only. */
  readonly values: readonly number[];
  /** `null` where nothing says what it measures. */
  readonly unit: Unit | null;
  /** Part of a name: the 5.5 of GPT-5.5, the 0.3.0 of a version. */
  readonly isOfName: boolean;
  /** By how much its power of ten and its unit multiply its digits. */
  readonly scale: number;
  /** By how much its unit alone multiplies it: 60 minutes are 60 times 1/1440 of a day. */
  readonly factor: number;
  /** The Latin word after it, in lower case; empty where there is none. */
  readonly next: string;
};

const SHARES: Readonly<Record<string, number>> = {
  half: 2,
  third: 3,
  quarter: 4,
  fourth: 4,
  fifth: 5,
  sixth: 6,
  eighth: 8,
  tenth: 10,
};

/** Words that say by how much something grew or shrank. */
const GROWTHS: readonly (readonly [pattern: string, factor: number])[] = [
  ['doubl(?:e[sd]?|ing)|twice|翻(?:了)?(?:一)?[倍番]', 2],
  ['tripl(?:e[sd]?|ing)|threefold', 3],
  ['quadrupl(?:e[sd]?|ing)|翻(?:了)?[两二]番', 4],
  ['翻(?:了)?三番', 8],
  ['halv(?:e[sd]?|ing)|减半|腰斩', 0.5],
];

const SHARE = Object.keys(SHARES).join('|');

const FIGURE = new RegExp(
  [
    `百分之(?<hundredths>\\d{1,3}(?:\\.\\d{1,4})?|${CHINESE_NUMERAL})`,
    `(?<below>${CHINESE_NUMERAL}|\\d{1,3}) ?分之 ?(?<above>${CHINESE_NUMERAL}|\\d{1,3})`,
    '(?<![\\d:])(?<hour>[01]?\\d|2[0-3]):(?<minute>[0-5]\\d)(?![\\d:])',
    `(?<digits>\\d{1,3}(?:,\\d{3}){1,6}(?:\\.\\d{1,9})?(?!\\d)|\\d{1,20}(?:\\.\\d{1,9})?)`,
    `\\b(?<some>an?|one|two|three|four|five|seven|nine)[ -](?<share>${SHARE})s?\\b(?! (?:of )?\\d{4})`,
    `\\b(?<english>${ENGLISH_NUMERAL})\\b`,
    `(?<growth>${GROWTHS.map(([pattern]) => pattern).join('|')})`,
    '(?<half>一半|半数|\\bhalf\\b(?! an?\\b))|(?<halfOf>半)(?=个?(?:小时|天|年|月|钟头|星期|季度))|\\bhalf (?<halfA>an? )(?=hour|day|week|month|year|decade)',
    '\\b(?<single>an?|per|every|each|the (?:last|past|next))(?= (?:second|minute|hour|day|week|month|quarter|year|decade|[kmgtp](?:ilo|ega|iga|era|eta)?byte|kb|mb|gb|tb|pb|mile|km)\\b)',
    '\\bper (?<each>thousand|million|billion)\\b|(?<=\\d ?/ ?)(?<ofEach>[km])(?= ?tok)',
    `(?<chinese>${CHINESE_NUMERAL})`,
  ].join('|'),
  'giu',
);

/** A word for a power of ten after digits, or its letter. */
const POWER = new RegExp(
  `\\+? ?(?:(?<chinese>${CHINESE_POWER})|-?(?<english>thousand|million|billion|trillion)s?\\b)|(?<letter>k|mm|mn|m|bn|b|tn|t)(?![a-z\\d])`,
  'iuy',
);

const LETTERS: Readonly<Record<string, number>> = {
  k: 1e3,
  m: 1e6,
  mm: 1e6,
  mn: 1e6,
  b: 1e9,
  bn: 1e9,
  t: 1e12,
  tn: 1e12,
};

/** All figures of a text in order. Dates count as numbers here; `dates.ts` knows better. */
export function figuresIn(text: string): Figure[] {
  const figures: Figure[] = [];
  FIGURE.lastIndex = 0;
  for (let match = FIGURE.exec(text); match !== null; match = FIGURE.exec(text)) {
    const figure = readFigure(text, match);
    if (figure === null) continue;
    figures.push(figure);
    FIGURE.lastIndex = Math.max(figure.end, FIGURE.lastIndex);
  }
  return sharedUnits(text, figures);
}

type Reading = {
  values: number[];
  unit?: Unit | null;
  end?: number;
  isOfName?: boolean;
  scale?: number;
  factor?: number;
};

function readFigure(text: string, match: RegExpExecArray): Figure | null {
  const start = match.index;
  const reading = readGroups(text, match, match.groups ?? {});
  if (reading === null || reading.values.some((value) => !Number.isFinite(value))) return null;
  const end = reading.end ?? start + match[0].length;
  const sign = /[$€£¥￥] ?$/.exec(text.slice(Math.max(0, start - 2), start))?.[0].length ?? 0;
  return {
    text: text.slice(start - sign, end),
    start: start - sign,
    end,
    values: reading.values,
    unit: reading.unit ?? null,
    isOfName: reading.isOfName ?? false,
    scale: reading.scale ?? 1,
    factor: reading.factor ?? 1,
    next: /^[+ -]{0,2}([a-z]{1,20})/i.exec(text.slice(end, end + 24))?.[1]?.toLowerCase() ?? '',
  };
}

function readGroups(
  text: string,
  match: RegExpExecArray,
  groups: Readonly<Record<string, string | undefined>>,
): Reading | null {
  const end = match.index + match[0].length;
  if (groups['hundredths'] !== undefined) {
    return { values: [numeral(groups['hundredths']) / 100], unit: 'ratio' };
  }
  if (groups['below'] !== undefined) {
    return { values: [numeral(groups['above'] ?? '') / numeral(groups['below'])], unit: 'ratio' };
  }
  if (groups['hour'] !== undefined)
    return readClock(Number(groups['hour']), Number(groups['minute']));
  if (groups['digits'] !== undefined) return readDigits(text, match.index, groups['digits']);
  if (groups['share'] !== undefined) return readShare(groups['some'] ?? '', groups['share']);
  if (groups['english'] !== undefined) return measured(text, end, [readEnglish(groups['english'])]);
  if (groups['growth'] !== undefined) return readGrowth(groups['growth']);
  if (groups['half'] !== undefined) return { values: [0.5], unit: 'ratio' };
  if (groups['halfOf'] !== undefined || groups['halfA'] !== undefined)
    return measured(text, end, [0.5]);
  if (groups['single'] !== undefined) return measured(text, end, [1]);
  if (groups['each'] !== undefined || groups['ofEach'] !== undefined) {
    return { values: [powerOf({ english: groups['each'], letter: groups['ofEach'] })] };
  }
  return readChineseWords(text, match.index, groups['chinese'] ?? '');
}

function numeral(digits: string): number {
  return /^\d/.test(digits) ? Number(digits.replaceAll(',', '')) : readChinese(digits);
}

function readClock(hour: number, minute: number): Reading {
  const time = hour + minute / 60;
  return { values: [time, hour < 12 ? time + 12 : time - 12] };
}

function readShare(some: string, share: string): Reading {
  const count = /^an?$/i.test(some) ? 1 : readEnglish(some);
  return { values: [count / (SHARES[share.toLowerCase()] ?? Number.NaN)], unit: 'ratio' };
}

function readGrowth(word: string): Reading {
  const growth = GROWTHS.find(([pattern]) => new RegExp(`^(?:${pattern})$`, 'iu').test(word));
  return { values: [growth?.[1] ?? Number.NaN], unit: 'times' };
}

/** Letters, with a hyphen or dot between, directly before a number make it part of a name. */
const NAME_BEFORE = /(?:[A-Za-z]|[A-Z][A-Za-z]*-|\bv\.?|\d\.|\p{L}_)$/u;

function readDigits(text: string, start: number, digits: string): Reading | null {
  const at = start + digits.length;
  const value = Number(digits.replaceAll(',', ''));
  const before = text.slice(Math.max(0, start - 16), start);
  if (NAME_BEFORE.test(before) || /^\.\d+\.?\d*/.test(text.slice(at, at + 12))) {
    const version = /^(?:\.\d{1,9}){0,4}/.exec(text.slice(at, at + 40))?.[0] ?? '';
    return { values: [value], end: at + version.length, isOfName: true };
  }
  const currency = currencyBefore(text, start);
  POWER.lastIndex = at;
  const power = POWER.exec(text);
  const factor = powerOf(power?.groups ?? {});
  const end = at + (power?.[0].length ?? 0);
  // "5m" may be minutes, and "2k" always is a power.
  const reading = measured(text, end, [value * factor], isYear(value, digits));
  const letter = power?.groups?.['letter'];
  const values = letter === 'm' ? [...reading.values, value] : reading.values;
  const unit = currency ?? reading.unit ?? null;
  return { ...reading, values, unit, scale: factor * (reading.scale ?? 1) };
}

function isYear(value: number, digits: string): boolean {
  return /^(?:19|20)\d\d$/.test(digits) && value >= 1900;
}

function powerOf(groups: Readonly<Record<string, string | undefined>>): number {
  const { chinese, english, letter } = groups;
  if (chinese !== undefined) return readChinesePower(chinese);
  if (english !== undefined) return readEnglish(english);
  return letter === undefined ? 1 : (LETTERS[letter.toLowerCase()] ?? 1);
}

/** Tenths and discounts: 八成 is 80 %, 八折 a fifth less. */
const TENTHS =
  / ?(?:(?<tenths>成(?![为功本果立长员就分交熟型]))|(?<discount>折(?![叠腾中衷射磨返])))/uy;

/** Numbers with the unit that stands after them. */
function measured(text: string, end: number, values: number[], isYearOfCalendar = false): Reading {
  TENTHS.lastIndex = end;
  const tenth = TENTHS.exec(text);
  if (tenth !== null) return inTenths(values, tenth, end);
  const unit = unitAt(text, end);
  if (unit === null) return { values, end };
  const isCalendar = isYearOfCalendar && /年|year/.test(text.slice(end, unit.end));
  if (isCalendar) return { values, end };
  return {
    values: values.map((value) => value * unit.factor),
    unit: unit.unit,
    end: unit.end,
    scale: unit.factor,
    factor: unit.factor,
  };
}

function inTenths(values: readonly number[], match: RegExpExecArray, end: number): Reading {
  const share = values.map((value) => value / (value > 10 ? 100 : 10));
  const isDiscount = match.groups?.['discount'] !== undefined;
  return {
    values: isDiscount ? share.flatMap((part) => [part, 1 - part]) : share,
    unit: 'ratio',
    end: end + match[0].length,
  };
}

/** Chinese words that look like numbers, or only say "very" and "many". */
const NO_NUMBER = /^(?:[百千万亿]|千万|一一|万一|万千|千百|百万千万)$/u;

function readChineseWords(text: string, start: number, words: string): Reading | null {
  const at = start + words.length;
  const before = text[start - 1] ?? '';
  const reading = measured(text, at, [readChinese(words)]);
  const hasUnit = reading.unit !== undefined;
  if (/[数几上成近好]/u.test(before) && /^[百千万亿]/u.test(words) && !(before === '近'))
    return null;
  if (/^[几]/u.test(text.slice(at))) return null;
  if (!hasUnit && NO_NUMBER.test(words)) return null;
  if (before === '第' || (before === '星' && words.length === 1)) return null;
  return reading;
}

/** Figures that a word for a range or a comparison joins share the unit of the last: "8 to two minutes". */
const JOINT =
  /^ ?(?:-|–|—|~|～|\/|to|至|到|或|和|对|or|and|vs\.?|versus|against|→|->|=>) ?(?:[$€£¥])?$/iu;

function sharedUnits(text: string, figures: readonly Figure[]): Figure[] {
  const shared = [...figures];
  for (let place = shared.length - 2; place >= 0; place--) {
    const [figure, next] = [shared[place], shared[place + 1]];
    if (figure === undefined || next === undefined || figure.isOfName) continue;
    const between = text.slice(figure.end, next.start);
    if (isMoney(figure.unit) && next.unit === null && !next.isOfName && RANGE.test(between)) {
      shared[place + 1] = { ...next, unit: figure.unit };
    }
    if (figure.unit !== null && !isMoney(figure.unit)) continue;
    if (!JOINT.test(between)) continue;
    const scales = figure.scale === 1 ? new Set([1, next.scale]) : [1];
    const values = [...scales].flatMap((scale) => figure.values.map((value) => value * scale));
    shared[place] = { ...figure, unit: figure.unit ?? next.unit, values };
  }
  return shared;
}

/** The sign before a range of money is that of its end as well: "$50-100". */
const RANGE = /^ ?[-–—~～] ?$/u;
