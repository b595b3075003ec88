import { parseJson } from './file/json.ts';
import { PrivateAddress } from './address.ts';
import { SourceFailure } from './source.ts';
import type { WebAnswer, WebFetch } from './web-fetch.ts';

export type JsonRequest = {
  readonly fetch: WebFetch;
  readonly signal: AbortSignal;
  readonly now: () => Date;
  /** How long an answer may take, to its end. @default 30 */
  readonly seconds?: number | undefined;
};

/** An answer that holds what was asked for, or says why not. */
export type JsonAnswer =
  | { readonly ok: true; readonly value: unknown }
  /** A refusal; what it says of itself, if it is JSON. */
  | { readonly ok: false; readonly status: number; readonly value: unknown };

const SECONDS = 30;
const MOST_BYTES = 10 * 2 ** 20;

/**
 * Gets what a server has to say as JSON. What it refuses is for the caller to put in words.
 *
 * @throws SourceFailure where it cannot be reached, wants to be left alone, or answers no JSON.
 */
export async function getJson(url: URL, request: JsonRequest): Promise<JsonAnswer> {
  const { fetch, signal, now, seconds = SECONDS } = request;
  const timeout = AbortSignal.timeout(seconds * 1000);
  try {
    const response = await fetch(url, {
      headers: { accept: 'application/json', 'user-agent': 'dawn-chorus' },
      signal: AbortSignal.any([signal, timeout]),
    });
    return readAnswer(url.host, response, await readText(url.host, response), now());
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof SourceFailure) throw error;
    if (isPrivate(error)) {
      throw new SourceFailure(
        'refused',
        `${url.host} lies in a private network: collect.private_addresses in chorus.yaml allows it`,
        { cause: error },
      );
    }
    throw new SourceFailure(
      'unreachable',
      timeout.aborted
        ? `${url.host} did not answer within ${seconds} seconds`
        : `${url.host} could not be reached, or broke off`,
      { cause: error },
    );
  }
}

function isPrivate(error: unknown): boolean {
  const cause = error instanceof Error ? error.cause : null;
  return cause instanceof PrivateAddress;
}

function readAnswer(
  host: string,
  { ok, status, headers }: WebAnswer,
  text: string,
  now: Date,
): JsonAnswer {
  if (status === 429) {
    const retryAt = retryAtOf(headers, now);
    throw new SourceFailure('limited', `${host} was asked too often`, { retryAt });
  }
  if (status >= 500) {
    const retryAt = retryAtOf(headers, now);
    throw new SourceFailure('unreachable', `${host} is in trouble (${status})`, { retryAt });
  }
  const parsed = parseJson(text);
  if (!ok) return { ok, status, value: parsed.ok ? parsed.value : null };
  if (parsed.ok) return { ok, value: parsed.value };
  throw new SourceFailure('unreadable', `${host} answered with what is no JSON`);
}

/** The text of an answer; what comes packed is counted as it is unpacked. */
async function readText(host: string, response: WebAnswer): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.length;
    if (size > MOST_BYTES) {
      const most = `${MOST_BYTES / 2 ** 20} MB`;
      throw new SourceFailure('unreadable', `${host} answered with more than ${most}`);
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

const RESETS = ['retry-after', 'ratelimit-reset', 'x-ratelimit-reset'];
const DAY = 24 * 3600 * 1000;
/** Numbers above it are seconds since 1970, below it seconds from now. */
const FIRST_EPOCH = 1e9;

/** When a server wants to be asked again, as its headers say; at most a day from now. */
function retryAtOf(headers: WebAnswer['headers'], now: Date): Date | null {
  const text = RESETS.map((name) => headers.get(name)?.trim()).find((value) => value) ?? '';
  const number = /^\d{1,12}$/.test(text) ? Number(text) * 1000 : null;
  const at =
    number === null
      ? Date.parse(text)
      : number < FIRST_EPOCH * 1000
        ? now.getTime() + number
        : number;
  return at > now.getTime() ? new Date(Math.min(at, now.getTime() + DAY)) : null;
}
