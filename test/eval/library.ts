import { randomBytes } from 'node:crypto';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';

import { Client } from 'pg';

import { retrieve } from '../../src/ask/retrieve.ts';
import { standAlone } from '../../src/ask/standalone.ts';
import type { Asked, Evidence } from '../../src/model/asking.ts';
import type { Post } from '../../src/model/post.ts';
import type { Topic } from '../../src/model/topic.ts';
import { type Database, type DatabaseLocation, openDatabase } from '../../src/store/database.ts';
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
  const url = process.env['DATABASE_URL'];
  const place = url === undefined ? await embeddedPlace() : await placeOn(url);
  try {
    const open = await openDatabase(place.location);
    try {
      await fill(open.db, posts);
      return await use({ ask: (question, budget) => ask(open.db, question, budget) });
    } finally {
      await open.close();
    }
  } finally {
    await place.remove();
  }
}

/** Where a database is to be, and how it is made to be gone. */
type LibraryPlace = {
  readonly location: DatabaseLocation;
  readonly remove: () => Promise<void>;
};

async function embeddedPlace(): Promise<LibraryPlace> {
  const folder = await mkdtemp(path.join(tmpdir(), 'chorus-eval-'));
  await chmod(folder, 0o711); // where root runs it, PostgreSQL is another user
  return {
    location: { kind: 'embedded', folder, name: 'eval' },
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

/** A database beside the one that the address names. */
async function placeOn(address: string): Promise<LibraryPlace> {
  const name = `eval_${randomBytes(8).toString('hex')}`;
  const url = new URL(address);
  url.pathname = name;
  await administer(address, `create database ${name}`);
  return {
    location: { kind: 'server', url: url.href },
    remove: () => administer(address, `drop database ${name} with (force)`),
  };
}

async function administer(address: string, statement: string): Promise<void> {
  const client = new Client({ connectionString: address });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
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
