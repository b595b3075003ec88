import { AtpAgent } from '@atproto/api';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { type BlueskyAccess, blueskySource } from '../../../src/collect/bluesky/source.ts';
import type { Source } from '../../../src/collect/source.ts';
import { type Post, postLink } from '../../../src/model/post.ts';
import type { Place } from '../../../src/model/source.ts';
import { type FakeAccount, type FakeBluesky, startBluesky } from '../../fakes/bluesky.ts';
import { ago, aWish, failureOf, NOW, readFrom } from '../timelines.ts';

const ADA = 'ada.bsky.example';

type Access = Partial<BlueskyAccess>;

function authorSource(bluesky: FakeBluesky, access: Access = {}, handle = ADA): Source {
  const of = { kind: 'author', handle } as const;
  return blueskySource(
    { kind: 'bluesky', of },
    { server: bluesky.api.url, privateAddresses: true, ...access },
  );
}

function tagSource(bluesky: FakeBluesky, access: Access = {}): Source {
  const of = { kind: 'tag', tag: 'ai' } as const;
  return blueskySource(
    { kind: 'bluesky', of },
    { server: bluesky.api.url, privateAddresses: true, ...access },
  );
}

async function start(): Promise<{ bluesky: FakeBluesky; ada: FakeAccount }> {
  const bluesky = await startBluesky();
  return { bluesky, ada: bluesky.account(ADA, { displayName: 'Ada Quill' }) };
}

const idOf = (uri: string) => {
  const [, did, , key] = uri.split(/\/+/);
  return `bluesky:${did}/${key}`;
};
const idsOf = (posts: readonly Post[]) => posts.map(({ id }) => id);

