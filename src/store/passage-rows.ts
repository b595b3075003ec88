import { termsOf } from '../lib/terms.ts';
import { plainText } from '../model/words.ts';
import { keyIn, monthOf, numbering, packCounts } from './term-keys.ts';

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

/** Passages as PostgreSQL's JSON functions read rows of their table. */
export function rowsOf(entries: readonly Entry[]): unknown[] {
  const numberings = new Map<string, ReturnType<typeof numbering>>();
  return entries.map(({ topic, kind, ref, at, names, text }) => {
    const number = numberings.get(topic) ?? numbering(topic);
    numberings.set(topic, number);
    const counts = new Map<number, number>();
    const terms = termsOf(`${names}\n${plainText(text)}`);
    for (const term of terms.map(number)) counts.set(term, (counts.get(term) ?? 0) + 1);
    const month = monthOf(at);
    const keys = Array.from(counts.keys(), (term) => keyIn(month, term)).join(',');
    const packed = packCounts(counts).toString('hex');
    return {
      topic,
      kind,
      ref,
      at,
      length: terms.length,
      keys: `{${keys}}`,
      counts: `\\x${packed}`,
    };
  });
}
