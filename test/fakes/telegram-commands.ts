import type { BotCommand, BotCommandScope } from '@grammyjs/types';

import { badRequest } from './telegram-refused.ts';
import type { Params } from './telegram-schema.ts';

const MOST_COMMANDS = 100;

/** The lists of commands that the bot sets, by scope and language. */
export class Commands {
  readonly #lists = new Map<string, readonly BotCommand[]>();

  set(params: Params): true {
    const commands = params['commands'] as readonly BotCommand[];
    if (commands.length > MOST_COMMANDS) throw badRequest('BOT_COMMANDS_TOO_MUCH');
    for (const { command, description } of commands) {
      if (!/^[a-z0-9_]{1,32}$/.test(command)) throw badRequest('BOT_COMMAND_INVALID');
      const { length } = Array.from(description);
      if (length < 1 || length > 256) throw badRequest('BOT_COMMAND_DESCRIPTION_INVALID');
    }
    this.#lists.set(keyOf(params), commands);
    return true;
  }

  get(params: Params): readonly BotCommand[] {
    return this.#lists.get(keyOf(params)) ?? [];
  }

  delete(params: Params): true {
    this.#lists.delete(keyOf(params));
    return true;
  }

  /** What was set, for tests. */
  find(scope: BotCommandScope = { type: 'default' }, language = ''): readonly BotCommand[] {
    return this.get({ scope, language_code: language });
  }
}

function keyOf(params: Params): string {
  const { scope = { type: 'default' }, language_code: language = '' } = params;
  const sorted = Object.entries(scope as object).toSorted(([a], [b]) => a.localeCompare(b));
  return JSON.stringify([language, sorted]);
}