describe('an author on Bluesky', () => {
  it('is not whom a server names beside the records of somebody else', async () => {
    const { bluesky, ada } = await start();
    const mira = bluesky.account('mira.bsky.example');
    const uri = bluesky.post(mira, 'What she said', ago(9));
    bluesky.post(ada, 'Her own', ago(5), { quotes: uri });
    bluesky.repost(ada, uri, ago(3));
    bluesky.api.rewrite = (text) => text.replaceAll(mira.did, 'did:plc:mallory');
    const honest = await readFrom(authorSource(bluesky), null);
    expect(honest.problems).toEqual([]);
    bluesky.api.rewrite = (text) => text.replaceAll(`"did":"${mira.did}"`, `"did":"${ada.did}"`);
    const { posts, problems } = await readFrom(authorSource(bluesky), null);
    expect(posts).toMatchObject([{ author: ADA, text: 'Her own', isQuote: true }]);
    expect(problems).toEqual(['1 things among the posts were none']);
  });

  it.each([
    ['a cursor of a megabyte', '"cursor":"', `"cursor":"${'x'.repeat(2 ** 20)}`],
    ['a cursor with what no cursor has', '"cursor":"', '"cursor":"\\u202e'],
    ['a name for good that is none', '"did":"did:', '"did":"'],
  ])('is not read from a server that answers with %s', async (_, from, to) => {
    const { bluesky, ada } = await start();
    for (const minutes of [9, 6, 3]) bluesky.post(ada, `Post ${minutes}`, ago(minutes));
    bluesky.api.rewrite = (text) => text.replace(from, to);
    const failure = await failureOf(authorSource(bluesky, { pageSize: 2 }));
    expect(failure).toMatchObject({
      kind: 'unreadable',
      message: expect.stringContaining('does not answer as Bluesky does'),
    });
  });

  it('goes by the name for good where the handle is none', async () => {
    const { bluesky, ada } = await start();
    bluesky.post(ada, 'Hello', ago(5));
    bluesky.api.rewrite = (text) => text.replace(`"${ADA}"`, '"@everyone \\u202eada"');
    const { posts } = await readFrom(authorSource(bluesky), null);
    expect(posts).toMatchObject([{ author: ada.did, text: 'Hello' }]);
  });

  it('is read from the newest post down to the day from which posts are wanted', async () => {
    const { bluesky, ada } = await start();
    bluesky.post(ada, 'Too old', ago(25 * 60));
    const uris = [600, 300, 5].map((minutes) => bluesky.post(ada, `Post ${minutes}`, ago(minutes)));
    const { posts, problems } = await readFrom(authorSource(bluesky), null);
    expect(idsOf(posts)).toEqual(uris.toReversed().map(idOf));
    expect(problems).toEqual([]);
  });

  it('gives posts with all that is known of them', async () => {
    const { bluesky, ada } = await start();
    const counts = { likeCount: 9, repostCount: 4, replyCount: 3, quoteCount: 2 };
    const more = { counts, key: '3kfirst', record: { langs: ['en'] } };
    bluesky.post(ada, 'Lumen 7 is out', ago(5), more);
    const [post] = (await readFrom(authorSource(bluesky), null)).posts;
    const id = `bluesky:${ada.did}/3kfirst`;
    expect(post).toMatchObject({
      id,
      author: ADA,
      authorName: 'Ada Quill',
      text: 'Lumen 7 is out',
      truncated: false,
      createdAt: ago(5),
      lang: 'en',
      likes: 9,
      reposts: 4,
      replies: 3,
      quotes: 2,
      views: null,
      conversationId: id,
      replyToId: null,
      isQuote: false,
      isRepost: false,
    });
    expect(post && postLink(post)).toBe(`https://bsky.app/profile/${ADA}/post/3kfirst`);
  });

  it('is asked for nothing twice: what is known ends the reading', async () => {
    const { bluesky, ada } = await start();
    bluesky.post(ada, 'First', ago(60));
    const source = authorSource(bluesky);
    const first = await readFrom(source, null);
    const asked = bluesky.api.requests.length;
    expect((await readFrom(source, first.place)).pages).toEqual([]);
    expect(bluesky.api.requests.length - asked).toBeLessThanOrEqual(2);
    const uri = bluesky.post(ada, 'Second', ago(1));
    expect(idsOf((await readFrom(source, first.place)).posts)).toEqual([idOf(uri)]);
  });

  it('is the same person under another handle', async () => {
    const { bluesky, ada } = await start();
    bluesky.post(ada, 'First', ago(60));
    const { place } = await readFrom(authorSource(bluesky), null);
    bluesky.rename(ada, 'quill.example');
    bluesky.post(ada, 'Second', ago(1));
    const { posts } = await readFrom(authorSource(bluesky), place);
    expect(posts.map(({ author, text }) => [author, text])).toEqual([['quill.example', 'Second']]);
  });

  it('is given with posts that were indexed late, below those that are known', async () => {
    const { bluesky, ada } = await start();
    bluesky.post(ada, 'Known', ago(2));
    const { place } = await readFrom(authorSource(bluesky), null);
    const uri = bluesky.post(ada, 'Late', ago(6), { indexedAt: ago(1) });
    expect(idsOf((await readFrom(authorSource(bluesky), place)).posts)).toEqual([idOf(uri)]);
  });

  it('has reposts, with the post that they pass on', async () => {
    const { bluesky, ada } = await start();
    const mira = bluesky.account('mira.bsky.example');
    const uri = bluesky.post(mira, 'Lumen 7 costs half', ago(90), { counts: { likeCount: 7 } });
    const repost = bluesky.repost(ada, uri, ago(3));
    const { posts } = await readFrom(authorSource(bluesky), null);
    expect(posts).toMatchObject([
      {
        id: idOf(repost),
        author: ADA,
        text: 'RT @mira.bsky.example: Lumen 7 costs half',
        createdAt: ago(3),
        isRepost: true,
        repostOfId: idOf(uri),
        likes: null,
      },
      { id: idOf(uri), author: 'mira.bsky.example', likes: 7, isRepost: false },
    ]);
  });

  it('has answers, each with what it answers and the conversation that it stands in', async () => {
    const { bluesky, ada } = await start();
    const mira = bluesky.account('mira.bsky.example');
    const root = bluesky.post(mira, 'What does Lumen 7 cost?', ago(30));
    const own = bluesky.post(ada, 'Half of Lumen 6', ago(20), {
      record: { reply: { root: { uri: root, cid: 'x' }, parent: { uri: root, cid: 'x' } } },
    });
    const next = bluesky.post(ada, 'That is what they say', ago(10), {
      record: { reply: { root: { uri: root, cid: 'x' }, parent: { uri: own, cid: 'x' } } },
    });
    const { posts } = await readFrom(authorSource(bluesky), null);
    expect(
      posts.map(({ id, replyToId, conversationId }) => [id, replyToId, conversationId]),
    ).toEqual([
      [idOf(next), idOf(own), idOf(root)],
      [idOf(own), idOf(root), idOf(root)],
      [idOf(root), null, idOf(root)],
    ]);
  });

  it('has quotations, with what they quote; what is gone or not to be seen has no id', async () => {
    const { bluesky, ada } = await start();
    const mira = bluesky.account('mira.bsky.example');
    const quoted = bluesky.post(mira, 'Lumen 7 costs half', ago(90));
    const gone = `at://${mira.did}/app.bsky.feed.post/3kgone`;
    const media = {
      $type: 'app.bsky.embed.images#view',
      images: [{ thumb: 'https://a.example/1', fullsize: 'https://a.example/2', alt: 'A cat' }],
    };
    bluesky.post(ada, 'A quotation', ago(4), { quotes: quoted, embed: media });
    bluesky.post(ada, 'Of what is gone', ago(3), { quotes: gone });
    const did = mira.did;
    bluesky.post(ada, 'Of who blocks', ago(2), {
      quotes: {
        $type: 'app.bsky.embed.record#viewBlocked',
        uri: gone,
        blocked: true,
        author: { did },
      },
    });
    bluesky.post(ada, 'Of who wants out', ago(1), {
      quotes: { $type: 'app.bsky.embed.record#viewDetached', uri: gone, detached: true },
    });
    const { posts } = await readFrom(authorSource(bluesky), null);
    expect(posts.map(({ text, isQuote, quotedId }) => [text, isQuote, quotedId])).toEqual([
      ['Of who wants out', true, null],
      ['Of who blocks', true, null],
      ['Of what is gone', true, null],
      ['A quotation', true, idOf(quoted)],
      ['Lumen 7 costs half', false, null],
    ]);
  });

  it('has links whole, on whatever bytes they stand, and those of cards', async () => {
    const { bluesky, ada } = await start();
    const text = '🚀 Größe: lumen.example/a/b... and here';
    const at = (words: string) => Buffer.from(text.slice(0, text.indexOf(words))).length;
    const facet = (words: string, uri: string) => ({
      index: { byteStart: at(words), byteEnd: at(words) + Buffer.from(words).length },
      features: [{ $type: 'app.bsky.richtext.facet#link', uri }],
    });
    const whole = 'https://lumen.example/a/b/seven';
    bluesky.post(ada, text, ago(1), {
      record: {
        facets: [
          facet('here', 'https://other.example/x'),
          facet('lumen.example/a/b...', whole),
          facet('lumen.example/a', 'https://lumen.example/another'),
          facet('Größe', 'javascript:alert(1)'),
          { index: { byteStart: 2, byteEnd: 9999 }, features: [] },
          { nonsense: true },
        ],
      },
      embed: {
        $type: 'app.bsky.embed.external#view',
        external: { uri: 'https://card.example/1', title: 'T', description: 'D' },
      },
    });
    const [post] = (await readFrom(authorSource(bluesky), null)).posts;
    expect(post?.text).toBe(`🚀 Größe: ${whole} and here`);
    expect(post?.urls).toEqual([whole, 'https://other.example/x', 'https://card.example/1']);
  });

  it('may put what it likes into facets: the text stays, or has whole links', async () => {
    const { bluesky, ada } = await start();
    const source = authorSource(bluesky);
    const edge = fc.integer({ min: -3, max: 40 });
    const facet = fc.oneof(
      fc.jsonValue(),
      fc.record({
        index: fc.record({ byteStart: edge, byteEnd: edge }),
        features: fc.constant([
          { $type: 'app.bsky.richtext.facet#link', uri: 'https://lumen.example/a' },
        ]),
      }),
    );
    const text = 'é🚀 lumen.example/a 価格 lumen.example…';
    let place: Place | null = null;
    let second = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(facet, { maxLength: 6 }), async (facets) => {
        second += 1;
        bluesky.post(ada, text, new Date(ago(60).getTime() + second * 1000), {
          record: { facets },
        });
        const found = await readFrom(source, place);
        place = found.place;
        const words = found.posts.map((post) =>
          post.text.replaceAll('https://lumen.example/a', '~').replaceAll('lumen.example/a', '~'),
        );
        expect(words).toHaveLength(1);
        expect(words[0]).toMatch(/^é🚀 .+ 価格 .+$/u);
      }),
      { numRuns: 40 },
    );
  });

  it('leaves out what is for adults, hidden, or not for strangers, and says so', async () => {
    const { bluesky, ada } = await start();
    const shy = bluesky.account('shy.bsky.example', { labels: ['!no-unauthenticated'] });
    bluesky.post(ada, 'Hidden', ago(9), { labels: ['!hide'] });
    bluesky.post(ada, 'For adults', ago(8), {
      record: {
        labels: {
          $type: 'com.atproto.label.defs#selfLabels',
          values: [{ val: 'porn' }],
        },
      },
    });
    bluesky.repost(ada, bluesky.post(shy, 'Not for strangers', ago(7)), ago(6));
    bluesky.post(ada, 'For all', ago(5));
    const { posts, problems } = await readFrom(authorSource(bluesky), null);
    expect(posts.map(({ text }) => text)).toEqual(['For all']);
    expect(problems).toEqual([
      expect.stringContaining('account only'),
      expect.stringContaining('for adults'),
      expect.stringContaining('hides it'),
    ]);
  });

  it('leaves out pictures without words, without a word about them', async () => {
    const { bluesky, ada } = await start();
    bluesky.post(ada, '', ago(5));
    const { posts, problems } = await readFrom(authorSource(bluesky), null);
    expect([posts, problems]).toEqual([[], []]);
  });

  it('may date posts as he likes: none is later than it was seen', async () => {
    const { bluesky, ada } = await start();
    const record = { createdAt: '2099-01-01T00:00:00.000Z' };
    bluesky.post(ada, 'From the future', ago(4), { record });
    const source = authorSource(bluesky);
    const { posts, place } = await readFrom(source, null);
    expect(posts.map(({ createdAt }) => createdAt)).toEqual([ago(4)]);
    bluesky.post(ada, 'From now', ago(1));
    expect((await readFrom(source, place)).posts.map(({ text }) => text)).toEqual(['From now']);
  });

  it('is told of by the DID where the handle leads nowhere', async () => {
    const { bluesky, ada } = await start();
    bluesky.post(ada, 'A post', ago(4));
    bluesky.rename(ada, 'handle.invalid');
    const [post] = (await readFrom(authorSource(bluesky, {}, ada.did), null)).posts;
    expect(post?.author).toBe(ada.did);
    expect(post && postLink(post)).toContain(`/profile/${ada.did}/post/`);
  });
});

