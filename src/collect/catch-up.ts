import { z } from 'zod';

import type { Post } from '../model/post.ts';
import type { Place } from '../model/source.ts';
import { FREE, type Page, type Wish } from './source.ts';

/** An entry of a timeline. */
export type Entry = {
  /** What names it in its timeline, for good. */
  readonly id: string;
  /** By which the timeline is ordered, milliseconds since 1970. */
  readonly order: number;
  /** The post that it is, and those that it refers to. */
  readonly posts: readonly Post[];
  readonly problems: readonly string[];
};

/** What a timeline gives at once, newest first. */
export type Slice = {
  readonly entries: readonly Entry[];
  /** Behind which older entries are asked for; `null`: there are none in the span. */
  readonly next: string | null;
  /** What could not be read. */
  readonly problems: readonly string[];
};

/** A timeline that can be read from its newest entry downwards. */
export type ReadSlice = (before: string | null, span: Span) => Promise<Slice>;

/** What of a timeline is wanted, by the order of its entries. */
export type Span = {
  /** Older entries are not. */
  readonly from: number;
  /** Nor are those from there on; a timeline may give them all the same. `null`: they are. */
  readonly until: number | null;
  /** Id of the newest entry that is known. */
  readonly newest: string | null;
};

/**
 * So long after an entry others may still turn up below it, milliseconds: networks hand them on late.
 * That far it is read again, and what is known is left out.
 */
const LATE = 10 * 60_000;
/** So many entries of that time are remembered; where there are more, it is shorter. */
const MOST_REMEMBERED = 1000;
/** So many requests are made at once; the next reading goes on from there. */
const MOST_SLICES = 500;

const tipSchema = z.object({
  newest: z.string(),
  from: z.number(),
  ids: z.record(z.string(), z.number()),
});
/** The upper end of what was read: all from `from` on is in `ids`, all below is known. */
type Tip = z.output<typeof tipSchema>;

const placeSchema = z.object({
  account: z.string().nullable(),
  known: tipSchema.nullable(),
  /** The way down from a newer tip to the known one, where it was not gone to its end. */
  open: z
    .object({ tip: tipSchema.nullable(), before: z.string(), last: z.array(z.string()) })
    .nullable(),
});

/** Where the reading of a timeline goes on. */
type TimelinePlace = z.output<typeof placeSchema>;

const START: TimelinePlace = { account: null, known: null, open: null };

/** A place as it was stored; one that makes no sense is none. */
export function readPlace(place: Place | null): TimelinePlace {
  return placeSchema.safeParse(place).data ?? START;
}

/**
 * Reads a timeline to its newest entry: downwards from the newest until what is known. Where it
 * stopped on the way, the rest of that way comes first, then what has come since.
 *
 * @param home How the ids of posts begin that its server speaks for: of others it knows by hearsay.
 */
export async function* catchUp(
  read: ReadSlice,
  start: TimelinePlace,
  { since, until, signal, now }: Wish,
  home: string,
): AsyncGenerator<Page> {
  let place = start;
  let isRest = start.open !== null;
  for (let slices = 0; slices < MOST_SLICES; slices += 1) {
    signal.throwIfAborted();
    const span = spanOf(place, since, until);
    const slice = notAfter(now(), await read(place.open?.before ?? null, span));
    const entries = newIn(slice, place, span);
    const next = placeAfter(place, slice, entries);
    // As long as nothing new was found, going on from there and from the top is the same.
    const hasFound = entries.length > 0 || (place.open !== null && place.open.tip !== null);
    const isNonsense = slice.entries.length === 0 && slice.problems.length > 0;
    if (hasFound || isNonsense) yield seenAt(now(), home, pageOf(entries, slice, next, since));
    place = next;
    if (place.open === null && (!isRest || until !== null)) return;
    if (place.open === null) isRest = false;
  }
}

/** An entry of a time that has not come must not hide what comes until then. */
function notAfter(now: Date, slice: Slice): Slice {
  const entries = slice.entries.map((entry) => ({
    ...entry,
    order: Math.min(entry.order, now.getTime()),
  }));
  return { ...slice, entries };
}

function spanOf({ known }: TimelinePlace, since: Date, until: Date | null): Span {
  return {
    from: Math.max(since.getTime(), known?.from ?? 0),
    until: until?.getTime() ?? null,
    newest: known?.newest ?? null,
  };
}

/** Entries that were not given before, each once. */
function newIn({ entries }: Slice, { known, open }: TimelinePlace, span: Span): Entry[] {
  const given = new Set([...Object.keys(known?.ids ?? {}), ...(open?.last ?? [])]);
  return entries.filter(({ id, order }) => {
    const isWanted = order >= span.from && (span.until === null || order < span.until);
    if (!isWanted || given.has(id)) return false;
    given.add(id);
    return true;
  });
}

function placeAfter(
  { account, known, open }: TimelinePlace,
  { entries, next }: Slice,
  added: readonly Entry[],
): TimelinePlace {
  const tip = grown(open?.tip ?? null, added);
  // An address that leads to itself would lead there for ever.
  if (next !== null && next !== open?.before) {
    const last = entries.map(({ id }) => id);
    return { account, known, open: { tip, before: next, last } };
  }
  return { account, known: joined(known, tip), open: null };
}

function grown(tip: Tip | null, entries: readonly Entry[]): Tip | null {
  const [first] = entries;
  if (first === undefined) return tip;
  const ids = entries.map(({ id, order }): [string, number] => [id, order]);
  const all = [...Object.entries(tip?.ids ?? {}), ...ids];
  return remembered(tip?.newest ?? first.id, all, 0);
}

/** What is known when the way down to it was gone to its end. */
function joined(known: Tip | null, tip: Tip | null): Tip | null {
  if (known === null || tip === null) return tip ?? known;
  const all = [...Object.entries(known.ids), ...Object.entries(tip.ids)];
  return remembered(tip.newest, all, Math.max(known.from, tip.from));
}

function remembered(newest: string, all: [string, number][], least: number): Tip {
  const sorted = all.toSorted(([, one], [, other]) => other - one);
  const forgotten = sorted[MOST_REMEMBERED]?.[1];
  const from = Math.max(
    least,
    (sorted[0]?.[1] ?? 0) - LATE,
    forgotten === undefined ? 0 : forgotten + 1,
  );
  return { newest, from, ids: Object.fromEntries(sorted.filter(([, order]) => order >= from)) };
}

/** Says of the posts that their own server handed out when that was. */
function seenAt(now: Date, home: string, page: Page): Page {
  const posts = page.posts.map((post) =>
    post.id.startsWith(home) ? { ...post, seenAt: now } : post,
  );
  return { ...page, posts };
}

function pageOf(entries: readonly Entry[], slice: Slice, place: TimelinePlace, since: Date): Page {
  const posts = new Map<string, Post>();
  for (const post of entries.flatMap((entry) => entry.posts)) {
    if (post.createdAt >= since && !posts.has(post.id)) posts.set(post.id, post);
  }
  return {
    posts: [...posts.values()],
    problems: [...slice.problems, ...entries.flatMap(({ problems }) => problems)],
    place,
    charged: FREE,
  };
}
