import type { Log } from '../lib/log.ts';
import type { Post } from '../model/post.ts';
import { dayOf } from '../model/window.ts';
import type { Database } from '../store/database.ts';
import { takeOut } from '../store/inbox.ts';
import { waitForWriters } from '../store/passages.ts';
import { storePosts } from '../store/posts.ts';
import { noteAdded } from '../store/source-days.ts';
import { noteNews } from '../store/sources.ts';

/** What sorting in works with. */
type Sorter = { readonly db: Database; readonly now: () => Date; readonly log: Log };

/** So many posts are sorted in at once: the lists of terms are written anew with each statement. */
export const POSTS_A_STATEMENT = 8000;

/**
 * Sorts in what came for a topic: all of it, or only so many times so many posts where more is on its
 * way. Answers how many posts were new. May be repeated, at any time.
 */
export async function sortIn(
  collector: Sorter,
  topic: string,
  signal?: AbortSignal,
  times = Infinity,
): Promise<number> {
  let added = 0;
  let most = POSTS_A_STATEMENT;
  for (let left = times; left > 0;) {
    signal?.throwIfAborted();
    try {
      const news = await sortSome(collector, topic, most, storePosts);
      if (news === null) return added;
      added += news;
      left -= 1;
    } catch (error) {
      // One page by itself; if it is that one, its posts one by one.
      if (most > 1) most = 1;
      else {
        collector.log.error({ topic, err: error }, 'a page of posts could not be stored');
        added += (await sortSome(collector, topic, most, storeWhatCanBe(collector.log))) ?? 0;
        most = POSTS_A_STATEMENT;
      }
    }
  }
  return added;
}

type Store = typeof storePosts;

/** Sorts in about so many posts; `null` where none wait. */
async function sortSome(
  { db, now }: Sorter,
  topic: string,
  most: number,
  store: Store,
): Promise<number | null> {
  return db.transaction(async (tx) => {
    await waitForWriters(tx);
    const received = await takeOut(tx, topic, most);
    if (received === null) return null;
    const { added } = await store(tx, topic, fullestCopies(received.posts));
    if (added > 0) {
      // In the order in which pages are noted: else the two could wait for each other.
      await noteNews(tx, received.source, now());
      await noteAdded(tx, received.source, dayOf(now(), 'UTC'), added);
    }
    return added;
  });
}

/** Stores posts one by one, and leaves out those that cannot be. */
function storeWhatCanBe(log: Log): Store {
  return async (tx, topic, posts) => {
    const sum = { added: 0, updated: 0, unchanged: 0 };
    for (const post of posts) {
      try {
        const { added } = await tx.transaction((part) => storePosts(part, topic, [post]));
        sum.added += added;
      } catch (error) {
        log.error({ topic, post: post.id, err: error }, 'a post cannot be stored, and is left out');
      }
    }
    return sum;
  };
}

/**
 * Each post once, as the copy that knows most of it, the last of such: what others refer to comes along
 * again and again.
 */
function fullestCopies(posts: readonly Post[]): Post[] {
  const copies = new Map<string, Post>();
  for (const post of posts) {
    const before = copies.get(post.id);
    if (before === undefined || knownOf(post) >= knownOf(before)) copies.set(post.id, post);
  }
  return [...copies.values()];
}

/** How much of a post is known: first whether somebody saw it, then its text, then its fields. */
function knownOf(post: Post): number {
  const fields = Object.values(post).filter((value) => value !== null).length;
  return fields + post.text.length * 100 + (post.seenAt === null ? 0 : 1e9);
}
