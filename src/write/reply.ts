import { z } from 'zod';

import { readAs, schemaOf } from '../claude/form.ts';

/**
 * What the model answers, whatever it is asked: all questions of a report have one form, because
 * another form would make what the cache holds of the posts worthless.
 */
const replySchema = z.strictObject({
  sections: z.array(
    z.strictObject({
      title: z.string().describe('two to eight words, no letter before it'),
      stories: z.array(z.string()).describe('marks of its stories, strongest first: s4'),
    }),
  ),
  lines: z.array(
    z.strictObject({
      lead: z
        .string()
        .describe('words set in bold before the text; empty where none are asked for'),
      text: z.string().describe('plain sentences; **bold** around names, numbers and products'),
      impact: z.string().describe('what it may mean; empty where that is not asked for'),
      inferred: z
        .boolean()
        .describe('the impact is your inference, not the word of somebody cited'),
      posts: z.array(z.string()).describe('marks of the posts it rests on, strongest first: p12'),
      continues: z.string().describe('mark of the earlier line it goes on from: e3; else empty'),
      basis: z.array(z.string()).describe('addresses of the lines that advice follows from: II.3'),
    }),
  ),
});

export type Reply = z.output<typeof replySchema>;

/** The form of a reply, as the Messages API takes it. */
export const REPLY_SCHEMA = schemaOf(replySchema);

/** Reads a reply. @throws ModelFailure `unreadable` that says what is wrong. */
export function readReply(text: string): Reply {
  return readAs(replySchema, text);
}

const verdictsSchema = z.strictObject({
  verdicts: z.array(
    z.strictObject({
      line: z.number().describe('its number'),
      supported: z.boolean(),
      why: z
        .string()
        .describe('one short sentence: what the posts do not say; empty where supported'),
    }),
  ),
});

export type Verdicts = z.output<typeof verdictsSchema>['verdicts'];

/** The form of a judgement of lines. */
export const VERDICTS_SCHEMA = schemaOf(verdictsSchema);

/** Reads a judgement. @throws ModelFailure `unreadable` that says what is wrong. */
export function readVerdicts(text: string): Verdicts {
  return readAs(verdictsSchema, text).verdicts;
}
