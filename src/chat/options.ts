import { plainLine, shorten } from '../lib/text.ts';
import { UserError } from '../model/errors.ts';
import { type Language, LANGUAGES, readLanguage, type Topic } from '../model/topic.ts';
import { type Days, timeOnDay } from '../model/window.ts';
import { textsIn } from '../texts/texts.ts';
import type { Context } from './command.ts';
import { readWhen } from './when.ts';

/** Words that stand side by side: the first of them, and the first behind them. */
export type Span = { readonly from: number; readonly to: number };

/** How words after a command's name become a value. */
export type Option<T> = {
  /** What stands for it in the help: `DAY`. */
  readonly hint: string;
  readonly optional: boolean;
  /**
   * Which of the words are meant for it, wherever they stand. An option without this takes the words
   * that are left; so does one that must be given and was not found, to say what is wrong with them.
   */
  readonly find?: (words: readonly string[], context: Context) => Span | null;
  /** What the other options' words are about, by those that were given for this one. */
  readonly focus?: (words: string, context: Context) => Context;
  /** @throws {UserError} when the words cannot be read; `''` where none were given. */
  read(words: string, context: Context): T;
  /** What may be written, for platforms that offer choices while somebody types. */
  readonly suggest?: (typed: string, context: Context) => Promise<readonly string[]>;
};

/** Options by name. At most one of them takes the words that are left. */
export type Options = Readonly<Record<string, Option<unknown>>>;

/** The values that options are read to. */
export type Values<O extends Options> = {
  readonly [Name in keyof O]: O[Name] extends Option<infer T> ? T : never;
};

/** `[DAY] [TOPIC]`: how a command's options are written in the help. */
export function usageOf(options: Options): string {
  return Object.values(options)
    .map(({ hint, optional }) => (optional ? `[${hint}]` : hint))
    .join(' ');
}

/**
 * Reads what was written after a command's name, words in any order. Where words could be meant for two
 * options, the one that is defined first has them.
 *
 * @throws {UserError}
 */
export function readOptions<O extends Options>(
  options: O,
  written: string,
  context: Context,
): Values<O> {
  const given = shareOut(options, written.trim().split(/\s+/).filter(Boolean), context);
  const entries = Object.entries(options).map(
    ([name, option]) => [name, option, given.get(name) ?? ''] as const,
  );
  const about = entries.reduce((so, [, { focus }, own]) => focus?.(own, so) ?? so, context);
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- each option reads its own value
  return Object.fromEntries(
    entries.map(([name, option, own]) => [name, option.read(own, about)]),
  ) as Values<O>;
}

/** Gives every option its words. */
function shareOut(options: Options, all: readonly string[], context: Context): Map<string, string> {
  const left = [...all];
  const given = new Map<string, string>();
  for (const [name, { find }] of Object.entries(options)) {
    const span = find?.(left, context);
    if (span) given.set(name, left.splice(span.from, span.to - span.from).join(' '));
  }
  if (left.length === 0) return given;
  const rest = Object.entries(options).find(
    ([name, { find, optional }]) => !given.has(name) && (!find || !optional),
  );
  if (rest) given.set(rest[0], left.join(' '));
  else refuseRest(left, options, context);
  return given;
}

/** A command without options takes whatever is written after it; others say what they take. */
function refuseRest(left: readonly string[], options: Options, context: Context): void {
  if (Object.keys(options).length === 0) return;
  const texts = textsIn(context.language);
  const said = shorten(plainLine(left.join(' ').slice(0, LONGEST)), SAID_BACK);
  throw new UserError('usage', texts.notUnderstood(said, texts.usage(usageOf(options))));
}

/** How much of what could not be read is looked at and said back. Characters. */
const LONGEST = 100;
const SAID_BACK = 60;

/** Any words. */
export function words(hint: string): Option<string> {
  return { hint, optional: false, read: (written) => written };
}

/** The same, where none need be given. */
export function someWords(hint: string): Option<string> {
  return { ...words(hint), optional: true };
}

/** Days in people's words, or none. */
export function when(hint: string): Option<Days | null> {
  return {
    hint,
    optional: true,
    read: (written, context) =>
      written === ''
        ? null
        : readWhen(written, context.now(), context.topic.timeZone, context.language),
    suggest: async (typed, context) =>
      textsIn(context.language).whenExamples.filter((example) => example.includes(typed)),
  };
}

/** A topic by its key or title, that of the message which is answered, or the one that the chat is about. */
export function topic(hint: string): Option<Topic> {
  const named = (name: string, context: Context) =>
    topicNamed(name, context) ?? topicInView(context) ?? context.topic;
  return {
    hint,
    optional: true,
    find: findTopic,
    focus: (name, context) => ({ ...context, topic: named(name, context) }),
    read: named,
    suggest: async (typed, { bureau }) =>
      bureau.topics.map(({ key }) => key).filter((key) => key.includes(typed.toLowerCase())),
  };
}

