import { randomBytes } from 'node:crypto';

import { Pool } from 'pg';
import { afterAll, beforeAll, inject, onTestFinished } from 'vitest';

import { openDatabase, type OpenDatabase } from '../../src/store/database.ts';
import { TEMPLATE } from './cluster.ts';

/** The address of a new, migrated database for the test; it is dropped when the test has ended. */
export async function freshDatabaseUrl(): Promise<string> {
  const name = await createDatabase();
  onTestFinished(() => dropDatabase(name));
  return urlOf(name);
}

/** A new, migrated database for the test. */
export async function freshDatabase(): Promise<OpenDatabase['db']> {
  const open = await openDatabase({ kind: 'server', url: await freshDatabaseUrl() });
  onTestFinished(() => open.close());
  return open.db;
}

/** One new, migrated database for all tests of a file, whose channels and keys are their own. */
export function sharedDatabase(): () => OpenDatabase['db'] {
  const open = sharedOpenDatabase();
  return () => open().db;
}

/** The same, with its connections. */
export function sharedOpenDatabase(): () => OpenDatabase {
  let name: string;
  let open: OpenDatabase;
  beforeAll(async () => {
    name = await createDatabase();
    open = await openDatabase({ kind: 'server', url: urlOf(name) });
  });
  afterAll(async () => {
    await open.close();
    await dropDatabase(name);
  });
  return () => open;
}

async function createDatabase(): Promise<string> {
  const name = `test_${randomBytes(8).toString('hex')}`;
  await administer(`create database ${name} template ${TEMPLATE} strategy file_copy`);
  return name;
}

function dropDatabase(name: string): Promise<void> {
  return administer(`drop database if exists ${name} with (force)`);
}

async function administer(statement: string): Promise<void> {
  admin ??= openAdmin();
  await admin.query(statement);
}

/** One connection a process, for all of its tests: to open one takes half as long as to make a database. */
let admin: Pool | undefined;

function openAdmin(): Pool {
  const pool = new Pool({
    connectionString: urlOf('postgres'),
    max: 1,
    idleTimeoutMillis: 0,
    allowExitOnIdle: true,
  });
  pool.on('error', () => {}); // the server goes when all tests have ended
  return pool;
}

function urlOf(database: string): string {
  return inject('clusterUrl').replace(/DATABASE$/, database);
}
