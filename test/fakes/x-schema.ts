import { Ajv } from 'ajv';

import { type Document, readClientSchema } from './x-schema-source.ts';

/** A kind of request, by the type of its parameters. */
export type Asked =
  | 'ListTimeline'
  | 'UserTimeline'
  | 'Search'
  | 'Counts'
  | 'Lookup'
  | 'Users'
  | 'Usage';

/** A list of words that a parameter may name. */
export type Vocabulary =
  | 'TweetFields'
  | 'UserFields'
  | 'MediaFields'
  | 'PlaceFields'
  | 'PollFields'
  | 'TTweetv2Expansion'
  | 'TUserV2Expansion';

export type Told = 'list' | 'timeline' | 'search' | 'counts' | 'posts' | 'post' | 'users' | 'user';

/** What the types of twitter-api-v2, made from X's public OpenAPI, say. */
export type ClientSchema = {
  parametersOf(asked: Asked): readonly string[];
  wordsOf(vocabulary: Vocabulary): readonly string[];
  /** What is wrong with an answer, or null. */
  mismatchOf(told: Told, answer: unknown): string | null;
};

let opened: Promise<ClientSchema> | undefined;

export function openClientSchema(): Promise<ClientSchema> {
  return (opened ??= readClientSchema().then(compile));
}

function compile({ definitions }: Document): ClientSchema {
  const ajv = new Ajv({ strict: false }).addSchema({ definitions }, 'x');
  return {
    parametersOf: (asked) => Object.keys(definitions[asked]?.properties ?? {}),
    wordsOf: (vocabulary) => wordsOf(definitions[vocabulary], vocabulary),
    mismatchOf(told, answer) {
      const validate = ajv.getSchema(`x#/definitions/Told/properties/${told}`);
      if (!validate) throw new Error(`nothing is known of ${told}`);
      return validate(answer) ? null : ajv.errorsText(validate.errors, { dataVar: told });
    },
  };
}

/** One word alone is a `const` to the generator. */
function wordsOf(definition: object | undefined, name: string): readonly string[] {
  const { enum: words, const: word } = (definition ?? {}) as { enum?: string[]; const?: string };
  if (words === undefined && word === undefined) throw new Error(`no words for ${name}`);
  return words ?? [word ?? ''];
}
