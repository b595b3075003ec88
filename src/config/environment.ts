import { z } from 'zod';

const LOG_LEVELS = ['debug', 'info', 'warn', 'error', 'silent'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];

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

/** What the environment sets, `null` where some of it is wrong: then `problems` says what, and never a value. */
export function checkEnvironment(
  environment: NodeJS.ProcessEnv,
  problems: string[],
): z.output<typeof environmentSchema> | null {
  const set = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ''));
  const result = environmentSchema.safeParse(set);
  if (result.success) return result.data;
  for (const issue of result.error.issues) {
    problems.push(`environment: ${issue.path.join('.')} ${issue.message}`);
  }
  return null;
}
