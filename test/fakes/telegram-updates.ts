import type { Update } from '@grammyjs/types';

import { conflict } from './telegram-refused.ts';

export type UpdateKind = Exclude<keyof Update, 'update_id'>;

/** What is told only to those who ask for it. */
const NOT_BY_DEFAULT = new Set<string>([
  'chat_member',
  'message_reaction',
  'message_reaction_count',
]);

export type Poll = {
  readonly offset: number;
  readonly limit: number;
  /** In milliseconds of real time. */
  readonly wait: number;
};

type Waiter = { readonly limit: number; readonly settle: (answer: Update[] | Error) => void };

/** Updates that the bot has not confirmed, and the one poller that may wait for them. */
export class Updates {
  readonly #queue: Update[] = [];
  #allowed: readonly string[] = [];
  #lastId = 100_000;
  #waiter: Waiter | null = null;
  /** Called when there is something new. */
  onPush: () => void = () => undefined;

  get pending(): readonly Update[] {
    return this.#queue;
  }

  get allowed(): readonly string[] {
    return this.#allowed;
  }

  /** Says which kinds are queued from now on; none: all that are told by default. */
  allow(kinds: readonly string[] | undefined): void {
    if (kinds) this.#allowed = kinds;
  }

  push(kind: UpdateKind, value: object): void {
    const isAllowed =
      this.#allowed.length > 0 ? this.#allowed.includes(kind) : !NOT_BY_DEFAULT.has(kind);
    if (!isAllowed) return;
    this.#lastId += 1;
    this.#queue.push({ update_id: this.#lastId, [kind]: value });
    this.#waiter?.settle(this.#queue.slice(0, this.#waiter.limit));
    this.onPush();
  }

  /** Forgets what lies before an update, which is how it is confirmed. */
  confirm(offset: number): void {
    const isOld = ({ update_id: id }: Update) => id < offset;
    while (this.#queue[0] && isOld(this.#queue[0])) this.#queue.shift();
  }

  drop(): void {
    this.#queue.length = 0;
  }

  /** @throws Refused (409) when another poller comes. */
  async poll({ offset, limit, wait }: Poll, signal: AbortSignal): Promise<Update[]> {
    this.#waiter?.settle(
      conflict(
        'terminated by other getUpdates request; make sure that only one bot instance is running',
      ),
    );
    if (offset >= 0) this.confirm(offset);
    else this.#queue.splice(0, Math.max(0, this.#queue.length + offset));
    if (this.#queue.length > 0 || wait <= 0) return this.#queue.slice(0, limit);
    return this.#wait(limit, wait, signal);
  }

  /** Sends a poller that waits away, as when a webhook is set. */
  terminate(): void {
    this.#waiter?.settle(conflict('terminated by setWebhook request'));
  }

  /** Lets a poller that waits go, without an update. */
  release(): void {
    this.#waiter?.settle([]);
  }

  #wait(limit: number, wait: number, signal: AbortSignal): Promise<Update[]> {
    return new Promise((resolve, reject) => {
      const leave = () => settle([]);
      const timer = setTimeout(leave, wait);
      const settle = (answer: Update[] | Error) => {
        clearTimeout(timer);
        signal.removeEventListener('abort', leave);
        if (this.#waiter === waiter) this.#waiter = null;
        if (answer instanceof Error) reject(answer);
        else resolve(answer);
      };
      const waiter = { limit, settle };
      this.#waiter = waiter;
      signal.addEventListener('abort', leave);
    });
  }
}
