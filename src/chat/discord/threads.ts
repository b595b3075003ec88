import type { Clock } from '../../lib/clock.ts';
import type { Log } from '../../lib/log.ts';
import { oneLine, shorten } from '../../lib/text.ts';
import type { Message } from '../../model/message.ts';
import type { Api } from './api.ts';
import { troubleOf } from './failures.ts';
import { blocksOf } from './lines.ts';

/** Posting leaves some six of the fifty requests a second that Discord grants: four of them are these. */
const EVERY_MS = 250;

/** Longest name of a thread. */
const LONGEST_NAME = 100;

/** Opens threads under digests, in the background: the next digest does not wait for them. */
export class Threads {
  readonly #api: Api;
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #closing = new AbortController();
  #last = Promise.resolve();

  constructor(api: Api, clock: Clock, log: Log) {
    this.#api = api;
    this.#clock = clock;
    this.#log = log;
  }

  /** Where there can be none (direct messages, a lacking permission), there is none. */
  open(channelId: string, messageId: string, message: Message): void {
    this.#last = this.#last.then(() => this.#open(channelId, messageId, nameOf(message)));
  }

  /** What has not been opened yet is left. Resolves when nothing is under way. */
  async close(): Promise<void> {
    this.#closing.abort();
    await this.#last;
  }

  async #open(channelId: string, messageId: string, name: string): Promise<void> {
    const { signal } = this.#closing;
    if (signal.aborted) return;
    try {
      await this.#api.openThread(channelId, messageId, name);
    } catch (error) {
      this.#log.info({ channel: channelId, trouble: troubleOf(error) }, 'no thread opened');
    }
    await this.#clock.wait(EVERY_MS, signal).catch(() => undefined); // only closing ends it early
  }
}

/** The line that a digest begins with. */
function nameOf({ tree }: Message): string {
  const [line] = blocksOf(tree)[0] ?? [];
  const words = oneLine(line?.spans.map(({ text }) => text).join('') ?? '');
  return shorten(words, LONGEST_NAME - 1) || '…';
}
