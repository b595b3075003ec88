import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { clientOf } from './x-client.ts';
import { parseQuery } from './x-query.ts';
import { Refused } from './x-refused.ts';
import {
  cappedUsage,
  cut,
  EVERYBODY,
  type FakeX,
  garble,
  gateway,
  hang,
  limited,
  makeWorld,
  noCredits,
  type Options,
  reset,
  serverError,
  slow,
  startFakeX,
  stormy,
  World,
} from './x.ts';

const NOW = new Date('2026-11-20T12:00:00Z');
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const ALL = {
  'tweet.fields':
    'created_at,author_id,conversation_id,in_reply_to_user_id,referenced_tweets,attachments,entities,withheld,public_metrics,edit_controls,possibly_sensitive,lang,reply_settings,note_tweet',
  'user.fields': 'created_at,description,protected,verified,verified_type,public_metrics',
  expansions:
    'author_id,referenced_tweets.id,referenced_tweets.id.author_id,attachments.media_keys,edit_history_tweet_ids',
};

type Body = {
  data?: Record<string, unknown>[];
  includes?: Record<string, Record<string, unknown>[]>;
  meta?: Record<string, unknown>;
  errors?: Record<string, unknown>[];
  title?: string;
  type?: string;
};

function ago(ms: number): Date {
  return new Date(NOW.getTime() - ms);
}

/** A world with one author and posts of his, a minute apart, the last ten minutes ago. */
function worldOf(posts: number): World {
  const world = new World(() => NOW);
  for (let index = posts; index > 0; index -= 1) {
    world.addPost({ by: 'ada', text: `post ${index}`, at: ago((9 + index) * MINUTE) });
  }
  world.addList('7', ['ada']);
  return world;
}

async function start(options: Options = {}) {
  const fake = await startFakeX({ now: () => NOW, ...options });
  return { fake, world: fake.world, client: clientOf(fake) };
}

async function ask(fake: FakeX, path: string, params: Record<string, string> = {}) {
  const url = new URL(path, fake.url);
  for (const [name, value] of Object.entries(params)) url.searchParams.set(name, value);
  const headers = { authorization: `Bearer ${fake.bearer}` };
  const response = await fetch(url, { headers, signal: AbortSignal.timeout(5000) });
  const text = await response.text();
  const body = (text === '' ? null : JSON.parse(text)) as Body;
  return { status: response.status, headers: response.headers, body };
}

/** What a refused request is told, all of it. */
async function refusalOf(fake: FakeX, path: string, params: Record<string, string> = {}) {
  const { status, body } = await ask(fake, path, params);
  expect({ status, title: body.title }).toEqual({ status: 400, title: 'Invalid Request' });
  expect(body.type).toBe('https://api.x.com/2/problems/invalid-request');
  return body.errors?.map(({ message }) => message).join('\n') ?? '';
}

const tokenOf = (page: { body: Body } | undefined) =>
  page?.body.meta?.['next_token'] as string | undefined;
const SEARCH = '/2/tweets/search/recent';
const LIST = '/2/lists/7/tweets';
const idOf = (world: World) => world.user('ada')?.id ?? '';

describe('who asks', () => {
  it('is refused without the right bearer, and told of no limits', async () => {
    const { fake } = await start();
    for (const headers of [
      {},
      { authorization: 'Bearer other' },
      { authorization: 'Basic eA==' },
    ]) {
      const response = await fetch(`${fake.url}${SEARCH}?query=x`, { headers });
      expect(response.status).toBe(401);
      expect(response.headers.get('x-rate-limit-limit')).toBeNull();
      expect(await response.json()).toEqual({
        title: 'Unauthorized',
        type: 'about:blank',
        status: 401,
        detail: 'Unauthorized',
      });
    }
  });

  it('finds nothing where there is nothing', async () => {
    const { fake } = await start();
    expect((await ask(fake, '/2/nothing')).status).toBe(404);
  });
});

