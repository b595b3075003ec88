import path from 'node:path';

import { Ajv, type ErrorObject } from 'ajv';

import { Refused } from './claude-refused.ts';
import { cachedSchema } from './schema-cache.ts';

const SDK = 'node_modules/@anthropic-ai/sdk';
const ROOTS = ['MessageCreateParams', 'MessageCountTokensParams', 'BatchCreateParams'];

type Definition = {
  properties?: Record<string, { description?: string; const?: unknown }>;
  anyOf?: { enum?: string[] }[];
};
type Document = { definitions: Record<string, Definition> };

/** What the types of the installed SDK say about bodies of requests. */
export type SdkSchema = {
  readonly models: readonly string[];
  /** @throws Refused, naming the path, where the body is not of the type. */
  check(type: string, body: unknown): void;
};

let opened: Promise<SdkSchema> | undefined;

export function openSdkSchema(): Promise<SdkSchema> {
  return (opened ??= open());
}

async function open(): Promise<SdkSchema> {
  const document = await cachedSchema({ name: 'claude', folder: SDK }, generate);
  const ajv = new Ajv({ strict: false, allErrors: true, verbose: true }).addSchema(document, 'sdk');
  return {
    models: document.definitions['Model']?.anyOf?.flatMap((each) => each.enum ?? []) ?? [],
    check(type, body) {
      const validate = ajv.getSchema(`sdk#/definitions/${type}`);
      if (!validate) throw new Error(`the SDK has no type ${type}`);
      if (!validate(body)) throw new Refused(complaint(validate.errors ?? []));
    },
  };
}

async function generate(): Promise<Document> {
  const { createGenerator } = await import('ts-json-schema-generator'); // brings a compiler
  const generator = createGenerator({
    path: path.resolve(SDK, 'resources/messages/*.d.ts'),
    skipTypeCheck: true,
    additionalProperties: false,
  });
  const made = ROOTS.map((root) => generator.createSchema(root).definitions ?? {});
  const definitions = Object.assign({}, ...made) as Document['definitions'];
  for (const { properties = {} } of Object.values(definitions)) dropHeaders(properties);
  return { definitions };
}

/** Parameters that the SDK sends as headers are no fields of a body. */
function dropHeaders(properties: NonNullable<Definition['properties']>): void {
  for (const [name, { description }] of Object.entries(properties)) {
    if (description?.startsWith('Header param')) delete properties[name];
  }
}

/** The deepest error is the nearest to what is wrong; those of other members of a union are noise. */
function complaint(errors: readonly ErrorObject[]): string {
  const isConst = ({ keyword }: ErrorObject) => keyword === 'const';
  const own = errors.filter((error) => error.keyword !== 'anyOf' && !isOfAnotherKind(error));
  const ordered = [...own.filter((error) => !isConst(error)), ...own.filter(isConst)];
  const [first] = ordered.map(sentenceOf).toSorted((a, b) => b.path.length - a.path.length);
  return first ? `${first.path.join('.')}: ${first.message}` : 'body: Invalid';
}

/** Whether the error is about an object whose `type` or `role` says that it is something else. */
function isOfAnotherKind({ parentSchema, data }: ErrorObject): boolean {
  const properties = (parentSchema as Definition | undefined)?.properties ?? {};
  const said = Object(data) as Record<string, unknown>;
  return Object.entries(properties).some(
    ([name, { const: kind }]) => kind !== undefined && name in said && said[name] !== kind,
  );
}

function sentenceOf({ keyword, instancePath, params, message }: ErrorObject) {
  const at = instancePath.split('/').slice(1);
  if (keyword === 'additionalProperties') {
    const extra = String(params['additionalProperty']);
    return { path: [...at, extra], message: 'Extra inputs are not permitted' };
  }
  if (keyword === 'required') {
    return { path: [...at, String(params['missingProperty'])], message: 'Field required' };
  }
  return { path: at.length > 0 ? at : ['body'], message: message ?? 'Invalid' };
}
