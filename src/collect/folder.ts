import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';

import { z } from 'zod';

import { UserError } from '../model/errors.ts';
import type { Post } from '../model/post.ts';
import { sourceKey, type Place } from '../model/source.ts';
import { openPostFile } from './file/file.ts';
import { FREE, type Page, type Source, SourceFailure, type Wish } from './source.ts';

/** Posts of a file that are given at once. */
const POSTS_A_PAGE = 1000;

/** How much of each file was read, by its name. */
const placeSchema = z.object({
  files: z.record(
    z.string(),
    z.object({ stamp: z.string(), rows: z.number(), ended: z.boolean() }),
  ),
});
type Files = z.output<typeof placeSchema>['files'];

/**
 * A folder into which others lay files of posts, in the forms of `chorus import`: each is read when it
 * is new or has changed. What a half-written file lacks comes when it has grown.
 *
 * @param folder What the pattern is relative to.
 */
export function folderSource(pattern: string, folder: string): Source {
  return {
    key: sourceKey({ kind: 'file', pattern }),
    read: (place, wish) => readFolder(path.resolve(folder, pattern), place, wish),
  };
}

async function* readFolder(pattern: string, place: Place | null, wish: Wish): AsyncGenerator<Page> {
  const known = placeSchema.safeParse(place).data?.files ?? {};
  const files: Files = {};
  for (const name of await namesIn(pattern)) {
    const before = known[name];
    if (before) files[name] = before;
  }
  for (const name of await namesIn(pattern)) {
    wish.signal.throwIfAborted();
    const file = path.join(path.dirname(pattern), name);
    const stamp = await stampOf(file);
    if (stamp === null || (files[name]?.stamp === stamp && files[name].ended)) continue;
    const from = files[name]?.stamp === stamp ? files[name].rows : 0;
    yield* readFile(file, { name, stamp, from, files }, wish);
  }
}

/** The files that the pattern means, by name. */
async function namesIn(pattern: string): Promise<string[]> {
  const folder = path.dirname(pattern);
  if ((await stat(pattern).catch(() => null))?.isDirectory()) {
    throw new SourceFailure(
      'refused',
      `${pattern} is a folder: name its files, ${pattern}/*.jsonl`,
    );
  }
  const isMeant = patternOf(path.basename(pattern));
  try {
    const entries = await readdir(folder, { withFileTypes: true });
    return entries
      .filter((entry) => entry.isFile() && isMeant.test(entry.name))
      .map(({ name }) => name)
      .toSorted();
  } catch (cause) {
    throw new SourceFailure('refused', `the folder ${folder} cannot be read`, { cause });
  }
}

function patternOf(name: string): RegExp {
  const parts = name.split('*').map((part) => part.replace(/[\\^$.+?()[\]{}|]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`, 'u');
}

/** Tells whether a file has changed; `null` where it is gone. */
async function stampOf(file: string): Promise<string | null> {
  try {
    const { size, mtimeMs } = await stat(file);
    return `${size} ${mtimeMs}`;
  } catch {
    return null;
  }
}

/** A file's posts, page by page, from a row on; one that is of no known form is told, once. */
async function* readFile(
  file: string,
  { name, stamp, from, files }: { name: string; stamp: string; from: number; files: Files },
  { signal }: Wish,
): AsyncGenerator<Page> {
  let posts: Post[] = [];
  let problems: string[] = [];
  let rows = 0;
  const page = (ended: boolean): Page => {
    files[name] = { stamp, rows, ended };
    const own = { posts, problems, place: { files: { ...files } }, charged: FREE };
    [posts, problems] = [[], []];
    return own;
  };
  try {
    for await (const row of (await openPostFile(file, { signal })).rows) {
      rows += 1;
      if (rows <= from) continue;
      if (row.kind === 'post') posts.push(row.post);
      else problems.push(`${name}:${row.line}: ${row.reason}`);
      if (posts.length + problems.length >= POSTS_A_PAGE) yield page(false);
    }
  } catch (error) {
    signal.throwIfAborted();
    if (!(error instanceof UserError)) throw error;
    problems.push(error.message);
  }
  yield page(true);
}
