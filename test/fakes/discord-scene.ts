import {
  type APIInteractionResponse,
  PermissionFlagsBits as Permission,
  type RESTPatchAPIChannelJSONBody,
  type RESTPostAPIChannelMessagesThreadsJSONBody,
  type RESTPostAPIChannelThreadsJSONBody,
  type RESTPostAPICurrentUserCreateDMChannelJSONBody,
  type RESTPostAPIGuildForumThreadsJSONBody,
  type RESTPutAPIApplicationCommandsJSONBody,
} from 'discord-api-types/v10';

import type { Commands } from './discord-commands.ts';
import type { Interactions } from './discord-interactions.ts';
import type { Draft } from './discord-message-rules.ts';
import type { Messages, StoredMessage } from './discord-messages.ts';
import { messageView } from './discord-message-views.ts';
import { checkMay } from './discord-permissions.ts';
import { refuse, throwComplaints } from './discord-refused.ts';
import { type ApiSchema, withoutNull } from './discord-schema.ts';
import type { Answer, Upload } from './discord-wire.ts';
import type { Channel, Guild, World } from './discord-world.ts';

/** Everything that routes work on. */
export type Scene = {
  readonly world: World;
  readonly messages: Messages;
  readonly interactions: Interactions;
  readonly commands: Commands;
  readonly schema: ApiSchema;
  readonly gatewayUrl: () => string;
  /** Intents of the bot that is connected. */
  readonly intents: () => number;
  readonly privilegedIntents: number;
};

export type Call = {
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly body: unknown;
  readonly uploads: readonly Upload[];
};

export type Route = (scene: Scene, call: Call) => Answer;
export type Routes = Readonly<Record<`${string} /${string}`, Route>>;

export function ok(body: unknown): Answer {
  return { status: 200, body };
}

export const NOTHING: Answer = { status: 204 };

/** What the types of bodies come to once they are checked. */
type Bodies = {
  APIInteractionResponse: APIInteractionResponse;
  RESTPatchAPIChannelJSONBody: RESTPatchAPIChannelJSONBody;
  RESTPatchAPIChannelMessageJSONBody: Draft;
  RESTPatchAPIWebhookWithTokenMessageJSONBody: Draft;
  RESTPostAPIChannelMessageJSONBody: Draft;
  RESTPostAPIChannelMessagesThreadsJSONBody: RESTPostAPIChannelMessagesThreadsJSONBody;
  RESTPostAPIChannelThreadsJSONBody: RESTPostAPIChannelThreadsJSONBody;
  RESTPostAPICurrentUserCreateDMChannelJSONBody: RESTPostAPICurrentUserCreateDMChannelJSONBody;
  RESTPostAPIGuildForumThreadsJSONBody: RESTPostAPIGuildForumThreadsJSONBody;
  RESTPostAPIWebhookWithTokenJSONBody: Draft;
  RESTPutAPIApplicationCommandsJSONBody: RESTPutAPIApplicationCommandsJSONBody;
};

/** The body, after its type has been checked. @throws Refused */
export function checked<T extends keyof Bodies>(
  { schema }: Scene,
  { body }: Call,
  type: T,
): Bodies[T] {
  const given = body ?? {};
  throwComplaints(schema.check(type, given));
  return plain(given) as Bodies[T];
}

/** Without null inside of lists; beside them it may mean that something is to go. */
function plain(body: unknown): unknown {
  if (Array.isArray(body)) return withoutNull(body);
  if (typeof body !== 'object' || body === null) return body;
  return Object.fromEntries(Object.entries(body).map(([key, value]) => [key, plain(value)]));
}

/** The channel of a call, where the bot sees it. @throws Refused */
export function channelOf({ world }: Scene, { params }: Call, needed = 0n): Channel {
  const channel = world.channels.get(params['channel'] ?? '');
  if (!channel) throw refuse(10003);
  checkMay(world, channel, world.bot.id, Permission.ViewChannel | needed);
  return channel;
}

/** The server of a call, where the bot is in it. @throws Refused */
export function guildOf({ world }: Scene, { params }: Call): Guild {
  const guild = world.guilds.get(params['guild'] ?? '');
  if (!guild?.members.has(world.bot.id)) throw refuse(10004);
  return guild;
}

export function shownMessage(scene: Scene, message: StoredMessage): object {
  return messageView(scene.world, message, { intents: scene.intents() });
}
