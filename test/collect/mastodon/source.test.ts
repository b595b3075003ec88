import fc from 'fast-check';
import { createRestAPIClient } from 'masto';
import { describe, expect, it } from 'vitest';

import { type MastodonAccess, mastodonSource } from '../../../src/collect/mastodon/source.ts';
import type { Source } from '../../../src/collect/source.ts';
import { type Post, postLink } from '../../../src/model/post.ts';
import type { Place } from '../../../src/model/source.ts';
import {
  type FakeMastodon,
  type FakeMember,
  type MastodonOptions,
  startMastodon,
} from '../../fakes/mastodon.ts';
import { ago, aWish, failureOf, readFrom } from '../timelines.ts';

type Access = Partial<MastodonAccess>;

async function start(
  options: MastodonOptions = {},
): Promise<{ mastodon: FakeMastodon; ada: FakeMember }> {
  const mastodon = await startMastodon(options);
  return { mastodon, ada: mastodon.member('ada', null, { display_name: 'Ada Quill' }) };
}

function authorSource(mastodon: FakeMastodon, access: Access = {}, handle = 'ada'): Source {
  const of = { kind: 'author', handle } as const;
  return mastodonSource(
    { kind: 'mastodon', server: mastodon.api.host, of },
    { privateAddresses: true, ...access },
  );
}

function tagSource(mastodon: FakeMastodon, access: Access = {}): Source {
  const of = { kind: 'tag', tag: 'AI' } as const;
  return mastodonSource(
    { kind: 'mastodon', server: mastodon.api.host, of },
    { privateAddresses: true, ...access },
  );
}

const textsOf = (posts: readonly Post[]) => posts.map(({ text }) => text);
const idsOf = (posts: readonly Post[]) => posts.map(({ id }) => id);

