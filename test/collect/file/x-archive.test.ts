import { describe, expect, it } from 'vitest';
import { readContent } from '../scratch.ts';

function tweet(changes: Readonly<Record<string, unknown>> = {}) {
  return {
    id_str: '1001',
    id: '1001',
    created_at: 'Sun Mar 01 08:30:05 +0000 2026',
    full_text: 'Tea &amp; toast',
    favorite_count: '31',
    retweet_count: '13',
    truncated: false,
    lang: 'en',
    entities: { urls: [] },
    ...changes,
  };
}

const wrap = (value: unknown) => ({ tweet: value });

function archive(values: readonly unknown[], part = 'tweets', number = 0): string {
  return `window.YTD.${part}.part${number} = ${JSON.stringify(values, null, 2)}\n`;
}

const account = `window.YTD.account.part0 = [ { "account" : {
  "username" : "ada_reads", "accountDisplayName" : "Ada", "email" : "ada@example.com" } } ]`;

describe("the posts of an X account's archive", () => {
  it('are read with their numbers, dates and links', async () => {
    const { format, posts, lines } = await readContent(
      archive([
        wrap(tweet()),
        wrap(
          tweet({
            id_str: '1002',
            full_text: '@bo_types see https://t.co/a https://t.co/p',
            lang: 'qme',
            in_reply_to_status_id_str: '900',
            entities: {
              urls: [{ url: 'https://t.co/a', expanded_url: 'https://example.com/a' }],
              media: [{ expanded_url: 'https://twitter.com/ada_reads/status/1002/photo/1' }],
            },
          }),
        ),
      ]),
      { author: '@ada_reads' },
    );
    expect(format).toBe('x-archive');
    expect(lines).toEqual([2, 17]);
    expect(posts).toEqual([
      {
        id: '1001',
        author: 'ada_reads',
        authorName: 'ada_reads',
        authorBio: null,
        authorFollowers: null,
        text: 'Tea & toast',
        words: 'Tea toast',
        truncated: false,
        createdAt: new Date('2026-03-01T08:30:05Z'),
        lang: 'en',
        likes: 31,
        reposts: 13,
        replies: null,
        quotes: null,
        views: null,
        url: 'https://x.com/ada_reads/status/1001',
        urls: [],
        conversationId: null,
        replyToId: null,
        quotedId: null,
        isQuote: false,
        repostOfId: null,
        isRepost: false,
        editIds: [],
        seenAt: null,
      },
      expect.objectContaining({
        id: '1002',
        lang: null,
        replyToId: '900',
        urls: ['https://example.com/a'],
      }),
    ]);
  });

  it.each([
    ['of the older name', archive([wrap(tweet())], 'tweet')],
    ['of a later part', archive([wrap(tweet())], 'tweets', 3)],
    ['without the wrapper', archive([tweet()])],
    [
      'on one line, with a semicolon',
      `window.YTD.tweets.part0=${JSON.stringify([wrap(tweet())])};`,
    ],
    ['without the assignment', JSON.stringify([wrap(tweet())])],
  ])('may come in a file %s', async (_, content) => {
    const { format, posts, problems } = await readContent(content, { author: 'ada_reads' });
    expect(format).toBe('x-archive');
    expect(posts).toHaveLength(1);
    expect(problems).toEqual([]);
  });

  it('may be none', async () => {
    expect((await readContent(archive([]), { author: 'ada_reads' })).rows).toEqual([]);
  });

  it('are reposts, mostly cut, when they begin with RT @', async () => {
    const { posts } = await readContent(
      archive([wrap(tweet({ full_text: 'RT @bo_types: And so…' }))]),
      { author: 'ada_reads' },
    );
    expect(posts[0]).toMatchObject({ isRepost: true, truncated: true });
  });

  it('know their versions when they were edited', async () => {
    const ids = ['1000', '1001'];
    const { posts } = await readContent(
      archive([
        wrap(tweet({ edit_info: { initial: { editTweetIds: ['1001'] } } })),
        wrap(tweet({ id_str: '1000', edit_info: { initial: { editTweetIds: ids } } })),
        wrap(
          tweet({
            edit_info: {
              edit: { initialTweetId: '1000', editControlInitial: { editTweetIds: ids } },
            },
          }),
        ),
      ]),
      { author: 'ada_reads' },
    );
    expect(posts.map((post) => post.editIds)).toEqual([[], ids, ids]);
  });

  it('are skipped one by one when they are broken', async () => {
    const lines = archive(
      ['1', '2', '3', '4', '5', '6', '7'].map((id) => wrap(tweet({ id_str: id }))),
    ).split('\n');
    const at = (id: string) => lines.findIndex((line) => line.includes(`"id_str": "${id}"`));
    lines[at('2')] = '"id_str": "2,'; // an open string
    lines[at('4')] = '"id_str": "4", "created_at": {'; // a brace too many
    lines[at('6')] = '"id_str": "6", }'; // a brace that closes too early
    const { posts, problems } = await readContent(lines.join('\n'), { author: 'ada_reads' });
    expect(posts.map((post) => post.id)).toEqual(expect.arrayContaining(['1', '3', '5', '7']));
    expect(problems.length).toBeGreaterThanOrEqual(3);
    for (const reason of problems) expect(reason).toMatch(/^(not valid JSON: |not a post: )/);
  });

  it('are read up to where a file was cut, which is said once', async () => {
    const whole = archive(['1', '2', '3'].map((id) => wrap(tweet({ id_str: id }))));
    const inside = await readContent(whole.slice(0, -60), { author: 'ada_reads' });
    expect(inside.posts.map((post) => post.id)).toEqual(['1', '2']);
    expect(inside.problems).toEqual([expect.stringContaining('the file ends in the middle')]);
    const between = await readContent(
      whole.slice(0, whole.lastIndexOf(']', whole.length - 5) - 1),
      {
        author: 'ada_reads',
      },
    );
    expect(between.problems).toEqual([expect.stringContaining('the file ends in the middle')]);
  });
});

