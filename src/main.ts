#!/usr/bin/env node
import { existsSync } from 'node:fs';
import process from 'node:process';

import { isLeft } from './cli/other-end.ts';
import { EXIT, run } from './cli/run.ts';
import { UserError } from './model/errors.ts';

async function main(): Promise<number> {
  const stop = new AbortController();
  const end = () => stop.abort(new UserError('cancelled', 'Stopped.'));
  // A window that closes says so several times, and its streams fail besides: nobody asks for haste.
  process.on('SIGHUP', end);
  let isAsked = false;
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      if (isAsked) process.exit(EXIT.stopped); // asked twice: at once
      isAsked = true;
      end();
    });
  }
  const left = new Set<unknown>();
  process.stdin.on('error', (error) => {
    if (!isLeft(process.stdin, error)) return; // whoever reads it is told
    left.add(error);
    setImmediate(() => stop.abort(new UserError('cancelled', ''))); // readline is closing itself yet
  });
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error) => {
      stop.abort(new UserError('cancelled', ''));
      if (isLeft(stream, error)) return;
      process.exitCode = EXIT.failed;
      if (stream === process.stdout)
        process.stderr.write(`The output was lost: ${error.message}.\n`);
    });
  }
  return run(process.argv.slice(2), {
    readEnvironment,
    isEnd: (error) => left.has(error),
    folder: process.cwd(),
    now: () => new Date(),
    signal: stop.signal,
    input: process.stdin,
    out: process.stdout,
    err: process.stderr,
  });
}

/** The variables, those of `.env` of the current folder among them; what is set already stays. */
function readEnvironment(): NodeJS.ProcessEnv {
  if (!existsSync('.env')) return process.env;
  try {
    process.loadEnvFile('.env');
  } catch (cause) {
    throw new UserError('config', '.env cannot be read: it must be a text file.', { cause });
  }
  return process.env;
}

const code = await main();
process.exitCode ??= code;
