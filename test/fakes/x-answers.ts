import { ENDLESS, type Page, readPage } from './x-paging.ts';
import type { Params, Rules } from './x-params.ts';
import { type Matcher, parseQuery } from './x-query.ts';
import {
  complaint,
  invalid,
  notAuthorized,
  notFound,
  type Problem,
  suspended,
  type Wanted,
} from './x-refused.ts';
import type { Told } from './x-schema.ts';
import { idAt, timeOf } from './x-snowflake.ts';
import { showPosts, type Shown, showUsers, whyHidden } from './x-view.ts';
import type { World, XPost, XUser } from './x-world.ts';

/** What an answer is made from. */
type Desk = {
  readonly world: World;
  readonly now: Date;
  readonly longestQuery: number;
  /** Whether the last page of a timeline names one more, which is empty. */
  readonly endsWithEmptyPage: boolean;
};

export type Answer = {
  readonly body: Readonly<Record<string, unknown>>;
  /** What is in it: the posts and users asked for, and those that came along. */
  readonly asked: { readonly posts: readonly string[]; readonly users: readonly string[] };
  readonly along: { readonly posts: readonly string[]; readonly users: readonly string[] };
  readonly isCount?: boolean;
};

export type Endpoint = {
  readonly name: string;
  readonly path: RegExp;
  readonly rules: Rules;
  /** Requests in 15 minutes for an app. */
  readonly limit: number;
  readonly told: Told | null;
  readonly answer: (params: Params, desk: Desk) => Answer;
};

const DAY_MS = 24 * 60 * 60_000;
const RECENT_MS = 7 * DAY_MS;
/** Posts appear in searches after a while; an end may be named that is a little later. */
const SEARCH_LAG_MS = 30_000;
const LEAST_LAG_MS = 10_000;
const NOTHING = { posts: [], users: [] };

/** As docs.x.com states them for pay-per-use, November 2026. */
export const ENDPOINTS: readonly Endpoint[] = [
  {
    name: '/2/lists/:id/tweets',
    path: /^\/2\/lists\/(?<id>[^/]+)\/tweets$/,
    rules: { asked: 'ListTimeline', others: ['id'], results: { least: 1, most: 100, usual: 100 } },
    limit: 900,
    told: 'list',
    answer: listPosts,
  },
  {
    name: '/2/users/:id/tweets',
    path: /^\/2\/users\/(?<id>[^/]+)\/tweets$/,
    rules: { asked: 'UserTimeline', others: ['id'], results: { least: 5, most: 100, usual: 10 } },
    limit: 10_000,
    told: 'timeline',
    answer: userPosts,
  },
  {
    name: '/2/tweets/search/recent',
    path: /^\/2\/tweets\/search\/recent$/,
    rules: { asked: 'Search', results: { least: 10, most: 100, usual: 10 } },
    limit: 450,
    told: 'search',
    answer: searchRecent,
  },
  {
    name: '/2/tweets/counts/recent',
    path: /^\/2\/tweets\/counts\/recent$/,
    rules: { asked: 'Counts' },
    limit: 300,
    told: 'counts',
    answer: countRecent,
  },
  {
    name: '/2/tweets',
    path: /^\/2\/tweets$/,
    rules: { asked: 'Lookup' },
    limit: 3500,
    told: 'posts',
    answer: (params, desk) => lookUpPosts(params.list('ids'), 'ids', params, desk),
  },
  {
    name: '/2/tweets/:id',
    path: /^\/2\/tweets\/(?<id>[^/]+)$/,
    rules: { asked: 'Lookup', others: ['id'] },
    limit: 450,
    told: 'post',
    answer: (params, desk) => {
      const answer = lookUpPosts([params.text('id') ?? ''], 'id', params, desk);
      return { ...answer, body: single(answer.body) };
    },
  },
  {
    name: '/2/users/by/username/:username',
    path: /^\/2\/users\/by\/username\/(?<username>[^/]+)$/,
    rules: { asked: 'Users', others: ['username'] },
    limit: 300,
    told: 'user',
    answer: (params, desk) => {
      const answer = lookUpUsers([params.text('username') ?? ''], 'username', params, desk);
      return { ...answer, body: single(answer.body) };
    },
  },
  {
    name: '/2/users/by',
    path: /^\/2\/users\/by$/,
    rules: { asked: 'Users', others: ['usernames'] },
    limit: 300,
    told: 'users',
    answer: (params, desk) => lookUpUsers(params.list('usernames'), 'usernames', params, desk),
  },
  {
    name: '/2/users',
    path: /^\/2\/users$/,
    rules: { asked: 'Users', others: ['ids'] },
    limit: 300,
    told: 'users',
    answer: (params, desk) => lookUpUsers(params.list('ids'), 'ids', params, desk),
  },
];

function listPosts(params: Params, desk: Desk): Answer {
  const id = params.text('id') ?? '';
  const wanted: Wanted = { kind: 'list', parameter: 'id', value: id };
  const list = desk.world.lists.get(id);
  if (!list) return troubled(notFound(wanted));
  if (list.isPrivate) return troubled(notAuthorized(wanted));
  const page = readPage({
    ...ENDLESS,
    posts: desk.world.postsOf(list),
    of: `list ${id}`,
    most: 800,
    size: params.number('max_results') ?? 100,
    token: tokenOf(params, ['pagination_token']),
    accepts: () => true,
  });
  return timeline(page, params, desk, []);
}

