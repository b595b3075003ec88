import { describe, expect, it } from 'vitest';

import { candidatesFor, frequenciesOf } from '../../src/store/candidates.ts';
import type { Database } from '../../src/store/database.ts';
import { eq } from '../../src/store/drizzle.ts';
import { fillPassages } from '../../src/store/passage-fill.ts';
import { storePosts } from '../../src/store/posts.ts';
import { saveReport } from '../../src/store/reports.ts';
import { passageFills, passages, posts, reports } from '../../src/store/schema.ts';
import type { Post } from '../../src/model/post.ts';
import { freshDatabase } from '../support/database.ts';
import { aPost } from '../support/posts.ts';
import { aLine, aReport, NO_CURATION } from '../support/reports.ts';

const store = (db: Database, batch: Post[], topic = 'ai') =>
  db.transaction((tx) => storePosts(tx, topic, batch));

const LATER = new Date('2027-01-01T00:00:00Z');

async function refsWith(db: Database, term: string, topic = 'ai'): Promise<string[]> {
  const terms = new Map([[term, 1]]);
  const { candidates: found } = await candidatesFor(db, {
    topic,
    terms,
    start: null,
    end: LATER,
    most: 10,
  });
  return found.map(({ ref }) => ref);
}

describe('passages', () => {
  it('finds a post by its words and its author', async () => {
    const db = await freshDatabase();
    await store(db, [
      aPost({ id: 'one', text: 'Zebras run fast', author: 'ada_demo', authorName: 'Ada Quill' }),
      aPost({ id: 'two', text: 'Lions sleep', author: 'bob_demo', authorName: 'Bob' }),
    ]);
    expect(await refsWith(db, 'zebra')).toEqual(['one']);
    expect(await refsWith(db, 'bobdemo')).toEqual(['two']);
    expect(await refsWith(db, 'quill')).toEqual(['one']);
    expect(await refsWith(db, 'zebra', 'chips')).toEqual([]);
  });

  it('finds a post by its newest words, in each of its topics', async () => {
    const db = await freshDatabase();
    await store(db, [aPost({ id: 'one', text: 'Zebras run' })]);
    await store(db, [aPost({ id: 'one', text: 'Zebras run' })], 'chips');
    await store(db, [aPost({ id: 'one', text: 'Lions sleep' })]);
    for (const topic of ['ai', 'chips']) {
      expect(await refsWith(db, 'zebra', topic)).toEqual([]);
      expect(await refsWith(db, 'lion', topic)).toEqual(['one']);
      expect((await frequenciesOf(db, topic, ['lion', 'zebra'])).of('lion')).toBe(1);
      expect((await frequenciesOf(db, topic, ['lion', 'zebra'])).of('zebra')).toBe(0);
    }
  });

  it('does not find a version that another has replaced', async () => {
    const db = await freshDatabase();
    await store(db, [aPost({ id: 'one', text: 'Zebras run' })]);
    await store(db, [aPost({ id: 'two', text: 'Zebras sleep', editIds: ['one', 'two'] })]);
    expect(await refsWith(db, 'zebra')).toEqual(['two']);
  });

  it('finds lines of reports until they are replaced or deleted', async () => {
    const db = await freshDatabase();
    const post = aPost({ id: 'one', text: 'Lions sleep' });
    await store(db, [post]);
    const line = aLine({ cites: ['one'], text: 'Zebras run', lead: 'Fast' });
    const { id } = await saveReport(db, aReport({ topic: 'ai', lines: [line] }), NO_CURATION, []);
    expect(await refsWith(db, 'zebra')).toEqual([`${id} I.1`]);
    const other = { ...line, text: 'Tigers jump' };
    await saveReport(db, aReport({ topic: 'ai', lines: [other] }), NO_CURATION, []);
    expect(await refsWith(db, 'zebra')).toEqual([]);
    expect(await refsWith(db, 'tiger')).toEqual([`${id} I.1`]);
    await db.delete(reports).where(eq(reports.id, id));
    expect(await refsWith(db, 'tiger')).toEqual([]);
    await db.delete(posts).where(eq(posts.id, 'one'));
    expect(await refsWith(db, 'lion')).toEqual([]);
    expect((await frequenciesOf(db, 'ai', ['lion'])).passages).toBe(0);
  });
});

describe('filling the index', () => {
  /** As a database is that comes from a program without an index. */
  async function databaseFromBefore(count: number): Promise<Database> {
    const db = await freshDatabase();
    const batch = Array.from({ length: count }, (_, index) =>
      aPost({ id: `old-${String(index).padStart(4, '0')}`, text: `Zebra number${index}` }),
    );
    await store(db, batch);
    const line = aLine({ cites: ['old-0000'], text: 'Tigers jump' });
    await saveReport(db, aReport({ topic: 'ai', lines: [line] }), NO_CURATION, []);
    await db.delete(passages);
    return db;
  }

  it('makes findable what was stored before', async () => {
    const db = await databaseFromBefore(450);
    expect(await refsWith(db, 'number7')).toEqual([]);
    await fillPassages(db);
    expect(await refsWith(db, 'number7')).toEqual(['old-0007']);
    expect(await refsWith(db, 'number449')).toEqual(['old-0449']);
    expect(await refsWith(db, 'tiger')).toHaveLength(1);
    expect((await frequenciesOf(db, 'ai', ['zebra'])).of('zebra')).toBe(450);
  });

  it('goes on where it was stopped', async () => {
    const db = await databaseFromBefore(3000);
    const stop = new AbortController();
    const first = fillPassages(db, stop.signal);
    await expect.poll(() => db.$count(passages), { interval: 5 }).toBeGreaterThan(100);
    stop.abort();
    await first;
    expect(await db.$count(passages)).toBeLessThan(3001);
    await fillPassages(db);
    expect(await db.$count(passages)).toBe(3001);
  });

  it('does it again when terms are no longer what they were, and not without need', async () => {
    const db = await databaseFromBefore(3);
    await fillPassages(db);
    await db.delete(passages);
    await fillPassages(db);
    expect(await db.$count(passages)).toBe(0);
    await db.update(passageFills).set({ version: -1 });
    await fillPassages(db);
    expect(await db.$count(passages)).toBe(4);
  });
});
