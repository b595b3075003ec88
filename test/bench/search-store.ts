/** The process that makes posts and imports them into a database, and tells how long the importing took. */
import { writeFile } from 'node:fs/promises';
import path from 'node:path';

import { importFile } from '../../src/collect/file/import.ts';
import type { Database } from '../../src/store/database.ts';
import { readPosts } from '../eval/rows.ts';
import { withDatabase } from './bot-place.ts';
import { tellParent } from './forked.ts';
import { makePosts } from './posts.ts';
import { SAMPLE, TOPICS } from './search.ts';

/** Where the posts are that were imported, and what that took. */
export type Imports = { readonly files: readonly string[]; readonly seconds: number };

const POSTS_A_FILE = 50_000;
const DAYS = 365;

async function importMade(
  db: Database,
  folder: string,
  { topic, posts, seed }: { topic: string; posts: number; seed: number },
): Promise<Imports> {
  const files: string[] = [];
  let seconds = 0;
  let rows: string[] = [];
  const flush = async () => {
    const file = path.join(folder, `${topic}-${files.length}.jsonl`);
    files.push(file);
    await writeFile(file, rows.join(''));
    rows = [];
    const start = performance.now();
    await importFile(db, topic, file);
    seconds += (performance.now() - start) / 1000;
  };
  for (const draft of makePosts(await readPosts(SAMPLE), posts, { seed, days: DAYS })) {
    rows.push(`${JSON.stringify({ ...draft, id: `${topic}-${String(draft.id)}` })}\n`);
    if (rows.length === POSTS_A_FILE) await flush();
  }
  if (rows.length > 0) await flush();
  return { files, seconds };
}

await tellParent(async ([url = '', folder = '', size]) =>
  withDatabase(url, async (db) => {
    const small = Math.floor(Number(size) / 20);
    const main = { topic: TOPICS.main, posts: Number(size) - small, seed: 1 };
    const imports = await importMade(db, folder, main);
    const other = await importMade(db, folder, { topic: TOPICS.other, posts: small, seed: 2 });
    return { files: imports.files, seconds: imports.seconds + other.seconds };
  }),
);
