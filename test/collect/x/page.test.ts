import { describe, expect, it } from 'vitest';
import { readContent } from '../scratch.ts';

const users = [
  {
    id: '7',
    username: 'ada_reads',
    name: 'Ada',
    description: 'Reads & writes',
    public_metrics: { followers_count: 12 },
  },
  { id: '8', username: 'bo_types', name: 'Bo' },
];

function xPost(changes: Readonly<Record<string, unknown>> = {}) {
  return {
    id: '1001',
    author_id: '7',
    text: 'Hello',
    created_at: '2026-03-01T08:30:00.000Z',
    conversation_id: '1001',
    edit_history_tweet_ids: ['1001'],
    lang: 'en',
    public_metrics: { retweet_count: 1, reply_count: 2, like_count: 3, quote_count: 4 },
    ...changes,
  };
}

function page(data: unknown, more: Readonly<Record<string, unknown>> = {}) {
  return { data, includes: { users }, ...more };
}

const readPages = (...pages: unknown[]) =>
  readContent(pages.map((value) => JSON.stringify(value)).join('\n'));

describe('a page of the X API', () => {
  it('gives its posts with their authors', async () => {
    const { format, posts } = await readPages(
      page([
        xPost({
          public_metrics: { ...xPost().public_metrics, impression_count: 500 },
          text: 'a &amp;&lt;b&gt; &amp;lt; &quot;',
        }),
      ]),
    );
    expect(format).toBe('x-api');
    expect(posts).toEqual([
      {
        id: '1001',
        author: 'ada_reads',
        authorName: 'Ada',
        authorBio: 'Reads & writes',
        authorFollowers: 12,
        text: 'a &<b> &lt; &quot;',
        words: 'a b',
        truncated: false,
        createdAt: new Date('2026-03-01T08:30:00Z'),
        lang: 'en',
        likes: 3,
        reposts: 1,
        replies: 2,
        quotes: 4,
        views: 500,
        url: 'https://x.com/ada_reads/status/1001',
        urls: [],
        conversationId: '1001',
        replyToId: null,
        quotedId: null,
        isQuote: false,
        repostOfId: null,
        isRepost: false,
        editIds: [],
        seenAt: null,
      },
    ]);
  });

  it('means the same in the new field names as in the old', async () => {
    const common = {
      id: '1001',
      author_id: '7',
      text: 'Beginning…',
      created_at: xPost().created_at,
    };
    const original = { ...common, id: '900', author_id: '8', text: 'Quoted' };
    const old = {
      data: {
        ...common,
        note_tweet: { text: 'Beginning and end' },
        referenced_tweets: [{ type: 'quoted', id: '900' }],
        edit_history_tweet_ids: ['1000', '1001'],
        public_metrics: { retweet_count: 5 },
      },
      includes: { users, tweets: [original] },
    };
    const renamed = {
      data: {
        ...common,
        note_post: { text: 'Beginning and end' },
        referenced_posts: [{ type: 'quoted', id: '900' }],
        edit_history_post_ids: ['1000', '1001'],
        public_metrics: { repost_count: 5 },
      },
      includes: { users, posts: [original] },
    };
    const before = await readPages(old);
    const after = await readPages(renamed);
    expect(after.posts).toEqual(before.posts);
    expect(after.posts[0]).toMatchObject({
      text: 'Beginning and end',
      truncated: false,
      quotedId: '900',
      isQuote: true,
      reposts: 5,
      editIds: ['1000', '1001'],
    });
    expect(after.posts[1]).toMatchObject({ id: '900', author: 'bo_types' });
  });

  it('takes text and links of a long post from its note', async () => {
    const { posts } = await readPages(
      page([
        xPost({
          text: 'Long… https://t.co/x',
          entities: {
            urls: [{ url: 'https://t.co/x', expanded_url: 'https://x.com/i/web/status/1001' }],
          },
          note_tweet: {
            text: `${'Long &amp; '.repeat(900)}https://t.co/y`,
            entities: { urls: [{ url: 'https://t.co/y', expanded_url: 'https://example.com/y' }] },
          },
        }),
      ]),
    );
    expect(posts[0]?.text).toHaveLength('Long & '.repeat(900).length + 14);
    expect(posts[0]).toMatchObject({ truncated: false, urls: ['https://example.com/y'] });
  });

  it('expands links, and leaves out those to own media and to the quoted post', async () => {
    const urls = [
      {
        url: 'https://t.co/a',
        expanded_url: 'https://sho.rt/a',
        unwound_url: 'https://example.com/a',
      },
      { url: 'https://t.co/b', expanded_url: 'https://example.com/b' },
      { url: 'https://t.co/b', expanded_url: 'https://example.com/b' },
      { url: 'https://t.co/c', expanded_url: 'https://twitter.com/ada_reads/status/1001/photo/1' },
      { url: 'https://t.co/d', expanded_url: 'https://x.com/bo_types/status/900' },
      { url: 'https://t.co/e', expanded_url: 'https://x.com/bo_types/status/901' },
      { url: 'https://t.co/f', expanded_url: 'https://example.com/film', media_key: '7_1' },
    ];
    const { posts } = await readPages(
      page([xPost({ entities: { urls }, referenced_tweets: [{ type: 'quoted', id: '900' }] })]),
    );
    expect(posts[0]?.urls).toEqual([
      'https://example.com/a',
      'https://example.com/b',
      'https://x.com/bo_types/status/901',
    ]);
  });

  it('gives a repost the full text and links of the original that came along', async () => {
    const full = `${'Words '.repeat(40)}end`;
    const original = xPost({
      id: '900',
      author_id: '8',
      text: full,
      entities: { urls: [{ url: 'https://t.co/a', expanded_url: 'https://example.com/a' }] },
    });
    const repost = xPost({
      text: 'RT @bo_types: Words Words…',
      referenced_tweets: [{ type: 'retweeted', id: '900' }],
    });
    const { posts } = await readPages(page([repost], { includes: { users, tweets: [original] } }));
    expect(posts[0]).toMatchObject({
      author: 'ada_reads',
      text: `RT @bo_types: ${full}`,
      truncated: false,
      isRepost: true,
      repostOfId: '900',
      urls: ['https://example.com/a'],
    });
  });

  it('leaves a repost cut when the original did not come along', async () => {
    const { posts } = await readPages(
      page([
        xPost({
          text: 'RT @bo_types: Words…',
          referenced_posts: [{ type: 'reposted', id: '900' }],
        }),
      ]),
    );
    expect(posts[0]).toMatchObject({
      text: 'RT @bo_types: Words…',
      truncated: true,
      isRepost: true,
    });
  });

  it('tells replies', async () => {
    const { posts } = await readPages(
      page([xPost({ referenced_tweets: [{ type: 'replied_to', id: '900' }] })]),
    );
    expect(posts[0]).toMatchObject({ replyToId: '900', isQuote: false, isRepost: false });
  });

  it('lets the id stand for an author whom X did not name', async () => {
    const { posts } = await readPages({ data: [xPost()] });
    expect(posts[0]).toMatchObject({ author: '7', authorName: '7', url: null });
  });

  it('gives a post once that is asked for and referred to', async () => {
    const { posts } = await readPages(page([xPost()], { includes: { users, tweets: [xPost()] } }));
    expect(posts).toHaveLength(1);
  });

  it('may be a page without posts', async () => {
    const { rows } = await readPages({ meta: { result_count: 0 } }, page([xPost()]));
    expect(rows).toHaveLength(1);
  });

  it('is no problem when only some of its posts were withheld', async () => {
    const errors = [
      { title: 'Not Found Error', detail: 'Could not find post 5', resource_id: '5' },
    ];
    const { rows } = await readPages(page([xPost()], { errors }));
    expect(rows.map((found) => found.kind)).toEqual(['post']);
  });

  it('is a problem when it holds nothing but errors', async () => {
    const { rows } = await readPages(
      page([xPost()]),
      { errors: [{ title: 'operational-disconnect', detail: 'The stream was closed' }] },
      { title: 'Unauthorized', status: 401, detail: 'Unauthorized' },
    );
    expect(rows.slice(1)).toEqual([
      { kind: 'problem', line: 2, reason: 'X answered with an error: The stream was closed' },
      { kind: 'problem', line: 3, reason: 'X answered with an error: Unauthorized' },
    ]);
  });

  it('takes a number that is less than nothing for unknown, and keeps the post', async () => {
    const metrics = {
      like_count: -1,
      retweet_count: -2,
      reply_count: 3,
      quote_count: -4,
      impression_count: -5,
    };
    const { posts, problems } = await readPages(
      page([xPost({ public_metrics: metrics })], {
        includes: { users: [{ ...users[0], public_metrics: { followers_count: -7 } }] },
      }),
    );
    expect(problems).toEqual([]);
    expect(posts).toMatchObject([
      { likes: null, reposts: null, replies: 3, quotes: null, views: null, authorFollowers: null },
    ]);
  });

  it('names the post that is wrong, and reads the others', async () => {
    const { problems, posts } = await readPages(
      page([
        xPost({ id: '1', created_at: undefined }),
        xPost({ id: '2' }),
        xPost({ id: '3', entities: 5 }),
        xPost({ id: '4', public_metrics: { like_count: 'many' } }),
        'nonsense',
      ]),
    );
    expect(posts.map((post) => post.id)).toEqual(['2']);
    expect(problems).toEqual([
      'post 1: "created_at" is missing',
      'post 3: "entities" is no object: 5',
      'post 4: "likes" is not a whole number: "many"',
      'not a post: "nonsense"',
    ]);
  });
});

