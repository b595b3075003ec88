import { describe, expect, it } from 'vitest';

import { countRecent, lookUp } from '../../../src/collect/x/look-up.ts';
import { Account, HOUR, idsIn, problemsIn, startX, wishOf, write } from './reading.ts';

describe('looking posts up', () => {
  it('gives their numbers of now, a hundred a request, without people who would be charged', async () => {
    const { clock, world, x, access } = await startX();
    const ids = write(world, clock, 130);
    for (const id of ids) world.measure(id, { likes: Number(BigInt(id) % 1000n), views: 7 });
    const pages = await Array.fromAsync(lookUp(access, [...ids, ...ids], wishOf(clock)));
    expect(idsIn(pages)).toEqual(ids);
    expect(pages[0]?.posts[0]).toMatchObject({
      likes: Number(BigInt(ids[0] ?? 0) % 1000n),
      views: 7,
      seenAt: clock.now(),
    });
    expect(pages.map(({ charged }) => charged)).toEqual([
      { postIds: ids.slice(0, 100), userIds: [] },
      { postIds: ids.slice(100), userIds: [] },
    ]);
    expect(x.bill.charged()).toEqual({ posts: 130, users: 0 });
    expect(x.requests).toHaveLength(2);
  });

  it('tells of posts that are not shown any more', async () => {
    const { clock, world, access } = await startX();
    const [first = '', second = '', third = ''] = write(world, clock, 3);
    world.remove(second);
    world.withhold(third, ['XX']);
    const pages = await Array.fromAsync(lookUp(access, [first, second, third], wishOf(clock)));
    expect(idsIn(pages)).toEqual([first]);
    expect(problemsIn(pages)).toEqual([
      expect.stringContaining(`post ${second} is not shown`),
      expect.stringContaining(`post ${third} is not shown`),
    ]);
  });

  it('tells of all of them where none is shown', async () => {
    const { clock, world, access } = await startX();
    const ids = write(world, clock, 2);
    for (const id of ids) world.remove(id);
    const pages = await Array.fromAsync(lookUp(access, ids, wishOf(clock)));
    expect(idsIn(pages)).toEqual([]);
    expect(problemsIn(pages)).toHaveLength(2);
  });

  it('asks for nothing where there is nothing of X', async () => {
    const { clock, x, access } = await startX();
    const pages = await Array.fromAsync(
      lookUp(access, ['mastodon:1', 'not, a number'], wishOf(clock)),
    );
    expect(pages).toEqual([]);
    expect(x.requests).toEqual([]);
  });
});

describe('counting what a search finds', () => {
  it('gives the number of the last day, for the price of a post', async () => {
    const { clock, world, x, access } = await startX();
    world.addPost({ by: 'ada', text: 'kettle', at: clock.ago(30 * HOUR) });
    write(world, clock, 12);
    const account = new Account();
    const counted = await countRecent(access, 'kettle', wishOf(clock, { account }));
    expect(counted).toEqual({ posts: 12, charged: { posts: 1, users: 0 } });
    expect(account.asked).toEqual([{ posts: 1, users: 0 }]);
    expect(x.bill.cost()).toBe(0.005);
  });
});
