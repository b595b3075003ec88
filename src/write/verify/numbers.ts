import type { Post } from '../../model/post.ts';
import type { Problem } from '../../model/verdict.ts';
import { datesIn, type NamedDate } from './dates.ts';
import { type Figure, figuresIn } from './figures.ts';
import type { Ground, Source } from './ground.ts';
import { isMoney, type Unit } from './units.ts';

/** The numbers, amounts, percentages and dates of a line that its grounds do not have. */
export function strayNumbers(words: string, ground: Ground): Problem[] {
  const dates = datesIn(words);
  const strayDates = dates.filter((date) => !date.isDoubtful && !hasDate(ground, date));
  const strayFigures = figuresIn(words)
    .slice(0, MOST)
    .filter(
      (figure) =>
        !isSmall(figure) && !isOfDate(figure, dates, ground) && !hasFigure(words, figure, ground),
    );
  return [...strayDates, ...strayFigures]
    .toSorted((a, b) => a.start - b.start)
    .map(({ text }) => ({ kind: 'number', what: text.trim() }));
}

/** No line has more figures than these; more are somebody's trick to keep the checks busy. */
const MOST = 60;

function hasDate({ days, months }: Ground, { month, day }: NamedDate): boolean {
  return day === null ? months.has(month) : days.has(`${month}-${day}`);
}

/** Counts up to here are often the writer's own ("three reasons"), and never alarm. */
const SMALL = 10;

function isSmall({ values, unit, isOfName, factor }: Figure): boolean {
  if (isOfName) return true;
  if (unit === 'day' || unit === 'month') return values.some((value) => isClose(value / factor, 1));
  return unit === null && values.some((value) => Number.isInteger(value) && value <= SMALL);
}

/** The figures of a line that tell an amount: no small counts, and no numbers of versions. */
export function amountsIn(words: string): Figure[] {
  return figuresIn(words)
    .slice(0, MOST)
    .filter((figure) => {
      const isVersion =
        figure.unit === null &&
        VERSIONED.test(words.slice(Math.max(0, figure.start - 33), figure.start));
      return !isSmall(figure) && !isVersion;
    });
}

/** A capitalised word before a plain number makes it a version: Opus 4.7. */
const VERSIONED = /(?<![\p{L}])\p{Lu}[\p{L}\d]{1,30} $/u;

/** Whether a figure belongs to a date: one that was judged as such, or a doubtful one that is right. */
function isOfDate(figure: Figure, dates: readonly NamedDate[], ground: Ground): boolean {
  return dates.some(
    (date) =>
      figure.start < date.end &&
      figure.end > date.start &&
      (!date.isDoubtful || hasDate(ground, date)),
  );
}

/** Whether the grounds have a figure, in whatever notation, or two of which it is the difference. */
export function hasFigure(words: string, figure: Figure, ground: Ground): boolean {
  const isRough = ROUGHLY.test(words.slice(Math.max(0, figure.start - 16), figure.start));
  if (figure.unit === null && figure.values.some((value) => ground.years.has(value))) return true;
  return (
    isDay(words, figure, ground) ||
    ground.ofAuthors.some((other) => isSame(figure, other, isRough)) ||
    ground.sources.some(
      (source) =>
        source.figures.some((other) => isSame(figure, other, isRough)) ||
        isDerived(figure, source) ||
        (source.post !== null && isCountUnder(words, figure, source.post)),
    )
  );
}

/** "30 日" without its month. */
function isDay(words: string, { end, unit, values }: Figure, { days }: Ground): boolean {
  if (unit !== null || !/^ ?[日号]/u.test(words.slice(end))) return false;
  return [...days].some((day) => values.includes(Number(day.split('-')[1])));
}

/** Words before a figure that say that it is rounded. */
const ROUGHLY =
  /(?:[近约逾超过达]|大约|将近|接近|不到|至少|最多|多达|\b(?:about|around|almost|nearly|roughly|over|under|than|above|least|most|approximately|some|to))[ ~]{0,2}$|~$/iu;

/** Whether two figures say the same, each in its own notation. */
export function isSame(figure: Figure, other: Figure, isRough = false): boolean {
  return pairsOf(figure, other).some(
    ([value, ground, tolerance]) =>
      isClose(value, ground, tolerance) || isRounded(value, ground, isRough),
  );
}

type Pair = readonly [value: number, ground: number, tolerance?: number | undefined];

/** Values of two figures that can be compared; none where their units exclude each other. */
function pairsOf(a: Figure, b: Figure): Pair[] {
  const pair = (
    forA: (value: number) => number,
    forB: (value: number) => number,
    tolerance?: number,
  ) => a.values.flatMap((x) => b.values.map((y) => [forA(x), forB(y), tolerance] as const));
  const same = (value: number) => value;
  if (a.unit === b.unit) return pair(same, same);
  if (isTime(a.unit) && isTime(b.unit)) return pair(inDays(a.unit), inDays(b.unit), 0.02);
  if (areOf(a, b, ['ratio', 'times'])) return pair(same, same);
  if (areOf(a, b, ['ratio', null])) return pair(same, same).filter(([value]) => value < 1);
  if (a.unit === null && b.unit !== 'points') return pair(same, (value) => value / b.factor);
  if (b.unit !== null || a.unit === 'points') return [];
  if (isMoney(a.unit)) return mayBeMoney(b) ? pair(same, same) : [];
  return pair((value) => value / a.factor, same);
}

