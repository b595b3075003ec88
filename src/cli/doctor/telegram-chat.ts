import { z } from 'zod';

import type { Channel } from '../../model/channel.ts';
import { askTelegram } from '../probe/telegram.ts';
import { bad, type Finding, good, notTold, type Patient, unknown } from './finding.ts';

const may = z.boolean().optional();
const memberSchema = z.object({
  status: z.string(),
  can_post_messages: may,
  can_send_messages: may,
  can_send_photos: may,
});
const chatSchema = z.object({
  type: z.string(),
  permissions: z.object({ can_send_messages: may, can_send_photos: may }).optional(),
});

/** What the bot is in a chat, as `getChatMember` tells. */
export type Member = z.output<typeof memberSchema>;
/** What the chat lets its members do, as `getChat` tells. */
export type Chat = z.output<typeof chatSchema>;

/** Whether the bot may post texts and photos in a chat of Telegram. */
export async function lookAtTelegramChat(
  name: string,
  { chat: id }: Channel,
  patient: Patient,
  signal: AbortSignal,
): Promise<Finding> {
  const access = patient.config.telegram;
  const bot = await patient.telegramBot();
  if (!access || !bot) return bad(name, 'there is no bot for it', 'Set TELEGRAM_TOKEN.');
  if (bot.kind !== 'told') return unknown(name, 'not looked at: Telegram did not tell of the bot');
  const params = { chat_id: Number(id), user_id: bot.value.id };
  const [member, chat] = await Promise.all([
    askTelegram(access, { method: 'getChatMember', params }, memberSchema, signal),
    askTelegram(access, { method: 'getChat', params: { chat_id: Number(id) } }, chatSchema, signal),
  ]);
  const todo = 'Add the bot to the chat again, or /deny it.';
  if (member.kind !== 'told') return notTold(name, 'Telegram', member, todo);
  if (chat.kind !== 'told') return notTold(name, 'Telegram', chat, todo);
  const missing = missingInTelegram(chat.value, member.value);
  return missing.length === 0
    ? good(name, 'texts and photos may be posted')
    : bad(name, `the bot may not ${missing.join(' and ')}`, 'Let it, in the chat’s settings.');
}

/** What the bot may not do, in verbs. A right that is not spoken of is there. */
export function missingInTelegram({ type, permissions }: Chat, member: Member): string[] {
  const rights = (own: Pick<Member, 'can_send_messages' | 'can_send_photos'> = {}) => [
    ...(own.can_send_messages === false ? ['send messages'] : []),
    ...(own.can_send_photos === false ? ['send photos'] : []),
  ];
  switch (member.status) {
    case 'creator':
      return [];
    case 'administrator':
      return type === 'channel' && member.can_post_messages !== true ? ['post messages'] : [];
    case 'member':
      return type === 'channel' ? ['post messages'] : rights(permissions);
    case 'restricted':
      return rights(member);
    default:
      return ['speak: it is not in the chat'];
  }
}
