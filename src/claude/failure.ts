import type { FallbackReason } from '../model/report.ts';
import { NO_TOKENS, type Tokens } from '../model/usage.ts';

/** Why the model gave no answer that can be used. */
export type FailureKind = Exclude<FallbackReason, 'nothing-held'>;

/** What is known of a call that failed. */
export type FailureDetails = {
  /** How long the provider asks to be left alone, milliseconds. */
  readonly retryAfterMs?: number;
  /** What the call cost all the same. */
  readonly tokens?: Tokens;
  readonly requestId?: string | null;
  readonly cause?: unknown;
};

/** A call of the model that brought no usable answer. Its text is for the log, never for people. */
export class ModelFailure extends Error {
  readonly kind: FailureKind;
  readonly retryAfterMs: number | null;
  readonly tokens: Tokens;
  readonly requestId: string | null;

  constructor(kind: FailureKind, message: string, details: FailureDetails = {}) {
    super(message, { cause: details.cause });
    this.name = 'ModelFailure';
    this.kind = kind;
    this.retryAfterMs = details.retryAfterMs ?? null;
    this.tokens = details.tokens ?? NO_TOKENS;
    this.requestId = details.requestId ?? null;
  }
}

/** Whether the same question may well be answered a little later. */
export function isPassing({ kind }: ModelFailure): boolean {
  return kind === 'overloaded' || kind === 'unreachable';
}

/** Whether no other question will be answered either, until somebody does something. */
export function isLasting({ kind }: ModelFailure): boolean {
  return (
    kind === 'bad-key' ||
    kind === 'no-credit' ||
    kind === 'rejected' ||
    kind === 'no-time' ||
    kind === 'over-budget'
  );
}
