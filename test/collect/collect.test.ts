import { describe, expect, it, onTestFinished } from 'vitest';

import { collectSource, mostOfSample, sampleSource } from '../../src/collect/collect.ts';
import { sortIn } from '../../src/collect/sort-in.ts';
import { stateOf } from '../../src/collect/health.ts';
import { gather } from '../../src/collect/gather.ts';
import { FREE, SourceFailure } from '../../src/collect/source.ts';
import { postsInWindow } from '../../src/store/posts.ts';
import { openSession } from '../../src/store/sessions.ts';
import { priceOfCharge, sourceDaysBetween } from '../../src/store/source-days.ts';
import { claimSource, sourcesOf } from '../../src/store/sources.ts';
import type { Database } from '../../src/store/database.ts';
import { windowOf } from '../../src/model/window.ts';
import { sharedOpenDatabase } from '../support/database.ts';
import { aCollector, madeSource, numbered, PRICES } from '../support/sources.ts';

async function idsIn(db: Database, topic: string): Promise<string[]> {
  const posts = await postsInWindow(db, topic, windowOf('2026-11-01', '2026-11-30', 'UTC'));
  return posts.map(({ id }) => id);
}

async function costs(db: Database, topic: string) {
  return sourceDaysBetween(db, { from: '2026-11-01', to: '2026-12-31' }, topic);
}

const open = sharedOpenDatabase();

