import { type ChildProcess, spawn } from 'node:child_process';
import * as fs from 'node:fs/promises';
import { createServer } from 'node:net';
import path from 'node:path';

import { exists } from '../lib/files.ts';
import { UserError } from '../model/errors.ts';
import type { Home } from './home.ts';

/** A PostgreSQL cluster of ours on disk, running or not. */
export type Cluster = {
  readonly home: Home;
  /** PostgreSQL's data directory. */
  readonly data: string;
  readonly log: string;
  /** Of the superuser {@link SUPERUSER}. */
  readonly password: string;
};

export const SUPERUSER = 'chorus';

/** Creates the cluster; a half-made one of a killed process is made anew (it never held a row). */
export async function initialise(cluster: Cluster): Promise<void> {
  if (await exists(path.join(cluster.data, 'PG_VERSION'))) return;
  const fresh = `${cluster.data}.new`;
  await fs.rm(fresh, { recursive: true, force: true });
  const passwordFile = `${cluster.data}.password`;
  await fs.writeFile(passwordFile, cluster.password, { mode: 0o600 });
  if (cluster.home.account)
    await fs.chown(passwordFile, cluster.home.account.uid, cluster.home.account.gid);
  try {
    await exec(cluster, cluster.home.programs.initdb, [
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

/** Starts the server on a port that is free, and waits until it answers. */
export async function start(cluster: Cluster): Promise<void> {
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
      await exec(cluster, cluster.home.programs.pg_ctl, [
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

/** Stops the server, ending whatever is still connected, and waits until it has. */
export async function stop(cluster: Cluster): Promise<void> {
  await exec(cluster, cluster.home.programs.pg_ctl, [
    'stop',
    '--wait',
    '--silent',
    '--mode=fast',
    `--pgdata=${cluster.data}`,
  ]);
}

/** Whether a server has the cluster open, whoever started it. */
export async function isRunning(cluster: Cluster): Promise<boolean> {
  const status = ['status', `--pgdata=${cluster.data}`];
  return exec(cluster, cluster.home.programs.pg_ctl, status).then(
    () => true,
    () => false,
  );
}

/** Line 4 of postmaster.pid is the port on which the running server listens. */
export async function portOf(cluster: Cluster): Promise<number> {
  const file = await fs.readFile(path.join(cluster.data, 'postmaster.pid'), 'utf8');
  return Number(file.split('\n')[3]);
}

/** Runs one of PostgreSQL's programs to its end. Rejects with what it said when it fails. */
async function exec(cluster: Cluster, program: string, args: readonly string[]): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    const child: ChildProcess = spawn(program, args, {
      ...cluster.home.account,
      cwd: path.dirname(cluster.data),
      // A group of its own: Ctrl-C in the terminal must reach us, and only then the server.
      detached: true,
      // Nothing of our environment, which holds secrets, goes to the server.
      env: { LC_ALL: 'C', PATH: process.env['PATH'], SystemRoot: process.env['SystemRoot'] },
      // The server inherits these; a pipe would stay open for as long as it lives.
      stdio: program === cluster.home.programs.pg_ctl ? 'ignore' : ['ignore', 'ignore', 'pipe'],
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
