import { appendFile, mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';

import { describe, expect, it } from 'vitest';

import { toJsonRow } from '../../src/collect/file/jsonl.ts';
import { folderSource } from '../../src/collect/folder.ts';
import type { Page } from '../../src/collect/source.ts';
import type { Place } from '../../src/model/source.ts';
import { aPost } from '../support/posts.ts';
import { temporaryFolder } from '../support/program.ts';
import { jsonl } from '../support/rows.ts';

async function aDrop() {
  const folder = await temporaryFolder();
  const drop = path.join(folder, 'drop');
  await mkdir(drop);
  const source = folderSource('./drop/*.jsonl', folder);
  const wish = {
    since: new Date(0),
    until: null,
    now: () => new Date(),
    signal: new AbortController().signal,
    reserve: () => Promise.reject(new Error('files cost nothing')),
  };
  const read = async (place: Place | null): Promise<Page[]> => {
    const pages: Page[] = [];
    for await (const page of source.read(place, wish)) pages.push(page);
    return pages;
  };
  const write = (name: string, ...ids: readonly string[]) =>
    writeFile(path.join(drop, name), rowsOf(...ids));
  return { drop, source, wish, read, write };
}

const rowsOf = (...ids: readonly string[]) => jsonl(ids.map((id) => toJsonRow(aPost({ id }))));
const idsOf = (pages: readonly Page[]) => pages.flatMap(({ posts }) => posts.map(({ id }) => id));

describe('a folder of files', () => {
  it('gives the posts of its files in the order of their names, each file once', async () => {
    const { read, write } = await aDrop();
    await write('b.jsonl', '3');
    await write('a.jsonl', '1', '2');
    await write('notes.txt', '9');
    const pages = await read(null);
    expect(idsOf(pages)).toEqual(['1', '2', '3']);
    expect(await read(pages.at(-1)?.place ?? null)).toEqual([]);
  });

  it('gives a file again that has grown, and one that is new', async () => {
    const { drop, read, write } = await aDrop();
    await write('a.jsonl', '1');
    const place = (await read(null)).at(-1)?.place ?? null;
    await appendFile(path.join(drop, 'a.jsonl'), rowsOf('2'));
    await write('c.jsonl', '3');
    expect(idsOf(await read(place))).toEqual(['1', '2', '3']);
  });

  it('goes on in the middle of a file after a stop', async () => {
    const { source, wish, read, write } = await aDrop();
    const ids = Array.from({ length: 2500 }, (_, index) => String(index).padStart(5, '0'));
    await write('a.jsonl', ...ids);
    let place: Place | null = null;
    let first: string[] = [];
    for await (const page of source.read(null, wish)) {
      first = idsOf([page]);
      place = page.place;
      break;
    }
    expect([...first, ...idsOf(await read(place))]).toEqual(ids);
  });

  it('tells what cannot be read, and reads the rest', async () => {
    const { drop, read, write } = await aDrop();
    await writeFile(path.join(drop, 'a.jsonl'), `${rowsOf('1')}{"id": "half`);
    await writeFile(path.join(drop, 'b.jsonl'), 'no posts at all');
    await write('c.jsonl', '3');
    const pages = await read(null);
    expect(idsOf(pages)).toEqual(['1', '3']);
    const problems = pages.flatMap((page) => page.problems);
    expect(problems).toHaveLength(2);
    expect(problems[0]).toMatch(/^a\.jsonl:2: /);
    expect(problems[1]).toContain('b.jsonl has no known form');
    expect(await read(pages.at(-1)?.place ?? null)).toEqual([]);
  });

  it('forgets files that are gone, and says when the folder is', async () => {
    const { drop, read, write } = await aDrop();
    await write('a.jsonl', '1');
    const place = (await read(null)).at(-1)?.place ?? null;
    await rm(path.join(drop, 'a.jsonl'));
    await write('b.jsonl', '2');
    expect((await read(place)).at(-1)?.place).toMatchObject({ files: { 'b.jsonl': {} } });
    expect(JSON.stringify((await read(place)).at(-1)?.place)).not.toContain('a.jsonl');
    await rm(drop, { recursive: true });
    await expect(read(place)).rejects.toMatchObject({ kind: 'refused' });
  });

  it('says so when it is named without its files', async () => {
    const { drop, wish } = await aDrop();
    const pages = folderSource(drop, '/').read(null, wish);
    await expect(pages[Symbol.asyncIterator]().next()).rejects.toThrow(
      'is a folder: name its files',
    );
  });
});
