import { limited } from './discord-limits.ts';
import { Refused } from './discord-refused.ts';

/** What goes wrong with one request; `after`: what was asked for has been done nevertheless. */
export type Failure =
  | { readonly kind: 'answer'; readonly refused: Refused; readonly when: 'before' | 'after' }
  /** The connection breaks. */
  | { readonly kind: 'reset'; readonly when: 'before' | 'after' }
  /** Nothing is done before the promise resolves. */
  | { readonly kind: 'held'; readonly until: Promise<unknown> };

/** 500, 502 and the like, as the network before Discord answers them. */
export function failWith(
  status: number,
  body: object = { message: `${status}`, code: 0 },
  when: 'before' | 'after' = 'before',
): Failure {
  return { kind: 'answer', refused: new Refused(status, body), when };
}

/** A 429 that no header has announced. @param retryAfter in seconds. */
export function limit(retryAfter: number, scope: 'user' | 'shared' | 'global' = 'shared'): Failure {
  return { kind: 'answer', refused: limited(retryAfter, scope), when: 'before' };
}

export function resetBefore(): Failure {
  return { kind: 'reset', when: 'before' };
}

export function resetAfter(): Failure {
  return { kind: 'reset', when: 'after' };
}

export function hold(until: Promise<unknown>): Failure {
  return { kind: 'held', until };
}

/** What goes wrong with a request to a route, if anything. */
export type Weather = (route: string) => Failure | undefined;

/** The failures that are still to come, in order, for each route. */
export class Failures {
  readonly #queues = new Map<string, Failure[]>();
  /** Decides about requests for which no failure waits. */
  weather: Weather = () => undefined;

  add(route: string, failures: readonly Failure[]): void {
    this.#queues.set(route, [...(this.#queues.get(route) ?? []), ...failures]);
  }

  next(route: string): Failure | undefined {
    return this.#queues.get(route)?.shift() ?? this.weather(route);
  }
}
