import { randomBytes } from 'node:crypto';

import type { Log } from '../lib/log.ts';
import { paragraph, root, text } from '../lib/tree.ts';
import { UserError } from '../model/errors.ts';
import { textsIn } from '../texts/texts.ts';
import { type Context, isFor, type Reply } from './command.ts';

/**
 * Runs what a person wrote: a command when it begins with `/`, else a question. Always answers: a
 * refusal with its own words, any other failure with one sentence and a reference to the log.
 */
export async function dispatch(written: string, context: Context, log: Log): Promise<Reply> {
  const texts = textsIn(context.language);
  const { name, words } = parse(written);
  const command = context.commands.find((candidate) => candidate.name === name);
  if (!command) return say(texts.unknownCommand(name));
  if (!isFor(context.role, command)) return say(texts.forOwnersOnly(command.name));
  try {
    return await command.run(words, context);
  } catch (error) {
    if (error instanceof UserError) return say(error.message);
    const reference = randomBytes(4).toString('hex');
    log.error({ reference, command: name, err: error }, 'command failed');
    return say(texts.failed(reference));
  }
}

/** The one command that people say without its slash. */
const CALL_FOR_HELP = /^(?:help|帮助|帮忙)[?？!！]?$/i;

/** `/name@bot words` or, without a slash, a question. */
function parse(written: string): { name: string; words: string } {
  const match = /^\/([\p{L}\d_-]*)(?:@\w+)?\s*(.*)$/su.exec(written.trim());
  return match
    ? { name: (match[1] ?? '').toLowerCase(), words: match[2] ?? '' }
    : { name: CALL_FOR_HELP.test(written.trim()) ? 'help' : 'ask', words: written };
}

function say(sentence: string): Reply {
  return { tree: root([paragraph([text(sentence)])]) };
}
