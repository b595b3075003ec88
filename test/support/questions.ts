import { ModelFailure } from '../../src/claude/failure.ts';
import type { CitedQuestion, FormQuestion } from '../../src/claude/question.ts';
import { type Behaviour, json, type Request } from '../fakes/claude.ts';

/** A question for one word. */
export function aQuestion(fields: Partial<FormQuestion> = {}): FormQuestion {
  const { part = 'I' } = fields;
  return {
    model: 'claude-opus-5-5',
    effort: 'medium',
    part,
    system: 'You answer.',
    shared: null,
    words: `Write ${part}.`,
    schema: {
      type: 'object',
      properties: { part: { type: 'string' } },
      required: ['part'],
      additionalProperties: false,
    },
    maxTokens: 1000,
    ...fields,
  };
}

/** A question that is answered from two sources. */
export function aCitedQuestion(fields: Partial<CitedQuestion> = {}): CitedQuestion {
  return {
    model: 'claude-sonnet-5-5',
    effort: 'low',
    part: 'answer',
    system: 'You answer.',
    words: 'What is new?',
    sources: [
      { mark: 'p1', text: 'Lumen 7 is out.' },
      { mark: 'p2', text: 'Lumen 7 costs $2.40.' },
    ],
    maxTokens: 1000,
    ...fields,
  };
}

/** Answers each question with its part. */
export function answerPart({ body }: Request): Behaviour {
  return json({ part: /"Write (\w+)\./.exec(JSON.stringify(body.messages))?.[1] ?? '' });
}

/** Reads the answer to such a question. @throws ModelFailure `unreadable` */
export function readPart(text: string): string {
  try {
    return (JSON.parse(text) as { part: string }).part;
  } catch {
    throw new ModelFailure('unreadable', 'It is no JSON.');
  }
}
