import { fileURLToPath } from 'node:url';

import type { NodePgQueryResultHKT } from 'drizzle-orm/node-postgres';
import type { PgDatabase } from 'drizzle-orm/pg-core';
import { Pool, type PoolClient } from 'pg';

import { UserError } from '../model/errors.ts';
import { drizzle, migrate } from './drizzle.ts';
import { openEmbedded } from './embedded.ts';
import * as schema from './schema.ts';

/** What queries take first: a connection pool or a transaction. */
export type Database = PgDatabase<NodePgQueryResultHKT, typeof schema>;

/** An open database; `close` gives back every connection, and stops a server of our own. */
export type OpenDatabase = {
  readonly db: Database;
  /** Its connections, for what needs one of its own. */
  readonly pool: Pool;
  close(): Promise<void>;
};

/** A server to connect to, or a folder (and database name in it) for the embedded one. */
export type DatabaseLocation =
  | { readonly kind: 'server'; readonly url: string }
  | { readonly kind: 'embedded'; readonly folder: string; readonly name: string };

const OLDEST_SUPPORTED = 150_000; // server_version_num of PostgreSQL 15
const CONNECT_MS = 15_000;
const MIGRATION_LOCK = 4_020_260_129; // any number, the same in every process
const MIGRATIONS = fileURLToPath(new URL('../../migrations', import.meta.url));

/**
 * Opens the database and brings its schema up to date; processes that do so at once wait for each
 * other. Throws `UserError('database')` when the server cannot be reached, refuses us or is too old.
 */
export async function openDatabase(location: DatabaseLocation): Promise<OpenDatabase> {
  if (location.kind === 'server') return connect(location.url);
  const server = await openEmbedded(location.folder);
  try {
    await server.ensureDatabase(location.name);
    const open = await connect(server.url(location.name));
    return {
      db: open.db,
      pool: open.pool,
      async close() {
        await open.close();
        await server.close();
      },
    };
  } catch (error) {
    await server.close();
    throw error;
  }
}

async function connect(url: string): Promise<OpenDatabase> {
  const pool = new ReturningPool({
    connectionString: url,
    application_name: 'dawn-chorus',
    max: 10,
    connectionTimeoutMillis: CONNECT_MS,
    // It takes longer than any of our queries, and the planner's guesses call it in.
    verify: (client, done) => client.query('set jit = off', (error) => done(error)),
  });
  pool.on('error', () => {}); // an idle connection broke; the next query opens another or says why
  // One that is at work broke: its query says so.
  pool.on('connect', (client) => client.on('error', () => {}));
  try {
    await bringUpToDate(pool);
  } catch (error) {
    await pool.end();
    throw inPlainWords(error, url);
  }
  return { db: drizzle({ client: pool, schema }), pool, close: () => pool.end() };
}

/**
 * A pool to which connections come back when they break, whoever has them: drizzle forgets one that
 * breaks as its transaction begins, and after ten of them nobody would get any.
 */
class ReturningPool extends Pool {
  override connect(): Promise<PoolClient>;
  override connect(callback: ConnectCallback): void;
  override connect(callback?: ConnectCallback): Promise<PoolClient> | void {
    if (callback) return super.connect(callback);
    return super.connect().then(returning);
  }
}

type ConnectCallback = Parameters<typeof Pool.prototype.connect>[0];

function returning(client: PoolClient): PoolClient {
  const release = client.release.bind(client);
  let isBack = false;
  const giveBack = (error?: Error | boolean) => {
    if (isBack) return;
    isBack = true;
    client.off('end', broken);
    release(error);
  };
  const broken = () => giveBack(true);
  client.once('end', broken);
  client.release = giveBack;
  return client;
}

async function bringUpToDate(pool: Pool): Promise<void> {
  const client = await pool.connect();
  try {
    await refuseOldServers(client);
    await client.query('select pg_advisory_lock($1)', [MIGRATION_LOCK]);
    await migrate(drizzle({ client }), { migrationsFolder: MIGRATIONS });
    await client.query('select pg_advisory_unlock($1)', [MIGRATION_LOCK]);
    client.release();
  } catch (error) {
    client.release(true);
    throw error;
  }
}

async function refuseOldServers(client: PoolClient): Promise<void> {
  const { rows } = await client.query<{ version: string; number: number; encoding: string }>(
    `select current_setting('server_version') as version,
            current_setting('server_version_num')::int as number,
            current_setting('server_encoding') as encoding`,
  );
  const server = rows[0];
  if (!server || server.number < OLDEST_SUPPORTED) {
    throw new UserError(
      'database',
      `The PostgreSQL server is version ${server?.version ?? 'unknown'}; 15 or newer is needed.`,
    );
  }
  if (server.encoding !== 'UTF8') {
    throw new UserError(
      'database',
      `The database's encoding is ${server.encoding}; it must be UTF8 (create database … encoding 'UTF8').`,
    );
  }
}

/** Failures of connecting as a sentence; the address is shown without user and password. */
function inPlainWords(error: unknown, url: string): unknown {
  if (error instanceof UserError) return error;
  const place = URL.canParse(url) ? new URL(url).host : 'the server of DATABASE_URL';
  const sentence = CONNECTION_FAILURES[codeOf(error)];
  const words =
    sentence?.(place) ?? `PostgreSQL at ${place} cannot be used; the log has the reason.`;
  return new UserError('database', `${words} Look at DATABASE_URL.`, { cause: error });
}

const CONNECTION_FAILURES: Readonly<Record<string, ((place: string) => string) | undefined>> = {
  ECONNREFUSED: (place) => `No PostgreSQL answers at ${place}.`,
  ENOTFOUND: (place) => `There is no host ${place}.`,
  EAI_AGAIN: (place) => `The name of the host ${place} cannot be resolved.`,
  ETIMEDOUT: (place) => `PostgreSQL at ${place} does not answer.`,
  '28P01': (place) => `PostgreSQL at ${place} refuses the user or the password.`,
  '28000': (place) => `PostgreSQL at ${place} refuses the user.`,
  '3D000': (place) => `The database does not exist at ${place}.`,
  '42501': (place) => `The user may not create tables in the database at ${place}.`,
};

function codeOf(error: unknown): string {
  if (error instanceof AggregateError) return codeOf(error.errors[0]);
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return code === '' && error instanceof Error ? codeOf(error.cause) : code;
}
