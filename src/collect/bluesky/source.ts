import { z } from 'zod';

import type { SourceSpec } from '../../model/source.ts';
import type { Entry, Slice, Span } from '../catch-up.ts';
import { getJson, type JsonAccess, type JsonAnswer } from '../fetch-json.ts';
import { type Source, SourceFailure, type Wish } from '../source.ts';
import { answered, sliceOf, type TimelineServer, timelineSource } from '../timeline.ts';
import { DID } from './content.ts';
import { entryOfFeed, entryOfSearch } from './post.ts';

export type BlueskyAccess = JsonAccess & {
  /** The server through which Bluesky is read, one that answers without a key. */
  readonly server: string;
  /** Posts a request, at most 100. @default 100 */
  readonly pageSize?: number;
};

type BlueskySpec = Extract<SourceSpec, { kind: 'bluesky' }>;

/**
 * Public posts of Bluesky, of an author or with a hashtag. `@atproto/api` has the types and its
 * schemas check the fake; to load it costs half a second and 60 MB, and these are two GET requests.
 */
export function blueskySource(spec: BlueskySpec, access: BlueskyAccess): Source {
  return timelineSource(spec, (wish) => new AppView(access, wish));
}

/** No server gives more, whatever it was asked for. */
const MOST_POSTS = 100;

const profileSchema = z.object({ did: z.string().regex(DID) });
/** It is kept, and sent back: whatever it means, it is short and made of plain letters. */
const cursorSchema = z.string().regex(/^[\x21-\x7E]{0,500}$/);
const feedSchema = z.object({ feed: z.array(z.unknown()), cursor: cursorSchema.nullish() });
const searchSchema = z.object({ posts: z.array(z.unknown()) });
const errorSchema = z.object({ error: z.string().nullish(), message: z.string().nullish() });

/** A server that shows the posts of the whole network, and speaks for all of it. */
class AppView implements TimelineServer {
  readonly home = 'bluesky:';
  readonly #access: BlueskyAccess;
  readonly #wish: Wish;

  constructor(access: BlueskyAccess, wish: Wish) {
    this.#access = access;
    this.#wish = wish;
  }

  async find(handle: string): Promise<string> {
    const answer = await this.#get('app.bsky.actor.getProfile', { actor: handle });
    if (!answer.ok) throw refusedAuthor(handle, answer.value, this.#host);
    return this.#parse(profileSchema, answer.value).did;
  }

  async ofAuthor(account: string, before: string | null, span: Span): Promise<Slice> {
    const answer = await this.#get('app.bsky.feed.getAuthorFeed', {
      actor: account,
      limit: String(this.#pageSize),
      filter: 'posts_with_replies',
      ...(before === null ? {} : { cursor: before }),
    });
    if (!answer.ok) throw refusedAuthor(account, answer.value, this.#host);
    const { feed, cursor } = this.#parse(feedSchema, answer.value);
    const slice = sliceOf(feed.slice(0, MOST_POSTS).map(entryOfFeed));
    return { ...slice, next: goesBelow(slice.entries, span) ? null : cursor || null };
  }

  /**
   * Goes down by time, not by the server's cursors: those it refuses to strangers even where it lets
   * them search, and posts that come in the meantime shift them.
   */
  async ofTag(tag: string, before: string | null, span: Span): Promise<Slice> {
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
    const slice = sliceOf(posts.slice(0, MOST_POSTS).map(entryOfSearch));
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
    return getJson(url, this.#access, this.#wish);
  }

  #parse<Output>(schema: z.ZodType<Output>, value: unknown): Output {
    return answered(schema, value, this.#host, 'Bluesky');
  }
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