/** Posts leave the sign out: "raised 30M at 300M", "10M ARR". */
function mayBeMoney({ scale, next }: Figure): boolean {
  return (
    scale >= 1000 &&
    /^(?:|[am]rr|in|at|a|and|or|to|from|for|by|of|on|per|round|seed|series|raise|valuation|revenue|funding|profit|deal|cap|exit|check|fund|budget|prize)$/.test(
      next,
    )
  );
}

function areOf(a: Figure, b: Figure, units: readonly (Unit | null)[]): boolean {
  return units.includes(a.unit) && units.includes(b.unit);
}

function isTime(unit: Unit | null): boolean {
  return unit === 'day' || unit === 'month';
}

/** Days in a month on average. */
const MONTH = 30.4375;

function inDays(unit: Unit | null): (value: number) => number {
  return (value) => (unit === 'month' ? value * MONTH : value);
}

function isClose(a: number, b: number, tolerance = 1e-6): boolean {
  return Math.abs(a - b) <= tolerance * Math.max(Math.abs(a), Math.abs(b));
}

/** Whether a value is another one, rounded to two places or more; to one where it says "about". */
function isRounded(value: number, exact: number, isRough: boolean): boolean {
  const places = placesOf(value);
  if (places >= placesOf(exact) || (places < 2 && !isRough)) return false;
  const step = 10 ** (Math.floor(Math.log10(Math.abs(exact))) - places + 1);
  const off = Math.abs(value - exact);
  return off <= step * (isRough ? 0.999 : 0.501) && off <= OFF * Math.abs(exact);
}

/** No rounding goes further from what it rounds. */
const OFF = 0.1;

/** How many digits of a number are not zeros at its ends. */
function placesOf(value: number): number {
  return value
    .toPrecision(9)
    .replace(/e.*$/, '')
    .replace('.', '')
    .replace(/^-?0*|0+$/g, '').length;
}

/** Two figures of one text stand near when so few characters are between them. */
const NEAR = 80;

/** Whether a figure is the difference, sum or ratio of two that stand near each other in one text. */
function isDerived(figure: Figure, { figures, text }: Source): boolean {
  const plain = figures.filter(({ isOfName }) => !isOfName);
  return plain.some((first, place) => {
    const second = plain[place + 1];
    if (second === undefined || second.start - first.end > NEAR) return false;
    if (text.slice(first.end, second.start).includes('\n')) return false;
    return derivedOf(first, second).some(
      ([unit, value]) =>
        unit === figure.unit &&
        figure.values.some((own) => isClose(own, value, isShare(unit) ? 0.005 : undefined)),
    );
  });
}

function isShare(unit: Unit | null): boolean {
  return unit === 'ratio' || unit === 'times';
}

/** Neither a year nor a small count: those are not added up. */
function isAmount({ values }: Figure): boolean {
  return values.every((value) => value > SMALL && !(value >= 1900 && value < 2100));
}

function derivedOf(a: Figure, b: Figure): (readonly [Unit | null, number])[] {
  if (a.unit !== b.unit || (a.unit === null && ![a, b].every(isAmount))) return [];
  return a.values.flatMap((x) =>
    b.values.flatMap((y) => {
      const [low, high] = [Math.min(x, y), Math.max(x, y)];
      const shares = [low / high, 1 - low / high, high / low - 1] as const;
      return [
        ...shares.map((share) => ['ratio', share] as const),
        ['times', high / low],
        ['times', low / high],
        [a.unit === 'ratio' ? 'points' : a.unit, high - low],
        [a.unit, low + high],
      ] as const;
    }),
  );
}

/** What may be counted under a post, in the words around a figure. */
const COUNTED =
  /赞|喜欢|转发|转推|回复|评论|引用|浏览|查看|阅读|播放|\b(?:likes?|liked|reposts?|retweets?|repl(?:y|ies)|quotes?|views?|comments?|shares?)\b/iu;

/** Whether a figure is how often a post was liked, shared, answered or seen, perhaps rounded. */
function isCountUnder(words: string, figure: Figure, post: Post): boolean {
  const around = words.slice(Math.max(0, figure.start - 16), figure.end + 20);
  if (!COUNTED.test(around)) return false;
  const { likes, reposts, replies, quotes, views } = post;
  return [likes, reposts, replies, quotes, views].some(
    (count) =>
      count !== null &&
      figure.values.some((value) => isClose(value, count) || isRounded(value, count, true)),
  );
}
