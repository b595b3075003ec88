import {
  ChannelType,
  MessageFlags,
  MessageReferenceType,
  PermissionFlagsBits as Permission,
  type RESTPostAPIChannelMessageJSONBody,
} from 'discord-api-types/v10';

import { editMessage } from './discord-interactions.ts';
import { checkDraft, type Draft, isEmpty } from './discord-message-rules.ts';
import type { StoredMessage } from './discord-messages.ts';
import { checkMay } from './discord-permissions.ts';
import { refuse, throwComplaints } from './discord-refused.ts';
import {
  type Call,
  channelOf,
  checked,
  NOTHING,
  ok,
  type Routes,
  type Scene,
  shownMessage,
} from './discord-scene.ts';
import type { Channel } from './discord-world.ts';

const WITHOUT_TEXT: ReadonlySet<ChannelType> = new Set([
  ChannelType.GuildForum,
  ChannelType.GuildMedia,
  ChannelType.GuildCategory,
]);

export const MESSAGE_ROUTES: Routes = {
  'POST /channels/:channel/messages': (scene, call) => {
    const channel = channelOf(scene, call);
    if (WITHOUT_TEXT.has(channel.type)) throw refuse(50008);
    const { recipient } = channel;
    if (recipient && scene.world.closedToBot.has(recipient.id)) throw refuse(50007);
    return ok(shownMessage(scene, postMessage(scene, channel, call)));
  },
  'GET /channels/:channel/messages': (scene, call) => {
    const channel = channelOf(scene, call);
    const found = page(messagesSeen(scene, channel), call.query);
    return ok(found.map((message) => shownMessage(scene, message)));
  },
  'GET /channels/:channel/messages/:message': (scene, call) => {
    const channel = channelOf(scene, call, Permission.ReadMessageHistory);
    return ok(shownMessage(scene, messageOf(scene, channel, call)));
  },
  'PATCH /channels/:channel/messages/:message': (scene, call) => {
    const channel = channelOf(scene, call);
    const message = messageOf(scene, channel, call);
    const draft = checked(scene, call, 'RESTPatchAPIChannelMessageJSONBody');
    if (message.author !== scene.world.bot) throw refuse(50005);
    if (channel.thread?.archived) throw refuse(50083);
    checkUploads(scene, channel, call);
    editMessage(scene.messages, message, { draft, uploads: call.uploads });
    return ok(shownMessage(scene, message));
  },
  'DELETE /channels/:channel/messages/:message': (scene, call) => {
    const channel = channelOf(scene, call);
    const message = messageOf(scene, channel, call);
    const { bot } = scene.world;
    if (message.author !== bot) checkMay(scene.world, channel, bot.id, Permission.ManageMessages);
    scene.messages.remove(message);
    return NOTHING;
  },
  'POST /channels/:channel/typing': (scene, call) => {
    channelOf(scene, call, Permission.SendMessages);
    return NOTHING;
  },
};

/** Posts what a call asks for into a channel or thread. @throws Refused */
export function postMessage(scene: Scene, channel: Channel, call: Call): StoredMessage {
  const { world, messages } = scene;
  const draft = checked(scene, call, 'RESTPostAPIChannelMessageJSONBody');
  const inThread = channel.thread !== null;
  const send = inThread ? Permission.SendMessagesInThreads : Permission.SendMessages;
  checkMay(world, channel, world.bot.id, send);
  checkUploads(scene, channel, call);
  if (draft.embeds?.length) checkMay(world, channel, world.bot.id, Permission.EmbedLinks);
  openThread(scene, channel);
  const { uploads } = call;
  const circumstances = { flags: draft.flags ?? 0, uploads, kept: [], at: [] };
  checkDraft(draft, circumstances);
  checkEnforced(draft);
  if (isEmpty(draft, circumstances)) throw refuse(50006);
  const reference = referenceOf(scene, channel, draft);
  return messages.create(channel, { author: world.bot, draft, uploads, reference });
}

/** An archived thread opens by itself for a new message, unless it is locked. */
function openThread({ world }: Scene, channel: Channel): void {
  const { thread } = channel;
  if (!thread?.archived) return;
  if (thread.locked) throw refuse(50083);
  thread.archived = false;
  world.announceChange(channel);
}

function checkUploads({ world }: Scene, channel: Channel, { uploads }: Call): void {
  if (uploads.length > 0) checkMay(world, channel, world.bot.id, Permission.AttachFiles);
}

function checkEnforced(draft: Draft & { readonly enforce_nonce?: boolean }): void {
  if (!draft.enforce_nonce || draft.nonce !== undefined) return;
  const message = 'A nonce is required when enforce_nonce is true';
  throwComplaints([{ path: ['nonce'], code: 'BASE_TYPE_REQUIRED', message }]);
}

function referenceOf(scene: Scene, channel: Channel, draft: Draft): StoredMessage | undefined {
  const { message_reference } = draft as RESTPostAPIChannelMessageJSONBody;
  if (!message_reference) return undefined;
  const { message_id, type, fail_if_not_exists = true } = message_reference;
  if (type === MessageReferenceType.Forward) throw new Error('the fake does not forward');
  const found = scene.messages.find(message_id);
  if (found?.channel === channel) return found;
  if (!fail_if_not_exists) return undefined;
  const path = ['message_reference'];
  const code = 'REPLIES_UNKNOWN_MESSAGE';
  throwComplaints([{ path, code, message: 'Unknown message' }]);
  return undefined;
}

/** @throws Refused; messages that only one person sees are none here. */
function messageOf(scene: Scene, channel: Channel, { params }: Call): StoredMessage {
  const message = scene.messages.get(channel, params['message'] ?? '');
  if (message.face.flags & MessageFlags.Ephemeral) throw refuse(10008);
  return message;
}

/** Without the permission to read what was before, there is nothing to read. */
function messagesSeen(scene: Scene, channel: Channel): StoredMessage[] {
  try {
    checkMay(scene.world, channel, scene.world.bot.id, Permission.ReadMessageHistory);
  } catch {
    return [];
  }
  return scene.messages.in(channel);
}

/** The newest first. */
function page(messages: readonly StoredMessage[], query: URLSearchParams): StoredMessage[] {
  const limit = Number(query.get('limit') ?? 50);
  if (!(limit >= 1 && limit <= 100)) {
    const message = 'Value must be between 1 and 100.';
    throwComplaints([{ path: ['limit'], code: 'NUMBER_TYPE_RANGE', message }]);
  }
  const before = query.get('before');
  const after = query.get('after');
  const inside = messages.filter(
    ({ id }) =>
      (before === null || BigInt(id) < BigInt(before)) &&
      (after === null || BigInt(id) > BigInt(after)),
  );
  const part = after === null ? inside.slice(-limit) : inside.slice(0, limit);
  return part.toReversed();
}
