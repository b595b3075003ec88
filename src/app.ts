import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { openClient } from './claude/api.ts';
import type { Office } from './claude/office.ts';
import type { Config } from './config.ts';
import type { Clock } from './lib/clock.ts';
import { type Log, openLog } from './lib/log.ts';
import { openDatabaseClock } from './store/clock.ts';
import { type Database, type OpenDatabase, openDatabase } from './store/database.ts';

/** Everything that the verbs and the chats work with, built once. */
export type App = {
  readonly config: Config;
  readonly db: Database;
  /** The connections of the database, for what needs one of its own. */
  readonly pool: OpenDatabase['pool'];
  readonly log: Log;
  readonly now: () => Date;
  /** Where the model is asked; `null` where none is set up. */
  readonly office: Office | null;
  /** Gives everything back; the embedded server stops with its last user. */
  close(): Promise<void>;
};

/** The log in the data folder; it never shows the database's password or the model's key. */
export function openAppLog(config: Config): Log {
  return openLog({
    file: path.join(config.dataFolder, 'chorus.log'),
    level: config.logLevel,
    secrets: [
      ...(config.database.kind === 'server' ? secretsOf(config.database.url) : []),
      ...(config.claude ? [config.claude.apiKey] : []),
      ...(config.telegram ? [config.telegram.token] : []),
      ...(config.discord ? [config.discord.token] : []),
      ...(config.x ? [config.x.token] : []),
      ...(config.webhookSecret === null ? [] : [config.webhookSecret]),
    ],
  });
}

/** Opens the database, brings it up to date, and puts the pieces together. */
export async function openApp(config: Config, log: Log, now: () => Date): Promise<App> {
  const database = await openDatabase(config.database);
  const office = openOffice(config, database.db, log, now);
  const { db, pool } = database;
  return { config, db, pool, log, now, office, close: () => database.close() };
}

/** The pieces of the program, all by one clock. */
export function keepTime(app: App, clock: Clock): App {
  const now = () => clock.now();
  return { ...app, now, office: app.office && { ...app.office, now } };
}

/** Does something by the clock of the database: its days are those of all programs on it. */
export async function inDatabaseTime<T>(app: App, work: (app: App) => Promise<T>): Promise<T> {
  const ended = new AbortController();
  try {
    return await work(keepTime(app, await openDatabaseClock(app.pool, ended.signal)));
  } finally {
    ended.abort();
  }
}

/** The same pieces with another configuration, in the same database. */
export function withConfig(app: App, config: Config): App {
  return { ...app, config, office: openOffice(config, app.db, app.log, app.now) };
}

/** Does something while what was stored before becomes findable beside it; its end ends that too. */
export async function whileFilling<T>({ db, log }: App, work: () => Promise<T>): Promise<T> {
  const ended = new AbortController();
  const filling = import('./store/passage-fill.ts')
    .then(({ fillPassages }) => fillPassages(db, ended.signal))
    .catch((error: unknown) => {
      log.warn({ err: error }, 'not everything that is stored could be made findable');
    });
  try {
    return await work();
  } finally {
    ended.abort();
    await filling;
  }
}

const SILENCE_MS = 300_000; // a model may think for minutes without a word that the SDK passes on

function openOffice(
  { claude, models, topics }: Config,
  db: Database,
  log: Log,
  now: () => Date,
): Office | null {
  if (!claude) return null;
  let client: ReturnType<typeof openClient> | null = null;
  return {
    client: () => (client ??= openClient(claude)),
    db,
    log,
    models,
    now,
    async wait(ms, signal) {
      await sleep(ms, undefined, { signal }).catch(() => {}); // rejects only when it is aborted
      signal.throwIfAborted();
    },
    timeZone: topics[0].timeZone,
    silenceMs: SILENCE_MS,
  };
}

function secretsOf(url: string): string[] {
  const { password } = new URL(url);
  return [password, decodeURIComponent(password)];
}
