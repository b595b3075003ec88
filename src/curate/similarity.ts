/** Words with their weights (TF-IDF, length 1), so that the product of two is their cosine. */
export type Vector = ReadonlyMap<string, number>;

/** How much each word says: rare words much, words that stand everywhere nothing. */
export type Rarity = (word: string) => number;

/** Inverse document frequency over the documents, smoothed; 0 for words of a single document. */
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
  const length = Math.hypot(...weights.values());
  if (length > 0) for (const [word, weight] of weights) weights.set(word, weight / length);
  return weights;
}

/** Cosine of two vectors, 0 to 1. */
export function cosine(a: Vector, b: Vector): number {
  const [small, large] = a.size <= b.size ? [a, b] : [b, a];
  let sum = 0;
  for (const [word, weight] of small) sum += weight * (large.get(word) ?? 0);
  return sum;
}

/** The sum of vectors, brought back to length 1. */
export function centroid(vectors: readonly Vector[]): Vector {
  const sum = new Map<string, number>();
  for (const vector of vectors) {
    for (const [word, weight] of vector) sum.set(word, (sum.get(word) ?? 0) + weight);
  }
  const length = Math.hypot(...sum.values());
  if (length > 0) for (const [word, weight] of sum) sum.set(word, weight / length);
  return sum;
}

/** Items added one by one, and those among them that share a word with a vector and resemble it. */
export class SimilarityIndex<T> {
  readonly #vectors = new Map<T, Vector>();
  readonly #itemsWith = new Map<string, T[]>();

  /** Adds an item under the words of its vector. */
  add(item: T, vector: Vector): void {
    this.#vectors.set(item, vector);
    for (const word of vector.keys()) {
      const items = this.#itemsWith.get(word);
      if (items) items.push(item);
      else this.#itemsWith.set(word, [item]);
    }
  }

  /** The item most like the vector, the first added among equals; `null` when none reaches `least`. */
  nearest(vector: Vector, least: number): { item: T; similarity: number } | null {
    const similarities = new Map<T, number>();
    for (const [word, weight] of vector) {
      for (const item of this.#itemsWith.get(word) ?? []) {
        const share = weight * (this.#vectors.get(item)?.get(word) ?? 0);
        similarities.set(item, (similarities.get(item) ?? 0) + share);
      }
    }
    let best: { item: T; similarity: number } | null = null;
    for (const item of this.#vectors.keys()) {
      const similarity = similarities.get(item) ?? 0;
      if (similarity >= least && similarity > (best?.similarity ?? 0)) best = { item, similarity };
    }
    return best;
  }
}
