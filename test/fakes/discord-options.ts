import {
  type APIApplicationCommand,
  type APIApplicationCommandOption,
  type APIApplicationCommandSubcommandGroupOption,
  type APIApplicationCommandSubcommandOption,
  ApplicationCommandOptionType as Kind,
} from 'discord-api-types/v10';

import { channelView, memberView, roleView } from './discord-views.ts';
import type { Guild, World } from './discord-world.ts';

export type Values = Readonly<Record<string, string | number | boolean>>;

type Given = {
  readonly name: string;
  readonly type: Kind;
  readonly value?: string | number | boolean;
  readonly focused?: true;
  readonly options?: readonly Given[];
};

export type Filled = {
  readonly command: APIApplicationCommand;
  /** Names of the subcommand group and the subcommand. */
  readonly path: readonly string[];
  readonly values: Values;
  /** The option that is being typed: it need not be whole, nor the others be there. */
  readonly focused?: string;
};

/** The options of an interaction. @throws where a person could not have sent them. */
export function optionsOf({ command, path, values, focused }: Filled): Given[] {
  return nest(command.options ?? [], path, (options) => {
    const strangers = Object.keys(values).filter(
      (name) => !options.some((option) => option.name === name),
    );
    if (strangers.length > 0) throw new Error(`/${command.name} has no option ${strangers[0]}`);
    return options.flatMap((option) => fill(option, values[option.name], focused));
  });
}

function nest(
  options: readonly APIApplicationCommandOption[],
  [name, ...rest]: readonly string[],
  fillAll: (options: readonly APIApplicationCommandOption[]) => Given[],
): Given[] {
  if (name === undefined) {
    const inner = options.find(isNesting);
    if (inner) throw new Error(`the command wants a subcommand, such as ${inner.name}`);
    return fillAll(options);
  }
  const option = options.find((each) => each.name === name);
  if (!option || !isNesting(option)) throw new Error(`there is no subcommand ${name}`);
  const inner = (option.options ?? []) as APIApplicationCommandOption[];
  return [{ name, type: option.type, options: nest(inner, rest, fillAll) }];
}

type Nesting = APIApplicationCommandSubcommandOption | APIApplicationCommandSubcommandGroupOption;

function isNesting(option: APIApplicationCommandOption): option is Nesting {
  return option.type === Kind.Subcommand || option.type === Kind.SubcommandGroup;
}

function fill(
  option: APIApplicationCommandOption,
  value: string | number | boolean | undefined,
  focused: string | undefined,
): Given[] {
  const { name, type } = option;
  if (focused === name) {
    if (!('autocomplete' in option) || !option.autocomplete) {
      throw new Error(`the option ${name} has no autocompletion`);
    }
    return [{ name, type, value: String(value ?? ''), focused: true }];
  }
  if (value === undefined) {
    if (option.required && focused === undefined) throw new Error(`the option ${name} is required`);
    return [];
  }
  const fault = faultOf(option, value);
  if (fault) throw new Error(`the option ${name} does not take ${value}: ${fault}`);
  return [{ name, type, value }];
}

type Range = { readonly min_value?: number; readonly max_value?: number };

/** What Discord's client would say to a value. */
function faultOf(option: APIApplicationCommandOption, value: string | number | boolean) {
  const choices = 'choices' in option ? (option.choices ?? []) : [];
  if (choices.length > 0 && !choices.some((choice) => choice.value === value)) return 'no choice';
  switch (option.type) {
    case Kind.String: {
      const { min_length = 0, max_length = 6000 } = option;
      if (typeof value !== 'string') return 'not a text';
      return value.length < min_length || value.length > max_length ? 'length' : null;
    }
    case Kind.Integer:
    case Kind.Number: {
      const { min_value = -Infinity, max_value = Infinity } = option as Range;
      if (typeof value !== 'number') return 'not a number';
      if (option.type === Kind.Integer && !Number.isInteger(value)) return 'not an integer';
      return value < min_value || value > max_value ? 'out of range' : null;
    }
    case Kind.Boolean:
      return typeof value === 'boolean' ? null : 'neither true nor false';
    default:
      return typeof value === 'string' ? null : 'not an id';
  }
}

/** What the ids among the values stand for. */
export function resolvedOf(
  world: World,
  guild: Guild | undefined,
  given: readonly Given[],
): object {
  const flat = flatten(given);
  const ids = (...types: Kind[]) =>
    flat.flatMap(({ type, value }) => (types.includes(type) ? [String(value)] : []));
  const users = ids(Kind.User, Kind.Mentionable).flatMap((id) => world.users.get(id) ?? []);
  const channels = ids(Kind.Channel).flatMap((id) => world.channels.get(id) ?? []);
  const roles = ids(Kind.Role, Kind.Mentionable).flatMap((id) => guild?.roles.get(id) ?? []);
  const members = users.flatMap(({ id }) => guild?.members.get(id) ?? []);
  const resolved = {
    users: Object.fromEntries(users.map((user) => [user.id, user])),
    members: Object.fromEntries(members.map((each) => [each.user.id, memberView(each)])),
    channels: Object.fromEntries(
      channels.map((each) => [each.id, { ...channelView(each), permissions: '0' }]),
    ),
    roles: Object.fromEntries(roles.map((role) => [role.id, roleView(role)])),
  };
  return Object.fromEntries(Object.entries(resolved).filter(([, map]) => Object.keys(map).length));
}

function flatten(given: readonly Given[]): Given[] {
  return given.flatMap((each) => [each, ...flatten(each.options ?? [])]);
}
