import { plainLine, shorten } from '../../lib/text.ts';

/** What a platform answered, as it is, or why it did not. */
export type Heard =
  | { readonly kind: 'answer'; readonly status: number; readonly body: unknown }
  | Silence;

/** Nobody answered, or not in JSON. `why` never holds an address: Telegram's have the token in them. */
export type Silence = { readonly kind: 'silence'; readonly why: string };

/** What was asked for; what the platform refused, in its own words; or silence. */
export type Told<T> = { readonly kind: 'told'; readonly value: T } | NotTold;
export type NotTold = Refusal | Silence;
export type Refusal = {
  readonly kind: 'refused';
  readonly status: number;
  readonly says: string;
};

/** So long one question may take, milliseconds; a person waits for it. */
const LONGEST_MS = 8000;
const LONGEST_SAYING = 200;

/** Asks a server once. Rejects only with the signal's reason. */
export async function ask(url: string, init: RequestInit, signal: AbortSignal): Promise<Heard> {
  const late = AbortSignal.timeout(LONGEST_MS);
  try {
    const either = AbortSignal.any([signal, late]);
    const response = await fetch(url, { ...init, redirect: 'error', signal: either });
    const body: unknown = await response.json();
    return { kind: 'answer', status: response.status, body };
  } catch (error) {
    signal.throwIfAborted();
    if (late.aborted) return { kind: 'silence', why: `no answer in ${LONGEST_MS / 1000} seconds` };
    return { kind: 'silence', why: whyUnheard(error) };
  }
}

/** Makes a sentence's part of what a server says: one line, not long. */
export function quote(words: unknown): string {
  return typeof words === 'string' ? shorten(plainLine(words), LONGEST_SAYING) : '';
}

/** Why a request brought nothing, in words that hold neither the address nor a token. */
export function whyUnheard(error: unknown): string {
  if (error instanceof SyntaxError) return 'what answers there speaks another language';
  return REASONS[codeOf(error)] ?? 'the connection failed';
}

const REASONS: Readonly<Record<string, string>> = {
  ENOTFOUND: 'its name is not known here; is there a network?',
  EAI_AGAIN: 'its name cannot be resolved; is there a network?',
  ECONNREFUSED: 'nobody listens there',
  ECONNRESET: 'the connection broke',
  UND_ERR_SOCKET: 'the connection broke',
  ENETUNREACH: 'there is no network',
  EHOSTUNREACH: 'there is no way to it',
  ETIMEDOUT: 'it does not answer',
  UND_ERR_CONNECT_TIMEOUT: 'it does not answer',
};

function codeOf(error: unknown): string {
  if (error instanceof AggregateError) return codeOf(error.errors[0]);
  if (!(error instanceof Error)) return '';
  return 'code' in error ? String(error.code) : codeOf(error.cause);
}
