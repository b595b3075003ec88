import type { Complaint } from './discord-refused.ts';

type Path = Complaint['path'];

/** Complaints in the words that Discord has for the common kinds. Empty where all is well. */
export function checkLength(
  path: Path,
  value: { readonly length: number } | null | undefined,
  [least, most]: readonly [number, number],
): Complaint[] {
  if (value === null || value === undefined) return [];
  if (value.length >= least && value.length <= most) return [];
  if (least === 0) {
    const message = `Must be ${most} or fewer in length.`;
    return [{ path, code: 'BASE_TYPE_MAX_LENGTH', message }];
  }
  const message = `Must be between ${least} and ${most} in length.`;
  return [{ path, code: 'BASE_TYPE_BAD_LENGTH', message }];
}

export function checkNumber(
  path: Path,
  value: number | null | undefined,
  [least, most]: readonly [number, number],
): Complaint[] {
  if (value === null || value === undefined) return [];
  if (!Number.isInteger(value)) {
    const message = `Value "${value}" is not int.`;
    return [{ path, code: 'NUMBER_TYPE_COERCE', message }];
  }
  if (value < least) {
    const message = `int value should be greater than or equal to ${least}.`;
    return [{ path, code: 'NUMBER_TYPE_MIN', message }];
  }
  if (value <= most) return [];
  const message = `int value should be less than or equal to ${most}.`;
  return [{ path, code: 'NUMBER_TYPE_MAX', message }];
}

export function required(path: Path): Complaint {
  return { path, code: 'BASE_TYPE_REQUIRED', message: 'This field is required' };
}

/** A complaint at each place whose value an earlier place has too. */
export function checkUnique(
  places: readonly { readonly path: Path; readonly value: string }[],
  { code, message }: Pick<Complaint, 'code' | 'message'>,
): Complaint[] {
  const seen = new Set<string>();
  return places.flatMap(({ path, value }) => {
    if (seen.has(value)) return [{ path, code, message }];
    seen.add(value);
    return [];
  });
}

export function checkUrl(
  path: Path,
  url: string | null | undefined,
  schemes: readonly string[] = ['http:', 'https:'],
): Complaint[] {
  if (url === null || url === undefined) return [];
  if (!URL.canParse(url)) {
    return [{ path, code: 'URL_TYPE_INVALID_URL', message: 'Not a well formed URL.' }];
  }
  const { protocol } = new URL(url);
  if (schemes.includes(protocol)) return [];
  const known = schemes.map((scheme) => `'${scheme.slice(0, -1)}'`).join(', ');
  const message = `Scheme "${protocol.slice(0, -1)}" is not supported. Scheme must be one of (${known}).`;
  return [{ path, code: 'URL_TYPE_INVALID_SCHEME', message }];
}
