/** The process of one size: makes posts, curates them, tells the process that started it how it went. */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import process from 'node:process';
import { setTimeout } from 'node:timers/promises';

import { curateInThread } from '../../src/curate/thread.ts';
import type { Post } from '../../src/model/post.ts';
import { postOf, readPosts } from '../eval/rows.ts';
import { tellParent } from './forked.ts';
import { makePosts } from './posts.ts';

/** What a run took. */
export type Run = {
  /** Wall time of `curateInThread`. */
  readonly seconds: number;
  /** Largest resident memory of the process, the posts and the making of them included. */
  readonly peakMB: number;
  /** Longest time for which the process's event loop stood still meanwhile. */
  readonly blockedMs: number;
};

const RESOLUTION = 1; // of the event loop's clock, in ms
const SETTLING = 50; // ms in which that clock starts, and notes a block at the very end

async function measure(posts: readonly Post[]): Promise<Run> {
  globalThis.gc?.(); // what the making of the posts left behind is not curating
  const delay = monitorEventLoopDelay({ resolution: RESOLUTION });
  delay.enable();
  await setTimeout(SETTLING);
  delay.reset();
  const start = performance.now();
  await curateInThread(posts);
  const seconds = (performance.now() - start) / 1000;
  await setTimeout(SETTLING);
  delay.disable();
  return {
    seconds,
    peakMB: process.resourceUsage().maxRSS / 1024,
    blockedMs: Math.max(0, delay.max / 1e6 - RESOLUTION),
  };
}

async function samplePosts(files: readonly string[]): Promise<Post[]> {
  const posts = await Promise.all(files.map(readPosts));
  return posts.flat();
}

await tellParent(async ([size, ...files]) => {
  const made = makePosts(await samplePosts(files), Number(size));
  const posts = Array.from(made, (value, index) =>
    postOf('made posts', { line: index + 1, value }),
  );
  return measure(posts);
});
