import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

import { count, type Measurement } from '../support/measurement.ts';
import { openBotPlace } from './bot-place.ts';
import type { Run } from './collect-run.ts';
import type { Reached, Toll } from './collect-x.ts';
import { runForked } from './forked.ts';

const POSTS = 100_000;
const X = fileURLToPath(new URL('collect-x.ts', import.meta.url));
/** The process that collects. */
export const RUN = fileURLToPath(new URL('collect-run.ts', import.meta.url));

/**
 * Collects made posts from a fake X, a process of its own, into the database that comes with the
 * program: posts a second from the first request to the last row, and how large the process gets.
 */
export async function measureCollect(posts = POSTS): Promise<Measurement> {
  const place = await openBotPlace();
  const x = await startX(posts);
  try {
    await place.ensure('collect');
    const args = [place.url('collect'), x.url, x.bearer, String(posts)];
    const run = await runForked<Run>(RUN, args, `Collecting ${count(posts)} posts`);
    return report(run, await x.toll());
  } finally {
    x.end();
    await place.close();
  }
}

/** A fake X in a process of its own. */
export async function startX(
  posts: number,
  seed = 1,
): Promise<Reached & { toll(): Promise<Toll>; end(): void }> {
  const child = fork(X, [String(posts), String(seed)], {
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  const reached = await heard<Reached>(child);
  return {
    ...reached,
    toll() {
      child.send('toll');
      return heard<Toll>(child);
    },
    end: () => child.disconnect(),
  };
}

async function heard<T>(child: ChildProcess): Promise<T> {
  const [message] = (await once(child, 'message')) as [T];
  return message;
}

function report({ added, seconds, sizes }: Run, { requests }: Toll): Measurement {
  const postsPerSecond = added / seconds;
  const peakMB = Math.max(...sizes);
  const growth = (sizes.at(-2) ?? 0) - (sizes[4] ?? 0); // from the middle to the end
  return {
    figures: { suite: 'collect', posts: added, postsPerSecond, requests, peakMB, growthMB: growth },
    table: [
      ['posts', 'posts/s', 'requests', 'peak MB', 'second half MB'],
      [
        count(added),
        postsPerSecond.toFixed(0),
        count(requests),
        peakMB.toFixed(0),
        growth.toFixed(0),
      ],
    ],
    quality: {
      what: 'posts are collected',
      on: `${count(added)} made posts from a fake X`,
      figures: `${count(Math.round(postsPerSecond))} posts a second into the database, at most ${peakMB.toFixed(0)} MB`,
      command: 'npm run bench -- collect',
    },
  };
}
