import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';

import { UserError } from '../../model/errors.ts';
import { beforeStop } from '../before-stop.ts';
import { sayIn } from '../show.ts';
import type { Beginning } from '../verb.ts';

/** Asks a person, or whatever feeds the input, one question after the other. */
export type Prompter = {
  /** Aborted when the person stops. */
  readonly signal: AbortSignal;
  /** The answer without spaces around it. @throws UserError when stopped, or the input has ended. */
  ask(question: string): Promise<string>;
  /** The same for what nobody may read over the shoulder: on a terminal it is not shown. */
  askSecret(question: string): Promise<string>;
  /** Says a sentence or two. */
  say(words: string): void;
  close(): void;
};

/** Begins to ask; to be closed. */
export function openPrompter({
  input,
  out,
  signal,
}: Pick<Beginning, 'input' | 'out' | 'signal'>): Prompter {
  const isTerminal = input.isTTY && out.isTTY;
  const stopped = new AbortController();
  const stop = () => stopped.abort(new UserError('cancelled', 'Stopped. Nothing was written.'));
  const screen = new Screen(out);
  const reader = createInterface({
    input,
    ...(isTerminal && { output: screen, terminal: true }),
    historySize: 0, // an arrow key would show a token again
  });
  const lines = reader[Symbol.asyncIterator]();
  reader.on('SIGINT', stop);
  signal.addEventListener('abort', stop, { once: true });
  if (signal.aborted) stop();

  const read = async (question: string) => {
    stopped.signal.throwIfAborted();
    if (isTerminal) {
      reader.setPrompt(question);
      reader.prompt();
    } else out.write(`${question}\n`);
    const line = await beforeStop(lines.next(), stopped.signal);
    if (!line.done) return line.value.trim();
    throw new UserError('input', 'The input ended before the last answer. Nothing was written.');
  };
  return {
    signal: stopped.signal,
    ask: read,
    async askSecret(question) {
      const answer = read(question);
      screen.isDark = true; // the question stands there already
      try {
        return await answer;
      } finally {
        screen.isDark = false;
        if (isTerminal) out.write('\n');
      }
    },
    say: (words) => sayIn(out, words),
    close() {
      signal.removeEventListener('abort', stop);
      reader.close();
    },
  };
}

/** A terminal that shows nothing while it is dark. */
class Screen extends Writable {
  isDark = false;
  readonly #out: NodeJS.WriteStream;

  constructor(out: NodeJS.WriteStream) {
    super();
    this.#out = out;
  }

  /** Where lines break, for whoever edits them. */
  get columns(): number {
    return this.#out.columns;
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: () => void): void {
    if (!this.isDark) this.#out.write(chunk);
    done();
  }
}

/** An answer that can be used, or why it cannot. */
export type Read<T> =
  | { readonly kind: 'taken'; readonly value: T }
  | { readonly kind: 'refused'; readonly why: string };

export function taken<T>(value: T): Read<T> {
  return { kind: 'taken', value };
}

export function refused(why: string): Read<never> {
  return { kind: 'refused', why };
}

/** Asks until the answer can be used. */
export async function askUntil<T>(
  prompter: Prompter,
  ask: () => Promise<string>,
  read: (answer: string) => Read<T> | Promise<Read<T>>,
): Promise<T> {
  for (;;) {
    const result = await read(await ask());
    if (result.kind === 'taken') return result.value;
    prompter.say(result.why);
  }
}

/** Asks whether something is to be done; Enter means no. */
export function confirm(prompter: Prompter, question: string): Promise<boolean> {
  return askUntil(
    prompter,
    () => prompter.ask(`${question} (y/N) `),
    (answer) => {
      if (/^(?:n|no)?$/i.test(answer)) return taken(false);
      return /^y(?:es)?$/i.test(answer) ? taken(true) : refused('Please answer y or n.');
    },
  );
}
