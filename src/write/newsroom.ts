import type { Desk } from '../claude/desk.ts';
import { isLasting, type ModelFailure } from '../claude/failure.ts';
import type { FormQuestion } from '../claude/question.ts';
import type { Models } from '../claude/settings.ts';
import type { Evidence } from './evidence.ts';
import type { Yardstick } from './faults.ts';
import { REPLY_SCHEMA } from './reply.ts';

/** What all parts of a report are written with. */
export type Newsroom = {
  readonly desk: Desk;
  readonly models: Pick<Models, 'report' | 'check'>;
  /** Who the writer is and what it keeps to. */
  readonly rules: string;
  readonly evidence: Evidence;
  /** The evidence as all questions begin. */
  readonly shared: string;
  readonly yardstick: Yardstick;
};

/** The longest answer to a question, thinking included, tokens. */
const LONGEST_ANSWER = 8000;

/** A question of a report: behind the shared evidence, in the one form that replies have. */
export function questionOf(
  { models, rules, shared }: Pick<Newsroom, 'models' | 'rules' | 'shared'>,
  part: string,
  words: string,
): FormQuestion {
  return {
    ...models.report,
    part,
    system: rules,
    shared,
    words,
    schema: REPLY_SCHEMA,
    maxTokens: LONGEST_ANSWER,
  };
}

/** Whether every other question will fail as this one did, or the evidence has to shrink first. */
export function isHopeless(failure: ModelFailure): boolean {
  return isLasting(failure) || failure.kind === 'too-large';
}
