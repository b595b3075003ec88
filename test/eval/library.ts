import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { retrieve } from '../../src/ask/retrieve.ts';
import { standAlone } from '../../src/ask/standalone.ts';
import type { Asked, Evidence } from '../../src/model/asking.ts';
import type { Post } from '../../src/model/post.ts';
import type { Topic } from '../../src/model/topic.ts';
import { type Database, openDatabase } from '../../src/store/database.ts';
import { storePosts } from '../../src/store/posts.ts';

const TOPIC: Topic = { key: 'eval', title: 'Eval', language: 'en', timeZone: 'UTC' };

/** What is asked, and when: nothing is found that was written later. */
type Question = { readonly question: string; readonly now: Date };

/** Posts in a database of their own, of which questions are asked as the bot asks. */
export type Library = {
  /** @param budget Tokens of evidence; the bot's where it is left out. */
  readonly ask: (question: Question, budget?: number) => Promise<Evidence>;
};

const POSTS_A_BATCH = 500;
/** So many questions are asked at once. */
const AT_ONCE = 4;

/** Stores the posts in a new database, which is gone when `use` has ended. */
export async function withLibrary<T>(
  posts: readonly Post[],
  use: (library: Library) => Promise<T>,
): Promise<T> {
  const folder = await mkdtemp(path.join(tmpdir(), 'chorus-eval-'));
  await chmod(folder, 0o711); // where root runs it, PostgreSQL is another user
  try {
    const open = await openDatabase({ kind: 'embedded', folder, name: 'eval' });
    try {
      await fill(open.db, posts);
      return await use({ ask: (question, budget) => ask(open.db, question, budget) });
    } finally {
      await open.close();
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function fill(db: Database, posts: readonly Post[]): Promise<void> {
  for (let start = 0; start < posts.length; start += POSTS_A_BATCH) {
    const batch = posts.slice(start, start + POSTS_A_BATCH);
    await db.transaction((tx) => storePosts(tx, TOPIC.key, batch));
  }
}

async function ask(db: Database, { question, now }: Question, budget?: number): Promise<Evidence> {
  const asked: Asked = { question, turns: [], topic: TOPIC, language: 'en', about: null, now };
  const query = await standAlone(db, asked);
  return retrieve(db, asked, query, budget === undefined ? {} : { budget });
}

/** Asks all questions, a few at once; the results stand in their order. */
export async function askAll<Q, T>(
  questions: readonly Q[],
  answer: (question: Q) => Promise<T>,
): Promise<T[]> {
  const results: T[] = [];
  const queue = questions.entries();
  const work = async () => {
    for (const [place, question] of queue) results[place] = await answer(question);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return results;
}

/** The ids of the posts that evidence holds, strongest first. */
export function postsIn({ hits }: Pick<Evidence, 'hits'>): string[] {
  return hits.flatMap(({ passage }) => (passage.kind === 'post' ? [passage.post.id] : []));
}
