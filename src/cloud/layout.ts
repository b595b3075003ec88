import { drawable, type Weight } from './fonts.ts';
import { type Field, pack, type Places, placesFromMiddle, type Spot } from './pack.ts';
import { type Scribe, scribe, type Shape } from './shape.ts';
import type { Term } from './terms.ts';
import { CELL, tileOf } from './tile.ts';

/** A rectangle in pixels. */
export type Area = {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
};

/** Where and how words are laid. */
export type LayoutOptions = {
  /** No ink leaves it. */
  readonly area: Area;
  /** No word is smaller, in pixels. @default 13 */
  readonly smallest?: number;
  /** No word is larger, in pixels. @default two fifths of the area's height */
  readonly largest?: number;
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

/** Words with their places. */
export type Layout = {
  /** The strongest first. */
  readonly placements: readonly Placement[];
  /** How many of the weakest terms found no place. */
  readonly omitted: number;
};

/** Labels longer than this, in em, are shortened. */
const LONGEST = 16;

/** The search for the scale stops when it is this near. */
const PRECISION = 1.01;

/**
 * Lays the terms, which must be given strongest first, around the strongest. Sizes are proportional to
 * the roots of the counts, at the largest scale at which all find a place; when at the smallest
 * readable size they do not, the weakest are left out. The same terms are always laid in the same way.
 */
export function layout(terms: readonly Term[], options: LayoutOptions): Layout {
  const words = wordsOf(terms);
  const table = tableFor(options);
  const count = mostThatFit(words, table);
  const placements = largestThatFit(words.slice(0, count), table);
  return { placements, omitted: terms.length - placements.length };
}

type Word = {
  readonly term: Term;
  readonly label: string;
  readonly weight: Weight;
  readonly shape: Shape;
};

/** What all attempts share. */
type Table = {
  readonly area: Area;
  readonly smallest: number;
  readonly largest: number;
  readonly field: Field;
  readonly places: Places;
};

function tableFor({ area, smallest = 13, largest = area.height * 0.4 }: LayoutOptions): Table {
  const field = {
    columns: Math.max(0, Math.floor(area.width / CELL)),
    rows: Math.max(0, Math.floor(area.height / CELL)),
  };
  return { area, smallest, largest, field, places: placesFromMiddle(field) };
}

function wordsOf(terms: readonly Term[]): Word[] {
  const pen = scribe(LONGEST);
  return terms.flatMap((term, rank) => {
    const weight = weightOf(rank, terms.length);
    const label = labelOf(pen, term.text, weight);
    const shape = pen.shapeOf(label, weight);
    return shape ? [{ term, label, weight, shape }] : [];
  });
}

/** A twelfth of the words is drawn heaviest, two fifths lightest. */
function weightOf(rank: number, total: number): Weight {
  if (rank * 12 < total) return 900;
  return rank * 5 < total * 3 ? 700 : 500;
}

function labelOf({ widthOf }: Scribe, text: string, weight: Weight): string {
  const characters = Array.from(drawable(text)).slice(0, 100);
  if (widthOf(characters.join(''), weight) <= LONGEST) return characters.join('');
  while (widthOf(`${characters.join('')}…`, weight) > LONGEST) characters.pop();
  return `${characters.join('').trimEnd()}…`;
}

/** How many of the strongest words find a place when the weakest of them is as small as allowed. */
function mostThatFit(words: readonly Word[], table: Table): number {
  let [fits, tooMany] = [0, words.length + 1];
  for (let count = words.length; fits + 1 < tooMany; count = (fits + tooMany) >> 1) {
    const chosen = words.slice(0, count);
    if (attempt(chosen, smallestScale(chosen, table), table)) fits = count;
    else tooMany = count;
  }
  return fits;
}

/** The words at the largest scale that is found by halving. */
function largestThatFit(words: readonly Word[], table: Table): Placement[] {
  let low = smallestScale(words, table);
  let high = table.largest / rootOf(words[0]);
  let best = attempt(words, low, table) ?? [];
  while (high / low > PRECISION) {
    const scale = Math.sqrt(low * high);
    const better = attempt(words, scale, table);
    if (better) [low, best] = [scale, better];
    else high = scale;
  }
  return best;
}

/** All words at a scale (pixels a root of a count), or `null` when they do not fit. */
function attempt(words: readonly Word[], scale: number, table: Table): Placement[] | null {
  if (scale * rootOf(words[0]) > table.largest) return null;
  const sizes = words.map((word) => scale * rootOf(word));
  const tiles = words.map(({ shape }, index) => tileOf(shape, sizes[index] ?? 0));
  const spots = pack(tiles, table.field, table.places);
  return (
    spots?.flatMap((spot, index) => {
      const [word, size] = [words[index], sizes[index]];
      return word && size ? [placementOf(word, size, spot, table.area)] : [];
    }) ?? null
  );
}

function placementOf({ shape, ...word }: Word, size: number, spot: Spot, area: Area): Placement {
  const x = area.x + spot.column * CELL;
  const y = area.y + spot.row * CELL;
  return {
    ...word,
    x: x - shape.inkLeft * size,
    y: y + shape.inkTop * size,
    size,
    box: { x, y, width: shape.width * size, height: shape.height * size },
  };
}

function smallestScale(words: readonly Word[], { smallest }: Table): number {
  return smallest / rootOf(words.at(-1));
}

function rootOf(word: Word | undefined): number {
  return Math.sqrt(Math.max(1, word?.term.count ?? 1));
}
