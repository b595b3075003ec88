import { describe, expect, it } from 'vitest';

import type { Post } from '../../src/model/post.ts';
import { windowOf } from '../../src/model/window.ts';
import type { Database } from '../../src/store/database.ts';
import {
  idsInTopic,
  postsById,
  postsInWindow,
  spanOfTopic,
  storePosts,
} from '../../src/store/posts.ts';
import { freshDatabase } from '../support/database.ts';
import { aPost } from '../support/posts.ts';

const store = (db: Database, batch: Post[], topic = 'ai') =>
  db.transaction((tx) => storePosts(tx, topic, batch));

const SEEN = new Date('2026-10-12T09:00:00Z');

const stored = async (db: Database, id: string) => (await postsById(db, [id])).get(id);

describe('storing posts', () => {
  it('gives back exactly what was stored', async () => {
    const db = await freshDatabase();
    const post = aPost({
      text: 'Naïve 开源 🚀\nsecond line "quoted" \\ {a,b}',
      urls: ['https://example.com/a?b=1,2', 'https://example.com/{x}'],
      editIds: ['1', '2'],
      views: 9_007_199_254_740_991,
      authorBio: 'bio, with "marks"',
    });
    await store(db, [post]);
    expect(await stored(db, post.id)).toEqual(post);
  });

  it('changes nothing when the same posts come again', async () => {
    const db = await freshDatabase();
    const batch = [aPost(), aPost({ lang: null, likes: null }), aPost({ editIds: ['a', 'b'] })];
    expect(await store(db, batch)).toEqual({ added: 3, updated: 0, unchanged: 0 });
    expect(await store(db, batch)).toEqual({ added: 0, updated: 0, unchanged: 3 });
  });

  it('takes the numbers of a later copy, and keeps those that it does not know', async () => {
    const db = await freshDatabase();
    const post = aPost({ likes: 3, replies: 7, views: 100 });
    await store(db, [post]);
    const later = { ...post, likes: 12, replies: null, views: 90 };
    expect(await store(db, [later])).toEqual({ added: 0, updated: 1, unchanged: 0 });
    expect(await stored(db, post.id)).toMatchObject({ likes: 12, replies: 7, views: 90 });
  });

  it('does not let numbers that were handed out earlier replace later ones', async () => {
    const db = await freshDatabase();
    const early = aPost({ likes: 27, views: 5, seenAt: new Date('2026-10-12T18:00:12Z') });
    const late = { ...early, likes: 39, views: null, seenAt: new Date('2026-10-12T18:02:28Z') };
    for (const post of [early, late]) await store(db, [post]);
    expect(await stored(db, early.id)).toEqual({ ...late, views: 5 });
    for (const post of [early, late]) {
      expect(await store(db, [post])).toEqual({ added: 0, updated: 0, unchanged: 1 });
    }
  });

  it('never loses a whole text to a cut one, marked or not', async () => {
    const db = await freshDatabase();
    const whole = aPost({ text: 'A long story that goes on and on to its very end', likes: 1 });
    await store(db, [whole]);
    await store(db, [{ ...whole, text: 'A long story that…', truncated: true, likes: 2 }]);
    await store(db, [{ ...whole, text: 'A long story', likes: 3 }]);
    expect(await stored(db, whole.id)).toMatchObject({ text: whole.text, likes: 3 });
  });

  it('replaces a cut text by the whole one', async () => {
    const db = await freshDatabase();
    const cut = aPost({ text: 'A long story that…', truncated: true });
    await store(db, [cut]);
    await store(db, [{ ...cut, text: 'A long story that ends', truncated: false }]);
    expect(await stored(db, cut.id)).toMatchObject({
      text: 'A long story that ends',
      truncated: false,
    });
  });

  it('does not let what is told without a time overrule what was seen at one', async () => {
    const db = await freshDatabase();
    const real = aPost({
      id: '123456',
      author: 'ada',
      text: 'What I said.',
      likes: 5,
      seenAt: SEEN,
    });
    const told = aPost({
      ...real,
      author: 'mallory',
      authorName: 'Mallory',
      text: 'What she never said, and more of it.',
      createdAt: new Date('2026-10-20T00:00:00Z'),
      url: 'https://mallory.example/',
      likes: 9,
      views: 100,
      seenAt: null,
    });
    for (const copy of [told, real, told]) await store(db, [copy]);
    const kept = (await postsById(db, [real.id])).get(real.id);
    expect(kept).toEqual(real);
    const day = windowOf('2026-10-12', '2026-10-12', 'UTC');
    expect((await postsInWindow(db, 'ai', day)).map(({ id }) => id)).toEqual([real.id]);
  });

  it('lets what was seen at a time replace all that was told without one', async () => {
    const db = await freshDatabase();
    const real = aPost({ id: '123457', text: 'What I said', likes: 5, quotes: null, seenAt: SEEN });
    const told = aPost({
      ...real,
      author: 'mallory',
      authorName: 'Mallory',
      text: 'What I said, and what she made of it',
      likes: 1e7,
      quotes: 1e7,
      urls: ['https://mallory.example/'],
      quotedId: '666',
      isQuote: true,
      seenAt: null,
    });
    for (const copy of [told, real]) await store(db, [copy]);
    expect((await postsById(db, [real.id])).get(real.id)).toEqual(real);
  });

  it('does not let a copy without numbers replace one that has some', async () => {
    const db = await freshDatabase();
    const real = aPost({ text: 'What I said', likes: 5 });
    const numbers = { likes: null, reposts: null, replies: null, quotes: null, views: null };
    await store(db, [real]);
    expect(await store(db, [{ ...real, ...numbers, text: 'What I never said' }])).toEqual({
      added: 0,
      updated: 0,
      unchanged: 1,
    });
    expect(await stored(db, real.id)).toEqual(real);
  });

  it('lets the last of several copies in one batch win', async () => {
    const db = await freshDatabase();
    const post = aPost({ likes: 1 });
    const sum = await store(db, [post, { ...post, likes: 2 }, { ...post, likes: 5 }]);
    expect(sum).toEqual({ added: 1, updated: 2, unchanged: 0 });
    expect(await stored(db, post.id)).toMatchObject({ likes: 5 });
  });

  it('keeps a name that a later copy does not know', async () => {
    const db = await freshDatabase();
    const post = aPost({ author: 'mira_demo', authorName: 'Mira' });
    await store(db, [post]);
    await store(db, [{ ...post, author: '4711', authorName: '4711' }]);
    expect(await stored(db, post.id)).toMatchObject({ author: 'mira_demo', authorName: 'Mira' });
  });

  it('keeps a handle that is also the name from an account number', async () => {
    const db = await freshDatabase();
    const post = aPost({ author: 'mira_demo', authorName: 'mira_demo' });
    await store(db, [post]);
    await store(db, [{ ...post, author: '1934711', authorName: '1934711', likes: 9 }]);
    const kept = { author: 'mira_demo', authorName: 'mira_demo', likes: 9 };
    expect(await stored(db, post.id)).toMatchObject(kept);
  });
});

