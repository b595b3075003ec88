import type { Root } from 'mdast';

import type { Log } from '../lib/log.ts';
import type { Channel } from '../model/channel.ts';
import type { About, Message } from '../model/message.ts';
import type { Language, Topic } from '../model/topic.ts';
import type { Database } from '../store/database.ts';
import type { StoredReport } from '../store/reports.ts';
import type { Texts } from '../texts/texts.ts';
import type { Bureau } from './bureau.ts';
import { type Options, readOptions, usageOf, type Values } from './options.ts';

/** Who speaks: owners decide who may use the bot, administrators what their chat gets. */
export const ROLES = ['reader', 'admin', 'owner'] as const;
export type Role = (typeof ROLES)[number];

/** Somebody who speaks, by the platform's id. */
export type Person = { readonly id: string; readonly role: Role };

/** What a command may use, and what is known of the chat that it was given in. */
export type Context = {
  readonly db: Database;
  readonly now: () => Date;
  /** What can be had elsewhere: the configuration, making digests. */
  readonly bureau: Bureau;
  readonly channel: Channel;
  readonly person: Person;
  /** The one that the chat is about. */
  readonly topic: Topic;
  readonly language: Language;
  /** Every command, for the help. */
  readonly commands: readonly Command[];
  /** The report of the message that is answered, else the one that this chat saw last. */
  readonly shown: StoredReport | null;
  /** What the message shows that is answered; `null` where none of ours is. */
  readonly answered: About | null;
  /** The platform's id of the message that this answers; `null` of presses and in the terminal. */
  readonly messageId: string | null;
  readonly live: Live;
  readonly log: Log;
};

/** What goes on while a reply is being made. */
export type Live = {
  /** Says which turn is answered, before anything is shown: its address (`stop:TURN`) stops it. */
  readonly begin: (turn: number) => void;
  /** Shows what there is of it so far: as much as the platform's pace lets it, and never twice the same. */
  readonly show: (tree: Root) => void;
  /** Given when somebody has had enough: what has come by then stays. */
  readonly signal: AbortSignal;
};

/** Where a reply is shown when it is finished, and cannot be stopped. */
export const NOBODY_WATCHES: Live = {
  begin: () => {},
  show: () => {},
  signal: new AbortController().signal,
};

/** What a command says. Platforms render it; no command sends anything itself. */
export type Reply = Partial<Omit<Message, 'tree'>> &
  Pick<Message, 'tree'> & {
    /** The report that the chat sees from now on. */
    readonly shown?: StoredReport;
    /** What its messages show; the whole of `shown` where nothing is said. */
    readonly about?: About;
  };

/** A command as every platform registers and runs it. */
export type Command = {
  readonly name: keyof Texts['commands'];
  /** What is written after the name in the help: `[DAY] [TOPIC]`. */
  readonly usage: string;
  readonly options: Options;
  /** Who may give it. */
  readonly for: Role;
  /** Runs it with what was written after its name. `null`: nothing is said, since that was said already. */
  run(written: string, context: Context): Promise<Reply | null>;
};

/** Whether somebody may give a command: what they may not, they need not see. */
export function isFor(role: Role, command: Pick<Command, 'for'>): boolean {
  return ROLES.indexOf(role) >= ROLES.indexOf(command.for);
}

/** Makes a command whose options are read before it runs, so that `run` sees true types only. */
export function defineCommand<O extends Options>(definition: {
  readonly name: Command['name'];
  readonly options: O;
  /** @default 'reader' */
  readonly for?: Role;
  run(values: Values<O>, context: Context): Promise<Reply | null>;
}): Command {
  const { name, options } = definition;
  return {
    name,
    usage: usageOf(options),
    options,
    for: definition.for ?? 'reader',
    run: async (written, context) =>
      definition.run(readOptions(options, written, context), context),
  };
}

/** A reply as a platform sends it. */
export function messageOf(reply: Reply, language: Language): Message {
  return {
    language: reply.language ?? language,
    tree: reply.tree,
    pictures: reply.pictures ?? [],
    folds: reply.folds ?? [],
    buttons: reply.buttons ?? [],
  };
}
