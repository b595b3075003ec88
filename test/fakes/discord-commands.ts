import {
  type APIApplicationCommand,
  ApplicationCommandType,
  type RESTPutAPIApplicationCommandsJSONBody,
} from 'discord-api-types/v10';

import { checkCommands } from './discord-command-rules.ts';
import { refuse, throwComplaints } from './discord-refused.ts';
import type { World } from './discord-world.ts';

type NewCommand = RESTPutAPIApplicationCommandsJSONBody[number];

/** The commands that the application has registered, for everywhere or for one server. */
export class Commands {
  readonly #world: World;
  readonly #scopes = new Map<string, APIApplicationCommand[]>();

  constructor(world: World) {
    this.#world = world;
  }

  /** @param guildId undefined: everywhere. */
  in(guildId?: string): readonly APIApplicationCommand[] {
    return this.#scopes.get(guildId ?? '') ?? [];
  }

  /** Replaces all. Those that keep their name keep their id. @throws Refused */
  overwrite(commands: RESTPutAPIApplicationCommandsJSONBody, guildId?: string) {
    throwComplaints(checkCommands(commands));
    const made = commands.map((command) => this.#make(command, guildId));
    this.#scopes.set(guildId ?? '', made);
    return made;
  }

  /** Adds one, or replaces that of the same name. @throws Refused */
  upsert(command: NewCommand, guildId?: string): APIApplicationCommand {
    throwComplaints(
      checkCommands([command]).map((each) => ({ ...each, path: each.path.slice(1) })),
    );
    const made = this.#make(command, guildId);
    const others = this.in(guildId).filter(({ name }) => name !== command.name);
    this.#scopes.set(guildId ?? '', [...others, made]);
    return made;
  }

  /** @throws Refused */
  remove(id: string, guildId?: string): void {
    const rest = this.in(guildId).filter((command) => command.id !== id);
    if (rest.length === this.in(guildId).length) throw refuse(10063);
    this.#scopes.set(guildId ?? '', rest);
  }

  /** The command that people see under a name in a server, or in direct messages. */
  find(name: string, guildId: string | null): APIApplicationCommand | undefined {
    const here = guildId === null ? [] : this.in(guildId);
    return [...here, ...this.in()].find((command) => command.name === name);
  }

  #make(command: NewCommand, guildId: string | undefined): APIApplicationCommand {
    const earlier = this.in(guildId).find(({ name }) => name === command.name);
    const version = this.#world.ids.next();
    return {
      ...command,
      id: earlier?.id ?? version,
      application_id: this.#world.bot.id,
      version,
      type: command.type ?? ApplicationCommandType.ChatInput,
      default_member_permissions: command.default_member_permissions ?? null,
      ...(guildId ? { guild_id: guildId } : {}),
    } as APIApplicationCommand;
  }
}