describe('parameters', () => {
  it.each([
    [LIST, { max_results: '0' }, 'value [0] is not between 1 and 100'],
    [LIST, { max_results: '101' }, 'value [101] is not between 1 and 100'],
    [LIST, { max_results: '1e1' }, 'value [1e1] is not between 1 and 100'],
    [LIST, { since_id: '1' }, 'The query parameter [since_id] is not one of ['],
    [LIST, { next_token: 'x' }, 'The query parameter [next_token] is not one of ['],
    [LIST, { pagination_token: 'x' }, '`pagination_token` query parameter value [x] is not valid'],
    [
      '/2/lists/seven/tweets',
      {},
      '`id` query parameter value [seven] does not match ^[0-9]{1,19}$',
    ],
    ['/2/users/1/tweets', { max_results: '4' }, 'value [4] is not between 5 and 100'],
    ['/2/users/1/tweets', { exclude: 'quotes' }, '[quotes] is not one of [replies,retweets]'],
    ['/2/users/1/tweets', { start_time: 'today' }, 'value [today] does not match'],
    ['/2/users/1/tweets', { start_time: '2026-13-01T00:00:00Z' }, 'does not match'],
    [
      '/2/users/by/username/not@all',
      {},
      '`username` query parameter value [not@all] does not match',
    ],
    ['/2/users/by', {}, '`usernames` query parameter value can not be empty'],
    ['/2/tweets', {}, '`ids` query parameter value can not be empty'],
    ['/2/tweets', { ids: '1,two' }, '`ids` query parameter value [two] does not match'],
    [
      '/2/tweets',
      { ids: '1', 'tweet.fields': 'text,likes' },
      'parameter value [likes] is not one of',
    ],
    ['/2/tweets', { ids: '1', 'tweet.fields': 'note_post' }, 'value [note_post] is not one of ['],
    ['/2/tweets', { ids: '1', 'post.fields': 'note_tweet' }, 'value [note_tweet] is not one of ['],
    ['/2/tweets', { ids: '1', 'post.fields': 'author_id' }, 'value [author_id] is not one of ['],
    ['/2/tweets', { ids: '1', 'user.fields': 'bio' }, '`user.fields` query parameter value [bio]'],
    [
      '/2/tweets',
      { ids: '1', expansions: 'author' },
      '`expansions` query parameter value [author]',
    ],
    [
      '/2/users/by',
      { usernames: 'ada', expansions: 'author_id' },
      'value [author_id] is not one of',
    ],
    [SEARCH, {}, '`query` query parameter value can not be empty'],
    [SEARCH, { query: 'x', max_results: '9' }, 'value [9] is not between 10 and 100'],
    [SEARCH, { query: 'x', sort_order: 'likes' }, '[likes] is not one of [recency,relevancy]'],
    ['/2/usage/tweets', { days: '91' }, 'value [91] is not between 1 and 90'],
  ])('of %s, %j, are refused', async (path, params, message) => {
    const { fake } = await start({ world: worldOf(3) });
    expect(await refusalOf(fake, path, params as Record<string, string>)).toContain(message);
    expect(fake.bill.charged()).toEqual({ posts: 0, users: 0 });
  });

  it('are refused with all that is wrong at once', async () => {
    const { fake } = await start();
    const refusal = await refusalOf(fake, LIST, {
      max_results: '0',
      likes: '3',
      expansions: 'all',
    });
    expect(refusal.split('\n')).toHaveLength(3);
  });

  it('name no more than 100 posts', async () => {
    const { fake, world } = await start({ world: worldOf(101) });
    const ids = world.posts.map(({ id }) => id);
    expect(await refusalOf(fake, '/2/tweets', { ids: ids.join(',') })).toContain(
      'list [101] is not between 1 and 100',
    );
    const { body } = await ask(fake, '/2/tweets', { ids: ids.slice(1).join(',') });
    expect(body.data).toHaveLength(100);
  });

  it('with fields that do not exist are taken where X overlooks them', async () => {
    const { fake, world } = await start({ world: worldOf(1), unknownFields: 'overlook' });
    const ids = world.posts[0]?.id ?? '';
    const { body } = await ask(fake, '/2/tweets', { ids, 'post.fields': 'author_id,lang' });
    expect(body.data).toEqual([
      { id: ids, text: 'post 1', edit_history_post_ids: [ids], lang: 'en' },
    ]);
  });
});

describe('queries', () => {
  it.each([
    ['x'.repeat(513), 'no more than 512 characters'],
    ['(cat OR dog', 'Missing closing parenthesis'],
    ['cat) dog', "no viable alternative at input ')' (at position 4)"],
    ['cat OR', "no viable alternative at input '<EOF>'"],
    ['"cat', 'no viable alternative'],
    ['cat and dog', 'Ambiguous use of and as a keyword'],
    ['-cat', 'at least one positive, standalone operator'],
    ['-cat -dog', 'at least one positive, standalone operator'],
    ['lang:en', 'at least one positive, standalone operator'],
    ['has:links OR is:retweet', 'at least one positive, standalone operator'],
    ['cat OR -dog', 'at least one positive, standalone operator'],
    ['cat -(dog OR mouse)', 'Negation of grouped terms'],
    ['cat min_faves:10', "Reference to invalid operator 'min_faves'"],
    ['cat is:funny', "Reference to invalid operator 'is:funny'"],
    ['cat has:whiskers', "Reference to invalid operator 'has:whiskers'"],
  ])('such as %j are refused', async (query, message) => {
    const { fake } = await start();
    expect(await refusalOf(fake, SEARCH, { query })).toContain(message);
    expect(await refusalOf(fake, '/2/tweets/counts/recent', { query })).toContain(message);
  });

  it('may be longer for those who pay for it', async () => {
    const { fake } = await start({ longestQuery: 4096 });
    expect((await ask(fake, SEARCH, { query: 'x'.repeat(4096) })).status).toBe(200);
    expect(await refusalOf(fake, SEARCH, { query: 'x'.repeat(4097) })).toContain('4096');
  });

  it('of any characters are read or refused, in no long time', () => {
    const word = fc.constantFrom(
      'cat',
      '-',
      '(',
      ')',
      '"',
      ':',
      ' ',
      'OR',
      'from:a',
      '[',
      '猫',
      '\\',
    );
    const query = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(word).map((all) => all.join('')),
    );
    fc.assert(
      fc.property(query, (text) => {
        const read = () => parseQuery(text, 512);
        expect(outcomeOf(read)).toMatch(/^read$|^refused: 400$/);
      }),
    );
  });

  const world = new World(() => NOW);
  world.addUser('bob', { isVerified: true });
  const first = world.addPost({
    by: 'ada',
    text: 'Claude Code & #Agents by @bob: https://example.com/news $NVDA',
    at: ago(50 * MINUTE),
  });
  const reply = world.addPost({ by: 'bob', text: 'Codes for cats', repliesTo: first.id });
  const quote = world.addPost({ by: 'bob', text: '新模型上线了', quotes: first.id, lang: 'zh' });
  const repost = world.repost(first.id, { by: 'cleo' });
  world.addList('9', ['cleo']);
  const found: readonly [string, readonly string[]][] = [
    ['code', [repost.id, first.id]],
    ['"claude code" -is:retweet', [first.id]],
    ['#agents -from:cleo', [first.id]],
    ['@bob from:ada', [first.id]],
    ['$nvda lang:en -is:retweet', [first.id]],
    ['(cats OR 模型) from:bob', [quote.id, reply.id]],
    ['url:"example.com/news" -is:retweet', [first.id]],
    ['from:bob is:reply', [reply.id]],
    ['to:ada', [reply.id]],
    ['from:bob is:quote lang:zh', [quote.id]],
    ['list:9', [repost.id]],
    ['retweets_of:ada', [repost.id]],
    [`conversation_id:${first.id} -from:ada`, [reply.id]],
    [`quotes_of_tweet_id:${first.id}`, [quote.id]],
    ['from:bob is:verified has:links', [quote.id]],
    ['story', []],
  ];

  it.each(found)('such as %j find what they ask for', async (query, ids) => {
    const { fake } = await start({ world });
    const { body } = await ask(fake, SEARCH, { query });
    expect(body.data?.map(({ id }) => id) ?? []).toEqual(ids);
    const { body: counts } = await ask(fake, '/2/tweets/counts/recent', { query });
    expect(counts.meta).toEqual({ total_tweet_count: ids.length });
  });
});