describe('pages of the X API in a file', () => {
  const first = page([xPost({ id: '1' })]);
  const second = page(xPost({ id: '2' }), { matching_rules: [{ id: '5', tag: null }] });

  it.each([
    ['one a line', `${JSON.stringify(first)}\n\n${JSON.stringify(second)}\n`, [1, 3]],
    ['one over many lines', JSON.stringify({ first, ...first }, null, 2), [1]],
    [
      'several over many lines',
      [first, second].map((p) => JSON.stringify(p, null, 1)).join('\n'),
      [1, 40],
    ],
    ['a list of pages', JSON.stringify([first, second]), [1, 1]],
    ['a list of pages over many lines', JSON.stringify([first, second], null, 1), [2, 41]],
  ])('may stand %s', async (_, content, lines) => {
    const found = await readContent(content);
    expect(found.format).toBe('x-api');
    expect(found.problems).toEqual([]);
    expect(found.posts.map((post) => post.id)).toEqual(['1', '2'].slice(0, lines.length));
    expect(found.lines).toEqual(lines);
  });

  it('may be written with one post a line inside a page', async () => {
    const posts = [xPost({ id: '1' }), xPost({ id: '2' })].map((post) => JSON.stringify(post));
    const content = `{"data":[\n${posts.join(',\n')}\n],"meta":{"result_count":2}}`;
    expect((await readContent(content)).posts.map((post) => post.id)).toEqual(['1', '2']);
  });

  it('may be a page larger than the head that is looked at', async () => {
    const posts = Array.from({ length: 6000 }, (_, at) => xPost({ id: String(at + 1) }));
    const pretty = await readContent(JSON.stringify(page(posts), null, 2));
    expect(pretty.posts).toHaveLength(6000);
    const plain = await readContent(JSON.stringify(page(posts)));
    expect(plain.posts).toHaveLength(6000);
  });
});
