import { describe, expect, it } from 'vitest';

import type { Database } from '../../src/store/database.ts';
import { eq } from '../../src/store/drizzle.ts';
import { storePosts } from '../../src/store/posts.ts';
import { posts, takeBacks } from '../../src/store/schema.ts';
import { takeBack, takenBackOf } from '../../src/store/take-backs.ts';
import { freshDatabase } from '../support/database.ts';
import { aPost } from '../support/posts.ts';

const MORNING = new Date('2026-10-13T01:00:00Z');
const EVENING = new Date('2026-10-13T11:00:00Z');

async function databaseWithPosts(): Promise<Database> {
  const db = await freshDatabase();
  const batch = ['one', 'two', 'three'].map((id) => aPost({ id }));
  for (const topic of ['ai', 'chips']) {
    await db.transaction((tx) => storePosts(tx, topic, batch));
  }
  return db;
}

describe('taking posts back', () => {
  it('counts for its topic only', async () => {
    const db = await databaseWithPosts();
    await takeBack(db, 'ai', ['one', 'two'], MORNING);
    await takeBack(db, 'chips', ['two'], MORNING);
    expect(await takenBackOf(db, 'ai')).toEqual(new Set(['one', 'two']));
    expect(await takenBackOf(db, 'chips')).toEqual(new Set(['two']));
    expect(await takenBackOf(db, 'cars')).toEqual(new Set());
  });

  it('may be repeated, and remembers when it was done first', async () => {
    const db = await databaseWithPosts();
    await takeBack(db, 'ai', ['one'], MORNING);
    await takeBack(db, 'ai', ['one', 'two'], EVENING);
    await takeBack(db, 'ai', [], EVENING);
    expect(await takenBackOf(db, 'ai')).toEqual(new Set(['one', 'two']));
    expect(await db.select().from(takeBacks).where(eq(takeBacks.postId, 'one'))).toEqual([
      { topic: 'ai', postId: 'one', takenAt: MORNING },
    ]);
  });

  it('stays when the post is stored again, and goes with a post that is deleted', async () => {
    const db = await databaseWithPosts();
    await takeBack(db, 'ai', ['one', 'two'], MORNING);
    const again = aPost({ id: 'one', text: 'stored again', likes: 12 });
    await db.transaction((tx) => storePosts(tx, 'ai', [again]));
    expect(await takenBackOf(db, 'ai')).toEqual(new Set(['one', 'two']));
    await db.delete(posts).where(eq(posts.id, 'two'));
    expect(await takenBackOf(db, 'ai')).toEqual(new Set(['one']));
  });

  it('refuses all when one of them is not stored', async () => {
    const db = await databaseWithPosts();
    await expect(takeBack(db, 'ai', ['one', 'nobody has seen this'], MORNING)).rejects.toThrow(
      'take_backs',
    );
    expect(await takenBackOf(db, 'ai')).toEqual(new Set());
  });
});
