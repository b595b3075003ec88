import { tooLong, type Piece } from './piece.ts';
import { problem } from '../row.ts';

/**
 * How values follow each other: `array` is one array, perhaps behind an assignment
 * (`window.YTD.tweets.part0 = [`), `values` are whole values one after the other.
 */
export type Layout = 'array' | 'values';

/** The longest element that is read, in bytes: a page of the X API, spread over many lines. */
export const ELEMENT_LIMIT = 64 * 1024 * 1024;

export type ElementOptions = {
  readonly layout: Layout;
  /** @default 64 MB */
  readonly limit?: number;
};

/**
 * The source text of each element of a JSON array, or of each value of a stream of values, without
 * holding more than one of them. Nothing is parsed: a broken element comes out as it is, and the
 * next one is found again where JSON allows no other reading (an unclosed string ends with its
 * line; `,` and `{` in an object is a lost `}`).
 */
export async function* splitElements(
  chunks: AsyncIterable<Buffer> | Iterable<Buffer>,
  options: ElementOptions,
): AsyncGenerator<Piece> {
  const scanner = startScan(options);
  for await (const chunk of chunks) yield* feed(scanner, chunk);
  yield* finish(scanner);
}

/** The elements that lie complete in the head of a file. */
export function firstElements(head: Buffer, layout: Layout): readonly Piece[] {
  return feed(startScan({ layout }), head);
}

const LINE_FEED = 0x0a;
const QUOTE = 0x22;
const COMMA = 0x2c;
const COLON = 0x3a;
const SEMICOLON = 0x3b;
const OPEN_LIST = 0x5b;
const BACKSLASH = 0x5c;
const CLOSE_LIST = 0x5d;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;
/** In ASCII a closing bracket comes two places after its opening one. */
const CLOSES = 2;
/** Brackets beyond this depth are not remembered: no post nests so, and memory must stay flat. */
const MAX_DEPTH = 100;

type Scanner = {
  readonly layout: Layout;
  readonly limit: number;
  /** Where we are: before the `[` of an array, inside, or behind its `]`. */
  phase: 'before' | 'inside' | 'after';
  line: number;
  /** The elements that ended in this chunk. */
  found: Piece[];
  /** The line on which the element began; 0 between elements. */
  startLine: number;
  /** Where in this chunk the element begins or goes on. */
  start: number;
  parts: Buffer[];
  size: number;
  /** The brackets of the element that are open. */
  brackets: number[];
  isString: boolean;
  isEscaped: boolean;
  /** The last byte that was no space, to tell what may follow it. */
  last: number;
};

function startScan({ layout, limit = ELEMENT_LIMIT }: ElementOptions): Scanner {
  return {
    layout,
    limit,
    phase: layout === 'array' ? 'before' : 'inside',
    line: 1,
    found: [],
    startLine: 0,
    start: 0,
    parts: [],
    size: 0,
    brackets: [],
    isString: false,
    isEscaped: false,
    last: 0,
  };
}

/** Reads one chunk; gives the elements that end in it. */
function feed(scan: Scanner, chunk: Buffer): readonly Piece[] {
  scan.found = [];
  scan.start = 0;
  for (let at = 0; at < chunk.length; at++) {
    const byte = chunk[at] ?? 0;
    if (scan.isString) inString(scan, byte);
    else if (scan.startLine > 0) inElement(scan, chunk, at, byte);
    else between(scan, at, byte);
    if (byte === LINE_FEED) scan.line += 1;
  }
  if (scan.startLine > 0) keep(scan, chunk, chunk.length);
  return scan.found;
}

/** What is left when the bytes are at their end. */
function finish(scan: Scanner): readonly Piece[] {
  const isWhole = scan.brackets.length === 0 && !scan.isString;
  if (scan.layout === 'values' && isWhole) return scan.startLine > 0 ? [pieceOf(scan)] : [];
  if (scan.startLine > 0)
    return [problem(scan.startLine, 'the file ends in the middle of what begins here')];
  return scan.phase === 'after'
    ? []
    : [problem(scan.line, 'the file ends in the middle of its list')];
}