describe('recent search', () => {
  it('goes back seven days', async () => {
    const { fake, world } = await start();
    const old = world.addPost({ by: 'ada', text: 'old cat', at: ago(7 * DAY + MINUTE) });
    const young = world.addPost({ by: 'ada', text: 'young cat', at: ago(6 * DAY) });
    const { body } = await ask(fake, SEARCH, { query: 'cat' });
    expect(body.data?.map(({ id }) => id)).toEqual([young.id]);
    const limit = '2026-11-13T12:00Z';
    expect(await refusalOf(fake, SEARCH, { query: 'cat', since_id: old.id })).toMatch(
      /^'since_id' must be a tweet id created after 2026-11-13T12:00Z\. Please use a 'since_id' that is larger than \d{19}$/,
    );
    expect(
      await refusalOf(fake, SEARCH, { query: 'cat', start_time: '2026-11-13T11:59:00Z' }),
    ).toBe(`Invalid 'start_time':'2026-11-13T11:59Z'. 'start_time' must be on or after ${limit}`);
    expect((await ask(fake, SEARCH, { query: 'cat', since_id: young.id })).body).toEqual({
      meta: { result_count: 0 },
    });
  });

  it('takes the id that its refusal names', async () => {
    const { fake } = await start({ world: worldOf(3) });
    const refusal = await refusalOf(fake, SEARCH, { query: 'post', since_id: '1' });
    const [, id = ''] = /larger than (\d+)$/.exec(refusal) ?? [];
    const since = String(BigInt(id) + 1n);
    const { body } = await ask(fake, SEARCH, { query: 'post', since_id: since });
    expect(body.data).toHaveLength(3);
  });

  it('leaves out posts of the last half minute, and takes no end within ten seconds', async () => {
    const { fake, world } = await start();
    world.addPost({ by: 'ada', text: 'cat', at: ago(20_000) });
    expect((await ask(fake, SEARCH, { query: 'cat' })).body.data).toBeUndefined();
    const query = { query: 'cat', end_time: ago(15_000).toISOString() };
    expect((await ask(fake, SEARCH, query)).body.data).toHaveLength(1);
    const refusal = { query: 'cat', end_time: ago(5000).toISOString() };
    expect(await refusalOf(fake, SEARCH, refusal)).toContain('a minimum of 10 seconds prior');
  });

  it('takes ids or times, not both', async () => {
    const { fake, world } = await start({ world: worldOf(2) });
    const params = { query: 'x', since_id: world.posts[0]?.id ?? '' };
    const start_time = ago(DAY).toISOString();
    expect(await refusalOf(fake, SEARCH, { ...params, start_time })).toContain(
      "Invalid use of 'since_id' or 'until_id' in conjunction with 'start_time' or 'end_time'.",
    );
  });

  it('takes no token of another query', async () => {
    const { fake } = await start({ world: worldOf(30) });
    const { body } = await ask(fake, SEARCH, { query: 'post' });
    const next_token = String(body.meta?.['next_token']);
    expect((await ask(fake, SEARCH, { query: 'post', next_token })).body.data).toHaveLength(10);
    expect(await refusalOf(fake, SEARCH, { query: 'ada', next_token })).toContain('is not valid');
  });

  it('is read to its end by the real client', async () => {
    const { world, client } = await start({ world: worldOf(250) });
    const pages = await client.search('post', { max_results: 100, ...ALL });
    while (!pages.done) await pages.fetchNext();
    expect(pages.tweets.map(({ id }) => id)).toEqual(world.posts.map(({ id }) => id).toReversed());
    expect(pages.meta.result_count).toBe(250);
  });
});

