import type { z } from 'zod';

import { type SourceSpec, sourceKey } from '../model/source.ts';
import { catchUp, type Entry, readPlace, type Slice, type Span } from './catch-up.ts';
import { type Page, type Source, SourceFailure, type Wish } from './source.ts';

type TimelineSpec = Extract<SourceSpec, { kind: 'bluesky' | 'mastodon' }>;

/** A server that shows timelines. */
export type TimelineServer = {
  /** How the ids of posts begin that it speaks for. */
  readonly home: string;
  /** What names an author for good: a handle may change hands, and who has it at first is meant. */
  find(handle: string): Promise<string>;
  ofAuthor(account: string, before: string | null, span: Span): Promise<Slice>;
  ofTag(tag: string, before: string | null, span: Span): Promise<Slice>;
};

/** An author's posts, or those with a hashtag, as a source. */
export function timelineSource(spec: TimelineSpec, open: (wish: Wish) => TimelineServer): Source {
  const { of } = spec;
  return {
    key: sourceKey(spec),
    async *read(place, wish): AsyncGenerator<Page> {
      const start = readPlace(place);
      const server = open(wish);
      if (of.kind === 'tag') {
        const read = (before: string | null, span: Span) => server.ofTag(of.tag, before, span);
        yield* catchUp(read, start, wish, server.home);
        return;
      }
      const account = start.account ?? (await server.find(of.handle));
      const read = (before: string | null, span: Span) => server.ofAuthor(account, before, span);
      yield* catchUp(read, { ...start, account }, wish, server.home);
    },
  };
}

/** What was found in an answer: entries, and a word on how much was none. */
export function sliceOf(found: readonly (Entry | null)[]): Omit<Slice, 'next'> {
  const entries = found.filter((entry) => entry !== null);
  const strange = found.length - entries.length;
  return {
    entries,
    problems: strange === 0 ? [] : [`${strange} things among the posts were none`],
  };
}

/**
 * An answer in the form that it must have.
 *
 * @throws SourceFailure
 */
export function answered<Output>(
  schema: z.ZodType<Output>,
  value: unknown,
  host: string,
  network: string,
): Output {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  throw new SourceFailure('unreadable', `${host} does not answer as ${network} does`);
}
