import type { FailureKind, SourceHealth, SourceState } from '../model/source.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
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

/** A bot looks every minute: what was to be tried so long ago is left alone. */
const LEFT = 10 * MINUTE;

/** How a source is; `undefined`: nobody read it yet. */
export function stateOf(health: SourceHealth | undefined, now: Date): SourceState {
  if (health === undefined) return { kind: 'unread' };
  const { failingSince, failure, nextAt, lastSuccess, lastPost } = health;
  if (failingSince !== null) {
    const isLeft = now.getTime() - nextAt.getTime() > LEFT;
    return { kind: 'failing', since: failingSince, reason: failure ?? '', nextAt, isLeft };
  }
  if (isOverBudget(health, now)) return { kind: 'resting', until: nextAt };
  if (lastSuccess === null) return { kind: 'unread' };
  return { kind: 'read', at: lastSuccess, lastPost, trouble: failure };
}

/** Only a budget puts a source of X off until the very moment in which a day of UTC begins. */
function isOverBudget({ key, nextAt }: SourceHealth, now: Date): boolean {
  return key.startsWith('x-') && nextAt > now && nextAt.getTime() % DAY === 0;
}

/** The same with its instants as people read them. */
export function timed(state: SourceState, write: (at: Date) => string): SourceState<string> {
  switch (state.kind) {
    case 'failing':
      return { ...state, since: write(state.since), nextAt: write(state.nextAt) };
    case 'resting':
      return { ...state, until: write(state.until) };
    case 'read':
      return { ...state, at: write(state.at), lastPost: state.lastPost && write(state.lastPost) };
    default:
      return state;
  }
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
