import { Board, type Spot } from './board.ts';
import { drawable, type Weight } from './fonts.ts';
import { measure, type Shape, shapesOf, widestOf } from './shape.ts';
import type { Term } from './terms.ts';
import { type Room, tileOf } from './tile.ts';

/** A rectangle in pixels. */
export type Area = {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
};

/** Where and how words are laid. All numbers are pixels. */
export type LayoutOptions = {
  /** No ink leaves it. */
  readonly area: Area;
  /** Ink of two words is at least so far apart. @default 4 */
  readonly gap?: number;
  /** Room beside a word of a size, where that is more than the gap: two words are not to read as one. */
  readonly beside?: (size: number) => number;
  /** No word is larger. @default two fifths of the area's height */
  readonly largest?: number;
  /** Size of a word that is counted once, instead of the largest at which all words fit. */
  readonly scale?: number;
};

/** A word that is to be drawn. All numbers are pixels. */
export type Placement = {
  readonly term: Term;
  /** The term's text, shortened when it is very long. */
  readonly label: string;
  /** Start of the text. */
  readonly x: number;
  /** Baseline of the text. */
  readonly y: number;
  /** Size of the font. */
  readonly size: number;
  readonly weight: Weight;
  /** The rectangle around the ink. */
  readonly box: Area;
};

/** Labels longer than this, in em, are shortened. */
const LONGEST = 16;

/** Smooth edges of letters reach beyond their outlines, on both sides of a gap; so far together, pixels. */
const SOFT = 2;

/** The search for the scale stops when it is this near: first in coarse cells, then in fine ones. */
const PRECISION = { coarse: 1.03, fine: 1.008 } as const;

/** Words never cover more of a field than this, since they keep apart: no need to try. */
const DENSEST = 0.85;

/**
 * Lays the terms, which must be given strongest first, around the strongest. Sizes are proportional to
 * the roots of the counts, at the largest scale at which all find a place; at a scale that is given,
 * terms that find none are left out. The same terms are always laid in the same way.
 */
export function layout(terms: readonly Term[], options: LayoutOptions): Placement[] {
  const words = wordsOf(terms);
  if (words.length === 0) return [];
  const { scale } = options;
  const table = tableFor(options, 1);
  const coarse = tableFor(options, 2);
  if (scale === undefined) return largestThatFit(words, table, coarse);
  const spots = pack(words, scale, coarse);
  if (spots) return placed(words, scale, spots, coarse);
  return placed(words, scale, pack(words, scale, table, false) ?? [], table);
}

type Word = {
  readonly term: Term;
  readonly label: string;
  readonly weight: Weight;
  readonly shape: Shape;
  /** Of its count; sizes are proportional to it. */
  readonly root: number;
};

/** What all attempts share: how large cells are, and how far words keep apart. */
type Table = {
  readonly area: Area;
  readonly largest: number;
  readonly cell: number;
  readonly columns: number;
  readonly rows: number;
  readonly roomOf: (size: number) => Room;
};

/** @param coarseness How many times larger than need be cells are. */
function tableFor(options: LayoutOptions, coarseness: number): Table {
  const { area, gap = 4, beside = () => 0, largest = area.height * 0.4 } = options;
  // The gap is a whole number of cells, so that nothing of it is lost.
  const cells = gap >= 4 && coarseness === 1 ? 2 : 1;
  const cell = (gap + SOFT) / cells;
  return {
    area,
    largest,
    cell,
    columns: Math.floor(area.width / cell),
    rows: Math.floor(area.height / cell),
    roomOf: (size) => ({
      above: cells,
      beside: Math.max(cells, Math.ceil((beside(size) + SOFT) / cell)),
    }),
  };
}

function wordsOf(terms: readonly Term[]): Word[] {
  const labels = terms.map((term, rank) => {
    const weight = weightOf(rank, terms.length);
    return { text: labelOf(term.text, weight), weight };
  });
  const shapes = shapesOf(labels);
  return terms.flatMap((term, rank) => {
    const [label, shape] = [labels[rank], shapes[rank]];
    if (!label || !shape) return [];
    const root = Math.sqrt(Math.max(1, term.count));
    return [{ term, label: label.text, weight: label.weight, shape, root }];
  });
}

