import { z } from 'zod';
import type { Place } from '../../model/source.ts';
import type { Asked } from './answer.ts';
import { firstIdAt, isNewer, lastIdBefore, timeOfId, X_ID } from './snowflake.ts';

const id = z.string().regex(X_ID).nullish().catch(null).transform(orNull);
const text = z.string().nullish().catch(null).transform(orNull);
const count = z.int().min(0).nullish().catch(null).transform(orNull);

function orNull<T>(value: T | null | undefined): T | null {
  return value ?? null;
}

const sweepSchema = z.object({
  /** The newest post that it found: what is read down from there, when it has come to its end. */
  newestId: id,
  /** The oldest post that it has read. */
  untilId: id,
  /** Where the next page begins, for lists; elsewhere only where a page without posts had one. */
  token: text,
  /** How many posts it found. */
  read: count.transform((found) => found ?? 0),
});

const placeSchema = z.object({
  /** The account of a handle, and the handle that it had when it was last seen. */
  userId: id,
  username: text,
  /** All posts up to this one are read, or were not wanted. */
  sinceId: id,
  /** How many posts of a list were new when it was last read to the end. */
  usual: count,
  /** A way from the newest post down to `sinceId` that has not come to its end. */
  sweep: sweepSchema.nullish().catch(null).transform(orNull),
});

/** Where reading from X goes on. */
export type XPlace = z.output<typeof placeSchema>;

/** A stored place; at the beginning, where there is none. */
export function readPlace(place: Place | null): XPlace {
  const read = placeSchema.safeParse(place ?? {}).data;
  return read ?? { userId: null, username: null, sinceId: null, usual: null, sweep: null };
}

/** How far back a way down goes. */
export type Bound = {
  /** The newest post that is not wanted, or the last id that there could be of one. */
  readonly afterId: string;
  /** Posts from there on are not wanted. */
  readonly beforeId: string | null;
  /** Where it should go back further than X has posts: to when, and since when it has them. */
  readonly cut: { readonly wanted: Date; readonly start: Date } | null;
};

/** Recent search has the posts of seven days. */
const SEARCHED_MS = 7 * 24 * 60 * 60_000;
/** A way down may take so long, by a clock that goes otherwise than that of X. */
const LEEWAY_MS = 30 * 60_000;

/** Of which time posts are wanted. */
export type Span = { readonly since: Date; readonly until: Date | null; readonly now: Date };

/**
 * From where on posts are wanted that are not read: after those that are, and never before `since`. It
 * is an id even where it is a time, for search takes no time beside an id. The post need not be there.
 */
export function boundOf(
  { sinceId }: Pick<XPlace, 'sinceId'>,
  { since, until, now }: Span,
  isSearch: boolean,
): Bound {
  const beforeId = until && firstIdAt(until);
  const fromTime = lastIdBefore(since);
  const wantedId = sinceId !== null && isNewer(sinceId, fromTime) ? sinceId : fromTime;
  const start = new Date(now.getTime() - SEARCHED_MS + LEEWAY_MS);
  const floor = lastIdBefore(start);
  return isSearch && isNewer(floor, wantedId)
    ? { afterId: floor, beforeId, cut: { wanted: timeOfId(wantedId), start } }
    : { afterId: wantedId, beforeId, cut: null };
}

/** Whether a post is one that is wanted. */
export function isWithin({ id: postId }: Asked, { afterId, beforeId }: Bound): boolean {
  return isNewer(postId, afterId) && (beforeId === null || isNewer(beforeId, postId));
}

/** Whether a post is older than all that are wanted. */
export function isBefore({ id: postId }: Asked, { afterId }: Bound): boolean {
  return !isNewer(postId, afterId);
}

/** Whether a way down has passed all that is wanted by now, for that is less the later it is. */
export function hasPassed({ sweep }: XPlace, { afterId, beforeId }: Bound): boolean {
  const before = sweep?.untilId ?? beforeId;
  return before !== null && !isNewer(before, afterId);
}

/** What a page brings a way down further. */
export type Step = {
  readonly found: readonly Asked[];
  readonly nextToken: string | null;
  readonly fresh: number;
};

/** The place behind a page that is not the last one. */
export function goOn(place: XPlace, { found, nextToken }: Step, keepsToken: boolean): XPlace {
  const ids = found.map((post) => post.id);
  return {
    ...place,
    sweep: {
      newestId: newestOf([place.sweep?.newestId ?? null, ...ids]),
      untilId: oldestOf([place.sweep?.untilId ?? null, ...ids]),
      token: keepsToken || found.length === 0 ? nextToken : null,
      read: (place.sweep?.read ?? 0) + found.length,
    },
  };
}

/** The place behind the last page. `isCounted`: how many posts were new will say what is asked for. */
export function end(place: XPlace, { found, fresh }: Step, isCounted: boolean): XPlace {
  const ids = found.map((post) => post.id);
  return {
    ...place,
    sinceId: newestOf([place.sinceId, place.sweep?.newestId ?? null, ...ids]),
    usual: isCounted ? (place.sweep?.read ?? 0) + fresh : null,
    sweep: null,
  };
}

export const NOTHING: Step = { found: [], nextToken: null, fresh: 0 };

function newestOf(ids: readonly (string | null)[]): string | null {
  return ids.reduce(
    (best, each) => (best === null || (each && isNewer(each, best)) ? each : best),
    null,
  );
}

export function oldestOf(ids: readonly (string | null)[]): string | null {
  return ids.reduce(
    (best, each) => (best === null || (each && isNewer(best, each)) ? each : best),
    null,
  );
}