/** The topic of the report that the answered message shows: its days are those of its own time zone. */
function topicInView({ answered, shown, bureau }: Context): Topic | undefined {
  if (answered === null || answered.report === null) return undefined;
  return bureau.topics.find(({ key }) => key === shown?.topic);
}

/** The topic that is named among other words. */
export function topicIn(said: string, context: Context): Topic | undefined {
  const all = said.split(/\s+/);
  const span = findTopic(all, context);
  return span ? topicNamed(all.slice(span.from, span.to).join(' '), context) : undefined;
}

/** A topic by its key or title, which must be named where there are several. */
export function namedTopic(hint: string): Option<Topic> {
  return {
    ...topic(hint),
    optional: false,
    read(word, context) {
      const { topics } = context.bureau;
      const found = word === '' && topics.length === 1 ? topics[0] : topicNamed(word, context);
      if (found) return found;
      const known = topics.map(({ key }) => key);
      throw new UserError('usage', textsIn(context.language).noTopic(word, known));
    },
  };
}

/** The topic that somebody calls by its key or its title; keys go before titles. */
export function topicNamed(name: string, { bureau }: Context): Topic | undefined {
  return (
    bureau.topics.find(({ key }) => isSame(key, name)) ??
    bureau.topics.find(({ title }) => isSame(title.replace(/\s+/g, ' '), name))
  );
}

/** Where a topic stands; a title of several words goes before a shorter one that is part of it. */
function findTopic(said: readonly string[], { bureau }: Context): Span | null {
  const names = bureau.topics
    .flatMap(({ key, title }) => [key, title])
    .map((name) => name.split(/\s+/))
    .toSorted((one, other) => other.length - one.length);
  for (const name of names) {
    const from = said.findIndex((_, start) =>
      name.every((word, place) => isSame(word, said[start + place] ?? '')),
    );
    if (from >= 0) return { from, to: from + name.length };
  }
  return null;
}

/** An hour as people write it: `9`, `9:00`, `9am`, `9点`, full-width figures too; or none. */
export function hour(hint: string): Option<string | null> {
  return {
    hint,
    optional: true,
    find: oneWord((word) => HOUR.test(word.normalize('NFKC'))),
    read(word, context) {
      if (word === '') return null;
      const time = timeOf(word.normalize('NFKC'));
      if (time !== null && timeOnDay('2026-01-01', time, 'UTC') !== null) return time;
      throw new UserError('usage', textsIn(context.language).noHour(word));
    },
  };
}

const HOUR = /^(\d{1,2})(?::(\d{1,2})|[点點时時](?:(\d{1,2})分?|(半))?)?([ap]m)?$/i;

/** `09:00` for an hour in people's words; `null` where there is none like it on a clock. */
function timeOf(word: string): string | null {
  const [, said = '', minutes, spoken, half, part] = HOUR.exec(word) ?? [];
  if (said === '') return null;
  const minute = minutes ?? spoken?.padStart(2, '0') ?? (half === undefined ? '00' : '30');
  if (part === undefined) return `${said.padStart(2, '0')}:${minute}`;
  if (Number(said) < 1 || Number(said) > 12) return null;
  const of24 = (Number(said) % 12) + (part.toLowerCase() === 'pm' ? 12 : 0);
  return `${String(of24).padStart(2, '0')}:${minute}`;
}

/** A language by its tag, or none. */
export function language(hint: string): Option<Language | null> {
  return {
    hint,
    optional: true,
    read(word, context) {
      if (word === '') return null;
      const tag = readLanguage(word);
      if (tag !== null) return tag;
      throw new UserError('usage', textsIn(context.language).noLanguage(word));
    },
    suggest: async (typed) => LANGUAGES.filter((tag) => tag.startsWith(typed.toLowerCase())),
  };
}

/** The same among other words: the first that is a tag. A topic that is called like one is defined before. */
export function languageAmong(hint: string): Option<Language | null> {
  return { ...language(hint), find: oneWord((word) => readLanguage(word) !== null) };
}

function oneWord(isMeant: (word: string) => boolean): Option<unknown>['find'] & {} {
  return (said) => {
    const from = said.findIndex((word) => isMeant(word));
    return from < 0 ? null : { from, to: from + 1 };
  };
}

/** The number of a page, from 1; the first when none is given. */
export function page(hint: string): Option<number> {
  return {
    hint,
    optional: true,
    read(written, context) {
      if (written === '') return 1;
      if (/^[1-9]\d{0,5}$/.test(written)) return Number(written);
      throw new UserError('usage', textsIn(context.language).noPage(written));
    },
  };
}

function isSame(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}