describe('a hashtag on Bluesky', () => {
  it.each(['open', 'no-cursors'] as const)('is searched for where search is %s', async (door) => {
    const { bluesky, ada } = await start();
    bluesky.search = door;
    bluesky.post(ada, 'Too old #ai', ago(25 * 60));
    bluesky.post(ada, 'Of something else', ago(4));
    const uris = [9, 8, 7, 6, 5].map((minutes) =>
      bluesky.post(ada, `#AI ${minutes}`, ago(minutes)),
    );
    const { posts } = await readFrom(tagSource(bluesky, { pageSize: 2 }), null);
    expect(idsOf(posts)).toEqual(uris.toReversed().map(idOf));
  });

  it('is whole though posts of one moment fall on two pages', async () => {
    const { bluesky, ada } = await start();
    const uris = [60, 50, 50, 50, 7].map((minutes) => bluesky.post(ada, '#ai', ago(minutes)));
    const { posts } = await readFrom(tagSource(bluesky, { pageSize: 3 }), null);
    expect(idsOf(posts).toSorted()).toEqual(uris.map(idOf).toSorted());
  });

  it('ends where more posts are of one moment than an answer holds', async () => {
    const { bluesky, ada } = await start();
    for (let count = 0; count < 5; count += 1) bluesky.post(ada, '#ai', ago(8));
    const old = bluesky.post(ada, '#ai', ago(9));
    const { posts } = await readFrom(tagSource(bluesky, { pageSize: 2 }), null);
    expect(idsOf(posts)).toContain(idOf(old));
  });

  it('is read further back, without what is known', async () => {
    const { bluesky, ada } = await start();
    const uris = [90, 80, 70, 60, 50].map((minutes) => bluesky.post(ada, '#ai', ago(minutes)));
    const wish = aWish({ since: ago(85), until: ago(60) });
    for (const source of [tagSource(bluesky, { pageSize: 1 }), authorSource(bluesky)]) {
      expect(idsOf((await readFrom(source, null, wish)).posts)).toEqual(
        uris.slice(1, 3).toReversed().map(idOf),
      );
    }
  });

  it('says what to do where the server lets no stranger search', async () => {
    const { bluesky } = await start();
    bluesky.search = 'closed';
    expect(await failureOf(tagSource(bluesky))).toMatchObject({
      kind: 'refused',
      message: expect.stringContaining('collect.bluesky') as string,
    });
  });
});

