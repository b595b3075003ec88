import { createHash } from 'node:crypto';

import { Refused } from './discord-refused.ts';

type Limit = { readonly requests: number; readonly windowMs: number };

export type LimitOptions = {
  /** How many times faster than Discord's own the windows pass. @default 1 */
  readonly speed?: number;
  /** Routes such as `POST /channels/:channel/messages` whose limit is another. */
  readonly routes?: Readonly<Record<string, Limit>>;
  /** Requests a second over all routes. @default 50 */
  readonly global?: number;
  /** Requests in ten minutes that may be answered 401, 403 or 429. @default 10000 */
  readonly invalid?: number;
};

/** As observed: Discord publishes no numbers but the global ones. */
const ROUTES: Readonly<Record<string, Limit>> = {
  'POST /channels/:channel/messages': { requests: 5, windowMs: 5000 },
  'PATCH /channels/:channel/messages/:message': { requests: 5, windowMs: 5000 },
  'POST /webhooks/:application/:token': { requests: 5, windowMs: 2000 },
  'PATCH /webhooks/:application/:token/messages/:message': { requests: 5, windowMs: 2000 },
};
const OTHERS: Limit = { requests: 50, windowMs: 1000 };
const TEN_MINUTES = 10 * 60_000;

type Window = { endsAt: number; used: number };

/** Counts requests as Discord does, in windows that begin with their first request. */
export class Limits {
  readonly #options: LimitOptions;
  readonly #now: () => number;
  readonly #windows = new Map<string, Window>();
  #invalid: number[] = [];
  isOff = false;

  constructor(options: LimitOptions, now: () => number) {
    this.#options = options;
    this.#now = now;
  }

  /** Requests of the last ten minutes that were answered 401, 403 or 429. */
  get invalidRequests(): number {
    const since = this.#now() - TEN_MINUTES / this.#speed;
    this.#invalid = this.#invalid.filter((at) => at > since);
    return this.#invalid.length;
  }

  noteStatus(status: number, headers: Readonly<Record<string, string>> = {}): void {
    const isShared = headers['x-ratelimit-scope'] === 'shared';
    if ([401, 403, 429].includes(status) && !isShared) this.#invalid.push(this.#now());
  }

  /**
   * Takes one request of a route's bucket.
   * @param key the channel, server or token that has a bucket of its own.
   * @returns headers for the answer. @throws Refused with 429
   */
  take(route: string, key: string, isGlobal: boolean): Record<string, string> {
    if (this.isOff) return {};
    if (this.invalidRequests >= (this.#options.invalid ?? 10_000)) throw banned();
    if (isGlobal) this.#takeGlobal();
    const { requests, windowMs } = this.#options.routes?.[route] ?? ROUTES[route] ?? OTHERS;
    const window = this.#window(`${route} ${key}`, windowMs);
    const isOver = window.used >= requests;
    if (!isOver) window.used += 1;
    const after = (window.endsAt - this.#now()) / 1000;
    const headers = {
      'x-ratelimit-limit': String(requests),
      'x-ratelimit-remaining': String(requests - window.used),
      'x-ratelimit-reset': (window.endsAt / 1000).toFixed(3),
      'x-ratelimit-reset-after': after.toFixed(3),
      'x-ratelimit-bucket': createHash('sha256').update(route).digest('hex').slice(0, 32),
    };
    if (isOver) throw limited(after, 'user', headers);
    return headers;
  }

  get #speed(): number {
    return this.#options.speed ?? 1;
  }

  #takeGlobal(): void {
    const window = this.#window('global', 1000);
    window.used += 1;
    if (window.used <= (this.#options.global ?? 50)) return;
    throw limited((window.endsAt - this.#now()) / 1000, 'global');
  }

  #window(name: string, windowMs: number): Window {
    const now = this.#now();
    const open = this.#windows.get(name);
    if (open && open.endsAt > now) return open;
    const window = { endsAt: now + windowMs / this.#speed, used: 0 };
    this.#windows.set(name, window);
    return window;
  }
}

/** @param after seconds until the next request may come. */
export function limited(
  after: number,
  scope: 'user' | 'shared' | 'global',
  headers: Readonly<Record<string, string>> = {},
): Refused {
  const isGlobal = scope === 'global';
  const body = {
    message: 'You are being rate limited.',
    retry_after: Number(after.toFixed(3)),
    global: isGlobal,
  };
  return new Refused(429, body, {
    ...headers,
    'retry-after': after.toFixed(3),
    'x-ratelimit-scope': scope,
    ...(isGlobal ? { 'x-ratelimit-global': 'true' } : {}),
  });
}

/** What the network before Discord answers to an address with too many invalid requests. */
function banned(): Refused {
  return new Refused(429, { message: 'error code: 1015' }, { 'retry-after': '3600' });
}