describe('an author on Mastodon', () => {
  it('speaks under names of the own server only', async () => {
    const { mastodon, ada } = await start();
    mastodon.status(ada, 'Hello', ago(9));
    mastodon.api.rewrite = (json) => json.replaceAll('"acct":"ada"', '"acct":"mira@town.example"');
    const { posts, problems } = await readFrom(authorSource(mastodon), null);
    expect(posts).toEqual([]);
    expect(problems).toEqual(['1 things among the posts were none']);
  });

  it('has the letters of addresses in the name of a server', async () => {
    const { mastodon, ada } = await start();
    const fields = { uri: 'https://xn--dmin-moa0i.example/users/mira/statuses/115000000000000001' };
    const mira = mastodon.member('mira', 'd\u00f6m\u00e4in.example');
    mastodon.boost(ada, mastodon.status(mira, 'Hello', ago(9), { fields }), ago(5));
    const { posts } = await readFrom(authorSource(mastodon), null);
    expect(posts[1]).toMatchObject({ author: 'mira@xn--dmin-moa0i.example' });
  });

  it.each([
    ['"acct":"ada"', '"acct":"@everyone"'],
    ['"acct":"ada"', '"acct":"a\\u202eda"'],
    ['"acct":"ada"', `"acct":"${'a'.repeat(1000)}"`],
    ['"acct":"ada"', '"acct":"ada@a b"'],
    [/"id":"(\d{15,})"/, `"id":"${'9'.repeat(10_000)}"`],
    [/"id":"(\d{15,})"/, '"id":"../$1"'],
  ])('is none with %s as %.40s', async (from, to) => {
    const { mastodon, ada } = await start();
    mastodon.status(ada, 'Hello', ago(9));
    mastodon.api.rewrite = (json) => json.replaceAll(new RegExp(from, 'g'), to);
    const { posts, problems, place } = await readFrom(authorSource(mastodon), null);
    expect(posts).toEqual([]);
    expect(problems.every((words) => words === '1 things among the posts were none')).toBe(true);
    expect(JSON.stringify(place).length).toBeLessThan(1000);
  });

  it.each(['mastodon', 'akkoma'] as const)(
    'is read from the newest post down to the day from which posts are wanted: %s',
    async (software) => {
      const { mastodon, ada } = await start({ software });
      for (const minutes of [25 * 60, 600, 300, 5]) {
        mastodon.status(ada, `<p>Post ${minutes}</p>`, ago(minutes));
      }
      const { posts } = await readFrom(authorSource(mastodon, { pageSize: 2 }), null);
      expect(textsOf(posts)).toEqual(['Post 5', 'Post 300', 'Post 600']);
    },
  );

  it('gives posts with all that is known of them', async () => {
    const { mastodon, ada } = await start();
    const id = mastodon.status(ada, '<p>Lumen 7 is out</p>', ago(5), {
      fields: { favourites_count: 9, reblogs_count: 4, replies_count: 3, quotes_count: 2 },
    });
    const [post] = (await readFrom(authorSource(mastodon), null)).posts;
    const { host } = mastodon.api;
    expect(post).toMatchObject({
      id: `mastodon:${host}/${id}`,
      author: `ada@${host}`,
      authorName: 'Ada Quill',
      text: 'Lumen 7 is out',
      truncated: false,
      createdAt: ago(5),
      seenAt: expect.any(Date),
      lang: 'en',
      likes: 9,
      reposts: 4,
      replies: 3,
      quotes: 2,
      views: null,
      isQuote: false,
      isRepost: false,
    });
    expect(post && postLink(post)).toBe(`https://${host}/@ada/${id}`);
  });

  it('is asked for nothing twice: what is known ends the reading', async () => {
    const { mastodon, ada } = await start();
    mastodon.status(ada, 'First', ago(60));
    const source = authorSource(mastodon);
    const { place } = await readFrom(source, null);
    const asked = mastodon.api.requests.length;
    expect((await readFrom(source, place)).pages).toEqual([]);
    expect(mastodon.api.requests.length - asked).toBeLessThanOrEqual(2);
    mastodon.status(ada, 'Second', ago(1));
    expect(textsOf((await readFrom(source, place)).posts)).toEqual(['Second']);
  });

  it('has boosts, with the post that they pass on, which is the same through any server', async () => {
    const { mastodon, ada } = await start();
    const mira = mastodon.member('mira', 'town.example');
    const id = mastodon.status(mira, '<p>Lumen 7 costs half</p>', ago(90), {
      fields: {
        uri: 'https://town.example/ap/users/11/statuses/115000000000000001',
        url: 'https://town.example/@mira/115000000000000001',
        favourites_count: 7,
      },
    });
    mastodon.boost(ada, id, ago(3));
    const { posts } = await readFrom(authorSource(mastodon), null);
    const home = 'mastodon:town.example/115000000000000001';
    expect(posts).toMatchObject([
      {
        author: `ada@${mastodon.api.host}`,
        text: 'RT @mira@town.example: Lumen 7 costs half',
        createdAt: ago(3),
        isRepost: true,
        repostOfId: home,
        likes: null,
        url: 'https://town.example/@mira/115000000000000001',
      },
      // Another server's post is known by hearsay only.
      { id: home, author: 'mira@town.example', likes: 7, isRepost: false, seenAt: null },
    ]);
  });

  it('has threads: each answer names the post that it answers', async () => {
    const { mastodon, ada } = await start();
    const { host } = mastodon.api;
    const first = mastodon.status(ada, 'One', ago(30));
    const fields = { in_reply_to_id: first, in_reply_to_account_id: ada.id };
    const second = mastodon.status(ada, 'Two', ago(20), { fields });
    mastodon.status(ada, 'Three', ago(10), { fields: { ...fields, in_reply_to_id: second } });
    const { posts } = await readFrom(authorSource(mastodon, { pageSize: 1 }), null);
    expect(posts.map(({ text, replyToId }) => [text, replyToId])).toEqual([
      ['Three', `mastodon:${host}/${second}`],
      ['Two', `mastodon:${host}/${first}`],
      ['One', null],
    ]);
  });

  it('has quotations, with what they quote; what is gone or not agreed to has no id', async () => {
    const { mastodon, ada } = await start();
    const mira = mastodon.member('mira', 'town.example');
    const quoted = mastodon.status(mira, '<p>Lumen 7 costs half</p>', ago(90));
    const inline = '<p class="quote-inline">RE: <a href="https://town.example/1">x</a></p>';
    mastodon.status(ada, `${inline}<p>A quotation</p>`, ago(4), {
      fields: { quote: { state: 'accepted', quoted_status: mastodon.view(quoted) } },
    });
    for (const state of ['deleted', 'revoked', 'blocked_account']) {
      mastodon.status(ada, `Of one that is ${state}`, ago(2), {
        fields: { quote: { state, quoted_status: null } },
      });
    }
    const { posts } = await readFrom(authorSource(mastodon), null);
    expect(posts.map(({ text, isQuote, quotedId }) => [text, isQuote, quotedId])).toEqual([
      ['Of one that is blocked_account', true, null],
      ['Of one that is revoked', true, null],
      ['Of one that is deleted', true, null],
      ['A quotation', true, `mastodon:town.example/${quoted}`],
      ['Lumen 7 costs half', false, null],
    ]);
  });

  it('has content warnings before the words, and no little pictures in them', async () => {
    const { mastodon, ada } = await start();
    mastodon.status(ada, '<p>It ends :blob_cat: well</p>', ago(4), {
      fields: { spoiler_text: 'The film', emojis: [{ shortcode: 'blob_cat' }] },
    });
    const [post] = (await readFrom(authorSource(mastodon), null)).posts;
    expect(post?.text).toBe('The film\n\nIt ends well');
  });

  it('leaves out pictures without words, and what is not for everybody', async () => {
    const { mastodon, ada } = await start();
    mastodon.status(ada, '', ago(5));
    mastodon.status(ada, 'For followers', ago(4), { fields: { visibility: 'private' } });
    const { posts, problems } = await readFrom(authorSource(mastodon), null);
    expect([posts, problems]).toEqual([[], []]);
  });

  it('may have a clock that is ahead: what comes after is read all the same', async () => {
    const { mastodon, ada } = await start({ software: 'akkoma' });
    mastodon.status(ada, 'From the future', new Date('2031-01-01'));
    const source = authorSource(mastodon);
    const { place } = await readFrom(source, null);
    mastodon.status(ada, 'From now', ago(1));
    expect(textsOf((await readFrom(source, place)).posts)).toEqual(['From now']);
  });
});

