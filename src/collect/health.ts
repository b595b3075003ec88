import type { FailureKind, SourceHealth } from '../model/source.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** Nobody waits longer for a source that does not answer: most troubles are over by then. */
const LONGEST = 6 * HOUR;
/** What was refused so often in a row is asked once a day: it takes somebody to mend it. */
const REFUSALS = 3;
const CLOSED = 24 * HOUR;

/**
 * How long a source is left alone after it failed so often in a row, milliseconds: twice as long each
 * time; a day where it refuses again and again.
 */
export function pauseAfter(kind: FailureKind, failures: number, everyMinutes: number): number {
  if (kind === 'refused' && failures >= REFUSALS) return CLOSED;
  const doubled = MINUTE * 2 ** Math.min(failures - 1, 20);
  return Math.min(
    Math.max(doubled, kind === 'limited' ? MINUTE : 0),
    Math.max(LONGEST, everyMinutes * MINUTE),
  );
}

/** What is wrong with a source, since when; `null` where it is well. */
export type Trouble =
  | { readonly kind: 'failing'; readonly since: Date; readonly reason: string }
  | { readonly kind: 'silent'; readonly since: Date };

/** Whether a source fails, or gave no new post, for longer than its topic lets it. */
export function troubleOf(health: SourceHealth, now: Date, alertHours: number): Trouble | null {
  const isLong = (since: Date) => now.getTime() - since.getTime() >= alertHours * HOUR;
  const { failingSince, failure, failureKind, failures, lastPost, since } = health;
  if (failingSince !== null) {
    const isShut = failureKind === 'refused' && failures >= REFUSALS;
    if (isShut || isLong(failingSince)) {
      return { kind: 'failing', since: failingSince, reason: failure ?? '' };
    }
  }
  const silentSince = lastPost ?? since;
  return failingSince === null && isLong(silentSince)
    ? { kind: 'silent', since: silentSince }
    : null;
}

/** Whether a source has anything of the time up to `end`: it was read since, or not long before. */
export function isMissing(
  health: SourceHealth | undefined,
  end: Date,
  everyMinutes: number,
): boolean {
  if (!health?.lastSuccess) return true;
  const late = end.getTime() - health.lastSuccess.getTime();
  return health.failingSince !== null && late > 2 * everyMinutes * MINUTE;
}
