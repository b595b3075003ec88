import { tooManyRequests } from './x-refused.ts';

const WINDOW_MS = 15 * 60_000;

export type Headers = Readonly<Record<string, string>>;

/** Counts requests as X does, in windows of 15 minutes that begin with their first request. */
export class Limits {
  readonly #limits: Readonly<Record<string, number>>;
  readonly #now: () => Date;
  readonly #windows = new Map<string, { endsAt: number; used: number }>();

  constructor(limits: Readonly<Record<string, number>>, now: () => Date) {
    this.#limits = limits;
    this.#now = now;
  }

  /** Counts a request. @returns whether it is one too many, and the headers that tell */
  take(endpoint: string): { readonly isOver: boolean; readonly headers: Headers } {
    const limit = this.#limits[endpoint] ?? Infinity;
    const window = this.#window(endpoint);
    window.used += 1;
    return { isOver: window.used > limit, headers: headersOf(limit, window) };
  }

  #window(endpoint: string): { endsAt: number; used: number } {
    const now = this.#now().getTime();
    const open = this.#windows.get(endpoint);
    if (open && open.endsAt > now) return open;
    // The reset is told in whole seconds.
    const window = { endsAt: Math.ceil((now + WINDOW_MS) / 1000) * 1000, used: 0 };
    this.#windows.set(endpoint, window);
    return window;
  }
}

function headersOf(limit: number, { endsAt, used }: { endsAt: number; used: number }): Headers {
  return {
    'x-rate-limit-limit': String(limit),
    'x-rate-limit-remaining': String(Math.max(0, limit - used)),
    'x-rate-limit-reset': String(endsAt / 1000),
  };
}

/** A 429 that no header of an earlier answer has announced. */
export function limitedUntil(moment: Date) {
  const endsAt = Math.ceil(moment.getTime() / 1000) * 1000;
  return { refused: tooManyRequests, headers: headersOf(0, { endsAt, used: 0 }) };
}
