import type { Log } from '../../lib/log.ts';
import { LANGUAGES, type Language } from '../../model/topic.ts';
import { textsIn } from '../../texts/texts.ts';
import { type Command, isFor, type Role } from '../command.ts';
import type { BotApi } from './client.ts';

/** Who sees a list of commands while typing. */
type Scope =
  | { readonly type: 'all_private_chats' | 'all_group_chats' }
  | { readonly type: 'chat'; readonly chat_id: number };

/**
 * Tells Telegram what people may write, so that it offers that while they type: owners' commands to
 * the owners alone. What fails is logged: a bot without such lists works as well.
 */
export async function registerCommands(
  api: BotApi,
  commands: readonly Command[],
  owners: readonly string[],
  log: Log,
  signal: AbortSignal,
): Promise<void> {
  const scopes: (readonly [Scope, Role])[] = [
    [{ type: 'all_private_chats' }, 'admin'],
    [{ type: 'all_group_chats' }, 'admin'],
    ...owners.map((owner) => [{ type: 'chat', chat_id: Number(owner) }, 'owner'] as const),
  ];
  for (const [scope, role] of scopes) {
    const offered = commands.filter((command) => isFor(role, command));
    for (const language of LANGUAGES) {
      const parameters = {
        commands: listIn(language, offered),
        scope,
        ...(language !== DEFAULT && { language_code: language }),
      };
      await api
        .call({ method: 'setMyCommands', parameters }, { signal })
        .catch((error: unknown) => log.info({ scope, language, err: error }, 'commands not set'));
    }
  }
}

/** What people of all other languages see. */
const DEFAULT: Language = 'en';

function listIn(language: Language, commands: readonly Command[]) {
  const texts = textsIn(language).commands;
  return commands.map(({ name }) => ({ command: name, description: texts[name] }));
}
