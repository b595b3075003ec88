import { tokenize } from '../../src/lib/tokens.ts';

/** Sparse rows: those of row `r` stand from `starts[r]` to `starts[r + 1]` (not included). */
export type Matrix = {
  readonly height: number;
  readonly width: number;
  readonly starts: Uint32Array;
  readonly columns: Uint32Array;
  readonly values: Float64Array;
};

/**
 * Texts as rows of length 1 over their words in small letters: tf · (ln((1 + n) / (1 + df)) + 1),
 * with n texts of which df hold the word tf times. These are the defaults of scikit-learn's
 * `TfidfVectorizer`. A text without a word is a row of zeros.
 */
export function tfidf(texts: readonly string[]): Matrix {
  const counts = texts.map(countWords);
  const documents = new Map<string, number>();
  for (const word of counts.flatMap((words) => [...words.keys()])) {
    documents.set(word, (documents.get(word) ?? 0) + 1);
  }
  const columnOf = new Map([...documents.keys()].map((word, column) => [word, column]));
  const weigh = (word: string, times: number) =>
    times * (Math.log((1 + texts.length) / (1 + (documents.get(word) ?? 0))) + 1);
  const starts = [0];
  const columns: number[] = [];
  const values: number[] = [];
  for (const words of counts) {
    const weights = Array.from(words, ([word, times]) => weigh(word, times));
    const length = Math.sqrt(weights.reduce((sum, weight) => sum + weight ** 2, 0));
    for (const [place, word] of [...words.keys()].entries()) {
      columns.push(columnOf.get(word) ?? 0);
      values.push((weights[place] ?? 0) / length);
    }
    starts.push(columns.length);
  }
  return {
    height: texts.length,
    width: columnOf.size,
    starts: Uint32Array.from(starts),
    columns: Uint32Array.from(columns),
    values: Float64Array.from(values),
  };
}

function countWords(text: string): Map<string, number> {
  const words = Map.groupBy(tokenize(text), (word) => word.toLowerCase());
  return new Map(Array.from(words, ([word, all]) => [word, all.length]));
}