/** A twelfth of the words is drawn heaviest, two fifths lightest. */
function weightOf(rank: number, total: number): Weight {
  if (rank * 12 < total) return 900;
  return rank * 5 < total * 3 ? 700 : 500;
}

function labelOf(text: string, weight: Weight): string {
  const characters = Array.from(drawable(text)).slice(0, 100);
  const isLong = (label: string) =>
    widestOf(label) > LONGEST && measure({ text: label, weight }) > LONGEST;
  if (!isLong(characters.join(''))) return characters.join('');
  while (isLong(`${characters.join('')}…`)) characters.pop();
  return `${characters.join('').trimEnd()}…`;
}

/** All words at the largest scale: found in coarse cells, and again in fine ones, which waste less room. */
function largestThatFit(words: readonly Word[], fine: Table, coarse: Table): Placement[] {
  const most = largestScale(words, fine);
  const rough =
    fit(words, coarse, { from: most, most, precision: PRECISION.coarse })?.scale ?? most;
  const range = { from: rough, most: Math.min(most, rough * 1.1), precision: PRECISION.fine };
  const found = fit(words, fine, range);
  return found ? placed(words, found.scale, found.spots, fine) : [];
}

/** The scale is made smaller in such steps until all words find a place at all. */
const STEP = 1.15;

type Range = { readonly from: number; readonly most: number; readonly precision: number };

/** The largest scale at which all words find a place, with their spots; found by halving. */
function fit(
  words: readonly Word[],
  table: Table,
  { from, most, precision }: Range,
): { scale: number; spots: Spots } | null {
  let high = most;
  let best: { scale: number; spots: Spots } | null = null;
  for (let scale = from; best === null; scale /= STEP) {
    if (!(scale > most / 1e4)) return null; // nor where there is no room at all
    const spots = pack(words, scale, table);
    if (spots) best = { scale, spots };
    else high = scale;
  }
  while (high / best.scale > precision) {
    const scale = Math.sqrt(best.scale * high);
    const spots = pack(words, scale, table);
    if (spots) best = { scale, spots };
    else high = scale;
  }
  return best;
}

/** No scale above it can do: the words would be larger than allowed, or cover more than there is. */
function largestScale(words: readonly Word[], { area, largest }: Table): number {
  const em = words.map(({ shape, root }) => {
    let cells = 0;
    for (let row = 0; row < shape.height; row += 1) {
      cells += (shape.ends[row] ?? 0) - (shape.starts[row] ?? 0);
    }
    return (cells / shape.em ** 2) * root ** 2;
  });
  const covered = em.reduce((sum, each) => sum + each, 0);
  return Math.min(
    Math.sqrt((area.width * area.height * DENSEST) / covered),
    ...words.map(({ root }) => largest / root),
    ...words.map(({ shape, root }) => (area.width / shape.width / root) * shape.em),
  );
}

/** Of every word its spot, `null` where it has none. */
type Spots = readonly (Spot | null)[];

/** Puts the words on an empty board one after the other; `null` when one finds no place and all have to. */
function pack(words: readonly Word[], scale: number, table: Table, all = true): Spots | null {
  const board = new Board(table.columns, table.rows);
  const spots: (Spot | null)[] = [];
  for (const { shape, root } of words) {
    const size = scale * root;
    const tile = tileOf(shape, size, table.cell, table.roomOf(size));
    const spot = board.nearest(tile.body);
    if (!spot && all) return null;
    if (spot) {
      board.take(tile.halo, { column: spot.column, row: spot.row - tile.above });
    }
    spots.push(spot);
  }
  return spots;
}

function placed(words: readonly Word[], scale: number, spots: Spots, table: Table): Placement[] {
  return words.flatMap((word, index) => {
    const spot = spots[index];
    return spot ? [placementOf(word, scale * word.root, spot, table)] : [];
  });
}

function placementOf(word: Word, size: number, spot: Spot, { area, cell }: Table): Placement {
  const { term, label, weight, shape } = word;
  const x = area.x + spot.column * cell;
  const y = area.y + spot.row * cell;
  const factor = size / shape.em;
  return {
    term,
    label,
    weight,
    x: x - shape.inkLeft * factor,
    y: y + shape.inkTop * factor,
    size,
    box: { x, y, width: shape.width * factor, height: shape.height * factor },
  };
}
