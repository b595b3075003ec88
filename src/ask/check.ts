import type { Passage } from '../model/asking.ts';
import { wordsOfLine } from '../model/report.ts';
import type { Problem } from '../model/verdict.ts';
import type { Day } from '../model/window.ts';
import { problemsOf } from '../write/verify/check.ts';
import { readGround } from '../write/verify/ground.ts';
import { likenessOf, vocabularyOf } from '../write/verify/likeness.ts';
import { translatedQuotations } from '../write/verify/quotations.ts';
import { LONGEST_LINE, textOf, type Tongue, wordingFaults } from '../write/wording.ts';
import { hasOpenQuote, type SaidSentence } from './sentences.ts';

/** What the sentences of an answer are held against. */
export type Yardstick = Tongue & {
  readonly timeZone: string;
  /** Days that the question is about: they may be told. */
  readonly days: readonly Day[];
  /** What the model was told to keep to: it is nobody else's business. */
  readonly rules: string;
};

/** A sentence as it may be shown, and what is wrong with it. */
export type Checked = { readonly text: string; readonly problems: readonly Problem[] };

/**
 * Checks a sentence of an answer against the passages that it cites, as a line of a report is checked
 * against its posts. Quotations that a model translated lose their marks.
 */
export function checkSentence(
  { text }: SaidSentence,
  passages: readonly Passage[],
  yardstick: Yardstick,
): Checked {
  if (passages.length === 0) return { text, problems: [{ kind: 'no-citation' }] };
  // Of a text that is no sentence, nothing else is looked at: it may take the checks for ever.
  if (text.length > LONGEST_LINE) return { text, problems: [{ kind: 'length' }] };
  if (hasOpenQuote(text) || repeats(text, yardstick.rules)) {
    return { text, problems: [{ kind: 'quotation', what: text }] };
  }
  const lines = passages.filter((passage) => passage.kind === 'line');
  const posts = passages.flatMap((passage) => (passage.kind === 'post' ? [passage.post] : []));
  const grounds = {
    posts,
    earlier: lines.map(({ line }) => wordsOfLine(line)),
    timeZone: yardstick.timeZone,
    days: [...yardstick.days, ...lines.flatMap(({ window }) => [window.from, window.to])],
  };
  const words = unquoted(text, readGround(grounds).words);
  const texts = [...posts.map(textOf), ...grounds.earlier];
  return {
    text: words,
    problems: [
      ...wordingFaults(words, texts, yardstick),
      ...problemsOf(words, grounds),
      ...strangeness(words, texts),
    ],
  };
}

/** A suspicion where not one word of a sentence stands in what it cites, however few it has. */
function strangeness(words: string, texts: readonly string[]): Problem[] {
  const { share, weight } = likenessOf(words, vocabularyOf(texts.join('\n')), new Set());
  return weight > 0 && share === 0 ? [{ kind: 'unlike' }] : [];
}

/** The words with translations of what somebody said as what they are: not letter by letter theirs. */
function unquoted(words: string, grounds: string): string {
  return translatedQuotations(words, grounds).reduceRight(
    (whole, { words: inside, start, end }) => whole.slice(0, start) + inside + whole.slice(end),
    words,
  );
}

/** So many words in a row are no chance. */
const IN_A_ROW = 7;

/** Whether a text repeats a passage of another, whatever marks stand between the words. */
function repeats(text: string, other: string): boolean {
  const words = wordsIn(text);
  const others = ` ${wordsIn(other).join(' ')} `;
  return words.some((_, place) => {
    const row = words.slice(place, place + IN_A_ROW);
    return row.length === IN_A_ROW && others.includes(` ${row.join(' ')} `);
  });
}

function wordsIn(text: string): string[] {
  return (
    text
      .normalize('NFKC')
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu) ?? []
  );
}
