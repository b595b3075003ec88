import { z } from 'zod';

import type { Place } from '../../model/source.ts';
import { readPost, type Row } from '../row.ts';
import { FREE, type Page, type Source, type Wish } from '../source.ts';
import { isPublic } from '../address.ts';
import { type FeedFile, fetchFeed, type Validators } from './fetch.ts';
import { type Known, packKnown, type Trace, unpackKnown } from './known.ts';
import type { FeedReading, News } from './read.ts';
import { readInThread } from './thread.ts';

export type FeedOptions = {
  /** Whether it may lie in our own network. */
  readonly privateAddresses: boolean;
  /** How long getting it may take, and reading it. @default 30 */
  readonly seconds?: number;
  /** Finds what is new in what was got. @default in a thread of its own */
  readonly read?: typeof readInThread;
};

/** RSS, Atom or JSON Feed, from wherever: blogs, RSSHub, Nitter, Mastodon, Bluesky. */
export function feedSource({ url }: { readonly url: string }, options: FeedOptions): Source {
  return {
    key: `feed:${url}`,
    read: (place, wish) => readPages(url, placeSchema.parse(place), wish, options),
  };
}

const POSTS_A_PAGE = 250;

/** Nothing is known where a place is none of ours. */
const placeSchema = z
  .object({
    etag: z.string().nullable(),
    lastModified: z.string().nullable(),
    since: z.iso.datetime(),
    known: z.array(z.string()),
    loose: z.array(z.string()),
  })
  .nullable()
  .catch(null);

type FeedPlace = NonNullable<z.output<typeof placeSchema>>;

async function* readPages(
  url: string,
  place: FeedPlace | null,
  wish: Wish,
  { privateAddresses, seconds = 30, read = readInThread }: FeedOptions,
): AsyncGenerator<Page> {
  const { signal, now, since, until } = wish;
  const version = knownVersion(place, since);
  const isAllowed = privateAddresses ? () => true : isPublic;
  const file = await fetchFeed(url, { isAllowed, known: version, signal, now, seconds });
  if (file === null) return;
  const known = unpackKnown(place?.known ?? []);
  const task = { ...file, known, loose: place?.loose ?? [], since, until, now: now() };
  const reading = await read(task, { signal, seconds });
  for (const page of pagesOf(reading, known, file, since)) {
    signal.throwIfAborted();
    if (page.posts.length > 0 || page.problems.length > 0 || differs(page.place, place)) yield page;
  }
}

const NO_VERSION: Validators = { etag: null, lastModified: null };

/** The version that is known, unless older posts of it are wanted now than were at that time. */
function knownVersion(place: FeedPlace | null, since: Date): Validators {
  return place !== null && new Date(place.since) <= since ? place : NO_VERSION;
}

/** A place is stored only when it says something new: of the span alone it does not matter. */
function differs(place: Place, before: FeedPlace | null): boolean {
  return JSON.stringify(place) !== JSON.stringify({ ...before, since: place['since'] });
}

/**
 * What is new, page by page. Only the last page has the version of the feed in its place: whoever
 * stops before gets the rest of it; of a feed that was cut off it may be there the next time.
 */
function* pagesOf(
  { news, present, loose, isWhole, problems }: FeedReading,
  before: Known,
  { validators, movedTo }: FeedFile,
  since: Date,
): Generator<Page> {
  const known = refreshed(before, present);
  const moved = movedTo === null ? [] : [movedWords(movedTo)];
  const pages = Math.max(1, Math.ceil(news.length / POSTS_A_PAGE));
  for (let index = 0; index < pages; index += 1) {
    const some = news.slice(index * POSTS_A_PAGE, (index + 1) * POSTS_A_PAGE);
    for (const { mark, trace } of some) remember(known, mark, trace);
    const rows = some.map(rowOf);
    const version = index === pages - 1 && isWhole ? validators : NO_VERSION;
    yield {
      posts: rows.flatMap((row) => (row.kind === 'post' ? [row.post] : [])),
      problems: [
        ...(index === 0 ? [...moved, ...problems] : []),
        ...rows.flatMap((row) => (row.kind === 'problem' ? [row.reason] : [])),
      ],
      place: { ...version, since: since.toISOString(), known: packKnown(known), loose },
      charged: FREE,
    };
  }
}

function rowOf({ draft }: News): Row {
  return readPost(draft, 1);
}

/** What is known, with those that the feed still has at the end: they are forgotten last. */
function refreshed(before: Known, present: readonly string[]): Map<string, Trace> {
  const known = new Map(before);
  for (const mark of present) {
    const trace = before.get(mark);
    if (trace !== undefined) remember(known, mark, trace);
  }
  return known;
}

function remember(known: Map<string, Trace>, mark: string, trace: Trace): void {
  known.delete(mark);
  known.set(mark, trace);
}

/** The new address without what follows a question mark: keys stand there. */
function movedWords(movedTo: string): string {
  const { origin, pathname, search } = new URL(movedTo);
  const address = `${origin}${pathname}${search === '' ? '' : '?…'}`.slice(0, 300);
  return `it has moved for good to ${address}: name that in its place`;
}