describe('the posts of a window', () => {
  const window = windowOf('2026-10-12', '2026-10-12', 'Asia/Shanghai');

  it('are those of the local day, in order of time, of this topic only', async () => {
    const db = await freshDatabase();
    const first = aPost({ createdAt: new Date('2026-10-11T16:00:00Z') });
    const last = aPost({ createdAt: new Date('2026-10-12T15:59:59Z') });
    const before = aPost({ createdAt: new Date('2026-10-11T15:59:59Z') });
    const after = aPost({ createdAt: new Date('2026-10-12T16:00:00Z') });
    await store(db, [last, after, first, before]);
    await store(db, [aPost(), first], 'chips');
    expect(await postsInWindow(db, 'ai', window)).toEqual([first, last]);
  });

  it('hold an edited post once, in its newest version, whichever came first', async () => {
    const older = aPost({ id: '100', text: 'teh', editIds: ['100', '101'] });
    const newer = aPost({ id: '101', text: 'the', editIds: ['100', '101'] });
    const unaware = { ...older, editIds: ['100'] };
    for (const order of [
      [older, newer],
      [newer, older],
      [unaware, newer],
      [newer, unaware],
    ]) {
      const db = await freshDatabase();
      for (const post of order) await store(db, [post]);
      const ids = (await postsInWindow(db, 'ai', window)).map((post) => post.id);
      expect(ids).toEqual(['101']);
    }
  });

  it('keep an older version while the newer one is not stored', async () => {
    const db = await freshDatabase();
    await store(db, [aPost({ id: '100', editIds: ['100', '101'] })]);
    expect(await postsInWindow(db, 'ai', window)).toHaveLength(1);
  });
});

describe('looking posts up in a topic', () => {
  it('finds those that are stored for it, and none of another topic', async () => {
    const db = await freshDatabase();
    const [here, there] = [aPost(), aPost()];
    await store(db, [here]);
    await store(db, [there], 'chips');
    const asked = [here.id, there.id, 'nobody has seen this', here.id];
    expect(await idsInTopic(db, 'ai', asked)).toEqual(new Set([here.id]));
    expect(await idsInTopic(db, 'ai', [])).toEqual(new Set());
  });
});

describe('the span of a topic', () => {
  it('runs from its first to its last post, and is null without posts', async () => {
    const db = await freshDatabase();
    expect(await spanOfTopic(db, 'ai')).toBeNull();
    const first = new Date('2026-10-01T00:00:00Z');
    const last = new Date('2026-10-09T00:00:00Z');
    await store(db, [aPost({ createdAt: last }), aPost({ createdAt: first })]);
    expect(await spanOfTopic(db, 'ai')).toEqual({ first, last });
  });
});
