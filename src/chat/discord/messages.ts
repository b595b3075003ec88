import { ChannelType, type Message } from 'discord.js';

import type { Desk } from './desk.ts';
import { noteOf } from './failures.ts';
import { hear } from './hearing.ts';
import { placeOfMessage } from './places.ts';
import { answerIn } from './replies.ts';

/**
 * Answers what was said to the bot: where it is mentioned, in reply to it, or in direct messages.
 * Everything else is none of its business, and Discord does not show it what it says. Never throws.
 */
export async function serveMessage(desk: Desk, message: Message): Promise<void> {
  const words = wordsTo(message);
  if (words === null) return;
  const { reception, log } = desk;
  try {
    const place = placeOfMessage(message);
    const said = { kind: 'words', words } as const;
    const repliesTo = message.reference?.messageId ?? null;
    const reply = await hear(reception, {
      ...place,
      said,
      repliesTo,
      messageId: message.id,
      isEdit: false,
    });
    if (!reply) return;
    const { id, channelId } = message;
    await answerIn(desk, { channelId, nonce: id, repliesTo: id }, reply.message);
  } catch (error) {
    log.error({ ...noteOf(error), channel: message.channelId }, 'message not answered');
  }
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
