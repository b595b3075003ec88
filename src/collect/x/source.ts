import { type Place, sourceKey, type SourceSpec } from '../../model/source.ts';
import { FREE, type Page, type Source, SourceFailure, type Wish } from '../source.ts';
import { type Answer, readAccount, readAnswer, returnedIn } from './answer.ts';
import { askX, type XAccess, type XQuery } from './api.ts';
import { reservePage, reserveUser } from './bill.ts';
import { inCircles, unreadable, wordsOf, XRefusal } from './failures.ts';
import { WHOLE_POSTS } from './fields.ts';
import {
  type Bound,
  boundOf,
  end,
  goOn,
  hasPassed,
  isBefore,
  isWithin,
  NOTHING,
  oldestOf,
  readPlace,
  type XPlace,
} from './place.ts';
import { postsOf, problemsOf } from './posts.ts';
import { isNewer } from './snowflake.ts';

/** What X is read for. */
type XSpec = Extract<SourceSpec, { readonly kind: 'x-list' | 'x-user' | 'x-search' }>;

/** A list, an account’s posts or a search of X, read through its API v2. */
export function xSource(spec: XSpec, access: XAccess): Source {
  return {
    key: sourceKey(spec),
    read: (place, wish) => new Reading(spec, access, wish).read(readPlace(place)),
  };
}

/** How the posts of a source are asked for. */
type Endpoint = {
  readonly path: string;
  readonly query: XQuery;
  readonly least: number;
  /** Its parameter for the token of a page. */
  readonly token: string;
  /** It can be asked for the posts between two ids, or from a time on. */
  readonly hasBounds: boolean;
};

const MOST_A_PAGE = 100;
/** A list has no way to ask for new posts only: what is known is read again, so less is asked for. */
const LEAST_OF_LIST = 5;
/** So many of a list’s newest posts X shows, but for those that are deleted. */
const LIST_REACH = 800;
const NEARLY = 0.9;
/** Bounds for a server that has always one more page; the next reading goes on from there. */
const MOST_PAGES = 2000;
const MOST_EMPTY_PAGES = 20;

/**
 * One way through a source of X.
 *
 * X gives the newest posts first. A way down begins at the newest one and ends at the newest that was
 * known before it; only then is all in between read, and `sinceId` moves. One that was stopped is gone
 * to its end by the next reading, which then begins another for what came meanwhile. Where posts can be
 * asked for by ids, the next page is asked for by the oldest post so far: such a place does not get old,
 * as the tokens of X do.
 */
class Reading {
  readonly #spec: XSpec;
  readonly #access: XAccess;
  readonly #wish: Wish;
  /** One that does not take the tokens it gives is not read from its newest post again and again. */
  #hasLostToken = false;
  /** Of the way down that is gone: pages that go round in a circle have no end. */
  readonly #tokens = new Set<string>();

  constructor(spec: XSpec, access: XAccess, wish: Wish) {
    this.#spec = spec;
    this.#access = access;
    this.#wish = wish;
  }

  async *read(start: XPlace): AsyncGenerator<Page> {
    let place = start;
    if (this.#spec.kind === 'x-user' && place.userId === null) {
      const page = await this.#findUser(this.#spec.handle, place);
      yield page;
      place = readPlace(page.place);
    }
    const wasStopped = place.sweep !== null;
    place = yield* this.#goDown(place);
    const isAll = this.#wish.until === null;
    if (isAll && wasStopped && place.sweep === null) yield* this.#goDown(place);
  }

