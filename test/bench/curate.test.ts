import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';

import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';

import { readPost } from '../../src/collect/row.ts';
import type { Post } from '../../src/model/post.ts';
import { wordsOf } from '../../src/model/words.ts';
import { postOf } from '../eval/rows.ts';
import { type Ended, ended, temporaryFolder } from '../support/program.ts';
import { randomFrom } from '../support/random.ts';
import { jsonl, ROWS } from '../support/rows.ts';
import { growthOf } from './curate.ts';
import { makePosts } from './posts.ts';
import { Urn } from './urn.ts';
import { nameOf, piecesOf } from './wording.ts';

const MAIN = path.resolve('test/bench/main.ts');

let folder: string;
beforeEach(async () => {
  folder = await temporaryFolder();
});

function bench(...args: string[]): Promise<Ended> {
  return ended(spawn(process.execPath, [MAIN, ...args], { cwd: folder }));
}

describe('bench curate', () => {
  it('measures each size, and how the time grows', async () => {
    const { code, out, err } = await bench('curate', '--size', '40,20', '--json');
    expect({ code, err }).toEqual({ code: 0, err: '' });
    const number = expect.any(Number) as number;
    const run = { seconds: number, peakMB: number, blockedMs: number };
    expect(JSON.parse(out.trimEnd().split('\n').at(-1) ?? '')).toEqual({
      suite: 'curate',
      rows: [
        { size: 40, ...run },
        { size: 20, ...run },
      ],
      growth: number,
    });
  });

  it('makes the posts from files that are named, and prints a table for people', async () => {
    await writeFile(path.join(folder, 'posts.jsonl'), jsonl(ROWS));
    const { code, out } = await bench('curate', '--size', '20', '--data', 'posts.jsonl');
    expect(code).toBe(0);
    expect(out).toMatch(/^posts +seconds +peak MB +blocked ms\n20 +\d+\.\d+ +\d+ +\d+\.\d\n$/);
  });

  it('refuses in a sentence what it cannot measure', async () => {
    await writeFile(path.join(folder, 'empty.jsonl'), '');
    await writeFile(path.join(folder, 'bad.jsonl'), `${JSON.stringify(ROWS[0])}\n{"id": "2"}\n`);
    for (const [args, reason] of [
      [['curate', '--size', '10,many'], /no list of sizes/],
      [['curate', '--size', '0'], /no list of sizes/],
      [['curate', '--data', 'empty.jsonl'], /empty\.jsonl is empty/],
      [['curate', '--data', 'bad.jsonl'], /^bad\.jsonl:2: "author" is missing\n$/],
      [['songs'], /Usage: bench/],
      [[], /Usage/],
    ] as const) {
      const { code, out, err } = await bench(...args);
      expect({ args, code, out }).toEqual({ args, code: 2, out: '' });
      expect(err).toMatch(reason);
      expect(err).not.toMatch(/ at .*:\d+:\d+/);
    }
  });

  it('calls the exponent of the time growth', () => {
    const rows = [
      { size: 1000, seconds: 2 },
      { size: 100, seconds: 0.02 },
      { size: 500, seconds: 1 },
    ];
    expect(growthOf(rows)).toBeCloseTo(2, 12);
    expect(growthOf(rows.slice(0, 1))).toBeNull();
  });
});

const SAMPLE = readFileSync('src/demo/sample.jsonl', 'utf8')
  .trimEnd()
  .split('\n')
  .map((line, index) => postOf('sample', { line: index + 1, value: JSON.parse(line) as unknown }));

function made(count: number, samples: readonly Post[] = SAMPLE): Post[] {
  return Array.from(makePosts(samples, count), (value, index) =>
    postOf('made', { line: index + 1, value }),
  );
}

const share = (posts: readonly Post[], has: (post: Post) => boolean) =>
  posts.filter(has).length / posts.length;

const vocabularyOf = (posts: readonly Post[]) => new Set(posts.flatMap(wordsOf)).size;

describe('made posts', () => {
  const posts = made(4000);

  it('are the same every time', () => {
    expect(made(300)).toEqual(made(300));
  });

  it('have ids of their own and stand in order within one day', () => {
    expect(new Set(posts.map(({ id }) => id)).size).toBe(posts.length);
    const days = posts.map(({ createdAt }) => createdAt.toISOString().slice(0, 10));
    expect(new Set(days).size).toBe(1);
    const times = posts.map(({ createdAt }) => createdAt.getTime());
    expect(times).toEqual(times.toSorted((a, b) => a - b));
  });

  it('are copied, cut and answered as often as in life', () => {
    expect(share(posts, (post) => post.isRepost)).toBeCloseTo(0.15, 1);
    expect(share(posts, (post) => post.replyToId !== null)).toBeCloseTo(0.05, 1);
    const texts = new Set(posts.filter((post) => !post.isRepost).map(({ text }) => text));
    const copies = share(posts, (post) => !post.isRepost) - texts.size / posts.length;
    expect(copies).toBeGreaterThan(0.08);
    expect(copies).toBeLessThan(0.13);
  });

  it('bring new words and authors the more there are, ever more slowly', () => {
    const few = made(400);
    const growth = (sizeOf: (some: readonly Post[]) => number) =>
      Math.log(sizeOf(posts) / sizeOf(few)) / Math.log(posts.length / few.length);
    for (const grown of [
      growth(vocabularyOf),
      growth((some) => new Set(some.map(({ author }) => author)).size),
    ]) {
      expect(grown).toBeGreaterThan(0.4);
      expect(grown).toBeLessThan(0.95);
    }
  });

  it('can be made of a single sample in any language', () => {
    const sample = readPost({ ...ROWS[2], text: '料金が下がった。' }, 1);
    expect(sample.kind).toBe('post');
    expect(made(50, sample.kind === 'post' ? [sample.post] : [])).toHaveLength(50);
  });
});

describe('the parts of made posts', () => {
  it('are texts that lose nothing when they are cut into pieces', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(piecesOf(text).join('')).toBe(text);
      }),
    );
  });

  it('are names of which no two are the same', () => {
    const names = Array.from({ length: 20_000 }, (_, number) => nameOf(number));
    expect(new Set(names).size).toBe(names.length);
  });

  it('are values of which few are frequent and most are rare', () => {
    const urn = new Urn(0.7, randomFrom(1));
    const draws = Array.from({ length: 10_000 }, () => urn.draw());
    const counts = [...Map.groupBy(draws, (value) => value).values()].map((all) => all.length);
    expect(Math.max(...counts)).toBeGreaterThan(50);
    expect(counts.filter((times) => times === 1).length).toBeGreaterThan(counts.length / 2);
  });
});
