import path from 'node:path';
import type { Writable } from 'node:stream';

import { measureCloud } from '../bench/cloud.ts';
import { measureCurate, parseSizes } from '../bench/curate.ts';
import { measureTokens } from '../bench/tokens.ts';
import type { Measurement } from '../support/measurement.ts';
import { qualityRow, readTable, writeTable } from '../support/readme.ts';
import { measureAds } from './ads.ts';
import { measureAnswers } from './answers.ts';
import { measureClaims } from './claims.ts';
import { measureDays } from './days.ts';
import { measureDuplicates } from './duplicates.ts';
import { measureParaphrase } from './paraphrase.ts';
import { measureRetrieval } from './retrieval.ts';
import { measureThemes } from './themes.ts';

export type QualityOptions = { data: string; readme: string; size?: string; json?: boolean };

/** Runs every suite on the development data of a folder, and writes what they found into the README. */
export async function writeQuality(
  { data, readme, size, json }: QualityOptions,
  out: Writable,
): Promise<void> {
  const before = await readTable(readme, 'quality');
  const measurements = await measureAll(data, size);
  const rows = measurements.map(({ quality }) => qualityRow(quality));
  const table = await writeTable(readme, before, rows);
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
    await (size === undefined ? measureCloud() : measureCloud(sizes, 1)),
    await measureTokens({
      data: path.join(folder, 'posts', 'chatgpt_2023-04-03_2023-04-05.jsonl'),
    }),
  ];
}
