import { tooLong, type Piece } from './piece.ts';
import { problem } from '../row.ts';

const LINE_FEED = 0x0a;

/** The longest line that is read, in bytes. */
export const LINE_LIMIT = 16 * 1024 * 1024;

/**
 * The lines of a stream of bytes that have anything in them. A line above `limit` bytes is a
 * problem, and is never held in memory.
 */
export async function* splitLines(
  chunks: AsyncIterable<Buffer> | Iterable<Buffer>,
  limit = LINE_LIMIT,
): AsyncGenerator<Piece> {
  let line = 1;
  let held = emptyLine();
  for await (const chunk of chunks) {
    let start = 0;
    for (;;) {
      const end = chunk.indexOf(LINE_FEED, start);
      hold(held, chunk.subarray(start, end === -1 ? chunk.length : end), limit);
      if (end === -1) break;
      yield* pieces(held, line, limit);
      held = emptyLine();
      line += 1;
      start = end + 1;
    }
  }
  yield* pieces(held, line, limit);
}

/** A line that is being gathered; a stream hands it out in parts. */
type Held = { parts: Buffer[]; size: number };

function emptyLine(): Held {
  return { parts: [], size: 0 };
}

function hold(held: Held, part: Buffer, limit: number): void {
  held.size += part.length;
  if (held.size > limit) held.parts = [];
  else held.parts.push(part);
}

function pieces(held: Held, line: number, limit: number): readonly Piece[] {
  if (held.size > limit) return [problem(line, tooLong('the line', limit))];
  const text = textOf(held.parts).trim();
  return text === '' ? [] : [{ kind: 'text', line, text }];
}

function textOf(parts: readonly Buffer[]): string {
  const [only] = parts;
  return (parts.length === 1 && only ? only : Buffer.concat(parts)).toString('utf8');
}
