import { createInterface, type Interface } from 'node:readline';
import { Writable } from 'node:stream';

import type { Out } from './screen.ts';

/** Where words come from. */
export type Keyboard = {
  readonly input: NodeJS.ReadableStream;
  readonly out: Out;
  /** Whether somebody types: then there is a prompt. */
  readonly interactive: boolean;
  readonly signal: AbortSignal;
  /** What words may be completed to. */
  readonly complete: (line: string) => [string[], string];
};

/** A line that was typed, and how it is told that its answer is not wanted any more. */
export type Typed = { readonly line: string; readonly stop: AbortSignal };

const PROMPT = '> ';

/** What somebody types, line by line. What is typed while an answer comes is shown after that. */
export class Lines {
  readonly #keyboard: Keyboard;
  readonly #reader: Interface;
  /** The lines that are not answered yet, the one that is being answered first. */
  readonly #waiting: { readonly isHidden: boolean; readonly stop: AbortController }[] = [];
  #isOpen = true;
  #isHidden = false;

  constructor(keyboard: Keyboard) {
    const { input, interactive, signal, complete } = keyboard;
    this.#keyboard = keyboard;
    this.#reader = createInterface({
      input,
      ...(interactive && { output: this.#echo(), terminal: true, prompt: PROMPT }),
      completer: complete,
      signal,
    });
    this.#reader.on('line', () => {
      this.#waiting.push({ isHidden: this.#isHidden, stop: new AbortController() });
    });
    this.#reader.on('SIGINT', () => this.#interrupt());
    this.#reader.once('close', () => (this.#isOpen = false));
  }

  /** Lines as they are typed; the next when the last one is answered. */
  async *[Symbol.asyncIterator](): AsyncGenerator<Typed> {
    this.#prompt();
    for await (const line of this.#reader) {
      const typed = this.#waiting[0];
      if (!typed) throw new Error('a line that nobody typed');
      if (typed.isHidden) this.#keyboard.out.write(`${PROMPT}${line}\n`);
      this.#isHidden = this.#keyboard.interactive;
      yield { line, stop: typed.stop.signal };
      this.#isHidden = false;
      this.#waiting.shift();
      this.#prompt();
    }
  }

  close(): void {
    this.#reader.close();
  }

  #prompt(): void {
    const isAwaited = this.#waiting.length === 0;
    if (this.#keyboard.interactive && this.#isOpen && isAwaited) this.#reader.prompt(true);
  }

  /** Ctrl-C: stops the answer that is awaited; where none is, or it was stopped already, ends the chat. */
  #interrupt(): void {
    const awaited = this.#waiting.filter(({ stop }) => !stop.signal.aborted);
    for (const { stop } of awaited) stop.abort();
    if (awaited.length === 0) this.#reader.close();
  }

  /** The terminal, on which nothing that is typed is shown while an answer comes. */
  #echo(): Writable {
    const { out } = this.#keyboard;
    const echo = new Writable({
      decodeStrings: false,
      write: (chunk: string | Buffer, _, done) => {
        if (!this.#isHidden) out.write(chunk);
        done();
      },
    });
    Object.defineProperty(echo, 'columns', { get: () => out.columns });
    return echo;
  }
}
