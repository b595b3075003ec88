import { type App, openApp, whileFilling } from '../app.ts';
import type { Platform } from '../chat/platform.ts';
import { type Clock, SYSTEM_CLOCK } from '../lib/clock.ts';
import { openDatabaseClock } from '../store/clock.ts';
import { openChat } from './chat.ts';
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
  const { config, log, now, signal } = with_;
  const app = await openApp(config, log, now);
  const ended = new AbortController();
  try {
    const clock = await openDatabaseClock(app.pool, AbortSignal.any([signal, ended.signal]));
    await whileFilling(app, () => beBot(keepTime(app, clock), clock, with_));
    return 0;
  } finally {
    ended.abort();
    await app.close();
  }
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

/** The pieces of the program, all by one clock. */
function keepTime(app: App, clock: Clock): App {
  const now = () => clock.now();
  return { ...app, now, office: app.office && { ...app.office, now } };
}
