import type { Post } from '../../../src/model/post.ts';
import type { Place } from '../../../src/model/source.ts';
import { feedSource } from '../../../src/collect/feed/source.ts';
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

type Asked = Partial<Wish> & { readonly seconds?: number; readonly most?: number };

/** Reads a feed of this machine, on from a place if one is given, at most so many pages. */
export async function readFrom(
  url: string,
  place: Place | null = null,
  { seconds = 30, most = Infinity, ...wish }: Asked = {},
): Promise<Reading> {
  const pages: Page[] = [];
  const source = feedSource({ url }, { privateAddresses: true, seconds });
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
