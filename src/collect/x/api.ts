import { Agent as HttpAgent, type IncomingMessage } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { ApiResponseError, type ITwitterApiClientPlugin, TwitterApi } from 'twitter-api-v2';
import { SYSTEM_CLOCK } from '../../lib/clock.ts';
import type { SourceFailure } from '../source.ts';
import { cutOff, notReached, refusalOf, tooLong, tooSlow, unreadable } from './failures.ts';

/** With what X's API is asked, and where. */
export type XAccess = {
  /** The bearer token of an app. */
  readonly token: string;
  /** A server that speaks the X API v2: `https://api.x.com`. */
  readonly apiRoot: string;
  /** How long a request may take. @default 30 seconds */
  readonly timeoutMs?: number;
  /** How long to wait before a request is made again that X itself failed at. @default 0.5 s, 2 s */
  readonly pausesMs?: readonly number[];
};

export type XQuery = Readonly<Record<string, string | number>>;

/** What a request needs of a reading. */
export type Asking = { readonly now: () => Date; readonly signal: AbortSignal };

const TIMEOUT_MS = 30_000;
const PAUSES_MS: readonly number[] = [500, 2000];

/** A hundred posts of 25,000 characters with two others each, and as much again for their fields. */
const LONGEST_ANSWER = 32 * 1024 * 1024;

/**
 * Asks the X API v2, and answers what it says, as parsed JSON. Where X fails (5xx) or is not reached it
 * is asked again a few times; an answer that broke off is not, for it may have been charged for.
 *
 * @throws SourceFailure
 */
export async function askX(
  access: XAccess,
  path: string,
  query: XQuery,
  asking: Asking,
): Promise<unknown> {
  const pauses = access.pausesMs ?? PAUSES_MS;
  for (let attempt = 0; ; attempt += 1) {
    asking.signal.throwIfAborted();
    const answer = await askOnce(access, path, query, asking);
    if (answer.kind === 'given') return answer.value;
    const pause = pauses[attempt];
    if (!answer.isPassing || pause === undefined) throw answer.failure;
    await SYSTEM_CLOCK.wait(pause, asking.signal);
  }
}

/** What came of a request; what is passing may go well the next time. */
type Answer =
  | { readonly kind: 'given'; readonly value: unknown }
  | { readonly kind: 'failed'; readonly failure: SourceFailure; readonly isPassing: boolean };

async function askOnce(
  access: XAccess,
  path: string,
  query: XQuery,
  { now, signal }: Asking,
): Promise<Answer> {
  const timeoutMs = access.timeoutMs ?? TIMEOUT_MS;
  const timeout = AbortSignal.timeout(timeoutMs);
  const reading = new Reading(AbortSignal.any([signal, timeout]));
  try {
    const text = await fetchText(access, path, query, reading);
    signal.throwIfAborted();
    if (timeout.aborted) return failed(tooSlow(timeoutMs, reading.hasBegun));
    if (reading.isTooLong) return failed(tooLong(LONGEST_ANSWER));
    return reading.isComplete ? parse(withoutToken(text, access.token)) : failed(cutOff());
  } catch (error) {
    signal.throwIfAborted();
    if (timeout.aborted) return failed(tooSlow(timeoutMs, reading.hasBegun));
    if (reading.isTooLong) return failed(tooLong(LONGEST_ANSWER));
    if (reading.hasBegun && !reading.isComplete) return failed(cutOff());
    if (!(error instanceof ApiResponseError)) return failed(notReached(error), true);
    const body = typeof error.data === 'string' ? withoutToken(error.data, access.token) : '';
    const reset = error.headers['x-rate-limit-reset'];
    return failed(refusalOf({ status: error.code, body, reset, now: now() }), error.code >= 500);
  }
}

/** A server that says back what it was sent would have it written into messages and logs. */
function withoutToken(text: string, token: string): string {
  return token.length < 16 ? text : text.replaceAll(token, '…');
}

function failed(failure: SourceFailure, isPassing = false): Answer {
  return { kind: 'failed', failure, isPassing };
}

function parse(text: string): Answer {
  try {
    return { kind: 'given', value: JSON.parse(text) };
  } catch {
    return failed(unreadable('it did not answer in JSON'));
  }
}

/**
 * The text of an answer. The client would also parse it, but takes an answer that broke off for whole
 * where what came can be parsed, and unpacks one without a limit: so it is asked for neither.
 */
async function fetchText(
  { token, apiRoot }: XAccess,
  path: string,
  query: XQuery,
  reading: Reading,
): Promise<string> {
  const client = new TwitterApi(token, { httpAgent: agentFor(apiRoot), plugins: [reading.plugin] });
  return client.v2.get<string>(
    path,
    { ...query },
    {
      prefix: `${apiRoot.replace(/\/+$/, '')}/2/`,
      forceParseMode: 'text',
      compression: 'identity',
      enableRateLimitSave: false,
    },
  );
}

/** A connection of its own for each request: the client leaves its listeners on a shared one. */
function agentFor(apiRoot: string): HttpAgent {
  return /^http:/i.test(apiRoot) ? new HttpAgent() : new HttpsAgent();
}

/** What is seen of an answer on its way: the client itself can neither be stopped nor limited. */
class Reading {
  readonly #tooLong = new AbortController();
  readonly #signal: AbortSignal;
  #response: IncomingMessage | null = null;

  constructor(signal: AbortSignal) {
    this.#signal = AbortSignal.any([signal, this.#tooLong.signal]);
  }

  /** X began to give what was asked for: what it refuses is free. */
  get hasBegun(): boolean {
    return this.#response !== null && (this.#response.statusCode ?? 0) < 400;
  }

  get isComplete(): boolean {
    return this.#response?.complete ?? false;
  }

  get isTooLong(): boolean {
    return this.#tooLong.signal.aborted;
  }

  get plugin(): ITwitterApiClientPlugin {
    return {
      onBeforeRequestConfig: ({ params }) => {
        params.requestEventDebugHandler = (event, data: { readonly res?: IncomingMessage }) => {
          if (event === 'response' && data.res) this.#watch(data.res);
        };
      },
      onBeforeRequest: ({ requestOptions }) => {
        requestOptions.signal = this.#signal;
      },
    };
  }

  #watch(response: IncomingMessage): void {
    this.#response = response;
    let length = 0;
    response.on('data', (chunk: Buffer) => {
      length += chunk.length;
      if (length > LONGEST_ANSWER) this.#tooLong.abort();
    });
  }
}
