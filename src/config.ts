import path from 'node:path';

import { type Access, unpricedModels, type Models } from './claude/settings.ts';
import { checkEnvironment, type LogLevel } from './config/environment.ts';
import { checkFile, CONFIG_FILE, type File } from './config/file.ts';
import { UserError } from './model/errors.ts';
import type { Topic } from './model/topic.ts';
import type { DatabaseLocation } from './store/database.ts';

/** Everything a user can set, validated. */
export type Config = File & {
  /** Where X is read; `null` where no token is set. */
  readonly x: PlatformAccess | null;
  /** Where the platforms are reached; `null` for those that are not set up. */
  readonly telegram: PlatformAccess | null;
  readonly discord: PlatformAccess | null;
  /** What Telegram shows with what it brings; `null` where none is set. */
  readonly webhookSecret: string | null;
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
  readonly logLevel: LogLevel;
};

/** Where a platform is reached: its own address when none is given. */
export type PlatformAccess = { readonly token: string; readonly apiRoot: string | null };

/**
 * Reads the configuration from the environment and from `chorus.yaml` (or the file that
 * `CHORUS_CONFIG` names), relative to `folder`. Without a file there is one topic, `twitter_ai`.
 * Throws `UserError('config')` that lists every error with its file and line.
 */
export function loadConfig(environment: NodeJS.ProcessEnv, folder: string): Config {
  const problems: string[] = [];
  const settings = checkEnvironment(environment, problems);
  const file = checkFile(environment['CHORUS_CONFIG'], folder, problems);
  const claude = accessFrom(settings);
  if (claude && file) problems.push(...missingPrices(file.models));
  if (problems.length > 0 || !settings || !file) throw wrong(problems);
  const dataFolder = path.resolve(folder, settings.CHORUS_DATA);
  return {
    ...file,
    x: platformFrom(settings.X_BEARER_TOKEN, settings.X_API_ROOT),
    telegram: platformFrom(settings.TELEGRAM_TOKEN, settings.TELEGRAM_API_ROOT),
    discord: platformFrom(settings.DISCORD_TOKEN, settings.DISCORD_API_ROOT),
    webhookSecret: settings.TELEGRAM_WEBHOOK_SECRET ?? null,
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

function wrong(problems: readonly string[]): UserError {
  const count = problems.length === 1 ? 'an error' : `${problems.length} errors`;
  const lines = problems.toSorted(byPlace).map((problem) => `  ${problem}`);
  return new UserError('config', `The configuration has ${count}:\n${lines.join('\n')}`);
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