  async *#goDown(start: XPlace): AsyncGenerator<Page, XPlace> {
    const { since, until, now } = this.#wish;
    let place = start;
    this.#tokens.clear();
    const bound = boundOf(place, { since, until, now: now() }, this.#spec.kind === 'x-search');
    if (since >= now()) return place;
    for (let pages = 0, empty = 0; pages < MOST_PAGES && empty < MOST_EMPTY_PAGES; pages += 1) {
      if (hasPassed(place, bound)) {
        place = end(place, NOTHING, this.#spec.kind === 'x-list');
        const problems = pages === 0 ? cutProblems(bound) : [];
        yield { posts: [], problems, place, charged: FREE };
        return place;
      }
      const page = await this.#readPage(place, bound);
      if (page === null) return place;
      yield page;
      place = readPlace(page.place);
      if (place.sweep === null) return place;
      empty = page.charged.postIds.length === 0 ? empty + 1 : 0;
    }
    return place;
  }

  async #findUser(handle: string, place: XPlace): Promise<Page> {
    await reserveUser(this.#wish);
    const value = await askX(this.#access, `users/by/username/${handle}`, {}, this.#wish);
    const account = readAccount(value);
    if (account === null) throw this.#refusal(readAnswer(value));
    const found: XPlace = { ...place, userId: account.id, username: account.username };
    const charged = { postIds: [], userIds: [account.id] };
    return { posts: [], problems: [], place: found, charged };
  }

  /** The next page of a way down, or `null` where there is nothing at all to note. */
  async #readPage(place: XPlace, bound: Bound): Promise<Page | null> {
    const endpoint = this.#endpointFor(place);
    this.#noteToken(place);
    const size = await reservePage(this.#wish, {
      wanted: endpoint.hasBounds ? MOST_A_PAGE : sizeForList(place),
      least: endpoint.least,
      isWhole: true,
    });
    const query = { ...endpoint.query, ...WHOLE_POSTS, ...boundsIn(endpoint, place, bound) };
    try {
      const value = await askX(
        this.#access,
        endpoint.path,
        { ...query, max_results: size },
        this.#wish,
      );
      return this.#take(readAnswer(value), endpoint, place, bound);
    } catch (error) {
      const isOld = place.sweep?.token && isAbout(error, endpoint.token);
      if (!isOld || this.#hasLostToken) throw error;
      this.#hasLostToken = true;
      this.#tokens.clear();
      return this.#readPage(withoutToken(place, endpoint), bound);
    }
  }

  /** @throws SourceFailure Where it was asked with the token before. */
  #noteToken({ sweep }: XPlace): void {
    const token = sweep?.token ?? null;
    if (token === null) return;
    if (this.#tokens.has(token)) throw inCircles();
    this.#tokens.add(token);
  }

  #take(answer: Answer, endpoint: Endpoint, place: XPlace, bound: Bound): Page | null {
    if (answer.isRefusal) throw this.#refusal(answer);
    if (!isFurther(answer, endpoint, place)) throw unreadable('it gives the same posts again');
    const found = answer.asked;
    const fresh = found.filter((post) => isWithin(post, bound));
    const last = found.at(-1);
    const isAtBound = !endpoint.hasBounds && last !== undefined && isBefore(last, bound);
    const step = { found, fresh: fresh.length, nextToken: answer.nextToken };
    const isEnd = answer.nextToken === null || isAtBound;
    const moved = isEnd
      ? end(place, step, !endpoint.hasBounds)
      : goOn(place, step, !endpoint.hasBounds);
    const username = usernameIn(answer, place);
    const next = { ...moved, username };
    const now = this.#wish.now();
    const wanted = new Set(fresh.map((post) => post.id));
    const { posts, problems } = postsOf(answer, wanted, now);
    if (place.sweep === null) problems.push(...cutProblems(bound));
    if (isEnd && !isAtBound && !endpoint.hasBounds) problems.push(...reachProblems(next));
    if (username !== place.username) problems.push(...renamed(place.username, username));
    problems.push(...problemsOf(answer.troubles));
    const charged = returnedIn(answer);
    const isNothing = charged.postIds.length + charged.userIds.length === 0 && isSame(place, next);
    return isNothing ? null : { posts, problems, place: next, charged };
  }

