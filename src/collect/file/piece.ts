import type { Problem } from '../row.ts';

/** A part of a file that should hold one JSON value, with the line on which it begins (from 1). */
export type Piece =
  | { readonly kind: 'text'; readonly line: number; readonly text: string }
  | Problem;

const MB = 1024 * 1024;

/** The sentence on a part that is longer than `limit` bytes. */
export function tooLong(what: string, limit: number): string {
  const size = limit >= MB ? `${Math.floor(limit / MB)} MB` : `${limit} bytes`;
  return `${what} is longer than ${size}`;
}
