import path from 'node:path';

import { commands } from '../../commands/index.ts';
import { type App, openApp, whileFilling } from '../app.ts';
import { chatInTerminal } from '../chat/terminal/chat.ts';
import { topicNamed } from '../config.ts';
import type { Channel } from '../model/channel.ts';
import type { Language, Topic } from '../model/topic.ts';
import { dayOf } from '../model/window.ts';
import { textsIn } from '../texts/texts.ts';
import { openBureau } from '../bot/bureau.ts';
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
  const app = await openApp(with_.config, with_.log, with_.now);
  try {
    await whileFilling(app, () => openChat(app, topic, options.language ?? topic.language, with_));
    return 0;
  } finally {
    await app.close();
  }
}

/** Greets, and talks about a topic until the person has had enough. */
export async function openChat(
  app: App,
  topic: Topic,
  language: Language,
  { input, out, signal }: Pick<Surroundings, 'input' | 'out' | 'signal'>,
): Promise<void> {
  const texts = textsIn(language);
  const today = texts.today(dayOf(app.now(), topic.timeZone));
  sayIn(out, [texts.welcome(topic.title), today, texts.howToBegin].join(' '));
  await chatInTerminal({
    context: {
      db: app.db,
      now: app.now,
      bureau: openBureau(app),
      channel: TERMINAL,
      person: { id: 'local', role: 'owner' },
      topic,
      language,
      commands,
      shown: null,
      answered: null,
      messageId: null,
      log: app.log,
    },
    log: app.log,
    input,
    out,
    look: lookOf(out),
    interactive: input.isTTY && out.isTTY,
    pictureFolder: path.join(app.config.dataFolder, 'pictures'),
    signal,
  });
  signal.throwIfAborted();
}