describe('timelines', () => {
  it('of lists are read to their end by the real client, the newest first', async () => {
    const { fake, world, client } = await start({ world: worldOf(230) });
    const pages = await client.listTweets('7', { max_results: 100, ...ALL });
    while (!pages.done) await pages.fetchNext();
    expect(pages.tweets.map(({ id }) => id)).toEqual(world.posts.map(({ id }) => id).toReversed());
    expect(fake.requests.map(({ posts }) => posts)).toEqual([100, 100, 30]);
    expect(pages.includes.author(pages.tweets[0] ?? never())?.username).toBe('ada');
  });

  it('of lists have the newest 800 posts', async () => {
    const { client } = await start({ world: worldOf(900) });
    const pages = await client.listTweets('7', { max_results: 100 });
    while (!pages.done) await pages.fetchNext();
    expect(pages.tweets).toHaveLength(800);
    expect(pages.tweets.at(-1)?.text).toBe('post 800');
  });

  it('of users have the newest 3200 posts, without replies 800', async () => {
    const { world, client } = await start({ world: worldOf(3300) });
    const read = async (params: { exclude?: 'replies' }) => {
      const pages = await client.userTimeline(idOf(world), { max_results: 100, ...params });
      while (!pages.done) await pages.fetchNext();
      return pages.tweets.length;
    };
    expect(await read({})).toBe(3200);
    expect(await read({ exclude: 'replies' })).toBe(800);
  });

  it('go on where they were, whatever is posted in between', async () => {
    const { fake, world } = await start({ world: worldOf(20) });
    const first = await ask(fake, LIST, { max_results: '10' });
    world.addPost({ by: 'ada', text: 'a new one' });
    const pagination_token = String(first.body.meta?.['next_token']);
    const second = await ask(fake, LIST, { max_results: '10', pagination_token });
    const texts = [first, second].flatMap(({ body }) => body.data?.map(({ text }) => text));
    expect(texts).toEqual(Array.from({ length: 20 }, (_, index) => `post ${index + 1}`));
    const back = String(second.body.meta?.['previous_token']);
    const again = await ask(fake, LIST, { max_results: '10', pagination_token: back });
    expect(again.body.data).toEqual(first.body.data);
  });

  it('of users begin and end where they are told to', async () => {
    const { fake, world } = await start({ world: worldOf(10) });
    const path = `/2/users/${idOf(world)}/tweets`;
    const textsOf = async (params: Record<string, string>) => {
      const { body } = await ask(fake, path, params);
      return body.data?.map(({ text }) => String(text).slice(5)).join(' ');
    };
    const id = (index: number) => world.posts[index]?.id ?? '';
    expect(await textsOf({ since_id: id(6) })).toBe('1 2 3');
    expect(await textsOf({ until_id: id(3) })).toBe('8 9 10');
    expect(await textsOf({ start_time: ago(12 * MINUTE).toISOString() })).toBe('1 2 3');
    expect(await textsOf({ end_time: ago(17 * MINUTE).toISOString() })).toBe('9 10');
    const { body } = await ask(fake, path, { max_results: '5' });
    expect(body.meta).toEqual({
      newest_id: id(9),
      oldest_id: id(5),
      result_count: 5,
      next_token: expect.any(String),
    });
  });

  it('of users leave out replies and reposts where they are told to', async () => {
    const { fake, world } = await start({ world: worldOf(1) });
    const own = world.posts[0]?.id ?? '';
    world.addPost({ by: 'ada', text: 'a reply', repliesTo: own });
    world.repost(own, { by: 'ada' });
    const read = async (exclude: string) =>
      (await ask(fake, `/2/users/${idOf(world)}/tweets`, { exclude })).body.data?.map(
        ({ text }) => text,
      );
    expect(await read('replies,retweets')).toEqual(['post 1']);
    expect(await read('retweets')).toEqual(['a reply', 'post 1']);
    expect(await read('replies')).toEqual(['RT @ada: post 1', 'post 1']);
  });

  it('keep the place of a deleted post, so that a page may have fewer posts', async () => {
    const { fake, world } = await start({ world: worldOf(4) });
    for (const post of world.posts.slice(2)) world.remove(post.id);
    const { body } = await ask(fake, LIST, { max_results: '2' });
    expect(body).toEqual({ meta: { result_count: 0, next_token: expect.any(String) } });
    const pagination_token = String(body.meta?.['next_token']);
    const next = await ask(fake, LIST, { max_results: '2', pagination_token });
    expect(next.body.data).toHaveLength(2);
  });

  it('have each post once, in whatever pages they are read', async () => {
    const { fake, world } = await start({ world: worldOf(40) });
    const path = `/2/users/${idOf(world)}/tweets`;
    const post = fc.nat({ max: 39 });
    const asked = fc.record({ size: fc.integer({ min: 5, max: 15 }), since: post, until: post });
    const read = async (params: Record<string, string>) => {
      const pages = [await ask(fake, path, params)];
      for (let token = tokenOf(pages[0]); token !== undefined; token = tokenOf(pages.at(-1))) {
        pages.push(await ask(fake, path, { ...params, pagination_token: token }));
      }
      return pages.map(({ body }) => body.data?.map(({ id }) => id) ?? []);
    };
    await fc.assert(
      fc.asyncProperty(asked, async ({ size, since, until }) => {
        const id = (index: number) => world.posts[index]?.id ?? '';
        const params = { max_results: `${size}`, since_id: id(since), until_id: id(until) };
        const expected = world.posts.slice(since + 1, Math.max(since + 1, until)).toReversed();
        const pages = await read(params);
        expect(pages.flat()).toEqual(expected.map((each) => each.id));
        expect(pages.slice(0, -1).every((page) => page.length === size)).toBe(true);
      }),
      { numRuns: 25 },
    );
  });

  it('end with a page that is empty where X does so', async () => {
    const { fake } = await start({ world: worldOf(3), endsWithEmptyPage: true });
    const { body } = await ask(fake, LIST);
    const pagination_token = String(body.meta?.['next_token']);
    const next = await ask(fake, LIST, { pagination_token });
    expect(next.body).toEqual({ meta: { result_count: 0 } });
  });
});

