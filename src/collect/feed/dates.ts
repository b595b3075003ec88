import { parseIsoTime } from '../dates.ts';

/**
 * The moment that a date of a feed names, in any of the forms that feeds have: those of RFC 822 and
 * ISO 8601 with their usual mistakes, days alone, seconds since 1970. Without a zone it is UTC.
 * `null` for what is no date, and for the year 1 or 1970 that programs write where they have none.
 */
export function parseFeedDate(text: string): Date | null {
  const words = text.slice(0, 100).replace(/\s+/g, ' ').trim();
  const date = fromIso(words) ?? fromWords(words) ?? fromNumber(words);
  return date !== null && date.getTime() >= FIRST ? date : null;
}

/** Before it there were no feeds. */
const FIRST = Date.UTC(1995, 0, 1);

const DAY_FIRST = /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[T ]+(.*))?$/;
const CLOCK = /^(\d{1,2}):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)? ?(Z|UTC|GMT|[+-]\d\d(?::?\d\d)?)?$/i;

/** `2026-03-01T08:30:00Z`, `2026/3/1 8:30`, `2026年3月1日`. */
function fromIso(text: string): Date | null {
  const [, year, month = '', day = '', rest = '00:00'] = DAY_FIRST.exec(text) ?? [];
  const [, hour = '', minute, second = '00', fraction = '0', zone = 'Z'] = CLOCK.exec(rest) ?? [];
  if (year === undefined || minute === undefined) return null;
  const date = `${year}-${two(month)}-${two(day)}`;
  const offset = /^[a-z]+$/i.test(zone) ? 'Z' : zone;
  return parseIsoTime(`${date}T${two(hour)}:${minute}:${second}.${fraction}${offset}`);
}

function two(digits: string): string {
  return digits.padStart(2, '0');
}

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const DAY_MONTH_YEAR = /\b(\d{1,2})(?:st|nd|rd|th)?[ -]([a-z]{3,9})\.?,?[ -](\d{4}|\d\d)\b/i;
const MONTH_DAY_YEAR = /\b([a-z]{3,9})\.? (\d{1,2})(?:st|nd|rd|th)?,? (?:.{0,40} )?(\d{4})$/i;
const CLOCK_IN_WORDS = /\b(\d{1,2}):(\d\d)(?::(\d\d)(?:\.\d{1,9})?)?(?: ?([ap])\.?m\b\.?)?/i;

/** `Sun, 01 Mar 2026 08:30:00 +0100`, `1 March 26 8:30 EST`, `Mar 1, 2026`, `Sun Mar 01 08:30:00 2026`. */
function fromWords(text: string): Date | null {
  const clock = CLOCK_IN_WORDS.exec(text);
  const rest = (clock === null ? text : text.replace(clock[0], ' ')).replace(/ +/g, ' ').trim();
  const day = dayOf(rest);
  if (day === null) return null;
  const moment = parseIsoTime(`${day}T${clockOf(clock)}Z`);
  return moment && new Date(moment.getTime() - zoneOf(rest) * 60_000);
}

function dayOf(text: string): string | null {
  const [, day, name, year] = DAY_MONTH_YEAR.exec(text) ?? [];
  // A zone may stand behind the year.
  const [, first, second, last] = MONTH_DAY_YEAR.exec(text.replace(ZONE_AT_END, '')) ?? [];
  return isoDay(year, name, day) ?? isoDay(last, first, second);
}

function isoDay(year = '', month = '', day = ''): string | null {
  const index = MONTHS.indexOf(month.slice(0, 3).toLowerCase());
  if (index < 0) return null;
  return `${fullYear(year)}-${two(String(index + 1))}-${two(day)}`;
}

/** Two digits are of our century where that is not far ahead, as mail has it. */
function fullYear(year: string): string {
  if (year.length === 4) return year;
  return Number(year) < 70 ? `20${year}` : `19${year}`;
}

function clockOf(clock: RegExpExecArray | null): string {
  const [, hour = '0', minute = '00', second = '00', half] = clock ?? [];
  const isAfternoon = half?.toLowerCase() === 'p';
  const hours = half === undefined ? Number(hour) : (Number(hour) % 12) + (isAfternoon ? 12 : 0);
  return `${two(String(hours))}:${minute}:${second}`;
}

const HOURS: Readonly<Record<string, number>> = {
  BST: 1,
  CET: 1,
  CEST: 2,
  MSK: 3,
  JST: 9,
  KST: 9,
  EST: -5,
  EDT: -4,
  CST: -6,
  CDT: -5,
  MST: -7,
  MDT: -6,
  PST: -8,
  PDT: -7,
};
const ZONE_AT_END = / (?:\(?[A-Z]{1,5}\)?|(?:GMT|UTC)?[+-]\d\d:?\d\d)$/;
const OFFSET = /(?:^| |GMT|UTC)([+-])(\d\d):?(\d\d)(?: |$)/;

/** Minutes east of Greenwich; 0 where no zone is known. */
function zoneOf(text: string): number {
  const [, sign, hours, minutes] = OFFSET.exec(text) ?? [];
  if (sign !== undefined) return Number(`${sign}1`) * (Number(hours) * 60 + Number(minutes));
  const zone = text.split(/[ ()]/).find((word) => word in HOURS);
  return 60 * (HOURS[zone ?? ''] ?? 0);
}

/** Seconds or milliseconds since 1970. */
function fromNumber(text: string): Date | null {
  if (/^\d{9,10}(?:\.\d+)?$/.test(text)) return new Date(Number(text) * 1000);
  return /^\d{12,13}$/.test(text) ? new Date(Number(text)) : null;
}
