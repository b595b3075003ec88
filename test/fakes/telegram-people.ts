import type { User } from '@grammyjs/types';

import { isHeard } from './telegram-access.ts';
import { addDetected } from './telegram-detect.ts';
import { type Hub, post, secondsOf, serviceContent } from './telegram-hub.ts';
import { toChat, toMember, toMessage } from './telegram-serial.ts';
import { cleanText } from './telegram-text.ts';
import {
  type FakeChat,
  findMessage,
  isAdministrator,
  isPresent,
  type Membership,
  type Right,
  type StoredMessage,
} from './telegram-world.ts';

// What people do, and what the bot is told of it. Mistakes of a test are plain errors.

export type Saying = {
  readonly thread?: number;
  readonly replyTo?: MessageRef;
};

export type MessageRef = { readonly chat: FakeChat; readonly id: number };

/** A person writes, or a channel posts; the bot is told where it may read that. */
export function say(
  hub: Hub,
  user: User,
  chat: FakeChat,
  said: string,
  saying: Saying = {},
): StoredMessage {
  const { world } = hub;
  checkPresent(hub, user, chat);
  const { text, entities } = cleanText({ text: said, entities: [] });
  if (text === '') throw new Error('nobody can say nothing');
  const replyTo = saying.replyTo ? keptMessage(saying.replyTo) : null;
  const thread = saying.thread ?? replyTo?.thread ?? null;
  if (thread !== null && !chat.topics.has(thread)) throw new Error(`there is no topic ${thread}`);
  const content = { kind: 'text', text, entities: addDetected(text, entities) } as const;
  const from = chat.kind === 'channel' ? null : user;
  const message = post(hub, { chat, from, content, thread, replyTo });
  if (chat.kind === 'private') {
    chat.isStarted = true;
    chat.members.set(world.bot.id, { user: world.bot, status: 'member', rights: [] });
  }
  if (isHeard(chat, world) && isForBot(hub, message)) {
    hub.updates.push(
      chat.kind === 'channel' ? 'channel_post' : 'message',
      toMessage(message, world),
    );
  }
  return message;
}

/** A person edits what they wrote, within two days; the bot is told where it may read that. */
export function rewrite(hub: Hub, user: User, ref: MessageRef, said: string): void {
  const { world, now } = hub;
  const message = keptMessage(ref);
  checkPresent(hub, user, message.chat);
  if (message.from?.id !== user.id) throw new Error('that is the message of someone else');
  if (secondsOf(now()) - message.date > EDITABLE_SECONDS) throw new Error('that is too old');
  const { text, entities } = cleanText({ text: said, entities: [] });
  message.edits.push(message.content);
  message.content = { kind: 'text', text, entities: addDetected(text, entities) };
  message.editDate = secondsOf(now());
  if (isHeard(message.chat, world) && isForBot(hub, message)) {
    hub.updates.push('edited_message', toMessage(message, world));
  }
}

const EDITABLE_SECONDS = 48 * 3600;

function checkPresent({ world }: Hub, user: User, chat: FakeChat): void {
  if (chat.migratedTo) throw new Error(`${chat.title} is a supergroup now`);
  if (chat.kind === 'private') {
    if (chat.person?.id !== user.id) throw new Error('that is the private chat of someone else');
    if (world.membershipIn(chat, world.bot).status === 'kicked') {
      throw new Error(`${user.first_name} has blocked the bot: unblock it first`);
    }
  } else if (!isPresent(world.membershipIn(chat, user))) {
    throw new Error(`${user.first_name} is no member of ${chat.title}`);
  }
}

/** In privacy mode bots of groups read commands, replies to them and mentions of them only. */
function isForBot({ world, readsAll }: Hub, { chat, content, replyTo }: StoredMessage): boolean {
  const isGroup = chat.kind === 'group' || chat.kind === 'supergroup';
  if (!isGroup || readsAll || isAdministrator(world.membershipIn(chat, world.bot))) return true;
  if (replyTo?.from?.id === world.bot.id) return true;
  const name = `@${world.bot.username ?? ''}`.toLowerCase();
  return content.entities.some(({ type, offset, length }) => {
    const words = content.text.slice(offset, offset + length).toLowerCase();
    if (type === 'mention') return words === name;
    return type === 'bot_command' && (!words.includes('@') || words.endsWith(name));
  });
}

