import { fork } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';

import { count, type Measurement } from '../support/measurement.ts';
import { randomFrom } from '../support/random.ts';
import { sql } from '../../src/store/drizzle.ts';
import { openBotPlace, withDatabase } from './bot-place.ts';
import { RUN, startX } from './collect.ts';
import type { Run } from './collect-run.ts';
import { runForked } from './forked.ts';

const DEATHS = 30;
const POSTS = 30_000;
/** A process lives so long at most after it has begun to read, milliseconds. */
const LONGEST_LIFE_MS = 600;

/** What is there at the end: posts, those not sorted in, those that are found, and the account. */
type Stored = {
  readonly posts: number;
  readonly waiting: number;
  readonly findable: number;
  readonly booked: number;
  readonly bookedUsers: number;
};

/**
 * Kills the collecting process at random moments, lets the next go on where it stopped, and counts at the
 * end what is there, and which pages were paid for more than once.
 */
export async function measureCollectCrash(deaths = DEATHS): Promise<Measurement> {
  const place = await openBotPlace();
  const x = await startX(POSTS);
  const random = randomFrom(7);
  try {
    await place.ensure('collect');
    const url = place.url('collect');
    const args = [url, x.url, x.bearer, String(POSTS)];
    let died = 0;
    for (let life = 0; life < deaths; life++) {
      if (await liveShortly(args, random() * LONGEST_LIFE_MS)) died += 1;
    }
    await runForked<Run>(RUN, args, 'Collecting the rest');
    const stored = await withDatabase(url, async (db) => {
      const { rows } = await db.execute<Stored>(sql`
        select (select count(*)::int from topic_posts) as posts,
          (select count(*)::int from inbox) as waiting,
          (select count(distinct ref)::int from passages where kind = 'post') as findable,
          (select sum(posts)::int from source_days) as "booked",
          (select sum(users)::int from source_days) as "bookedUsers"`);
      return rows[0];
    });
    const { requests, paidTwice, charged } = await x.toll();
    const { posts = 0, waiting = 0, findable = 0, booked = 0, bookedUsers = 0 } = stored ?? {};
    const figures = {
      deaths: died,
      posts,
      lost: POSTS - posts + waiting,
      notFindable: posts - findable,
      requests,
      paidTwice,
      miscounted: Math.abs(booked - charged.posts) + Math.abs(bookedUsers - charged.users),
    };
    return {
      figures: { suite: 'collect-crash', ...figures },
      table: [Object.keys(figures), Object.values(figures).map(count)],
      quality: {
        what: 'no post is lost, no page is paid for twice but those under way',
        on: `${count(died)} deaths of the process while it collects ${count(POSTS)} made posts`,
        figures: `${figures.lost} lost, ${paidTwice} of ${count(requests)} pages asked for again`,
        command: 'npm run bench -- collect-crash',
      },
    };
  } finally {
    x.end();
    await place.close();
  }
}

/** Starts the process and kills it so many milliseconds after it began to read; whether it died of that. */
async function liveShortly(args: readonly string[], ms: number): Promise<boolean> {
  const child = fork(RUN, [...args], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  const gone = once(child, 'exit');
  await once(child, 'message');
  await wait(ms);
  child.kill('SIGKILL');
  const [, signal] = (await gone) as [number | null, NodeJS.Signals | null];
  return signal === 'SIGKILL';
}
