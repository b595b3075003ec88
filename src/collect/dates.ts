const ISO =
  /^(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?\s?(Z|[+-]\d\d(?::?\d\d)?)?$/i;

/**
 * The moment that an ISO 8601 date-time names, to the millisecond; without a zone it is UTC.
 * `null` for everything else: epoch numbers, dates without a time, days that no calendar has.
 */
export function parseIsoTime(text: string): Date | null {
  const match = ISO.exec(text);
  if (match === null) return null;
  const moment = utcMoment(match.slice(1, 7).map((part) => Number(part ?? 0)));
  const offset = offsetMinutes(match[8]);
  return moment === null || offset === null
    ? null
    : new Date(moment + milliseconds(match[7]) - offset * 60_000);
}

function utcMoment(fields: readonly number[]): number | null {
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = fields;
  if (month < 1 || month > 12 || hour > 23 || minute > 59 || second > 59) return null;
  const moment = new Date(0);
  moment.setUTCFullYear(year, month - 1, day);
  if (moment.getUTCDate() !== day) return null; // 30 February rolls over
  return moment.setUTCHours(hour, minute, second);
}

function milliseconds(fraction: string | undefined): number {
  return fraction === undefined ? 0 : Number(fraction.slice(0, 3).padEnd(3, '0'));
}

function offsetMinutes(zone: string | undefined): number | null {
  if (zone === undefined || zone.toUpperCase() === 'Z') return 0;
  const hours = Number(zone.slice(1, 3));
  const minutes = Number(zone.slice(3).replace(':', '') || 0);
  if (hours > 23 || minutes > 59) return null;
  return (zone.startsWith('-') ? -1 : 1) * (hours * 60 + minutes);
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const X_TIME = /^\w{3} (\w{3}) (\d\d) (\d\d:\d\d:\d\d) ([+-]\d{4}) (\d{4})$/;

/**
 * X's own date form (`Sun Feb 03 21:45:43 +0000 2019`) as ISO 8601. Any other text comes back as it
 * is, for {@link parseIsoTime} to judge.
 */
export function isoFromXTime(text: string): string {
  const [, name = '', day, clock, zone, year] = X_TIME.exec(text) ?? [];
  const month = MONTHS.indexOf(name) + 1;
  return month === 0 ? text : `${year}-${String(month).padStart(2, '0')}-${day}T${clock}${zone}`;
}
