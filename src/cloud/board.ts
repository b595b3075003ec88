/** A word as cells: of every row of its box, which cells it takes; none where `end` is not above `start`. */
export type Mask = {
  readonly width: number;
  readonly height: number;
  readonly starts: Int32Array;
  readonly ends: Int32Array;
};

/** Where the corner of a mask lies. */
export type Spot = { readonly column: number; readonly row: number };

/** Exponent of the superellipse that words grow along: 2 is an ellipse, more is more of a box. */
const ROUNDNESS = 2.5;

/** Rows between those that are looked at first, for a bound that spares the others. */
const STRIDE = 13; // odd, for rows above and below

/**
 * The cells of a picture, taken or free. Besides the cells themselves it keeps, for every power of two,
 * where a run of so many cells meets a taken one: whether a run of any length is free is two looks, for
 * 32 places at once.
 */
export class Board {
  readonly columns: number;
  readonly rows: number;
  /** Words of 32 cells in a row, one of them beyond its end. */
  readonly #stride: number;
  /** Bit x of row y at level k: one of the cells x … x + 2^k − 1 is taken. */
  readonly #levels: Uint32Array[];
  /** Of twice the distance from the middle, in cells, its part of the distance that words grow along. */
  readonly #across: Float64Array;
  readonly #down: Float64Array;
  readonly #blocked: Uint32Array;

  constructor(columns: number, rows: number) {
    this.columns = columns;
    this.rows = rows;
    this.#stride = (columns >>> 5) + 2;
    const levels = 32 - Math.clz32(Math.max(1, columns));
    this.#levels = Array.from({ length: levels }, () => new Uint32Array(this.#stride * rows));
    this.#across = powers(columns);
    this.#down = powers(rows);
    this.#blocked = new Uint32Array(this.#stride);
    for (let row = 0; row < rows; row += 1) this.#take(row, columns, this.#stride * 32);
  }

  /** Takes the cells of a mask, as far as they lie on the board. */
  take({ starts, ends }: Mask, { column, row }: Spot): void {
    for (let y = Math.max(0, -row); y < starts.length && row + y < this.rows; y += 1) {
      const start = Math.max(0, column + (starts[y] ?? 0));
      const end = Math.min(this.columns, column + (ends[y] ?? 0));
      if (end > start) this.#take(row + y, start, end);
    }
  }

  /** The free place of a mask whose middle is nearest to that of the board; `null` where there is none. */
  nearest(mask: Mask): Spot | null {
    if (mask.width > this.columns || mask.height > this.rows) return null;
    const search = new Search();
    for (const stride of [STRIDE, 1]) this.#look(mask, search, stride);
    return search.spot;
  }

  /** Looks for better places in every so many rows, from the middle outward. */
  #look(mask: Mask, search: Search, stride: number): void {
    const most = this.rows - mask.height;
    for (let step = 0; step <= most + 1; step += stride) {
      const row = (most >> 1) + (step & 1 ? (step + 1) >> 1 : -(step >> 1));
      const down = this.#down[Math.abs(2 * row - most)] ?? Infinity;
      if (down >= search.distance) return;
      if (row >= 0 && row <= most) this.#lookInRow(mask, search, row, down);
    }
  }

  #lookInRow(mask: Mask, search: Search, row: number, down: number): void {
    const most = this.columns - mask.width;
    const reach = search.reach(down, this.#across, most);
    const first = Math.max(0, Math.ceil(most / 2 - reach));
    const last = Math.min(most, Math.floor(most / 2 + reach));
    if (last < first) return;
    const blocked = this.#blockedIn(mask, row, first >>> 5, last >>> 5);
    if (blocked === null) return;
    const column = nearestFree(blocked, most / 2, first, last);
    if (column < 0) return;
    const distance = (this.#across[Math.abs(2 * column - most)] ?? Infinity) + down;
    search.offer(distance, column, row);
  }

  /** Bits of the columns where the mask meets something; `null` where it does everywhere. */
  #blockedIn(
    { height, starts, ends }: Mask,
    row: number,
    from: number,
    to: number,
  ): Uint32Array | null {
    const blocked = this.#blocked;
    blocked.fill(0, from, to + 1);
    for (let index = 0; index < height; index += 1) {
      // The middle rows first: they are the longest, and meet something most often.
      const y = index & 1 ? (height >> 1) - ((index + 1) >> 1) : (height >> 1) + (index >> 1);
      const start = starts[y] ?? 0;
      const length = (ends[y] ?? 0) - start;
      if (length <= 0) continue;
      const level = 31 - Math.clz32(length);
      const bits = this.#levels[level];
      if (!bits) return null;
      const base = (row + y) * this.#stride;
      const second = start + length - (1 << level);
      const a = base + (start >>> 5);
      const b = base + (second >>> 5);
      const shiftA = start & 31;
      const shiftB = second & 31;
      let free = 0;
      for (let word = from; word <= to; word += 1) {
        // A shift by 32 is one by 0: twice is right for any number of bits.
        const left =
          ((bits[a + word] ?? 0) >>> shiftA) | (((bits[a + word + 1] ?? 0) << (31 - shiftA)) << 1);
        const right =
          ((bits[b + word] ?? 0) >>> shiftB) | (((bits[b + word + 1] ?? 0) << (31 - shiftB)) << 1);
        const all = (blocked[word] ?? 0) | left | right;
        blocked[word] = all;
        free |= ~all;
      }
      if (free === 0) return null;
    }
    return blocked;
  }

  #take(row: number, start: number, end: number): void {
    const base = row * this.#stride;
    for (const [level, bits] of this.#levels.entries()) {
      setBits(bits, base, Math.max(0, start - (1 << level) + 1), end);
    }
  }
}

