import { randomBytes } from 'node:crypto';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';

import { cachedSchema } from './schema-cache.ts';

const TYPES = 'node_modules/@grammyjs/types';
/** To be raised when something else is made of the types. */
const FORM = 2;
const CACHE = 'node_modules/.cache/dawn-chorus';

type Definition = { properties?: Record<string, unknown> };

/** By the name of a method the schema of its parameters, besides those of types within them. */
export type Document = {
  readonly methods: readonly string[];
  readonly definitions: Readonly<Record<string, Definition>>;
};

export function readBotSchema(): Promise<Document> {
  return cachedSchema({ name: 'telegram', folder: TYPES, edition: FORM }, generate);
}

async function generate(): Promise<Document> {
  const { createGenerator } = await import('ts-json-schema-generator'); // brings a compiler
  const { source, methods } = asInterfaces(
    await readFile(path.resolve(TYPES, 'methods.d.ts'), 'utf8'),
  );
  await mkdir(path.resolve(CACHE), { recursive: true });
  const file = path.resolve(CACHE, `telegram-${randomBytes(6).toString('hex')}.ts`);
  await writeFile(file, source);
  try {
    const options = { path: file, skipTypeCheck: true, additionalProperties: false };
    const generator = createGenerator(options);
    const made = [...methods, 'Told'].map((type) => generator.createSchema(type).definitions ?? {});
    return { methods, definitions: Object.assign({}, ...made) as Document['definitions'] };
  } finally {
    await rm(file);
  }
}

/** What the server tells, under names of our own. */
const TOLD = `export interface Told {
  update: Update;
  message: Message;
  messages: Message[];
  me: UserFromGetMe;
  chat: ChatFullInfo;
  member: ChatMember;
  members: ChatMember[];
  webhook: WebhookInfo;
  file: File;
}`;

/**
 * The generator makes no schemas of function types: each method's argument becomes an interface of
 * the method's name. Files are strings here: names of uploads, or identifiers.
 */
function asInterfaces(declarations: string): { source: string; methods: string[] } {
  const methods: string[] = [];
  const body = declarations
    .replaceAll(/"\.\/(\w+)\.js"/g, (_, name: string) => `"${path.resolve(TYPES, `${name}.d.ts`)}"`)
    .replace(/^type Params<[^]*?^export type ApiMethods<F> = \{$/m, 'type F = string;')
    .replaceAll(/^ {4}(\w+)\((?:args\??: \{)?/gm, (whole, name: string) => {
      methods.push(name);
      return whole.endsWith('{') ? `export interface ${name} {` : `export interface ${name} {}; (`;
    })
    .replaceAll(/^ {4}\}\): .*;$/gm, '}')
    .replaceAll(/; \(\): .*;$/gm, '')
    .replaceAll(/^ {4}\w+: ApiMethods<F>\[.*\];$/gm, '')
    .replace(/^\};$/m, '');
  return { source: `${body}\n${TOLD}`, methods };
}