describe('fields', () => {
  it('are three unless more are asked for', async () => {
    const { fake, world } = await start({ world: worldOf(1) });
    const { id = '' } = world.posts[0] ?? {};
    const { body } = await ask(fake, LIST);
    expect(body).toEqual({
      data: [{ id, text: 'post 1', edit_history_tweet_ids: [id] }],
      meta: { result_count: 1 },
    });
  });

  it('tell what the text has in it', async () => {
    const { fake, world } = await start();
    world.addUser('bob');
    world.addPost({
      by: 'ada',
      at: ago(MINUTE),
      photos: 1,
      text: '🚀 @bob <b> #开源 & https://example.com/a?b=1',
    });
    world.addList('7', ['ada']);
    const { body } = await ask(fake, LIST, ALL);
    const { text, entities } = (body.data?.[0] ?? {}) as { text: string; entities: object };
    expect(text).toMatch(
      /^🚀 @bob &lt;b&gt; #开源 &amp; https:\/\/t\.co\/\w{10} https:\/\/t\.co\/\w{10}$/,
    );
    const points = Array.from(text);
    const shown = Object.entries(entities).flatMap(([kind, list]) =>
      (list as { start: number; end: number }[]).map(
        ({ start: from, end }) => `${kind}: ${points.slice(from, end).join('').slice(0, 13)}`,
      ),
    );
    expect(shown).toEqual([
      'urls: https://t.co/',
      'urls: https://t.co/',
      'mentions: @bob',
      'hashtags: #开源',
    ]);
    expect(entities).toMatchObject({
      urls: [
        { expanded_url: 'https://example.com/a?b=1', unwound_url: 'https://example.com/a?b=1' },
        { media_key: expect.stringMatching(/^3_\d+$/) },
      ],
    });
    expect(body.includes?.['media']).toHaveLength(1);
  });

  it('have all of a long post in its note, and its beginning in its text', async () => {
    const { fake, world } = await start();
    const text = `${'word '.repeat(100)}https://example.com/end`;
    world.addPost({ by: 'ada', text, at: ago(MINUTE) });
    world.addList('7', ['ada']);
    const { body } = await ask(fake, LIST, ALL);
    const post = body.data?.[0] as { text: string; note_tweet: { text: string; entities: object } };
    expect(post.text).toMatch(/^(?:word ){54}word… https:\/\/t\.co\/\w+$/);
    expect(post.note_tweet.text).toMatch(/^(?:word ){100}https:\/\/t\.co\/\w+$/);
    expect(post.note_tweet.entities).toMatchObject({
      urls: [{ expanded_url: 'https://example.com/end' }],
    });
  });

  it('bring along what a post refers to, and who wrote it', async () => {
    const { fake, world } = await start();
    const first = world.addPost({ by: 'bob', text: 'x'.repeat(200), at: ago(9 * MINUTE) });
    world.addPost({ by: 'ada', text: 'so', quotes: first.id });
    world.addPost({ by: 'ada', text: 'no', repliesTo: first.id });
    world.repost(first.id, { by: 'ada' });
    world.addList('7', ['ada']);
    const { body } = await ask(fake, LIST, ALL);
    expect(body.data?.map((post) => post['referenced_tweets'])).toEqual(
      ['retweeted', 'replied_to', 'quoted'].map((type) => [{ type, id: first.id }]),
    );
    expect(body.data?.[0]?.['text']).toBe(`RT @bob: ${'x'.repeat(130)}…`);
    expect(body.data?.[1]).toMatchObject({
      conversation_id: first.id,
      in_reply_to_user_id: first.author.id,
    });
    const own = new Set(body.data?.map(({ id }) => id));
    const along = body.includes?.['tweets']?.filter(({ id }) => !own.has(id));
    expect(along).toMatchObject([{ id: first.id, author_id: first.author.id }]);
    expect(body.includes?.['users']?.map(({ username }) => username)).toEqual(['ada', 'bob']);
    const bare = await ask(fake, LIST);
    expect(bare.body.includes).toBeUndefined();
  });

  it('that only the author may see are told as errors', async () => {
    const { fake, world } = await start({ world: worldOf(1) });
    const ids = world.posts[0]?.id ?? '';
    const { body } = await ask(fake, '/2/tweets', { ids, 'tweet.fields': 'non_public_metrics' });
    expect(body.errors).toMatchObject([{ title: 'Field Authorization Error', resource_id: ids }]);
    expect(body.data).toHaveLength(1);
  });

  it('are named as the request names them', async () => {
    const { fake, world } = await start();
    const first = world.addPost({ by: 'ada', text: 'a '.repeat(200), at: ago(9 * MINUTE) });
    world.addPost({ by: 'ada', text: 'so', quotes: first.id });
    world.addList('7', ['ada']);
    const { body } = await ask(fake, LIST, {
      'post.fields': 'note_post,public_metrics',
      'user.fields': 'public_metrics',
      expansions: 'author_id,referenced_posts',
    });
    expect(body.data?.[0]).toMatchObject({
      author_id: first.author.id,
      edit_history_post_ids: [expect.any(String)],
      referenced_posts: [{ type: 'quoted', id: first.id }],
      public_metrics: { repost_count: 0 },
    });
    expect(body.data?.[1]).toMatchObject({ note_post: { text: expect.any(String) } });
    expect(body.includes?.['posts']?.map(({ id }) => id)).toEqual([first.id]);
    expect(body.includes?.['users']).toMatchObject([{ public_metrics: { post_count: 2 } }]);
  });

  it('are named in one way alone where the server is told so', async () => {
    const { fake, world } = await start({ world: worldOf(1), naming: 'post' });
    const { id = '' } = world.posts[0] ?? {};
    const { body } = await ask(fake, LIST, { 'tweet.fields': 'note_tweet,author_id' });
    expect(body.data).toEqual([
      { id, text: 'post 1', edit_history_post_ids: [id], author_id: idOf(world) },
    ]);
    const { fake: other } = await start({ naming: 'tweet' });
    expect(await refusalOf(other, LIST, { 'post.fields': 'lang' })).toContain('[post.fields]');
  });
});

