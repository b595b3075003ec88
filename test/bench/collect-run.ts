/** The process that collects: tells how long it took, and how large it was. */
import process from 'node:process';

import { pino } from 'pino';

import { fillCollect, NO_SOURCES } from '../../src/collect/settings.ts';
import { gather } from '../../src/collect/gather.ts';
import { openSource } from '../../src/collect/open.ts';
import { openDatabase } from '../../src/store/database.ts';
import { openSession } from '../../src/store/sessions.ts';
import { TOPIC_KEY } from './bot-place.ts';
import { EVERYTHING } from './collect-query.ts';
import { tellParent } from './forked.ts';

/** What collecting took. */
export type Run = {
  readonly added: number;
  readonly seconds: number;
  /** The largest that the process was, MB, when so many tenths of the posts were there. */
  readonly sizes: readonly number[];
};

/** Within what X's search reaches: further back it is asked otherwise each time. */
const REACH_MS = 6.5 * 86_400_000;

await tellParent(async ([url = '', apiRoot = '', token = '', size = '0']) => {
  const open = await openDatabase({ kind: 'server', url });
  const session = await openSession(open.pool);
  try {
    process.send?.({ begins: true });
    const start = performance.now();
    const collect = fillCollect({ post_price: 0, user_price: 0 });
    const means = { x: { token, apiRoot }, collect, folder: process.cwd() };
    const source = openSource({ kind: 'x-search', query: EVERYTHING }, means);
    const collector = {
      db: open.db,
      now: () => new Date(),
      log: pino({ level: 'silent' }),
      session: session.number,
      prices: collect.prices,
    };
    const sizes: number[] = [];
    let read = 0;
    const { added, sources } = await gather(collector, [source], {
      topic: TOPIC_KEY,
      budget: NO_SOURCES.budget,
      everyMinutes: NO_SOURCES.everyMinutes,
      since: new Date(Date.now() - REACH_MS),
      atOnce: true,
      signal: new AbortController().signal,
      tell(_, page) {
        read += page.posts.length;
        sizes[Math.floor((10 * read) / Number(size))] ??= process.memoryUsage().rss / 2 ** 20;
      },
    });
    const [one] = sources;
    if (one?.state !== 'read') throw new Error(`X was not read: ${one?.reason}`);
    const peak = process.resourceUsage().maxRSS / 1024;
    const seconds = (performance.now() - start) / 1000;
    return { added, seconds, sizes: [...sizes, peak] } satisfies Run;
  } finally {
    await session.close();
    await open.close();
  }
});
