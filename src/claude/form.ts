import { z } from 'zod';

import { ModelFailure } from './failure.ts';
import type { AnswerSchema } from './question.ts';

/** A form as the Messages API takes it. */
export function schemaOf(form: z.ZodType): AnswerSchema {
  const { $schema: _, ...schema } = z.toJSONSchema(form);
  return schema;
}

/** Reads an answer that is to have a form. @throws ModelFailure `unreadable` that says what is wrong. */
export function readAs<T>(form: z.ZodType<T>, text: string): T {
  const result = form.safeParse(parse(text));
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const where = issue && issue.path.length > 0 ? `${issue.path.join('.')}: ` : '';
  throw new ModelFailure('unreadable', `${where}${issue?.message ?? 'not of the form'}.`);
}

/** JSON; servers that cannot be held to a form often put it between fences. */
function parse(text: string): unknown {
  const [, fenced] = /^\s*```(?:json)?\s*\n(.*)\n\s*```\s*$/s.exec(text) ?? [];
  try {
    return JSON.parse(fenced ?? text);
  } catch {
    throw new ModelFailure('unreadable', 'It is no JSON.');
  }
}
