import { readFileSync } from 'node:fs';
import path from 'node:path';

import { type Document, isMap, LineCounter, parseDocument } from 'yaml';
import { z } from 'zod';

import { type ChatSettings, chatsSchema, fillChats } from '../chat/settings.ts';
import { fillModels, type Models, modelsSchema } from '../claude/settings.ts';
import {
  type CollectSettings,
  collectSchema,
  fillCollect,
  fillSources,
  sourceFields,
  type Sources,
} from '../collect/settings.ts';
import { type Plan, WEEKDAYS } from '../deliver/schedule.ts';
import { ONE_LINE } from '../lib/text.ts';
import { wholeNumber } from '../lib/whole-number.ts';
import { NO_LANGUAGE, readLanguage, type Topic } from '../model/topic.ts';
import { isTimeZone, timeOnDay } from '../model/window.ts';
import { offsetOf, whatMay, wrongIn } from './words.ts';

/** What there is where no topic is named. */
export const DEFAULT_TOPIC: Topic = {
  key: 'twitter_ai',
  title: 'Twitter Ai',
  language: 'zh',
  timeZone: new Intl.DateTimeFormat().resolvedOptions().timeZone,
};

const topicSchema = z.strictObject({
  title: z
    .string()
    .trim()
    .min(1)
    .max(80)
    .regex(ONE_LINE, 'must be one line')
    .optional()
    .describe('name for people'),
  language: z
    .string(NO_LANGUAGE)
    .transform((tag, context) => {
      const language = readLanguage(tag);
      if (language === null) context.addIssue(`"${tag}" ${NO_LANGUAGE}`);
      return language ?? z.NEVER;
    })
    .optional()
    .describe('language of the reports, as a tag: `zh`, `en`, `ja`, `pt-BR`'),
  time_zone: z
    .string()
    .refine(isTimeZone, {
      error: (issue) =>
        `"${String(issue.input)}" is no known time zone; write it like Asia/Shanghai`,
    })
    .optional()
    .describe('where its days begin and end: `Asia/Shanghai`'),
  post_at: z
    .string('must be an hour in quotation marks: "10:00"')
    .refine((time) => timeOnDay('2026-01-01', time, 'UTC') !== null, 'must look like "10:00"')
    .transform((time) => time.padStart(5, '0'))
    .optional()
    .describe('the hour at which its digest is posted: `"10:00"`; none: never by itself'),
  days: z
    .array(z.enum(WEEKDAYS, `must be of ${WEEKDAYS.join(', ')}`))
    .min(1, 'name at least one day')
    .optional()
    .describe('the days on which it is posted; all of them when not given'),
  window: z
    .enum(['last_24h', 'calendar_day'], 'must be last_24h or calendar_day')
    .optional()
    .describe('what is told: the day up to the posting, or the calendar day before'),
  lead_minutes: wholeNumber(1, 720).optional().describe('how early it is made'),
  grace_minutes: wholeNumber(1, 2880).optional().describe('how late it may still come'),
  empty_day: z
    .enum(['line', 'silent'], 'must be line or silent')
    .optional()
    .describe('a day with nothing to tell: a line, or silence'),
  ...sourceFields,
});

type TopicFields = z.output<typeof topicSchema>;

function planOf(settings: TopicFields | null, timeZone: string): Plan | null {
  if (settings?.post_at === undefined) return null;
  const { post_at: postAt, days, window = 'last_24h' } = settings;
  const { lead_minutes: leadMinutes, grace_minutes: graceMinutes } = settings;
  return {
    postAt,
    timeZone,
    window,
    ...(days && { days }),
    ...(leadMinutes !== undefined && { leadMinutes }),
    ...(graceMinutes !== undefined && { graceMinutes }),
  };
}

/** The file of the configuration where none is named. */
export const CONFIG_FILE = 'chorus.yaml';

/** What names of topics look like. */
export const TOPIC_KEY = /^[a-z][a-z0-9_]{0,39}$/;
/** The same for people. */
export const TOPIC_KEY_FORM =
  'is made of small letters, digits and _, begins with a letter, and has 40 characters at most';

const fileSchema = z.strictObject({
  models: modelsSchema.optional(),
  chats: chatsSchema.optional(),
  collect: collectSchema.optional(),
  topics: z
    .record(
      z.string(),
      topicSchema.nullable(),
      'name the topics here, each on a line of its own, indented',
    )
    .refine((topics) => Object.keys(topics).length > 0, 'name at least one topic')
    .optional(),
});

/** The settings of a topic in `chorus.yaml`, each with what it means. */
export const TOPIC_SETTINGS: Readonly<Record<string, string>> = Object.fromEntries(
  Object.entries(topicSchema.shape).map(([name, schema]) => [name, schema.description ?? '']),
);

