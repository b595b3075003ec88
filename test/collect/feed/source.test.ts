import { describe, expect, it } from 'vitest';

import { readFeed } from '../../../src/collect/feed/read.ts';
import { readInThread } from '../../../src/collect/feed/thread.ts';
import { jsonFeed, rss, startFeeds } from '../../fakes/feeds.ts';
import { failureOf, NOW, readFrom, SINCE, WISH } from './reading.ts';

const DAY = 24 * 3600 * 1000;

/** Items of a blog, an hour between each, the newest first. */
function items(count: number, change: (index: number) => object = () => ({})) {
  return Array.from({ length: count }, (_, index) => ({
    title: `Title ${index}`,
    link: `https://blog.example/${index}`,
    guid: `https://blog.example/${index}`,
    description: `Words of number ${index}.`,
    date: new Date(NOW.getTime() - (index + 1) * 1000).toUTCString(),
    ...change(index),
  }));
}

describe('a feed', () => {
  it('gives its posts, the oldest first', async () => {
    const feeds = await startFeeds();
    const url = feeds.put('/feed', rss(items(3)));
    const { posts, problems, pages } = await readFrom(url, null, { inThread: true });
    expect(posts.map(({ text }) => text)).toEqual([
      'Title 2\n\nWords of number 2.',
      'Title 1\n\nWords of number 1.',
      'Title 0\n\nWords of number 0.',
    ]);
    expect(problems).toEqual([]);
    expect(pages.map(({ charged }) => charged)).toEqual([{ postIds: [], userIds: [] }]);
    expect(posts[0]).toMatchObject({
      id: expect.stringMatching(/^feed:[\w-]{16}$/),
      author: 'A-blog@127.0.0.1',
      authorName: 'A blog',
      url: 'https://blog.example/2',
      likes: null,
      reposts: null,
      replies: null,
      quotes: null,
      views: null,
      seenAt: null,
    });
  });

  it('is asked only whether it is new, where its server knows versions', async () => {
    const feeds = await startFeeds();
    const versions = { etag: '"v1"', lastModified: 'Sun, 01 Mar 2026 08:30:00 GMT' };
    const url = feeds.put('/feed', { body: rss(items(2)), ...versions });
    const { place } = await readFrom(url);
    const again = await readFrom(url, place);
    expect(again.pages).toEqual([]);
    expect(feeds.requests.map(({ status }) => status)).toEqual([200, 304]);
    feeds.put('/feed', { body: rss(items(3)), etag: '"v2"' });
    expect((await readFrom(url, place)).posts.map(({ text }) => text)).toEqual([
      'Title 2\n\nWords of number 2.',
    ]);
  });

  it('is asked for the whole again where it was cut off, and says so until it comes whole', async () => {
    const feeds = await startFeeds();
    const body = rss(items(3));
    const url = feeds.put('/feed', { body: body.slice(0, body.length - 120), etag: '"v1"' });
    const first = await readFrom(url);
    expect(first.problems).toEqual([expect.stringContaining('it was cut off')]);
    const again = await readFrom(url, first.place);
    expect(again.problems).toEqual(first.problems);
    feeds.put('/feed', { body, etag: '"v1"' });
    const whole = await readFrom(url, again.place);
    expect(whole.problems).toEqual([]);
    expect([...first.posts, ...whole.posts]).toHaveLength(3);
    expect(feeds.requests.map(({ status }) => status)).toEqual([200, 200, 200]);
  });

  it('is asked by its date where it has no tag', async () => {
    const feeds = await startFeeds();
    const url = feeds.put('/feed', {
      body: rss(items(2)),
      lastModified: 'Sun, 01 Mar 2026 08:30:00 GMT',
    });
    const { place } = await readFrom(url);
    expect((await readFrom(url, place)).pages).toEqual([]);
    expect(feeds.requests.map(({ status }) => status)).toEqual([200, 304]);
  });

  it('gives nothing twice, where its server sends everything each time', async () => {
    const feeds = await startFeeds();
    const url = feeds.put('/feed', { body: rss(items(3)), etag: '"v"', ignoresConditions: true });
    const { place } = await readFrom(url);
    expect((await readFrom(url, place)).pages).toEqual([]);
    expect(feeds.requests.map(({ status }) => status)).toEqual([200, 200]);
  });

  it('survives a tag that no request can carry', async () => {
    const feeds = await startFeeds();
    const url = feeds.put('/feed', { body: rss(items(1)), etag: '"caf\u00e9"' });
    const { place } = await readFrom(url);
    expect(place).toMatchObject({ etag: null });
    expect((await readFrom(url, place)).pages).toEqual([]);
  });

  it('gives a post again when its words have changed', async () => {
    const feeds = await startFeeds();
    const url = feeds.put('/feed', rss(items(3)));
    const { place, posts } = await readFrom(url, null, { inThread: true });
    const changed = (index: number) => (index === 1 ? { description: 'Other words.' } : {});
    feeds.put('/feed', rss(items(3, changed)));
    const again = await readFrom(url, place, { inThread: true });
    expect(again.posts.map(({ text }) => text)).toEqual(['Title 1\n\nOther words.']);
    expect(again.posts[0]?.id).toBe(posts[1]?.id);
  });

  it('gives a post that was away for a while only once', async () => {
    const feeds = await startFeeds();
    const url = feeds.put('/feed', rss(items(3)));
    const first = await readFrom(url);
    feeds.put('/feed', rss(items(1)));
    const second = await readFrom(url, first.place);
    feeds.put('/feed', rss(items(3)));
    expect([...second.posts, ...(await readFrom(url, second.place)).posts]).toEqual([]);
  });

  it('goes on after a stop at any page, with nothing twice and nothing left out', async () => {
    const feeds = await startFeeds();
    const url = feeds.put('/feed', { body: rss(items(600)), etag: '"v"' });
    const whole = await readFrom(url);
    expect(whole.pages.map(({ posts }) => posts.length)).toEqual([250, 250, 100]);
    for (const most of [1, 2, 3]) {
      const first = await readFrom(url, null, { most });
      const place = JSON.parse(JSON.stringify(first.place));
      const rest = await readFrom(url, place);
      const ids = [...first.posts, ...rest.posts].map(({ id }) => id);
      expect(ids).toEqual(whole.posts.map(({ id }) => id));
    }
  });

  it('gives the newest of more posts than are read at once, and says so', async () => {
    const feeds = await startFeeds();
    const url = feeds.put('/feed', rss(items(5000)));
    const { posts, problems, place } = await readFrom(url);
    expect(posts).toHaveLength(1000);
    expect(posts.at(-1)?.text).toContain('Title 0');
    expect(problems).toEqual(['it has 5000 posts at once: only the newest 1000 were read']);
    expect(JSON.stringify(place).length).toBeLessThan(40_000);
  });

  it('leaves older posts out, until they are wanted', async () => {
    const feeds = await startFeeds();
    const old = { date: new Date(SINCE.getTime() - DAY).toUTCString() };
    const body = rss(items(2, (index) => (index === 1 ? old : {})));
    const url = feeds.put('/feed', { body, etag: '"v"' });
    const { posts, place } = await readFrom(url);
    expect(posts.map(({ text }) => text)).toEqual(['Title 0\n\nWords of number 0.']);
    const further = await readFrom(url, place, { since: new Date(SINCE.getTime() - 2 * DAY) });
    expect(further.posts.map(({ text }) => text)).toEqual(['Title 1\n\nWords of number 1.']);
  });

  it('gives only those before a moment where later ones are known', async () => {
    const feeds = await startFeeds();
    const url = feeds.put('/feed', rss([...items(3), { title: 'Undated' }]));
    const until = new Date(NOW.getTime() - 2000);
    const { posts, place } = await readFrom(url, null, { until });
    expect(posts.map(({ text }) => text)).toEqual(['Title 2\n\nWords of number 2.']);
    const { posts: others } = await readFrom(url, place, { since: until });
    expect(others.map(({ text }) => text)).toEqual([
      'Title 1\n\nWords of number 1.',
      'Title 0\n\nWords of number 0.',
      'Undated',
    ]);
  });

  it('takes the time at which it saw a post first for that of its writing, where none is said', async () => {
    const feeds = await startFeeds();
    const undated = (words: string) => rss([{ guid: 'a', title: words }]);
    const url = feeds.put('/feed', undated('One'));
    const { posts, place } = await readFrom(url);
    expect(posts[0]?.createdAt).toEqual(NOW);
    const later = { now: () => new Date(NOW.getTime() + DAY) };
    expect((await readFrom(url, place, later)).pages).toEqual([]);
    feeds.put('/feed', undated('One, mended'));
    expect((await readFrom(url, place, later)).posts).toMatchObject([
      { id: posts[0]?.id, text: 'One, mended', createdAt: NOW },
    ]);
  });

  it.each([
    ['of the future', new Date(NOW.getTime() + 90 * DAY).toUTCString()],
    ['that is none', 'soon'],
    ['of the year 1', '0001-01-01T00:00:00Z'],
  ])('takes it also for a date %s', async (_, date) => {
    const feeds = await startFeeds();
    const { posts } = await readFrom(feeds.put('/feed', rss([{ title: 'One', date }])));
    expect(posts.map(({ createdAt }) => createdAt)).toEqual([NOW]);
  });

  it('orders by date what is in no order', async () => {
    const feeds = await startFeeds();
    const mixed = items(9).toSorted(
      (a, b) => ((a.guid + a.title).length % 3) - (b.link.length % 2),
    );
    const { posts } = await readFrom(feeds.put('/feed', rss(mixed.toReversed())));
    const times = posts.map(({ createdAt }) => createdAt.getTime());
    expect(times).toEqual(times.toSorted((a, b) => a - b));
    expect(times).toHaveLength(9);
  });

  it('gives a post once that stands in it twice', async () => {
    const feeds = await startFeeds();
    const older = items(2, () => ({ description: 'As it was.' }));
    const { posts } = await readFrom(feeds.put('/feed', rss([...items(2), ...older])));
    expect(posts.map(({ text }) => text)).toEqual([
      'Title 1\n\nWords of number 1.',
      'Title 0\n\nWords of number 0.',
    ]);
  });

  it('tells posts apart by their links where all have one guid', async () => {
    const feeds = await startFeeds();
    const same = (count: number) => rss(items(count, () => ({ guid: 'https://blog.example/' })));
    const url = feeds.put('/feed', same(3));
    const { posts, place } = await readFrom(url);
    expect(new Set(posts.map(({ id }) => id)).size).toBe(3);
    feeds.put('/feed', same(1));
    expect((await readFrom(url, place)).pages).toEqual([]);
  });

  it('does not mix up the short guids of different feeds', async () => {
    const feeds = await startFeeds();
    const body = rss([{ title: 'One', guid: '1' }]);
    const one = await readFrom(feeds.put('/one', body));
    const two = await readFrom(feeds.put('/two', body));
    expect(one.posts[0]?.id).not.toBe(two.posts[0]?.id);
  });

  it('says of a post without words that it cannot be read only what is true', async () => {
    const feeds = await startFeeds();
    const body = rss([
      { guid: 'a', description: '<![CDATA[<img src="https://a.example/b.png">]]>' },
    ]);
    const { posts, problems } = await readFrom(feeds.put('/feed', body));
    expect([posts, problems]).toEqual([[], []]);
  });

  it('starts anew from a place that is none of its own', async () => {
    const feeds = await startFeeds();
    const url = feeds.put('/feed', rss(items(2)));
    expect((await readFrom(url, { cursor: '123' })).posts).toHaveLength(2);
  });

  it('stops at once when it is told to', async () => {
    const feeds = await startFeeds();
    const url = feeds.put('/feed', { trouble: 'silent' });
    const reason = new Error('enough');
    const controller = new AbortController();
    const reading = readFrom(url, null, { signal: controller.signal });
    await expect.poll(() => feeds.requests.length).toBe(1);
    controller.abort(reason);
    await expect(reading).rejects.toBe(reason);
  });

  describe('with which a stranger would keep us busy', () => {
    const task = {
      bytes: Buffer.from(`<rss><channel>${'<item/>'.repeat(1_400_000)}`),
      contentType: null,
      url: 'https://blog.example/feed.xml',
      known: new Map(),
      loose: [],
      since: SINCE,
      until: null,
      now: NOW,
    };

    it('fails in its thread with the words with which it fails here', async () => {
      const page = { ...task, bytes: Buffer.from('<!doctype html><p>Hi') };
      const here = await failureOf((async () => readFeed(page))());
      const there = await failureOf(readInThread(page, { signal: WISH.signal, seconds: 30 }));
      expect(here.kind).toBe('unreadable');
      expect(there).toMatchObject({ kind: here.kind, message: here.message });
    });

    it('is given up in time', async () => {
      const reading = readInThread(task, { signal: WISH.signal, seconds: 1 });
      expect(await failureOf(reading)).toMatchObject({
        kind: 'unreadable',
        message: 'it takes more than 1 seconds to read',
      });
    });

    it('is given up at once when we are told to stop', async () => {
      const reason = new Error('enough');
      const controller = new AbortController();
      const reading = readInThread(task, { signal: controller.signal, seconds: 600 });
      controller.abort(reason);
      await expect(reading).rejects.toBe(reason);
    });
  });

  it('is read as JSON', async () => {
    const feeds = await startFeeds();
    const body = jsonFeed([
      {
        id: 'a',
        url: 'https://notes.example/a',
        title: 'Ah',
        content_html: '<p>One &amp; two</p>',
        date_published: '2026-03-01T08:30:00+01:00',
        authors: [{ name: 'Ada' }],
        language: 'de',
      },
      {
        id: 7,
        content_text: 'Plain <b>',
        date_published: '2026-03-01T08:30:00Z',
        author: { name: 'Bo' },
      },
      'nonsense',
      { id: 'c', content_text: 9 },
    ]);
    const { posts } = await readFrom(feeds.put('/feed', { body, type: 'application/feed+json' }));
    expect(posts).toMatchObject([
      {
        text: 'Ah\n\nOne & two',
        author: 'Ada@127.0.0.1',
        lang: 'de',
        url: 'https://notes.example/a',
      },
      { text: 'Plain <b>', author: 'Bo@127.0.0.1', url: null },
    ]);
  });
});
