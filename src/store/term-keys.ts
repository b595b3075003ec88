/*
 * Terms are stored as numbers. A term's number is 32 bits of hash over its topic and itself; its key,
 * under which passages of a month are found, is the month and the number in one. So the index holds
 * small integers instead of words, a topic's terms meet no other topic's, what is added now lies
 * together in the index, and a window asks for its own months only. Two terms of a question and of a
 * million posts share a number once in thousands of questions; then a passage ranks a little high.
 */

/** The number of a term in a topic, 0 to 2^32 - 1. */
export type TermNumber = number;

const MONTH = 2 ** 32;

/** A function that gives the numbers of a topic's terms: FNV-1a over UTF-16, its bits mixed by MurmurHash3's last steps. */
export function numbering(topic: string): (term: string) => TermNumber {
  const start = fold(FNV_OFFSET, `${topic}\n`);
  return (term) => mix(fold(start, term));
}

/** Months since January 1970, UTC; the database's month_of() gives the same. */
export function monthOf(at: Date): number {
  return (at.getUTCFullYear() - 1970) * 12 + at.getUTCMonth();
}

/** The key of a term in a month. */
export function keyIn(month: number, number: TermNumber): number {
  return month * MONTH + number;
}

const ENTRY = 5; // bytes: number, count
const MOST = 255;

/** Terms' numbers with how often each is there, as `passages.counts` holds them. */
export function packCounts(counts: ReadonlyMap<TermNumber, number>): Buffer {
  const packed = Buffer.allocUnsafe(counts.size * ENTRY);
  let offset = 0;
  for (const [number, count] of counts) {
    packed.writeUInt32BE(number, offset);
    packed[offset + 4] = Math.min(count, MOST);
    offset += ENTRY;
  }
  return packed;
}

/** Calls `see` with each term in a part of packed counts. */
export function readCounts(
  packed: Buffer,
  start: number,
  end: number,
  see: (number: TermNumber, count: number) => void,
): void {
  for (let offset = start; offset < end; offset += ENTRY) {
    see(packed.readUInt32BE(offset), packed.readUInt8(offset + 4));
  }
}

const FNV_OFFSET = 0x811c9dc5;
const FNV_PRIME = 0x01000193;

function fold(start: number, text: string): number {
  let hash = start;
  for (let at = 0; at < text.length; at++) {
    hash = Math.imul(hash ^ text.charCodeAt(at), FNV_PRIME);
  }
  return hash;
}

function mix(folded: number): number {
  let hash = Math.imul(folded ^ (folded >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
