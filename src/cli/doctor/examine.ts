import type { Config } from '../../config.ts';
import { UserError } from '../../model/errors.ts';
import { type OpenDatabase, openDatabase } from '../../store/database.ts';
import { beforeStop } from '../before-stop.ts';
import { quote } from '../probe/ask.ts';
import { findDiscordBot } from '../probe/discord.ts';
import { findTelegramBot } from '../probe/telegram.ts';
import { chats } from './chats.ts';
import { clock } from './clock.ts';
import { database } from './database.ts';
import { bad, type Check, type Finding, good, type Patient, unknown } from './finding.ts';
import { folders } from './folders.ts';
import { fonts } from './fonts.ts';
import { model } from './model.ts';
import { discord, telegram } from './platforms.ts';
import { sources } from './sources.ts';
import { topics } from './topics.ts';
import { trials } from './trials.ts';

/** What is looked at besides the configuration, in the order in which it is told. */
const CHECKS: readonly Check[] = [
  database,
  fonts,
  clock,
  telegram,
  discord,
  chats,
  model,
  topics,
  sources,
  trials,
  folders,
];

/** Those that ask the network. */
const ASKING: ReadonlySet<Check> = new Set([clock, telegram, discord, chats, model, trials]);

/** The checks to make; `offline`: those that ask nobody. */
export function checksFor(offline: boolean): readonly Check[] {
  return offline ? CHECKS.filter((check) => !ASKING.has(check)) : CHECKS;
}

/** Says whether the network is asked, and how that is changed. */
export function networkInWords(offline: boolean): Finding {
  const names = [...ASKING].map(({ name }) => name).join(', ');
  return offline
    ? unknown('network', `not asked (--offline), so not looked at: ${names}`)
    : good(
        'network',
        `is asked, for ${LONGEST_MS / 1000} seconds at most; --offline leaves it out`,
      );
}

/** So long a check may take, milliseconds. */
const LONGEST_MS = 10_000;
/** The database has a little less, so that the checks that wait for it can say so. */
const LONGEST_OPENING_MS = 9000;

/** Makes all checks beside each other. Rejects with the signal's reason. */
export async function examine(
  patient: Patient,
  signal: AbortSignal,
  checks: readonly Check[],
  longestMs = LONGEST_MS,
): Promise<Finding[]> {
  const findings = checks.map((check) => within(longestMs, check, patient, signal));
  return (await Promise.all(findings)).flat();
}

async function within(
  ms: number,
  check: Check,
  patient: Patient,
  signal: AbortSignal,
): Promise<Finding[]> {
  const late = AbortSignal.timeout(ms);
  const stop = AbortSignal.any([signal, late]);
  try {
    return await beforeStop(check.look(patient, stop), stop);
  } catch (error) {
    signal.throwIfAborted();
    const says = late.aborted
      ? `took longer than ${ms / 1000} seconds`
      : `could not be looked at (${quote(error instanceof Error ? error.message : String(error))})`;
    return [bad(check.name, says, 'Try again; if it stays so, look at the network.')];
  }
}

/** A patient whose database and bots are asked once, where they are; `close` gives the database back. */
export function openPatient(
  config: Config,
  now: () => Date,
  signal: AbortSignal,
  offline: boolean,
): Patient & { close(): Promise<void> } {
  const { telegram: ofTelegram, discord: ofDiscord } = config;
  const opening = openDatabase(config.database);
  const opened = inTime(opening, signal);
  const telegramBot = offline ? null : ofTelegram && findTelegramBot(ofTelegram, signal);
  const discordBot = offline ? null : ofDiscord && findDiscordBot(ofDiscord, signal);
  for (const promise of [opened, telegramBot, discordBot]) promise?.catch(() => {}); // told by whoever asks
  return {
    config,
    now,
    database: () => opened,
    telegramBot: () => telegramBot,
    discordBot: () => discordBot,
    async close() {
      const open = await opening.catch(() => null);
      await open?.close();
    },
  };
}

async function inTime(opening: Promise<OpenDatabase>, signal: AbortSignal): Promise<OpenDatabase> {
  const late = AbortSignal.timeout(LONGEST_OPENING_MS);
  try {
    return await beforeStop(opening, AbortSignal.any([signal, late]));
  } catch (error) {
    signal.throwIfAborted();
    if (!late.aborted) throw error;
    const seconds = LONGEST_OPENING_MS / 1000;
    throw new UserError('database', `The database did not open in ${seconds} seconds.`);
  }
}