describe('reading on, wherever it stopped', () => {
  it('gives each post once and leaves none out, whatever comes in between', async () => {
    const { bluesky } = await start();
    const step = fc.record({
      posts: fc.array(fc.nat(3), { maxLength: 6 }), // milliseconds since the one before
      stopAfter: fc.nat(3),
    });
    let names = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(authorSource, tagSource),
        fc.array(step, { minLength: 1, maxLength: 6 }),
        async (sourceOf, steps) => {
          names += 1;
          const name = `a${names}.bsky.example`;
          const author = bluesky.account(name);
          const of =
            sourceOf === tagSource
              ? ({ kind: 'tag', tag: `t${names}` } as const)
              : ({ kind: 'author', handle: name } as const);
          const access = { server: bluesky.api.url, privateAddresses: true, pageSize: 4 };
          const source = blueskySource({ kind: 'bluesky', of }, access);
          let time = ago(60).getTime();
          let place: Place | null = null;
          const written: string[] = [];
          const given: string[] = [];
          for (const { posts, stopAfter } of [...steps, { posts: [], stopAfter: 1000 }]) {
            for (const pause of posts) {
              // An answer of a search must hold all posts of one moment.
              time += pause + (written.length % 3 === 0 ? 1 : 0);
              written.push(idOf(bluesky.post(author, `#t${names}`, new Date(time))));
            }
            const found = await readFrom(source, place, aWish(), stopAfter);
            given.push(...idsOf(found.posts));
            place = found.place;
          }
          expect(given.toSorted()).toEqual(written.toSorted());
        },
      ),
      { numRuns: 30 },
    );
  }, 60_000);
});

