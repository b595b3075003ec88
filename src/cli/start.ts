import { openApp } from '../app.ts';
import { SYSTEM_CLOCK } from '../lib/clock.ts';
import { openChat } from './chat.ts';
import type { Surroundings, Verb } from './verb.ts';

/** `chorus start` */
export const startBot: Verb = (program, start) => {
  program
    .command('start')
    .description('be the bot: make and post digests on time, answer in the chats; Ctrl-C ends')
    .action(() => start(run));
};

async function run(with_: Surroundings): Promise<number> {
  const { config, log, now, err, out, input, signal } = with_;
  // The platforms' libraries are large; no other verb is to wait for them.
  const { live } = await import('../bot/live.ts');
  const { openPlatforms } = await import('../bot/platforms.ts');
  const app = await openApp(config, log, now);
  try {
    const platforms = openPlatforms(app, SYSTEM_CLOCK);
    const names = platforms.map(({ name }) => name);
    const ended = new AbortController();
    const stop = AbortSignal.any([signal, ended.signal]);
    const life = live({ app, clock: SYSTEM_CLOCK, platforms }, stop);
    if (names.length > 0) err.write(`The bot runs on ${names.join(' and ')}. Ctrl-C ends.\n`);
    else {
      err.write('No TELEGRAM_TOKEN and no DISCORD_TOKEN is set: the bot runs in this terminal.\n');
      const [topic] = config.topics;
      await openChat(app, topic, topic.language, { input, out, signal });
      ended.abort();
    }
    await life;
    return 0;
  } finally {
    await app.close();
  }
}
