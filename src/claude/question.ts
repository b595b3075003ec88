import { createHash } from 'node:crypto';

import type { Tokens } from '../model/usage.ts';
import { estimateTokens } from './estimate.ts';
import type { Choice } from './settings.ts';

/** A JSON Schema as the Messages API takes it. */
export type AnswerSchema = { readonly [key: string]: unknown };

type Asking = Choice & {
  /** What is asked for, in the account: `plan`, `III.C`, `answer` … */
  readonly part: string;
  /** Who the model is and what it keeps to. */
  readonly system: string;
  /** The question proper; it stands last. */
  readonly words: string;
  /** The longest answer, thinking included. */
  readonly maxTokens: number;
};

/** A question that is answered in JSON. */
export type FormQuestion = Asking & {
  /** What several questions have in common: read once, then from the cache. Null where there is nothing. */
  readonly shared: string | null;
  readonly schema: AnswerSchema;
};

/** Something that an answer may cite, as a whole. */
export type Citable = {
  /** What it is called where it is cited. */
  readonly mark: string;
  readonly text: string;
};

/** A question that is answered in words, which cite what they rest on. */
export type CitedQuestion = Asking & { readonly sources: readonly Citable[] };

/** What the model is asked in one call: an answer has a form or citations, never both. */
export type Question = FormQuestion | CitedQuestion;

/** Words of an answer, with the places of the sources that they cite. */
export type Piece = { readonly text: string; readonly cites: readonly number[] };

/** What the model said, in full. */
export type Answer = {
  readonly text: string;
  readonly tokens: Tokens;
  readonly requestId: string | null;
};

/** Names a question: the same words to the same model have the same hash, whatever the limit. */
export function hashOf(question: FormQuestion): string {
  const asked = JSON.stringify({ ...question, maxTokens: undefined });
  return createHash('sha256').update(asked).digest('hex');
}

/** About how many tokens a question has. */
export function tokensOf(question: Question): { shared: number; own: number } {
  const frame = estimateTokens(question.system);
  const words = estimateTokens(question.words);
  if ('sources' in question) {
    const sources = question.sources.map(({ mark, text }) =>
      estimateTokens(`${mark} ${mark} ${text}`),
    );
    return { shared: 0, own: sources.reduce((sum, tokens) => sum + tokens, frame + words) };
  }
  const framed = frame + estimateTokens(JSON.stringify(question.schema));
  return question.shared === null
    ? { shared: 0, own: framed + words }
    : { shared: framed + estimateTokens(question.shared), own: words };
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
