import { pino } from 'pino';
import { onTestFinished } from 'vitest';

import { commands } from '../../../commands/index.ts';
import type { Platform } from '../../../src/chat/platform.ts';
import type { TelegramSettings } from '../../../src/chat/settings.ts';
import { Stops } from '../../../src/chat/stops.ts';
import { openTelegram } from '../../../src/chat/telegram/platform.ts';
import type { Clock } from '../../../src/lib/clock.ts';
import type { Channel } from '../../../src/model/channel.ts';
import type { Database } from '../../../src/store/database.ts';
import { changeAccess, meetChannel } from '../../../src/store/channels.ts';
import { storePosts } from '../../../src/store/posts.ts';
import { saveReport } from '../../../src/store/reports.ts';
import { type Options, startTelegram, type TelegramServer } from '../../fakes/telegram.ts';
import { png } from '../../fakes/telegram-client.ts';
import { freshDatabase } from '../../support/database.ts';
import { aPost } from '../../support/posts.ts';
import { aLine, aReport, NO_CURATION } from '../../support/reports.ts';
import { aBureau } from '../context.ts';

export const NOON = new Date('2026-01-30T12:00:00Z');
export const SETTINGS: TelegramSettings = { unknown: 'leave', rich: true, webhook: null };
export const OWNER = 501;

/** So long a sign of life lasts, and what is being answered when the bot is stopped may take. */
const TYPING_MS = 4500;
export const GRACE_MS = 8000;

/** A clock that lets everybody go at once, but for those who wait for something else to happen. */
function aHastyClock() {
  const waits: number[] = [];
  const held = new Set([TYPING_MS]);
  const waiting = new Map<number, () => void>();
  const clock: Clock = {
    now: () => NOON,
    speed: 1,
    wait: (ms, signal) =>
      new Promise((resolve, reject) => {
        waits.push(ms);
        if (held.has(ms)) waiting.set(ms, resolve);
        else setImmediate(resolve);
        signal?.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
        if (signal?.aborted) reject(signal.reason as Error);
      }),
  };
  const release = (ms: number) => {
    held.delete(ms);
    waiting.get(ms)?.();
  };
  return { clock, waits, hold: (ms: number) => void held.add(ms), release };
}

export type Scene = {
  readonly telegram: TelegramServer;
  readonly db: Database;
  readonly platform: Platform;
  /** Lines of the log, as JSON. */
  readonly lines: string[];
  /** What was waited for, in milliseconds. */
  readonly waits: readonly number[];
  readonly release: (ms: number) => void;
  /** Stops the platform; resolves when it has stopped. */
  readonly stop: () => Promise<void>;
};

export type SceneOptions = {
  readonly settings?: Partial<TelegramSettings>;
  readonly webhookSecret?: string | null;
  readonly fake?: Options;
  readonly bureau?: Parameters<typeof aBureau>[0];
  /** @default one that lets everybody go at once */
  readonly clock?: Clock;
  /** @default a new one */
  readonly db?: Database;
  /** Called with the fake before the platform runs. */
  readonly before?: (telegram: TelegramServer) => void;
};

/** A bot with a database of its own that runs on a fake of Telegram, until the test has finished. */
export async function aScene(options: SceneOptions = {}): Promise<Scene> {
  const { settings, webhookSecret = null, fake = {}, bureau, before } = options;
  const telegram = await startTelegram(fake);
  telegram.addUser({ id: OWNER, first_name: 'Olga' });
  const db = options.db ?? (await freshDatabase());
  const { clock: hasty, waits, hold, release } = aHastyClock();
  const clock = options.clock ?? hasty;
  const lines: string[] = [];
  const log = pino({ level: 'debug' }, { write: (line: string) => void lines.push(line) });
  const access = { token: telegram.token, apiRoot: telegram.url };
  const platform = openTelegram(access, { ...SETTINGS, ...settings }, webhookSecret, {
    clock,
    log,
    owners: [String(OWNER)],
    reception: {
      db,
      now: () => clock.now(),
      log,
      bureau: aBureau(bureau),
      commands,
      quotas: { person: 100, chat: 100, questions: { person: 100, chat: 100 } },
      stops: new Stops(),
    },
  });
  before?.(telegram);
  const stopping = new AbortController();
  const running = platform.run(stopping.signal);
  const stop = () => {
    hold(GRACE_MS);
    stopping.abort(new Error('stopped by the test'));
    return running;
  };
  onTestFinished(async () => {
    stopping.abort(new Error('the test has finished'));
    release(GRACE_MS);
    await options.clock?.wait(0);
    await running;
  });
  return { telegram, db, platform, lines, waits, release, stop };
}

/** Lets a chat in, as an owner does. */
export async function letIn(db: Database, chat: number, thread: number | null = null) {
  const channel: Channel = { platform: 'telegram', chat: String(chat), thread: null };
  await meetChannel(db, channel, 'A chat', NOON);
  if (thread !== null) await meetChannel(db, { ...channel, thread: String(thread) }, '', NOON);
  await changeAccess(db, channel, 'allowed');
}

/** Stores a digest of 29 January with a word cloud; answers its number. */
export async function aStoredDigest(db: Database): Promise<number> {
  const post = aPost({ id: 'price', text: 'Lumen 7 costs 20% less than Lumen 6.' });
  await db.transaction((tx) => storePosts(tx, 'twitter_ai', [post]));
  const report = aReport({
    sections: [{ letter: 'A', name: 'Prices' }],
    lines: [
      aLine({ text: 'Lumen 7 is cheaper', cites: ['price'] }),
      aLine({ part: 'II', address: 'II.1', text: 'a fact about prices', cites: ['price'] }),
      aLine({ part: 'III', section: 'A', address: 'III.A.1', text: 'A said', cites: ['price'] }),
    ],
  });
  const bytes = png(16, 9);
  const picture = { kind: 'cloud', mime: 'image/png', width: 16, height: 9, bytes } as const;
  const { id } = await saveReport(db, report, NO_CURATION, [{ ...picture, alt: ['Lumen 7'] }]);
  return id;
}
