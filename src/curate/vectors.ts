import type { WordIds } from './lexicon.ts';

/** Words in ascending order of their numbers, each with a weight. */
export type Vector = { readonly ids: WordIds; readonly weights: Float64Array };

/** How much each word says, by its number. */
export type WordWeights = Float64Array;

/**
 * The square root of the inverse document frequency, `√ln(1 + n / df)`. The root keeps a word that
 * stands once (a typing error, a handle) from outweighing what two texts share: on clusters of short
 * posts it serves better than the plain logarithm.
 *
 * @param count How many documents there are.
 */
export function weighWords(frequencies: Uint32Array, count: number): WordWeights {
  return Float64Array.from(frequencies, (frequency) =>
    frequency === 0 ? 0 : Math.sqrt(Math.log(1 + count / frequency)),
  );
}

/** The vector of a set of words, of length 1 (of length 0 when no word says anything). */
export function vectorOf(ids: WordIds, weightOf: WordWeights): Vector {
  const weights = Float64Array.from(ids, (id) => weightOf[id] ?? 0);
  let squares = 0;
  for (const weight of weights) squares += weight * weight;
  if (squares > 0) {
    const length = Math.sqrt(squares);
    for (let place = 0; place < weights.length; place += 1) {
      weights[place] = (weights[place] ?? 0) / length;
    }
  }
  return { ids, weights };
}

/** The scalar product: of vectors of length 1 their cosine, 0 to 1. */
export function product(a: Vector, b: Vector): number {
  let sum = 0;
  let i = 0;
  let j = 0;
  while (i < a.ids.length && j < b.ids.length) {
    const left = a.ids[i] ?? 0;
    const right = b.ids[j] ?? 0;
    if (left === right) sum += (a.weights[i++] ?? 0) * (b.weights[j++] ?? 0);
    else if (left < right) i += 1;
    else j += 1;
  }
  return sum;
}

/** How many words two sets have in common. */
export function wordsInCommon(a: WordIds, b: WordIds): number {
  let count = 0;
  let i = 0;
  let j = 0;
  while (i < a.length && j < b.length) {
    const left = a[i] ?? 0;
    const right = b[j] ?? 0;
    if (left === right) count += 1;
    if (left <= right) i += 1;
    if (right <= left) j += 1;
  }
  return count;
}

/** The sum of vectors. */
export function sumOf(vectors: readonly Vector[]): Vector {
  const sums = new Map<number, number>();
  for (const { ids, weights } of vectors) {
    for (const [place, id] of ids.entries()) {
      sums.set(id, (sums.get(id) ?? 0) + (weights[place] ?? 0));
    }
  }
  const ids = Uint32Array.from(sums.keys()).toSorted();
  return { ids, weights: Float64Array.from(ids, (id) => sums.get(id) ?? 0) };
}
