import { pino } from 'pino';

import { openClient } from '../../src/claude/api.ts';
import { Desk, type Errand } from '../../src/claude/desk.ts';
import type { Office } from '../../src/claude/office.ts';
import { DEFAULT_MODELS, type Models } from '../../src/claude/settings.ts';
import type { UsageRow } from '../../src/store/calls.ts';
import { usageBetween } from '../../src/store/calls.ts';
import { type FakeClaude, type Options, startClaude } from '../fakes/claude.ts';
import { freshDatabase } from './database.ts';

export type OfficeOptions = {
  readonly models?: Partial<Models>;
  readonly claude?: Options;
  readonly apiKey?: string;
  readonly silenceMs?: number;
  readonly start?: Date;
  /** What the log is told, a line each. */
  readonly logged?: string[];
};

/** An office over a fake of the model, and a clock that moves only when somebody waits. */
export type TestOffice = {
  readonly claude: FakeClaude;
  readonly office: Office;
  readonly start: Date;
  /** How long was waited, milliseconds, one wait after the other. */
  readonly waits: readonly number[];
  readonly pass: (ms: number) => void;
  /** A desk for the report of the day before, with an hour until its deadline. */
  readonly desk: (fields?: Partial<Errand>) => Desk;
  /** The account of all days, a row a day, purpose, topic and model. */
  readonly usage: () => Promise<UsageRow[]>;
};

const START = new Date('2026-10-13T06:00:00Z');
const YEAR_MS = 366 * 86_400_000;

export async function anOffice(options: OfficeOptions = {}): Promise<TestOffice> {
  const { models, claude: fake, apiKey = 'key', silenceMs = 10_000, logged } = options;
  const { start = START } = options;
  let at = start.getTime();
  const now = () => new Date(at);
  const waits: number[] = [];
  const claude = await startClaude({ now, ...fake });
  const client = await openClient({ apiKey, baseUrl: claude.url });
  const office: Office = {
    client: async () => client,
    db: await freshDatabase(),
    log: logged
      ? pino({ level: 'trace' }, { write: (line: string) => void logged.push(line) })
      : pino({ level: 'silent' }),
    models: { ...DEFAULT_MODELS, ...models },
    now,
    async wait(ms, signal) {
      waits.push(ms);
      at += ms;
      signal.throwIfAborted();
    },
    timeZone: 'UTC',
    silenceMs,
  };
  const desk = (fields: Partial<Errand> = {}) =>
    new Desk(office, {
      purpose: 'report',
      topic: 'twitter_ai',
      report: { topic: 'twitter_ai', from: '2026-10-12', to: '2026-10-12', language: 'en' },
      deadline: new Date(at + 3_600_000),
      signal: new AbortController().signal,
      ...fields,
    });
  const years = {
    start: new Date(start.getTime() - YEAR_MS),
    end: new Date(start.getTime() + YEAR_MS),
    timeZone: 'UTC',
  };
  return {
    claude,
    office,
    start,
    waits,
    pass: (ms) => void (at += ms),
    desk,
    usage: () => usageBetween(office.db, years),
  };
}