describe('the owner of an archive', () => {
  const own = tweet({
    entities: {
      media: [
        { expanded_url: 'https://twitter.com/someone_else/status/555/photo/1' },
        { expanded_url: 'https://twitter.com/pictured/status/1001/photo/1' },
      ],
    },
  });
  const content = archive([wrap(tweet({ id_str: '1' })), wrap(own)]);

  it('is whom the caller names, then whom account.js names, then the own pictures', async () => {
    const beside = { 'account.js': account };
    const told = await readContent(content, { author: '@told', beside });
    expect(told.posts[0]).toMatchObject({ author: 'told', authorName: 'told' });
    const same = await readContent(content, { author: 'ADA_reads', beside });
    expect(same.posts[0]).toMatchObject({ author: 'ADA_reads', authorName: 'Ada' });
    const named = await readContent(content, { beside });
    expect(named.posts[0]).toMatchObject({ author: 'ada_reads', authorName: 'Ada' });
    const pictured = await readContent(content);
    expect(pictured.posts[0]).toMatchObject({ author: 'pictured', authorName: 'pictured' });
  });

  it('is looked for elsewhere when account.js is broken', async () => {
    const beside = { 'account.js': 'window.YTD.account.part0 = [ {' };
    expect((await readContent(content, { beside })).posts[0]?.author).toBe('pictured');
  });

  it('is asked for when nothing tells', async () => {
    await expect(readContent(archive([wrap(tweet())]))).rejects.toMatchObject({
      name: 'UserError',
      code: 'input',
      message: expect.stringContaining('--author HANDLE'),
    });
  });

  it('must be a handle', async () => {
    await expect(readContent(content, { author: 'two words' })).rejects.toMatchObject({
      code: 'usage',
    });
  });
});
