import type { User } from '@grammyjs/types';

import { type Hub, secondsOf } from './telegram-hub.ts';
import {
  changeMember,
  type MessageRef,
  migrate,
  openTopic,
  press,
  rewrite,
  say,
  type Saying,
} from './telegram-people.ts';
import { type ShownMessage, show } from './telegram-view.ts';
import type {
  ChatKind,
  Draft,
  FakeChat,
  Membership,
  Right,
  Sendable,
  Status,
  StoredMessage,
} from './telegram-world.ts';

export type TownOptions = {
  readonly bot?: Partial<Pick<User, 'id' | 'first_name' | 'username'>>;
  /** Whether the bot is told of all messages of groups. @default false: privacy mode */
  readonly readsAll?: boolean;
};

export type ChatOptions = {
  readonly title?: string;
  /** By which it is found as `@name`; for supergroups and channels. */
  readonly username?: string;
  readonly members?: readonly User[];
  readonly administrators?: readonly User[];
  /** What the bot is there. @default 'member'; in channels 'administrator' */
  readonly bot?: Status | 'stranger';
  /** What the bot may do as an administrator. @default post, edit and delete in channels */
  readonly rights?: readonly Right[];
  readonly forbidden?: readonly Sendable[];
};

const OF_CHANNELS: readonly Right[] = [
  'can_post_messages',
  'can_edit_messages',
  'can_delete_messages',
];

/** So long a draft is shown. */
const DRAFT_MS = 30_000;

/** People and chats around the bot: what a test sets up, makes people do, and reads. */
export class Town {
  protected readonly hub: Hub;

  constructor(hub: Hub) {
    this.hub = hub;
  }

  get bot(): User {
    return this.hub.world.bot;
  }

  addUser(fields: Partial<Omit<User, 'is_bot'>> = {}): User {
    return this.hub.world.addUser(fields);
  }

  /** The private chat of a person, in which the bot was started before. */
  openPrivate(user: User): FakeChat {
    const chat = this.privateChatOf(user);
    chat.isStarted = true;
    chat.members.set(this.bot.id, { user: this.bot, status: 'member', rights: [] });
    return chat;
  }

  /** The private chat of a person who may never have started the bot. */
  privateChatOf(user: User): FakeChat {
    const chat = this.hub.world.chats.get(user.id);
    if (!chat) throw new Error(`${user.first_name} is a stranger`);
    return chat;
  }

  addGroup(options: ChatOptions = {}): FakeChat {
    return this.#addChat('group', options, { isForum: false });
  }

  addSupergroup(options: ChatOptions & { readonly isForum?: boolean } = {}): FakeChat {
    return this.#addChat('supergroup', options, { isForum: options.isForum === true });
  }

  addChannel(options: ChatOptions = {}): FakeChat {
    const asAdministrator = { bot: 'administrator', rights: OF_CHANNELS } as const;
    return this.#addChat('channel', { ...asAdministrator, ...options }, { isForum: false });
  }

