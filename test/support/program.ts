import { type ChildProcess, spawn } from 'node:child_process';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { onTestFinished } from 'vitest';

const MAIN = path.resolve('src/main.ts');

/** What a run of the program said, and how it ended. */
export type Ended = { readonly code: number | null; readonly out: string; readonly err: string };

/** A folder of the test's own, removed when it has ended. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'chorus-run-'));
  await chmod(folder, 0o711); // PostgreSQL of a test that root runs must reach its own folder
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** Starts the program as a process in a folder; the environment holds nothing of ours but `env`. */
export function startChorus(
  args: readonly string[],
  folder: string,
  env: Readonly<Record<string, string>> = {},
): ChildProcess {
  return spawn(process.execPath, [MAIN, ...args], {
    cwd: folder,
    env: {
      PATH: process.env['PATH'],
      NODE_COMPILE_CACHE: process.env['NODE_COMPILE_CACHE'],
      TZ: 'UTC',
      NO_COLOR: '1',
      ...env,
    },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
}

/** Runs the program to its end with `input` as its standard input. */
export async function chorus(
  args: readonly string[],
  folder: string,
  env: Readonly<Record<string, string>> = {},
  input = '',
): Promise<Ended> {
  const child = startChorus(args, folder, env);
  child.stdin?.end(input);
  return ended(child);
}

/** Waits for a process, collecting what it says. */
export function ended(child: ChildProcess): Promise<Ended> {
  return new Promise((resolve, reject) => {
    let out = '';
    let err = '';
    child.stdout?.setEncoding('utf8').on('data', (chunk: string) => (out += chunk));
    child.stderr?.setEncoding('utf8').on('data', (chunk: string) => (err += chunk));
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, out, err }));
  });
}
