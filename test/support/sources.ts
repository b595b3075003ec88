import { pino } from 'pino';
import { onTestFinished } from 'vitest';

import type { Collector, Errand } from '../../src/collect/collect.ts';
import { FREE, type Page, type Source, type Wish } from '../../src/collect/source.ts';
import type { Post } from '../../src/model/post.ts';
import type { Charge } from '../../src/model/source.ts';
import { forgetCharged } from '../../src/store/charged.ts';
import type { OpenDatabase } from '../../src/store/database.ts';
import { openSession } from '../../src/store/sessions.ts';
import { aPost } from './posts.ts';

const NOON = new Date('2026-11-20T12:00:00Z');
const NEVER_STOPPED = new AbortController().signal;
export const PRICES = { post: 5000, user: 10_000 } as const;

let topics = 0;

/**
 * What collecting works with, for a topic of its own, at noon of 20 November 2026 (`time` may be set),
 * and an errand that reads at once what is of the last day.
 */
export async function aCollector({ db, pool }: Pick<OpenDatabase, 'db' | 'pool'>) {
  const session = await openSession(pool);
  onTestFinished(() => session.close());
  await forgetCharged(db, '9999-12-31'); // the database and the ids are those of other tests too
  const time = { now: NOON };
  const collector: Collector = {
    db,
    now: () => time.now,
    log: pino({ level: 'silent' }),
    session: session.number,
    prices: PRICES,
  };
  const later = (minutes: number) => {
    time.now = new Date(time.now.getTime() + minutes * 60_000);
  };
  const topic = `topic_${(topics += 1)}`;
  const anErrand = (fields: Partial<Errand> = {}): Errand => ({
    topic,
    budget: { daily: 2_000_000, monthly: 40_000_000 },
    everyMinutes: 15,
    since: new Date(NOON.getTime() - 86_400_000),
    atOnce: true,
    signal: NEVER_STOPPED,
    ...fields,
  });
  return { collector, db, pool, time, later, topic, anErrand };
}

/** Posts with these ids, a minute after each other in the order of their numbers. */
export function numbered(...numbers: readonly number[]): Post[] {
  return numbers.map((number) =>
    aPost({
      id: String(10_000 + number),
      createdAt: new Date(NOON.getTime() - 3_600_000 + number * 60_000),
    }),
  );
}

/** A source of made pages, each of which is charged for, that notes from where it was read. */
export type MadeSource = Source & {
  readonly asked: { place: unknown; since: Date; until: Date | null }[];
  /** What it holds: the oldest first. */
  posts: Post[];
  /** Thrown in the place of the page of this number, counted over all readings, from 1. */
  failAt: Map<number, Error>;
};

/** A source that gives what it holds oldest first, so many posts a page, and goes on behind the last. */
export function madeSource(
  key: string,
  posts: readonly Post[],
  { aPage = 2, isCharged = false }: { aPage?: number; isCharged?: boolean } = {},
): MadeSource {
  let pages = 0;
  const source: MadeSource = {
    key,
    asked: [],
    posts: [...posts],
    failAt: new Map(),
    async *read(place, wish: Wish): AsyncGenerator<Page> {
      source.asked.push({ place, since: wish.since, until: wish.until });
      let after = typeof place?.['after'] === 'string' ? place['after'] : '';
      const wanted = () =>
        source.posts.filter(
          ({ id, createdAt }) =>
            id > after &&
            createdAt >= wish.since &&
            (wish.until === null || createdAt < wish.until),
        );
      for (let left = wanted(); left.length > 0; left = wanted()) {
        const most = { posts: aPage, users: 0 };
        const granted: Charge = isCharged ? await wish.reserve(most) : most;
        pages += 1;
        const failure = source.failAt.get(pages);
        if (failure) throw failure;
        const own = left.slice(0, granted.posts);
        after = own.at(-1)?.id ?? after;
        const charged = isCharged ? { ...FREE, postIds: own.map(({ id }) => id) } : FREE;
        yield { posts: own, problems: [], place: { after }, charged };
      }
    },
  };
  return source;
}
