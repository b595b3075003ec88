import { randomFrom } from '../support/random.ts';
import { limitedUntil } from './x-limits.ts';
import { outOfCredits, plain, type Refused, usageCapped } from './x-refused.ts';

/** What goes wrong with a request, because a test wants it to. */
export type Failure =
  | {
      readonly kind: 'refuse';
      readonly refused: Refused;
      readonly headers?: Readonly<Record<string, string>>;
    }
  /** A page of a server in between. */
  | { readonly kind: 'gateway'; readonly status: number }
  /** The connection breaks before anything is answered. */
  | { readonly kind: 'reset' }
  /** It is carried out and charged for, and the answer ends after a part of its bytes. */
  | { readonly kind: 'cut'; readonly share: number }
  /** It is answered after a while, in milliseconds of real time. */
  | { readonly kind: 'slow'; readonly ms: number }
  /** It is never answered. */
  | { readonly kind: 'hang' }
  /** It is carried out, and the answer is this text. */
  | { readonly kind: 'garble'; readonly body: string };

export const reset: Failure = { kind: 'reset' };
export const hang: Failure = { kind: 'hang' };
export const noCredits: Failure = { kind: 'refuse', refused: outOfCredits };
export const cappedUsage: Failure = { kind: 'refuse', refused: usageCapped };

export function serverError(status = 503): Failure {
  return { kind: 'refuse', refused: plain(status, 'Service Unavailable') };
}

export function gateway(status: number): Failure {
  return { kind: 'gateway', status };
}

/** A 429, whatever the windows say. */
export function limited(until: Date): Failure {
  return { kind: 'refuse', ...limitedUntil(until) };
}

/** @param share of the bytes that arrive. @default a half */
export function cut(share = 0.5): Failure {
  return { kind: 'cut', share };
}

export function slow(ms: number): Failure {
  return { kind: 'slow', ms };
}

export function garble(body: string): Failure {
  return { kind: 'garble', body };
}

/** What goes wrong with a request to an endpoint, if anything. */
export type Weather = (endpoint: string) => Failure | null;

const FAIR: Weather = () => null;

/** A share of the requests goes wrong, the same ones for the same seed. */
export function stormy(share: number, seed: number, failures: readonly Failure[]): Weather {
  const next = randomFrom(seed);
  return () => (next() < share ? (failures[Math.floor(next() * failures.length)] ?? null) : null);
}

/** Failures that wait for requests to their endpoint; `*` stands for any. */
export class Failures {
  readonly #queues = new Map<string, Failure[]>();
  /** Decides about requests for which no failure waits. */
  weather: Weather = FAIR;

  add(endpoint: string, failures: readonly Failure[]): void {
    this.#queues.set(endpoint, [...(this.#queues.get(endpoint) ?? []), ...failures]);
  }

  take(endpoint: string): Failure | null {
    const own = this.#queues.get(endpoint)?.shift() ?? this.#queues.get('*')?.shift();
    return own ?? this.weather(endpoint);
  }
}
