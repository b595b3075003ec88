import { randomBytes } from 'node:crypto';
import * as fs from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { Client } from 'pg';

import { withFileLock } from '../lib/file-lock.ts';
import { ignoreCode } from '../lib/files.ts';
import { UserError } from '../model/errors.ts';
import { type Cluster, initialise, isRunning, portOf, start, stop, SUPERUSER } from './cluster.ts';
import { homeOf } from './home.ts';

/** A PostgreSQL server of our own in a folder, shared by every process that opens the folder. */
export type EmbeddedServer = {
  /** Connection string for a database of this server. */
  url(database: string): string;
  /** Makes the database when it is not there yet. */
  ensureDatabase(database: string): Promise<void>;
  /** Stops the server unless another process is still using it. Close your connections first. */
  close(): Promise<void>;
};

/** Name of the one connection by which a process shows that it has the server open. */
const PRESENCE = 'dawn-chorus presence';

/**
 * Starts the PostgreSQL that npm ships in `folder/postgres`, or joins the one that already runs
 * there, be it another process's or left behind by one that was killed.
 *
 * The cluster is private: a generated password (`folder/password`, mode 600), loopback only, a port
 * that was free. As root it runs as the system user `postgres`, because PostgreSQL refuses root.
 * Throws `UserError('database')` when it cannot be started.
 */
export async function openEmbedded(folder: string): Promise<EmbeddedServer> {
  const root = path.resolve(folder);
  if (/["$`\n\r]/.test(root)) {
    throw new UserError(
      'database',
      `The embedded PostgreSQL cannot live in ${root}: the path holds a quotation mark, $, \` or a line feed. Set CHORUS_DATA to another folder.`,
    );
  }
  await fs.mkdir(root, { recursive: true, mode: 0o711 });
  const lock = path.join(root, 'lock');
  const { cluster, url, presence } = await withFileLock(lock, async () => {
    const found = await prepare(root);
    const isOurs = !(await isRunning(found));
    if (isOurs) await start(found);
    const address = `postgresql://${SUPERUSER}:${found.password}@127.0.0.1:${await portOf(found)}`;
    const urlOf = (database: string) => `${address}/${database}`;
    try {
      return { cluster: found, url: urlOf, presence: await showPresence(urlOf('postgres'), root) };
    } catch (error) {
      if (isOurs) await stop(found);
      throw error;
    }
  });
  return {
    url,
    async ensureDatabase(database) {
      const { rowCount } = await presence.query('select 1 from pg_database where datname = $1', [
        database,
      ]);
      if (rowCount === 0) {
        await presence
          .query(`create database ${presence.escapeIdentifier(database)}`)
          .catch(ignoreCode('42P04', '23505')); // another process was quicker
      }
    },
    close: () =>
      withFileLock(lock, async () => {
        const used = await isUsedByOthers(presence);
        await presence.end().catch(() => {});
        if (used || !(await isRunning(cluster))) return;
        await stop(cluster).catch(async (error: unknown) => {
          if (await isRunning(cluster)) throw error; // else it went down by itself
        });
      }),
  };
}

/** Opens the connection by which other processes see that the server is in use. */
async function showPresence(connectionString: string, root: string): Promise<Client> {
  const presence = new Client({ connectionString, application_name: PRESENCE });
  presence.on('error', () => {}); // a server that goes away is noticed by whoever queries it
  await presence.connect().catch((cause: unknown) => {
    throw new UserError(
      'database',
      `The embedded PostgreSQL runs, but refuses us. Do ${path.join(root, 'password')} and ${path.join(root, 'postgres')} belong together?`,
      { cause },
    );
  });
  return presence;
}

async function prepare(root: string): Promise<Cluster> {
  const home = await homeOf(root);
  const cluster: Cluster = {
    home,
    data: path.join(home.folder, 'data'),
    log: path.join(home.folder, 'server.log'),
    password: await passwordOf(root),
  };
  await initialise(cluster);
  return cluster;
}

/**
 * Whether another process has the server open. A connection that was just closed is still listed for
 * a moment, so one look that finds somebody is not believed.
 */
async function isUsedByOthers(presence: Client): Promise<boolean> {
  for (let look = 1; look <= LOOKS; look++) {
    const result = await presence
      .query(
        'select 1 from pg_stat_activity where application_name = $1 and pid <> pg_backend_pid()',
        [PRESENCE],
      )
      .catch(() => null); // the server is gone: nobody uses it
    if (!result?.rowCount) return false;
    await sleep(BETWEEN_LOOKS_MS);
  }
  return true;
}

const LOOKS = 6;
const BETWEEN_LOOKS_MS = 50;

async function passwordOf(root: string): Promise<string> {
  const file = path.join(root, 'password');
  const known = await fs.readFile(file, 'utf8').catch(() => '');
  if (known.trim() !== '') return known.trim();
  const fresh = randomBytes(24).toString('hex');
  await fs.writeFile(file, `${fresh}\n`, { mode: 0o600 });
  return fresh;
}
