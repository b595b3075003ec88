import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { Client } from 'pg';

import { importFile } from '../../src/collect/file/import.ts';
import { toJsonRow } from '../../src/collect/file/jsonl.ts';
import type { Channel } from '../../src/model/channel.ts';
import { changeAccess, meetChannel } from '../../src/store/channels.ts';
import { type Database, openDatabase } from '../../src/store/database.ts';
import { openEmbedded } from '../../src/store/embedded.ts';
import { subscribe } from '../../src/store/subscriptions.ts';
import { NEWS } from '../support/newsroom.ts';

/** A topic that was to be posted some minutes ago, and the posts of the hours before. */
export const TOPIC_KEY = 'twitter_ai';

/** A server of databases in a folder of its own, for benchmarks of the running bot. */
export type BotPlace = {
  readonly folder: string;
  url(database: string): string;
  /** A copy of another database; nobody may be connected to that one. */
  copy(database: string, template: string): Promise<void>;
  ensure(database: string): Promise<void>;
  close(): Promise<void>;
};

export async function openBotPlace(): Promise<BotPlace> {
  const folder = await mkdtemp(path.join(tmpdir(), 'chorus-bench-'));
  await chmod(folder, 0o711); // where root runs it, PostgreSQL is another user
  const server = await openEmbedded(path.join(folder, 'data'));
  return {
    folder,
    url: (database) => server.url(database),
    ensure: (database) => server.ensureDatabase(database),
    async copy(database, template) {
      const admin = new Client({ connectionString: server.url('postgres') });
      await admin.connect();
      await admin.query(`create database ${database} template ${template}`);
      await admin.end();
    },
    async close() {
      await server.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Stores the posts of an invented day as if they were written in the last hours. */
export async function storeNews(db: Database, folder: string, until: Date): Promise<void> {
  const posts = NEWS.map((post, index) => ({
    ...post,
    createdAt: new Date(until.getTime() - (index + 1) * 600_000),
  }));
  const file = path.join(folder, 'news.jsonl');
  await writeFile(file, posts.map((post) => `${JSON.stringify(toJsonRow(post))}\n`).join(''));
  await importFile(db, TOPIC_KEY, file);
}

/** Lets channels in, and has the topic posted there: at its own hour, or at a later one. */
export async function subscribeAll(
  db: Database,
  channels: readonly Channel[],
  at: string | null = null,
): Promise<void> {
  const now = new Date();
  await letIn(db, channels);
  for (const channel of channels) {
    await subscribe(db, { channel, topic: TOPIC_KEY, at, language: null }, now);
  }
}

/** Lets channels in. */
export async function letIn(db: Database, channels: readonly Channel[]): Promise<void> {
  const now = new Date();
  for (const channel of channels) {
    await meetChannel(db, channel, channel.chat, now);
    await changeAccess(db, channel, 'allowed');
  }
}

/** Does something with a database, and lets it go. */
export async function withDatabase<T>(url: string, work: (db: Database) => Promise<T>): Promise<T> {
  const open = await openDatabase({ kind: 'server', url });
  try {
    return await work(open.db);
  } finally {
    await open.close();
  }
}
