/** How one value of a file writes its posts. */
export type Form = 'jsonl' | 'x-api' | 'x-archive';

/** The form that a parsed value has, or `null` when it has none of ours. */
export function formOf(value: unknown): Form | null {
  if (!isObject(value)) return null;
  if (isArchivePost(value)) return 'x-archive';
  if (isRow(value)) return 'jsonl';
  return isPage(value) ? 'x-api' : null;
}

type Fields = Readonly<Record<string, unknown>>;

function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value);
}

function isArchivePost(value: Fields): boolean {
  if (isObject(value['tweet'])) return isArchivePost(value['tweet']);
  const hasText = 'full_text' in value || ('text' in value && 'favorite_count' in value);
  return hasText && ('id_str' in value || 'id' in value);
}

/** Two of the four fields that a row must have: the rows that lack one are to be told which. */
function isRow(value: Fields): boolean {
  return ['id', 'author', 'text', 'created_at'].filter((name) => name in value).length >= 2;
}

function isPage({ data, errors, meta, status, title }: Fields): boolean {
  const isEmpty = (isObject(meta) && 'result_count' in meta) || (isList(data) && data.length === 0);
  const hasPosts = isXPost(data) || (isList(data) && data.some(isXPost));
  const isError = typeof title === 'string' && typeof status === 'number';
  return hasPosts || isEmpty || isError || (isList(errors) && errors.some(isObject));
}

function isXPost(value: unknown): boolean {
  return isObject(value) && 'id' in value;
}
