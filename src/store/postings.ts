/*
 * How passages are found. Each topic's passages are numbered as they come, 32,768 to a block, and for
 * each term of a block a list says in which of its passages the term stands, how often, and how long
 * they are: all that BM25 asks for, in four bytes. A question's terms are added up over their lists,
 * which takes nanoseconds a posting and gives what a look at every passage would give. (A GIN index
 * says in which rows a term stands, but a row's visit costs a hundred times as much; so of frequent
 * terms most rows had to stay unread, and the best ones were missed.)
 *
 * Lists only grow, at the end of their block, so that storing is one append a term. A passage that
 * goes or changes stays in its lists, is no longer counted, and is left out where passages are read.
 *
 * Terms are numbers: 32 bits of hash over topic and term. That two terms of a question and of a
 * passage share one happens to one question in thousands; then the passage ranks a little high.
 */

/** The number of a term in a topic, 0 to 2^32 - 1. */
export type TermNumber = number;

/** Gives the numbers of a topic's terms: FNV-1a over UTF-16, its bits mixed by MurmurHash3's last steps. */
export function numbering(topic: string): (term: string) => TermNumber {
  const start = fold(FNV_OFFSET, `${topic}\n`);
  return (term) => mix(fold(start, term));
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

/** Passages a block. */
export const BLOCK_SIZE = 2 ** 15;

/** Passages that lie together in time, as far as they came in that order: part of a block. */
export const SLICE_SIZE = 2 ** 8;

/** Part of a block of which a list tells how many of its postings are there: it is read by itself. */
export const PART_SIZE = BLOCK_SIZE / 4;

/** Bits for the number of a list's postings in a part, 0 to 2^13. */
export const PART_BITS = 14;

/** Blocks that a key has room for; the keys of a term lie together. */
export const MOST_BLOCKS = 2 ** 20;

/** The key of a term's list in a block. */
export function keyOf(term: TermNumber, block: number): number {
  return term * MOST_BLOCKS + block;
}

const MOST_COUNT = 7;
const MOST_LENGTH = 2 ** 14 - 1;

/** A passage in a list, 32 bits: its place in the block (15), the term's count (3), its length (14). */
export function postingOf(place: number, count: number, length: number): number {
  const bits = (Math.min(count, MOST_COUNT) << 14) | Math.min(length, MOST_LENGTH);
  return ((place << 17) | bits) >>> 0;
}

export const placeIn = (posting: number): number => posting >>> 17;
export const countIn = (posting: number): number => (posting >>> 14) & MOST_COUNT;
export const lengthIn = (posting: number): number => posting & MOST_LENGTH;

const ENTRY = 5; // bytes of a term in a passage's counts: its number, and how often it is there
const MOST_OCCURRENCES = 255;

/** The terms of a passage with how often each is there, as `passages.counts` holds them. */
export function packCounts(counts: ReadonlyMap<TermNumber, number>): Buffer {
  const packed = Buffer.allocUnsafe(counts.size * ENTRY);
  let offset = 0;
  for (const [term, count] of counts) {
    packed.writeUInt32BE(term, offset);
    packed[offset + 4] = Math.min(count, MOST_OCCURRENCES);
    offset += ENTRY;
  }
  return packed;
}

/** Calls `see` with each of some terms that is in packed counts, and how often it is there. */
export function eachCount(
  packed: Buffer,
  terms: TermFilter,
  see: (term: TermNumber, count: number) => void,
  start = 0,
  end = packed.length,
): void {
  for (let offset = start; offset < end; offset += ENTRY) {
    const low = ((packed[offset + 2] ?? 0) << 8) | (packed[offset + 3] ?? 0);
    if (terms[low & MOST_LOW] === 1) see(packed.readUInt32BE(offset), packed[offset + 4] ?? 0);
  }
}

/** Which terms are none of a question's, by their lowest bits: most are told by one look. */
export type TermFilter = Uint8Array;

const MOST_LOW = 2 ** 12 - 1;

export function filterFor(terms: Iterable<TermNumber>): TermFilter {
  const filter = new Uint8Array(MOST_LOW + 1);
  for (const term of terms) filter[term & MOST_LOW] = 1;
  return filter;
}
