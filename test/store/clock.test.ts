import { expect, it, onTestFinished, vi } from 'vitest';

import { openDatabaseClock } from '../../src/store/clock.ts';
import { openDatabase } from '../../src/store/database.ts';
import { fastClock } from '../chat/discord/bot.ts';
import { freshDatabaseUrl } from '../support/database.ts';

const DAY_MS = 86_400_000;
const A_MOMENT_MS = 5000;

/** The clock of a database that is away by as much as the test says; `null`: it does not answer. */
async function clockOf(aheadMs: () => number | null) {
  const open = await openDatabase({ kind: 'server', url: await freshDatabaseUrl() });
  const stopping = new AbortController();
  onTestFinished(async () => {
    stopping.abort();
    await open.close();
  });
  const query = async (text: string) => {
    const ahead = aheadMs();
    if (ahead === null) throw new Error('the database is away');
    const { rows } = await open.pool.query<{ time: Date }>(text);
    return { rows: rows.map(({ time }) => ({ time: new Date(time.getTime() + ahead) })) };
  };
  const clock = await openDatabaseClock({ query } as never, stopping.signal, fastClock(1000));
  return { clock, offBy: (now: number) => Math.abs(clock.now().getTime() - now) };
}

it('goes on evenly when the clock of the machine is set', async () => {
  const { offBy } = await clockOf(() => 0);
  const now = Date.now();
  vi.useFakeTimers({ toFake: ['Date'], now: now + DAY_MS });
  onTestFinished(() => void vi.useRealTimers());
  expect(offBy(now)).toBeLessThan(A_MOMENT_MS);
  vi.setSystemTime(now - DAY_MS);
  expect(offBy(now)).toBeLessThan(A_MOMENT_MS);
});

it('follows the database, and goes on by itself while it is away', async () => {
  let ahead: number | null = 0;
  const { offBy } = await clockOf(() => ahead);
  expect(offBy(Date.now())).toBeLessThan(A_MOMENT_MS);
  ahead = null;
  await fastClock(1000).wait(60_000);
  expect(offBy(Date.now())).toBeLessThan(A_MOMENT_MS);
  ahead = DAY_MS;
  await expect.poll(() => offBy(Date.now() + DAY_MS)).toBeLessThan(A_MOMENT_MS);
});
