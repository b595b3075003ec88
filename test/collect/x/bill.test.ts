import { describe, expect, it } from 'vitest';

import { OverBudget } from '../../../src/collect/source.ts';
import { lookUp } from '../../../src/collect/x/look-up.ts';
import { xSource } from '../../../src/collect/x/source.ts';
import type { Charge, Place } from '../../../src/model/source.ts';
import {
  Account,
  ADA,
  HOUR,
  idsIn,
  KETTLES,
  LIST,
  pagesOf,
  placeBehind,
  startX,
  Tally,
  wishOf,
  write,
} from './reading.ts';

function sum(charges: readonly Charge[]): Charge {
  return charges.reduce(
    (all, each) => ({ posts: all.posts + each.posts, users: all.users + each.users }),
    { posts: 0, users: 0 },
  );
}

describe('what X charges', () => {
  it('is what stands on its bill, for whatever is read', async () => {
    const { clock, world, x, access } = await startX();
    world.addList('77', ['ada', 'bo']);
    const tally = new Tally();
    const sources = [ADA, LIST, KETTLES].map((spec) => xSource(spec, access));
    const places = new Map<string, Place | null>();
    const charged: Charge[] = [];
    for (let round = 0; round < 6; round += 1) {
      clock.pass(9 * HOUR);
      const [id = ''] = write(world, clock, 4 + round);
      world.repost(id, { by: 'bo' });
      world.addPost({ by: 'bo', text: 'kettle, again', quotes: id, repliesTo: id });
      clock.pass(HOUR);
      for (const source of sources) {
        const before = places.get(source.key) ?? null;
        const pages = await pagesOf(source, before, wishOf(clock));
        places.set(source.key, placeBehind(pages, before));
        charged.push(...pages.map((page) => tally.note(page.charged, clock.now())));
      }
      for await (const page of lookUp(access, [id], wishOf(clock))) {
        charged.push(tally.note(page.charged, clock.now()));
      }
    }
    expect(x.bill.days).toHaveLength(4);
    expect(sum(charged)).toEqual(x.bill.charged());
  });

  it('is never more than was entered before', async () => {
    const { clock, world, access } = await startX();
    for (const id of write(world, clock, 40)) {
      world.addPost({ by: `fan${id}`, text: 'kettle!', quotes: id, repliesTo: id });
    }
    clock.pass(HOUR);
    const account = new Account();
    const pages = await pagesOf(xSource(KETTLES, access), null, wishOf(clock, { account }));
    for (const [index, { charged }] of pages.entries()) {
      const most = account.asked[index];
      expect(new Set(charged.postIds).size).toBeLessThanOrEqual(most?.posts ?? 0);
      expect(new Set(charged.userIds).size).toBeLessThanOrEqual(most?.users ?? 0);
    }
    expect(pages.length).toBeGreaterThan(0);
  });
});

describe('a budget', () => {
  it('makes pages smaller towards its end, and then stops, with nothing lost', async () => {
    const { clock, world, x, access } = await startX();
    const ids = write(world, clock, 300);
    const account = new Account(1.5);
    const tally = new Tally();
    const pages: Awaited<ReturnType<typeof pagesOf>> = [];
    const reading = async () => {
      const wish = wishOf(clock, { account });
      for await (const page of xSource(ADA, access).read(null, wish)) {
        account.settle(tally.note(page.charged, clock.now()));
        pages.push(page);
      }
    };
    await expect(reading()).rejects.toBeInstanceOf(OverBudget);
    const sizes = x.requests.slice(1).map(({ params }) => Number(params['max_results']));
    expect(Math.max(...sizes)).toBeLessThan(100);
    expect(sizes[0]).toBe(Math.max(...sizes));
    expect(sizes.at(-1)).toBe(5);
    expect(x.bill.cost()).toBeGreaterThan(1.2);
    expect(x.bill.cost()).toBeLessThanOrEqual(1.5);
    const rest = await pagesOf(xSource(ADA, access), placeBehind(pages), wishOf(clock));
    expect([...idsIn(pages), ...idsIn(rest)]).toEqual(ids);
  });

  it('is not spent where it has not enough for the smallest page', async () => {
    const { clock, world, x, access } = await startX();
    write(world, clock, 3);
    // Grants what it has, though that is less than ten posts may be charged.
    const reserve = async ({ users }: Charge) => ({ posts: 12, users });
    const reading = pagesOf(xSource(KETTLES, access), null, { ...wishOf(clock), reserve });
    const error = await reading.catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(OverBudget);
    expect(error).toMatchObject({ until: new Date('2026-11-21T00:00:00Z') });
    expect(x.requests).toEqual([]);
  });

  it('that is used up stops before the handle is looked up', async () => {
    const { clock, x, access } = await startX();
    const account = new Account(0.005);
    const reading = pagesOf(xSource(ADA, access), null, wishOf(clock, { account }));
    await expect(reading).rejects.toBeInstanceOf(OverBudget);
    expect(x.requests).toEqual([]);
  });
});
