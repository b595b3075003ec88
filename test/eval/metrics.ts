/** A grouping: the group of every item, in the order of the items. */
export type Grouping = readonly (string | number)[];

/** Shares from 0 to 1. */
export type PrecisionRecall = {
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
};

/** What a yes-or-no decision got right and wrong, in items. */
export type Decisions = {
  readonly truePositives: number;
  readonly falsePositives: number;
  readonly falseNegatives: number;
};

/**
 * P = TP / (TP + FP), R = TP / (TP + FN), F1 = 2PR / (P + R) (van Rijsbergen 1979). A share of
 * nothing is 0.
 */
export function precisionRecall(decisions: Decisions): PrecisionRecall {
  const { truePositives, falsePositives, falseNegatives } = decisions;
  return withF1(
    ratio(truePositives, truePositives + falsePositives),
    ratio(truePositives, truePositives + falseNegatives),
  );
}

function withF1(precision: number, recall: number): PrecisionRecall {
  return { precision, recall, f1: ratio(2 * precision * recall, precision + recall) };
}

/** A share; of nothing it is 0. */
export function ratio(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole;
}

/**
 * B-cubed (Bagga & Baldwin 1998). For an item i in the found group C(i) and the true group L(i),
 * precision is |C(i) ∩ L(i)| / |C(i)|, recall |C(i) ∩ L(i)| / |L(i)|; each is averaged over the
 * items, and F1 is the harmonic mean of the two averages.
 */
export function bCubed(found: Grouping, truth: Grouping): PrecisionRecall {
  let precision = 0;
  let recall = 0;
  for (const { both, first, second } of overlaps(found, truth)) {
    precision += both ** 2 / first;
    recall += both ** 2 / second;
  }
  return withF1(ratio(precision, found.length), ratio(recall, found.length));
}

/**
 * Normalised mutual information, I(A; B) / ((H(A) + H(B)) / 2) (Strehl & Ghosh 2002, with the
 * arithmetic mean), 0 to 1. Two groupings that both hold everything in one group are equal: 1.
 */
export function normalisedMutualInformation(a: Grouping, b: Grouping): number {
  const n = a.length;
  const mean = (entropy(a) + entropy(b)) / 2;
  if (mean === 0) return 1;
  let information = 0;
  for (const { both, first, second } of overlaps(a, b)) {
    information += (both / n) * Math.log((n * both) / (first * second));
  }
  return Math.min(1, Math.max(0, information / mean)); // rounding may leave it just outside
}

/** H = −Σ p ln p over the groups' shares, in nats. */
function entropy(grouping: Grouping): number {
  let nats = 0;
  for (const size of sizesOf(grouping).values()) {
    const share = size / grouping.length;
    nats -= share * Math.log(share);
  }
  return nats;
}

/**
 * The share of items that are of their found group's most frequent true group,
 * (1 / n) Σ max |C ∩ L| (Manning, Raghavan & Schütze 2008, 16.3).
 */
export function purity(found: Grouping, truth: Grouping): number {
  const largest = new Map<Grouping[number], number>();
  for (const { group, both } of overlaps(found, truth)) {
    largest.set(group, Math.max(largest.get(group) ?? 0, both));
  }
  const members = largest.values().reduce((sum, size) => sum + size, 0);
  return ratio(members, found.length);
}

/**
 * Average precision, Σ (R_k − R_(k−1)) P_k over the distinct scores from high to low, where P_k and
 * R_k are the precision and recall of taking everything that scores at least as much: items of one
 * score are taken together, so their order does not matter. 0 when nothing is relevant.
 */
export function averagePrecision(
  items: readonly { readonly score: number; readonly relevant: boolean }[],
): number {
  const ordered = items.toSorted((a, b) => b.score - a.score);
  const relevant = ordered.filter((item) => item.relevant).length;
  let average = 0;
  let hits = 0;
  let newHits = 0;
  for (const [index, item] of ordered.entries()) {
    if (item.relevant) newHits += 1;
    if (ordered[index + 1]?.score === item.score) continue;
    hits += newHits;
    average += ratio(newHits, relevant) * (hits / (index + 1));
    newHits = 0;
  }
  return average;
}

/** Items that a group of one grouping and a group of another have in common; never none. */
type Overlap = {
  readonly group: Grouping[number];
  readonly both: number;
  /** Size of the first grouping's group. */
  readonly first: number;
  readonly second: number;
};

function overlaps(a: Grouping, b: Grouping): Overlap[] {
  if (a.length !== b.length) throw new Error('the groupings are of different items');
  const inA = sizesOf(a);
  const inB = sizesOf(b);
  const cells = new Map<Grouping[number], Map<Grouping[number], number>>();
  for (const [index, group] of a.entries()) {
    const row = cells.get(group) ?? new Map<Grouping[number], number>();
    cells.set(group, row);
    const other = b[index] ?? '';
    row.set(other, (row.get(other) ?? 0) + 1);
  }
  return [...cells].flatMap(([group, row]) =>
    Array.from(row, ([other, both]) => ({
      group,
      both,
      first: inA.get(group) ?? 0,
      second: inB.get(other) ?? 0,
    })),
  );
}

/** How many items each group holds. */
function sizesOf(grouping: Grouping): Map<Grouping[number], number> {
  const sizes = new Map<Grouping[number], number>();
  for (const group of grouping) sizes.set(group, (sizes.get(group) ?? 0) + 1);
  return sizes;
}

/** How relevant each item is to a question, by id: 0 or missing is not at all. */
export type Grades = ReadonlyMap<string, number>;

/**
 * Normalised discounted cumulative gain of the first `depth` found, Σ (2^grade − 1) / log2(1 + rank)
 * over that of the best order there is (Järvelin & Kekäläinen 2002, Burges et al. 2005). 0 when nothing
 * is relevant.
 */
export function ndcgAt(found: readonly string[], grades: Grades, depth: number): number {
  const best = [...grades.values()].toSorted((a, b) => b - a);
  return ratio(
    gainOf(
      found.map((id) => grades.get(id) ?? 0),
      depth,
    ),
    gainOf(best, depth),
  );
}

function gainOf(grades: readonly number[], depth: number): number {
  return grades
    .slice(0, depth)
    .reduce((sum, grade, place) => sum + (2 ** grade - 1) / Math.log2(place + 2), 0);
}

/** The share of what is relevant that is among the first `depth` found. */
export function recallAt(found: readonly string[], grades: Grades, depth: number): number {
  const first = new Set(found.slice(0, depth));
  const relevant = [...grades].filter(([, grade]) => grade > 0).map(([id]) => id);
  return ratio(relevant.filter((id) => first.has(id)).length, relevant.length);
}

/** The arithmetic mean; of nothing it is 0. */
export function meanOf(numbers: readonly number[]): number {
  return ratio(
    numbers.reduce((sum, number) => sum + number, 0),
    numbers.length,
  );
}
