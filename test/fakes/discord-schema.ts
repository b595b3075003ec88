import path from 'node:path';

import { Ajv } from 'ajv';
import type { NodeParser } from 'ts-json-schema-generator';

import type { Complaint } from './discord-refused.ts';
import { complaintsOf, type Document, type Schema } from './discord-schema-complaints.ts';
import { cachedSchema } from './schema-cache.ts';

const TYPES = 'node_modules/discord-api-types';
/** To be raised when what is made of the types changes, so that no older file is taken. */
const EDITION = 4;

/** The bodies that the fake checks by the installed types. */
const ROOTS = [
  'APIInteractionResponse',
  'GatewayIdentifyData',
  'GatewayMessageUpdateDispatchData',
  'GatewayResumeData',
  'RESTPatchAPIChannelJSONBody',
  'RESTPatchAPIChannelMessageJSONBody',
  'RESTPatchAPIWebhookWithTokenMessageJSONBody',
  'RESTPostAPIChannelMessageJSONBody',
  'RESTPostAPIChannelMessagesThreadsJSONBody',
  'RESTPostAPIChannelThreadsJSONBody',
  'RESTPostAPICurrentUserCreateDMChannelJSONBody',
  'RESTPostAPIGuildForumThreadsJSONBody',
  'RESTPostAPIWebhookWithTokenJSONBody',
  'RESTPutAPIApplicationCommandsJSONBody',
] as const;

export type BodyType = (typeof ROOTS)[number];

/** What the installed `discord-api-types` say about bodies of requests. */
export type ApiSchema = { check(type: BodyType, body: unknown): Complaint[] };

let opened: Promise<ApiSchema> | undefined;

export function openApiSchema(): Promise<ApiSchema> {
  return (opened ??= open());
}

async function open(): Promise<ApiSchema> {
  const document = await cachedSchema(
    { name: 'discord', folder: TYPES, edition: EDITION },
    generate,
  );
  const ajv = new Ajv({ strict: false, allErrors: true, verbose: true, validateFormats: false });
  ajv.addSchema(document, 'discord');
  return {
    check(type, body) {
      const validate = ajv.getSchema(`discord#/definitions/${type}`);
      if (!validate) throw new Error(`no type ${type} in discord-api-types`);
      const isRight = validate(body) || validate(withoutNull(body));
      return isRight ? [] : complaintsOf(validate.errors ?? [], body, document);
    },
  };
}

/** Discord takes null for "not said" where the types have it not, and discord.js relies on it. */
export function withoutNull(body: unknown): unknown {
  if (Array.isArray(body)) return body.map(withoutNull);
  if (typeof body !== 'object' || body === null) return body;
  const said = Object.entries(body).filter(([, value]) => value !== null);
  return Object.fromEntries(said.map(([key, value]) => [key, withoutNull(value)]));
}

async function generate(): Promise<Document> {
  // They bring a compiler.
  const { createFormatter, createParser, createProgram, DEFAULT_CONFIG, SchemaGenerator } =
    await import('ts-json-schema-generator');
  const config = {
    ...DEFAULT_CONFIG,
    path: path.resolve(TYPES, 'v10.d.ts'),
    skipTypeCheck: true,
    additionalProperties: false,
    encodeRefs: false,
  };
  const program = createProgram(config);
  const parser = createParser(program, config, (chain) => {
    chain.addNodeParser({
      supportsNode: (node) => (node as Reference).typeName?.escapedText === NOTHING_ADDED,
      createType(node, context) {
        const [inner = node] = (node as typeof node & Reference<typeof node>).typeArguments ?? [];
        return (chain as typeof chain & NodeParser).createType(inner, context);
      },
    });
  });
  const generator = new SchemaGenerator(program, parser, createFormatter(config), config);
  const made = ROOTS.map((root) => generator.createSchema(root).definitions ?? {});
  // An array that is also an "object without fields" is an array, and an accident of the types.
  const text = JSON.stringify(Object.assign({}, ...made), (key, value: unknown) =>
    key === 'allOf' && Array.isArray(value) ? value.filter((each) => !isEmptyObject(each)) : value,
  );
  const definitions = JSON.parse(text) as Document['definitions'];
  loosen(definitions);
  return { definitions };
}

function isEmptyObject(schema: unknown): boolean {
  const { type, properties } = Object(schema) as Schema;
  return type === 'object' && properties !== undefined && Object.keys(properties).length === 0;
}

/** A helper of the types that only adds `undefined`; the generator takes a string for an object. */
const NOTHING_ADDED = '_AddUndefinedToPossiblyUndefinedPropertiesOfInterface';
type Reference<Node = unknown> = {
  readonly typeName?: { readonly escapedText?: string };
  readonly typeArguments?: readonly Node[];
};

function loosen(definitions: Document['definitions']): void {
  for (const [name, definition] of Object.entries(definitions)) {
    // Bit fields are declared as lists of their single bits.
    if (name.endsWith('Flags')) definitions[name] = { type: 'integer' };
    // Discord passes over what it does not know at the top, and discord.js relies on it.
    const isTop = (ROOTS as readonly string[]).includes(name) || name.endsWith('CallbackData');
    if (isTop) delete definition.additionalProperties;
  }
}
