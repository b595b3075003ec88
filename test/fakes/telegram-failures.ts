import { Refused } from './telegram-refused.ts';

/** What goes wrong with a request, because a test wants it to. */
export type Failure =
  /** It is refused without being carried out. */
  | { readonly kind: 'refuse'; readonly refused: Refused }
  /** A page of a server in between; `after`: it has been carried out nevertheless. */
  | { readonly kind: 'gateway'; readonly status: number; readonly when: 'before' | 'after' }
  /** The connection breaks before anything is done. */
  | { readonly kind: 'reset' }
  /** It is carried out, then the connection breaks before the answer. */
  | { readonly kind: 'lose' }
  /** It is carried out after a while, in milliseconds of real time. */
  | { readonly kind: 'delay'; readonly ms: number };

export function refuse(code: number, description: string): Failure {
  return { kind: 'refuse', refused: new Refused(code, description) };
}

/** @param seconds to wait, as `retry_after` tells */
export function flood(seconds: number): Failure {
  const description = `Too Many Requests: retry after ${seconds}`;
  return { kind: 'refuse', refused: new Refused(429, description, { retry_after: seconds }) };
}

export const serverError: Failure = refuse(500, 'Internal Server Error');
export const badGateway: Failure = gateway(502);
export const reset: Failure = { kind: 'reset' };
export const lose: Failure = { kind: 'lose' };

export function delay(ms: number): Failure {
  return { kind: 'delay', ms };
}

/** What a server in between answers. */
export function gateway(status: number, when: 'before' | 'after' = 'before'): Failure {
  return { kind: 'gateway', status, when };
}

/** What goes wrong with a request of a method, if anything. */
export type Weather = (method: string) => Failure | null;

/** Failures that wait for requests of their method. */
export class Failures {
  readonly #queues = new Map<string, Failure[]>();
  /** Decides about requests for which no failure waits. */
  weather: Weather = () => null;

  add(method: string, failures: readonly Failure[]): void {
    this.#queues.set(method, [...(this.#queues.get(method) ?? []), ...failures]);
  }

  /** What is to go wrong with a request of the method, or null. `*` stands for any method. */
  take(method: string): Failure | null {
    const own = this.#queues.get(method)?.shift() ?? this.#queues.get('*')?.shift();
    return own ?? this.weather(method);
  }
}
