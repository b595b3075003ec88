import { Refused } from './claude-refused.ts';

type Schema = Readonly<Record<string, unknown>>;

const UNSUPPORTED =
  /^(?:m(?:ax|in)Length|pattern|(?:exclusiveM|m)(?:ax|in)imum|multipleOf|maxItems|uniqueItems)$/;
const MAX_PROPERTIES = 50;
const MAX_BYTES = 8 * 1024;

/** What structured output takes of JSON Schema. @throws Refused, naming the path. */
export function checkOutputSchema(root: Schema): void {
  const at = 'output_config.format.schema';
  const nodes = [...nodesOf(root, at)];
  const properties = nodes.reduce((sum, [, each]) => sum + sizeOf(each['properties']), 0);
  if (properties > MAX_PROPERTIES || Buffer.byteLength(JSON.stringify(root)) > MAX_BYTES) {
    throw new Refused(`${at}: schema is too complex`);
  }
  for (const [path, node] of nodes) checkNode(path, node, root);
  if (isRecursive(root, root)) throw new Refused(`${at}: recursive schemas are not supported`);
}

function checkNode(path: string, node: Schema, root: Schema): void {
  const isObject = [node['type']].flat().includes('object') || 'properties' in node;
  if (isObject && node['additionalProperties'] !== false) {
    throw new Refused(`${path}.additionalProperties: must be false for an object`);
  }
  const keyword = Object.keys(node).find((name) => UNSUPPORTED.test(name));
  if (keyword) throw new Refused(`${path}.${keyword}: the keyword is not supported`);
  if (Number(node['minItems'] ?? 0) > 1) throw new Refused(`${path}.minItems: must be 0 or 1`);
  if ('$ref' in node && !targetOf(node, root)) throw new Refused(`${path}.$ref: leads nowhere`);
}

/** A schema and all within it, with paths; references are not followed. */
function* nodesOf(node: Schema, path: string): Generator<[string, Schema]> {
  yield [path, node];
  for (const name of ['properties', '$defs', 'definitions', 'anyOf', 'allOf', 'prefixItems']) {
    for (const [key, child] of Object.entries(node[name] ?? {})) {
      yield* nodesOf(child as Schema, `${path}.${name}.${key}`);
    }
  }
  const { items } = node;
  if (items instanceof Object) yield* nodesOf(items as Schema, `${path}.items`);
}

function isRecursive(node: Schema, root: Schema, around: readonly Schema[] = []): boolean {
  if (around.includes(node)) return true;
  const targets = [...nodesOf(node, '')].flatMap<Schema>(([, each]) => targetOf(each, root) ?? []);
  return targets.some((each) => isRecursive(each, root, [...around, node]));
}

function targetOf(node: Schema, root: Schema): Schema | undefined {
  const { $ref } = node;
  if (typeof $ref !== 'string' || !$ref.startsWith('#')) return undefined;
  let at: unknown = root;
  for (const step of $ref.split('/').slice(1))
    at = (Object(at) as Schema)[decodeURIComponent(step)];
  return at instanceof Object ? (at as Schema) : undefined;
}

function sizeOf(value: unknown): number {
  return Object.keys(Object(value)).length;
}
