import { stat } from 'node:fs/promises';
import path from 'node:path';

import { type App, keepTime, openApp, whileFilling } from '../app.ts';
import type { Platform } from '../chat/platform.ts';
import { type Config, loadConfig } from '../config.ts';
import { type Clock, SYSTEM_CLOCK } from '../lib/clock.ts';
import { cleanText } from '../lib/text.ts';
import { UserError } from '../model/errors.ts';
import { makeDue } from '../store/sources.ts';
import { subscribedBeyond } from '../store/subscriptions.ts';
import { openDatabaseClock } from '../store/clock.ts';
import { openChat } from './chat.ts';
import { LOST_TOPIC_TODO, lostTopicInWords } from './doctor/topics.ts';
import type { Surroundings, Verb } from './verb.ts';

/** `chorus start` */
export const startBot: Verb = (program, start) => {
  program
    .command('start')
    .description('be the bot: make and post digests on time, answer in the chats; Ctrl-C ends')
    .action(() => start(run));
};

/** How often it is looked how the platforms are. */
const LOOK_MS = 1000;

/** Says on the terminal how the platforms are, whenever that changes. */
async function tellTroubles(
  platforms: () => readonly Platform[],
  err: NodeJS.WriteStream,
  stop: AbortSignal,
): Promise<void> {
  const told = new Map<string, string>();
  while (!stop.aborted) {
    for (const platform of platforms()) {
      const { name } = platform;
      const state = platform.trouble() ?? 'well.';
      if (told.get(name) !== state) err.write(`${name}: ${state}\n`);
      told.set(name, state);
    }
    await SYSTEM_CLOCK.wait(LOOK_MS, stop).catch(() => {});
  }
}

async function run(with_: Surroundings): Promise<number> {
  for (let next: Config | null = with_.config; next !== null;) {
    next = await runOnce({ ...with_, config: next });
  }
  return 0;
}

/** Runs with a configuration until it is stopped; answers the new one where that has changed. */
async function runOnce(with_: Surroundings): Promise<Config | null> {
  const { config, log, now, signal } = with_;
  const app = await openApp(config, log, now);
  const ended = new AbortController();
  const changed = new AbortController();
  const stop = AbortSignal.any([signal, changed.signal]);
  try {
    const clock = await openDatabaseClock(app.pool, AbortSignal.any([stop, ended.signal]));
    // Whoever is talking in the terminal is not to be interrupted.
    const isTerminal = config.telegram === null && config.discord === null;
    const next = isTerminal
      ? Promise.resolve(null)
      : nextConfig(with_, AbortSignal.any([signal, ended.signal]));
    await tellLostTopics(app, with_.err);
    const topics = config.topics.map(({ key }) => key);
    await makeDue(app.db, topics, clock.now()); // what kept sources away may be mended
    void next.then((found) => found && changed.abort());
    await whileFilling(app, () => beBot(keepTime(app, clock), clock, { ...with_, signal: stop }));
    ended.abort();
    return await next;
  } finally {
    ended.abort();
    await app.close();
  }
}

/**
 * Waits until the configuration's file has changed and can be read, and answers what it says then; `null`
 * when it is stopped before. What cannot be read is told, and the bot goes on as it was.
 */
async function nextConfig(
  { config, environment, folder, log, err }: Surroundings,
  stop: AbortSignal,
): Promise<Config | null> {
  let seen = await stampOf(config.file);
  while (!stop.aborted) {
    await SYSTEM_CLOCK.wait(LOOK_MS, stop).catch(() => {});
    const stamp = await stampOf(config.file);
    if (stamp === seen || stamp === GONE) continue; // while it is moved, nothing is changed
    seen = stamp;
    try {
      const next = loadConfig(environment, folder);
      err.write(`${path.basename(config.file)} has changed: the bot begins anew with it.\n`);
      return next;
    } catch (error) {
      const why = error instanceof UserError ? error.message : 'chorus.yaml cannot be read.';
      log.warn({ err: error }, 'the new configuration is not used');
      err.write(`${cleanText(why)}\nThe bot goes on with what it had.\n`);
    }
  }
  return null;
}

/** Says which topics chats wait for that are not named. */
async function tellLostTopics({ db, config, log }: App, err: NodeJS.WriteStream): Promise<void> {
  const named = config.topics.map(({ key }) => key);
  for (const lost of await subscribedBeyond(db, named)) {
    log.warn({ lost }, 'a topic is in the database and not in the configuration');
    err.write(`${lostTopicInWords(lost)}. ${LOST_TOPIC_TODO}\n`);
  }
}

const GONE = 'gone';

async function stampOf(file: string): Promise<string> {
  const found = await stat(file).catch(() => null);
  return found === null ? GONE : `${found.mtimeMs} ${found.size}`;
}

async function beBot(
  app: App,
  clock: Clock,
  { config, err, out, input, signal }: Surroundings,
): Promise<void> {
  // The platforms' libraries are large; no other verb is to wait for them.
  const { live } = await import('../bot/live.ts');
  const { openPlatforms } = await import('../bot/platforms.ts');
  let platforms: readonly Platform[] = [];
  const open = () => (platforms = openPlatforms(app, clock));
  const names = open().map(({ name }) => name);
  const ended = new AbortController();
  const stop = AbortSignal.any([signal, ended.signal]);
  const life = live({ app, clock, openPlatforms: open }, stop);
  life.catch(() => ended.abort()); // nothing is to keep a program up that has failed
  if (names.length > 0) {
    err.write(`The bot starts on ${names.join(' and ')}. Ctrl-C ends.\n`);
    void tellTroubles(() => platforms, err, stop);
  } else {
    err.write('No TELEGRAM_TOKEN and no DISCORD_TOKEN is set: the bot runs in this terminal.\n');
    const [topic] = config.topics;
    await openChat(app, topic, topic.language, { input, out, signal });
    ended.abort();
  }
  await life;
}