describe('what is not there', () => {
  it('is told beside what is', async () => {
    const { fake, world, client } = await start({ world: worldOf(4) });
    const [gone = never(), hidden = never(), kept = never(), nowhere = never()] = world.posts;
    world.remove(gone.id);
    world.withhold(kept.id, ['DE']);
    world.withhold(nowhere.id, ['XX']);
    const secret = world.addPost({ by: 'bob', text: 'secret', at: ago(MINUTE) });
    secret.author.state = 'protected';
    const ids = [gone, hidden, kept, nowhere, secret].map(({ id }) => id);
    const answer = await client.tweets([...ids, '12'], ALL);
    expect(answer.data.map(({ id }) => id)).toEqual([hidden.id, kept.id]);
    expect(answer.data[1]?.withheld).toEqual({
      copyright: false,
      country_codes: ['DE'],
      scope: 'tweet',
    });
    expect(answer.errors?.map(({ title, resource_id: id }) => [id, title])).toEqual([
      [gone.id, 'Not Found Error'],
      [nowhere.id, 'Authorization Error'],
      [secret.id, 'Authorization Error'],
      ['12', 'Not Found Error'],
    ]);
    expect(answer.errors?.[0]?.detail).toBe(`Could not find tweet with ids: [${gone.id}].`);
    expect(fake.bill.charged()).toEqual({ posts: 2, users: 1 });
  });

  it('is told of posts that others refer to', async () => {
    const { fake, world } = await start({ world: worldOf(1) });
    const quoted = world.addPost({ by: 'bob', text: 'soon gone' });
    world.addPost({ by: 'ada', text: 'look', quotes: quoted.id });
    world.remove(quoted.id);
    const { body } = await ask(fake, LIST, ALL);
    expect(body.errors).toMatchObject([
      { parameter: 'referenced_tweets.id', resource_id: quoted.id, title: 'Not Found Error' },
    ]);
    expect(body.data).toHaveLength(2);
  });

  it('is told of users and lists, with a good status', async () => {
    const { fake, world, client } = await start({ world: worldOf(1) });
    world.addUser('bob', { state: 'suspended' });
    const cleo = world.addUser('cleo', { state: 'protected' });
    const found = await client.usersByUsernames(['ADA', 'bob', 'cleo', 'dan']);
    expect(found.data.map(({ username }) => username)).toEqual(['ada', 'cleo']);
    expect(found.errors?.map(({ detail }) => detail)).toEqual([
      'User has been suspended: [bob].',
      'Could not find user with usernames: [dan].',
    ]);
    const secret = await ask(fake, `/2/users/${cleo.id}/tweets`);
    expect(secret.body.errors).toMatchObject([{ title: 'Authorization Error' }]);
    const list = await ask(fake, '/2/lists/8/tweets');
    expect(list).toMatchObject({ status: 200, body: { errors: [{ title: 'Not Found Error' }] } });
    const one = await client.userByUsername('ada', { 'user.fields': ['protected', 'created_at'] });
    expect(one.data).toMatchObject({ username: 'ada', protected: false });
    await expect(client.userByUsername('a'.repeat(16))).rejects.toMatchObject({ code: 400 });
  });
});

describe('edits', () => {
  it('show the newest version in timelines, and old ones by their ids', async () => {
    const { fake, world, client } = await start({ world: worldOf(2) });
    const { id = '' } = world.posts[0] ?? {};
    const edited = world.edit(id, 'post 2, better');
    const both = [id, edited.id];
    const { body } = await ask(fake, LIST, ALL);
    expect(body.data?.map(({ text }) => text)).toEqual(['post 2, better', 'post 1']);
    expect(body.data?.[0]).toMatchObject({ id: edited.id, edit_history_tweet_ids: both });
    const old = await client.singleTweet(id, ALL);
    expect(old.data).toMatchObject({ text: 'post 2', edit_history_tweet_ids: both });
    expect(old.includes?.tweets?.map((post) => post.id)).toEqual(both);
  });
});

