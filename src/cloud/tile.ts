import type { Mask } from './board.ts';
import type { Shape } from './shape.ts';

/** A word in cells: what it covers, and that with the surroundings which later words keep free. */
export type Tile = {
  readonly body: Mask;
  readonly halo: Mask;
  /** How many rows of the halo are above the body. */
  readonly above: number;
};

/** Rooms around a word, in cells. */
export type Room = { readonly beside: number; readonly above: number };

/** A word's shape at a size in pixels, as cells of an edge in pixels; rounded outward. */
export function tileOf(shape: Shape, size: number, cell: number, room: Room): Tile {
  const body = bodyOf(shape, size / shape.em / cell);
  return { body, halo: widened(body, room), above: room.above };
}

/** @param factor Cells a pixel of the shape. */
function bodyOf(shape: Shape, factor: number): Mask {
  const height = Math.max(1, Math.ceil(shape.height * factor - 1e-9));
  const starts = new Int32Array(height);
  const ends = new Int32Array(height);
  let width = 1;
  for (let row = 0; row < height; row += 1) {
    const from = Math.floor(row / factor + 1e-9);
    const to = Math.min(shape.height, Math.ceil((row + 1) / factor - 1e-9));
    let [start, end] = [shape.width, 0];
    for (let y = from; y < to; y += 1) {
      start = Math.min(start, shape.starts[y] ?? start);
      end = Math.max(end, shape.ends[y] ?? end);
    }
    if (end <= start) continue;
    starts[row] = Math.floor(start * factor);
    const last = Math.ceil(end * factor - 1e-9);
    ends[row] = last;
    width = Math.max(width, last);
  }
  return { width, height, starts, ends };
}

/** The mask with its surroundings: each row as wide as the widest within reach. */
function widened({ width, height, starts, ends }: Mask, { beside, above }: Room): Mask {
  const tall = height + 2 * above;
  const wide = { starts: new Int32Array(tall), ends: new Int32Array(tall) };
  for (let row = 0; row < tall; row += 1) {
    let [start, end] = [width, 0];
    const to = Math.min(height - 1, row);
    for (let y = Math.max(0, row - 2 * above); y <= to; y += 1) {
      if ((ends[y] ?? 0) <= (starts[y] ?? 0)) continue;
      start = Math.min(start, starts[y] ?? start);
      end = Math.max(end, ends[y] ?? end);
    }
    if (end <= start) continue;
    wide.starts[row] = start - beside;
    wide.ends[row] = end + beside;
  }
  return { width, height: tall, ...wide };
}
