import { mkdirSync } from 'node:fs';
import path from 'node:path';

import { destination, pino, type Logger } from 'pino';

export type Log = Logger;

/** Where the log goes, how much it tells, and which texts never stand in it. */
export type LogOptions = {
  readonly file: string;
  readonly level: string;
  /** Passwords, tokens and keys: replaced wherever they appear in a line. */
  readonly secrets: readonly string[];
};

/** A log of JSON lines in a file, each written at once, so that a crash loses none. */
export function openLog({ file, level, secrets }: LogOptions): Log {
  if (level === 'silent') return pino({ level });
  mkdirSync(path.dirname(file), { recursive: true });
  const sink = destination({ dest: file, sync: true, mode: 0o600 });
  const hidden = secrets.filter((secret) => secret.length > 3).map(inJson);
  return pino(
    { level, base: { pid: process.pid } },
    {
      write(line: string) {
        sink.write(hidden.reduce((text, secret) => text.replaceAll(secret, '[secret]'), line));
      },
    },
  );
}

/** The text as it stands inside a JSON string. */
function inJson(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}
