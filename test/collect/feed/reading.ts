import type { Post } from '../../../src/model/post.ts';
import type { Place } from '../../../src/model/source.ts';
import { readFeed } from '../../../src/collect/feed/read.ts';
import { feedSource } from '../../../src/collect/feed/source.ts';
import { readInThread } from '../../../src/collect/feed/thread.ts';
import { type Page, SourceFailure, type Wish } from '../../../src/collect/source.ts';

export const NOW = new Date('2026-03-02T12:00:00Z');
export const SINCE = new Date('2026-02-01T00:00:00Z');

export type Reading = {
  readonly pages: readonly Page[];
  readonly posts: readonly Post[];
  readonly problems: readonly string[];
  /** Where to go on; the one from before where nothing came. */
  readonly place: Place | null;
};

type Asked = Partial<Wish> & {
  readonly seconds?: number;
  readonly most?: number;
  /** Whether it is read in a thread, as the program does; starting one is most of the work. @default false */
  readonly inThread?: boolean;
};

/** Finds what is new without a thread, from a copy of what is given as a thread has it. */
const readHere: typeof readInThread = async (task) =>
  structuredClone(readFeed(structuredClone(task)));

/** Reads a feed of this machine, on from a place if one is given, at most so many pages. */
export async function readFrom(
  url: string,
  place: Place | null = null,
  { seconds = 30, most = Infinity, inThread = false, ...wish }: Asked = {},
): Promise<Reading> {
  const pages: Page[] = [];
  const read = inThread ? readInThread : readHere;
  const source = feedSource({ url }, { privateAddresses: true, seconds, read });
  for await (const page of source.read(place, { ...WISH, ...wish })) {
    pages.push(structuredClone(page));
    if (pages.length >= most) break;
  }
  return {
    pages,
    posts: pages.flatMap(({ posts }) => posts),
    problems: pages.flatMap(({ problems }) => problems),
    place: pages.at(-1)?.place ?? place,
  };
}

export const WISH: Wish = {
  since: SINCE,
  until: null,
  now: () => NOW,
  signal: new AbortController().signal,
  reserve: () => Promise.reject(new Error('feeds cost nothing')),
};

/** The failure that reading ends with. */
export async function failureOf(reading: Promise<unknown>): Promise<SourceFailure> {
  const error: unknown = await reading.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (error instanceof SourceFailure) return error;
  throw new Error('it did not fail as sources do', { cause: error });
}
