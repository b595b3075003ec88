import {
  ApplicationCommandOptionType as Kind,
  ApplicationCommandType,
  Locale,
  type RESTPostAPIChatInputApplicationCommandsJSONBody,
  type RESTPutAPIApplicationCommandsJSONBody,
} from 'discord-api-types/v10';

import { checkLength, checkUnique, required } from './discord-complaints.ts';
import type { Complaint } from './discord-refused.ts';

const NAME = /^[-_'\p{L}\p{N}\p{sc=Deva}\p{sc=Thai}]{1,32}$/u;
const LOCALES = new Set<string>(Object.values(Locale));
const MOST_TEXT = 8000;
const NESTING: ReadonlySet<Kind> = new Set([Kind.Subcommand, Kind.SubcommandGroup]);

type Path = Complaint['path'];
type Command = RESTPutAPIApplicationCommandsJSONBody[number];
type ChatCommand = RESTPostAPIChatInputApplicationCommandsJSONBody;
type Words = object | null | undefined;
type Named = {
  readonly name: string;
  readonly description: string;
  readonly name_localizations?: Words;
  readonly description_localizations?: Words;
};
/** An option, with the fields of all kinds. */
type Option = Named & {
  readonly type: Kind;
  readonly required?: boolean | undefined;
  readonly options?: readonly Option[] | undefined;
  readonly choices?: readonly Choice[] | undefined;
  readonly autocomplete?: boolean | undefined;
};
type Choice = { readonly name: string; readonly value: string | number };

/** Complaints about a bulk overwrite of an application's commands. */
export function checkCommands(commands: RESTPutAPIApplicationCommandsJSONBody): Complaint[] {
  const chat = commands.filter(isChatCommand);
  return [
    ...checkLength([], chat, [0, 100]),
    ...commands.flatMap((command, index) => checkCommand(command, [index])),
    ...checkUnique(
      commands.map(({ name, type = 1 }, index) => ({ path: [index], value: `${type} ${name}` })),
      {
        code: 'APPLICATION_COMMANDS_DUPLICATE_NAME',
        message: 'Application command names must be unique',
      },
    ),
  ];
}

function isChatCommand(command: Command): command is ChatCommand {
  return (command.type ?? ApplicationCommandType.ChatInput) === ApplicationCommandType.ChatInput;
}

function checkCommand(command: Command, at: Path): Complaint[] {
  if (!isChatCommand(command)) return checkLength([...at, 'name'], command.name, [1, 32]);
  const options = (command.options ?? []) as readonly Option[];
  const total = lengthOf({ ...command, options });
  const tooLong: Complaint = {
    path: at,
    code: 'APPLICATION_COMMAND_TOO_LARGE',
    message: `Command exceeds maximum size (${MOST_TEXT})`,
  };
  return [
    ...checkNaming(command, at),
    ...checkOptions(options, [...at, 'options']),
    ...(total > MOST_TEXT ? [tooLong] : []),
  ];
}

function checkNaming(named: Named, at: Path): Complaint[] {
  return [
    ...checkName(named.name, [...at, 'name']),
    ...checkLength([...at, 'description'], named.description, [1, 100]),
    ...checkLocalized(named.name_localizations, [...at, 'name_localizations'], checkName),
    ...checkLocalized(
      named.description_localizations,
      [...at, 'description_localizations'],
      (words, path) => checkLength(path, words, [1, 100]),
    ),
  ];
}

function checkName(name: string, path: Path): Complaint[] {
  if (NAME.test(name) && name === name.toLowerCase()) return [];
  const code = 'APPLICATION_COMMAND_INVALID_NAME';
  return [{ path, code, message: 'Command name is invalid' }];
}

function checkLocalized(
  words: Words,
  at: Path,
  check: (word: string, path: Path) => Complaint[],
): Complaint[] {
  return Object.entries(words ?? {}).flatMap(([locale, word]) => {
    const path = [...at, locale];
    if (!LOCALES.has(locale)) {
      const message = `Value must be one of {${[...LOCALES].join(', ')}}.`;
      return [{ path, code: 'BASE_TYPE_CHOICES', message }];
    }
    return word === null ? [] : check(String(word), path);
  });
}

function checkOptions(options: readonly Option[], at: Path, depth = 0): Complaint[] {
  const code = 'APPLICATION_COMMAND_OPTIONS_NAME_INVALID';
  return [
    ...checkLength(at, options, [0, 25]),
    ...options.flatMap((option, index) => checkOption(option, [...at, index], depth)),
    ...checkOrder(options, at),
    ...checkUnique(
      options.map(({ name }, index) => ({ path: [...at, index], value: name })),
      { code, message: 'Option names must be unique' },
    ),
  ];
}

function checkOption(option: Option, at: Path, depth: number): Complaint[] {
  const { options, choices, autocomplete } = option;
  const isNesting = NESTING.has(option.type);
  const both: Complaint = {
    path: at,
    code: 'APPLICATION_COMMAND_OPTIONS_AUTOCOMPLETE_WITH_CHOICES',
    message: 'Autocomplete options may not have choices',
  };
  const tooDeep: Complaint = {
    path: at,
    code: 'APPLICATION_COMMAND_OPTIONS_TYPE_INVALID',
    message: 'Sub-command and sub-command group option types are not nestable here',
  };
  const group = option.type === Kind.SubcommandGroup;
  return [
    ...checkNaming(option, at),
    ...(isNesting && depth > (group ? 0 : 1) ? [tooDeep] : []),
    ...(group && !options?.length ? [required([...at, 'options'])] : []),
    ...(options ? checkOptions(options, [...at, 'options'], depth + 1) : []),
    ...(autocomplete && choices?.length ? [both] : []),
    ...checkChoices(option, [...at, 'choices']),
  ];
}

/** Required options stand before optional ones, and subcommands only beside subcommands. */
function checkOrder(options: readonly Option[], at: Path): Complaint[] {
  const firstOptional = options.findIndex((option) => !option.required);
  const late = options.findIndex(
    (option, index) => option.required && firstOptional >= 0 && index > firstOptional,
  );
  if (late >= 0) {
    const code = 'APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID';
    const message = 'Required options must be placed before non-required options';
    return [{ path: [...at, late], code, message }];
  }
  const nesting = options.filter(({ type }) => NESTING.has(type));
  if (nesting.length === 0 || nesting.length === options.length) return [];
  const code = 'APPLICATION_COMMAND_OPTIONS_TYPE_INVALID';
  const message = 'Sub-command and sub-command group option types are mutually exclusive to others';
  return [{ path: at, code, message }];
}

function checkChoices({ choices = [], type }: Option, at: Path): Complaint[] {
  const unfit = (value: string | number) => (typeof value === 'string') !== (type === Kind.String);
  const duplicated = {
    code: 'APPLICATION_COMMAND_OPTIONS_CHOICE_NAME_ALREADY_EXISTS',
    message: 'Option choice name already exists',
  };
  return [
    ...checkLength(at, choices, [0, 25]),
    ...choices.flatMap(({ name, value }, index) => [
      ...checkLength([...at, index, 'name'], name, [1, 100]),
      ...(typeof value === 'string' ? checkLength([...at, index, 'value'], value, [1, 100]) : []),
      ...(unfit(value) ? [wrongValue([...at, index, 'value'], value)] : []),
    ]),
    ...checkUnique(
      choices.map(({ name }, index) => ({ path: [...at, index], value: name })),
      duplicated,
    ),
  ];
}

function wrongValue(path: Path, value: string | number): Complaint {
  return {
    path,
    code: 'BASE_TYPE_COERCE',
    message: `Value "${value}" is not of the option's type.`,
  };
}

type Sized = Named & Pick<Option, 'options' | 'choices'>;

/** Names, descriptions and values of a command; of localizations, Discord counts the longest. */
function lengthOf(named: Sized): number {
  const name = longest(named.name, named.name_localizations);
  const description = longest(named.description, named.description_localizations);
  const choices = (named.choices ?? []).map((each) => `${each.name}${each.value}`.length);
  const options = (named.options ?? []).map(lengthOf);
  return [...choices, ...options].reduce((sum, length) => sum + length, name + description);
}

function longest(word: string, localized: Words): number {
  const words = Object.values(localized ?? {}).map((each) => String(each ?? ''));
  return Math.max(...[word, ...words].map(({ length }) => length));
}
