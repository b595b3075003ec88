import {
  type APIButtonComponent,
  type APISelectMenuComponent,
  type APIUser,
  ApplicationCommandType,
  ComponentType,
  EmbedType,
  InteractionContextType,
  InteractionType,
  PermissionFlagsBits as Permission,
} from 'discord-api-types/v10';

import type { Changes } from './discord-changes.ts';
import type { Commands } from './discord-commands.ts';
import { nodesOf } from './discord-component-tree.ts';
import type { Acknowledgement, Interaction, Interactions } from './discord-interactions.ts';
import { isEphemeral, type Messages, type StoredMessage } from './discord-messages.ts';
import { messageView, type VisibleMessage, visible } from './discord-message-views.ts';
import { optionsOf, resolvedOf, type Values } from './discord-options.ts';
import { permissionsIn, permissionsInGuild } from './discord-permissions.ts';
import { channelView, memberView } from './discord-views.ts';
import type { Channel, World } from './discord-world.ts';

/** What a person has begun by a command, a button or a menu. */
export type Act = {
  readonly id: string;
  /** Resolves when the bot has acknowledged it; rejects when it came to that too late. */
  acknowledged(): Promise<Acknowledgement>;
  /** Resolves with the first message that it shows, once nothing is "thinking" any more. */
  reply(): Promise<VisibleMessage>;
  /** Everything that it shows now. */
  messages(): VisibleMessage[];
};

/** What a person has said. */
export type Said = {
  readonly message: VisibleMessage;
  /** Resolves with the bot's first message that replies to it, or stands in its thread. */
  reply(): Promise<VisibleMessage>;
};

export type SayOptions = {
  /** The id of the message that this one replies to. */
  readonly replyTo?: string;
  /** Whether the reply pings. @default true */
  readonly ping?: boolean;
  /** Whether the text begins with a mention of the bot. @default false */
  readonly mention?: boolean;
};

/** Whether the new text begins with a mention of the bot. @default false */
export type EditOptions = Pick<SayOptions, 'mention'>;

export type ActsContext = {
  readonly world: World;
  readonly messages: Messages;
  readonly interactions: Interactions;
  readonly commands: Commands;
  readonly changes: Changes;
  readonly intents: () => number;
};

/** What people do. All of these throw where the person could not have done it. */
export class Acts {
  readonly #context: ActsContext;

  constructor(context: ActsContext) {
    this.#context = context;
  }

  /** @param name with the subcommand, if any: `report latest`. */
  command(user: APIUser, channel: Channel, name: string, values: Values = {}): Act {
    const type = InteractionType.ApplicationCommand;
    const data = this.#commandData({ user, channel, name, values });
    return this.#begin({ type, user, channel, data });
  }

  /** Types into an option: what the bot offers stands in the acknowledgement's `choices`. */
  autocomplete(user: APIUser, channel: Channel, name: string, typed: Typed): Act {
    const { option, text, values = {} } = typed;
    const type = InteractionType.ApplicationCommandAutocomplete;
    const given = { ...values, [option]: text };
    const data = this.#commandData({ user, channel, name, values: given, focused: option });
    return this.#begin({ type, user, channel, data });
  }

  press(user: APIUser, messageId: string, customId: string): Act {
    const { message, component } = this.#component(user, messageId, customId);
    if (component.type !== ComponentType.Button) throw new Error(`${customId} is no button`);
    const data = { custom_id: customId, component_type: component.type };
    return this.#begin({ ...ofComponent(message), user, data });
  }

  choose(user: APIUser, messageId: string, customId: string, values: readonly string[]): Act {
    const { message, component } = this.#component(user, messageId, customId);
    if (component.type === ComponentType.Button) throw new Error(`${customId} is no menu`);
    checkChoice(component, values);
    const data = { custom_id: customId, component_type: component.type, values };
    return this.#begin({ ...ofComponent(message), user, data });
  }