function userPosts(params: Params, desk: Desk): Answer {
  const id = params.text('id') ?? '';
  const user = desk.world.users.get(id);
  const problem = whyUnseen(user, { kind: 'user', parameter: 'id', value: id });
  if (problem) return troubled(problem);
  const excluded = params.list('exclude');
  const page = readPage({
    ...rangeOf(params),
    posts: desk.world.postsBy(id),
    of: `user ${id}`,
    most: excluded.includes('replies') ? 800 : 3200,
    size: params.number('max_results') ?? 10,
    token: tokenOf(params, ['pagination_token', 'next_token']),
    accepts: ({ repliedTo, repostOf }) =>
      !(excluded.includes('replies') && repliedTo !== null) &&
      !(excluded.includes('retweets') && repostOf !== null),
  });
  return timeline(page, params, desk, ['newest_id', 'oldest_id']);
}

/** A page of a timeline: what is no longer shown leaves a gap, and the page has fewer posts. */
function timeline(page: Page, params: Params, desk: Desk, ids: readonly string[]): Answer {
  const posts = page.posts.filter((post) => isShown(post));
  const shown = showPosts(posts, desk.world, params.wish, desk.now);
  const { next, end, previous } = page;
  const token = desk.endsWithEmptyPage ? end : next;
  const meta = {
    ...(posts.length > 0 && pickIds(posts, ids)),
    result_count: posts.length,
    ...(token !== null && { next_token: token }),
    ...(previous !== null && { previous_token: previous }),
  };
  return answerOf(shown, meta);
}

function searchRecent(params: Params, desk: Desk): Answer {
  const query = params.text('query') ?? '';
  const matches = parseQuery(query, desk.longestQuery);
  const page = readPage({
    ...recentRange(params, desk.now),
    posts: desk.world.posts,
    of: `search ${query}`,
    most: Infinity,
    size: params.number('max_results') ?? 10,
    token: tokenOf(params, ['next_token', 'pagination_token']),
    accepts: found(matches, desk.world),
  });
  const shown = showPosts(page.posts, desk.world, params.wish, desk.now);
  const meta = {
    ...(page.posts.length > 0 && pickIds(page.posts, ['newest_id', 'oldest_id'])),
    result_count: page.posts.length,
    ...(page.next !== null && { next_token: page.next }),
  };
  return answerOf(shown, meta);
}

function found(matches: Matcher, world: World): (post: XPost) => boolean {
  return (post) => isShown(post) && matches(post, world);
}

const STEPS = { minute: 60_000, hour: 60 * 60_000, day: DAY_MS };

function countRecent(params: Params, desk: Desk): Answer {
  const accepts = found(parseQuery(params.text('query') ?? '', desk.longestQuery), desk.world);
  const { since, until } = recentRange(params, desk.now);
  const within = desk.world.posts.filter(({ key }) => key > since && key < until).filter(accepts);
  const step = STEPS[(params.text('granularity') ?? 'hour') as keyof typeof STEPS];
  const [from, to] = [timeOf(since + 1n), timeOf(until)];
  const data = [];
  for (let start = from; start < to; start = Math.floor(start / step) * step + step) {
    const end = Math.min(to, Math.floor(start / step) * step + step);
    const count = within.filter((post) => post.createdAt >= start && post.createdAt < end).length;
    data.push({ start: isoOf(start), end: isoOf(end), tweet_count: count });
  }
  const body = { data, meta: { total_tweet_count: within.length } };
  return { body, asked: NOTHING, along: NOTHING, isCount: true };
}

function lookUpPosts(
  ids: readonly string[],
  parameter: string,
  params: Params,
  desk: Desk,
): Answer {
  const posts: XPost[] = [];
  const problems: Problem[] = [];
  for (const id of new Set(ids)) {
    const post = desk.world.post(id);
    const problem = whyHidden(post, { kind: 'tweet', parameter, value: id });
    if (problem) problems.push(problem);
    else if (post) posts.push(post);
  }
  const shown = showPosts(posts, desk.world, params.wish, desk.now);
  return answerOf({ ...shown, errors: [...problems, ...shown.errors] }, null);
}

function lookUpUsers(
  names: readonly string[],
  parameter: string,
  params: Params,
  desk: Desk,
): Answer {
  const { world } = desk;
  const users: XUser[] = [];
  const errors: Problem[] = [];
  for (const name of new Set(names)) {
    const user = parameter === 'ids' ? world.users.get(name) : world.user(name);
    const wanted: Wanted = { kind: 'user', parameter, value: name };
    // A protected account has a name, though its posts are not shown.
    if (!user) errors.push(notFound(wanted));
    else if (user.state === 'suspended') errors.push(suspended(wanted));
    else users.push(user);
  }
  const shown = showUsers(users, world, params.wish);
  const body = bodyOf({ ...shown, errors }, null);
  return { body, asked: { posts: [], users: shown.users }, along: NOTHING };
}

