import type { LookupAddress } from 'node:dns';

import { describe, expect, it } from 'vitest';

import { isPublic, type Resolve } from '../../../src/collect/address.ts';
import { feedSource } from '../../../src/collect/feed/source.ts';
import { fetchFeed } from '../../../src/collect/feed/fetch.ts';
import { rss, type Stand, startFeeds } from '../../fakes/feeds.ts';
import { failureOf, NOW, readFrom, WISH } from './reading.ts';

const BODY = rss([{ title: 'One', guid: 'a', date: 'Sun, 01 Mar 2026 08:30:00 GMT' }]);
const MEGABYTE = 2 ** 20;

/** Words of a line, each a case. */
const words = (line: string) => line.split(' ');

describe('the way to a feed', () => {
  it.each(['gzip', 'br'] as const)('takes it packed (%s)', async (packed) => {
    const feeds = await startFeeds();
    const { posts } = await readFrom(feeds.put('/feed', { body: BODY, packed }));
    expect(posts.map(({ text }) => text)).toEqual(['One']);
    expect(feeds.requests[0]?.headers['accept-encoding']).toContain(packed);
  });

  it('follows redirects, and tells of one for good', async () => {
    const feeds = await startFeeds();
    feeds.put('/new', BODY);
    feeds.redirect('/newer', '/new?key=secret', 308);
    feeds.put('/new?key=secret', BODY);
    const temporary = await readFrom(feeds.redirect('/now', '/new', 302));
    expect([temporary.posts.length, temporary.problems]).toEqual([1, []]);
    const { posts, problems } = await readFrom(feeds.redirect('/old', '/newer', 301));
    expect(posts).toHaveLength(1);
    expect(problems).toEqual([
      `it has moved for good to ${feeds.url}/new?…: name that in its place`,
    ]);
  });

  it('names the last address that is for good', async () => {
    const feeds = await startFeeds();
    feeds.put('/today', BODY);
    feeds.redirect('/new', '/today', 307);
    const { problems } = await readFrom(feeds.redirect('/old', '/new', 301));
    expect(problems).toEqual([`it has moved for good to ${feeds.url}/new: name that in its place`]);
  });

  it('has not moved for good where the way there is not for good', async () => {
    const feeds = await startFeeds();
    feeds.put('/feed', BODY);
    feeds.redirect('/turning', '/feed', 301);
    expect((await readFrom(feeds.redirect('/now', '/turning', 302))).problems).toEqual([]);
  });

  it('gives up where redirects do not end', async () => {
    const feeds = await startFeeds();
    const url = feeds.redirect('/a', '/b');
    feeds.redirect('/b', '/a');
    expect(await failureOf(readFrom(url))).toMatchObject({
      kind: 'unreachable',
      message: 'it sends from one address to the next without end',
    });
    expect(feeds.requests).toHaveLength(6);
  });

  it.each([
    ['file:///etc/passwd', 'refused'],
    ['ftp://example.org/feed', 'refused'],
    ['data:text/xml,<rss/>', 'refused'],
    ['http://[', 'unreadable'],
    ['', 'unreadable'],
  ])('goes nowhere else on a redirect to "%s"', async (to, kind) => {
    const feeds = await startFeeds();
    expect(await failureOf(readFrom(feeds.redirect('/feed', to)))).toMatchObject({ kind });
  });

  it.each<[string, Stand, object]>([
    ['a password', { status: 401 }, { kind: 'refused', message: 'it wants a password (401)' }],
    ['not allowed', { status: 403 }, { kind: 'refused' }],
    ['nothing there', { status: 404 }, { kind: 'refused' }],
    ['given up', { status: 410 }, { kind: 'refused', message: 'it has been given up (410)' }],
    ['a teapot', { status: 418 }, { kind: 'refused' }],
    ['nothing to say', { status: 204 }, { kind: 'unreadable' }],
    ['unasked versions', { status: 304 }, { kind: 'unreadable' }],
    ['in trouble', { status: 500 }, { kind: 'unreachable', retryAt: null }],
    ['asked too often', { status: 429 }, { kind: 'limited', retryAt: null }],
    [
      'asked too often for a while',
      { status: 429, headers: { 'retry-after': '120' } },
      { kind: 'limited', retryAt: new Date(NOW.getTime() + 120_000) },
    ],
    [
      'away until a moment',
      { status: 503, headers: { 'retry-after': 'Mon, 02 Mar 2026 13:00:00 GMT' } },
      { kind: 'limited', retryAt: new Date('2026-03-02T13:00:00Z') },
    ],
    [
      'away for ever',
      { status: 429, headers: { 'retry-after': '999999999' } },
      { kind: 'limited', retryAt: new Date('2026-03-03T12:00:00Z') },
    ],
    [
      'too large',
      { body: Buffer.alloc(11 * MEGABYTE, ' ') },
      { kind: 'unreadable', message: 'it is larger than 10 MB' },
    ],
    [
      'a small file that becomes huge',
      { body: Buffer.alloc(30 * MEGABYTE, ' '), packed: 'gzip' },
      { kind: 'unreadable', message: 'it is larger than 10 MB' },
    ],
    [
      'a tiny file that becomes huge',
      { body: Buffer.alloc(30 * MEGABYTE, ' '), packed: 'br' },
      { kind: 'unreadable', message: 'it is larger than 10 MB' },
    ],
    [
      'not packed as it says',
      { body: BODY, headers: { 'content-encoding': 'gzip' } },
      { kind: 'unreachable', message: 'what it sends cannot be unpacked' },
    ],
    [
      'packed as nobody asked',
      { body: BODY, headers: { 'content-encoding': 'zstd' } },
      { kind: 'unreadable' },
    ],
    [
      'cut off',
      { body: BODY, trouble: 'cut' },
      { kind: 'unreachable', message: 'its server broke off' },
    ],
    [
      'cut off while packed',
      { body: BODY, trouble: 'cut', packed: 'gzip' },
      { kind: 'unreachable', message: 'its server broke off' },
    ],
    ['a page', { body: '<!doctype html><p>Hi', type: 'text/html' }, { kind: 'unreadable' }],
    ['empty', { body: '' }, { kind: 'unreadable', message: 'it is no feed, or broken' }],
  ])('says in words when it is %s', async (_, stand, failure) => {
    const feeds = await startFeeds();
    expect(await failureOf(readFrom(feeds.put('/feed?key=secret', stand)))).toMatchObject(failure);
  });

  it.each(['silent', 'slow'] as const)('does not wait for ever (%s)', async (trouble) => {
    const feeds = await startFeeds();
    const url = feeds.put('/feed', { body: BODY, trouble });
    expect(await failureOf(readFrom(url, null, { seconds: 0.5 }))).toMatchObject({
      kind: 'unreachable',
      message: 'it did not answer in 0.5 seconds',
    });
  });

  it('says in words when nobody is there', async () => {
    const feeds = await startFeeds();
    await feeds.close();
    expect(await failureOf(readFrom(`${feeds.url}/feed?key=secret`))).toMatchObject({
      kind: 'unreachable',
      message: 'its server takes no connections',
    });
    expect(await failureOf(readFrom('http://no-such-host.invalid/feed'))).toMatchObject({
      kind: 'unreachable',
      message: 'its server cannot be found',
    });
  });
});

