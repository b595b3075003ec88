import { GatewayIntentBits as Intent, MessageFlags } from 'discord-api-types/v10';

import { textOf } from './discord-component-tree.ts';
import type { Ping } from './discord-mentions.ts';
import type { StoredFile, StoredMessage } from './discord-messages.ts';
import { channelView, memberView } from './discord-views.ts';
import type { World } from './discord-world.ts';

export type Viewer = {
  /** The intents with which the bot is connected. */
  readonly intents: number;
  /** Events carry the server and the member too. */
  readonly isEvent?: boolean;
};

/**
 * A message as the bot sees it. Without the Message Content intent it sees what others write only
 * in direct messages and where they mention it.
 */
export function messageView(world: World, message: StoredMessage, viewer: Viewer): object {
  const { id, channel, author, face, type, mentions, nonce } = message;
  const hidden = !maySee(world, message, viewer.intents);
  const shown = hidden ? { content: '', embeds: [], components: [], files: [] } : face;
  const flags = face.flags | (message.thread ? MessageFlags.HasThread : 0);
  return {
    id,
    channel_id: channel.id,
    author,
    type,
    content: shown.content,
    embeds: shown.embeds,
    components: shown.components,
    attachments: shown.files.map(fileView),
    flags,
    timestamp: new Date(message.createdAt).toISOString(),
    edited_timestamp: message.editedAt && new Date(message.editedAt).toISOString(),
    ...mentionsView(world, mentions),
    tts: false,
    pinned: false,
    ...(nonce === undefined ? {} : { nonce }),
    ...(message.thread ? { thread: channelView(message.thread) } : {}),
    ...referenceView(world, message, viewer),
    ...originView(world, message),
    ...(viewer.isEvent ? placeView(world, message) : {}),
  };
}

function maySee(
  world: World,
  { author, channel, mentions }: StoredMessage,
  intents: number,
): boolean {
  const mentionsBot = mentions.some((ping) => ping.kind === 'user' && ping.id === world.bot.id);
  const isOwn = author.id === world.bot.id || channel.guildId === null;
  return isOwn || mentionsBot || (intents & Intent.MessageContent) !== 0;
}

function mentionsView(world: World, mentions: readonly Ping[]): object {
  return {
    mention_everyone: mentions.some(({ kind }) => kind === 'everyone'),
    mention_roles: mentions.flatMap((each) => (each.kind === 'role' ? [each.id] : [])),
    mentions: mentions.flatMap((each) =>
      each.kind === 'user' ? (world.users.get(each.id) ?? []) : [],
    ),
  };
}

function referenceView(world: World, { reference }: StoredMessage, viewer: Viewer): object {
  if (!reference) return {};
  const { id, channel } = reference;
  const guild_id = channel.guildId ?? undefined;
  return {
    message_reference: { type: 0, message_id: id, channel_id: channel.id, guild_id },
    referenced_message: messageView(world, reference, { intents: viewer.intents }),
  };
}

function originView(world: World, { origin }: StoredMessage): object {
  if (!origin) return {};
  const owners = { authorizing_integration_owners: {} };
  return {
    application_id: world.bot.id,
    webhook_id: world.bot.id,
    interaction_metadata: { ...origin, ...owners },
  };
}

function placeView(world: World, { channel, author }: StoredMessage): object {
  const guild = world.guildOf(channel);
  const member = guild?.members.get(author.id);
  if (!guild || !member) return { channel_type: channel.type };
  const { user: _, ...rest } = memberView(member) as { user: unknown };
  return { guild_id: guild.id, member: rest, channel_type: channel.type };
}

function fileView({ id, name, bytes, type, url, description }: StoredFile): object {
  const about = description === undefined ? {} : { description };
  const size = { size: bytes.length, content_type: type };
  return { id, filename: name, ...size, url, proxy_url: url, ...about };
}

/** A message as people see it, for a test to read. */
export type VisibleMessage = {
  readonly id: string;
  readonly channelId: string;
  readonly authorId: string;
  /** The content, or all text displays in order, one a line. */
  readonly text: string;
  readonly components: StoredMessage['face']['components'];
  readonly embeds: StoredMessage['face']['embeds'];
  /** With the alternative text; `shown` says whether a component shows it. */
  readonly files: readonly (StoredFile & { readonly shown: boolean })[];
  readonly isEphemeral: boolean;
  /** "… is thinking". */
  readonly isLoading: boolean;
  readonly flags: number;
  /** Who was called by it. */
  readonly pings: readonly Ping[];
  /** Whom it names now. */
  readonly mentions: readonly Ping[];
  /** The id of the message that it replies to. */
  readonly repliesTo: string | undefined;
  readonly createdAt: number;
  /** What it showed before each edit, the oldest first. */
  readonly earlierTexts: readonly string[];
};

export function visible(message: StoredMessage): VisibleMessage {
  const { id, channel, author, face, history, pings, mentions, reference, createdAt } = message;
  const { components, embeds, flags } = face;
  const isV2 = (flags & MessageFlags.IsComponentsV2) !== 0;
  const drawn = JSON.stringify(components);
  const files = face.files.map((file) => ({ ...file, shown: !isV2 || drawn.includes(file.url) }));
  return {
    id,
    channelId: channel.id,
    authorId: author.id,
    text: words(face),
    components,
    embeds,
    files,
    isEphemeral: (flags & MessageFlags.Ephemeral) !== 0,
    isLoading: (flags & MessageFlags.Loading) !== 0,
    flags,
    pings,
    mentions,
    repliesTo: reference?.id,
    createdAt,
    earlierTexts: history.map(words),
  };
}

function words({ content, components }: StoredMessage['face']): string {
  return [content, ...textOf(components)].filter(Boolean).join('\n');
}
