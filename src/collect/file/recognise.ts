import type { Head } from './bytes.ts';
import { firstElements, type Layout } from './elements.ts';
import { formOf, type Form } from './form.ts';
import { parseJson } from './json.ts';

/** How a file is laid out, and the form of its values. */
export type Recognised = { readonly layout: 'lines' | Layout; readonly form: Form };

/** The lines of a head that are tried. */
const TRIED_LINES = 50;

/**
 * What kind of file begins with these bytes, by content alone: the form is that of the first value
 * that parses and fits one, so that a bad first row spoils nothing. `null` for no known form.
 */
export function recognise(head: Head): Recognised | null {
  const text = head.bytes.toString('utf8').trimStart();
  if (archivePart(text) !== null) {
    return isPostPart(text) ? { layout: 'array', form: 'x-archive' } : null;
  }
  return /^\[\s*\{/.test(text)
    ? (elementsForm(head, 'array') ?? cutForm(head, text))
    : valuesForm(head, text);
}

/**
 * The part of X's account archive that a file is (`tweets`, `like`, `account`), `null` when it is
 * no file of an archive.
 */
export function archivePart(text: string): string | null {
  return /^\s*window\.YTD\.(\w+)\.part\d+\s*=/.exec(text)?.[1] ?? null;
}

function isPostPart(text: string): boolean {
  return ['tweets', 'tweet'].includes(archivePart(text) ?? '');
}

/** Values on their own: one a line, or each over many lines. */
function valuesForm(head: Head, text: string): Recognised | null {
  const [first = '', ...others] = completeLines(head, text);
  return (
    formIn([first], 'lines') ??
    elementsForm(head, 'values', isManyLines) ??
    // In a page that is written over many lines, one line may look like a row.
    formIn(startsPage(text) ? others.filter(startsPage) : others, 'lines') ??
    cutForm(head, text)
  );
}

function completeLines(head: Head, text: string): readonly string[] {
  const lines = text.split('\n');
  if (!head.complete) lines.pop();
  return lines.filter((line) => line.trim() !== '').slice(0, TRIED_LINES);
}

function isManyLines(text: string): boolean {
  return text.includes('\n');
}

function elementsForm(
  head: Head,
  layout: Layout,
  isWanted: (text: string) => boolean = () => true,
): Recognised | null {
  const pieces = firstElements(head.bytes, layout).slice(0, TRIED_LINES);
  const texts = pieces.flatMap((piece) => (piece.kind === 'text' ? [piece.text] : []));
  return formIn(texts.filter(isWanted), layout);
}

function formIn(texts: Iterable<string>, layout: Recognised['layout']): Recognised | null {
  for (const text of texts) {
    const parsed = parseJson(text);
    const form = parsed.ok ? formOf(parsed.value) : null;
    if (form !== null) return { layout, form };
  }
  return null;
}

const FIRST_NAME = /^\[?\s*\{\s*"(\w{1,30})"\s*:/;
const PAGE_NAMES = new Set(['data', 'includes', 'errors', 'meta', 'matching_rules']);
const ROW_NAMES = new Set(['id', 'author', 'author_name', 'text', 'created_at']);

function startsPage(text: string): boolean {
  return PAGE_NAMES.has(FIRST_NAME.exec(text.trimStart())?.[1] ?? '');
}

/** The form of a first value that is longer than the head: its first name has to tell. */
function cutForm(head: Head, text: string): Recognised | null {
  const name = FIRST_NAME.exec(text)?.[1] ?? '';
  if (head.complete) return null;
  const layout = text.startsWith('[') ? 'array' : isManyLines(text) ? 'values' : 'lines';
  if (PAGE_NAMES.has(name)) return { layout, form: 'x-api' };
  if (name === 'tweet') return { layout, form: 'x-archive' };
  return ROW_NAMES.has(name) ? { layout, form: 'jsonl' } : null;
}
