import type { Command } from '../src/chat/command.ts';
import { ask } from './ask.ts';
import { digest } from './digest.ts';
import { help } from './help.ts';
import { section } from './section.ts';

/** Everything that a person can say to the bot, on every platform, in the order of the help. */
export const commands: readonly Command[] = [digest, section, ask, help];
