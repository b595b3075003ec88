import { describe, expect, it } from 'vitest';

import { collectSource, sampleSource } from '../../../src/collect/collect.ts';
import { gather } from '../../../src/collect/gather.ts';
import { xSource } from '../../../src/collect/x/source.ts';
import { windowOf } from '../../../src/model/window.ts';
import { postsInWindow } from '../../../src/store/posts.ts';
import { sourceDaysBetween } from '../../../src/store/source-days.ts';
import { sharedOpenDatabase } from '../../support/database.ts';
import { aCollector } from '../../support/sources.ts';
import { cut, serverError } from '../../fakes/x.ts';
import { ADA, KETTLES, LIST, startX, write } from './reading.ts';

const open = sharedOpenDatabase();
const DAYS = { from: '2026-11-20', to: '2026-11-21' };

/** A fake X and what collects from it, at the same noon. */
async function startCollecting() {
  const [collecting, faked] = [await aCollector(open()), await startX()];
  faked.world.addList('77', ['ada']);
  const stored = async () => {
    const window = windowOf('2026-11-18', '2026-11-21', 'UTC');
    const posts = await postsInWindow(collecting.db, collecting.topic, window);
    return posts.map(({ id }) => id).toReversed();
  };
  return { ...collecting, ...faked, stored };
}

describe('collecting from X', () => {
  it('stores what is new, with what stands on the bill', async () => {
    const { collector, db, topic, anErrand, access, clock, world, x, stored } =
      await startCollecting();
    const ids = write(world, clock, 130);
    const sources = [ADA, LIST, KETTLES].map((spec) => xSource(spec, access));
    const budget = { daily: 100_000_000, monthly: 100_000_000 };
    const { sources: read } = await gather(collector, sources, anErrand({ budget }));
    expect(read.map(({ state }) => state)).toEqual(['read', 'read', 'read']);
    expect(read.flatMap(({ problems }) => problems)).toEqual([]);
    expect(await stored()).toEqual(ids);
    const days = await sourceDaysBetween(db, DAYS, topic);
    expect(days.reduce((sum, { price }) => sum + price, 0) / 1e6).toBe(x.bill.cost());
  });

  it('goes on where the budget ended, when there is one again', async () => {
    const { collector, anErrand, access, clock, world, x, stored } = await startCollecting();
    const ids = write(world, clock, 200);
    const source = xSource(KETTLES, access);
    const budget = { daily: 800_000, monthly: 40_000_000 };
    const { sources } = await gather(collector, [source], anErrand({ budget }));
    expect(sources).toMatchObject([{ state: 'put-off', isOverBudget: true }]);
    expect(x.bill.cost()).toBeGreaterThan(0.3);
    expect(x.bill.cost()).toBeLessThanOrEqual(0.8);
    const more = { daily: 10_000_000, monthly: 40_000_000 };
    await gather(collector, [source], anErrand({ budget: more }));
    expect(await stored()).toEqual(ids);
  });

  it('is charged for an answer that broke off, and not for an error', async () => {
    const { collector, db, topic, anErrand, access, clock, world, x } = await startCollecting();
    write(world, clock, 3);
    const source = xSource(KETTLES, access);
    x.next('/2/tweets/search/recent', serverError(), serverError(), serverError());
    const failed = await collectSource(collector, source, anErrand());
    const before = await sourceDaysBetween(db, DAYS, topic);
    x.next('/2/tweets/search/recent', cut());
    const broken = await collectSource(collector, source, anErrand());
    const after = await sourceDaysBetween(db, DAYS, topic);
    expect([failed.failureKind, broken.failureKind]).toEqual(['unreachable', 'unreachable']);
    expect(before.map(({ price }) => price)).toEqual([0]);
    expect((after[0]?.price ?? 0) / 1e6).toBeGreaterThanOrEqual(x.bill.cost());
  });

  it.each([ADA, LIST, KETTLES])('gives a few posts to look at: %o', async (spec) => {
    const { collector, anErrand, access, clock, world, x } = await startCollecting();
    const ids = write(world, clock, 50);
    const page = await sampleSource(collector, xSource(spec, access), anErrand(), 10);
    expect(page.posts.map(({ id }) => id)).toEqual(ids.slice(0, 10));
    expect(x.requests.at(-1)?.params['max_results']).toBe('10');
  });
});
