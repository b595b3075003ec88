// Okapi BM25 with its usual constants (Robertson & Zaragoza, 2009).
const K1 = 1.2;
const B = 0.75;

/** How much a term tells that stands in `passages` of `all`: never below zero. */
export function rarity(passages: number, all: number): number {
  return Math.log(1 + (all - passages + 0.5) / (passages + 0.5));
}

/** What a term's `count` in a passage weighs: 1 for one in a passage of average length. */
export function weightOf(count: number, length: number, averageLength: number): number {
  return (count * (K1 + 1)) / (count + K1 * (1 - B + (B * length) / averageLength));
}