describe('a server of Bluesky that does not answer as it should', () => {
  it.each([
    ['an unknown author', 'nobody.bsky.example', 'check the handle'],
    ['what is no handle', 'nobody', 'does not show'],
  ])('is asked for %s', async (_, handle, words) => {
    const { bluesky } = await start();
    expect(await failureOf(authorSource(bluesky, {}, handle))).toMatchObject({
      kind: 'refused',
      message: expect.stringContaining(words) as string,
    });
  });

  it('has closed an account', async () => {
    const { bluesky, ada } = await start();
    bluesky.closed.set(ada.did, 'AccountTakedown');
    expect((await failureOf(authorSource(bluesky))).message).toContain('is closed');
  });

  it('is left alone until it wants to be asked again', async () => {
    const { bluesky } = await start();
    const reset = String(Math.floor(ago(-7).getTime() / 1000));
    bluesky.api.next({
      kind: 'answer',
      status: 429,
      body: { error: 'RateLimitExceeded', message: 'Rate Limit Exceeded' },
      headers: { 'ratelimit-limit': '3000', 'ratelimit-remaining': '0', 'ratelimit-reset': reset },
    });
    expect(await failureOf(authorSource(bluesky))).toMatchObject({
      kind: 'limited',
      retryAt: ago(-7),
    });
  });

  it.each([
    [
      'is in trouble',
      { kind: 'answer', status: 502, body: { error: 'UpstreamFailure' } },
      'unreachable',
    ],
    ['breaks off', { kind: 'cut' }, 'unreachable'],
    ['says nothing', { kind: 'silent' }, 'unreachable'],
    ['has no end', { kind: 'flood' }, 'unreadable'],
    ['sends a page', { kind: 'answer', status: 200, body: '<html>' }, 'unreadable'],
    ['sends something else', { kind: 'answer', status: 200, body: [1] }, 'unreadable'],
  ] as const)('%s', async (_, trouble, kind) => {
    const { bluesky } = await start();
    bluesky.api.next(trouble);
    const seconds = trouble.kind === 'silent' ? 0.2 : 20;
    expect(await failureOf(authorSource(bluesky, { seconds }))).toMatchObject({ kind });
  });

  it('is not read where it lies in a private network', async () => {
    const { bluesky } = await start();
    expect(await failureOf(authorSource(bluesky, { privateAddresses: false }))).toMatchObject({
      kind: 'refused',
      message: expect.stringContaining('private_addresses') as string,
    });
    expect(bluesky.api.requests).toEqual([]);
  });

  it('keeps nobody waiting who does not want to wait any more', async () => {
    const { bluesky } = await start();
    bluesky.api.next({ kind: 'silent' });
    const stop = new AbortController();
    const reading = readFrom(authorSource(bluesky), null, aWish({ signal: stop.signal }));
    stop.abort(new Error('stopped'));
    await expect(reading).rejects.toThrow('stopped');
  });

  it('may lead round in circles: nobody follows', async () => {
    const { bluesky, ada } = await start();
    bluesky.post(ada, 'A post', ago(4));
    const agent = new AtpAgent({ service: bluesky.api.url });
    const { data } = await agent.getAuthorFeed({ actor: ADA });
    const page = { kind: 'answer', status: 200, body: { ...data, cursor: 'again' } } as const;
    bluesky.api.next({ kind: 'answer', status: 200, body: { did: ada.did } }, page, page);
    const { posts } = await readFrom(authorSource(bluesky), null);
    expect(posts.map(({ text }) => text)).toEqual(['A post']);
  });

  it('may send posts that are none: the others are read', async () => {
    const { bluesky, ada } = await start();
    bluesky.post(ada, 'A post', ago(4));
    const source = authorSource(bluesky);
    const agent = new AtpAgent({ service: bluesky.api.url });
    const { data } = await agent.getAuthorFeed({ actor: ADA });
    const feed = [null, { post: {} }, ...data.feed];
    bluesky.api.next(
      { kind: 'answer', status: 200, body: { did: ada.did } },
      { kind: 'answer', status: 200, body: { feed } },
    );
    const { posts, problems } = await readFrom(source, null);
    expect(posts.map(({ text }) => text)).toEqual(['A post']);
    expect(problems).toEqual(['2 things among the posts were none']);
  });
});

