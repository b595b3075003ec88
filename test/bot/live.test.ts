import { pino } from 'pino';
import { expect, it, onTestFinished } from 'vitest';

import type { App } from '../../src/app.ts';
import { live } from '../../src/bot/live.ts';
import { loadConfig } from '../../src/config.ts';
import type { Clock } from '../../src/lib/clock.ts';
import { openDatabase } from '../../src/store/database.ts';
import { sql } from '../../src/store/drizzle.ts';
import { useQuota } from '../../src/store/quotas.ts';
import { isAlive } from '../../src/store/sessions.ts';
import { fastClock } from '../chat/discord/bot.ts';
import { openPostgresProxy } from '../fakes/postgres-proxy.ts';
import { freshDatabaseUrl } from '../support/database.ts';
import { temporaryFolder } from '../support/program.ts';

/** How many of its seconds pass for the bot in one of ours. */
const SPEED = 500;

/** A bot without any platform, on a database that can be cut off. */
async function aLife(clock: Clock = fastClock(SPEED)) {
  const url = new URL(await freshDatabaseUrl());
  const direct = await openDatabase({ kind: 'server', url: url.href });
  onTestFinished(() => direct.close());
  const { door } = await openPostgresProxy({ host: url.hostname, port: Number(url.port) });
  onTestFinished(() => door.shut());
  url.host = `127.0.0.1:${door.port}`;
  const database = await openDatabase({ kind: 'server', url: url.href });
  onTestFinished(() => database.close());
  const config = loadConfig({}, await temporaryFolder());
  const log = pino({ level: 'silent' });
  const app: App = { ...database, config, log, now: () => clock.now(), office: null };
  const stopping = new AbortController();
  const life = live({ app, clock, openPlatforms: () => [] }, stopping.signal);
  const isLiving = async () => {
    const { rows } = await direct.db.execute(
      sql`select coalesce(bool_or(${isAlive(sql`number`)}), false) as living
        from generate_series(1, (select last_value from sessions)) as number`,
    );
    return rows[0]?.['living'];
  };
  await expect.poll(isLiving).toBe(true);
  onTestFinished(() => stopping.abort());
  return { db: direct.db, door, life, isLiving, stop: () => stopping.abort() };
}

it('begins anew when the database comes back after minutes, and ends when it is told to', async () => {
  const { door, life, isLiving, stop } = await aLife();
  await door.shut();
  await expect.poll(isLiving).toBe(false);
  await fastClock(SPEED).wait(120_000);
  await door.reopen();
  await expect.poll(isLiving).toBe(true);
  stop();
  await life;
});

it('looks around every minute, wherever the clock jumps', async () => {
  const clock = fastClock(SPEED);
  let shift = 0;
  const now = () => new Date(clock.now().getTime() + shift);
  const { db, life, stop } = await aLife({ ...clock, now });
  const looksAround = async () => {
    await useQuota(db, 'somebody', '2020-01-01', 1); // forgotten as soon as it is looked around
    const isThere = async () => (await db.execute(sql`select 1 from quotas`)).rowCount;
    await expect.poll(isThere, { timeout: 3000 }).toBe(0);
  };
  for (const hours of [0, 26, 0, -26, 0]) {
    shift = hours * 3_600_000;
    await looksAround();
    await looksAround();
  }
  stop();
  await life;
});

it('gives up, with what to do, when the database does not come back', async () => {
  const { door, life } = await aLife();
  await door.shut();
  await expect(life).rejects.toMatchObject({
    code: 'database',
    message: expect.stringContaining('start the bot again'),
  });
});
