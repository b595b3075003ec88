#!/usr/bin/env node
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import process from 'node:process';

import { CommanderError } from 'commander';

import { openAppLog } from './app.ts';
import { buildProgram } from './cli/program.ts';
import type { Beginning, EarlyWork, Work } from './cli/verb.ts';
import { loadConfig } from './config.ts';
import type { Log } from './lib/log.ts';
import { cleanText } from './lib/text.ts';
import { UserError } from './model/errors.ts';

/** Exit codes: what was asked was done; it failed; it was asked wrongly; it was stopped. */
const EXIT = { done: 0, failed: 1, wrongUse: 2, stopped: 130 } as const;

async function main(): Promise<number> {
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      if (stop.signal.aborted) process.exit(EXIT.stopped); // asked twice: at once
      stop.abort(new UserError('cancelled', 'Stopped.'));
    });
  }
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error) => {
      // The reader (`| head`) has seen enough: that is a stop like any other, not a failure.
      stop.abort(new UserError('cancelled', ''));
      if ('code' in error && error.code === 'EPIPE') return;
      process.exitCode = EXIT.failed;
      if (stream === process.stdout)
        process.stderr.write(`The output was lost: ${error.message}.\n`);
    });
  }
  let log: Log | null = null;
  let code: number = EXIT.done;
  const start = async (work: Work | EarlyWork) => {
    readEnvironmentFile();
    const beginning: Beginning = {
      environment: process.env,
      folder: process.cwd(),
      now: () => new Date(),
      signal: stop.signal,
      input: process.stdin,
      out: process.stdout,
      err: process.stderr,
    };
    if ('early' in work) {
      code = await work.early(beginning);
      return;
    }
    const config = loadConfig(beginning.environment, beginning.folder);
    log = openAppLog(config);
    code = await work({ ...beginning, config, log });
  };
  try {
    await buildProgram(start).parseAsync();
    return code;
  } catch (error) {
    return explain(error, log);
  }
}

/** Reads `.env` of the current folder, where there is one; what is set already stays. */
function readEnvironmentFile(): void {
  if (!existsSync('.env')) return;
  try {
    process.loadEnvFile('.env');
  } catch (cause) {
    throw new UserError('config', '.env cannot be read: it must be a text file.', { cause });
  }
}

/** Says in a sentence what went wrong, and answers the exit code. */
function explain(error: unknown, log: Log | null): number {
  if (error instanceof CommanderError) {
    return error.exitCode === 0 ? EXIT.done : EXIT.wrongUse; // commander has said it already
  }
  if (error instanceof UserError) {
    if (error.message !== '') process.stderr.write(`${cleanText(error.message)}\n`);
    if (error.cause !== undefined) log?.warn({ err: error }, 'stopped with a known failure');
    if (error.code === 'cancelled') return EXIT.stopped;
    return error.code === 'usage' || error.code === 'config' ? EXIT.wrongUse : EXIT.failed;
  }
  const trouble = fileTrouble(error);
  if (trouble !== null) {
    log?.warn({ err: error }, 'stopped by the file system');
    process.stderr.write(`${cleanText(trouble)}\n`);
    return EXIT.failed;
  }
  const reference = randomBytes(4).toString('hex');
  log?.error({ reference, err: error }, 'unexpected failure');
  const where = log
    ? `the log (chorus.log in the data folder) has it under ${reference}`
    : String(error);
  process.stderr.write(`Something went wrong that should not: ${where}.\n`);
  return EXIT.failed;
}

/** What the file system refused, in a sentence; `null` when it was not the file system. */
function fileTrouble(error: unknown): string | null {
  if (!(error instanceof Error) || !('code' in error) || !('path' in error)) return null;
  const why = REFUSALS[String(error.code)];
  return why === undefined ? null : `Cannot use ${String(error.path)}: ${why}.`;
}

const REFUSALS: Readonly<Record<string, string>> = {
  EACCES: 'its permissions forbid it',
  EPERM: 'the system does not allow it',
  EROFS: 'it lies on a file system that is only for reading',
  ENOSPC: 'there is no space left',
  ENOTDIR: 'a part of that path is a file, not a folder',
  EEXIST: 'there is something else in its place',
  EISDIR: 'it is a folder',
  ENAMETOOLONG: 'the name is too long',
  ELOCKED: 'another process holds it; delete it if none is at work',
};

const code = await main();
process.exitCode ??= code;
