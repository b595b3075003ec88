import { isPassing, type ModelFailure } from './failure.ts';
import type { Question } from './question.ts';

/** What to do after a failure: ask again after a while, perhaps otherwise, or give up. */
export type NextStep<Asked extends Question> =
  | { readonly kind: 'again'; readonly afterMs: number; readonly question: Asked }
  | { readonly kind: 'too-late' }
  | { readonly kind: 'give-up' };

/** So often is asked when the provider is busy or out of reach. */
const ATTEMPTS = 5;
const FIRST_WAIT_MS = 1000;
const LONGEST_WAIT_MS = 30_000;
/** Of an answer that was too long twice, a third attempt would be too. */
const LONGEST_ANSWER = 32_000;

/** Decides what follows the failures of a question so far, the last of them last. */
export function nextStep<Asked extends Question>(
  question: Asked,
  failures: readonly ModelFailure[],
  msLeft: number,
): NextStep<Asked> {
  const failure = failures.at(-1);
  if (!failure) return { kind: 'again', afterMs: 0, question };
  const ofItsKind = failures.filter(({ kind }) => kind === failure.kind).length;
  if (isPassing(failure)) {
    if (failures.length >= ATTEMPTS) return { kind: 'give-up' };
    const usual = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** (failures.length - 1));
    const afterMs = failure.retryAfterMs ?? usual;
    return afterMs < msLeft ? { kind: 'again', afterMs, question } : { kind: 'too-late' };
  }
  if (ofItsKind > 1) return { kind: 'give-up' };
  if (failure.kind === 'cut-off' && question.maxTokens < LONGEST_ANSWER) {
    const maxTokens = Math.min(LONGEST_ANSWER, question.maxTokens * 2);
    return { kind: 'again', afterMs: 0, question: { ...question, maxTokens } };
  }
  if (failure.kind === 'unreadable') {
    const words = `${question.words}\n\nYour last answer could not be used: ${failure.message} Answer again, with nothing but JSON of the form asked for.`;
    return { kind: 'again', afterMs: 0, question: { ...question, words } };
  }
  return { kind: 'give-up' };
}