function whyUnseen(user: XUser | undefined, wanted: Wanted): Problem | null {
  if (!user) return notFound(wanted);
  if (user.state === 'suspended') return suspended(wanted);
  return user.state === 'protected' ? notAuthorized(wanted) : null;
}

function isShown({ isDeleted, author, withheldIn }: XPost): boolean {
  return !isDeleted && author.state === 'public' && !withheldIn.includes('XX');
}

function troubled(problem: Problem): Answer {
  return { body: { errors: [problem] }, asked: NOTHING, along: NOTHING };
}

type Meta = Readonly<Record<string, unknown>> | null;

function answerOf(shown: Shown, meta: Meta): Answer {
  const asked = { posts: shown.data.map(({ id }) => String(id)), users: [] };
  const own = new Set(asked.posts);
  const along = { posts: shown.posts.filter((id) => !own.has(id)), users: shown.users };
  return { body: bodyOf(shown, meta), asked, along };
}

/** X leaves out what is empty. */
function bodyOf({ data, includes, errors }: Shown, meta: Meta): Answer['body'] {
  return {
    ...(data.length > 0 && { data }),
    ...(includes && { includes }),
    ...(errors.length > 0 && { errors }),
    ...(meta && { meta }),
  };
}

function single({ data, ...rest }: Answer['body']): Answer['body'] {
  const [first] = (data ?? []) as readonly unknown[];
  return first === undefined ? rest : { data: first, ...rest };
}

function pickIds(posts: readonly XPost[], names: readonly string[]) {
  const ids = { newest_id: posts[0]?.id, oldest_id: posts.at(-1)?.id };
  return Object.fromEntries(Object.entries(ids).filter(([name]) => names.includes(name)));
}

function tokenOf(params: Params, names: readonly string[]) {
  const name = names.find((each) => params.text(each) !== null);
  return name === undefined ? null : { name, value: params.text(name) ?? '' };
}

/** Ids go before times, as X says of timelines. */
function rangeOf(params: Params) {
  const start = params.time('start_time');
  const end = params.time('end_time');
  const since = params.id('since_id') ?? (start ? idAt(start.getTime()) - 1n : ENDLESS.since);
  const until = params.id('until_id') ?? (end ? idAt(end.getTime()) : ENDLESS.until);
  return { since, until };
}

/** The range of a search: the last seven days, and not the very newest posts. */
function recentRange(params: Params, now: Date) {
  const oldest = Math.floor((now.getTime() - RECENT_MS) / 60_000) * 60_000;
  checkRecent(params, oldest, now);
  const { since, until } = rangeOf(params);
  const newest = idAt(now.getTime() - SEARCH_LAG_MS);
  return {
    since: since === ENDLESS.since ? idAt(oldest) - 1n : since,
    until: until === ENDLESS.until ? newest : until,
  };
}

function checkRecent(params: Params, oldest: number, now: Date): void {
  const times = ['start_time', 'end_time'].filter((name) => params.text(name) !== null);
  const ids = ['since_id', 'until_id'].filter((name) => params.text(name) !== null);
  if (times.length > 0 && ids.length > 0) {
    const words = "Invalid use of 'since_id' or 'until_id' in conjunction with 'start_time' or";
    throw refuse(params, times[0] ?? '', `${words} 'end_time'.`);
  }
  for (const name of ids)
    if ((params.id(name) ?? 0n) <= idAt(oldest)) throw tooOld(params, name, oldest);
  checkTimes(params, oldest, now);
}

function tooOld(params: Params, name: string, oldest: number) {
  const since = `'${name}' must be a tweet id created after ${minuteOf(oldest)}.`;
  const advice = `Please use a '${name}' that is larger than ${idAt(oldest)}`;
  return refuse(params, name, `${since} ${advice}`);
}

function checkTimes(params: Params, oldest: number, now: Date): void {
  const start = params.time('start_time')?.getTime();
  const end = params.time('end_time')?.getTime();
  for (const [name, time] of [['start_time', start] as const, ['end_time', end] as const]) {
    if (time === undefined || time >= oldest) continue;
    const invalidTime = `Invalid '${name}':'${minuteOf(time)}'.`;
    throw refuse(params, name, `${invalidTime} '${name}' must be on or after ${minuteOf(oldest)}`);
  }
  if (end !== undefined && end > now.getTime() - LEAST_LAG_MS) {
    const invalidTime = `Invalid 'end_time':'${minuteOf(end)}'.`;
    const rule = "'end_time' must be a minimum of 10 seconds prior to the request time.";
    throw refuse(params, 'end_time', `${invalidTime} ${rule}`);
  }
  if (start !== undefined && end !== undefined && start >= end) {
    throw refuse(params, 'start_time', "'start_time' must be before 'end_time'");
  }
}

function refuse(params: Params, name: string, message: string) {
  return invalid([complaint(name, [params.text(name) ?? ''], message)]);
}

function minuteOf(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 16)}Z`;
}

function isoOf(ms: number): string {
  return new Date(ms).toISOString();
}