describe('rate limits', () => {
  it('count requests in windows of a quarter of an hour', async () => {
    let now = NOW;
    const { fake } = await start({ now: () => now, limits: { '/2/lists/:id/tweets': 2 } });
    const resetAt = String((NOW.getTime() + 15 * MINUTE) / 1000);
    const headersOf = async () => {
      const { status, headers, body } = await ask(fake, LIST);
      const rest = headers.get('x-rate-limit-remaining');
      return { status, rest, reset: headers.get('x-rate-limit-reset'), title: body.title };
    };
    expect(await headersOf()).toMatchObject({ status: 200, rest: '1', reset: resetAt });
    expect(await headersOf()).toMatchObject({ status: 200, rest: '0', reset: resetAt });
    expect(await headersOf()).toEqual({
      status: 429,
      rest: '0',
      reset: resetAt,
      title: 'Too Many Requests',
    });
    const { status, headers } = await ask(fake, SEARCH, { query: 'x' });
    expect([status, headers.get('x-rate-limit-limit')]).toEqual([200, '450']);
    expect(headers.get('retry-after')).toBeNull();
    now = new Date(NOW.getTime() + 15 * MINUTE);
    expect(await headersOf()).toMatchObject({ status: 200, rest: '1' });
  });

  it('are told to the real client', async () => {
    const { client } = await start({ limits: { '/2/lists/:id/tweets': 0 } });
    await expect(client.listTweets('7')).rejects.toMatchObject({
      code: 429,
      rateLimitError: true,
      rateLimit: { limit: 0, remaining: 0, reset: NOW.getTime() / 1000 + 900 },
    });
  });
});

describe('the bill', () => {
  it('has each post and each user once a day', async () => {
    let now = NOW;
    const { fake, world } = await start({ now: () => now, world: worldOf(3) });
    const quoted = world.addPost({ by: 'bob', text: 'quoted' });
    world.addPost({ by: 'ada', text: 'see', quotes: quoted.id });
    await ask(fake, LIST);
    expect(fake.bill.charged()).toEqual({ posts: 4, users: 0 });
    await ask(fake, LIST, ALL);
    await ask(fake, LIST, ALL);
    expect(fake.bill.charged()).toEqual({ posts: 5, users: 2 });
    expect(fake.bill.cost()).toBe(0.045);
    now = new Date(NOW.getTime() + DAY);
    await ask(fake, '/2/users/by/username/ada');
    await ask(fake, '/2/tweets/counts/recent', { query: 'x' });
    expect(fake.bill.charged('2026-11-21')).toEqual({ posts: 0, users: 1 });
    expect(fake.bill.cost('2026-11-21')).toBe(0.015);
    expect(fake.bill.days).toEqual(['2026-11-20', '2026-11-21']);
    const { body } = await ask(fake, '/2/usage/tweets', { 'usage.fields': 'project_usage' });
    expect(body.data).toEqual({ project_usage: '5' });
  });

  it('has what came along only where that is charged for', async () => {
    const charging = { includedPosts: false, includedUsers: false };
    const { fake, world } = await start({ world: worldOf(1), charging });
    world.repost(world.posts[0]?.id ?? '', { by: 'bob' });
    world.addList('8', ['bob']);
    await ask(fake, '/2/lists/8/tweets', ALL);
    expect(fake.bill.charged()).toEqual({ posts: 1, users: 0 });
  });

  it('has nothing of what was refused', async () => {
    const { fake } = await start({ world: worldOf(1) });
    fake.next('*', serverError(), limited(NOW), gateway(502));
    for (let index = 0; index < 2; index += 1) await ask(fake, LIST);
    await expect(ask(fake, LIST)).rejects.toThrow(SyntaxError);
    expect(fake.bill.charged()).toEqual({ posts: 0, users: 0 });
  });
});

describe('counts', () => {
  it('are told by the hour, and add up', async () => {
    const { client, world } = await start();
    for (const hours of [1, 2, 2, 30]) {
      world.addPost({ by: 'ada', text: 'cat', at: ago(hours * 60 * MINUTE) });
    }
    const { data, meta } = await client.tweetCountRecent('cat');
    expect(meta.total_tweet_count).toBe(4);
    expect(data.filter((each) => each.tweet_count > 0).map((each) => each.tweet_count)).toEqual([
      1, 2, 1,
    ]);
    expect(data).toHaveLength(7 * 24);
    const days = await client.tweetCountRecent('cat', { granularity: 'day' });
    expect(days.data.map((each) => each.tweet_count)).toEqual([0, 0, 0, 0, 0, 0, 1, 3]);
  });
});

