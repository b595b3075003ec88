import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Writable } from 'node:stream';

import { UserError } from '../../src/model/errors.ts';
import { measureCloud } from '../bench/cloud.ts';
import { measureCurate, parseSizes } from '../bench/curate.ts';
import { measureTokens } from '../bench/tokens.ts';
import type { Measurement, Quality } from '../support/measurement.ts';
import { measureAds } from './ads.ts';
import { measureAnswers } from './answers.ts';
import { measureClaims } from './claims.ts';
import { measureDays } from './days.ts';
import { measureDuplicates } from './duplicates.ts';
import { measureParaphrase } from './paraphrase.ts';
import { measureRetrieval } from './retrieval.ts';
import { measureThemes } from './themes.ts';

/** The file that holds the table. */
export const README = 'README.md';

/** The marks between which the table stands. */
const MARKS = { begin: '<!-- quality -->', end: '<!-- /quality -->' } as const;

const COLUMNS: Readonly<Record<keyof Quality, string>> = {
  what: 'what',
  on: 'measured on',
  figures: 'figures',
  command: 'command',
};

export type QualityOptions = { data: string; readme: string; size?: string; json?: boolean };

/** Runs every suite on the development data of a folder, and writes what they found into the README. */
export async function writeQuality(
  { data, readme, size, json }: QualityOptions,
  out: Writable,
): Promise<void> {
  const before = await readMarked(readme);
  const measurements = await measureAll(data, size);
  const table = tableOf(measurements.map(({ quality }) => quality));
  await writeFile(readme, `${before.head}${MARKS.begin}\n${table}${MARKS.end}${before.tail}`);
  const suites = measurements.map(({ figures }) => figures);
  out.write(json ? `${JSON.stringify({ suite: 'readme', suites })}\n` : table);
}

async function measureAll(folder: string, size: string | undefined): Promise<Measurement[]> {
  const sizes = parseSizes(size);
  const file = (...names: string[]) => path.join(folder, 'eval', ...names);
  // First: on Linux the peak memory of a process begins with what its parent held when starting it.
  const speed = await measureCurate({ sizes });
  return [
    await measureAds({ data: file('ads', 'dev.jsonl') }),
    await measureDuplicates({ data: file('duplicates', 'dev.jsonl') }),
    await measureParaphrase({ data: file('duplicates', 'paraphrase_dev.jsonl') }),
    await measureThemes({ data: file('themes', 'tweet89.jsonl') }),
    await measureDays({
      data: file('themes', 'days_dev.jsonl'),
      posts: file('answers', 'posts.jsonl'),
    }),
    await measureClaims({
      data: file('claims', 'dev.jsonl'),
      posts: file('answers', 'posts.jsonl'),
    }),
    await measureAnswers({ data: file('answers') }),
    await measureRetrieval({ data: file('retrieval', 'scifact') }),
    await measureRetrieval({ data: file('retrieval', 'cmrc2018_dev') }),
    speed,
    await measureCloud(size === undefined ? undefined : sizes),
    await measureTokens({
      data: path.join(folder, 'posts', 'chatgpt_2023-04-03_2023-04-05.jsonl'),
    }),
  ];
}

/** The table in Markdown. */
function tableOf(rows: readonly Quality[]): string {
  const line = ({ what, on, figures, command }: Quality) =>
    `| ${what} | ${on} | ${figures} | ${command} |\n`;
  const body = rows.map((row) => line({ ...row, command: `\`${row.command}\`` }));
  return [line(COLUMNS), '|---|---|---|---|\n', ...body].join('');
}

/** What stands before and after the marks of a file. */
async function readMarked(file: string): Promise<{ head: string; tail: string }> {
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new UserError('input', `${file} cannot be read.`, { cause });
  });
  const begin = text.indexOf(MARKS.begin);
  const end = text.indexOf(MARKS.end);
  if (begin === -1 || end < begin) {
    throw new UserError('input', `${file} needs the lines ${MARKS.begin} and ${MARKS.end}.`);
  }
  return { head: text.slice(0, begin), tail: text.slice(end + MARKS.end.length) };
}
