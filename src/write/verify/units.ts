/**
 * What a figure measures. Lengths of time are told in days or months, amounts of data in bytes,
 * percentages and fractions as a ratio, money in its currency.
 */
export type Unit =
  | 'ratio'
  | 'points'
  | 'times'
  | 'day'
  | 'month'
  | 'byte'
  | 'mile'
  | 'kilometre'
  | 'USD'
  | 'EUR'
  | 'GBP'
  | 'CNY'
  | 'JPY';

type Measure = readonly [pattern: string, unit: Unit, factor: number];

/** Longer patterns stand before those that they begin with. */
const MEASURES: readonly Measure[] = [
  ['percentage[ -]points?|个?百分点|ppts?\\b|pp\\b|pts?\\b|points?\\b|个点', 'points', 0.01],
  ['[%％]|per ?cent\\b|pct\\b', 'ratio', 0.01],
  ['x(?![a-z])|×|times\\b|-?fold\\b|倍', 'times', 1],
  ['(?:US |U\\.S\\. )?dollars?\\b|bucks?\\b|usd\\b|美元|美金|刀(?![片])', 'USD', 1],
  ['euros?\\b|eur\\b|欧元', 'EUR', 1],
  ['pounds?\\b|gbp\\b|英镑', 'GBP', 1],
  ['yen\\b|jpy\\b|日元', 'JPY', 1],
  ['元|块钱|人民币|yuan\\b|rmb\\b|cny\\b', 'CNY', 1],
  ['milliseconds?\\b|ms\\b|毫秒', 'day', 1 / 86_400_000],
  ['seconds?\\b|secs?\\b|s\\b|秒', 'day', 1 / 86_400],
  ['minutes?\\b|mins?\\b|分钟', 'day', 1 / 1440],
  ['hours?\\b|hrs?\\b|h\\b|个?小时|个?钟头', 'day', 1 / 24],
  ['(?:business |working )?days?\\b|天|个?工作日', 'day', 1],
  ['weeks?\\b|wks?\\b|周(?![年岁])|个?星期|个?礼拜', 'day', 7],
  ['months?\\b|个多?月', 'month', 1],
  ['quarters?\\b|个?季度', 'month', 3],
  ['years?\\b|yrs?\\b|周年|年|岁', 'month', 12],
  ['decades?\\b', 'month', 120],
  ['kilobytes?\\b|kb\\b', 'byte', 1e3],
  ['megabytes?\\b|mb\\b', 'byte', 1e6],
  ['gigabytes?\\b|gb\\b', 'byte', 1e9],
  ['terabytes?\\b|tb\\b', 'byte', 1e12],
  ['petabytes?\\b|pb\\b', 'byte', 1e15],
  ['(?:square |sq\\.? )?miles?\\b|平方英里|英里', 'mile', 1],
  ['kilomet(?:re|er)s?\\b|km\\b|公里|千米', 'kilometre', 1],
];

/** A unit after a number: a space, a hyphen or 多/余/+ may stand between. */
const UNIT = new RegExp(
  `(?:[+多余来]|-plus| plus)?[ -]?(?:${MEASURES.map(([pattern]) => `(${pattern})`).join('|')})`,
  'iuy',
);

/** What stands at a place of a text as a unit, where it ends, and by how much it multiplies. */
export function unitAt(
  text: string,
  at: number,
): { unit: Unit; factor: number; end: number } | null {
  UNIT.lastIndex = at;
  const match = UNIT.exec(text);
  const measure = MEASURES[match?.slice(1).findIndex((group) => group !== undefined) ?? -1];
  if (match === null || measure === undefined) return null;
  return { unit: measure[1], factor: measure[2], end: at + match[0].length };
}

const CURRENCIES: Readonly<Record<string, Unit>> = {
  $: 'USD',
  '€': 'EUR',
  '£': 'GBP',
  '¥': 'CNY',
  '￥': 'CNY',
};

/** The currency whose sign stands directly before a place of a text. */
export function currencyBefore(text: string, at: number): Unit | null {
  return CURRENCIES[/[$€£¥￥](?= ?$)/.exec(text.slice(Math.max(0, at - 2), at))?.[0] ?? ''] ?? null;
}

/** Whether a unit is money. */
export function isMoney(unit: Unit | null): boolean {
  return unit !== null && /^[A-Z]{3}$/.test(unit);
}