  #addChat(
    kind: Exclude<ChatKind, 'private'>,
    options: ChatOptions,
    { isForum }: { isForum: boolean },
  ): FakeChat {
    const { title, username = null, members = [], administrators = [], bot = 'member' } = options;
    const all: Membership[] = [
      ...members.map((user) => ({ user, status: 'member' as const, rights: [] })),
      ...administrators.map((user) => ({ user, status: 'administrator' as const, rights: [] })),
    ];
    if (bot !== 'stranger') all.push({ user: this.bot, status: bot, rights: options.rights ?? [] });
    return this.hub.world.addChat(kind, {
      ...(title === undefined ? {} : { title }),
      username,
      isForum,
      members: new Map(all.map((membership) => [membership.user.id, membership])),
      forbidden: new Set(options.forbidden),
    });
  }

  /** @returns the topic's `message_thread_id` */
  addTopic(chat: FakeChat, name: string): number {
    return openTopic(this.hub, chat, name);
  }

  closeTopic(chat: FakeChat, thread: number): void {
    const topic = chat.topics.get(thread);
    if (!topic) throw new Error(`there is no topic ${thread}`);
    topic.isClosed = true;
  }

  say(user: User, chat: FakeChat, text: string, saying: Saying = {}): ShownMessage {
    return show(say(this.hub, user, chat, text, saying));
  }

  /** A person edits what they wrote. */
  edit(user: User, message: MessageRef, text: string): void {
    rewrite(this.hub, user, message, text);
  }

  /** @returns the query's identifier. @throws where the message has no such button */
  press(user: User, message: MessageRef, callbackData: string): string {
    return press(this.hub, user, message, callbackData);
  }

  join(user: User, chat: FakeChat, by: User = user): void {
    changeMember(this.hub, user, chat, { by, status: 'member' });
  }

  leave(user: User, chat: FakeChat, by: User = user): void {
    changeMember(this.hub, user, chat, { by, status: 'left' });
  }

  kick(user: User, chat: FakeChat, by: User): void {
    changeMember(this.hub, user, chat, { by, status: 'kicked' });
  }

  promote(user: User, chat: FakeChat, by: User, rights: readonly Right[] = []): void {
    changeMember(this.hub, user, chat, { by, status: 'administrator', rights });
  }

  demote(user: User, chat: FakeChat, by: User): void {
    changeMember(this.hub, user, chat, { by, status: 'member' });
  }

  /** A person blocks the bot. */
  block(user: User): void {
    changeMember(this.hub, this.bot, this.privateChatOf(user), { by: user, status: 'kicked' });
  }

  unblock(user: User): void {
    changeMember(this.hub, this.bot, this.privateChatOf(user), { by: user, status: 'member' });
  }

  /** What members, and the bot while it is no administrator, may not send from now on. */
  forbid(chat: FakeChat, ...what: readonly Sendable[]): void {
    for (const each of what) chat.forbidden.add(each);
  }

  /** A group becomes a supergroup, which is returned. */
  migrate(chat: FakeChat, by: User): FakeChat {
    return migrate(this.hub, chat, by);
  }

  /** A person deletes a message, of which bots are not told. */
  erase({ chat, id }: MessageRef): void {
    const message = chat.messages.find((each) => each.id === id);
    if (message) message.isDeleted = true;
  }

  /** What a person sees of a draft: for half a minute, until the bot sends something. */
  draftIn(chat: FakeChat): Draft | null {
    const draft = this.hub.drafts.findLast((each) => each.chat.id === chat.id);
    if (!draft || this.hub.now() - draft.at > DRAFT_MS) return null;
    const isOver = chat.messages.some(
      ({ id, from }) => id > draft.after && from?.id === this.bot.id,
    );
    return isOver ? null : draft;
  }

  /** A person presses the button under a draft that the bot is writing. */
  stopDraft(user: User, draftId: number): void {
    const chat = this.privateChatOf(user);
    const draft = this.hub.drafts.findLast((each) => each.id === draftId && each.chat === chat);
    if (!draft) throw new Error(`there is no draft ${draftId}`);
    if (!draft.canStop) throw new Error(`the draft ${draftId} has no button to stop it`);
    const { first_name, username } = user;
    const told = { id: chat.id, type: 'private', first_name, ...(username ? { username } : {}) };
    this.hub.updates.push('stopped_message_generation', { chat: told, draft_id: draftId });
  }

  /** Messages that are there, the oldest first; service messages are left out. */
  messages(chat: FakeChat): ShownMessage[] {
    return this.#kept(chat).map(show);
  }

  /** Messages of the bot. */
  sent(chat: FakeChat): ShownMessage[] {
    const isOwn = ({ from, chat: { kind } }: ShownMessage) =>
      kind === 'channel' ? from === null : from?.id === this.bot.id;
    return this.messages(chat).filter(isOwn);
  }

  /** Seconds since 1970 by the fake's clock. */
  get seconds(): number {
    return secondsOf(this.hub.now());
  }

  #kept({ messages }: FakeChat): StoredMessage[] {
    return messages.filter(({ isDeleted, content }) => !isDeleted && content.kind !== 'service');
  }
}
