import { Temporal } from 'temporal-polyfill';

import { addDays, type Day, dayOf, type Days, type Window, windowOf } from '../model/window.ts';

/** The days of the week, Monday first. */
export const WEEKDAYS = [
  'monday',
  'tuesday',
  'wednesday',
  'thursday',
  'friday',
  'saturday',
  'sunday',
] as const;
export type Weekday = (typeof WEEKDAYS)[number];

/** When a topic's digest is made and posted. */
export type Plan = {
  /** @default every day */
  readonly days?: readonly Weekday[];
  /** Local time of the posting, `HH:MM`. */
  readonly postAt: string;
  /** IANA time zone: "Asia/Shanghai". */
  readonly timeZone: string;
  /** How long before the posting the digest is begun. @default 20 */
  readonly leadMinutes?: number;
  /** How long after the posting instant a digest is still worth it. @default 720 */
  readonly graceMinutes?: number;
  /** What a digest tells of: the time since the posting of the day before, or the whole day before. */
  readonly window: 'last_24h' | 'calendar_day';
};

/** What became of the digest of a posting day. Whoever makes one says so before others ask. */
export type Done = (day: Day) => 'nothing' | 'made' | 'sent';

/** Something that has to be done now. */
export type Work = {
  readonly kind: 'generate' | 'post';
  /** The posting day, which names the digest. */
  readonly day: Day;
  /** When it became due: the beginning of the work, or the posting instant. */
  readonly at: Date;
  /** The posting instant is over by more than a minute. */
  readonly late: boolean;
};

const LEAD_MINUTES = 20;
const GRACE_MINUTES = 720;
const MINUTE = 60_000;
/** Days more that are looked at: a posting in a gap at midnight falls on the day after its own. */
const MARGIN = 1;
/** How far ahead is looked for a day that is not done: a clock may have jumped back by months. Days. */
const FAR = 370;

/**
 * The instant of the posting on a local day. A time that the day does not have, because the clocks go
 * forward, is the first instant after the gap; one that it has twice is the first of the two.
 */
export function postingAt({ postAt, timeZone }: Plan, day: Day): Date {
  const local = Temporal.PlainDate.from(day).toPlainDateTime(Temporal.PlainTime.from(postAt));
  const instant = local.toZonedDateTime(timeZone, { disambiguation: 'earlier' });
  // "earlier" moves a time inside a gap to before it: the next change of the clocks is that gap.
  const inGap = !instant.toPlainDateTime().equals(local);
  const posting = (inGap && instant.getTimeZoneTransition('next')) || instant;
  return new Date(posting.epochMilliseconds);
}

/**
 * What the digest of a posting day tells of. The windows of days in a row join: the end of one is the
 * start of the next, also where the clocks change or a day is left out (Samoa, 30 December 2011).
 *
 * `calendar_day` is the local day before the posting day, and named by it; `last_24h` is the time from
 * when the digest of the day before was to be begun to when this one is, named by the posting day: what
 * is posted between beginning and posting is for the next.
 */
export function windowFor(plan: Plan, day: Day): Window {
  const { timeZone } = plan;
  const before = dayBefore(day, timeZone);
  if (plan.window === 'calendar_day') return windowOf(before, before, timeZone);
  const [start, end] = [leadBefore(plan, before), leadBefore(plan, day)];
  return { from: day, to: day, timeZone, start, end };
}

/**
 * The window of a digest that is named by days: that of the posting day, where a topic's plan names its
 * digests so; else the days from midnight to midnight.
 */
export function windowNamed(plan: Plan | undefined, { from, to }: Days, timeZone: string): Window {
  const isPosting = plan?.window === 'last_24h' && from === to;
  return isPosting ? windowFor(plan, from) : windowOf(from, to, timeZone);
}

/**
 * When the digest of a posting day is begun: the lead before its posting, but no sooner than the
 * calendar day is over that it tells of.
 */
export function generationAt(plan: Plan, day: Day): Date {
  const begin = leadBefore(plan, day);
  if (plan.window === 'last_24h') return begin;
  const { end } = windowFor(plan, day);
  return begin < end ? end : begin;
}

function leadBefore(plan: Plan, day: Day): Date {
  const lead = (plan.leadMinutes ?? LEAD_MINUTES) * MINUTE;
  return new Date(postingAt(plan, day).getTime() - lead);
}

/**
 * What is due at `now`, the oldest day first: the making of digests whose time has come, the posting of
 * those that are made. A day is due by its name alone: one that was sent is not due again when the
 * clock jumps back or the plan changes; one whose grace is over never is (see {@link missedDays}).
 */