describe('a hashtag on Mastodon', () => {
  it('is read with posts that came late, below those that are known', async () => {
    const { mastodon, ada } = await start();
    mastodon.status(ada, 'Other', ago(3));
    mastodon.status(ada, 'Known #ai', ago(2));
    const source = tagSource(mastodon);
    const { posts, place } = await readFrom(source, null);
    expect(textsOf(posts)).toEqual(['Known #ai']);
    mastodon.status(ada, 'Late #ai', ago(6));
    mastodon.status(ada, 'Written long ago #ai', ago(300), { arrivedAt: ago(1) });
    expect(textsOf((await readFrom(source, place)).posts)).toEqual([
      'Written long ago #ai',
      'Late #ai',
    ]);
  });
});

describe('a timeline of Mastodon', () => {
  it.each([
    ['mastodon', 4],
    ['akkoma', 20],
  ] as const)(
    'is read further back, without what is known: %s, in at most %i requests',
    async (software, most) => {
      const { mastodon, ada } = await start({ software });
      for (let minutes = 100; minutes > 0; minutes -= 1) {
        mastodon.status(ada, `#ai ${minutes}`, ago(minutes));
      }
      const wish = aWish({ since: ago(85), until: ago(80) });
      const source = tagSource(mastodon, { pageSize: 5 });
      const { posts } = await readFrom(source, null, wish);
      expect(textsOf(posts)).toEqual([81, 82, 83, 84, 85].map((minutes) => `#ai ${minutes}`));
      expect(mastodon.api.requests.length).toBeLessThanOrEqual(most);
    },
  );
});

