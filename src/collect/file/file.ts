import { UserError } from '../../model/errors.ts';
import { readChunks, readHead, type Head } from './bytes.ts';
import { splitElements } from './elements.ts';
import { formOf, type Form } from './form.ts';
import { parseJson } from './json.ts';
import { splitLines } from './lines.ts';
import { findOwner } from './owner.ts';
import type { Piece } from './piece.ts';
import { archivePart, recognise, type Recognised } from './recognise.ts';
import { problem, readPost, type Row } from '../row.ts';
import { readPage } from '../x/page.ts';
import { readArchivePost } from './x-archive.ts';

export type { Row } from '../row.ts';

/** A file of posts that was recognised and can be read. */
export type PostFile = {
  readonly path: string;
  readonly format: Form;
  /**
   * The posts and problems in the order of the file. Each iteration reads the file anew, and throws
   * a UserError `input` when that has become impossible.
   */
  readonly rows: AsyncIterable<Row>;
};

export type OpenOptions = {
  /** Whose posts an account archive holds, with or without `@`; of no use to other formats. */
  readonly author?: string;
  /** Ends the reading; the rows then throw the signal's reason. */
  readonly signal?: AbortSignal;
  /** Told how many more bytes of the file were read. */
  readonly onBytes?: (count: number) => void;
};

/**
 * Opens a file of posts: JSON Lines of ours, pages of the X API v2, or `tweets.js` of an X account
 * archive, told apart by content. Files of any size are read in flat memory; what cannot be read
 * becomes a problem row and never ends the reading.
 *
 * @throws UserError `input` when the file cannot be read, is empty or of no known form, or when an
 * archive does not tell whose it is; `usage` when `author` is no handle.
 */
export async function openPostFile(path: string, options: OpenOptions = {}): Promise<PostFile> {
  options.signal?.throwIfAborted();
  const head = await readHead(path);
  const recognised = recogniseOrThrow(path, head);
  const read = await readerFor(recognised.form, path, head, options);
  return {
    path,
    format: recognised.form,
    rows: { [Symbol.asyncIterator]: () => readRows(path, recognised, read, options) },
  };
}

function recogniseOrThrow(path: string, head: Head): Recognised {
  const text = head.bytes.toString('utf8', 0, 4096);
  if (head.complete && head.bytes.every(isBlank)) throw new UserError('input', `${path} is empty.`);
  if (isUtf16(head.bytes)) {
    throw new UserError('input', `${path} is written in UTF-16: save it as UTF-8 and try again.`);
  }
  const recognised = recognise(head);
  if (recognised !== null) return recognised;
  const part = archivePart(text);
  throw new UserError('input', part === null ? unknownForm(path) : otherPart(path, part));
}

function isBlank(byte: number): boolean {
  return byte === 0x20 || (byte >= 0x09 && byte <= 0x0d);
}

function isUtf16(bytes: Buffer): boolean {
  const [first, second] = bytes;
  return (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
}

function unknownForm(path: string): string {
  return (
    `${path} has no known form. Accepted are JSON Lines (one post a line, with id, author, text ` +
    `and created_at), pages of the X API v2 (JSON), and tweets.js of an X account archive.`
  );
}

function otherPart(path: string, part: string): string {
  return `${path} is the part "${part}" of an X account archive, not its posts: name tweets.js.`;
}

/** What one parsed value of a file gives. */
type Reader = (value: unknown, line: number) => readonly Row[];

async function readerFor(
  form: Form,
  path: string,
  head: Head,
  { author }: OpenOptions,
): Promise<Reader> {
  if (form === 'jsonl') return (value, line) => [readPost(value, line)];
  if (form === 'x-api') return readPage;
  const owner = await findOwner(path, head, author === undefined ? undefined : handle(author));
  if (owner !== null) return (value, line) => [readArchivePost(value, line, owner)];
  throw new UserError('input', `${path} does not say whose posts it holds: pass --author HANDLE.`);
}

function handle(author: string): string {
  const name = author.trim().replace(/^@+/, '');
  if (!/^\w{1,30}$/.test(name)) throw new UserError('usage', `"${author}" is not a handle of X.`);
  return name;
}

async function* readRows(
  path: string,
  { layout, form }: Recognised,
  read: Reader,
  options: OpenOptions,
): AsyncGenerator<Row> {
  const chunks = readChunks(path, options);
  const pieces = layout === 'lines' ? splitLines(chunks) : splitElements(chunks, { layout });
  for await (const piece of pieces) yield* rowsOf(piece, form, read);
}

function rowsOf(piece: Piece, form: Form, read: Reader): readonly Row[] {
  if (piece.kind === 'problem') return [piece];
  const parsed = parseJson(piece.text);
  if (!parsed.ok) return [problem(piece.line, parsed.reason)];
  const found = formOf(parsed.value);
  return found !== null && found !== form
    ? [problem(piece.line, `of another form (${found}) than the file (${form})`)]
    : read(parsed.value, piece.line);
}
