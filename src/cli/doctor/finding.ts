import type { Config } from '../../config.ts';
import type { OpenDatabase } from '../../store/database.ts';
import type { NotTold, Told } from '../probe/ask.ts';
import type { DiscordBot } from '../probe/discord.ts';
import type { TelegramBot } from '../probe/telegram.ts';

/** What was found out about one thing. */
export type Finding = {
  readonly name: string;
  readonly state: 'good' | 'bad' | 'unknown';
  /** What is so, without a full stop. */
  readonly says: string;
  /** What the person should do about it. */
  readonly todo?: string;
};

/** What is looked at: the configuration, and what several checks need and is fetched once. */
export type Patient = {
  readonly config: Config;
  readonly now: () => Date;
  /** Rejects with `UserError` where it cannot be opened. */
  database(): Promise<OpenDatabase>;
  /** Whose tokens these are; `null` where there is none. */
  telegramBot(): Promise<Told<TelegramBot>> | null;
  discordBot(): Promise<Told<DiscordBot>> | null;
};

/** Looks at one thing. It rejects only when the signal is given. */
export type Check = {
  readonly name: string;
  look(patient: Patient, signal: AbortSignal): Promise<Finding[]>;
};

export function good(name: string, says: string): Finding {
  return { name, state: 'good', says };
}

export function bad(name: string, says: string, todo: string): Finding {
  return { name, state: 'bad', says, todo };
}

export function unknown(name: string, says: string, todo?: string): Finding {
  return { name, state: 'unknown', says, ...(todo !== undefined && { todo }) };
}

/** What is to be said where a platform did not tell; `todo` is for what it refused for good. */
export function notTold(name: string, platform: string, told: NotTold, todo: string): Finding {
  if (told.kind === 'silence') {
    return bad(name, `${platform} cannot be reached: ${told.why}`, 'Look at the network.');
  }
  return told.status === 429 || told.status >= 500
    ? unknown(name, `${platform} has trouble just now (${told.status} ${told.says})`)
    : bad(name, `${platform} refuses it (${told.status} ${told.says})`, todo);
}

/** The database, or `null` where it cannot be opened, which its own check says. */
export async function openedDatabase(patient: Patient): Promise<OpenDatabase | null> {
  return patient.database().catch(() => null);
}
