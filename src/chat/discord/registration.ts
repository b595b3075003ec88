import {
  ApplicationCommandOptionType,
  ApplicationCommandType,
  ApplicationIntegrationType,
  InteractionContextType,
  PermissionFlagsBits,
  type REST,
  type RESTPostAPIChatInputApplicationCommandsJSONBody as Registered,
  Routes,
} from 'discord.js';
import { z } from 'zod';

import { shorten } from '../../lib/text.ts';
import { textsIn } from '../../texts/texts.ts';
import type { Command } from '../command.ts';
import type { Option } from '../options.ts';

/** Discord's limits of a command. */
const LONGEST_DESCRIPTION = 100;
const MOST_OPTIONS = 25;
const NAME = /^[-_\p{L}\p{N}]{1,32}$/u;

/** An option under the name by which Discord shows it. */
export type NamedOption = { readonly name: string; readonly option: Option<unknown> };

/** A command's options in the order of its definition: named as the help names them where possible. */
export function namedOptions({ options }: Pick<Command, 'options'>): NamedOption[] {
  const entries = Object.entries(options).slice(0, MOST_OPTIONS);
  const hints = entries.map(([, { hint }]) => hint.toLowerCase());
  return entries.map(([key, option], index) => {
    const hint = hints[index] ?? '';
    const isFit = NAME.test(hint) && hints.indexOf(hint) === hints.lastIndexOf(hint);
    return { name: isFit ? hint : key.toLowerCase(), option };
  });
}

/** Commands as Discord registers them. Who may not give one is not offered it. */
export function registrationsOf(commands: readonly Command[]): Registered[] {
  return commands.map((command) => {
    const { name } = command;
    const chinese = within(textsIn('zh').commands[name]);
    return {
      type: ApplicationCommandType.ChatInput,
      name,
      description: within(textsIn('en').commands[name]),
      description_localizations: { 'zh-CN': chinese, 'zh-TW': chinese },
      options: optionsOf(command),
      default_member_permissions:
        command.for === 'owner' ? String(PermissionFlagsBits.Administrator) : null,
      contexts: [InteractionContextType.Guild, InteractionContextType.BotDM],
      integration_types: [ApplicationIntegrationType.GuildInstall],
    };
  });
}

/** What must be given comes first: Discord wants it so. */
function optionsOf(command: Command) {
  return namedOptions(command)
    .toSorted((one, other) => Number(one.option.optional) - Number(other.option.optional))
    .map(({ name, option }) => ({
      type: ApplicationCommandOptionType.String as const,
      name,
      description: within(option.hint),
      required: !option.optional,
      autocomplete: option.suggest !== undefined,
    }));
}

function within(words: string): string {
  return shorten(words, LONGEST_DESCRIPTION - 1);
}

const optionThere = z.object({
  type: z.number(),
  name: z.string(),
  description: z.string(),
  required: z.boolean().default(false),
  autocomplete: z.boolean().default(false),
});

const commandsThere = z.array(
  z.object({
    type: z.number().default(ApplicationCommandType.ChatInput),
    name: z.string(),
    description: z.string(),
    description_localizations: z.record(z.string(), z.string()).nullish().default(null),
    options: z.array(optionThere).default([]),
    default_member_permissions: z.string().nullish().default(null),
    contexts: z.array(z.number()).nullish().default(null),
    integration_types: z.array(z.number()).nullish().default(null),
  }),
);

/** Whether what Discord has is what it should have, whatever it has added and in whatever order. */
export function isRegistered(wanted: readonly Registered[], there: unknown): boolean {
  const read = commandsThere.safeParse(there);
  return read.success && inOrder(read.data) === inOrder(commandsThere.parse(wanted));
}

function inOrder(commands: z.output<typeof commandsThere>): string {
  return JSON.stringify(
    commands
      .map(({ description_localizations: localizations, contexts, ...rest }) => ({
        ...rest,
        contexts: contexts?.toSorted(),
        localizations: Object.entries(localizations ?? {}).toSorted(([a], [b]) => (a < b ? -1 : 1)),
      }))
      .toSorted((a, b) => (a.name < b.name ? -1 : 1)),
  );
}

/** Registers the commands for everywhere, where others are registered than should be. */
export async function register(
  rest: Pick<REST, 'get' | 'put'>,
  applicationId: string,
  commands: readonly Command[],
): Promise<'registered' | 'unchanged'> {
  const route = Routes.applicationCommands(applicationId);
  const wanted = registrationsOf(commands);
  const query = new URLSearchParams({ with_localizations: 'true' });
  if (isRegistered(wanted, await rest.get(route, { query }))) return 'unchanged';
  await rest.put(route, { body: wanted });
  return 'registered';
}