describe('the fake of Bluesky', () => {
  it('is read by Bluesky’s own client', async () => {
    const { bluesky, ada } = await start();
    const first = bluesky.post(ada, 'First #ai', ago(9));
    bluesky.post(ada, 'Second', ago(8), { quotes: first });
    bluesky.repost(ada, first, ago(7));
    const agent = new AtpAgent({ service: bluesky.api.url });
    const { data } = await agent.getAuthorFeed({ actor: ADA, limit: 2 });
    expect(data.feed.map(({ post }) => post.record['text'])).toEqual(['First #ai', 'Second']);
    const rest = await agent.getAuthorFeed({ actor: ADA, cursor: data.cursor ?? '' });
    expect(rest.data.feed.map(({ post }) => post.uri)).toEqual([first]);
    const found = await agent.app.bsky.feed.searchPosts({ q: '#ai', until: NOW.toISOString() });
    expect(found.data.posts.map(({ uri }) => uri)).toEqual([first]);
  });

  it.each([
    ['limit=101', 'limit can not be greater than 100'],
    ['limit=0', 'limit can not be less than 1'],
    ['limit=x', 'limit must be an integer'],
    ['cursor=nonsense', 'Malformed cursor'],
  ])('refuses %s', async (parameter, message) => {
    const { bluesky } = await start();
    const url = `${bluesky.api.url}/xrpc/app.bsky.feed.getAuthorFeed?actor=${ADA}&${parameter}`;
    const response = await fetch(url);
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({
      error: 'InvalidRequest',
      message: expect.stringContaining(message) as string,
    });
  });
});
