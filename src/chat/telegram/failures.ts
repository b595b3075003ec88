import { TelegramError } from 'telegraf';
import { z } from 'zod';

import type { SendTrouble } from '../../model/delivery.ts';

/** How a call of the Bot API failed. Nothing in it names the token. */
export type CallFailure =
  /** Telegram answered, and refused. */
  | {
      readonly kind: 'answered';
      readonly code: number;
      readonly description: string;
      /** Seconds. */
      readonly retryAfter: number | null;
      /** The id that the chat has now. */
      readonly movedTo: string | null;
    }
  /** The request never went out. */
  | { readonly kind: 'not-sent'; readonly reason: string }
  /** It may have gone out; no answer came that can be read. */
  | { readonly kind: 'lost'; readonly reason: string };

/** A call of the Bot API that failed. It has no cause: what telegraf throws names the token. */
export class CallError extends Error {
  readonly failure: CallFailure;

  constructor(method: string, failure: CallFailure) {
    super(`${method}: ${reasonOf(failure)}`);
    this.name = 'CallError';
    this.failure = failure;
  }
}

const responseSchema = z.object({
  error_code: z.number(),
  description: z.string().catch(''),
  parameters: z
    .object({
      retry_after: z.number().nonnegative().optional(),
      migrate_to_chat_id: z.union([z.number(), z.string()]).transform(String).optional(),
    })
    .catch({}),
});

/** What a thing that telegraf threw says, in terms of whether the request went out. */
export function failureOf(error: unknown): CallFailure {
  if (error instanceof TelegramError) return answered(error.response);
  const { type, code } = fetchErrorSchema.parse(error);
  if (type === undefined) return { kind: 'not-sent', reason: code ?? 'no request could be made' };
  const reason = REASONS[code ?? type] ?? REASONS[type] ?? code ?? type;
  return { kind: isNeverSent(code) ? 'not-sent' : 'lost', reason };
}

function answered(response: unknown): CallFailure {
  const { error_code: code, description, parameters } = responseSchema.parse(response);
  return {
    kind: 'answered',
    code,
    description: description === '' ? `error ${code}` : description,
    retryAfter: parameters.retry_after ?? null,
    movedTo: parameters.migrate_to_chat_id ?? null,
  };
}

/** Errors of node-fetch 2 have a `type`, and of the system's errors nothing but the `code`. */
const fetchErrorSchema = z
  .object({ type: z.string().optional().catch(undefined), code: z.string().optional() })
  .catch({});

const REASONS: Readonly<Record<string, string>> = {
  aborted: 'no answer in time',
  'request-timeout': 'no answer in time',
  UNCONNECTED: 'no connection',
  'invalid-json': 'an answer that is none of the Bot API',
};

/** The code of an error that came before a connection was made. */
export const UNCONNECTED = 'UNCONNECTED';

/** Without an address or a connection nothing was sent; any other error may come after that. */
const NOT_SENT = new Set([UNCONNECTED, 'ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN']);
/** The codes of certificates that are not trusted, which end the handshake before the request. */
const BAD_CERTIFICATE =
  /^(?:CERT_|UNABLE_TO_|SELF_SIGNED_CERT|DEPTH_ZERO_|ERR_TLS_CERT_|HOSTNAME_MISMATCH)/;

/** Whether nothing can have been sent where an error has this code. */
export function isNeverSent(code: string | undefined): boolean {
  return code !== undefined && (NOT_SENT.has(code) || BAD_CERTIFICATE.test(code));
}

/** What was wrong, for people. */
export function reasonOf(failure: CallFailure): string {
  return failure.kind === 'answered' ? failure.description : failure.reason;
}

/** Seconds to wait where Telegram wants us to wait without saying how long. */
const USUAL_WAIT = 5;

/**
 * What is to be done about a message that could not be sent.
 *
 * @param isRich Whether it was a rich message, which older servers do not know.
 */
export function troubleOf(failure: CallFailure, isRich: boolean): SendTrouble {
  if (failure.kind === 'not-sent') return { kind: 'failed', reason: failure.reason };
  if (failure.kind === 'lost') return { kind: 'unknown', reason: failure.reason };
  const { code, description: reason, retryAfter, movedTo } = failure;
  if (code === 429) return { kind: 'slow-down', seconds: retryAfter ?? USUAL_WAIT };
  if (movedTo !== null) return { kind: 'moved', to: movedTo };
  // "Not now" says that nothing was done. Any other server that broke, or a server in between that lost
  // one, may have done it before: a message is there twice then, if it is sent again.
  if (code === 503) return { kind: 'failed', reason };
  if (code >= 500) return { kind: 'unknown', reason };
  return { kind: refusalOf(code, reason, isRich), reason };
}

function refusalOf(
  code: number,
  reason: string,
  isRich: boolean,
): 'gone' | 'form-refused' | 'refused' | 'bad-token' {
  switch (code) {
    case 401:
      return 'bad-token';
    case 403:
      return 'gone';
    case 404: // an unknown method, or something in the address that cannot be a token
      return isRich ? 'form-refused' : 'bad-token';
    case 413:
      return 'form-refused';
    default:
      if (code !== 400) return 'refused';
      if (GONE.test(reason)) return 'gone';
      if (FORM.test(reason)) return 'form-refused';
      return isRich && !FOR_ANY_FORM.test(reason) ? 'form-refused' : 'refused';
  }
}

// Telegram tells its refusals apart by their descriptions only.

const GONE =
  /chat not found|user is deactivated|user not found|PEER_ID_INVALID|message thread not found|TOPIC_DELETED|group chat was (?:deactivated|deleted)/i;

const FORM =
  /can't parse|entit(?:y|ies)|rich|message is too long|caption is too long|text is empty|must be non-empty|BUTTON|REPLY_MARKUP|keyboard|PHOTO|IMAGE|photos|MEDIA|wrong file|file is too big|WEBPAGE|URL/i;

/** What would be refused in any form. */
const FOR_ANY_FORM =
  /rights|FORBIDDEN|ADMIN_REQUIRED|TOPIC_CLOSED|to be replied|to edit not found|can't be edited|not modified/i;

/** Whether a server answered, though not what became of the request. */
export function isOfServer(failure: CallFailure): boolean {
  return failure.kind === 'answered' && failure.code >= 500;
}

/** Whether an edit was refused because the message shows that already. */
export function isUnchanged(failure: CallFailure): boolean {
  return failure.kind === 'answered' && /message is not modified/i.test(failure.description);
}
