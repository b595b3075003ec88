import { DiscordAPIError, HTTPError, RateLimitError } from 'discord.js';

import { SendError, type SendTrouble } from '../../model/delivery.ts';

/** Codes of Discord's errors after which nothing more goes to a channel or person. */
const GONE: Readonly<Record<string, string>> = {
  10003: 'the channel is gone',
  10004: 'the server is gone, or the bot was removed from it',
  50001: 'the bot may not see the channel any more',
  50007: 'the person takes no messages from the bot',
  50013:
    'the bot lacks a permission there: it needs to see the channel, send messages and attach files',
  50083: 'the thread is archived',
};

/**
 * A failure as it is logged: what Discord's requests carry (addresses with tokens, whole messages) is
 * left out of it, a mistake of ours is told with its stack.
 */
export function noteOf(error: unknown): { trouble: SendTrouble } | { err: unknown } {
  const isOfRequest = [SendError, DiscordAPIError, HTTPError, RateLimitError].some(
    (kind) => error instanceof kind,
  );
  return isOfRequest ? { trouble: troubleOf(error) } : { err: error };
}

/** Codes for what was sent: not readable, empty, too large. */
const UNREADABLE: ReadonlySet<unknown> = new Set([50035, 50006, 40005, 50109]);

/** The connection was never made: nothing was sent. */
const UNREACHED: ReadonlySet<unknown> = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
]);

/** The connection broke, or took too long, after something may have gone out. */
const BROKEN: ReadonlySet<unknown> = new Set(['ECONNRESET', 'EPIPE', 'ETIMEDOUT']);

/** What a request's failure asks for. Nothing secret stands in its reason: no address, no body. */
export function troubleOf(error: unknown): SendTrouble {
  if (error instanceof SendError) return error.trouble;
  if (error instanceof RateLimitError) {
    const everywhere = error.global ? { everywhere: true } : {};
    return { kind: 'slow-down', seconds: error.retryAfter / 1000, ...everywhere };
  }
  if (error instanceof DiscordAPIError) return troubleOfAnswer(error);
  if (error instanceof HTTPError) {
    const reason = `Discord answered ${error.status} ${error.message}`.trimEnd();
    return { kind: error.status >= 500 ? 'failed' : 'refused', reason };
  }
  if (error instanceof RangeError) return { kind: 'form-refused', reason: error.message };
  return troubleOfConnection(error);
}

/** The same, to be thrown. */
export function sendErrorOf(error: unknown): SendError {
  if (error instanceof SendError) return error;
  return new SendError(troubleOf(error), { cause: error });
}

function troubleOfAnswer({ code, status, message }: DiscordAPIError): SendTrouble {
  const reason = `Discord answered ${status}, code ${code}: ${message}`;
  const gone = GONE[String(code)];
  if (gone !== undefined) return { kind: 'gone', reason: gone };
  if (UNREADABLE.has(Number(code))) return { kind: 'form-refused', reason };
  // The token of an interaction is answered 401 too, but ends by itself.
  if (status === 401 && Number(code) !== ENDED) return { kind: 'bad-token', reason };
  return { kind: 'refused', reason };
}

/** Invalid Webhook Token: fifteen minutes after an interaction nothing is taken for it any more. */
const ENDED = 50027;

/** Whether an interaction can be answered no longer, or never could. */
export function isInteractionOver(error: unknown): boolean {
  return error instanceof DiscordAPIError && [ENDED, 10015, 10062].includes(Number(error.code));
}

/** Unknown Message: somebody deleted it. */
const NO_MESSAGE = 10008;

/** Whether there is no such message any more. */
export function isMessageGone(error: unknown): boolean {
  const answer = error instanceof SendError ? error.cause : error;
  return answer instanceof DiscordAPIError && Number(answer.code) === NO_MESSAGE;
}

function troubleOfConnection(error: unknown): SendTrouble {
  const reason = error instanceof Error ? error.message || error.name : String(error);
  const codes = codesOf(error);
  if (codes.some((code) => UNREACHED.has(code))) return { kind: 'failed', reason };
  const isLost =
    (error instanceof Error &&
      ['AbortError', 'TimeoutError', 'SyntaxError'].includes(error.name)) ||
    codes.some((code) => BROKEN.has(code) || String(code).startsWith('UND_ERR_'));
  return { kind: isLost ? 'unknown' : 'failed', reason };
}

/** Codes of an error and of what caused it. */
function codesOf(error: unknown): unknown[] {
  if (!(error instanceof Error)) return [];
  return [...('code' in error ? [error.code] : []), ...codesOf(error.cause)];
}