export function dueWork(plan: Plan, now: Date, done: Done): Work[] {
  const from = addDays(dayOf(graceBegan(plan, now), plan.timeZone), -MARGIN);
  const to = addDays(dayOf(leadEnds(plan, now), plan.timeZone), MARGIN);
  return [...postingDays(plan, from, to)]
    .filter((day) => !isMissed(plan, day, now))
    .map((day) => workOn(plan, day, now, done))
    .filter((work) => work !== null);
}

/** The days from `since` on whose grace was over before they were sent, the oldest first. */
export function missedDays(plan: Plan, since: Day, now: Date, done: Done): Day[] {
  const to = addDays(dayOf(graceBegan(plan, now), plan.timeZone), MARGIN);
  return [...postingDays(plan, since, to)].filter(
    (day) => isMissed(plan, day, now) && done(day) !== 'sent',
  );
}

/**
 * The next instant after `now` at which something becomes due, by what is done so far: how long one may
 * sleep after {@link dueWork}. `null` where a year has none.
 */
export function nextWork(plan: Plan, now: Date, done: Done): Date | null {
  const from = addDays(dayOf(now, plan.timeZone), -MARGIN);
  const to = addDays(dayOf(leadEnds(plan, now), plan.timeZone), FAR);
  let next: Date | null = null;
  for (const day of postingDays(plan, from, to)) {
    // Days are begun in order: neither this one nor those behind it can come sooner.
    if (next && generationAt(plan, day) >= next) return next;
    next = earlier(next, nextOn(plan, day, now, done));
  }
  return next;
}

/** A day's next instant; the posting counts before the digest is made, which may be by then. */
function nextOn(plan: Plan, day: Day, now: Date, done: Done): Date | null {
  const state = done(day);
  if (state === 'sent') return null;
  const begin = generationAt(plan, day);
  if (state === 'nothing' && begin > now) return begin;
  const posting = postingAt(plan, day);
  return posting > now ? posting : null;
}

function earlier(first: Date | null, second: Date | null): Date | null {
  if (!first || !second) return first ?? second;
  return first < second ? first : second;
}

function workOn(plan: Plan, day: Day, now: Date, done: Done): Work | null {
  const state = done(day);
  if (state === 'sent') return null;
  const posting = postingAt(plan, day);
  const kind = state === 'made' ? 'post' : 'generate';
  const at = kind === 'post' ? posting : generationAt(plan, day);
  if (at > now) return null;
  return { kind, day, at, late: now.getTime() - posting.getTime() > MINUTE };
}

/** Whether the grace of a day is over. */
function isMissed(plan: Plan, day: Day, now: Date): boolean {
  return postingAt(plan, day) < graceBegan(plan, now);
}

/** How long after its posting instant a digest is still worth it; of a topic without a plan as usual. */
export function graceMinutesOf(plan: Plan | undefined): number {
  return plan?.graceMinutes ?? GRACE_MINUTES;
}

/** The oldest posting instant that is still worth it. */
function graceBegan(plan: Plan, now: Date): Date {
  return new Date(now.getTime() - (plan.graceMinutes ?? GRACE_MINUTES) * MINUTE);
}

/** The newest posting instant whose digest might be begun already. */
function leadEnds(plan: Plan, now: Date): Date {
  return new Date(now.getTime() + (plan.leadMinutes ?? LEAD_MINUTES) * MINUTE);
}

function* postingDays(plan: Plan, from: Day, to: Day): Generator<Day, undefined> {
  for (let day = from; day <= to; day = addDays(day, 1)) {
    if (postsOn(plan, day)) yield day;
  }
}

/** Whether the plan has a digest on a day; a day that the place left out has none. */
export function postsOn({ days = WEEKDAYS, timeZone }: Plan, day: Day): boolean {
  const weekday = WEEKDAYS[Temporal.PlainDate.from(day).dayOfWeek - 1];
  return weekday !== undefined && days.includes(weekday) && isLocalDay(day, timeZone);
}

function isLocalDay(day: Day, timeZone: string): boolean {
  const { start, end } = windowOf(day, day, timeZone);
  return start < end;
}

/** The local day before a day, over one that the place left out. */
function dayBefore(day: Day, timeZone: string): Day {
  const before = addDays(day, -1);
  return isLocalDay(before, timeZone) ? before : dayBefore(before, timeZone);
}
