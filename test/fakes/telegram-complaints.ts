import type { ErrorObject } from 'ajv';

/** The server's own words for what is missing most often. */
const MISSING: Record<string, string> = {
  chat_id: 'chat_id is empty',
  text: 'message text is empty',
  message_id: 'message identifier is not specified',
};

/** How the server names types of JSON. */
const TYPES: Record<string, string> = {
  string: 'String',
  number: 'Number',
  boolean: 'Boolean',
  array: 'Array',
  object: 'Object',
};

/**
 * What is said of parameters that are not of their types: one complaint, as the server would. The
 * deepest error is the nearest to what is wrong; those of other members of a union are noise.
 */
export function complaintOf(method: string, errors: readonly ErrorObject[]): string {
  const own = errors.filter((error) => error.keyword !== 'anyOf' && !isOfAnotherKind(error));
  // An object whose `type` is that of one member of a union is measured by that member alone.
  const isOfOtherMember = ({ instancePath }: ErrorObject) =>
    own.some((error) => isOfItsKind(error) && instancePath === `${error.instancePath}/type`);
  const relevant = own.filter((error) => !isOfOtherMember(error));
  const deepest = Math.max(0, ...relevant.map(depthOf));
  const near = relevant.filter((error) => depthOf(error) === deepest);
  const first = near.find((error) => missingIn(error) === 'text') ?? near[0];
  if (!first) return `parameters of ${method} are of wrong types`;
  const path = first.instancePath.split('/').slice(1);
  if (path.length === 0) return complaintOfMethod(method, first);
  const missing = missingIn(first);
  if (/^reply_markup\/inline_keyboard\/\d+\/\d+$/.test(path.join('/'))) {
    return `can't parse inline keyboard button: ${complaintOfButton(first, missing)}`;
  }
  if (missing === null) return complaintOfValue(method, path, first);
  return path[0]?.endsWith('entities')
    ? `can't parse MessageEntity: Can't find field "${missing}"`
    : `can't find field "${missing}"`;
}

function complaintOfMethod(method: string, error: ErrorObject): string {
  const missing = missingIn(error);
  if (missing !== null) return MISSING[missing] ?? `parameter ${method}.${missing} is missing`;
  const { params, message } = error;
  const extra: unknown = params['additionalProperty'];
  if (typeof extra === 'string') return `parameter ${method}.${extra} is unknown`;
  return `parameters of ${method} ${message ?? 'are of wrong types'}`;
}

function complaintOfButton({ params, message }: ErrorObject, missing: string | null): string {
  if (missing === 'text') return `Can't find field "text"`;
  if (missing !== null) return 'Text buttons are unallowed in the inline keyboard';
  const extra: unknown = params['additionalProperty'];
  return typeof extra === 'string' ? `Field "${extra}" is unknown` : (message ?? 'Wrong type');
}

function complaintOfValue(
  method: string,
  path: readonly string[],
  { keyword, params, message }: ErrorObject,
): string {
  const at = [method, ...path].join('.');
  const extra: unknown = params['additionalProperty'];
  if (typeof extra === 'string') return `parameter ${at}.${extra} is unknown`;
  if (path[0] === 'parse_mode') return 'unsupported parse_mode';
  if (/^(?:caption_)?entities\/\d+\/type$/.test(path.join('/'))) {
    return "can't parse MessageEntity: Unsupported type specified";
  }
  const type = TYPES[String(params['type'])];
  if (keyword === 'type' && type && path.length > 1) {
    return `field "${path.at(-1)}" must be of type ${type}`;
  }
  return `parameter ${at} ${message ?? 'is of a wrong type'}`;
}

function depthOf({ instancePath }: ErrorObject): number {
  return instancePath.split('/').length;
}

function missingIn({ keyword, params }: ErrorObject): string | null {
  return keyword === 'required' ? String(params['missingProperty']) : null;
}

/** Whether the error is about an object whose `type` says that it is something else. */
function isOfAnotherKind(error: ErrorObject): boolean {
  const { kind, said } = kindsIn(error);
  return kind !== undefined && said !== undefined && said !== kind;
}

function isOfItsKind(error: ErrorObject): boolean {
  const { kind, said } = kindsIn(error);
  return kind !== undefined && said === kind;
}

/** The `type` that a schema wants of an object, and the one that it has. */
function kindsIn({ parentSchema, data }: ErrorObject): { kind: unknown; said: unknown } {
  const { properties = {} } = (parentSchema ?? {}) as {
    properties?: Record<string, { const?: unknown }>;
  };
  const { type: said } = Object(data) as { type?: unknown };
  return { kind: properties['type']?.const, said };
}
