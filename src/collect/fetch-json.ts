import type { AddressRule } from './address.ts';
import { isPublic } from './address.ts';
import { ofAnswer, retryAtOf } from './failures.ts';
import { fetchWeb } from './fetch.ts';
import { parseJson } from './file/json.ts';
import { SourceFailure, type Wish } from './source.ts';

/** How a server that speaks JSON is reached. */
export type JsonAccess = {
  /** Whether the server may lie in our own network. */
  readonly privateAddresses: boolean;
  /** How long an answer may take, to its end. @default 30 */
  readonly seconds?: number;
};

/** An answer that holds what was asked for, or says why not. */
export type JsonAnswer =
  | { readonly ok: true; readonly value: unknown }
  /** A refusal; what it says of itself, if it is JSON. */
  | { readonly ok: false; readonly status: number; readonly value: unknown };

const HEADERS = { accept: 'application/json', 'user-agent': 'dawn-chorus' };
const EVERYWHERE: AddressRule = () => true;

/** Whether an answer says something; else it only wants to be left alone. */
const speaks = (status: number) => status !== 429 && status < 500;

/**
 * Gets what a server has to say as JSON. What it refuses is for the caller to put in words.
 *
 * @throws SourceFailure where it cannot be reached, wants to be left alone, or answers no JSON.
 */
export async function getJson(
  url: URL,
  { privateAddresses, seconds = 30 }: JsonAccess,
  { signal, now }: Pick<Wish, 'signal' | 'now'>,
): Promise<JsonAnswer> {
  try {
    const isAllowed = privateAddresses ? EVERYWHERE : isPublic;
    const request = { headers: HEADERS, reads: speaks, isAllowed, signal, seconds };
    const { status, headerOf, bytes } = await fetchWeb(url.href, request);
    if (!speaks(status)) throw ofAnswer(status, retryAtOf(headerOf, now()));
    const parsed = parseJson(Buffer.from(bytes).toString('utf8'));
    if (status < 200 || status >= 300) {
      return { ok: false, status, value: parsed.ok ? parsed.value : null };
    }
    if (parsed.ok) return { ok: true, value: parsed.value };
    throw new SourceFailure('unreadable', 'it answered with what is no JSON');
  } catch (error) {
    if (!(error instanceof SourceFailure)) throw error;
    const { kind, message, retryAt, cause } = error;
    throw new SourceFailure(kind, `${url.host}: ${message}`, { retryAt, cause });
  }
}
