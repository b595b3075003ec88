import type { Command } from '../src/chat/command.ts';
import { ask } from './ask.ts';
import { digest } from './digest.ts';
import { dropped } from './dropped.ts';
import { help } from './help.ts';
import { section } from './section.ts';
import { takeback } from './takeback.ts';

/** Everything that a person can say to the bot, on every platform, in the order of the help. */
export const commands: readonly Command[] = [digest, section, ask, dropped, takeback, help];
