import pLimit from 'p-limit';

import { addDays, dayOf } from '../model/window.ts';
import { forgetCharged } from '../store/charged.ts';
import { type Collected, type Collector, collectSource, type Errand } from './collect.ts';
import { POSTS_A_STATEMENT, sortIn } from './sort-in.ts';
import type { Page, Source } from './source.ts';

/** So many sources are read side by side: they belong to different servers, mostly. */
const AT_ONCE = 4;

/** What became of a topic's sources, and how many posts are new. */
export type Gathered = { readonly sources: readonly Collected[]; readonly added: number };

/**
 * Reads sources of a topic on, several at once, and sorts in what they gave. One that fails or is beyond
 * the budget does not stop the others. Rejects with the signal's reason; what had come by then is kept.
 */
export async function gather(
  collector: Collector,
  sources: readonly Source[],
  errand: Errand,
): Promise<Gathered> {
  const { topic, signal } = errand;
  // Whoever began a request yesterday may still be waiting for its answer.
  await forgetCharged(collector.db, addDays(dayOf(collector.now(), 'UTC'), -1));
  const left = await sortIn(collector, topic, signal); // what a process left that ended
  let waiting = 0;
  const sorting = pLimit(1);
  const sorted: Promise<number>[] = [];
  const sort = (times: number) => {
    const one = sorting(() => sortIn(collector, topic, signal, times));
    one.catch(() => {}); // told at the end
    sorted.push(one);
  };
  const tell = (source: Source, page: Page) => {
    waiting += page.posts.length;
    if (waiting >= POSTS_A_STATEMENT) {
      waiting -= POSTS_A_STATEMENT;
      sort(1);
    }
    errand.tell?.(source, page);
  };
  const limit = pLimit(AT_ONCE);
  const collected = await Promise.all(
    sources.map((source) =>
      limit(async () => {
        const one = await collectSource(collector, source, { ...errand, tell });
        errand.done?.(one);
        return one;
      }),
    ),
  );
  sort(Infinity);
  const added = (await Promise.all(sorted)).reduce((sum, one) => sum + one, left);
  return { sources: collected, added };
}
