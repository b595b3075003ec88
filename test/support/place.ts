import { writeFile } from 'node:fs/promises';
import path from 'node:path';

import { onTestFinished } from 'vitest';

import { importFile } from '../../src/collect/file/import.ts';
import { makeDigest } from '../../src/deliver/digest.ts';
import type { Topic } from '../../src/model/topic.ts';
import { windowOf } from '../../src/model/window.ts';
import { type Database, openDatabase } from '../../src/store/database.ts';
import { freshDatabaseUrl } from './database.ts';
import { drawHere } from './drawing.ts';
import { temporaryFolder } from './program.ts';
import { jsonl, ROWS } from './rows.ts';

/** The topic that the program has by itself, where its days are those of UTC. */
export const TOPIC: Topic = {
  key: 'twitter_ai',
  title: 'Twitter Ai',
  language: 'zh',
  timeZone: 'UTC',
};

/** A folder with posts.jsonl in it, and the environment of a database of its own. */
export async function place(text = jsonl(ROWS)) {
  const folder = await temporaryFolder();
  await writeFile(path.join(folder, 'posts.jsonl'), text);
  return { folder, env: { DATABASE_URL: await freshDatabaseUrl() } };
}

/** The same, with the posts stored already. */
export async function placeWithPosts(text = jsonl(ROWS)) {
  const made = await place(text);
  const open = await openDatabase({ kind: 'server', url: made.env.DATABASE_URL });
  await importFile(open.db, TOPIC.key, path.join(made.folder, 'posts.jsonl'));
  await open.close();
  return made;
}

/** The same, with the digest of the day made and published to `out`. */
export async function placeWithDigest() {
  const made = await placeWithPosts();
  const open = await openDatabase({ kind: 'server', url: made.env.DATABASE_URL });
  const workshop = {
    db: open.db,
    now: () => new Date('2026-10-13T01:00:00Z'),
    outFolder: path.join(made.folder, 'out'),
    office: null,
    draw: drawHere,
  };
  const window = windowOf('2026-10-12', '2026-10-12', TOPIC.timeZone);
  await makeDigest(workshop, { topic: TOPIC, window, language: TOPIC.language });
  await open.close();
  return made;
}

/** The database of a place, until the test has ended. */
export async function databaseOf({
  env,
}: {
  readonly env: { readonly DATABASE_URL: string };
}): Promise<Database> {
  const open = await openDatabase({ kind: 'server', url: env.DATABASE_URL });
  onTestFinished(() => open.close());
  return open.db;
}
