import { APIConnectionError, APIError } from '@anthropic-ai/sdk/error';
import type { ErrorResponse } from '@anthropic-ai/sdk/resources/shared';

import { type FailureDetails, type FailureKind, ModelFailure } from './failure.ts';

/** What the SDK threw, as one of our kinds. The stream of a broken connection throws anything. */
export function failureFrom(error: unknown, details: FailureDetails = {}): ModelFailure {
  const kind = error instanceof APIError ? kindOf(error) : 'unreachable';
  const retryAfterMs = error instanceof APIError ? retryAfterOf(error.headers) : null;
  return new ModelFailure(kind, saidIn(error), {
    ...details,
    requestId: (error instanceof APIError ? error.requestID : null) ?? details.requestId ?? null,
    ...(retryAfterMs !== null && { retryAfterMs }),
    cause: error,
  });
}

/** What the provider said in words, with the status; an answer of another form stays as it is. */
function saidIn(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (!(error instanceof APIError) || !error.apiMessage) return error.message;
  return [error.status, error.apiMessage].filter((part) => part !== undefined).join(' ');
}

/** Why a request inside a batch failed. */
export function failureInBatch(response: ErrorResponse): ModelFailure {
  return failureFrom(new APIError(undefined, response, undefined, undefined));
}

/** Kinds by the type that an error names; an error inside of a stream has nothing else. */
const BY_TYPE: Readonly<Record<string, FailureKind>> = {
  authentication_error: 'bad-key',
  permission_error: 'bad-key',
  billing_error: 'no-credit',
  rate_limit_error: 'overloaded',
  overloaded_error: 'overloaded',
  api_error: 'overloaded',
  timeout_error: 'unreachable',
  not_found_error: 'rejected',
};

const BY_STATUS: Readonly<Record<number, FailureKind>> = {
  401: 'bad-key',
  402: 'no-credit',
  403: 'bad-key',
  404: 'rejected',
  408: 'unreachable',
  409: 'overloaded',
  413: 'too-large',
  429: 'overloaded',
  504: 'unreachable',
};

/** An account without credit is told so in a general error, and so is a question that does not fit. */
const NO_CREDIT = /credit balance|spend(?:ing)? limit/i;
const TOO_LARGE =
  /prompt is too long|too many tokens|context (?:window|length)|exceeds? .{0,40}context/i;

function kindOf(error: APIError): FailureKind {
  if (error instanceof APIConnectionError) return 'unreachable';
  const said = error.apiMessage ?? error.message;
  if (error.errorCode?.endsWith('_spend_limit_reached') || NO_CREDIT.test(said)) return 'no-credit';
  const { status } = error;
  if ((status === undefined || status === 400) && TOO_LARGE.test(said)) return 'too-large';
  const known = BY_TYPE[error.type ?? ''] ?? BY_STATUS[status ?? 0];
  if (known !== undefined) return known;
  return status !== undefined && status < 500 ? 'rejected' : 'overloaded';
}

/** Milliseconds that a `retry-after` asks for: seconds or a date. `null` when it asks for nothing. */
function retryAfterOf(headers: Headers | undefined): number | null {
  const asked = headers?.get('retry-after');
  if (!asked) return null;
  const seconds = Number(asked);
  if (Number.isFinite(seconds)) return Math.max(0, seconds * 1000);
  const date = Date.parse(asked);
  const sent = Date.parse(headers?.get('date') ?? '');
  return Number.isNaN(date) || Number.isNaN(sent) ? null : Math.max(0, date - sent);
}
