import { createHash } from 'node:crypto';

/** What is remembered of an entry that was read. */
export type Trace = {
  /** Of its words: another print, and it has changed. */
  readonly print: string;
  /** When it was seen first, where it does not say when it was written. */
  readonly seen: string | null;
};

/** Entries that were read, by their marks, those that were seen last at the end. */
export type Known = ReadonlyMap<string, Trace>;

const MARK = 10;
const PRINT = 8;
/** Twice as many as are read at once: a feed may lose some for a while, and bring them back. */
export const MOST_KNOWN = 2000;

/** So many characters that stand for a text. */
export function hashOf(text: string, length: number): string {
  return createHash('sha256').update(text).digest('base64url').slice(0, length);
}

export function markOf(id: string): string {
  return hashOf(id, MARK);
}

export function printOf(parts: readonly unknown[]): string {
  return hashOf(JSON.stringify(parts), PRINT);
}

/** The form in which it is kept: mark and print, and the moment if there is one. */
export function packKnown(known: Known): string[] {
  return [...known]
    .slice(-MOST_KNOWN)
    .map(([mark, { print, seen }]) => `${mark}${print}${seen ?? ''}`);
}

export function unpackKnown(packed: readonly string[]): Known {
  return new Map(
    packed.map((text) => [
      text.slice(0, MARK),
      { print: text.slice(MARK, MARK + PRINT), seen: text.slice(MARK + PRINT) || null },
    ]),
  );
}
