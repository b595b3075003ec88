import { pino } from 'pino';
import { describe, expect, it, onTestFinished } from 'vitest';

import { DeliveryQueue } from '../../src/deliver/queue.ts';
import { SYSTEM_CLOCK } from '../../src/lib/clock.ts';
import { openDatabase } from '../../src/store/database.ts';
import { freshDatabaseUrl } from '../support/database.ts';

async function aQueue() {
  const open = await openDatabase({ kind: 'server', url: await freshDatabaseUrl() });
  onTestFinished(() => open.close());
  const clock = SYSTEM_CLOCK;
  const log = pino({ level: 'silent' });
  const another = async () => {
    const queue = await DeliveryQueue.open(open.pool, ['telegram', 'discord'], { clock, log });
    onTestFinished(() => queue.close());
    return queue;
  };
  return { db: open.db, queue: await another(), another };
}

const soon = (ms: number) => new Date(Date.now() + ms);

describe('the queue of deliveries', () => {
  it('does each job once, at its moment, in whatever process', async () => {
    const { db, queue, another } = await aQueue();
    const stop = new AbortController();
    const done: { id: number; at: number }[] = [];
    const handle = async (id: number) => {
      done.push({ id, at: Date.now() });
      return null;
    };
    const other = await another();
    const working = [queue, other].map((one) => one.work(db, 'telegram', handle, stop.signal));
    const due = soon(700);
    await queue.add(db, 'telegram', [{ id: 1, at: soon(0) }]);
    await queue.add(db, 'telegram', [{ id: 2, at: due }]);
    await queue.add(db, 'discord', [{ id: 3, at: soon(0) }]);
    await expect.poll(() => done.length, { timeout: 10_000 }).toBe(2);
    stop.abort();
    await Promise.all(working);
    expect(new Set(done.map(({ id }) => id))).toEqual(new Set([1, 2]));
    const late = (done.find(({ id }) => id === 2)?.at ?? 0) - due.getTime();
    expect(late).toBeGreaterThanOrEqual(0);
  });

  it('does a job again at the moment that it asks for', async () => {
    const { db, queue } = await aQueue();
    const stop = new AbortController();
    let turns = 0;
    const working = queue.work(
      db,
      'telegram',
      async () => {
        turns += 1;
        return turns < 3 ? soon(50) : null;
      },
      stop.signal,
    );
    await queue.add(db, 'telegram', [{ id: 1, at: soon(0) }]);
    await expect.poll(() => turns, { timeout: 10_000 }).toBe(3);
    stop.abort();
    await working;
  });

  it('is not held up by a job that takes long, and finishes it after a stop', async () => {
    const { db, queue } = await aQueue();
    const stop = new AbortController();
    const done: number[] = [];
    const gate = Promise.withResolvers<void>();
    const working = queue.work(
      db,
      'telegram',
      async (id) => {
        if (id === 1) await gate.promise;
        done.push(id);
        return null;
      },
      stop.signal,
    );
    await queue.add(db, 'telegram', [{ id: 1, at: soon(0) }]);
    await queue.add(db, 'telegram', [{ id: 2, at: soon(0) }]);
    await expect.poll(() => done, { timeout: 10_000 }).toEqual([2]);
    stop.abort();
    gate.resolve();
    await working;
    expect(done).toEqual([2, 1]);
  });

  it('forgets jobs of a transaction that did not come to be', async () => {
    const { db, queue } = await aQueue();
    const stop = new AbortController();
    const done: number[] = [];
    const working = queue.work(
      db,
      'telegram',
      async (id) => {
        done.push(id);
        return null;
      },
      stop.signal,
    );
    await db
      .transaction(async (tx) => {
        await queue.add(tx, 'telegram', [{ id: 1, at: soon(0) }]);
        throw new Error('no');
      })
      .catch(() => {});
    await queue.add(db, 'telegram', [{ id: 2, at: soon(0) }]);
    await expect.poll(() => done, { timeout: 10_000 }).toEqual([2]);
    stop.abort();
    await working;
    expect(done).toEqual([2]);
  });

  it('tries a job again that failed unexpectedly', async () => {
    const { db, queue } = await aQueue();
    const stop = new AbortController();
    let turns = 0;
    const working = queue.work(
      db,
      'telegram',
      async () => {
        turns += 1;
        if (turns === 1) throw new Error('a defect');
        return null;
      },
      stop.signal,
    );
    await queue.add(db, 'telegram', [{ id: 1, at: soon(0) }]);
    await expect.poll(() => turns, { timeout: 15_000 }).toBe(2);
    stop.abort();
    await working;
  });
});
