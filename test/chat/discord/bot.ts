import { setTimeout as sleep } from 'node:timers/promises';

import { pino } from 'pino';
import { onTestFinished } from 'vitest';

import { commands as allCommands } from '../../../commands/index.ts';
import type { Bureau } from '../../../src/chat/bureau.ts';
import type { Command } from '../../../src/chat/command.ts';
import { openDiscord } from '../../../src/chat/discord/platform.ts';
import type { Platform } from '../../../src/chat/platform.ts';
import type { Clock } from '../../../src/lib/clock.ts';
import { Stops } from '../../../src/chat/stops.ts';
import { bullets, heading, paragraph, root, text } from '../../../src/lib/tree.ts';
import type { Message } from '../../../src/model/message.ts';
import type { Picture } from '../../../src/model/picture.ts';
import type { Database } from '../../../src/store/database.ts';
import { type FakeDiscord, startDiscord, type Options } from '../../fakes/discord.ts';
import { freshDatabase } from '../../support/database.ts';
import { aBureau } from '../context.ts';

/** A clock whose seconds are short. */
export function fastClock(speed: number): Clock {
  const begun = Date.now();
  return {
    now: () => new Date(begun + (Date.now() - begun) * speed),
    speed,
    async wait(ms, signal) {
      signal?.throwIfAborted();
      await sleep(ms / speed, undefined, signal ? { signal } : {});
    },
  };
}

/** A log of which every line is kept. */
export function keptLog() {
  const lines: string[] = [];
  const log = pino({ level: 'debug' }, { write: (line: string) => lines.push(line) });
  return { log, lines };
}

/**
 * Limits for {@link fastClock} of 10, a quarter quicker than that: on a machine that has much to do requests
 * arrive some milliseconds nearer to one another than they were sent.
 */
export const FAST_LIMITS = { speed: 12.5 };

export type Bot = {
  readonly discord: FakeDiscord;
  readonly db: Database;
  readonly platform: Platform;
  readonly lines: readonly string[];
  /** Starts listening, and resolves when it is heard. */
  start(): Promise<void>;
  /** Resolves when it has stopped. */
  stop(): Promise<void>;
  /** What went wrong in the fake's eyes. */
  readonly mistakes: () => readonly object[];
};

export type BotOptions = {
  readonly discord?: FakeDiscord;
  readonly fake?: Options;
  readonly db?: Database;
  readonly commands?: readonly Command[];
  readonly clock?: Clock;
  readonly token?: string;
  readonly owners?: readonly string[];
  readonly bureau?: Partial<Bureau>;
};

/** The bot on a fake of Discord, which listens once it is started. */
export async function aBot(options: BotOptions = {}): Promise<Bot> {
  const db = options.db ?? (await freshDatabase());
  const discord = options.discord ?? (await startDiscord(options.fake));
  const { clock = fastClock(10), commands = allCommands, owners = [] } = options;
  const { log, lines } = keptLog();
  const quotas = { person: 100, chat: 100, questions: { person: 100, chat: 100 } };
  const now = () => new Date('2026-01-30T12:00:00Z');
  const platform = openDiscord(
    { token: options.token ?? discord.token, apiRoot: `${discord.url}/api` },
    {
      clock,
      log,
      owners,
      reception: {
        db,
        now,
        log,
        bureau: aBureau(options.bureau),
        commands,
        quotas,
        stops: new Stops(),
      },
    },
  );
  let stopping = new AbortController();
  let running = Promise.resolve();
  const stop = async () => {
    stopping.abort();
    await running;
  };
  onTestFinished(stop);
  return {
    discord,
    db,
    platform,
    lines,
    stop,
    mistakes: () => discord.refused.map(({ route, error }) => ({ route, error })),
    async start() {
      stopping = new AbortController();
      running = platform.run(stopping.signal);
      const isThere = () => lines.some((line) => line.includes('commands registered'));
      while (platform.trouble() !== null || !isThere()) await sleep(5);
    },
  };
}

const A_PICTURE: Picture = {
  kind: 'cloud',
  mime: 'image/png',
  width: 8,
  height: 8,
  alt: ['prices', 'models'],
  bytes: Buffer.from('not really a picture'),
};

/** A digest with all that a digest may have. */
export function aDigest(fields: Partial<Message> = {}): Message {
  return {
    language: 'en',
    tree: root([
      heading(2, 'Harbour News, 29 January 2026'),
      bullets([[text('Prices fell')], [text('A model was shown')]]),
    ]),
    pictures: [A_PICTURE, { ...A_PICTURE, kind: 'week', alt: ['prices: rising'] }],
    folds: [
      { mark: 'II', title: 'II Facts', address: 'part:1:II', tree: says('Facts in a table') },
      { mark: 'A', title: 'A Prices', address: 'part:1:A', tree: says('Prices in detail') },
    ],
    buttons: [{ label: 'Ask', address: 'ask:1' }],
    ...fields,
  };
}

export function says(sentence: string) {
  return root([paragraph([text(sentence)])]);
}
