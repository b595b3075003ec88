import type { Commands } from './telegram-commands.ts';
import type { Files, Uploads } from './telegram-files.ts';
import type { Flood } from './telegram-flood.ts';
import type { Updates } from './telegram-updates.ts';
import type { Webhook } from './telegram-webhook.ts';
import type { Content, Draft, FakeChat, StoredMessage, World } from './telegram-world.ts';

/** What methods of the API read and change. */
export type Hub = {
  readonly world: World;
  readonly files: Files;
  readonly flood: Flood;
  /** Drafts are counted by themselves. */
  readonly draftFlood: Flood;
  readonly updates: Updates;
  readonly webhook: Webhook;
  readonly commands: Commands;
  /** Presses of buttons by their identifiers. */
  readonly queries: Map<string, CallbackQuery>;
  readonly answers: CallbackAnswer[];
  readonly drafts: Draft[];
  readonly actions: ChatAction[];
  /** Whether the bot is told of all messages of groups. */
  readonly readsAll: boolean;
  /** In milliseconds. */
  readonly now: () => number;
};

type CallbackQuery = {
  readonly id: string;
  readonly at: number;
  readonly message: StoredMessage;
  readonly data: string;
};

/** How the bot answered a press. */
export type CallbackAnswer = {
  readonly id: string;
  readonly data: string;
  readonly text: string;
  readonly isAlert: boolean;
  readonly url: string | null;
};

export type ChatAction = {
  readonly chat: FakeChat;
  readonly thread: number | null;
  readonly action: string;
};

export type Method<Params> = (hub: Hub, params: Params, uploads: Uploads) => unknown;

export type Post = Pick<StoredMessage, 'chat' | 'from' | 'content'> &
  Partial<Pick<StoredMessage, 'thread' | 'replyTo' | 'keyboard' | 'markup' | 'mediaGroup'>>;

/** Adds a message to its chat. */
export function post({ now }: Hub, message: Post): StoredMessage {
  const { chat } = message;
  const stored: StoredMessage = {
    thread: null,
    replyTo: null,
    keyboard: null,
    markup: null,
    mediaGroup: null,
    ...message,
    id: (chat.lastId += 1),
    date: secondsOf(now()),
    editDate: null,
    edits: [],
    isDeleted: false,
  };
  chat.messages.push(stored);
  return stored;
}

export function serviceContent(fields: object): Content {
  return { kind: 'service', text: '', entities: [], fields };
}

export function secondsOf(milliseconds: number): number {
  return Math.floor(milliseconds / 1000);
}
