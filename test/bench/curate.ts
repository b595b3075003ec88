import { fileURLToPath } from 'node:url';

import { UserError } from '../../src/model/errors.ts';
import { readPosts } from '../eval/rows.ts';
import { count, type Measurement } from '../support/measurement.ts';
import { runForked } from './forked.ts';
import type { Run } from './runner.ts';

const SIZES = '1000,10000,100000';

/** The invented sample; its posts are multiplied when no others are named. */
const SAMPLE = fileURLToPath(new URL('../../src/demo/sample.jsonl', import.meta.url));
const RUNNER = fileURLToPath(new URL('runner.ts', import.meta.url));

/** Numbers of posts, with commas between. @throws UserError `usage` when it is anything else. */
export function parseSizes(text = SIZES): number[] {
  const sizes = text.split(',').map((part) => part.trim());
  if (!sizes.every((size) => /^[1-9]\d{0,6}$/.test(size))) {
    throw new UserError('usage', `"${text}" is no list of sizes: write it like ${SIZES}.`);
  }
  return sizes.map(Number);
}

type Row = Run & { readonly size: number };

/** Measures curating made posts, each size in a process of its own. */
export async function measureCurate({
  sizes,
  files = [SAMPLE],
}: {
  sizes: readonly number[];
  files?: readonly string[];
}): Promise<Measurement> {
  for (const file of files) await readPosts(file); // what is wrong with a file is said here
  const rows: Row[] = [];
  for (const size of sizes) rows.push({ size, ...(await runSize(size, files)) });
  const growth = growthOf(rows);
  const listed = (cell: (row: Row) => string) => rows.map(cell).join(' / ');
  return {
    figures: { suite: 'curate', rows, growth },
    table: [
      ['posts', 'seconds', 'peak MB', 'blocked ms'],
      ...rows.map((row) => [
        count(row.size),
        row.seconds.toFixed(2),
        row.peakMB.toFixed(0),
        row.blockedMs.toFixed(1),
      ]),
      ...(growth === null ? [] : [['growth', growth.toFixed(2)]]),
    ],
    quality: {
      what: 'a window is curated',
      on: `${listed(({ size }) => count(size))} made posts`,
      figures:
        `${listed(({ seconds }) => seconds.toFixed(1))} s, ` +
        `at most ${listed(({ peakMB }) => count(Math.round(peakMB)))} MB, ` +
        `blocked for ${listed(({ blockedMs }) => blockedMs.toFixed(0))} ms`,
      command: 'npm run bench -- curate',
    },
  };
}

function runSize(size: number, files: readonly string[]): Promise<Run> {
  return runForked(RUNNER, [String(size), ...files], `The run of ${count(size)} posts`);
}

/** The k in time ~ size^k: log(time ratio) / log(size ratio) of the largest to the smallest. */
export function growthOf(rows: readonly Pick<Row, 'size' | 'seconds'>[]): number | null {
  const bySize = rows.toSorted((a, b) => a.size - b.size);
  const [smallest, largest] = [bySize.at(0), bySize.at(-1)];
  if (!smallest || !largest || smallest.size === largest.size) return null;
  return Math.log(largest.seconds / smallest.seconds) / Math.log(largest.size / smallest.size);
}
