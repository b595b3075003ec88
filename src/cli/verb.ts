import type { Command } from 'commander';

import type { Config } from '../config.ts';
import type { Log } from '../lib/log.ts';

/** What a verb is run with. */
export type Surroundings = {
  readonly config: Config;
  readonly log: Log;
  readonly now: () => Date;
  /** Aborted by Ctrl-C, SIGTERM, a closed window, and a reader who has seen enough. */
  readonly signal: AbortSignal;
  readonly input: NodeJS.ReadStream;
  readonly out: NodeJS.WriteStream;
  readonly err: NodeJS.WriteStream;
};

/** The work of a verb, its options read. Resolves to the exit code: 0, or 1 for work half done. */
export type Work = (surroundings: Surroundings) => Promise<number>;

/** Tells the argument parser a verb's words; `start` runs the work that they ask for. */
export type Verb = (program: Command, start: (work: Work) => Promise<void>) => void;
