import { chmod, mkdtemp, rm, statfs } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { Client } from 'pg';
import type { TestProject } from 'vitest/node';

import { openDatabase } from '../../src/store/database.ts';
import { openEmbedded } from '../../src/store/embedded.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Connection string of the run's cluster; the last part is a database's name. */
    clusterUrl: string;
  }
}

export const TEMPLATE = 'template_chorus';

/** One PostgreSQL for the whole run, with a migrated database that every test file copies. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(path.join(await roomyFolder(), 'chorus-test-'));
  await chmod(folder, 0o711); // where root runs the tests, PostgreSQL is another user
  const server = await openEmbedded(folder);
  await server.ensureDatabase(TEMPLATE);
  const template = await openDatabase({ kind: 'server', url: server.url(TEMPLATE) });
  await template.close();
  const admin = new Client({ connectionString: server.url('postgres') });
  await admin.connect();
  // Nothing that tests write has to survive the machine.
  await admin.query('alter system set fsync = off');
  await admin.query('alter system set synchronous_commit = off');
  await admin.query('alter system set full_page_writes = off');
  await admin.query("alter system set max_wal_size = '128MB'");
  // A password is made costly to guess by work at every connection, and tests open thousands.
  await admin.query('set scram_iterations = 1');
  const { username, password } = new URL(server.url('postgres'));
  await admin.query(
    `alter role ${admin.escapeIdentifier(username)} password ${admin.escapeLiteral(password)}`,
  );
  await admin.query('select pg_reload_conf()');
  await admin.end();
  project.provide('clusterUrl', server.url('DATABASE'));
  return async () => {
    await server.close();
    await rm(folder, { recursive: true, force: true });
  };
}

const MEMORY = '/dev/shm'; // where Linux keeps files in memory; containers may have little of it
const ROOM_BYTES = 2 ** 30;

/** In memory where there is room: a database is 300 files, and each test has one of its own. */
async function roomyFolder(): Promise<string> {
  const memory = await statfs(MEMORY).catch(() => null);
  const free = memory === null ? 0 : memory.bavail * memory.bsize;
  return free >= ROOM_BYTES ? MEMORY : tmpdir();
}
