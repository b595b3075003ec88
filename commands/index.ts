import type { Command } from '../src/chat/command.ts';
import { allow } from './allow.ts';
import { ask } from './ask.ts';
import { cloud } from './cloud.ts';
import { deny } from './deny.ts';
import { digest } from './digest.ts';
import { dropped } from './dropped.ts';
import { help } from './help.ts';
import { begin } from './new.ts';
import { language } from './language.ts';
import { run } from './run.ts';
import { schedule } from './schedule.ts';
import { section } from './section.ts';
import { sources } from './sources.ts';
import { status } from './status.ts';
import { subscribe } from './subscribe.ts';
import { takeback } from './takeback.ts';
import { topic } from './topic.ts';
import { topics } from './topics.ts';
import { unsubscribe } from './unsubscribe.ts';
import { usage } from './usage.ts';

/** Everything that a person can say to the bot, on every platform, in the order of the help. */
export const commands: readonly Command[] = [
  digest,
  section,
  sources,
  cloud,
  ask,
  begin,
  topics,
  subscribe,
  unsubscribe,
  schedule,
  language,
  status,
  help,
  allow,
  deny,
  run,
  usage,
  dropped,
  takeback,
  topic,
];
