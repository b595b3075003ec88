import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toJsonRow } from '../../../src/collect/file/jsonl.ts';
import { readPost } from '../../../src/collect/row.ts';
import { cleanText } from '../../../src/lib/text.ts';
import type { Post } from '../../../src/model/post.ts';
import { cutWords } from '../../../src/model/words.ts';
import { readContent, row } from '../scratch.ts';

describe('a row of our JSON Lines', () => {
  it('becomes a post with every field that it has', async () => {
    const { format, posts } = await readContent(
      row({
        author: '@ada_reads',
        author_bio: 'Reads.\nWrites.',
        author_followers: 12,
        text: 'Look: https://example.com/a',
        words: 'Look',
        created_at: '2026-03-01T08:30:00.250+08:00',
        lang: 'en',
        likes: 3,
        retweets: 2,
        replies: 1,
        quotes: 0,
        views: 5_000_000_000,
        url: 'https://x.com/ada_reads/status/1800000000000000001',
        urls: ['https://example.com/a', 'javascript:alert(1)'],
        quoted_id: '17',
        reply_to_id: 16,
        conversation_id: '15',
        repost_of_id: '14',
        truncated: true,
        edit_ids: ['13', '1800000000000000001'],
        something_else: { of: 'no concern' },
      }),
    );
    expect(format).toBe('jsonl');
    expect(posts).toEqual([
      {
        id: '1800000000000000001',
        author: 'ada_reads',
        authorName: 'Ada',
        authorBio: 'Reads.\nWrites.',
        authorFollowers: 12,
        text: 'Look: https://example.com/a',
        words: 'Look',
        truncated: true,
        createdAt: new Date('2026-03-01T00:30:00.250Z'),
        lang: 'en',
        likes: 3,
        reposts: 2,
        replies: 1,
        quotes: 0,
        views: 5_000_000_000,
        url: 'https://x.com/ada_reads/status/1800000000000000001',
        urls: ['https://example.com/a'],
        conversationId: '15',
        replyToId: '16',
        quotedId: '17',
        isQuote: true,
        repostOfId: '14',
        isRepost: true,
        editIds: ['13', '1800000000000000001'],
        seenAt: null,
      },
    ]);
  });

  it('leaves unknown what it does not say', async () => {
    const { posts } = await readContent(row({ author_name: undefined, likes: null }));
    expect(posts[0]).toMatchObject({
      authorName: 'ada_reads',
      authorBio: null,
      authorFollowers: null,
      lang: null,
      likes: null,
      reposts: null,
      views: null,
      url: null,
      urls: [],
      isQuote: false,
      isRepost: false,
      truncated: false,
      editIds: [],
      seenAt: null,
    });
  });

  it.each([
    ['2026-03-01T08:30:00', '2026-03-01T08:30:00.000Z'],
    ['2026-03-01 08:30', '2026-03-01T08:30:00.000Z'],
    ['2026-03-01T08:30:00.123456789Z', '2026-03-01T08:30:00.123Z'],
    ['2026-03-01T08:30:00-0330', '2026-03-01T12:00:00.000Z'],
    ['2024-02-29T23:59:59+00', '2024-02-29T23:59:59.000Z'],
  ])('reads the time %s', async (text, expected) => {
    const { posts } = await readContent(row({ created_at: text }));
    expect(posts[0]?.createdAt.toISOString()).toBe(expected);
  });

  it.each([
    [{ created_at: 'yesterday' }, '"created_at" is not a date: "yesterday"'],
    [{ created_at: '2026-02-30T08:00:00Z' }, '"created_at" is not a date: "2026-02-30T08:00:00Z"'],
    [{ created_at: '2026-03-01T24:00:00Z' }, '"created_at" is not a date: "2026-03-01T24:00:00Z"'],
    [{ created_at: '2026-03-01' }, '"created_at" is not a date: "2026-03-01"'],
    [{ created_at: 1_772_353_800 }, '"created_at" is not a date: 1772353800'],
    [{ created_at: '1772353800' }, '"created_at" is not a date: "1772353800"'],
    [
      { created_at: '2005-12-31T23:59:59Z' },
      '"created_at" is not between 2006 and 2100: "2005-12-31T23:59:59Z"',
    ],
    [
      { created_at: '2101-01-01T00:00:00Z' },
      '"created_at" is not between 2006 and 2100: "2101-01-01T00:00:00Z"',
    ],
    [{ created_at: undefined }, '"created_at" is missing'],
    [{ text: undefined }, '"text" is missing'],
    [{ text: null }, '"text" is missing'],
    [{ text: 5 }, '"text" is not text: 5'],
    [{ text: ' \n' }, '"text" is empty'],
    [{ text: '\u0000' }, '"text" is empty'],
    [{ id: undefined }, '"id" is missing'],
    [{ id: '' }, '"id" is empty: ""'],
    [{ id: {} }, '"id" is not an id: an object'],
    [{ author: undefined }, '"author" is missing'],
    [{ author: '@' }, '"author" is empty: "@"'],
    [{ likes: -1 }, '"likes" is not a whole number: -1'],
    [{ views: 1.5 }, '"views" is not a whole number: 1.5'],
    [{ retweets: '12' }, '"retweets" is not a whole number: "12"'],
    [{ is_quote: 'yes' }, '"is_quote" is not true or false: "yes"'],
    [{ urls: 'https://example.com' }, '"urls" is not a list: "https://example.com"'],
    [{ urls: ['https://example.com', 7] }, '"urls[1]" is not text: 7'],
  ])('with %j is a problem', async (changes, reason) => {
    const { rows } = await readContent(`${row()}\n${row(changes)}`);
    expect(rows[1]).toEqual({ kind: 'problem', line: 2, reason });
  });

  it('must write a long id as a string, for a number has lost digits', async () => {
    const long = row().replace('"1800000000000000001"', '1800000000000000001');
    const short = row({ id: 20 });
    const { posts, problems } = await readContent(`${long}\n${short}`);
    expect(problems).toEqual([expect.stringMatching(/^"id" .*write it as a string/)]);
    expect(posts[0]?.id).toBe('20');
  });

  it('is told what is wrong in at most 160 characters', async () => {
    const long = 'x'.repeat(5000);
    const { problems } = await readContent(
      [row(), row({ id: long }), row({ author: long }), row({ created_at: `${long}\n` })].join(
        '\n',
      ),
    );
    expect(problems).toHaveLength(3);
    for (const reason of problems) expect(reason.length).toBeLessThanOrEqual(160);
    expect(problems[0]).toContain('longer than 200 characters');
    expect(problems[1]).toContain('longer than 100 characters');
  });

  it('may have no text when it quotes or links', async () => {
    const quote = row({ text: '', is_quote: true });
    const link = row({ text: '', urls: ['https://example.com/a'] });
    expect((await readContent(`${quote}\n${link}`)).posts).toHaveLength(2);
  });

  it.each([
    ['in', 'id'],
    ['iw', 'he'],
    ['zh', 'zh'],
    ['pt-BR', 'pt-BR'],
    ['und', null],
    ['qme', null],
    ['zxx', null],
    ['qst', null],
    ['qht', null],
    ['art', null],
    ['', null],
    ['?', null],
  ])('in the language %j is in %j', async (code, expected) => {
    expect((await readContent(row({ lang: code }))).posts[0]?.lang).toBe(expected);
  });

  it.each([
    ['It goes on and…', true],
    ['It goes on and… https://t.co/abc', true],
    ['消息指出...展开全文', true],
    ['消息指出 \u200b\u200b...全文', true],
    ['消息指出…全文', true],
    ['He said… nothing', false],
    ['请看全文', false],
  ])('with the text %j is cut: %j', async (text, expected) => {
    expect((await readContent(row({ text }))).posts[0]?.truncated).toBe(expected);
  });

  it('is a repost when its text says so', async () => {
    const { posts } = await readContent(
      [row({ text: 'RT @bo_types: Hi', is_retweet: false }), row({ text: 'So RT @bo: Hi' })].join(
        '\n',
      ),
    );
    expect(posts.map((post) => post.isRepost)).toEqual([true, false]);
  });

  it.each(['javascript:alert(1)', 'ftp://example.com', 'https://', 'example.com', ''])(
    'with the address %j has none',
    async (url) => {
      expect((await readContent(row({ url }))).posts[0]?.url).toBeNull();
    },
  );

  it.each([
    ['https://ada:secret@example.com/a?b#c', 'https://example.com/a?b#c'],
    ['https://x.com@evil.example/ada/status/12345', 'https://evil.example/ada/status/12345'],
    [`https://example.com/${'a'.repeat(3000)}`, null],
  ])('with the address %.60j is at %.60j', async (url, expected) => {
    const { posts } = await readContent(row({ url, urls: [url] }));
    expect(posts[0]).toMatchObject({ url: expected, urls: expected === null ? [] : [expected] });
  });

  it.each([2 ** 31 + 1, 1e15, 1e300])(
    'does not believe that it was liked %d times',
    async (many) => {
      const { posts } = await readContent(
        row({ likes: many, retweets: 2 ** 31, views: many * 1e4 }),
      );
      expect(posts[0]).toMatchObject({ likes: null, reposts: 2 ** 31, views: null });
    },
  );

  it('keeps 25,000 characters, right-to-left text and emoji', async () => {
    const texts = ['長'.repeat(25_000), 'سلام \u200fדָּג', '👩🏽‍🚀🇦🇶 e\u0301', 'a\r\nb\tc'];
    const { posts } = await readContent(texts.map((text) => row({ text })).join('\n'));
    expect(posts.map((post) => post.text)).toEqual([...texts.slice(0, 3), 'a\nb\tc']);
  });

  it('loses NUL bytes and lone surrogates, which no database holds', async () => {
    const { posts } = await readContent(
      row({ text: 'A\u0000B\ud83dC', author_name: 'A\u0007\udc00', author_bio: '\u0000' }),
    );
    expect(posts[0]).toMatchObject({ text: 'AB\ufffdC', authorName: 'A\ufffd', authorBio: '' });
  });
});