/** The best place that was found so far. */
class Search {
  spot: Spot | null = null;
  distance = Infinity;

  /** How far from the middle, in cells, a better place in a row can be at most. */
  reach(down: number, across: Float64Array, most: number): number {
    let low = 0;
    let high = most;
    while (low < high) {
      const half = (low + high + 1) >> 1;
      if ((across[half] ?? Infinity) + down < this.distance) low = half;
      else high = half - 1;
    }
    return low / 2;
  }

  offer(distance: number, column: number, row: number): void {
    if (distance >= this.distance) return;
    this.distance = distance;
    this.spot = { column, row };
  }
}

function powers(length: number): Float64Array {
  return Float64Array.from({ length: length + 2 }, (_, twice) => (twice / length) ** ROUNDNESS);
}

function setBits(bits: Uint32Array, base: number, start: number, end: number): void {
  const first = base + (start >>> 5);
  const last = base + ((end - 1) >>> 5);
  const head = -1 << (start & 31);
  const tail = -1 >>> (31 - ((end - 1) & 31));
  if (first === last) {
    bits[first] = (bits[first] ?? 0) | (head & tail);
    return;
  }
  bits[first] = (bits[first] ?? 0) | head;
  bits.fill(0xffff_ffff, first + 1, last);
  bits[last] = (bits[last] ?? 0) | tail;
}

/** The column of `first` … `last` nearest to the middle whose bit is not set; −1 where there is none. */
function nearestFree(blocked: Uint32Array, middle: number, first: number, last: number): number {
  const right = firstFree(blocked, Math.max(first, Math.ceil(middle)), last);
  const left = lastFree(blocked, first, Math.min(last, Math.ceil(middle) - 1));
  if (left < 0) return right;
  if (right < 0) return left;
  return middle - left <= right - middle ? left : right;
}

function firstFree(blocked: Uint32Array, from: number, to: number): number {
  if (from > to) return -1;
  for (let word = from >>> 5; word <= to >>> 5; word += 1) {
    let free = ~(blocked[word] ?? 0);
    if (word === from >>> 5) free &= -1 << (from & 31);
    if (free === 0) continue;
    const column = word * 32 + 31 - Math.clz32(free & -free);
    return column <= to ? column : -1;
  }
  return -1;
}

function lastFree(blocked: Uint32Array, from: number, to: number): number {
  if (from > to) return -1;
  for (let word = to >>> 5; word >= from >>> 5; word -= 1) {
    let free = ~(blocked[word] ?? 0);
    if (word === to >>> 5) free &= -1 >>> (31 - (to & 31));
    if (free === 0) continue;
    const column = word * 32 + 31 - Math.clz32(free);
    return column >= from ? column : -1;
  }
  return -1;
}
