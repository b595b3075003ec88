import { readFileSync } from 'node:fs';
import path from 'node:path';

import {
  isAlias,
  isMap,
  isNode,
  isScalar,
  isSeq,
  LineCounter,
  parseDocument,
  type Document,
} from 'yaml';
import { z } from 'zod';

import {
  type Access,
  fillModels,
  type Models,
  modelsSchema,
  unpricedModels,
} from './claude/settings.ts';
import {
  type CollectSettings,
  collectSchema,
  fillCollect,
  fillSources,
  sourceFields,
  type Sources,
} from './collect/settings.ts';
import { type ChatSettings, chatsSchema, fillChats } from './chat/settings.ts';
import { type Plan, WEEKDAYS } from './deliver/schedule.ts';
import { UserError } from './model/errors.ts';
import { NO_LANGUAGE, readLanguage, type Topic } from './model/topic.ts';
import { isTimeZone, timeOnDay } from './model/window.ts';
import type { DatabaseLocation } from './store/database.ts';

/** Everything a user can set, validated. */
export type Config = {
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
  /** Where X is read; `null` where no token is set. */
  readonly x: PlatformAccess | null;
  /** Where the platforms are reached; `null` for those that are not set up. */
  readonly telegram: PlatformAccess | null;
  readonly discord: PlatformAccess | null;
  /** What Telegram shows with what it brings; `null` where none is set. */
  readonly webhookSecret: string | null;
  readonly models: Models;
  /** Where the model is reached; `null` where none is set up. */
  readonly claude: Access | null;
  readonly database: DatabaseLocation;
  /** The file, there or not, and what paths in it are relative to. */
  readonly file: string;
  readonly folder: string;
  /** Folder of the database, the log and what else the program keeps. */
  readonly dataFolder: string;
  /** Folder that reports are published into. */
  readonly outFolder: string;
  readonly logLevel: (typeof LOG_LEVELS)[number];
};

/** Where a platform is reached: its own address when none is given. */
export type PlatformAccess = { readonly token: string; readonly apiRoot: string | null };

const LOG_LEVELS = ['debug', 'info', 'warn', 'error', 'silent'] as const;

/** The environment variables that are read; everything else in the environment is ignored. */
export const ENVIRONMENT = {
  DATABASE_URL: 'a PostgreSQL server (15 or newer) instead of the embedded one',
  ANTHROPIC_API_KEY: 'the key of the model; without one, reports are made of quotations',
  ANTHROPIC_BASE_URL: 'another server that speaks the Messages API; Anthropic’s own when unset',
  TELEGRAM_TOKEN: 'the token of the Telegram bot, from @BotFather',
  DISCORD_TOKEN: 'the token of the Discord bot, from its developer portal',
  TELEGRAM_WEBHOOK_SECRET: 'what Telegram shows with the updates that it brings (with a webhook)',
  TELEGRAM_API_ROOT: 'another server that speaks the Bot API; Telegram’s own when unset',
  DISCORD_API_ROOT: 'another server that speaks Discord’s API; Discord’s own when unset',
  X_BEARER_TOKEN: 'the bearer token of an app of X, from its developer portal; for sources of X',
  X_API_ROOT: 'another server that speaks the X API v2; X’s own when unset',
  CHORUS_CONFIG: 'the configuration file; `chorus.yaml` when unset',
  CHORUS_DATA: 'the folder of the embedded database and the log; `.data` when unset',
  CHORUS_OUT: 'the folder that reports are published into; `out` when unset',
  CHORUS_LOG: `how much the log tells: ${LOG_LEVELS.join(', ')}; \`info\` when unset`,
} as const;

