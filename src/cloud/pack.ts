/** A stretch of cells in one row, relative to the corner of the word's own cells. */
export type Run = { readonly row: number; readonly start: number; readonly length: number };

/** A word as the packer sees it, in cells. */
export type Tile = {
  /** What the word covers, the row through its middle first. */
  readonly body: readonly Run[];
  /** The body and the surroundings that later words have to keep free. */
  readonly halo: readonly Run[];
};

/** Where the corner of a word's own cells lies. */
export type Spot = { readonly column: number; readonly row: number };

/** The measures of the field, in cells. */
export type Field = { readonly columns: number; readonly rows: number };

/** Exponent of the superellipse that the words grow along: 2 is an ellipse, more is more of a box. */
const ROUNDNESS = 2.5;

/** Distance of the places that are tried, in cells. */
const STEP = 2;

/** Words never cover more of a field than this, since they keep apart: no need to try. */
const DENSEST = 0.75;

/**
 * Puts the tiles on an empty field, one after the other, each at the free place nearest to the
 * middle. Returns their spots in the same order, or `null` as soon as one finds none.
 *
 * @param places What {@link placesFromMiddle} gave for this field.
 */
export function pack(tiles: readonly Tile[], field: Field, places: Places): Spot[] | null {
  if (areaOf(tiles) > field.columns * field.rows * DENSEST) return null;
  const free = emptyField(field);
  const spots: Spot[] = [];
  for (const tile of tiles) {
    const spot = firstFree(tile, field, free, places);
    if (!spot) return null;
    for (const run of tile.halo) take(free, field, spot, run);
    spots.push(spot);
  }
  return spots;
}

/** Cells, as `row × columns + column`, in the order in which they are tried. */
export type Places = Uint32Array;

/** The places of a field in the order of their distance from its middle. */
export function placesFromMiddle({ columns, rows }: Field): Places {
  const places: { readonly cell: number; readonly distance: number }[] = [];
  for (let row = 0; row < rows; row += STEP) {
    const down = Math.abs((2 * row + 1) / rows - 1) ** ROUNDNESS;
    for (let column = 0; column < columns; column += STEP) {
      const across = Math.abs((2 * column + 1) / columns - 1) ** ROUNDNESS;
      places.push({ cell: row * columns + column, distance: across + down });
    }
  }
  return Uint32Array.from(
    places.toSorted((a, b) => a.distance - b.distance).map(({ cell }) => cell),
  );
}

/** Of every cell, how many cells are free from it rightward. */
type Free = Uint16Array;

function emptyField({ columns, rows }: Field): Free {
  const free = new Uint16Array(columns * rows);
  for (let cell = 0; cell < free.length; cell += 1) free[cell] = columns - (cell % columns);
  return free;
}

/** The first place on which the middle of the tile's middle row can lie. */
function firstFree({ body }: Tile, field: Field, free: Free, places: Places): Spot | null {
  const middle = body[0];
  if (!middle) return null;
  const half = middle.length >> 1;
  for (const place of places) {
    // A stretch that began in the row above would be longer than what is free there: no need to ask.
    if ((free[place - half] ?? 0) < middle.length) continue;
    const column = (place % field.columns) - half - middle.start;
    const row = Math.floor(place / field.columns) - middle.row;
    if (fits(body, field, free, column, row)) return { column, row };
  }
  return null;
}

function fits(
  body: readonly Run[],
  { columns, rows }: Field,
  free: Free,
  column: number,
  row: number,
): boolean {
  for (const run of body) {
    const y = row + run.row;
    const x = column + run.start;
    if (y < 0 || y >= rows || x < 0 || x >= columns) return false;
    if ((free[y * columns + x] ?? 0) < run.length) return false;
  }
  return true;
}

/** Takes a stretch, as far as it lies on the field, and tells the free cells to its left. */
function take(free: Free, { columns, rows }: Field, spot: Spot, run: Run): void {
  const row = spot.row + run.row;
  if (row < 0 || row >= rows) return;
  const start = Math.max(0, spot.column + run.start);
  const end = Math.min(columns, spot.column + run.start + run.length);
  if (end <= start) return;
  free.fill(0, row * columns + start, row * columns + end);
  for (let column = start - 1; column >= 0; column -= 1) {
    const cell = row * columns + column;
    if (free[cell] === 0) break;
    free[cell] = start - column;
  }
}

function areaOf(tiles: readonly Tile[]): number {
  return tiles.reduce((sum, { body }) => sum + body.reduce((all, run) => all + run.length, 0), 0);
}
