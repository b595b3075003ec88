import { z } from 'zod';

import { breathe } from '../../lib/breathe.ts';
import type { SourceSpec } from '../../model/source.ts';
import type { Entry, Slice, Span } from '../catch-up.ts';
import { getJson, type JsonAccess } from '../fetch-json.ts';
import { mastodonId } from '../ids.ts';
import { type Source, SourceFailure, type Wish } from '../source.ts';
import { answered, sliceOf, type TimelineServer, timelineSource } from '../timeline.ts';
import { idOfTime, localIdSchema, timeOfId } from './ids.ts';
import { entryOfStatus, homesOf, localIdOf } from './post.ts';

export type MastodonAccess = JsonAccess & {
  /** Posts a request; a server gives at most 40. @default 40 */
  readonly pageSize?: number;
};

/** No server gives more, whatever it was asked for. */
const MOST_STATUSES = 80;

type MastodonSpec = Extract<SourceSpec, { kind: 'mastodon' }>;

/**
 * Public posts of Mastodon, and of the programs that speak as it does, of an author or with a hashtag.
 * Not through the package `masto`: its requests cannot be made by a given `fetch`, and it takes answers
 * of any size; it is the client that checks the fake.
 */
export function mastodonSource(spec: MastodonSpec, access: MastodonAccess): Source {
  return timelineSource(spec, (wish) => new Server(spec.server, access, wish));
}

const accountSchema = z.object({ id: localIdSchema, suspended: z.boolean().nullish() });
const timelineSchema = z.array(z.unknown());

class Server implements TimelineServer {
  readonly home: string;
  readonly #host: string;
  readonly #access: MastodonAccess;
  readonly #wish: Wish;

  constructor(host: string, access: MastodonAccess, wish: Wish) {
    this.home = mastodonId(host, '');
    this.#host = host;
    this.#access = access;
    this.#wish = wish;
  }

  ofAuthor(account: string, before: string | null, span: Span): Promise<Slice> {
    const path = `/api/v1/accounts/${encodeURIComponent(account)}/statuses`;
    return this.#timeline(path, before, span);
  }

  ofTag(tag: string, before: string | null, span: Span): Promise<Slice> {
    return this.#timeline(`/api/v1/timelines/tag/${encodeURIComponent(tag)}`, before, span);
  }

  /** The id that an account has on this server. */
  async find(handle: string): Promise<string> {
    const value = await this.#get('/api/v1/accounts/lookup', { acct: handle }, `@${handle}`);
    const { id, suspended } = this.#parse(accountSchema, value);
    if (suspended === true) {
      throw new SourceFailure('refused', `@${handle} is suspended on ${this.#host}`);
    }
    return id;
  }

  /** Statuses below an id and in the span, newest first. */
  async #timeline(path: string, before: string | null, span: Span): Promise<Slice> {
    const { now } = this.#wish;
    const since = sinceId(before, span, now());
    const value = await this.#get(
      path,
      {
        limit: String(this.#access.pageSize ?? 40),
        ...(before === null ? {} : { max_id: before }),
        ...(since === null ? {} : { since_id: since }),
      },
      'it',
    );
    const statuses = this.#parse(timelineSchema, value).slice(0, MOST_STATUSES);
    const reading = { server: this.#host, now: now(), homes: homesOf(statuses) };
    const found: (Entry | null)[] = [];
    for (const status of statuses) {
      await breathe(this.#wish.signal); // a page may hold much that is hard to read
      found.push(entryOfStatus(status, reading));
    }
    const slice = sliceOf(found);
    const isBelow = slice.entries.every(({ order }) => order < span.from);
    return {
      ...slice,
      // Answers may be short though more follows: only an empty one is the last.
      next:
        isBelow && slice.problems.length === 0
          ? null
          : below(localIdOf(statuses.at(-1)), span, now()),
    };
  }

  /** @param what What is read, in words. */
  async #get(
    path: string,
    parameters: Readonly<Record<string, string>>,
    what: string,
  ): Promise<unknown> {
    const url = new URL(path, `${schemeFor(this.#host)}://${this.#host}`);
    url.search = new URLSearchParams(parameters).toString();
    const answer = await getJson(url, this.#access, this.#wish);
    if (answer.ok) return answer.value;
    throw this.#refused(answer.status, what);
  }

  #refused(status: number, what: string): SourceFailure {
    if (status === 401 || status === 403 || status === 422) {
      return new SourceFailure(
        'refused',
        `${this.#host} shows posts to people with an account only: read them through another ` +
          'server (the name behind the last @ of the source)',
      );
    }
    if (status === 404 || status === 410) {
      const words = what === 'it' ? 'has no such posts (any more)' : `knows no ${what}`;
      return new SourceFailure('refused', `${this.#host} ${words}: check the name`);
    }
    return new SourceFailure('refused', `${this.#host} refused the request (${status})`);
  }

  #parse<Output>(schema: z.ZodType<Output>, value: unknown): Output {
    return answered(schema, value, this.#host, 'Mastodon');
  }
}

/** A server on this machine is one to try things with. */
function schemeFor(host: string): 'http' | 'https' {
  return /^(?:localhost|127\.\d+\.\d+\.\d+)(?::\d+)?$/.test(host) ? 'http' : 'https';
}

/** The id below which statuses are asked for after one: at once from where they are wanted. */
function below(last: string | null, { until }: Span, now: Date): string | null {
  const time = last === null ? null : timeOfId(last, now);
  return time === null || until === null || time < until ? last : idOfTime(until);
}

/**
 * The id above which statuses are wanted. Mastodon's own hold the time; of other programs' ids only
 * those that were seen are known.
 */
function sinceId(before: string | null, { from, newest }: Span, now: Date): string | null {
  const seen = newest ?? before;
  if (seen === null) return null;
  return timeOfId(seen, now) === null ? newest : idOfTime(from - 1);
}
