import type { Post } from '../../src/model/post.ts';
import type { Place } from '../../src/model/source.ts';
import { type Page, type Source, SourceFailure, type Wish } from '../../src/collect/source.ts';

export const NOW = new Date('2026-11-20T12:00:00.000Z');

/** So many minutes before now. */
export function ago(minutes: number): Date {
  return new Date(NOW.getTime() - minutes * 60_000);
}

export function aWish(fields: Partial<Wish> = {}): Wish {
  return {
    since: ago(24 * 60),
    until: null,
    now: () => NOW,
    signal: new AbortController().signal,
    reserve: () => Promise.resolve({ posts: 0, users: 0 }),
    ...fields,
  };
}

export type Readout = {
  readonly pages: readonly Page[];
  readonly posts: readonly Post[];
  readonly problems: readonly string[];
  /** Where to go on. */
  readonly place: Place | null;
};

/** Reads from a place, to the end or until so many pages were read. */
export async function readFrom(
  source: Source,
  place: Place | null,
  wish: Wish = aWish(),
  most = Number.POSITIVE_INFINITY,
): Promise<Readout> {
  const pages: Page[] = [];
  if (most > 0) {
    for await (const page of source.read(place, wish)) {
      pages.push(page);
      if (pages.length >= most) break;
    }
  }
  const last = pages.at(-1)?.place ?? place;
  return {
    pages,
    posts: pages.flatMap(({ posts }) => posts),
    problems: pages.flatMap(({ problems }) => problems),
    // Stored in between, as it will be.
    place: last === null ? null : (JSON.parse(JSON.stringify(last)) as Place),
  };
}

/** The failure with which a source cannot be read. */
export async function failureOf(source: Source, wish: Wish = aWish()): Promise<SourceFailure> {
  try {
    await readFrom(source, null, wish);
  } catch (error) {
    if (error instanceof SourceFailure) return error;
    throw error;
  }
  throw new Error('it was read');
}