function keptMessage({ chat, id }: MessageRef): StoredMessage {
  const message = findMessage(chat, id);
  if (!message) throw new Error(`message ${id} is not there`);
  return message;
}

/**
 * A person presses a button. @returns the query's identifier
 * @throws where the message has no such button
 */
export function press(hub: Hub, user: User, ref: MessageRef, data: string): string {
  const message = keptMessage(ref);
  const { world } = hub;
  if (message.chat.kind !== 'channel') checkPresent(hub, user, message.chat);
  const offered = [...dataIn(message.keyboard), ...dataIn(blocksOf(message))];
  if (!offered.includes(data)) {
    throw new Error(`no button ${data} on message ${message.id}, only: ${offered.join(', ')}`);
  }
  const id = `${4_000_000_000_000 + hub.queries.size}`;
  hub.queries.set(id, { id, at: hub.now(), message, data });
  hub.updates.push('callback_query', {
    id,
    from: user,
    message: toMessage(message, world),
    chat_instance: String(message.chat.id),
    data,
  });
  return id;
}

function blocksOf({ content }: StoredMessage): unknown {
  return content.kind === 'rich' ? content.blocks : null;
}

/** All `callback_data` within keyboards or blocks. */
function dataIn(value: unknown): string[] {
  if (!(value instanceof Object) || Buffer.isBuffer(value)) return [];
  const { callback_data: own } = value as { callback_data?: unknown };
  const inner = Object.values(value).flatMap(dataIn);
  return typeof own === 'string' ? [own, ...inner] : inner;
}

type Change = {
  readonly by: User;
  readonly status: Membership['status'];
  readonly rights?: readonly Right[];
};

/** Changes what someone, or the bot, is in a chat. */
export function changeMember(hub: Hub, user: User, chat: FakeChat, change: Change): void {
  const { world, updates } = hub;
  const { by, status, rights = [] } = change;
  const before = world.membershipIn(chat, user);
  const after = { user, status, rights };
  const wasAdministrator = isAdministrator(world.membershipIn(chat, world.bot));
  chat.members.set(user.id, after);
  const isBot = user.id === world.bot.id;
  tellEntering(hub, chat, { by, before, after });
  if (!isBot && !wasAdministrator) return;
  updates.push(isBot ? 'my_chat_member' : 'chat_member', {
    chat: toChat(chat),
    from: by,
    date: secondsOf(hub.now()),
    old_chat_member: toMember(before),
    new_chat_member: toMember(after),
  });
}

type Entering = { readonly by: User; readonly before: Membership; readonly after: Membership };

/** Groups show who comes and who goes. */
function tellEntering(hub: Hub, chat: FakeChat, { by, before, after }: Entering): void {
  const isGroup = chat.kind === 'group' || chat.kind === 'supergroup';
  if (!isGroup || isPresent(before) === isPresent(after)) return;
  const { user } = after;
  const fields = isPresent(after) ? { new_chat_members: [user] } : { left_chat_member: user };
  const message = post(hub, { chat, from: by, content: serviceContent(fields) });
  if (isHeard(chat, hub.world)) hub.updates.push('message', toMessage(message, hub.world));
}

/** A group becomes a supergroup with another identifier. */
export function migrate(hub: Hub, chat: FakeChat, by: User): FakeChat {
  if (chat.kind !== 'group') throw new Error('only groups become supergroups');
  const { world, updates } = hub;
  const { title, members, forbidden } = chat;
  const grown = world.addChat('supergroup', {
    title,
    members: new Map(members),
    forbidden: new Set(forbidden),
  });
  const left = post(hub, {
    chat,
    from: by,
    content: serviceContent({ migrate_to_chat_id: grown.id }),
  });
  const entered = post(hub, {
    chat: grown,
    from: by,
    content: serviceContent({ migrate_from_chat_id: chat.id }),
  });
  chat.migratedTo = grown;
  for (const message of [left, entered]) {
    if (isHeard(grown, world)) updates.push('message', toMessage(message, world));
  }
  return grown;
}

/** Opens a topic in a forum. @returns its `message_thread_id` */
export function openTopic(hub: Hub, chat: FakeChat, name: string): number {
  if (!chat.isForum) throw new Error(`${chat.title} has no topics`);
  const fields = { forum_topic_created: { name, icon_color: 0x6f_b9_f0 } };
  const { id } = post(hub, { chat, from: hub.world.bot, content: serviceContent(fields) });
  chat.topics.set(id, { name, isClosed: false });
  return id;
}