function inString(scan: Scanner, byte: number): void {
  if (scan.isEscaped) scan.isEscaped = false;
  else if (byte === BACKSLASH) scan.isEscaped = true;
  else if (byte === QUOTE) scan.isString = false;
  // JSON has no line feed in a string: this one was never closed.
  if (byte === LINE_FEED) scan.isString = scan.isEscaped = false;
}

function between(scan: Scanner, at: number, byte: number): void {
  if (scan.phase === 'before') {
    if (byte === OPEN_LIST) scan.phase = 'inside';
  } else if (byte === CLOSE_LIST) {
    scan.phase = 'after';
  } else if (!isSpace(byte) && !isFiller(scan, byte)) {
    begin(scan, at, byte);
  }
}

/** What may stand between elements; a stray `}` is left of a broken one, which was told already. */
function isFiller(scan: Scanner, byte: number): boolean {
  return byte === COMMA || byte === CLOSE_OBJECT || (scan.phase === 'after' && byte === SEMICOLON);
}

function inElement(scan: Scanner, chunk: Buffer, at: number, byte: number): void {
  if (scan.brackets.length === 0) return inScalar(scan, chunk, at, byte);
  if (isSpace(byte)) return;
  if (byte === CLOSE_LIST || byte === CLOSE_OBJECT) close(scan, chunk, at, byte);
  else if (byte === OPEN_OBJECT && isBraceLost(scan)) next(scan, chunk, at, byte);
  else take(scan, byte);
}

/** An element that is no list and no object is no post: up to the next comma, bracket or line. */
function inScalar(scan: Scanner, chunk: Buffer, at: number, byte: number): void {
  if (byte === OPEN_OBJECT || byte === OPEN_LIST) next(scan, chunk, at, byte);
  else if (byte === COMMA || byte === LINE_FEED) end(scan, chunk, at);
  else if (byte === CLOSE_LIST && scan.layout === 'array') endList(scan, chunk, at);
  else take(scan, byte);
}

/** In an object, another object can only follow a colon. */
function isBraceLost(scan: Scanner): boolean {
  return scan.brackets.at(-1) === OPEN_OBJECT && scan.last !== COLON;
}

function close(scan: Scanner, chunk: Buffer, at: number, byte: number): void {
  const depth = scan.brackets.lastIndexOf(byte - CLOSES);
  if (depth === -1) {
    if (byte === CLOSE_LIST && scan.layout === 'array') endList(scan, chunk, at);
    return;
  }
  // Brackets above it that were never closed go with it; the element will not parse.
  scan.brackets.length = depth;
  scan.last = byte;
  if (depth === 0) end(scan, chunk, at + 1);
}

function take(scan: Scanner, byte: number): void {
  if (byte === QUOTE) scan.isString = true;
  const opens = byte === OPEN_OBJECT || byte === OPEN_LIST;
  if (opens && scan.brackets.length < MAX_DEPTH) scan.brackets.push(byte);
  scan.last = byte;
}

function begin(scan: Scanner, at: number, byte: number): void {
  scan.phase = 'inside';
  scan.startLine = scan.line;
  scan.start = at;
  take(scan, byte);
}

function next(scan: Scanner, chunk: Buffer, at: number, byte: number): void {
  end(scan, chunk, at);
  begin(scan, at, byte);
}

function endList(scan: Scanner, chunk: Buffer, at: number): void {
  end(scan, chunk, at);
  scan.phase = 'after';
}

function end(scan: Scanner, chunk: Buffer, at: number): void {
  keep(scan, chunk, at);
  scan.found.push(pieceOf(scan));
  scan.startLine = 0;
  scan.parts = [];
  scan.size = 0;
  scan.brackets = [];
}

function keep(scan: Scanner, chunk: Buffer, until: number): void {
  scan.size += until - scan.start;
  if (scan.size > scan.limit) scan.parts = [];
  else scan.parts.push(chunk.subarray(scan.start, until));
}

function pieceOf({ startLine: line, parts, size, limit }: Scanner): Piece {
  return size > limit
    ? problem(line, tooLong('the element', limit))
    : { kind: 'text', line, text: Buffer.concat(parts).toString('utf8') };
}

function isSpace(byte: number): boolean {
  return byte === 0x20 || (byte >= 0x09 && byte <= 0x0d);
}
