import type { Root } from 'mdast';

import { UserError } from '../model/errors.ts';
import type { Picture } from '../model/picture.ts';
import type { Language, Topic } from '../model/topic.ts';
import type { Day } from '../model/window.ts';
import type { Database } from '../store/database.ts';
import type { StoredReport } from '../store/reports.ts';
import { textsIn, type Texts } from '../texts/texts.ts';
import { readDay } from './when.ts';

/** Who speaks: owners also decide what counts; readers only read. */
export type Role = 'owner' | 'reader';

/** What a command may use, and what is known of the chat that it was given in. */
export type Context = {
  readonly db: Database;
  readonly now: () => Date;
  readonly topic: Topic;
  readonly language: Language;
  readonly role: Role;
  /** Every command, for the help. */
  readonly commands: readonly Command[];
  /** The report that this chat saw last. */
  readonly shown: StoredReport | null;
};

/** What a command says. Platforms render the tree; no command sends anything itself. */
export type Reply = {
  readonly tree: Root;
  readonly pictures?: readonly Picture[];
  /** The report that the chat sees from now on. */
  readonly shown?: StoredReport;
};

/** How the words after a command's name become a value. */
export type Option<T> = {
  readonly hint: string;
  readonly optional: boolean;
  read(words: string, context: Context): T;
};

/** A command as every platform registers and runs it; its words are one option, or none. */
export type Command = {
  readonly name: keyof Texts['commands'];
  /** What is written after the name in the help: `[DAY]`. */
  readonly usage: string;
  /** Whom it is for, where it is not for everybody. */
  readonly for?: 'owner';
  run(words: string, context: Context): Promise<Reply>;
};

/** Whether somebody may give a command: what they may not, they need not see. */
export function isFor(role: Role, command: Command): boolean {
  return command.for === undefined || command.for === role;
}

/** Makes a command whose option is read before it runs, so that `run` sees true types only. */
export function defineCommand<T>(definition: {
  readonly name: Command['name'];
  readonly option: Option<T>;
  readonly for?: 'owner';
  run(option: T, context: Context): Promise<Reply>;
}): Command {
  const { name, option } = definition;
  const hint = option.hint === '' ? '' : option.optional ? `[${option.hint}]` : option.hint;
  return {
    name,
    usage: hint,
    ...(definition.for && { for: definition.for }),
    run: async (written, context) => definition.run(option.read(written, context), context),
  };
}

/** Any words. */
export function words(hint: string): Option<string> {
  return { hint, optional: false, read: (text) => text.trim() };
}

/** A day in people's words, or none. */
export function day(hint: string): Option<Day | null> {
  return {
    hint,
    optional: true,
    read: (text, { now, topic, language }) =>
      text.trim() === '' ? null : readDay(text, now(), topic.timeZone, language),
  };
}

/** The number of a page, from 1; the first when none is given. */
export function page(hint: string): Option<number> {
  return {
    hint,
    optional: true,
    read: (text, { language }) => {
      const written = text.trim();
      if (written === '') return 1;
      if (/^[1-9]\d{0,5}$/.test(written)) return Number(written);
      throw new UserError('usage', textsIn(language).noPage(written));
    },
  };
}

/** No option; words after the name are ignored. */
export const nothing: Option<null> = { hint: '', optional: true, read: () => null };