describe('reading on, wherever it stopped', () => {
  it('gives each post once and leaves none out, whatever comes in between', async () => {
    const step = fc.record({
      posts: fc.array(fc.nat(5000), { maxLength: 7 }), // milliseconds since the one before
      stopAfter: fc.nat(3),
    });
    const servers = { mastodon: await start(), akkoma: await start({ software: 'akkoma' }) };
    let names = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom('mastodon' as const, 'akkoma' as const),
        fc.boolean(),
        fc.array(step, { minLength: 1, maxLength: 6 }),
        async (software, isTag, steps) => {
          const { mastodon } = servers[software];
          names += 1;
          const member = mastodon.member(`m${names}`);
          const of = isTag
            ? ({ kind: 'tag', tag: `t${names}` } as const)
            : ({ kind: 'author', handle: member.username } as const);
          const spec = { kind: 'mastodon', server: mastodon.api.host, of } as const;
          const source = mastodonSource(spec, { privateAddresses: true, pageSize: 3 });
          let time = ago(60).getTime();
          let place: Place | null = null;
          const written: string[] = [];
          const given: string[] = [];
          for (const { posts, stopAfter } of [...steps, { posts: [], stopAfter: 1000 }]) {
            for (const pause of posts) {
              time += pause;
              const id = mastodon.status(member, `#t${names}`, new Date(time));
              written.push(`mastodon:${mastodon.api.host}/${id}`);
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

describe('a server of Mastodon that does not answer as it should', () => {
  it('shows nothing to strangers', async () => {
    const { mastodon } = await start();
    mastodon.isClosed = true;
    expect(await failureOf(tagSource(mastodon))).toMatchObject({
      kind: 'refused',
      message: expect.stringContaining('through another server') as string,
    });
  });

  it('knows no such author', async () => {
    const { mastodon } = await start();
    expect(await failureOf(authorSource(mastodon, {}, 'nobody'))).toMatchObject({
      kind: 'refused',
      message: expect.stringContaining('knows no @nobody') as string,
    });
  });

  it('has suspended the author', async () => {
    const { mastodon } = await start();
    mastodon.member('gone', null, { suspended: true });
    expect((await failureOf(authorSource(mastodon, {}, 'gone'))).message).toContain('suspended');
  });

  it('is left alone until it wants to be asked again', async () => {
    const { mastodon } = await start();
    mastodon.api.next({
      kind: 'answer',
      status: 429,
      body: { error: 'Too many requests' },
      headers: { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': ago(-4).toISOString() },
    });
    expect(await failureOf(tagSource(mastodon))).toMatchObject({
      kind: 'limited',
      retryAt: ago(-4),
    });
  });

  it.each([
    ['is in trouble', { kind: 'answer', status: 503, body: '<html>' }, 'unreachable'],
    ['breaks off', { kind: 'cut' }, 'unreachable'],
    ['says nothing', { kind: 'silent' }, 'unreachable'],
    ['has no end', { kind: 'flood' }, 'unreadable'],
    ['sends a page', { kind: 'answer', status: 200, body: '<html>' }, 'unreadable'],
    ['is no Mastodon', { kind: 'answer', status: 200, body: { posts: [] } }, 'unreadable'],
  ] as const)('%s', async (_, trouble, kind) => {
    const { mastodon } = await start();
    mastodon.api.next(trouble);
    const seconds = trouble.kind === 'silent' ? 0.2 : 20;
    expect(await failureOf(tagSource(mastodon, { seconds }))).toMatchObject({ kind });
  });

  it('may send posts that are none: the others are read', async () => {
    const { mastodon, ada } = await start();
    const view = mastodon.view(mastodon.status(ada, 'A post', ago(4)));
    mastodon.api.next({ kind: 'answer', status: 200, body: [null, { id: '1' }, view] });
    const { posts, problems } = await readFrom(tagSource(mastodon), null);
    expect(textsOf(posts)).toEqual(['A post']);
    expect(problems).toEqual(['2 things among the posts were none']);
  });

  it.each(['127.0.0.1', 'localhost'])(
    'is not read where it lies in a private network: %s',
    async (name) => {
      const { mastodon } = await start();
      const server = mastodon.api.host.replace('127.0.0.1', name);
      const of = { kind: 'tag', tag: 'ai' } as const;
      const source = mastodonSource({ kind: 'mastodon', server, of }, { privateAddresses: false });
      expect(await failureOf(source)).toMatchObject({
        kind: 'refused',
        message: expect.stringContaining('private_addresses') as string,
      });
      expect(mastodon.api.requests).toEqual([]);
    },
  );
});

describe('the fake of Mastodon', () => {
  it('is read by a client of Mastodon', async () => {
    const { mastodon, ada } = await start();
    const ids = [9, 8, 7].map((minutes) => mastodon.status(ada, '<p>#ai</p>', ago(minutes)));
    const client = createRestAPIClient({ url: mastodon.api.url });
    const account = await client.v1.accounts.lookup({ acct: 'ada' });
    const statuses = client.v1.accounts.$select(account.id).statuses;
    const [newest, middle, oldest] = ids.toReversed();
    expect((await statuses.list({ limit: 2 })).map(({ id }) => id)).toEqual([newest, middle]);
    expect((await statuses.list({ maxId: middle ?? null })).map(({ id }) => id)).toEqual([oldest]);
    const tagged = client.v1.timelines.tag.$select('ai');
    const next = await tagged.list({ minId: oldest ?? null, limit: 1 });
    expect(next.map(({ id, account: { acct } }) => [id, acct])).toEqual([[middle, 'ada']]);
  });

  it('gives at most 40, whatever is asked for', async () => {
    const { mastodon, ada } = await start();
    for (let minutes = 1; minutes <= 45; minutes += 1) mastodon.status(ada, '#ai', ago(minutes));
    const client = createRestAPIClient({ url: mastodon.api.url });
    expect(await client.v1.timelines.tag.$select('ai').list({ limit: 80 })).toHaveLength(40);
  });
});
