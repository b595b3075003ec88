import type { Run, Tile } from './pack.ts';
import type { Shape, Span } from './shape.ts';

/** Edge of a cell in pixels. */
export const CELL = 2;

/** Ink of different words stays this far apart, in pixels, with room for soft edges. */
const GAP = 4 + CELL;

/**
 * Room beside a word of a size in pixels: more than between the words of a phrase, so that two are not
 * read as one; large words are told apart with less.
 */
function gapBeside(size: number): number {
  return Math.max(GAP, 0.15 * size, Math.min(0.34 * size, 12 + 0.1 * size));
}

/** A word's shape at a size in pixels, as cells. */
export function tileOf(shape: Shape, size: number): Tile {
  const rows = cellRows(shape, size);
  const above = Math.ceil(Math.max(GAP, 0.05 * size) / CELL);
  const beside = Math.ceil(gapBeside(size) / CELL);
  return { body: middleFirst(runsOf(rows)), halo: runsOf(widened(rows, above, beside)) };
}

type CellRow = Span & { readonly row: number };

/** What each row of cells holds of the shape, rounded outward. */
function cellRows(shape: Shape, size: number): CellRow[] {
  const count = Math.ceil((shape.height * size) / CELL);
  return Array.from({ length: count }, (_, row) => {
    const first = Math.floor((row * CELL) / size / shape.step);
    const end = Math.ceil(((row + 1) * CELL) / size / shape.step);
    const { start, end: stop } = around(shape.rows.slice(first, end));
    return {
      row,
      start: Math.floor((start * size) / CELL),
      end: Math.ceil((stop * size) / CELL),
    };
  });
}

/** The rows with their surroundings: each as wide as the widest within reach. */
function widened(rows: readonly CellRow[], above: number, beside: number): CellRow[] {
  return Array.from({ length: rows.length + 2 * above }, (_, index) => {
    const row = index - above;
    const { start, end } = around(rows.slice(Math.max(0, row - above), row + above + 1));
    return { row, start: start - beside, end: end + beside };
  });
}

function around(spans: readonly Span[]): Span {
  const inked = spans.filter(({ start, end }) => end > start);
  if (inked.length === 0) return { start: 0, end: 0 };
  return {
    start: Math.min(...inked.map(({ start }) => start)),
    end: Math.max(...inked.map(({ end }) => end)),
  };
}

function runsOf(rows: readonly CellRow[]): Run[] {
  return rows
    .filter(({ start, end }) => end > start)
    .map(({ row, start, end }) => ({ row, start, length: end - start }));
}

/** The middle row first, since it meets other words most often. */
function middleFirst(runs: readonly Run[]): Run[] {
  const middle = (runs[0]?.row ?? 0) + runs.length / 2;
  return runs.toSorted((a, b) => Math.abs(a.row - middle) - Math.abs(b.row - middle));
}