describe('an address', () => {
  it('is not public where it is none', () => {
    expect(isPublic('')).toBe(false);
  });

  it.each(
    words(
      `127.0.0.1 127.255.255.254 0.0.0.0 10.1.2.3 172.16.0.1 172.31.255.255 192.168.1.1 169.254.169.254 100.64.0.1 100.127.255.255 224.0.0.1 255.255.255.255 198.18.0.1 192.0.2.1 ::1 :: fe80::1 fc00::1 fdff::1 ff02::1 fec0::1 2001:db8::1 ::ffff:127.0.0.1 ::ffff:7f00:1 ::ffff:192.168.0.1 ::127.0.0.1 64:ff9b::7f00:1 2002:7f00:1:: 2001::1 fe80::1%eth0 localhost`,
    ),
  )('is not public: %s', (address) => {
    expect(isPublic(address)).toBe(false);
  });

  it.each(
    words(
      `8.8.8.8 1.1.1.1 100.63.255.255 100.128.0.1 172.15.0.1 172.32.0.1 192.169.0.1 2606:4700::1111 2001:4860:4860::8888 ::ffff:8.8.8.8`,
    ),
  )('is public: %s', (address) => {
    expect(isPublic(address)).toBe(true);
  });
});

describe('our own network', () => {
  it.each(
    words(
      `127.0.0.1 localhost 127.1 2130706433 0x7f.0.0.1 0177.0.0.1 [::1] [::ffff:127.0.0.1] 0.0.0.0 127.0.0.1.`,
    ),
  )('is not asked through %s', async (host) => {
    const feeds = await startFeeds();
    feeds.put('/feed', BODY);
    const source = feedSource(
      { url: `http://${host}:${feeds.port}/feed` },
      { privateAddresses: false },
    );
    const reading = Array.fromAsync(source.read(null, WISH));
    expect(await failureOf(reading)).toMatchObject({
      kind: 'refused',
      message: 'it lies in a private network: collect.private_addresses in chorus.yaml allows it',
    });
    expect(feeds.requests).toEqual([]);
  });

  const onlyFirst = (address: string) => address === '127.0.0.1';
  const asked = {
    isAllowed: onlyFirst,
    known: { etag: null, lastModified: null },
    signal: WISH.signal,
    now: WISH.now,
    seconds: 30,
  };

  it('is not asked at the end of a redirect', async () => {
    const feeds = await startFeeds();
    const other = `http://127.0.0.2:${feeds.port}/feed`;
    const failure = await failureOf(fetchFeed(feeds.redirect('/feed', other), asked));
    expect(failure).toMatchObject({ kind: 'refused' });
    expect(feeds.requests).toHaveLength(1);
  });

  it('is not asked under a name that changes its address after a look', async () => {
    const feeds = await startFeeds();
    feeds.put('/feed', BODY);
    const url = `http://feeds.example:${feeds.port}/feed`;
    const answers: LookupAddress[][] = [
      [
        { address: '127.0.0.2', family: 4 },
        { address: '127.0.0.1', family: 4 },
      ],
      [{ address: '127.0.0.2', family: 4 }],
    ];
    let looks = 0;
    const resolve: Resolve = (_name, _options, callback) => {
      callback(null, answers[looks] ?? []);
      looks += 1;
    };
    const file = await fetchFeed(url, { ...asked, resolve });
    expect(file?.bytes.length).toBe(BODY.length);
    expect(looks).toBe(1);
    expect(await failureOf(fetchFeed(url, { ...asked, resolve }))).toMatchObject({
      kind: 'refused',
    });
    expect(feeds.requests).toHaveLength(1);
  });
});
