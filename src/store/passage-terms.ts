import { termsOf } from '../lib/terms.ts';
import { plainText } from '../model/words.ts';
import { numbering, packCounts, type TermNumber } from './postings.ts';

/** What a passage says, and where it belongs. */
export type Entry = {
  readonly topic: string;
  readonly kind: 'post' | 'line';
  readonly ref: string;
  readonly at: Date;
  /** A post's text as it was posted, or a line's. */
  readonly text: string;
  /** Its author's names, which it is found by as well. */
  readonly names: string;
};

/** An entry, read. */
export type Read = Omit<Entry, 'text' | 'names'> & {
  /** Terms, repeated ones counted. */
  readonly length: number;
  readonly terms: ReadonlyMap<TermNumber, number>;
  readonly counts: Buffer;
};

/** Reads entries for their terms. */
export function readEntries(entries: readonly Entry[]): Read[] {
  const numberings = new Map<string, ReturnType<typeof numbering>>();
  return entries.map(({ topic, kind, ref, at, names, text }) => {
    const number = numberings.get(topic) ?? numbering(topic);
    numberings.set(topic, number);
    const terms = new Map<TermNumber, number>();
    const all = termsOf(`${names}\n${plainText(text)}`);
    for (const term of all.map(number)) terms.set(term, (terms.get(term) ?? 0) + 1);
    return { topic, kind, ref, at, length: all.length, terms, counts: packCounts(terms) };
  });
}
