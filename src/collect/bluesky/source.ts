import { z } from 'zod';

import { type SourceSpec, sourceKey } from '../../model/source.ts';
import {
  catchUp,
  type Entry,
  type ReadSlice,
  type Span,
  readPlace,
  type Slice,
} from '../catch-up.ts';
import { getJson, type JsonAnswer } from '../fetch-json.ts';
import { type Page, type Source, SourceFailure, type Wish } from '../source.ts';
import { DID } from './content.ts';
import { entryOfFeed, entryOfSearch } from './post.ts';
import { webFetch, type WebFetch } from '../web-fetch.ts';

export type BlueskyAccess = {
  /** The server through which Bluesky is read, one that answers without a key. */
  readonly server: string;
  /** Whether the server may lie in our own network. */
  readonly privateAddresses: boolean;
  /** Posts a request, at most 100. @default 100 */
  readonly pageSize?: number;
  /** How long an answer may take. @default 30 */
  readonly seconds?: number;
};

/** An AppView speaks for all of Bluesky. */
const HOME = 'bluesky:';

type BlueskySpec = Extract<SourceSpec, { kind: 'bluesky' }>;

/**
 * Public posts of Bluesky, of an author or with a hashtag. `@atproto/api` has the types and its
 * schemas check the fake; to load it costs half a second and 60 MB, and these are two GET requests.
 */
export function blueskySource(spec: BlueskySpec, access: BlueskyAccess): Source {
  return {
    key: sourceKey(spec),
    async *read(place, wish): AsyncGenerator<Page> {
      const start = readPlace(place);
      const appView = new AppView(access, wish);
      if (spec.of.kind === 'tag') {
        const { tag } = spec.of;
        const read: ReadSlice = (before, span) => appView.search(tag, before, span);
        yield* catchUp(read, start, wish, HOME);
        return;
      }
      // The handle may change hands; who has it at first, is meant.
      const account = start.account ?? (await appView.find(spec.of.handle));
      const read: ReadSlice = (before, span) => appView.feed(account, before, span);
      yield* catchUp(read, { ...start, account }, wish, HOME);
    },
  };
}

const profileSchema = z.object({ did: z.string().regex(DID) });
/** It is kept, and sent back: whatever it means, it is short and made of plain letters. */
const cursorSchema = z.string().regex(/^[\x21-\x7E]{0,500}$/);
const feedSchema = z.object({ feed: z.array(z.unknown()), cursor: cursorSchema.nullish() });
const searchSchema = z.object({ posts: z.array(z.unknown()) });
const errorSchema = z.object({ error: z.string().nullish(), message: z.string().nullish() });

/** A server that shows the posts of the whole network. */
class AppView {
  readonly #access: BlueskyAccess;
  readonly #wish: Wish;
  readonly #fetch: WebFetch;

  constructor(access: BlueskyAccess, wish: Wish) {
    this.#access = access;
    this.#fetch = webFetch(access.privateAddresses);
    this.#wish = wish;
  }

  /** What names an author for good. */
  async find(handle: string): Promise<string> {
    const answer = await this.#get('app.bsky.actor.getProfile', { actor: handle });
    if (!answer.ok) throw refusedAuthor(handle, answer.value, this.#host);
    return this.#parse(profileSchema, answer.value).did;
  }

  async feed(account: string, before: string | null, span: Span): Promise<Slice> {
    const answer = await this.#get('app.bsky.feed.getAuthorFeed', {
      actor: account,
      limit: String(this.#pageSize),
      filter: 'posts_with_replies',
      ...(before === null ? {} : { cursor: before }),
    });
    if (!answer.ok) throw refusedAuthor(account, answer.value, this.#host);
    const { feed, cursor } = this.#parse(feedSchema, answer.value);
    const slice = sliceOf(feed.map(entryOfFeed));
    return { ...slice, next: goesBelow(slice.entries, span) ? null : cursor || null };
  }

  /**
   * Goes down by time, not by the server's cursors: those it refuses to strangers even where it lets
   * them search, and posts that come in the meantime shift them.
   */
  async search(tag: string, before: string | null, span: Span): Promise<Slice> {
    const until = before ?? (span.until === null ? null : new Date(span.until).toISOString());
    const answer = await this.#get('app.bsky.feed.searchPosts', {
      q: `#${tag}`,
      sort: 'latest',
      since: new Date(span.from).toISOString(),
      ...(until === null ? {} : { until }),
      limit: String(this.#pageSize),
    });
    if (!answer.ok) throw refusedSearch(answer, this.#host);
    const { posts } = this.#parse(searchSchema, answer.value);
    const slice = sliceOf(posts.map(entryOfSearch));
    return { ...slice, next: untilOf(slice.entries, until, span) };
  }

  get #host(): string {
    return new URL(this.#access.server).host;
  }

  get #pageSize(): number {
    return this.#access.pageSize ?? 100;
  }

  async #get(method: string, parameters: Readonly<Record<string, string>>): Promise<JsonAnswer> {
    const url = new URL(`/xrpc/${method}`, this.#access.server);
    url.search = new URLSearchParams(parameters).toString();
    const { seconds } = this.#access;
    const { signal, now } = this.#wish;
    return getJson(url, { fetch: this.#fetch, signal, now, seconds });
  }

  #parse<Output>(schema: z.ZodType<Output>, value: unknown): Output {
    const result = schema.safeParse(value);
    if (result.success) return result.data;
    throw new SourceFailure('unreadable', `${this.#host} does not answer as Bluesky does`);
  }
}

function sliceOf(found: readonly (Entry | null)[]): Omit<Slice, 'next'> {
  const entries = found.filter((entry) => entry !== null);
  const strange = found.length - entries.length;
  return {
    entries,
    problems: strange === 0 ? [] : [`${strange} things among the posts were none`],
  };
}

function goesBelow(entries: readonly Entry[], span: Span): boolean {
  const last = entries.at(-1);
  return last !== undefined && last.order < span.from;
}

/** The time up to which older posts are asked for, so that others of the same moment come as well. */
function untilOf(entries: readonly Entry[], before: string | null, span: Span): string | null {
  const last = entries.at(-1);
  if (last === undefined || last.order < span.from) return null;
  if (before !== null && last.order >= Date.parse(before)) return null; // it heeds no time
  const until = new Date(last.order + 1).toISOString();
  // More of one moment than an answer holds: the rest of them cannot be asked for.
  return until === before ? new Date(last.order).toISOString() : until;
}

function refusedAuthor(author: string, value: unknown, host: string): SourceFailure {
  const { error, message } = errorSchema.safeParse(value).data ?? {};
  if (error === 'AccountTakedown' || error === 'AccountDeactivated') {
    return new SourceFailure('refused', `the account ${author} of Bluesky is closed`);
  }
  if (message === 'Profile not found' || message === 'Actor not found') {
    return new SourceFailure('refused', `${author} is nobody on Bluesky: check the handle`);
  }
  return new SourceFailure('refused', `${host} does not show the posts of ${author}`);
}

function refusedSearch({ status }: { readonly status: number }, host: string): SourceFailure {
  return status === 401 || status === 403
    ? new SourceFailure(
        'refused',
        `${host} lets nobody search without an account: name another server under collect.bluesky ` +
          'in chorus.yaml (https://api.bsky.app often does), or follow authors instead of hashtags',
      )
    : new SourceFailure('refused', `${host} refused the search (${status})`);
}
