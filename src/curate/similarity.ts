/** Words with their weights (TF-IDF, length 1), so that the product of two is their cosine. */
export type Vector = ReadonlyMap<string, number>;

/** How much each word says: rare words much, words that stand everywhere nothing. */
export type Rarity = (word: string) => number;

/**
 * Inverse document frequency; 0 and less for words that stand once only, or nearly everywhere. A
 * word that a document repeats counts each time: that a story's own posts share it is enough.
 */
export function rarityOver(documents: Iterable<Iterable<string>>): Rarity {
  const frequency = new Map<string, number>();
  let total = 0;
  for (const words of documents) {
    total += 1;
    for (const word of words) frequency.set(word, (frequency.get(word) ?? 0) + 1);
  }
  return (word) => {
    const count = frequency.get(word) ?? 0;
    return count < 2 ? 0 : Math.log((1 + total) / count);
  };
}

/** The vector of a bag of words. */
export function vectorOf(words: Iterable<string>, rarity: Rarity): Vector {
  const weights = new Map<string, number>();
  for (const word of words) {
    const weight = rarity(word);
    if (weight > 0) weights.set(word, (weights.get(word) ?? 0) + weight);
  }
  const length = lengthOf(weights);
  if (length > 0) for (const [word, weight] of weights) weights.set(word, weight / length);
  return weights;
}

/** Euclidean length; a loop, because a text may hold more words than a call takes arguments. */
function lengthOf(weights: ReadonlyMap<string, number>): number {
  let squares = 0;
  for (const weight of weights.values()) squares += weight ** 2;
  return Math.sqrt(squares);
}

/** Cosine of two vectors, 0 to 1. */
export function cosine(a: Vector, b: Vector): number {
  const [small, large] = a.size <= b.size ? [a, b] : [b, a];
  let sum = 0;
  for (const [word, weight] of small) sum += weight * (large.get(word) ?? 0);
  return sum;
}

function wordsInCommon(a: Vector, b: Vector): number {
  return [...a.keys()].filter((word) => b.has(word)).length;
}

/** The sum of vectors, brought back to length 1. */
export function centroid(vectors: readonly Vector[]): Vector {
  const sum = new Map<string, number>();
  for (const vector of vectors) {
    for (const [word, weight] of vector) sum.set(word, (sum.get(word) ?? 0) + weight);
  }
  const length = lengthOf(sum);
  if (length > 0) for (const [word, weight] of sum) sum.set(word, weight / length);
  return sum;
}

/** Items added one by one, and the one among them that resembles a vector most. */
export class SimilarityIndex<T> {
  readonly #entries: { readonly item: T; readonly vector: Vector }[] = [];
  readonly #placesWith = new Map<string, number[]>();

  /** Adds an item under the words of its vector. */
  add(item: T, vector: Vector): void {
    const place = this.#entries.push({ item, vector }) - 1;
    for (const word of vector.keys()) {
      const places = this.#placesWith.get(word);
      if (places) places.push(place);
      else this.#placesWith.set(word, [place]);
    }
  }

  /** The item most like the vector, the first added among equals; `null` when none reaches `least`. */
  nearest(vector: Vector, least: { readonly cosine: number; readonly words: number }): T | null {
    let best: T | null = null;
    let highest = 0;
    for (const place of this.#candidates(vector, least.cosine)) {
      const entry = this.#entries[place];
      const similarity = entry ? cosine(vector, entry.vector) : 0;
      if (!entry || similarity < least.cosine || similarity <= highest) continue;
      if (wordsInCommon(vector, entry.vector) < least.words) continue;
      highest = similarity;
      best = entry.item;
    }
    return best;
  }

  /**
   * Places, in order, of the items that share one of the vector's rarer words. Common words, which
   * lead to half of all items, are not looked at: what shares nothing else with the vector is like
   * it by no more than the length of what is left of it (Cauchy-Schwarz).
   */
  #candidates(vector: Vector, least: number): number[] {
    const places = new Set<number>();
    let left = 1;
    for (const [word, weight] of [...vector].toSorted((a, b) => b[1] - a[1])) {
      if (left < least ** 2) break;
      for (const place of this.#placesWith.get(word) ?? []) places.add(place);
      left -= weight ** 2;
    }
    return [...places].toSorted((a, b) => a - b);
  }
}
