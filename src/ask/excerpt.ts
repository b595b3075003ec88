import { termsOf } from '../lib/terms.ts';
import type { Query } from '../model/asking.ts';
import { sentencesIn } from '../write/sentences.ts';

/** So many of its sentences are looked at, in so many characters; posts have fewer. */
const MOST_SENTENCES = 300;
const MOST_CHARACTERS = 20_000;

/**
 * The sentences in a row of a text that speak most of what is asked for, word for word, in at most so
 * many characters; the text itself where it is no longer, or no sentence is that short. What was left out
 * is shown by `…`.
 */
export function excerptOf(
  text: string,
  { wanted }: Pick<Query, 'wanted'>,
  longest: number,
): string {
  if (text.length <= longest) return text;
  const sentences = sentencesOf(text);
  let best = { start: 0, end: 0, worth: 0 };
  for (const [first, { start }] of sentences.entries()) {
    const end = lastWithin(sentences.slice(first), start + longest);
    if (end === null) continue;
    const worth = worthOf(text.slice(start, end), wanted);
    if (worth > best.worth || best.end === 0) best = { start, end, worth };
  }
  if (best.end === 0) return text;
  const { start, end } = best;
  const before = text.slice(0, start).trim() === '' ? '' : '… ';
  const after = text.slice(end).trim() === '' ? '' : ' …';
  return `${before}${text.slice(start, end).trim()}${after}`;
}

/** Where a text may be cut: after sentences and at line ends. */
function sentencesOf(text: string): Span[] {
  const spans: Span[] = [];
  let start = 0;
  for (const paragraph of text.slice(0, MOST_CHARACTERS).split(/(?<=\n)/)) {
    for (const { length } of sentencesIn(paragraph)) {
      if (spans.length === MOST_SENTENCES) return spans;
      spans.push({ start, end: start + length });
      start += length;
    }
  }
  return text.length > MOST_CHARACTERS ? spans.slice(0, -1) : spans;
}

type Span = { readonly start: number; readonly end: number };

/** Where the last sentence ends that ends before a place; `null` where the first one goes on beyond it. */
function lastWithin(sentences: readonly Span[], limit: number): number | null {
  return sentences.findLast(({ end }) => end <= limit)?.end ?? null;
}

/** How much of what is asked for a text speaks of. */
function worthOf(text: string, wanted: Query['wanted']): number {
  const terms = new Set(termsOf(text));
  return wanted.reduce((sum, one) => {
    const likely = [...one.terms].flatMap(([term, likelihood]) =>
      terms.has(term) ? [likelihood] : [],
    );
    return sum + one.needed * Math.max(0, ...likely);
  }, 0);
}
