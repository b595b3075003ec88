import { randomBytes } from 'node:crypto';

import type { Log } from '../lib/log.ts';
import { paragraph, root, text } from '../lib/tree.ts';
import { UserError } from '../model/errors.ts';
import { textsIn } from '../texts/texts.ts';
import { type Command, type Context, isFor, type Reply } from './command.ts';
import { nearestTo } from './nearest.ts';
import { showAddressed } from './press.ts';

/**
 * Runs what a person wrote: a command when it begins with `/`, else a question. Always answers: a
 * refusal with its own words, any other failure with one sentence and a reference to the log.
 *
 * @returns `null` for what was answered already.
 */
export async function dispatch(written: string, context: Context, log: Log): Promise<Reply | null> {
  const { name, words } = parse(written);
  const command = context.commands.find((candidate) => candidate.name === name);
  if (!command) return say(unknown(name, context));
  return attempt(name, context, log, () => obey(command, words, context));
}

/** Shows what a pressed button asks for. Always answers. */
export async function dispatchPress(carried: string, context: Context, log: Log): Promise<Reply> {
  return attempt(carried, context, log, () => showAddressed(carried, context));
}

/** That there is no such command, and which one of those that the person may give was meant. */
function unknown(name: string, { commands, language, person }: Context): string {
  const known = commands.filter((command) => isFor(person.role, command));
  const meant = nearestTo(
    name,
    known.map((command) => command.name),
  );
  return textsIn(language).unknownCommand(name, meant);
}

function obey(command: Command, words: string, context: Context): Promise<Reply | null> {
  const { person, language } = context;
  if (isFor(person.role, command)) return command.run(words, context);
  const texts = textsIn(language);
  const refusal = command.for === 'owner' ? texts.forOwnersOnly : texts.forAdminsOnly;
  throw new UserError('not-allowed', refusal(command.name));
}

async function attempt<T>(
  what: string,
  { language }: Context,
  log: Log,
  work: () => Promise<T>,
): Promise<T | Reply> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof UserError) return say(error.message);
    const reference = randomBytes(4).toString('hex');
    log.error({ reference, command: what, err: error }, 'command failed');
    return say(textsIn(language).failed(reference));
  }
}

/** What is asked, where somebody asks something; `null` of all other commands. */
export function questionIn(written: string): string | null {
  const { name, words } = parse(written);
  return name === QUESTION ? words : null;
}

/** The command of what is said without one. */
const QUESTION = 'ask';

/** The one command that people say without its slash. */
const CALL_FOR_HELP = /^(?:help|帮助|帮忙)[?？!！]?$/i;

/** What Telegram's clients say by themselves when somebody opens the chat. */
const GREETING = 'start';

/** It keeps words of our messages from becoming links; what people copy from them holds it. */
const OUR_MARK = '\u2060';

/** `/name@bot words` or, without a slash, a question. */
function parse(written: string): { name: string; words: string } {
  const said = written.replaceAll(OUR_MARK, '').trim();
  const match = /^\/([\p{L}\d_-]*)(?:@\w+)?\s*(.*)$/su.exec(said);
  if (!match) return { name: CALL_FOR_HELP.test(said) ? 'help' : QUESTION, words: said };
  const name = (match[1] ?? '').toLowerCase();
  return { name: name === GREETING ? 'help' : name, words: match[2] ?? '' };
}

/** A sentence as a reply. */
export function say(sentence: string): Reply {
  return { tree: root([paragraph([text(sentence)])]) };
}
