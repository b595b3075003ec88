import { expect, it, onTestFinished } from 'vitest';

import { openDatabase } from '../../src/store/database.ts';
import { sql } from '../../src/store/drizzle.ts';
import { openPostgresProxy, type PostgresProxy } from '../fakes/postgres-proxy.ts';
import { freshDatabaseUrl } from '../support/database.ts';

/** More than the connections that the program has at once. */
const OFTEN = 12;

/** A database whose connections break when the next thing is asked after `breakNext`. */
async function fragileDatabase() {
  const url = new URL(await freshDatabaseUrl());
  let isToBreak = false;
  const mending: Promise<void>[] = [];
  const proxy: PostgresProxy = await openPostgresProxy(
    { host: url.hostname, port: Number(url.port) },
    {
      decide: () => (isToBreak ? 'die before' : 'pass'),
      kill() {
        isToBreak = false;
        mending.push(proxy.door.shut().then(() => proxy.door.reopen()));
      },
    },
  );
  onTestFinished(() => proxy.close());
  url.host = `127.0.0.1:${proxy.port}`;
  const open = await openDatabase({ kind: 'server', url: url.href });
  return {
    ...open,
    breakNext: () => void (isToBreak = true),
    mended: () => Promise.all(mending),
  };
}

it('goes on after connections that broke as transactions began, and is closed without them', async () => {
  const database = await fragileDatabase();
  const { db, breakNext, mended } = database;
  for (let time = 0; time < OFTEN; time += 1) {
    await db.execute(sql`select 1`); // now a connection waits, and "begin" is the next that is asked
    breakNext();
    await expect(db.transaction(async () => 'never')).rejects.toThrow('begin');
    await mended();
  }
  const { rows } = await db.execute(sql`select 1 as one`);
  expect(rows).toEqual([{ one: 1 }]);
  await database.close();
});