describe('collecting a source', () => {
  it('stores what it gives, and goes on behind it the next time', async () => {
    const { collector, db, anErrand, topic } = await aCollector(open());
    const source = madeSource('x-user:ada', numbered(1, 2, 3));
    expect((await gather(collector, [source], anErrand())).added).toBe(3);
    source.posts.push(...numbered(4));
    const { added, sources } = await gather(collector, [source], anErrand());
    expect(added).toBe(1);
    expect(sources).toMatchObject([{ key: 'x-user:ada', posts: 1, requests: 1, state: 'read' }]);
    expect(await idsIn(db, topic)).toEqual(['10001', '10002', '10003', '10004']);
    expect(source.asked.map(({ place }) => place)).toEqual([null, { after: '10003' }]);
  });

  it('is not done before it is due, nor while another process does it', async () => {
    const { collector, db, pool, later, anErrand, topic } = await aCollector(open());
    const source = madeSource('feed:a', numbered(1));
    const errand = anErrand({ atOnce: false });
    await collectSource(collector, source, errand);
    expect((await collectSource(collector, source, errand)).state).toBe('put-off');
    later(15);
    expect((await collectSource(collector, source, errand)).state).toBe('read');
    const other = await openSession(pool);
    onTestFinished(() => other.close());
    const name = { topic, key: 'feed:a' };
    const claim = {
      session: other.number,
      now: collector.now(),
      since: errand.since,
      atOnce: true,
    };
    expect(await claimSource(db, name, claim)).not.toBeNull();
    expect((await collectSource(collector, source, anErrand())).state).toBe('put-off');
    await other.close(); // its process has ended
    expect((await collectSource(collector, source, anErrand())).state).toBe('read');
  });

  it('goes on at the page where it failed, and loses nothing', async () => {
    const { collector, db, anErrand, topic } = await aCollector(open());
    const source = madeSource('x-user:ada', numbered(1, 2, 3, 4, 5, 6));
    source.failAt.set(2, new SourceFailure('unreachable', 'the server does not answer'));
    const [failed] = (await gather(collector, [source], anErrand())).sources;
    expect(failed).toMatchObject({
      state: 'failed',
      reason: 'the server does not answer',
      posts: 2,
    });
    await gather(collector, [source], anErrand());
    expect(await idsIn(db, topic)).toEqual(['10001', '10002', '10003', '10004', '10005', '10006']);
    expect(source.asked.at(-1)?.place).toEqual({ after: '10002' });
  });

  it('is left alone longer the more often it fails, and until the source allows it', async () => {
    const { collector, db, later, anErrand, topic } = await aCollector(open());
    const source = madeSource('feed:a', numbered(1));
    const pauses: number[] = [];
    for (let page = 1; page <= 4; page++) {
      source.failAt.set(page, new SourceFailure('unreachable', 'no'));
      await collectSource(collector, source, anErrand());
      const health = (await sourcesOf(db, topic)).get('feed:a');
      pauses.push(((health?.nextAt.getTime() ?? 0) - collector.now().getTime()) / 60_000);
      later(600);
    }
    expect(pauses).toEqual([1, 2, 4, 8]);
    const retryAt = new Date(collector.now().getTime() + 3_600_000);
    source.failAt.set(5, new SourceFailure('limited', 'slow down', { retryAt }));
    await collectSource(collector, source, anErrand());
    const limited = (await sourcesOf(db, topic)).get('feed:a');
    expect(limited).toMatchObject({ failures: 5, failureKind: 'limited', nextAt: retryAt });
    later(600);
    await collectSource(collector, source, anErrand());
    expect((await sourcesOf(db, topic)).get('feed:a')).toMatchObject({
      failures: 0,
      failingSince: null,
      failure: null,
    });
  });

  it('is asked once a day when it refuses again and again', async () => {
    const { collector, db, later, anErrand, topic } = await aCollector(open());
    const source = madeSource('x-list:1', numbered(1));
    for (let page = 1; page <= 3; page++) {
      source.failAt.set(page, new SourceFailure('refused', 'the token is not accepted'));
      await collectSource(collector, source, anErrand());
      later(1);
    }
    const health = (await sourcesOf(db, topic)).get('x-list:1');
    expect((health?.nextAt.getTime() ?? 0) - collector.now().getTime()).toBeGreaterThan(
      23 * 3_600_000,
    );
  });

  it('takes what nobody expected for a source that cannot be read, and never throws', async () => {
    const { collector, anErrand } = await aCollector(open());
    const source = madeSource('feed:a', numbered(1));
    source.failAt.set(1, new TypeError('x is undefined'));
    const collected = await collectSource(collector, source, anErrand());
    expect(collected).toMatchObject({ state: 'failed', failureKind: 'unreadable' });
    expect(collected.reason).not.toContain('undefined');
  });

  it('keeps what had come when it is stopped', async () => {
    const { collector, db, anErrand, topic } = await aCollector(open());
    const stop = new AbortController();
    const source = madeSource('x-user:ada', numbered(1, 2, 3, 4));
    const errand = anErrand({ signal: stop.signal, tell: () => stop.abort() });
    await expect(gather(collector, [source], errand)).rejects.toThrow('aborted');
    await gather(collector, [source], anErrand());
    expect(await idsIn(db, topic)).toEqual(['10001', '10002', '10003', '10004']);
    expect(source.asked.at(-1)?.place).toEqual({ after: '10002' });
  });

  it('sorts in what a process left that ended', async () => {
    const { collector, db, anErrand, topic } = await aCollector(open());
    await collectSource(collector, madeSource('x-user:ada', numbered(1, 2, 3)), anErrand());
    expect(await idsIn(db, topic)).toEqual([]);
    expect(await sortIn(collector, topic)).toBe(3);
    expect(await idsIn(db, topic)).toEqual(['10001', '10002', '10003']);
    expect(await sortIn(collector, topic)).toBe(0);
  });

  it('reads what is older once it is wanted, and no more than that', async () => {
    const { collector, db, anErrand, topic } = await aCollector(open());
    const source = madeSource('x-user:ada', numbered(-300, -200, 1, 2));
    const hourAgo = new Date(collector.now().getTime() - 3_600_000);
    await gather(collector, [source], anErrand({ since: hourAgo }));
    expect(await idsIn(db, topic)).toEqual(['10001', '10002']);
    const back = anErrand({ since: new Date('2026-11-10T00:00:00Z') });
    await gather(collector, [source], back);
    expect(await idsIn(db, topic)).toEqual(['9700', '9800', '10001', '10002']);
    expect(source.asked.at(-1)).toEqual({ place: null, since: back.since, until: hourAgo });
    const readings = source.asked.length;
    await gather(collector, [source], back);
    expect(source.asked.length).toBe(readings + 1); // what is new only
  });

  it('does not let one source stop the others', async () => {
    const { collector, db, anErrand, topic } = await aCollector(open());
    const dead = madeSource('feed:dead', numbered(9));
    dead.failAt.set(1, new SourceFailure('refused', 'gone'));
    const alive = madeSource('feed:alive', numbered(1, 2));
    const { sources } = await gather(collector, [dead, alive], anErrand());
    expect(sources.map(({ state }) => state)).toEqual(['failed', 'read']);
    expect(await idsIn(db, topic)).toEqual(['10001', '10002']);
  });
});

describe('what could not be read of a source', () => {
  it('is noted with how the source is, though it was read, until all of it could be', async () => {
    const { collector, db, anErrand, topic, later } = await aCollector(open());
    const source = madeSource('feed:a', []);
    const problems = ['it was cut off', 'a post has no words'];
    source.read = async function* read() {
      yield { posts: [], problems: problems.splice(0), place: {}, charged: FREE };
    };
    await gather(collector, [source], anErrand());
    const health = async () => (await sourcesOf(db, topic)).get('feed:a');
    expect(await health()).toMatchObject({
      failingSince: null,
      failures: 0,
      failure: 'it was cut off (and 1 more)',
    });
    expect(stateOf(await health(), collector.now())).toMatchObject({
      kind: 'read',
      trouble: 'it was cut off (and 1 more)',
    });
    later(15);
    await gather(collector, [source], anErrand());
    expect((await health())?.failure).toBeNull();
  });
});