  #endpointFor({ userId }: XPlace): Endpoint {
    const spec = this.#spec;
    switch (spec.kind) {
      case 'x-list':
        return {
          path: `lists/${spec.id}/tweets`,
          query: {},
          least: 1,
          token: 'pagination_token',
          hasBounds: false,
        };
      case 'x-user':
        return {
          path: `users/${userId}/tweets`,
          query: {},
          least: 5,
          token: 'pagination_token',
          hasBounds: true,
        };
      default:
        return {
          path: 'tweets/search/recent',
          query: { query: spec.query, sort_order: 'recency' },
          least: 10,
          token: 'next_token',
          hasBounds: true,
        };
    }
  }

  /** Of an answer with nothing in it but why. */
  #refusal(answer: Answer): SourceFailure {
    const spec = this.#spec;
    const name =
      spec.kind === 'x-user'
        ? `@${spec.handle}`
        : spec.kind === 'x-list'
          ? `the list ${spec.id}`
          : 'the search';
    const words = answer.troubles.map(wordsOf).find((each) => each !== null);
    const because = words ? `: ${words}` : '';
    return new SourceFailure('refused', `X does not show ${name}${because}`);
  }
}

/** Twice as much each time, from a little more than what was new the last time. */
function sizeForList({ sweep, usual }: XPlace): number {
  if (sweep !== null) return clamp(sweep.read);
  return usual === null ? MOST_A_PAGE : clamp(Math.ceil(usual * 1.25) + 2);
}

function clamp(size: number): number {
  return Math.min(MOST_A_PAGE, Math.max(LEAST_OF_LIST, size));
}

function boundsIn({ hasBounds, token }: Endpoint, { sweep }: XPlace, bound: Bound): XQuery {
  const before = sweep?.untilId ?? bound.beforeId;
  return {
    ...(sweep?.token ? { [token]: sweep.token } : {}),
    ...(hasBounds ? { since_id: bound.afterId } : {}),
    ...(hasBounds && before !== null ? { until_id: before } : {}),
  };
}

function isAbout(error: unknown, parameter: string): boolean {
  const cause = error instanceof SourceFailure ? error.cause : null;
  return cause instanceof XRefusal && cause.status === 400 && cause.parameters.has(parameter);
}

/** Tokens get old. A list is then read from its newest post again, for it has no other way. */
function withoutToken(place: XPlace, { hasBounds }: Endpoint): XPlace {
  const { sweep } = place;
  return { ...place, sweep: hasBounds && sweep !== null ? { ...sweep, token: null } : null };
}

/** Whether a page comes after those before it: a server that gives one again and again ends nowhere. */
function isFurther(answer: Answer, { hasBounds }: Endpoint, { sweep }: XPlace): boolean {
  if (sweep === null) return true;
  if (!hasBounds) return answer.nextToken === null || answer.nextToken !== sweep.token;
  const oldest = oldestOf(answer.asked.map((post) => post.id));
  return oldest === null || sweep.untilId === null || isNewer(sweep.untilId, oldest);
}

function usernameIn(answer: Answer, { userId, username }: XPlace): string | null {
  const user = answer.users.find(({ id }) => id === userId);
  const isSameName = user?.username.toLowerCase() === username?.toLowerCase();
  return user === undefined || isSameName ? username : user.username;
}

function renamed(from: string | null, to: string | null): string[] {
  return from === null || to === null
    ? []
    : [`@${from} calls itself @${to} now; it is read on, and may be named so among the sources`];
}

function cutProblems({ cut }: Bound): string[] {
  if (cut === null) return [];
  const [from, to] = [cut.wanted, cut.start].map((at) => at.toISOString().slice(0, 16));
  return [`X’s search has seven days only: posts from ${from} to ${to} (UTC) may be missing`];
}

/** A list that ends before anything that is known. */
function reachProblems({ usual }: XPlace): string[] {
  return (usual ?? 0) < LIST_REACH * NEARLY
    ? []
    : [
        `X shows the newest ${LIST_REACH} posts of a list, which do not reach back far enough: some may be missing`,
      ];
}

function isSame(place: Place, other: Place): boolean {
  return JSON.stringify(place) === JSON.stringify(other);
}