describe('troubles', () => {
  it('come for the next requests, each once', async () => {
    const { fake, client } = await start({ world: worldOf(3) });
    fake.next('/2/lists/:id/tweets', serverError(503), noCredits, cappedUsage, limited(NOW));
    const codes = [];
    for (let index = 0; index < 4; index += 1) {
      const error: unknown = await client.listTweets('7').catch((each) => each);
      codes.push((error as { code?: unknown }).code);
    }
    expect(codes).toEqual([503, 402, 429, 429]);
    expect((await client.listTweets('7')).tweets).toHaveLength(3);
    expect(fake.requests.map(({ status }) => status)).toEqual([503, 402, 429, 429, 200]);
  });

  it('break connections and answers', async () => {
    const { fake } = await start({ world: worldOf(3) });
    fake.next('*', reset, cut(), garble('{"data": [oops'));
    await expect(ask(fake, LIST)).rejects.toThrow('fetch failed');
    await expect(ask(fake, LIST)).rejects.toThrow('terminated');
    await expect(ask(fake, LIST)).rejects.toThrow(SyntaxError);
    expect(fake.bill.charged()).toEqual({ posts: 3, users: 0 });
    expect(fake.requests.map(({ status }) => status)).toEqual([null, 200, 200]);
  });

  it('are seen by the real client as such', async () => {
    const { fake, client } = await start({ world: worldOf(3) });
    fake.next('*', reset, cut());
    await expect(client.listTweets('7')).rejects.toMatchObject({ type: 'request' });
    await expect(client.listTweets('7')).rejects.toMatchObject({ type: 'partial-response' });
  });

  it('make answers slow, or keep them back', async () => {
    const { fake } = await start({ world: worldOf(3) });
    fake.next('*', slow(30), hang);
    const before = performance.now();
    expect((await ask(fake, LIST)).status).toBe(200);
    expect(performance.now() - before).toBeGreaterThan(25);
    const headers = { authorization: `Bearer ${fake.bearer}` };
    const signal = AbortSignal.timeout(30);
    await expect(fetch(`${fake.url}${LIST}`, { headers, signal })).rejects.toThrow('timeout');
    expect(fake.requests[1]?.status).toBeNull();
  });

  it('come for a share of the requests, the same ones for a seed', async () => {
    const statusesOf = async (seed: number) => {
      const { fake } = await start({ world: worldOf(1) });
      fake.weather = stormy(0.3, seed, [serverError(500), serverError(503)]);
      for (let index = 0; index < 60; index += 1) await ask(fake, LIST);
      return fake.requests.map(({ status }) => status);
    };
    const [first, second, other] = [await statusesOf(4), await statusesOf(4), await statusesOf(5)];
    expect(second).toEqual(first);
    expect(other).not.toEqual(first);
    const failed = first.filter((status) => status !== 200).length;
    expect(failed).toBeGreaterThan(8);
    expect(failed).toBeLessThan(30);
  });

  it('end, and it is reached again at the same place', async () => {
    const { fake } = await start({ world: worldOf(1) });
    await fake.door.shut();
    await expect(ask(fake, LIST)).rejects.toThrow('fetch failed');
    await fake.door.reopen();
    expect((await ask(fake, LIST)).status).toBe(200);
  });
});

describe('recorded pages', () => {
  const recorded = [
    {
      data: [{ id: '1', text: 'one', geo: {} }],
      includes: { users: [{ id: '5' }], tweets: [{ id: '1' }, { id: '9' }] },
      meta: { result_count: 1, next_token: 'b26v' },
    },
    { data: [{ id: '2', text: 'two' }] },
    { data: { id: '3', text: 'three' }, errors: [{ title: 'Forbidden' }] },
  ];

  it('are served as they are, one after the other', async () => {
    const { fake } = await start();
    fake.servePages(SEARCH, recorded);
    const first = await ask(fake, SEARCH, { query: 'x' });
    expect(first.body).toEqual(recorded[0]);
    const second = await ask(fake, SEARCH, { query: 'x', next_token: 'b26v' });
    expect(second.body).toMatchObject(recorded[1] ?? {});
    const next_token = String(second.body.meta?.['next_token']);
    const third = await ask(fake, SEARCH, { query: 'x', next_token });
    expect(third.body).toEqual(recorded[2]);
    expect(fake.bill.charged()).toEqual({ posts: 4, users: 1 });
    expect(await refusalOf(fake, SEARCH, { query: 'x', next_token: 'c' })).toContain('not valid');
  });
});

describe('generated worlds', () => {
  const shape = { posts: 400, authors: 12, days: 3, seed: 11 };

  it('are the same for the same seed', () => {
    const [first, second, other] = [11, 11, 12].map((seed) =>
      makeWorld({ ...shape, seed }).posts.map(({ id, text }) => `${id} ${text}`),
    );
    expect(second).toEqual(first);
    expect(other).not.toEqual(first);
    expect(first).toHaveLength(400);
  });

  it('have all kinds of posts, and answers that are as the types say', async () => {
    const world = makeWorld(shape);
    const { fake, client } = await start({ world, now: () => NOW });
    const pages = await client.listTweets(EVERYBODY, { max_results: 100, ...ALL });
    while (!pages.done) await pages.fetchNext();
    expect(pages.tweets).toHaveLength(400);
    const types = pages.tweets.flatMap((post) => post.referenced_tweets ?? []).map((r) => r.type);
    expect(new Set(types)).toEqual(new Set(['retweeted', 'quoted', 'replied_to']));
    expect(pages.tweets.some((post) => post.note_tweet)).toBe(true);
    expect(pages.tweets.some((post) => post.attachments)).toBe(true);
    expect(fake.faults).toEqual([]);
  });

  it('are compressed for those who take it', async () => {
    const { client, fake } = await start({ world: makeWorld(shape), isCompressing: true });
    const pages = await client.listTweets(EVERYBODY, { max_results: 50 });
    expect(pages.tweets).toHaveLength(50);
    const response = await fetch(`${fake.url}/2/lists/${EVERYBODY}/tweets`, {
      headers: { authorization: `Bearer ${fake.bearer}` },
    });
    expect(response.headers.get('content-encoding')).toBe('gzip');
    expect(((await response.json()) as Body).data).toHaveLength(100);
  });
});

function outcomeOf(act: () => unknown): string {
  try {
    act();
    return 'read';
  } catch (error) {
    return error instanceof Refused ? `refused: ${error.status}` : String(error);
  }
}

function never(): never {
  throw new Error('the world has too few posts');
}
