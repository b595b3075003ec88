import { type ChildProcess, spawn } from 'node:child_process';
import { access, chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import type { ReadStream, WriteStream } from 'node:tty';

import { onTestFinished } from 'vitest';

import { run } from '../../src/cli/run.ts';
import { drawHere } from './drawing.ts';

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

/**
 * Runs the program to its end with `input` as its standard input, in this process: an eighth of the work of
 * one of its own. What only a process shows (signals, that nothing keeps it up, `.env`) is for
 * {@link chorusProcess}; where files are named relative to the folder, see {@link inFolder}.
 */
export async function chorus(
  args: readonly string[],
  folder: string,
  env: Readonly<Record<string, string>> = {},
  input = '',
): Promise<Ended> {
  const output = collectOutput();
  const code = await run(args, {
    readEnvironment: () => env,
    folder,
    now: () => new Date(),
    signal: new AbortController().signal,
    input: Object.assign(new PassThrough().end(input), { isTTY: false }) as unknown as ReadStream,
    out: output.out as unknown as WriteStream,
    err: output.err as unknown as WriteStream,
    draw: drawHere,
  });
  return output.ended(code);
}

/** Streams that keep what is said on them until whoever speaks has ended. */
export function collectOutput() {
  const out = new PassThrough();
  const err = new PassThrough();
  const said = Promise.all([text(out), text(err)]);
  const closed = async (code: number): Promise<Ended> => {
    out.end();
    err.end();
    const [saidOut, saidErr] = await said;
    return { code, out: saidOut, err: saidErr };
  };
  return { out, err, ended: closed };
}

/** Does something as if this process had been started in a folder; one at a time. */
export async function inFolder<T>(folder: string, work: () => Promise<T>): Promise<T> {
  const before = process.cwd();
  process.chdir(folder);
  try {
    return await work();
  } finally {
    process.chdir(before);
  }
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

/** The same as a process of its own. */
export async function chorusProcess(
  args: readonly string[],
  folder: string,
  env: Readonly<Record<string, string>> = {},
  input = '',
): Promise<Ended> {
  const child = startChorus(args, folder, env);
  child.stdin?.end(input);
  return ended(child);
}

/** Whether a PostgreSQL server has the folder’s cluster open. */
export async function isServing(folder: string): Promise<boolean> {
  return access(path.join(folder, '.data/postgres/data/postmaster.pid')).then(
    () => true,
    () => false,
  );
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
