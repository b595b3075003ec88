import { badRequest, forbidden, type Refused } from './telegram-refused.ts';
import type { Params } from './telegram-schema.ts';
import {
  type FakeChat,
  findMessage,
  hasRight,
  isAdministrator,
  isPresent,
  type Sendable,
  type StoredMessage,
  type World,
} from './telegram-world.ts';

const NAMES = {
  private: 'user',
  group: 'group chat',
  supergroup: 'supergroup chat',
  channel: 'channel chat',
};

/** The chat of a parameter in which the bot is. @throws Refused where it is not, or was put out. */
export function enterChat(params: Params, world: World): FakeChat {
  const chat = findKnown(params['chat_id'], world);
  const { status } = world.membershipIn(chat, world.bot);
  if (chat.kind === 'private') {
    if (status === 'kicked') throw forbidden('bot was blocked by the user');
    if (!chat.isStarted) throw forbidden("bot can't initiate conversation with a user");
    return chat;
  }
  if (status === 'kicked') throw forbidden(`bot was kicked from the ${NAMES[chat.kind]}`);
  if (status === 'left') throw forbidden(`bot is not a member of the ${NAMES[chat.kind]}`);
  return chat;
}

function findKnown(id: unknown, world: World): FakeChat {
  if (id === '') throw badRequest('chat_id is empty');
  const chat = world.findChat(id);
  if (!chat) throw badRequest('chat not found');
  if (chat.migratedTo) throw migrated(chat.migratedTo);
  const isPublic = chat.username !== null || chat.kind === 'private';
  if (!isPublic && !chat.members.has(world.bot.id)) throw badRequest('chat not found');
  return chat;
}

function migrated({ id }: FakeChat): Refused {
  return badRequest('group chat was upgraded to a supergroup chat', { migrate_to_chat_id: id });
}

/** @throws Refused where the bot may not send such things there. */
export function checkMaySend(chat: FakeChat, what: readonly Sendable[], world: World): void {
  const membership = world.membershipIn(chat, world.bot);
  if (chat.kind === 'channel' && !hasRight(membership, 'can_post_messages')) {
    throw badRequest('need administrator rights in the channel chat');
  }
  if (isAdministrator(membership)) return;
  const missing = what.find((each) => chat.forbidden.has(each));
  if (missing) throw badRequest(`not enough rights to send ${missing} to the chat`);
}

/** The thread and the replied message of parameters. @throws Refused where they are not there. */
export function placeOf(params: Params, chat: FakeChat) {
  const replyTo = repliedBy(params, chat);
  const thread = params['message_thread_id'] ?? replyTo?.thread ?? null;
  if (thread === null) return { thread, replyTo };
  const topic = chat.topics.get(Number(thread));
  if (!topic) throw badRequest('message thread not found');
  if (topic.isClosed) throw badRequest('TOPIC_CLOSED');
  return { thread: Number(thread), replyTo };
}

function repliedBy(params: Params, chat: FakeChat): StoredMessage | null {
  const reply = (params['reply_parameters'] ?? {}) as Params;
  const id = reply['message_id'] ?? params['reply_to_message_id'];
  if (id === undefined && params['reply_parameters'] !== undefined) {
    throw badRequest('can\'t find field "message_id"');
  }
  if (id === undefined) return null;
  const elsewhere = reply['chat_id'];
  if (elsewhere !== undefined && Number(elsewhere) !== chat.id) {
    throw new Error('the fake knows no replies to other chats');
  }
  const replied = findMessage(chat, id);
  if (!replied && reply['allow_sending_without_reply'] !== true) {
    throw badRequest('message to be replied not found');
  }
  const { quote } = reply;
  if (replied && typeof quote === 'string' && !replied.content.text.includes(quote)) {
    throw badRequest('QUOTE_TEXT_INVALID');
  }
  return replied;
}

/** Whether the bot is told of what people write there. */
export function isHeard(chat: FakeChat, world: World): boolean {
  return chat.kind === 'private'
    ? world.membershipIn(chat, world.bot).status !== 'kicked'
    : isPresent(world.membershipIn(chat, world.bot));
}
