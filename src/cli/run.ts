import { randomBytes } from 'node:crypto';

import { CommanderError } from 'commander';

import { openAppLog } from '../app.ts';
import { loadConfig } from '../config.ts';
import type { Log } from '../lib/log.ts';
import { cleanText } from '../lib/text.ts';
import { UserError } from '../model/errors.ts';
import { buildProgram } from './program.ts';
import type { Beginning, EarlyWork, Work } from './verb.ts';

/** Exit codes: what was asked was done; it failed; it was asked wrongly; it was stopped. */
export const EXIT = { done: 0, failed: 1, wrongUse: 2, stopped: 130 } as const;

/** What the program has of the process that it is. */
type Outside = Omit<Beginning, 'environment'> & {
  /** Called once it is known that a verb is to be run. Throws `UserError` for a file that is none. */
  readonly readEnvironment: () => NodeJS.ProcessEnv;
  /** Whether an error says no more than that its terminal was closed. @default never */
  readonly isEnd?: (error: unknown) => boolean;
};

/** Does what the words of a command line ask for, and resolves to the exit code; never rejects. */
export async function run(words: readonly string[], outside: Outside): Promise<number> {
  const { readEnvironment, isEnd, ...rest } = outside;
  let log: Log | null = null;
  let code: number = EXIT.done;
  const start = async (work: Work | EarlyWork) => {
    const beginning: Beginning = { ...rest, environment: readEnvironment() };
    if ('early' in work) {
      code = await work.early(beginning);
      return;
    }
    const config = loadConfig(beginning.environment, beginning.folder);
    log = openAppLog(config);
    code = await work({ ...beginning, config, log });
  };
  try {
    const program = await buildProgram(words, start, outside);
    await program.parseAsync(words, { from: 'user' });
    return code;
  } catch (error) {
    return isEnd?.(error) ? EXIT.stopped : explain(error, log, outside);
  }
}

/** Says in a sentence what went wrong, and answers the exit code. */
function explain(error: unknown, log: Log | null, { err }: Pick<Outside, 'err'>): number {
  if (error instanceof CommanderError) {
    return error.exitCode === 0 ? EXIT.done : EXIT.wrongUse; // commander has said it already
  }
  if (error instanceof UserError) {
    if (error.message !== '') err.write(`${cleanText(error.message)}\n`);
    if (error.cause !== undefined) log?.warn({ err: error }, 'stopped with a known failure');
    if (error.code === 'cancelled') return EXIT.stopped;
    return error.code === 'usage' || error.code === 'config' ? EXIT.wrongUse : EXIT.failed;
  }
  const trouble = fileTrouble(error);
  if (trouble !== null) {
    log?.warn({ err: error }, 'stopped by the file system');
    err.write(`${cleanText(trouble)}\n`);
    return EXIT.failed;
  }
  const reference = randomBytes(4).toString('hex');
  log?.error({ reference, err: error }, 'unexpected failure');
  const where = log
    ? `the log (chorus.log in the data folder) has it under ${reference}`
    : String(error);
  err.write(`Something went wrong that should not: ${where}.\n`);
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
