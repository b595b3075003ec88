import { pick, type Random, randomFrom } from '../support/random.ts';
import type { Matrix } from './tfidf.ts';

const RESTARTS = 10;
const MOST_ROUNDS = 100;
const SEED = 1;

/**
 * Spherical k-means (Dhillon & Modha 2001): rows of length 1 in `clusters` clusters, so that
 * Σ cos(row, centroid of its cluster) is large. Of ten runs, each seeded by k-means++, the one with
 * the largest sum; the same rows give the same clusters every time.
 */
export function kmeans(rows: Matrix, clusters: number): number[] {
  const random = randomFrom(SEED);
  const runs = Array.from({ length: RESTARTS }, () => runOnce(rows, clusters, random));
  const best = runs.reduce((a, b) => (b.fit > a.fit ? b : a));
  return [...best.clusterOf];
}

/** The cluster of every row, and the sum of their cosines to its centroid. */
type Run = { readonly clusterOf: Int32Array; readonly fit: number };

function runOnce(rows: Matrix, clusters: number, random: Random): Run {
  const centroids = new Centroids(rows, clusters);
  for (const [own, row] of seedRows(rows, clusters, random).entries()) centroids.add(row, own);
  let run = centroids.assign();
  for (let round = 0; round < MOST_ROUNDS; round++) {
    centroids.moveTo(run.clusterOf);
    const next = centroids.assign();
    if (next.fit <= run.fit * (1 + 1e-9)) return next;
    run = next;
  }
  return run;
}

/**
 * k-means++ (Arthur & Vassilvitskii 2007): rows to begin with, each drawn with a probability
 * proportional to the squared distance to the nearest one drawn before, here 2 − 2 cos.
 */
function seedRows(rows: Matrix, clusters: number, random: Random): number[] {
  const distance = new Float64Array(rows.height).fill(1);
  const chosen: number[] = [];
  while (chosen.length < clusters) {
    const seed = drawByWeight(distance, random);
    chosen.push(seed);
    const dense = new Float64Array(rows.width);
    addRow(rows, seed, dense);
    for (let row = 0; row < rows.height; row++) {
      const apart = Math.max(0, 1 - dot(rows, row, dense));
      distance[row] = row === seed ? 0 : Math.min(distance[row] ?? 0, apart);
    }
  }
  return chosen;
}

/** A place, as likely as its weight is large; any place when all weigh nothing. */
function drawByWeight(weights: Float64Array, random: Random): number {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  if (total === 0) return pick([...weights.keys()], random);
  let left = random() * total;
  let last = 0;
  for (const [place, weight] of weights.entries()) {
    if (weight === 0) continue;
    last = place;
    left -= weight;
    if (left < 0) break;
  }
  return last;
}

/** The directions of the clusters; those of one column lie side by side, for that is how they are read. */
class Centroids {
  readonly #rows: Matrix;
  readonly #count: number;
  readonly #weights: Float64Array;
  /** Of every row, the cosine to its centroid in the last assignment. */
  readonly #cosines: Float64Array;

  constructor(rows: Matrix, count: number) {
    this.#rows = rows;
    this.#count = count;
    this.#weights = new Float64Array(rows.width * count);
    this.#cosines = new Float64Array(rows.height);
  }

  /** Adds a row to the sum of a cluster. */
  add(row: number, cluster: number): void {
    const { starts, columns, values } = this.#rows;
    for (let at = starts[row] ?? 0; at < (starts[row + 1] ?? 0); at++) {
      const place = (columns[at] ?? 0) * this.#count + cluster;
      this.#weights[place] = (this.#weights[place] ?? 0) + (values[at] ?? 0);
    }
  }

  /** Every row to the nearest centroid, the first among equals. */
  assign(): Run {
    const clusterOf = new Int32Array(this.#rows.height);
    const cosines = new Float64Array(this.#count);
    let fit = 0;
    for (let row = 0; row < this.#rows.height; row++) {
      this.#cosinesOf(row, cosines);
      const nearest = placeOfLargest(cosines);
      clusterOf[row] = nearest;
      this.#cosines[row] = cosines[nearest] ?? 0;
      fit += cosines[nearest] ?? 0;
    }
    return { clusterOf, fit };
  }

  /** The centroids of an assignment; a cluster without rows begins anew at the row that fits worst. */
  moveTo(clusterOf: Int32Array): void {
    this.#weights.fill(0);
    const empty = new Set(Array.from({ length: this.#count }, (_, place) => place));
    for (const [row, own] of clusterOf.entries()) {
      this.add(row, own);
      empty.delete(own);
    }
    for (const place of empty) {
      const worst = placeOfLargest(this.#cosines.map((cosine) => -cosine));
      this.#cosines[worst] = 1;
      this.add(worst, place);
    }
    this.#normalise();
  }

  #cosinesOf(row: number, into: Float64Array): void {
    const { starts, columns, values } = this.#rows;
    into.fill(0);
    for (let at = starts[row] ?? 0; at < (starts[row + 1] ?? 0); at++) {
      const start = (columns[at] ?? 0) * this.#count;
      const value = values[at] ?? 0;
      for (let place = 0; place < this.#count; place++) {
        into[place] = (into[place] ?? 0) + value * (this.#weights[start + place] ?? 0);
      }
    }
  }

  #normalise(): void {
    const squares = new Float64Array(this.#count);
    for (const [at, weight] of this.#weights.entries()) {
      const place = at % this.#count;
      squares[place] = (squares[place] ?? 0) + weight ** 2;
    }
    const lengths = squares.map((square) => Math.sqrt(square) || 1);
    for (const [at, weight] of this.#weights.entries()) {
      if (weight !== 0) this.#weights[at] = weight / (lengths[at % this.#count] ?? 1);
    }
  }
}

function placeOfLargest(values: Float64Array): number {
  let best = 0;
  for (let place = 1; place < values.length; place++) {
    if ((values[place] ?? 0) > (values[best] ?? 0)) best = place;
  }
  return best;
}

function addRow({ starts, columns, values }: Matrix, row: number, dense: Float64Array): void {
  for (let at = starts[row] ?? 0; at < (starts[row + 1] ?? 0); at++) {
    dense[columns[at] ?? 0] = values[at] ?? 0;
  }
}

function dot({ starts, columns, values }: Matrix, row: number, dense: Float64Array): number {
  let sum = 0;
  for (let at = starts[row] ?? 0; at < (starts[row + 1] ?? 0); at++) {
    sum += (values[at] ?? 0) * (dense[columns[at] ?? 0] ?? 0);
  }
  return sum;
}
