import { z } from 'zod';

import type { Channel } from '../../model/channel.ts';
import type { Heard } from '../reception.ts';

/** Who we are on Telegram. */
export type Self = { readonly id: number; readonly username: string };

/** What an update is to us. */
export type Incoming =
  | {
      readonly kind: 'heard';
      readonly heard: Heard;
      /** The message that was said, or whose button was pressed. */
      readonly messageId: string;
      /** Where the answer goes: readers of a broadcast channel are answered in private. */
      readonly answerIn: Channel;
      /** The press to be acknowledged; `null` of words. */
      readonly query: string | null;
    }
  /** The reader of a draft has had enough of it. */
  | { readonly kind: 'enough'; readonly channel: Channel; readonly draft: number }
  /** The bot was put out of a chat, or is back. */
  | { readonly kind: 'standing'; readonly channel: Channel; readonly paused: string | null }
  /** A group became a supergroup, which has another id. */
  | { readonly kind: 'moved'; readonly channel: Channel; readonly to: string };

/** What updates we ask for. */
export const ALLOWED_UPDATES = [
  'message',
  'edited_message',
  'callback_query',
  'stopped_message_generation',
  'my_chat_member',
] as const;

const userSchema = z.object({
  id: z.number(),
  is_bot: z.boolean().catch(false),
  first_name: z.string().catch(''),
  last_name: z.string().optional(),
  username: z.string().optional(),
});
const chatSchema = z.object({ id: z.number(), type: z.string(), title: z.string().optional() });
const entitySchema = z.object({
  type: z.string(),
  offset: z.number(),
  length: z.number(),
  user: userSchema.optional(),
});

const placeSchema = z.object({
  message_id: z.number(),
  chat: chatSchema,
  message_thread_id: z.number().optional(),
  is_topic_message: z.boolean().optional(),
});

const messageSchema = placeSchema.extend({
  from: userSchema.optional(),
  sender_chat: chatSchema.optional(),
  is_automatic_forward: z.boolean().optional(),
  /** Set where the words are somebody else's: a forward, the result of another bot. */
  forward_origin: z.unknown().optional(),
  via_bot: z.unknown().optional(),
  text: z.string().optional(),
  entities: z.array(entitySchema).catch([]),
  reply_to_message: z
    .object({
      message_id: z.number(),
      from: userSchema.optional(),
      forum_topic_created: z.unknown().optional(),
    })
    .optional(),
  migrate_to_chat_id: z.number().optional(),
});

const updateSchema = z.object({
  message: messageSchema.optional(),
  edited_message: messageSchema.optional(),
  callback_query: z
    .object({
      id: z.string(),
      from: userSchema,
      data: z.string().optional(),
      message: placeSchema.optional(),
    })
    .optional(),
  stopped_message_generation: z
    .object({
      chat: chatSchema,
      message_thread_id: z.number().optional(),
      draft_id: z.number(),
    })
    .optional(),
  my_chat_member: z
    .object({
      chat: chatSchema,
      new_chat_member: z.object({ status: z.string(), is_member: z.boolean().optional() }),
    })
    .optional(),
});

type User = z.output<typeof userSchema>;
type Chat = z.output<typeof chatSchema>;
type Said = z.output<typeof messageSchema>;

/**
 * What an update is to us; `null` where it is nothing: chatter of groups, posts of channels, things that
 * no version of Telegram known to us sends.
 */
export function readUpdate(update: unknown, self: Self): Incoming | null {
  const { success, data } = updateSchema.safeParse(update);
  if (!success) return null;
  if (data.message) return readMessage(data.message, self, false);
  if (data.edited_message) return readMessage(data.edited_message, self, true);
  if (data.callback_query) return readPress(data.callback_query);
  if (data.stopped_message_generation) return readEnough(data.stopped_message_generation);
  return data.my_chat_member ? readStanding(data.my_chat_member) : null;
}

function readMessage(message: Said, self: Self, isEdit: boolean): Incoming | null {
  const { chat, migrate_to_chat_id: movedTo } = message;
  if (movedTo !== undefined) {
    return { kind: 'moved', channel: channelOf(message), to: String(movedTo) };
  }
  const speaker = speakerOf(message);
  const words = wordsFor(message, self);
  if (speaker === null || words === null) return null;
  const channel = channelOf(message);
  const replied = repliedOf(message);
  const messageId = String(message.message_id);
  const heard: Heard = {
    channel,
    title: titleOf(chat, message.from),
    isPrivate: chat.type === 'private',
    speaker,
    said: { kind: 'words', words },
    repliesTo: replied ? String(replied.message_id) : null,
    messageId,
    isEdit,
  };
  return { kind: 'heard', heard, messageId, answerIn: channel, query: null };
}

