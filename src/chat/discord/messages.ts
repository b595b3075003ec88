import { createHash } from 'node:crypto';

import { ChannelType, type Message } from 'discord.js';

import { turnOfMessage } from '../../store/turns.ts';
import type { Heard } from '../reception.ts';
import type { Desk } from './desk.ts';
import { noteOf } from './failures.ts';
import { placeOfMessage } from './places.ts';
import { apologise, beginReply, respond } from './replies.ts';
import { channelSheet } from './sheets.ts';

/**
 * Answers what was said to the bot: where it is mentioned, in reply to it, or in direct messages.
 * Everything else is none of its business, and Discord does not show it what it says. Never throws.
 */
export async function serveMessage(desk: Desk, message: Message): Promise<void> {
  const words = wordsTo(message);
  if (words === null) return;
  const isKnown = desk.inbox.knows(message.id);
  if (!desk.inbox.isNews(message.id, words)) return;
  await desk.inbox.answer(message.id, async (stop) => {
    const { log } = desk;
    try {
      await answer(desk, message, await heardFrom(desk, message, words, isKnown), stop);
    } catch (error) {
      log.error({ ...noteOf(error), channel: message.channelId }, 'message not answered');
    }
  });
}

/** Answers what was said in other words: what was answered to it before is changed. Never throws. */
export async function serveEdit(desk: Desk, message: Message): Promise<void> {
  // Discord tells of links that are shown and of threads that are opened too.
  if (message.editedTimestamp !== null) await serveMessage(desk, message);
}

/** What mentions the bot only since it was edited is said to it for the first time. */
async function heardFrom(
  { reception }: Desk,
  message: Message,
  words: string,
  isKnown: boolean,
): Promise<Heard> {
  const { id, editedTimestamp, reference } = message;
  const place = placeOfMessage(message);
  const isAsked = async () => (await turnOfMessage(reception.db, place.channel, id)) !== null;
  return {
    ...place,
    said: { kind: 'words', words },
    repliesTo: reference?.messageId ?? null,
    messageId: id,
    isEdit: isKnown || (editedTimestamp !== null && (await isAsked())),
  };
}

async function answer(
  desk: Desk,
  message: Message,
  heard: Heard,
  stop: AbortSignal,
): Promise<void> {
  const { id, channelId } = message;
  const spot = { channelId, nonce: nonceFor(message), repliesTo: id };
  const reply = beginReply(desk, heard, channelSheet(desk.api, spot), stop);
  try {
    await respond(desk, reply, heard);
  } catch (error) {
    if (!reply.hasBegun) throw error;
    await apologise(desk, reply, 'en', error);
  }
}

/** What is answered to other words is another message, though they stand in the same one. */
function nonceFor({ id, editedTimestamp }: Message): string {
  if (editedTimestamp === null) return id;
  return createHash('sha256').update(`${id} ${editedTimestamp}`).digest('base64url').slice(0, 20);
}

/** What was said to the bot; `null` where nothing was. */
function wordsTo({ author, system, content, channel, mentions, client }: Message): string | null {
  if (author.bot || system) return null;
  const isDirect = channel.type === ChannelType.DM;
  if (!isDirect && !mentions.users.has(client.user.id)) return null;
  return withoutMention(content, client.user.id);
}

/** `<@1> /digest` and `<@!1> /digest` say `/digest`. */
function withoutMention(content: string, botId: string): string {
  return content.replaceAll(`<@${botId}>`, ' ').replaceAll(`<@!${botId}>`, ' ').trim();
}
