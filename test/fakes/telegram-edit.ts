import { isDeepStrictEqual } from 'node:util';

import type { Message } from '@grammyjs/types';

import { enterChat } from './telegram-access.ts';
import { readText } from './telegram-content.ts';
import type { Uploads } from './telegram-files.ts';
import { type Hub, secondsOf } from './telegram-hub.ts';
import { readMarkup } from './telegram-keyboard.ts';
import { badRequest } from './telegram-refused.ts';
import { readRich } from './telegram-rich.ts';
import type { Params, ParamsOf } from './telegram-schema.ts';
import { countFlood, mediaContent } from './telegram-send.ts';
import { toMessage } from './telegram-serial.ts';
import { type Content, findMessage, hasRight, type StoredMessage } from './telegram-world.ts';

/** Bots delete messages of the last two days. */
const DELETABLE_SECONDS = 48 * 3600;

export function editMessageText(
  hub: Hub,
  params: ParamsOf<'editMessageText'>,
  uploads: Uploads,
): Message {
  const { rich_message: message } = params;
  return edit(hub, params, ({ content, chat }) => {
    if (content.kind !== 'text' && content.kind !== 'rich') {
      throw badRequest('there is no text in the message to edit');
    }
    if (message && params.text !== undefined) {
      throw badRequest('exactly one of text and rich_message must be specified');
    }
    if (message) return readRich(hub, { message, uploads, chat });
    return { kind: 'text', ...readText(params, 'text', hub.world) };
  });
}

export function editMessageCaption(hub: Hub, params: ParamsOf<'editMessageCaption'>): Message {
  return edit(hub, params, ({ content }) => {
    if (content.kind !== 'photo') throw badRequest('there is no caption in the message to edit');
    const isCaptionAbove = params.show_caption_above_media === true;
    return { ...content, ...readText(params, 'caption', hub.world), isCaptionAbove };
  });
}

export function editMessageMedia(
  hub: Hub,
  params: ParamsOf<'editMessageMedia'>,
  uploads: Uploads,
): Message {
  return edit(hub, params, () => mediaContent(hub, { item: params.media, uploads }));
}

export function editMessageReplyMarkup(
  hub: Hub,
  params: ParamsOf<'editMessageReplyMarkup'>,
): Message {
  return edit(hub, params, ({ content }) => content);
}

const NOT_MODIFIED =
  'message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message';

/** An edit without a keyboard takes the keyboard away, as there. */
function edit(hub: Hub, params: Params, read: (message: StoredMessage) => Content): Message {
  const { world } = hub;
  if (params['inline_message_id'] !== undefined) throw badRequest('MESSAGE_ID_INVALID');
  const chat = enterChat(params, world);
  const message = findMessage(chat, params['message_id']);
  if (!message) throw badRequest('message to edit not found');
  if (!isEditable(message, hub)) throw badRequest("message can't be edited");
  const { keyboard } = readMarkup(params['reply_markup'], chat);
  const content = read(message);
  countFlood(hub, chat, 1);
  if (isDeepStrictEqual([content, keyboard], [message.content, message.keyboard])) {
    throw badRequest(NOT_MODIFIED);
  }
  message.edits.push(message.content);
  message.content = content;
  message.keyboard = keyboard;
  message.editDate = secondsOf(hub.now());
  return toMessage(message, world);
}

function isEditable({ from, content, chat }: StoredMessage, { world }: Hub): boolean {
  if (content.kind === 'service') return false;
  if (chat.kind !== 'channel') return from?.id === world.bot.id;
  return from === null && hasRight(world.membershipIn(chat, world.bot), 'can_edit_messages');
}

export function deleteMessage(hub: Hub, params: ParamsOf<'deleteMessage'>): true {
  const chat = enterChat(params, hub.world);
  const message = findMessage(chat, params.message_id);
  if (!message) throw badRequest('message to delete not found');
  if (!isDeletable(message, hub)) throw badRequest("message can't be deleted");
  message.isDeleted = true;
  return true;
}

function isDeletable({ from, chat, date }: StoredMessage, { world, now }: Hub): boolean {
  const membership = world.membershipIn(chat, world.bot);
  const isOld = secondsOf(now()) - date > DELETABLE_SECONDS;
  if (hasRight(membership, 'can_delete_messages')) return true;
  const isOwn = from?.id === world.bot.id || (chat.kind === 'channel' && from === null);
  return !isOld && (isOwn || chat.kind === 'private');
}