/** Administrators who hide speak as the chat; other bots, and posts that a group copies, are not heard. */
function speakerOf(message: Said): string | null {
  const { from, sender_chat: sender, chat, is_automatic_forward: isCopy } = message;
  if (isCopy === true) return null;
  if (sender) return sender.id === chat.id ? String(chat.id) : null;
  return from && !from.is_bot ? String(from.id) : null;
}

/** What was said to us; `null` where it was not to us. */
function wordsFor(message: Said, self: Self): string | null {
  const { text, chat } = message;
  const isOwn = message.forward_origin === undefined && message.via_bot === undefined;
  if (text === undefined || !isOwn) return null;
  if (chat.type === 'private') return text;
  if (chat.type !== 'group' && chat.type !== 'supergroup') return null;
  // What is copied from a message of ours holds the marks that keep words from becoming links.
  const addressee = /^\/[\p{L}\d_-]+(?:@(\w+))?/u.exec(text.replaceAll('\u2060', ''));
  if (addressee) {
    const [, name] = addressee;
    return name === undefined || isOurs(name, self) ? text : null;
  }
  const rest = withoutMention(message, text, self);
  if (rest !== null) return rest;
  return repliedOf(message)?.from?.id === self.id ? text : null;
}

/** The words without the mentions of us; `null` where there are none. */
function withoutMention({ entities }: Said, text: string, self: Self): string | null {
  const mentions = entities.filter(({ type, offset, length, user }) => {
    if (type === 'text_mention') return user?.id === self.id;
    return type === 'mention' && isOurs(text.slice(offset + 1, offset + length), self);
  });
  if (mentions.length === 0) return null;
  const rest = mentions.reduceRight(
    (left, { offset, length }) => `${left.slice(0, offset)} ${left.slice(offset + length)}`,
    text,
  );
  return rest.replace(/ {2,}/g, ' ').trim();
}

function isOurs(name: string, { username }: Self): boolean {
  return name.toLowerCase() === username.toLowerCase();
}

/** The first message of a topic is called the one that all others answer, which nobody meant. */
function repliedOf({ reply_to_message: replied }: Said): Said['reply_to_message'] {
  return replied?.forum_topic_created === undefined ? replied : undefined;
}

type Press = NonNullable<z.output<typeof updateSchema>['callback_query']>;

function readPress({ id, from, data, message }: Press): Incoming | null {
  if (data === undefined || !message) return null;
  const { chat, message_id: number } = message;
  const channel = channelOf(message);
  const speaker = String(from.id);
  const heard: Heard = {
    channel,
    title: titleOf(chat, from),
    isPrivate: chat.type === 'private',
    speaker,
    said: { kind: 'press', carried: data },
    repliesTo: String(number),
    messageId: null,
    isEdit: false,
  };
  const inPrivate: Channel = { platform: 'telegram', chat: speaker, thread: null };
  const answerIn = chat.type === 'channel' ? inPrivate : channel;
  return { kind: 'heard', heard, messageId: String(number), answerIn, query: id };
}

type Enough = NonNullable<z.output<typeof updateSchema>['stopped_message_generation']>;

/** Topics of private chats have no flag that says that they are some. */
function readEnough({ chat, message_thread_id: thread, draft_id: draft }: Enough): Incoming {
  const topic = thread === undefined ? null : String(thread);
  return {
    kind: 'enough',
    channel: { platform: 'telegram', chat: String(chat.id), thread: topic },
    draft,
  };
}

type Standing = NonNullable<z.output<typeof updateSchema>['my_chat_member']>;

function readStanding({ chat, new_chat_member: member }: Standing): Incoming {
  const channel: Channel = { platform: 'telegram', chat: String(chat.id), thread: null };
  const isOut = ['kicked', 'left'].includes(member.status) || member.is_member === false;
  const reason = chat.type === 'private' ? 'the bot was blocked' : 'the bot was removed';
  return { kind: 'standing', channel, paused: isOut ? reason : null };
}

/** Answers in groups without topics have thread ids too, which are no topics. */
function channelOf({ chat, message_thread_id: thread, is_topic_message: isTopic }: Place): Channel {
  return {
    platform: 'telegram',
    chat: String(chat.id),
    thread: isTopic === true && thread !== undefined ? String(thread) : null,
  };
}

type Place = z.output<typeof placeSchema>;

function titleOf({ title, id }: Chat, person: User | undefined): string {
  if (title !== undefined) return title;
  const names = [person?.first_name, person?.last_name].filter(Boolean).join(' ');
  return names || person?.username || String(id);
}
