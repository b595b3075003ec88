import type { Clock } from '../../lib/clock.ts';

/** What shares a limit: its name, and in how many milliseconds {@link MOST} requests are taken. */
export type Lane = { readonly key: string; readonly withinMs: number };

/** Discord publishes no limits but in its answers; of messages in a channel and edits there, so many. */
const MOST = 5;

/** So many lanes are kept before those that are free are forgotten. */
const MOST_LANES = 200;

type Waiting = { readonly isLast: boolean; readonly go: () => void };

type Way = {
  readonly withinMs: number;
  /** When the last requests went. */
  readonly times: number[];
  heldUntil: number;
  readonly queue: Waiting[];
  isServed: boolean;
};

/**
 * Lets requests through as fast as Discord takes them. What ends an answer goes before what only shows
 * more of one; else who has waited longest goes first, so that several who ask at once are served alike.
 */
export class Pace {
  readonly #clock: Clock;
  readonly #closing: AbortSignal;
  readonly #ways = new Map<string, Way>();

  /** @param closing When it is given nobody waits any more. */
  constructor(clock: Clock, closing: AbortSignal) {
    this.#clock = clock;
    this.#closing = closing;
  }

  /** Resolves when a request may go; rejects with the signal's reason where it is given before. */
  async pass(lane: Lane, isLast: boolean, signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted();
    const way = this.#way(lane);
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const waiting = { isLast, go: resolve };
    const leave = () => {
      way.queue.splice(way.queue.indexOf(waiting), 1);
      reject(signal?.reason);
    };
    signal?.addEventListener('abort', leave, { once: true });
    way.queue.push(waiting);
    if (!way.isServed) void this.#serve(way);
    await promise.finally(() => signal?.removeEventListener('abort', leave));
  }

  /** Lets nothing through for so long: Discord said so. */
  hold(lane: Lane, ms: number): void {
    const way = this.#way(lane);
    way.heldUntil = Math.max(way.heldUntil, this.#now() + ms);
  }

  async #serve(way: Way): Promise<void> {
    way.isServed = true;
    while (way.queue.length > 0) {
      const ms = waitOf(way, this.#now());
      if (ms > 0) await this.#clock.wait(ms, this.#closing).catch(() => undefined);
      if (ms <= 0 || this.#closing.aborted) this.#letThrough(way);
    }
    way.isServed = false;
  }

  #letThrough({ queue, times }: Way): void {
    const index = queue.findIndex(({ isLast }) => isLast);
    const [first] = queue.splice(Math.max(0, index), 1);
    if (!first) return;
    times.push(this.#now());
    times.splice(0, times.length - MOST);
    first.go();
  }

  #way({ key, withinMs }: Lane): Way {
    const known = this.#ways.get(key);
    if (known) return known;
    if (this.#ways.size >= MOST_LANES) this.#forgetFree();
    const way = { withinMs, times: [], heldUntil: 0, queue: [], isServed: false };
    this.#ways.set(key, way);
    return way;
  }

  #forgetFree(): void {
    const now = this.#now();
    for (const [key, way] of this.#ways) {
      const isFree = (way.times.at(-1) ?? 0) + way.withinMs < now && way.heldUntil < now;
      if (isFree && way.queue.length === 0) this.#ways.delete(key);
    }
  }

  #now(): number {
    return this.#clock.now().getTime();
  }
}

/** How long the next has to wait: of the last so many, the first must be long enough ago. */
function waitOf({ times, withinMs, heldUntil }: Way, now: number): number {
  const [first] = times.length < MOST ? [] : times;
  return Math.max(heldUntil - now, first === undefined ? 0 : first + withinMs - now);
}
