import type Anthropic from '@anthropic-ai/sdk';

import type { Log } from '../lib/log.ts';
import type { Database } from '../store/database.ts';
import type { Models } from './settings.ts';

/** What desks are set up with, the same for all of them. */
export type Office = {
  /** Opened with the first question. */
  readonly client: () => Promise<Anthropic>;
  readonly db: Database;
  readonly log: Log;
  readonly models: Models;
  readonly now: () => Date;
  /** Resolves after so many milliseconds, or rejects when the signal is aborted. */
  readonly wait: (ms: number, signal: AbortSignal) => Promise<void>;
  /** In which the days of the cap begin and end. */
  readonly timeZone: string;
  /** A stream that says nothing for so long is given up, milliseconds. */
  readonly silenceMs: number;
};
