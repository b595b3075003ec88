import path from 'node:path';
import { fileURLToPath } from 'node:url';

import { count, type Measurement } from '../support/measurement.ts';
import { openBotPlace } from './bot-place.ts';
import { runForked } from './forked.ts';
import type { Asking } from './search-ask.ts';
import type { Peer } from './search-peer.ts';
import type { Imports } from './search-store.ts';

const POSTS = 1_000_000;

export const SAMPLE = path.resolve('src/demo/sample.jsonl');

/** Where the posts are: nineteen of twenty in the one, the rest in the other. */
export const TOPICS = { main: 'twitter_ai', other: 'chips' } as const;

/** How soon candidates were there, milliseconds. */
export type Row = { readonly kind: string; readonly p50: number; readonly p95: number };

export function rowOf(kind: string, took: readonly number[]): Row {
  const sorted = took.toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.ceil(sorted.length * share) - 1] ?? 0;
  return { kind, p50: at(0.5), p95: at(0.95) };
}

/** So many questions are asked of each kind. */
export const QUESTIONS = 200;

const STORE = fileURLToPath(new URL('search-store.ts', import.meta.url));
const ASK = fileURLToPath(new URL('search-ask.ts', import.meta.url));
const PEER = fileURLToPath(new URL('search-peer.ts', import.meta.url));

/**
 * Imports made posts of a year into the database that comes with the program, and looks for what
 * questions ask for: in a day, a month, all of it, alone and ten at once. Beside it stands MiniSearch,
 * which holds its index in memory, with as many of the posts as fit 2 GB.
 */
export async function measureSearch(posts = POSTS): Promise<Measurement> {
  const place = await openBotPlace();
  try {
    await place.ensure('search');
    const url = place.url('search');
    const args = [url, place.folder, String(posts)];
    const stored = await runForked<Imports>(STORE, args, `Importing ${count(posts)} posts`);
    const asking = await runForked<Asking>(ASK, [url], 'Asking');
    const peer = await runForked<Peer>(PEER, stored.files, 'Asking MiniSearch');
    return report(posts, stored, asking, peer);
  } finally {
    await place.close();
  }
}

function report(
  posts: number,
  { seconds }: Imports,
  { rows: ours, rssMB }: Asking,
  peer: Peer,
): Measurement {
  const ingestPerSecond = posts / seconds;
  const rows = [...ours, ...peer.rows];
  const slowest = (all: readonly Row[]) =>
    all.map(({ kind, p95 }) => `${kind}: ${p95.toFixed(0)} ms`).join('; ');
  return {
    figures: { suite: 'search', posts, rows, ingestPerSecond, rssMB },
    table: [
      ['looked for in', 'p50 ms', 'p95 ms'],
      ...rows.map(({ kind, p50, p95 }) => [kind, p50.toFixed(1), p95.toFixed(1)]),
      ['imported a second', count(Math.round(ingestPerSecond))],
      ['memory MB', rssMB.toFixed(0)],
    ],
    quality: {
      what: 'what a question asks for is found',
      on: `${count(posts)} made posts of a year, questions of 3 to 60 terms`,
      figures: `19 of 20 times within: ${slowest(rows)}; ${count(Math.round(ingestPerSecond))} posts a second are imported`,
      command: 'npm run bench -- search',
    },
  };
}
