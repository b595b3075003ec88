import type { ErrorObject } from 'ajv';

import type { Complaint } from './discord-refused.ts';

/** As much of JSON Schema as is looked at here. */
export type Schema = {
  $ref?: string;
  anyOf?: Schema[];
  type?: string;
  const?: unknown;
  items?: Schema;
  properties?: Record<string, Schema>;
  required?: string[];
  additionalProperties?: boolean;
};
export type Document = { definitions: Record<string, Schema> };

/** What Ajv found, in Discord's words. */
export function complaintsOf(
  errors: readonly ErrorObject[],
  body: unknown,
  document: Document,
): Complaint[] {
  const unions = errors.filter(({ keyword }) => keyword === 'anyOf');
  const strangers = unions.filter((error) => isStranger(error, body, document));
  const [first] = strangers.toSorted((a, b) => a.instancePath.length - b.instancePath.length);
  if (first) return [wrongKind(first)];
  const own = errors.filter(
    (error) => !['anyOf', 'const'].includes(error.keyword) && !isOfAnotherKind(error),
  );
  return own.length > 0 ? unique(own.map(complaintOf)) : unions.slice(0, 1).map(wrongKind);
}

/** Whether an object's `type` is none that its place knows. */
function isStranger(error: ErrorObject, body: unknown, document: Document): boolean {
  const { schema, data, instancePath } = error;
  if (typeof data !== 'object' || data === null || !('type' in data)) return false;
  const path = pathOf(instancePath);
  const field = path.findLastIndex((step) => Number.isNaN(Number(step)));
  const parent = path.slice(0, field).reduce<unknown>(inside, body);
  const kinds =
    kindsUnder(inside(parent, 'type'), path[field] ?? '', document) ??
    kindsOf({ anyOf: schema as Schema[] }, document);
  return kinds.length > 0 && !kinds.includes(data.type);
}

function inside(value: unknown, step: string): unknown {
  return (Object(value) as Record<string, unknown>)[step];
}

/** The kinds that a field of an object of a kind may hold; undefined where nothing has such. */
function kindsUnder(parent: unknown, field: string, document: Document): unknown[] | undefined {
  const fields = Object.values(document.definitions).flatMap(({ properties }) => {
    const isIt = parent !== undefined && properties?.['type']?.const === parent;
    const held = isIt ? properties?.[field] : undefined;
    return held ? [held.items ?? held] : [];
  });
  return fields.length > 0 ? fields.flatMap((each) => kindsOf(each, document)) : undefined;
}

/** The `type`s that a schema or its alternatives have. */
function kindsOf(schema: Schema, document: Document): unknown[] {
  const name = schema.$ref?.replace('#/definitions/', '');
  const { anyOf, properties } = (name && document.definitions[name]) || schema;
  if (anyOf) return anyOf.flatMap((each) => kindsOf(each, document));
  return properties?.['type'] ? [properties['type'].const] : [];
}

function wrongKind({ instancePath }: ErrorObject): Complaint {
  const message = 'Value of field "type" must be one of those allowed here.';
  return { path: pathOf(instancePath), code: 'UNION_TYPE_CHOICES', message };
}

/** Whether the error is about an object whose `type` says that it is something else. */
function isOfAnotherKind({ parentSchema, data }: ErrorObject): boolean {
  const { properties, required = [] } = (parentSchema ?? {}) as Schema;
  const kind = properties?.['type']?.const;
  if (kind === undefined) return false;
  const said = Object(data) as Record<string, unknown>;
  return 'type' in said ? said['type'] !== kind : required.includes('type');
}

function complaintOf({ keyword, instancePath, params, message = '' }: ErrorObject): Complaint {
  const at = pathOf(instancePath);
  if (keyword === 'required') {
    const missing = String(params['missingProperty']);
    return {
      path: [...at, missing],
      code: 'BASE_TYPE_REQUIRED',
      message: 'This field is required',
    };
  }
  if (keyword === 'additionalProperties') {
    // Discord would pass over it in silence; here it can only be a slip of the pen.
    const extra = String(params['additionalProperty']);
    return { path: [...at, extra], code: 'FAKE_UNKNOWN_FIELD', message: 'No such field.' };
  }
  if (keyword === 'enum') {
    const choices = (params['allowedValues'] as unknown[]).join(', ');
    const words = `Value must be one of (${choices}).`;
    return { path: at, code: 'BASE_TYPE_CHOICES', message: words };
  }
  return { path: at, code: 'FAKE_WRONG_TYPE', message: `${message}.` };
}

function pathOf(pointer: string): string[] {
  return pointer.split('/').slice(1);
}

function unique(complaints: readonly Complaint[]): Complaint[] {
  return [...new Map(complaints.map((each) => [JSON.stringify(each), each])).values()];
}
