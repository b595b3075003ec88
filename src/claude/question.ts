import { createHash } from 'node:crypto';

import type { Tokens } from '../model/usage.ts';
import { estimateTokens } from './estimate.ts';
import type { Choice } from './settings.ts';

/** A JSON Schema as the Messages API takes it. */
export type AnswerSchema = { readonly [key: string]: unknown };

/** What the model is asked in one call. */
export type Question = Choice & {
  /** What is asked for, in the account: `plan`, `III.C`, `repair` … */
  readonly part: string;
  /** Who the model is and what it keeps to. */
  readonly system: string;
  /** What several questions have in common: read once, then from the cache. Null where there is nothing. */
  readonly shared: string | null;
  /** The question proper; it stands last. */
  readonly words: string;
  readonly schema: AnswerSchema;
  /** The longest answer, thinking included. */
  readonly maxTokens: number;
};

/** What the model said, in full. */
export type Answer = {
  readonly text: string;
  readonly tokens: Tokens;
  readonly requestId: string | null;
};

/** Names a question: the same words to the same model have the same hash, whatever the limit. */
export function hashOf(question: Question): string {
  const asked = JSON.stringify({ ...question, maxTokens: undefined });
  return createHash('sha256').update(asked).digest('hex');
}

/** About how many tokens a question has. */
export function tokensOf(question: Question): { shared: number; own: number } {
  const { shared, system, words, schema } = question;
  const frame = estimateTokens(system) + estimateTokens(JSON.stringify(schema));
  return shared === null
    ? { shared: 0, own: frame + estimateTokens(words) }
    : { shared: frame + estimateTokens(shared), own: estimateTokens(words) };
}

/** An estimate is not to fall short: so much is added where money is held back for a call. */
const SAFETY = 1.5;

/** The most that a question may be billed, whatever the cache has: everything fresh, all written. */
export function mostTokens(question: Question): Tokens {
  const { shared, own } = tokensOf(question);
  return {
    fresh: Math.ceil(own * SAFETY),
    cacheWritten: Math.ceil(shared * SAFETY),
    cacheRead: 0,
    output: question.maxTokens,
  };
}