  say(user: APIUser, channel: Channel, text: string, options: SayOptions = {}): Said {
    const { world, messages, changes } = this.#context;
    const send = channel.thread ? Permission.SendMessagesInThreads : Permission.SendMessages;
    this.#checkMay(user, channel, send);
    const { replyTo, ping = true, mention = false } = options;
    const reference = replyTo === undefined ? undefined : messages.get(channel, replyTo);
    const allowed_mentions = ping ? undefined : { parse: ['users' as const], replied_user: false };
    const draft = {
      content: mention ? `<@${world.bot.id}> ${text}` : text,
      ...(allowed_mentions ? { allowed_mentions: allowed_mentions as object } : {}),
    };
    const message = messages.create(channel, { author: user, draft, reference });
    const isAnswer = (each: StoredMessage) =>
      each.author === world.bot &&
      (each.reference === message || (message.thread && each.channel === message.thread));
    return {
      message: visible(message),
      reply: () => changes.until(() => shown(messages.all.find(isAnswer))),
    };
  }

  /** Somebody says something else instead. @returns the message as it is then. */
  edit(messageId: string, text: string, { mention = false }: EditOptions = {}): VisibleMessage {
    const { world, messages } = this.#context;
    const message = messages.find(messageId);
    if (!message) throw new Error(`there is no message ${messageId}`);
    if (message.author === world.bot) throw new Error('the message is of the bot');
    messages.edit(message, { content: mention ? `<@${world.bot.id}> ${text}` : text });
    return visible(message);
  }

  /** Shows under a message what its link leads to, as Discord does some time after it was said. */
  unfurl(messageId: string): void {
    const message = this.#context.messages.find(messageId);
    if (!message) throw new Error(`there is no message ${messageId}`);
    this.#context.messages.unfurl(message, { type: EmbedType.Link, title: 'What is there' });
  }

  #begin(begun: Begun): Act {
    const { world, interactions, changes, intents } = this.#context;
    const { type, user, channel, data, source } = begun;
    const view = source && messageView(world, source, { intents: intents() });
    const payload = { ...this.#place(user, channel), data, ...(view ? { message: view } : {}) };
    const interaction = interactions.begin({
      type,
      user,
      channel,
      payload,
      ...(source ? { source } : {}),
    });
    const first = () => interactions.messagesOf(interaction)[0];
    return {
      id: interaction.id,
      acknowledged: () => changes.until(() => acknowledgementOf(interaction)),
      reply: () => changes.until(() => (answered(interaction) ? shown(first()) : undefined)),
      messages: () => interactions.messagesOf(interaction).map(visible),
    };
  }

