import type { Message } from '@grammyjs/types';

import { checkMaySend, enterChat, placeOf } from './telegram-access.ts';
import { readText } from './telegram-content.ts';
import type { Uploads } from './telegram-files.ts';
import { type Hub, post } from './telegram-hub.ts';
import { readMarkup } from './telegram-keyboard.ts';
import { badRequest } from './telegram-refused.ts';
import { readRich } from './telegram-rich.ts';
import type { Params, ParamsOf } from './telegram-schema.ts';
import { toMessage } from './telegram-serial.ts';
import type { Content, FakeChat, Sendable } from './telegram-world.ts';

export function sendMessage(hub: Hub, params: ParamsOf<'sendMessage'>): Message {
  return send(hub, params, {
    what: ['text messages'],
    read: () => ({ kind: 'text', ...readText(params, 'text', hub.world) }),
  });
}

export function sendPhoto(hub: Hub, params: ParamsOf<'sendPhoto'>, uploads: Uploads): Message {
  return send(hub, params, {
    what: ['photos'],
    read: () => photoContent(hub, { params, reference: params.photo, uploads }),
  });
}

export function sendRichMessage(
  hub: Hub,
  params: ParamsOf<'sendRichMessage'>,
  uploads: Uploads,
): Message {
  return send(hub, params, {
    what: ['text messages'],
    read: (chat) => {
      const content = readRich(hub, { message: params.rich_message, uploads, chat });
      if (content.files.length > 0) checkMaySend(chat, ['photos'], hub.world);
      return content;
    },
  });
}

export function sendMediaGroup(
  hub: Hub,
  params: ParamsOf<'sendMediaGroup'>,
  uploads: Uploads,
): Message[] {
  const { media } = params;
  const chat = enterChat(params, hub.world);
  checkMaySend(chat, ['photos'], hub.world);
  if (media.length < 2 || media.length > 10) {
    throw badRequest('group send failed: an album must have from 2 to 10 items');
  }
  const place = placeOf(params, chat);
  const contents = media.map((item) => mediaContent(hub, { item, uploads }));
  countFlood(hub, chat, media.length);
  const mediaGroup = `${chat.id}${chat.lastId + 1}`;
  return contents.map((content) => {
    const stored = post(hub, { chat, from: senderIn(hub, chat), content, mediaGroup, ...place });
    return toMessage(stored, hub.world);
  });
}

type Sending = { readonly what: readonly Sendable[]; readonly read: (chat: FakeChat) => Content };

/** The order in which the server looks: the chat, rights, the place, the content, then floods. */
function send(hub: Hub, params: Params, { what, read }: Sending): Message {
  const { world } = hub;
  const chat = enterChat(params, world);
  checkMaySend(chat, what, world);
  const place = placeOf(params, chat);
  const { keyboard, other: markup } = readMarkup(params['reply_markup'], chat);
  const content = read(chat);
  countFlood(hub, chat, 1);
  const stored = post(hub, {
    chat,
    from: senderIn(hub, chat),
    content,
    keyboard,
    markup,
    ...place,
  });
  return toMessage(stored, world);
}

/** Posts of channels are by the channel. */
function senderIn({ world }: Hub, { kind }: FakeChat) {
  return kind === 'channel' ? null : world.bot;
}

export function countFlood({ flood }: Hub, { id, kind }: FakeChat, messages: number): void {
  flood.count(id, messages, kind === 'group' || kind === 'supergroup');
}

type Item = {
  readonly item: { readonly type: string; readonly media?: unknown };
  readonly uploads: Uploads;
};

/** An `InputMedia` as content. @throws Refused */
export function mediaContent(hub: Hub, { item, uploads }: Item): Content {
  if (item.type !== 'photo') throw new Error(`the fake knows no ${item.type}, photos only`);
  if (typeof item.media !== 'string') throw badRequest("can't parse InputMedia: media not found");
  return photoContent(hub, { params: { ...item }, reference: item.media, uploads });
}

type Photo = { readonly params: Params; readonly reference: string; readonly uploads: Uploads };

function photoContent({ world, files }: Hub, { params, reference, uploads }: Photo): Content {
  const { text, entities } = readText(params, 'caption', world);
  const file = files.photoOf(reference, uploads);
  const isCaptionAbove = params['show_caption_above_media'] === true;
  return { kind: 'photo', text, entities, file, isCaptionAbove };
}
