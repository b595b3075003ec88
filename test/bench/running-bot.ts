import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import process from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';

import type { FakeDiscord } from '../fakes/discord-server.ts';
import type { TelegramServer } from '../fakes/telegram-server.ts';
import { TOPIC_KEY } from './bot-place.ts';

/** How soon the bot has to end when it is asked to. */
const ENDS_WITHIN_MS = 12_000;

/** What tells the bot where its platforms are. */
export function environmentOf(
  telegram: TelegramServer,
  discord: FakeDiscord,
): Readonly<Record<string, string>> {
  return {
    TELEGRAM_TOKEN: telegram.token,
    TELEGRAM_API_ROOT: telegram.url,
    DISCORD_TOKEN: discord.token,
    DISCORD_API_ROOT: `${discord.url}/api`,
  };
}

/** A zone whose midnight is hours away: what is posted today is not to fall on two days. */
const ZONE =
  Math.abs(new Date().getUTCHours() - 12) > 6
    ? { name: 'Etc/GMT-12', aheadMs: 12 * 3_600_000 } // the sign is POSIX's
    : { name: 'UTC', aheadMs: 0 };

/** The hour and minute of a moment where the topic is posted. */
export function hourOf(moment: number): string {
  return new Date(moment + ZONE.aheadMs).toISOString().slice(11, 16);
}

/** Writes a configuration whose topic was to be posted some minutes ago. */
export async function configure(folder: string, more: readonly string[] = []): Promise<void> {
  const lines = [
    ...more,
    'topics:',
    `  ${TOPIC_KEY}:`,
    `    time_zone: ${ZONE.name}`,
    `    post_at: "${hourOf(Date.now() - 300_000)}"`,
    '    language: en',
    '',
  ];
  await writeFile(path.join(folder, 'chorus.yaml'), lines.join('\n'));
}

/** Starts the bot as a process of its own. */
export function startBot(
  folder: string,
  environment: Readonly<Record<string, string>>,
): ChildProcess {
  return spawn(process.execPath, [path.resolve('src/main.ts'), 'start'], {
    cwd: folder,
    env: {
      PATH: process.env['PATH'],
      TZ: 'UTC',
      CHORUS_OUT: path.join(folder, 'out'),
      ...environment,
    },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
}

/** Ends the bot as a system does that stops it. @throws when it takes too long. */
export async function endBot(child: ChildProcess | null): Promise<void> {
  if (!child || child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  child.kill('SIGTERM');
  if (await Promise.race([exited.then(() => false), sleep(ENDS_WITHIN_MS, true)])) {
    child.kill('SIGKILL');
    throw new Error('the bot did not end in time after SIGTERM');
  }
}
