import path from 'node:path';

import type { Config } from './config.ts';
import { type Log, openLog } from './lib/log.ts';
import { type Database, openDatabase } from './store/database.ts';

/** Everything that the verbs and the chats work with, built once. */
export type App = {
  readonly config: Config;
  readonly db: Database;
  readonly log: Log;
  readonly now: () => Date;
  /** Gives everything back; the embedded server stops with its last user. */
  close(): Promise<void>;
};

/** The log in the data folder; it never shows the database's password. */
export function openAppLog(config: Config): Log {
  return openLog({
    file: path.join(config.dataFolder, 'chorus.log'),
    level: config.logLevel,
    secrets: config.database.kind === 'server' ? secretsOf(config.database.url) : [],
  });
}

/** Opens the database, brings it up to date, and puts the pieces together. */
export async function openApp(config: Config, log: Log, now: () => Date): Promise<App> {
  const database = await openDatabase(config.database);
  return { config, db: database.db, log, now, close: () => database.close() };
}

function secretsOf(url: string): string[] {
  const { password } = new URL(url);
  return [password, decodeURIComponent(password)];
}
