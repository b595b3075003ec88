import path from 'node:path';

import { commands } from '../../commands/index.ts';
import { type App, openApp, whileFilling, withConfig } from '../app.ts';
import type { Bureau } from '../chat/bureau.ts';
import type { Context } from '../chat/command.ts';
import { chatInTerminal } from '../chat/terminal/chat.ts';
import { topicNamed } from '../config.ts';
import type { Channel } from '../model/channel.ts';
import type { Language, Topic } from '../model/topic.ts';
import { dayOf } from '../model/window.ts';
import { textsIn } from '../texts/texts.ts';
import { openBureau } from '../bot/bureau.ts';
import { ConfigWatch, followConfig } from './follow.ts';
import { languageOption } from './language.ts';
import { lookOf, sayIn } from './show.ts';
import type { Surroundings, Verb } from './verb.ts';

/** Whoever sits at the machine. */
const TERMINAL: Channel = { platform: 'terminal', chat: 'local', thread: null };

type Options = { topic?: string; language?: Language };

/** `chorus chat` */
export const chat: Verb = (program, start) => {
  program
    .command('chat')
    .description('talk to the bot in the terminal; /quit or Ctrl-D ends')
    .option('--topic <topic>', 'the topic; the first one when not given')
    .addOption(languageOption('the topic’s when not given'))
    .action((options: Options) => start((with_) => run(options, with_)));
};

async function run(options: Options, with_: Surroundings): Promise<number> {
  const topic = topicNamed(with_.config, options.topic);
  let app = await openApp(with_.config, with_.log, with_.now);
  const ended = new AbortController();
  const stop = AbortSignal.any([with_.signal, ended.signal]);
  const following = followConfig(
    new ConfigWatch(with_),
    stop,
    (next) => (app = withConfig(app, next)),
  );
  try {
    const language = options.language ?? topic.language;
    await whileFilling(app, () => openChat(() => app, topic, language, with_));
    return 0;
  } finally {
    ended.abort();
    await following;
    await app.close();
  }
}

/**
 * Greets, and talks about a topic until the person has had enough.
 *
 * @param current The pieces with the configuration as it is now.
 */
export async function openChat(
  current: () => App,
  topic: Topic,
  language: Language,
  { input, out, signal }: Pick<Surroundings, 'input' | 'out' | 'signal'>,
): Promise<void> {
  const texts = textsIn(language);
  const { config, log, now } = current();
  const today = texts.today(dayOf(now(), topic.timeZone));
  sayIn(out, [texts.welcome(topic.title), today, texts.howToBegin].join(' '));
  await chatInTerminal({
    context: contextOf(current, topic, language, signal),
    log,
    input,
    out,
    look: lookOf(out),
    interactive: input.isTTY && out.isTTY,
    pictureFolder: path.join(config.dataFolder, 'pictures'),
    signal,
  });
  signal.throwIfAborted();
}

/** What commands need, with the configuration as it is when they are given. */
function contextOf(
  current: () => App,
  topic: Topic,
  language: Language,
  signal: AbortSignal,
): () => Omit<Context, 'live'> {
  let known: { readonly app: App; readonly bureau: Bureau } | null = null;
  return () => {
    const app = current();
    if (known?.app !== app) known = { app, bureau: openBureau(app, signal) };
    const { config, db, log, now } = app;
    return {
      db,
      now,
      bureau: known.bureau,
      channel: TERMINAL,
      person: { id: 'local', role: 'owner' },
      topic: config.topics.find(({ key }) => key === topic.key) ?? topic,
      language,
      commands,
      shown: null,
      answered: null,
      messageId: null,
      log,
    };
  };
}