const text = fc.string({ unit: 'binary', maxLength: 60 }).map(cleanText);
const filled = text.filter((value) => value.trim() !== '');
const id = fc.stringMatching(/^[a-z0-9:]{1,30}$/);
const maybe = <T>(values: fc.Arbitrary<T>) => fc.option(values, { nil: null });
const count = maybe(fc.integer({ min: 0, max: 2 ** 31 }));

const time = fc.date({
  min: new Date('2006-01-01T00:00:00Z'),
  max: new Date('2100-12-31T23:59:59Z'),
  noInvalidDate: true,
});

const anyPost: fc.Arbitrary<Post> = fc
  .record({
    id,
    author: fc.stringMatching(/^\w{1,30}$/),
    authorName: filled,
    authorBio: maybe(text),
    authorFollowers: count,
    text: filled.filter((value) => !value.startsWith('RT @')),
    truncated: fc.boolean(),
    createdAt: time,
    lang: maybe(fc.constantFrom('en', 'zh', 'pt-BR', 'he')),
    likes: count,
    reposts: count,
    replies: count,
    quotes: count,
    views: maybe(fc.integer({ min: 0, max: 2 ** 40 })),
    url: maybe(fc.webUrl()),
    urls: fc.array(fc.webUrl(), { maxLength: 3 }),
    conversationId: maybe(id),
    replyToId: maybe(id),
    quotedId: maybe(id),
    isQuote: fc.boolean(),
    repostOfId: maybe(id),
    isRepost: fc.boolean(),
    editIds: fc.array(id, { maxLength: 3 }),
    seenAt: maybe(time),
  })
  .map((post) => ({ ...post, words: cutWords(post.text) }));

describe('export and import', () => {
  it('give back the same post, whatever it is', () => {
    fc.assert(
      fc.property(anyPost, (post) => {
        const line = JSON.stringify(toJsonRow(post));
        expect(readPost(JSON.parse(line), 1)).toEqual({ kind: 'post', line: 1, post });
      }),
      { numRuns: 500 },
    );
  });
});
