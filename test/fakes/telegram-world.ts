import type { ChatAdministratorRights, Message, RichBlock, User } from '@grammyjs/types';

import type { Entity } from './telegram-entity.ts';
import type { StoredFile } from './telegram-files.ts';

export type ChatKind = 'private' | 'group' | 'supergroup' | 'channel';
export type Status = 'creator' | 'administrator' | 'member' | 'left' | 'kicked';
export type Right = Exclude<keyof ChatAdministratorRights, 'is_anonymous' | 'can_manage_chat'>;
export type Sendable = 'text messages' | 'photos';

export type Membership = {
  readonly user: User;
  readonly status: Status;
  /** What an administrator may do. */
  readonly rights: readonly Right[];
};

export type Content =
  | { readonly kind: 'text'; readonly text: string; readonly entities: readonly Entity[] }
  | {
      readonly kind: 'photo';
      readonly text: string;
      readonly entities: readonly Entity[];
      readonly file: StoredFile;
      readonly isCaptionAbove: boolean;
    }
  | {
      readonly kind: 'rich';
      readonly text: string;
      readonly entities: readonly Entity[];
      readonly blocks: readonly RichBlock[];
      readonly files: readonly StoredFile[];
      readonly isRightToLeft: boolean;
    }
  | {
      readonly kind: 'service';
      readonly text: '';
      readonly entities: readonly Entity[];
      readonly fields: Partial<Message>;
    };

export type Button = { readonly text: string; readonly [field: string]: unknown };

/** A message as the fake keeps it. */
export type StoredMessage = {
  readonly id: number;
  readonly chat: FakeChat;
  /** Null of posts of a channel. */
  readonly from: User | null;
  /** Seconds since 1970. */
  readonly date: number;
  readonly thread: number | null;
  readonly replyTo: StoredMessage | null;
  readonly mediaGroup: string | null;
  content: Content;
  keyboard: readonly (readonly Button[])[] | null;
  /** Markup that is no inline keyboard: reply keyboards and the like. */
  readonly markup: unknown;
  editDate: number | null;
  /** What it was before each of its edits, the oldest first. */
  readonly edits: Content[];
  isDeleted: boolean;
};

export type FakeChat = {
  readonly id: number;
  readonly kind: ChatKind;
  readonly title: string;
  readonly username: string | null;
  readonly isForum: boolean;
  readonly topics: Map<number, { readonly name: string; isClosed: boolean }>;
  readonly members: Map<number, Membership>;
  /** What members, and the bot while it is no administrator, may not send. */
  readonly forbidden: Set<Sendable>;
  readonly messages: StoredMessage[];
  /** Of private chats: with whom, and whether they ever wrote to the bot. */
  readonly person: User | null;
  isStarted: boolean;
  migratedTo: FakeChat | null;
  lastId: number;
};

export type Draft = {
  readonly chat: FakeChat;
  readonly id: number;
  readonly thread: number | null;
  readonly text: string;
  readonly content: Content | null;
  /** Whether there is a button that stops it. */
  readonly canStop: boolean;
  /** In milliseconds. */
  readonly at: number;
  /** The last message of the chat before it. */
  readonly after: number;
};

/** Who and what there is. */
export class World {
  readonly bot: User;
  readonly users = new Map<number, User>();
  readonly chats = new Map<number, FakeChat>();
  #lastUser = 7000;
  #lastGroup = 4000;
  #lastSupergroup = 1_002_000_000_000;

  constructor(bot: User) {
    this.bot = bot;
    this.users.set(bot.id, bot);
  }

  addUser(fields: Partial<Omit<User, 'is_bot'>> = {}): User {
    const id = fields.id ?? (this.#lastUser += 1);
    const user: User = { id, is_bot: false, first_name: `Person ${id}`, ...fields };
    this.users.set(id, user);
    this.#add({ id, kind: 'private', title: '', person: user });
    return user;
  }

  addChat(kind: Exclude<ChatKind, 'private'>, fields: Partial<FakeChat>): FakeChat {
    const id = kind === 'group' ? -(this.#lastGroup += 1) : -(this.#lastSupergroup += 1);
    const lastId = kind === 'group' ? 0 : 1; // the first message tells that it was made
    return this.#add({ id, title: `Chat ${id}`, lastId, ...fields, kind });
  }

  #add(fields: Partial<FakeChat> & Pick<FakeChat, 'id' | 'kind' | 'title'>): FakeChat {
    const chat: FakeChat = {
      username: null,
      isForum: false,
      topics: new Map(),
      members: new Map(),
      forbidden: new Set(),
      messages: [],
      person: null,
      isStarted: false,
      migratedTo: null,
      lastId: 0,
      ...fields,
    };
    this.chats.set(chat.id, chat);
    return chat;
  }

  /** The chat of an identifier or an `@name` as parameters have them, or null. */
  findChat(id: unknown): FakeChat | null {
    if (typeof id === 'string' && id.startsWith('@')) {
      const name = id.slice(1).toLowerCase();
      const named = [...this.chats.values()].filter(({ kind }) => kind !== 'private');
      return named.find(({ username }) => username?.toLowerCase() === name) ?? null;
    }
    return this.chats.get(Number(id)) ?? null;
  }

  membershipIn(chat: FakeChat, user: User): Membership {
    return chat.members.get(user.id) ?? { user, status: 'left', rights: [] };
  }
}

export function isPresent({ status }: Membership): boolean {
  return status !== 'left' && status !== 'kicked';
}

export function isAdministrator({ status }: Membership): boolean {
  return status === 'administrator' || status === 'creator';
}

export function hasRight(membership: Membership, right: Right): boolean {
  if (membership.status === 'creator') return true;
  return membership.status === 'administrator' && membership.rights.includes(right);
}

export function findMessage(chat: FakeChat, id: unknown): StoredMessage | null {
  const found = chat.messages.findLast((message) => message.id === Number(id));
  return found && !found.isDeleted ? found : null;
}