/** What is wrong with settings of a topic, by their names in the file; a sentence each. */
export function complaintsAboutTopic(settings: Readonly<Record<string, string>>): string[] {
  const { error } = topicSchema.safeParse(settings, { error: whatMay, reportInput: true });
  return wrongIn(error?.issues ?? []).map(({ words }) => words);
}

/** What `chorus.yaml` says, with what is left out. */
export type File = {
  /** At least one; the first is meant when none is named. */
  readonly topics: readonly [Topic, ...Topic[]];
  /** When each topic's digest is made and posted, by its key; missing for those that are not. */
  readonly plans: ReadonlyMap<string, Plan>;
  /** Topics that say nothing on a day that has nothing to tell. */
  readonly silentTopics: ReadonlySet<string>;
  readonly chats: ChatSettings;
  /** What each topic is collected from, by its key. */
  readonly sources: ReadonlyMap<string, Sources>;
  readonly collect: CollectSettings;
  readonly models: Models;
};

/**
 * Reads the configuration's file, the one that is `named` or `chorus.yaml`, which need not be there; `null`
 * where something in it is wrong: then `problems` says what, and in which line.
 */
export function checkFile(
  named: string | undefined,
  folder: string,
  problems: string[],
): File | null {
  const name = named || CONFIG_FILE;
  const before = problems.length;
  const text = readText(path.resolve(folder, name), Boolean(named), name, problems);
  const settings = text === null ? {} : readSettings(text, name, problems);
  return problems.length > before || settings === null ? null : fill(settings);
}

type Settings = z.output<typeof fileSchema>;

function readSettings(text: string, name: string, problems: string[]): Settings | null {
  const counter = new LineCounter();
  const document = parseDocument(text, { lineCounter: counter, prettyErrors: false });
  const at = (offset: number) => `${name}:${counter.linePos(offset).line}`;
  for (const error of document.errors) problems.push(`${at(error.pos[0])}: ${error.message}`);
  if (document.errors.length > 0) return null;
  if (document.contents === null) return {}; // an empty file sets nothing
  const content = contentOf(document);
  if (content === undefined) {
    problems.push(`${name}: its aliases (*name) lead nowhere, or multiply without end`);
    return null;
  }
  const result = fileSchema.safeParse(content, { error: whatMay, reportInput: true });
  const where = (keys: readonly PropertyKey[]) => at(offsetOf(document, keys));
  for (const { keys, words } of wrongIn(result.error?.issues ?? [])) {
    problems.push(`${where(keys)}: ${words}`);
  }
  for (const key of topicKeys(document).filter((candidate) => !TOPIC_KEY.test(candidate))) {
    problems.push(`${where(['topics', key])}: topics.${key}: a topic's name ${TOPIC_KEY_FORM}`);
  }
  return result.data ?? null;
}

function fill({ topics: named, chats, collect, models }: Settings): File {
  const entries = Object.entries(named ?? {});
  const [first = DEFAULT_TOPIC, ...others] = entries.map(([key, settings]) => ({
    key,
    title: settings?.title ?? key,
    language: settings?.language ?? DEFAULT_TOPIC.language,
    timeZone: settings?.time_zone ?? DEFAULT_TOPIC.timeZone,
  }));
  const plans = entries.flatMap(([key, settings]) => {
    const plan = planOf(settings, settings?.time_zone ?? DEFAULT_TOPIC.timeZone);
    return plan ? [[key, plan] as const] : [];
  });
  const silent = entries.filter(([, settings]) => settings?.empty_day === 'silent');
  return {
    topics: [first, ...others],
    plans: new Map(plans),
    silentTopics: new Set(silent.map(([key]) => key)),
    chats: fillChats(chats ?? null),
    sources: new Map(entries.map(([key, settings]) => [key, fillSources(settings)])),
    collect: fillCollect(collect ?? null),
    models: fillModels(models ?? null),
  };
}

function topicKeys(document: Document): string[] {
  const topics = document.get('topics', true);
  return isMap(topics) ? topics.items.map((item) => String(item.key)) : [];
}

function contentOf(document: Document): unknown {
  try {
    return document.toJS();
  } catch {
    return undefined;
  }
}

/** Characters: reading more would keep a bot from its work for seconds. */
const LONGEST_FILE = 1_000_000;

function readText(
  file: string,
  required: boolean,
  name: string,
  problems: string[],
): string | null {
  try {
    const text = readFileSync(file, 'utf8');
    if (text.length <= LONGEST_FILE) return text;
    problems.push(`${name}: is longer than a configuration can be (1 MB)`);
    return null;
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'ENOENT' && !required) return null;
    problems.push(code === 'ENOENT' ? `${name}: there is no such file` : `${name}: cannot be read`);
    return null;
  }
}
