import path from 'node:path';

import { type App, keepTime, openApp, whileFilling, withConfig } from '../app.ts';
import type { Platform } from '../chat/platform.ts';
import type { Config } from '../config.ts';
import { type Clock, SYSTEM_CLOCK } from '../lib/clock.ts';
import { makeDue } from '../store/sources.ts';
import { subscribedBeyond } from '../store/subscriptions.ts';
import { openDatabaseClock } from '../store/clock.ts';
import { openChat } from './chat.ts';
import { ConfigWatch } from './follow.ts';
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
  const watch = new ConfigWatch(with_);
  for (let next: Config | null = with_.config; next !== null;) {
    next = await runOnce({ ...with_, config: next }, watch);
  }
  return 0;
}

/** Runs with a configuration until it is stopped; answers the new one where that has changed. */
async function runOnce(with_: Surroundings, watch: ConfigWatch): Promise<Config | null> {
  const { config, log, now, signal } = with_;
  const app = await openApp(config, log, now);
  const ended = new AbortController();
  const changed = new AbortController();
  const stop = AbortSignal.any([signal, changed.signal]);
  try {
    const clock = await openDatabaseClock(app.pool, AbortSignal.any([stop, ended.signal]));
    // Whoever is talking in the terminal is not to be interrupted: it is followed there.
    const isTerminal = config.telegram === null && config.discord === null;
    const next = isTerminal
      ? Promise.resolve(null)
      : watch.next(AbortSignal.any([signal, ended.signal]));
    await tellLostTopics(app, with_.err);
    const topics = config.topics.map(({ key }) => key);
    await makeDue(app.db, topics, clock.now()); // what kept sources away may be mended
    void beginAnew(next, with_, changed);
    await whileFilling(app, () =>
      beBot(keepTime(app, clock), clock, { ...with_, signal: stop }, watch),
    );
    ended.abort();
    return await next;
  } finally {
    ended.abort();
    await app.close();
  }
}

/** Has the bot end once there is a new configuration, and says so. */
async function beginAnew(
  next: Promise<Config | null>,
  { config, err }: Surroundings,
  changed: AbortController,
): Promise<void> {
  if ((await next) === null) return;
  err.write(`${path.basename(config.file)} has changed: the bot begins anew with it.\n`);
  changed.abort();
}

/** Says which topics chats wait for that are not named. */
async function tellLostTopics({ db, config, log }: App, err: NodeJS.WriteStream): Promise<void> {
  const named = config.topics.map(({ key }) => key);
  for (const lost of await subscribedBeyond(db, named)) {
    log.warn({ lost }, 'a topic is in the database and not in the configuration');
    err.write(`${lostTopicInWords(lost)}. ${LOST_TOPIC_TODO}\n`);
  }
}

async function beBot(
  app: App,
  clock: Clock,
  with_: Surroundings,
  watch: ConfigWatch,
): Promise<void> {
  const { err, signal } = with_;
  // The platforms' libraries are large; no other verb is to wait for them.
  const { live } = await import('../bot/live.ts');
  const { openPlatforms } = await import('../bot/platforms.ts');
  let platforms: readonly Platform[] = [];
  const open = () => (platforms = openPlatforms(app, clock, signal));
  const names = open().map(({ name }) => name);
  if (names.length === 0) {
    await beInTerminal(app, clock, with_, watch);
    return;
  }
  const ended = new AbortController();
  const stop = AbortSignal.any([signal, ended.signal]);
  const life = live({ app, clock, openPlatforms: open }, stop);
  life.catch(() => ended.abort()); // nothing is to keep a program up that has failed
  err.write(`The bot starts on ${names.join(' and ')}. Ctrl-C ends.\n`);
  void tellTroubles(() => platforms, err, stop);
  await life;
}

/** Talks in the terminal, and does beside it what a bot does, with each new configuration from then on. */
async function beInTerminal(
  app: App,
  clock: Clock,
  { config, err, input, out, signal }: Surroundings,
  watch: ConfigWatch,
): Promise<void> {
  err.write('No TELEGRAM_TOKEN and no DISCORD_TOKEN is set: the bot runs in this terminal.\n');
  let current = app;
  const ended = new AbortController();
  const stop = AbortSignal.any([signal, ended.signal]);
  const lives = liveOn(app, clock, watch, stop, (next) => (current = next));
  lives.catch(() => ended.abort()); // nothing is to keep a program up that has failed
  const [topic] = config.topics;
  await openChat(() => current, topic, topic.language, { input, out, signal });
  ended.abort();
  await lives;
}

/** Lives with one configuration after the other until it is stopped; `take` hears of each new one. */
async function liveOn(
  app: App,
  clock: Clock,
  watch: ConfigWatch,
  signal: AbortSignal,
  take: (app: App) => void,
): Promise<void> {
  const { live } = await import('../bot/live.ts');
  for (let current = app; !signal.aborted;) {
    const changed = new AbortController();
    const next = watch.next(signal);
    void next.then((found) => found && changed.abort());
    const stop = AbortSignal.any([signal, changed.signal]);
    await live({ app: current, clock, openPlatforms: () => [] }, stop);
    const config = await next;
    if (config === null) return;
    current = withConfig(current, config);
    take(current);
    const topics = config.topics.map(({ key }) => key);
    await makeDue(current.db, topics, clock.now());
  }
}
