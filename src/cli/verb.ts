import type { Command } from 'commander';

import type { Config } from '../config.ts';
import type { Workshop } from '../deliver/digest.ts';
import type { Log } from '../lib/log.ts';

/** What there is before the configuration is read. */
export type Beginning = {
  /** The variables, those of `.env` among them. */
  readonly environment: NodeJS.ProcessEnv;
  /** Where the program was called. */
  readonly folder: string;
  readonly now: () => Date;
  /** Aborted by Ctrl-C, SIGTERM, a closed window, and a reader who has seen enough. */
  readonly signal: AbortSignal;
  readonly input: NodeJS.ReadStream;
  readonly out: NodeJS.WriteStream;
  readonly err: NodeJS.WriteStream;
  /** Draws pictures. @default in a process of its own */
  readonly draw?: Workshop['draw'];
};

/** What a verb is run with. */
export type Surroundings = Beginning & { readonly config: Config; readonly log: Log };

/** The work of a verb, its options read. Resolves to the exit code: 0, or 1 for work half done. */
export type Work = (surroundings: Surroundings) => Promise<number>;

/** Work that is there to make or judge the configuration, which may be missing or wrong. */
export type EarlyWork = { readonly early: (beginning: Beginning) => Promise<number> };

/** Runs the work that was asked for. */
export type Start = (work: Work | EarlyWork) => Promise<void>;

/** Tells the argument parser a verb's words; `start` runs the work that they ask for. */
export type Verb = (program: Command, start: Start) => void;
