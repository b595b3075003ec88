#!/usr/bin/env node
import { existsSync } from 'node:fs';
import process from 'node:process';

import { EXIT, run } from './cli/run.ts';
import { UserError } from './model/errors.ts';

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
  return run(process.argv.slice(2), {
    readEnvironment,
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