  /** Where and by whom: the fields that all interactions have. */
  #place(user: APIUser, channel: Channel): object {
    const { world } = this.#context;
    const guild = world.guildOf(channel);
    const member = guild?.members.get(user.id);
    const permissions = String(permissionsIn(world, channel, user.id));
    const common = {
      channel_id: channel.id,
      channel: { ...channelView(channel), permissions },
      app_permissions: String(permissionsIn(world, channel, world.bot.id)),
      locale: user.locale ?? 'en-US',
      entitlements: [],
      attachment_size_limit: 10 * 1024 * 1024,
    };
    if (!guild || !member) {
      const owners = { authorizing_integration_owners: { 0: '0' } };
      return { ...common, ...owners, user, context: InteractionContextType.BotDM };
    }
    return {
      ...common,
      authorizing_integration_owners: { 0: guild.id },
      context: InteractionContextType.Guild,
      guild_id: guild.id,
      guild: { id: guild.id, locale: guild.locale, features: [] },
      guild_locale: guild.locale,
      member: { ...memberView(member), permissions },
    };
  }

  #commandData(asked: Asked): object {
    const { world, commands } = this.#context;
    const { user, channel, values, focused } = asked;
    const [name = '', ...path] = asked.name.split(' ');
    this.#checkMay(user, channel, Permission.UseApplicationCommands);
    const command = commands.find(name, channel.guildId);
    if (!command) throw new Error(`the bot has not registered /${name} here`);
    if (command.type !== ApplicationCommandType.ChatInput) throw new Error(`/${name} is in a menu`);
    const guild = world.guildOf(channel);
    const context = guild ? InteractionContextType.Guild : InteractionContextType.BotDM;
    if (command.contexts && !command.contexts.includes(context)) {
      throw new Error(`/${name} is not for this kind of channel`);
    }
    const needed = BigInt(command.default_member_permissions ?? 0);
    if (guild && (permissionsInGuild(guild, user.id) & needed) !== needed) {
      throw new Error(`${user.username} may not use /${name}`);
    }
    const filled = { command, path, values, ...(focused === undefined ? {} : { focused }) };
    const options = optionsOf(filled);
    const resolved = resolvedOf(world, guild, options);
    const { id, type, guild_id } = command;
    return { id, name, type, options, resolved, ...(guild_id ? { guild_id } : {}) };
  }

  #component(user: APIUser, messageId: string, customId: string) {
    const { world, messages } = this.#context;
    const message = messages.find(messageId);
    if (!message) throw new Error(`there is no message ${messageId}`);
    if (message.author !== world.bot) throw new Error('the message is not of the bot');
    this.#checkMay(user, message.channel, 0n);
    if (isEphemeral(message) && message.origin?.user !== user) {
      throw new Error(`${user.username} does not see the message`);
    }
    const component = nodesOf(message.face.components)
      .map(({ node }) => node)
      .find((node): node is Pressable => 'custom_id' in node && node.custom_id === customId);
    if (!component) throw new Error(`there is no ${customId} on the message`);
    if (component.disabled) throw new Error(`${customId} is disabled`);
    return { message, component };
  }

  #checkMay({ id, username }: APIUser, channel: Channel, needed: bigint): void {
    const has = permissionsIn(this.#context.world, channel, id);
    if (!this.#context.world.channels.has(channel.id)) throw new Error('the channel is gone');
    const all = needed | Permission.ViewChannel;
    if ((has & all) !== all) throw new Error(`${username} may not do that in ${channel.name}`);
  }
}

export type Typed = {
  readonly option: string;
  readonly text: string;
  readonly values?: Values;
};

type Pressable = Extract<APIButtonComponent | APISelectMenuComponent, { custom_id: string }>;

type Asked = {
  readonly user: APIUser;
  readonly channel: Channel;
  readonly name: string;
  readonly values: Values;
  readonly focused?: string;
};

type Begun = {
  readonly type: InteractionType;
  readonly user: APIUser;
  readonly channel: Channel;
  readonly data: object;
  readonly source?: StoredMessage;
};

function ofComponent(message: StoredMessage) {
  const type = InteractionType.MessageComponent;
  return { type, channel: message.channel, source: message };
}

function checkChoice(select: APISelectMenuComponent, values: readonly string[]): void {
  const { custom_id, min_values = 1, max_values = 1 } = select;
  if (values.length < min_values || values.length > max_values) {
    throw new Error(`${custom_id} takes ${min_values} to ${max_values} values`);
  }
  if (select.type !== ComponentType.StringSelect) return;
  const strange = values.find((each) => !select.options.some(({ value }) => value === each));
  if (strange !== undefined) throw new Error(`${custom_id} has no option ${strange}`);
}

/** @throws where the bot was too late. */
function acknowledgementOf({ missedAfter, acknowledgement }: Interaction) {
  if (missedAfter !== undefined) throw new Error(`acknowledged too late: after ${missedAfter} ms`);
  return acknowledgement;
}

/** Whether what was begun shows something: of a deferred update, when the message was changed. */
function answered({ acknowledgement, source, sourceEdits }: Interaction): boolean {
  if (acknowledgement?.kind !== 'deferred update') return acknowledgement !== undefined;
  return (source?.history.length ?? 0) > sourceEdits;
}

function shown(message: StoredMessage | undefined): VisibleMessage | undefined {
  const seen = message && visible(message);
  return seen?.isLoading ? undefined : seen;
}