const topicSchema = z.strictObject({
  title: z.string().trim().min(1).max(80).optional().describe('name for people'),
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
  lead_minutes: z.number().int().min(1).max(720).optional().describe('how early it is made'),
  grace_minutes: z
    .number()
    .int()
    .min(1)
    .max(2880)
    .optional()
    .describe('how late it may still come'),
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

const CONFIG_FILE = 'chorus.yaml';

/** What names of topics look like. */
export const TOPIC_KEY = /^[a-z][a-z0-9_]{0,39}$/;

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

function isDatabaseUrl(value: string): boolean {
  try {
    const { protocol, username, password } = new URL(value);
    decodeURIComponent(username + password);
    return /^postgres(?:ql)?:$/.test(protocol);
  } catch {
    return false;
  }
}

/** An address that a key may be sent to; with a password in it, nothing would be sent. */
function isServerAddress(value: string): boolean {
  if (!URL.canParse(value)) return false;
  const { protocol, username, password } = new URL(value);
  return /^https?:$/.test(protocol) && username === '' && password === '';
}

const token = z.string().regex(/^[\x21-\x7E]+$/, 'must be one word without spaces');

const environmentSchema = z.object({
  ANTHROPIC_API_KEY: z
    .string()
    .regex(/^[\x21-\x7E]+$/, 'must be one word without spaces')
    .optional(),
  ANTHROPIC_BASE_URL: z
    .string()
    .refine(isServerAddress, 'must look like http://localhost:8080')
    .optional(),
  DATABASE_URL: z
    .string()
    .refine(isDatabaseUrl, 'must look like postgresql://user:password@host:5432/database')
    .optional(),
  TELEGRAM_TOKEN: token.optional(),
  DISCORD_TOKEN: token.optional(),
  TELEGRAM_WEBHOOK_SECRET: z
    .string()
    .regex(/^[\w-]{8,256}$/, 'must be 8 to 256 letters, digits, _ or -')
    .optional(),
  TELEGRAM_API_ROOT: z
    .string()
    .refine(isServerAddress, 'must look like http://localhost:8081')
    .optional(),
  DISCORD_API_ROOT: z
    .string()
    .refine(isServerAddress, 'must look like http://localhost:8082/api')
    .optional(),
  X_BEARER_TOKEN: token.optional(),
  X_API_ROOT: z.string().refine(isServerAddress, 'must look like http://localhost:8083').optional(),
  CHORUS_DATA: z.string().min(1).default('.data'),
  CHORUS_OUT: z.string().min(1).default('out'),
  CHORUS_LOG: z
    .enum(LOG_LEVELS, { error: `must be one of ${LOG_LEVELS.join(', ')}` })
    .default('info'),
});

/**
 * Reads the configuration from the environment and from `chorus.yaml` (or the file that
 * `CHORUS_CONFIG` names), relative to `folder`. Without a file there is one topic, `twitter_ai`.
 * Throws `UserError('config')` that lists every error with its file and line.
 */
export function loadConfig(environment: NodeJS.ProcessEnv, folder: string): Config {
  const problems: string[] = [];
  const settings = checkEnvironment(environment, problems);
  const file = checkFile(environment['CHORUS_CONFIG'], folder, problems);
  const models = fillModels(file?.models ?? null);
  const claude = accessFrom(settings);
  if (claude && file) problems.push(...missingPrices(models));
  if (problems.length > 0 || !settings) {
    throw new UserError(
      'config',
      `The configuration has ${problems.length === 1 ? 'an error' : `${problems.length} errors`}:\n${problems
        .toSorted(byPlace)
        .map((problem) => `  ${problem}`)
        .join('\n')}`,
    );
  }
  const dataFolder = path.resolve(folder, settings.CHORUS_DATA);
  return {
    topics: file?.topics ?? [DEFAULT_TOPIC],
    plans: file?.plans ?? new Map(),
    silentTopics: file?.silentTopics ?? new Set(),
    chats: fillChats(file?.chats ?? null),
    sources: file?.sources ?? new Map(),
    collect: fillCollect(file?.collect ?? null),
    x: platformFrom(settings.X_BEARER_TOKEN, settings.X_API_ROOT),
    telegram: platformFrom(settings.TELEGRAM_TOKEN, settings.TELEGRAM_API_ROOT),
    discord: platformFrom(settings.DISCORD_TOKEN, settings.DISCORD_API_ROOT),
    webhookSecret: settings.TELEGRAM_WEBHOOK_SECRET ?? null,
    models,
    claude,
    database:
      settings.DATABASE_URL === undefined
        ? { kind: 'embedded', folder: dataFolder, name: 'chorus' }
        : { kind: 'server', url: settings.DATABASE_URL },
    file: path.resolve(folder, environment['CHORUS_CONFIG'] || CONFIG_FILE),
    folder,
    dataFolder,
    outFolder: path.resolve(folder, settings.CHORUS_OUT),
    logLevel: settings.CHORUS_LOG,
  };
}

/** Problems of a file in the order of its lines, those of the environment first. */
function byPlace(a: string, b: string): number {
  const lineOf = (problem: string) => Number(/:(\d+): /.exec(problem)?.[1] ?? 0);
  return lineOf(a) - lineOf(b);
}

/** The topic with a key. Throws `UserError('usage')` that names the ones there are. */
export function topicNamed(config: Pick<Config, 'topics'>, key: string | undefined): Topic {
  if (key === undefined) return config.topics[0];
  const topic = config.topics.find((candidate) => candidate.key === key);
  if (topic) return topic;
  const known = config.topics.map((candidate) => candidate.key).join(', ');
  throw new UserError('usage', `There is no topic "${key}". Known: ${known}.`);
}

const DEFAULT_TOPIC: Topic = {
  key: 'twitter_ai',
  title: 'Twitter Ai',
  language: 'zh',
  timeZone: new Intl.DateTimeFormat().resolvedOptions().timeZone,
};

function checkEnvironment(environment: NodeJS.ProcessEnv, problems: string[]) {
  const set = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
  const result = environmentSchema.safeParse(set);
  if (result.success) return result.data;
  for (const issue of result.error.issues) {
    problems.push(`environment: ${issue.path.join('.')} ${issue.message}`);
  }
  return null;
}

/** A server of one's own may want no key. */
function accessFrom(settings: ReturnType<typeof checkEnvironment>): Access | null {
  const { ANTHROPIC_API_KEY: apiKey, ANTHROPIC_BASE_URL: baseUrl } = settings ?? {};
  if (apiKey === undefined && baseUrl === undefined) return null;
  return { apiKey: apiKey ?? 'none', baseUrl: baseUrl ?? null };
}

function platformFrom(
  word: string | undefined,
  apiRoot: string | undefined,
): PlatformAccess | null {
  return word === undefined ? null : { token: word, apiRoot: apiRoot ?? null };
}

function missingPrices(models: Models): string[] {
  return unpricedModels(models).map(
    ({ purpose, model }) =>
      `models.prices: what does ${model} (models.${purpose}) cost? Without its price the daily cap cannot be kept. Write "${model}: {input: 0, output: 0}" where it is free.`,
  );
}

/** What the file says; `null` when there is none, or it is wrong. */
type File = {
  readonly topics: readonly [Topic, ...Topic[]] | null;
  readonly plans: ReadonlyMap<string, Plan>;
  readonly silentTopics: ReadonlySet<string>;
  readonly chats: z.output<typeof chatsSchema> | null;
  readonly sources: ReadonlyMap<string, Sources>;
  readonly collect: z.output<typeof collectSchema> | null;
  readonly models: z.output<typeof modelsSchema>;
};

function checkFile(named: string | undefined, folder: string, problems: string[]): File | null {
  const name = named || CONFIG_FILE;
  const text = readText(path.resolve(folder, name), Boolean(named), name, problems);
  if (text === null) return null;
  const counter = new LineCounter();
  const document = parseDocument(text, { lineCounter: counter, prettyErrors: false });
  const at = (offset: number) => `${name}:${counter.linePos(offset).line}`;
  for (const error of document.errors) problems.push(`${at(error.pos[0])}: ${error.message}`);
  if (document.errors.length > 0) return null;
  if (document.contents === null) return null; // an empty file sets nothing
  const content = contentOf(document);
  if (content === undefined) {
    problems.push(`${name}: its aliases (*name) lead nowhere, or multiply without end`);
    return null;
  }
  const result = fileSchema.safeParse(content);
  const where = (keys: readonly PropertyKey[]) => at(offsetOf(document, keys));
  if (!result.success) {
    for (const issue of result.error.issues) problems.push(...inWords(issue, where));
  }
  const keys = topicKeys(document);
  for (const key of keys.filter((candidate) => !TOPIC_KEY.test(candidate))) {
    problems.push(
      `${where(['topics', key])}: topics.${key}: a topic's name is made of small letters, digits and _, and begins with a letter`,
    );
  }
  if (!result.success) return null;
  const entries = Object.entries(result.data.topics ?? {});
  const [first, ...others] = entries.map(([key, settings]) => ({
    key,
    title: settings?.title ?? key,
    language: settings?.language ?? DEFAULT_TOPIC.language,
    timeZone: settings?.time_zone ?? DEFAULT_TOPIC.timeZone,
  }));
  return {
    topics: first ? [first, ...others] : null,
    plans: new Map(
      entries.flatMap(([key, settings]) => {
        const plan = planOf(settings, settings?.time_zone ?? DEFAULT_TOPIC.timeZone);
        return plan ? [[key, plan] as const] : [];
      }),
    ),
    silentTopics: new Set(
      entries.flatMap(([key, settings]) => (settings?.empty_day === 'silent' ? [key] : [])),
    ),
    chats: result.data.chats ?? null,
    sources: new Map(entries.map(([key, settings]) => [key, fillSources(settings)])),
    collect: result.data.collect ?? null,
    models: result.data.models ?? null,
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

function readText(
  file: string,
  required: boolean,
  name: string,
  problems: string[],
): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'ENOENT' && !required) return null;
    problems.push(code === 'ENOENT' ? `${name}: there is no such file` : `${name}: cannot be read`);
    return null;
  }
}

function inWords(
  issue: z.core.$ZodIssue,
  where: (keys: readonly PropertyKey[]) => string,
): string[] {
  const name = issue.path.map(String).join('.');
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map(
      (key) =>
        `${where([...issue.path, key])}: ${[name, key].filter(Boolean).join('.')} is not a setting`,
    );
  }
  return [`${where(issue.path)}: ${name || 'the file'}: ${issue.message}`];
}

/** Where in the file a key stands; for a missing one, its nearest parent. */
function offsetOf(document: Document, keys: readonly PropertyKey[]): number {
  let node: unknown = document.contents;
  let offset = 0;
  for (const key of keys) {
    if (isAlias(node)) node = node.resolve(document);
    if (isSeq(node) && typeof key === 'number') {
      node = node.items[key];
      offset = (isNode(node) ? node.range?.[0] : undefined) ?? offset;
      continue;
    }
    if (!isMap(node)) break;
    const pair = node.items.find((item) => String(item.key) === String(key));
    if (!pair) break;
    offset = (isScalar(pair.key) ? pair.key.range?.[0] : undefined) ?? offset;
    node = pair.value;
  }
  return offset;
}