describe('the bill', () => {
  it('counts what was charged, by day and source', async () => {
    const { collector, db, anErrand, topic } = await aCollector(open());
    const source = madeSource('x-user:ada', numbered(1, 2, 3), { isCharged: true });
    const { sources } = await gather(collector, [source], anErrand());
    expect(sources).toMatchObject([{ charged: { posts: 3, users: 0 } }]);
    expect(await costs(db, topic)).toEqual([
      {
        topic,
        source: 'x-user:ada',
        day: '2026-11-20',
        added: 3,
        requests: 2,
        posts: 3,
        users: 0,
        price: 3 * PRICES.post,
        isOpen: false,
      },
    ]);
  });

  it('does not count a request that was refused, and counts one that broke off', async () => {
    const { collector, db, anErrand, topic } = await aCollector(open());
    const source = madeSource('x-user:ada', numbered(1, 2), { isCharged: true });
    source.failAt.set(1, new SourceFailure('limited', 'slow down'));
    await collectSource(collector, source, anErrand());
    expect((await costs(db, topic)).map(({ posts }) => posts)).toEqual([0]);
    source.failAt.set(
      2,
      new SourceFailure('unreachable', 'the answer broke off', { mayBeCharged: true }),
    );
    await collectSource(collector, source, anErrand());
    expect((await costs(db, topic)).map(({ posts }) => posts)).toEqual([2]);
  });

  it('ends where the budget of the day ends, says so, and goes on the next day', async () => {
    const { collector, db, time, anErrand, topic } = await aCollector(open());
    const source = madeSource('x-user:ada', numbered(1, 2, 3, 4, 5), { isCharged: true });
    const budget = { daily: 3 * PRICES.post, monthly: 100 * PRICES.post };
    const [stopped] = (await gather(collector, [source], anErrand({ budget }))).sources;
    expect(stopped).toMatchObject({ state: 'put-off', isOverBudget: true, posts: 3 });
    expect(stopped?.reason).toBe(
      `the daily budget of $0.01 for X of "${topic}" is used up until 2026-11-21 (UTC)`,
    );
    expect(await idsIn(db, topic)).toHaveLength(3);
    time.now = new Date('2026-11-21T00:00:00Z');
    await gather(collector, [source], anErrand({ budget, atOnce: false }));
    expect(await idsIn(db, topic)).toHaveLength(5);
  });

  it('keeps to the month as well', async () => {
    const { collector, time, db, anErrand, topic } = await aCollector(open());
    const source = madeSource('x-user:ada', numbered(1, 2, 3, 4, 5), { isCharged: true });
    const budget = { daily: 2 * PRICES.post, monthly: 3 * PRICES.post };
    await gather(collector, [source], anErrand({ budget }));
    time.now = new Date('2026-11-21T00:00:00Z');
    const [stopped] = (await gather(collector, [source], anErrand({ budget }))).sources;
    expect(stopped?.reason).toContain('until 2026-12-01');
    time.now = new Date('2026-12-01T00:00:00Z');
    await gather(collector, [source], anErrand({ budget }));
    expect(await idsIn(db, topic)).toHaveLength(5);
  });

  it('is never passed by several sources at once', async () => {
    const { collector, db, anErrand, topic } = await aCollector(open());
    const sources = Array.from({ length: 8 }, (_, place) =>
      madeSource(`x-user:u${place}`, numbered(10 * place, 10 * place + 1, 10 * place + 2), {
        isCharged: true,
      }),
    );
    const budget = { daily: 10 * PRICES.post, monthly: 100 * PRICES.post };
    await gather(collector, sources, anErrand({ budget }));
    const spent = (await costs(db, topic)).reduce((sum, { price }) => sum + price, 0);
    expect(spent).toBe(10 * PRICES.post);
    expect(await idsIn(db, topic)).toHaveLength(10);
  });

  it('looks at no more than it said beforehand, whatever of what it pays for can be shown', async () => {
    const { collector, db, anErrand, topic } = await aCollector(open());
    const source = madeSource('x-user:ada', []);
    let given = 0;
    source.read = async function* read(_, { reserve }) {
      for (;;) {
        const { posts } = await reserve({ posts: 3, users: 3 });
        const ids = Array.from({ length: posts }, () => `made-${(given += 1)}`);
        const charged = { postIds: ids, userIds: ids };
        yield { posts: [], problems: [], place: {}, charged };
      }
    };
    await sampleSource(collector, source, anErrand(), 10);
    const most = priceOfCharge(mostOfSample(10), PRICES);
    const [spent] = await costs(db, topic);
    expect(spent?.posts).toBeGreaterThanOrEqual(10);
    expect(spent?.price).toBeLessThanOrEqual(most);
  });

  it('counts posts that are only looked at, which are not stored', async () => {
    const { collector, db, anErrand, topic } = await aCollector(open());
    const source = madeSource('x-user:ada', numbered(1, 2, 3, 4, 5), { isCharged: true, aPage: 3 });
    const page = await sampleSource(collector, source, anErrand(), 4);
    expect(page.posts).toHaveLength(4);
    expect((await costs(db, topic)).map(({ posts, requests }) => [posts, requests])).toEqual([
      [5, 2],
    ]);
    await gather(collector, [], anErrand());
    expect(await idsIn(db, topic)).toEqual([]);
    expect((await sourcesOf(db, topic)).size).toBe(0);
  });
});
