import type { ImageData } from 'canvas';

import { canvasOf, fontOf, type Weight } from './fonts.ts';

/** Size in pixels at which a word is drawn once to learn its shape. */
const EM = 64;

/**
 * The closed outline of a drawn word, row by row: what lies inside a letter or between two letters
 * belongs to the word. All numbers are in em, so that one shape serves every size.
 */
export type Shape = {
  /** From the start of the text to the leftmost ink. */
  readonly inkLeft: number;
  /** From the baseline up to the highest ink. */
  readonly inkTop: number;
  readonly width: number;
  readonly height: number;
  /** Height of a row. */
  readonly step: number;
  /** Of every row the first and the end of its ink, from the leftmost ink. */
  readonly rows: readonly Span[];
};

/** From `start` up to, without, `end`; empty when they are equal. */
export type Span = { readonly start: number; readonly end: number };

/** What a word will look like. All numbers are in em. */
export type Scribe = {
  /** How far a text moves the pen. */
  readonly widthOf: (text: string, weight: Weight) => number;
  /** The shape of a text no wider than the scribe was made for; `null` when it leaves no ink. */
  readonly shapeOf: (text: string, weight: Weight) => Shape | null;
};

/** Draws each word once, on one canvas that holds texts up to `longest` em. */
export function scribe(longest: number): Scribe {
  const canvas = canvasOf((longest + 2) * EM, 3 * EM);
  const context = canvas.getContext('2d');
  const widthOf = (text: string, weight: Weight) => {
    context.font = fontOf(weight, EM);
    return context.measureText(text).width / EM;
  };
  const shapeOf = (text: string, weight: Weight) => {
    const width = Math.ceil((widthOf(text, weight) + 2) * EM);
    context.clearRect(0, 0, canvas.width, canvas.height);
    context.fillText(text, EM, 2 * EM);
    return shapeFrom(closed(inkOf(context.getImageData(0, 0, width, canvas.height))));
  };
  return { widthOf, shapeOf };
}

/** Of every row of a picture, from its first to its last pixel that is not empty. */
function inkOf({ data, width, height }: ImageData): Span[] {
  const pixels = new Uint32Array(data.buffer, data.byteOffset, width * height);
  return Array.from({ length: height }, (_, y) => {
    let start = y * width;
    let end = start + width;
    while (start < end && pixels[start] === 0) start += 1;
    while (end > start && pixels[end - 1] === 0) end -= 1;
    return start === end ? NOTHING : { start: start - y * width, end: end - y * width };
  });
}

const NOTHING: Span = { start: 0, end: 0 };

function shapeFrom(rows: readonly Span[]): Shape | null {
  const top = rows.findIndex(hasInk);
  if (top < 0) return null;
  const inked = rows.slice(top, rows.findLastIndex(hasInk) + 1);
  const left = Math.min(...inked.filter(hasInk).map((row) => row.start));
  const right = Math.max(...inked.filter(hasInk).map((row) => row.end));
  return {
    inkLeft: left / EM - 1,
    inkTop: 2 - top / EM,
    width: (right - left) / EM,
    height: inked.length / EM,
    step: 1 / EM,
    rows: inked.map((row) =>
      hasInk(row) ? { start: (row.start - left) / EM, end: (row.end - left) / EM } : NOTHING,
    ),
  };
}

/** Fills what lies between two inked places above each other, then beside each other. */
function closed(rows: readonly Span[]): Span[] {
  return turned(turned(rows));
}

/** The spans of the columns of a picture of rows; of its rows when columns are given. */
function turned(lines: readonly Span[]): Span[] {
  const length = Math.max(0, ...lines.map(({ end }) => end));
  const starts = new Uint16Array(length);
  const ends = new Uint16Array(length);
  for (const [line, { start, end }] of lines.entries()) {
    for (let place = start; place < end; place += 1) {
      if (ends[place] === 0) starts[place] = line;
      ends[place] = line + 1;
    }
  }
  return Array.from(ends, (end, place) => ({ start: starts[place] ?? 0, end }));
}

function hasInk(span: Span): boolean {
  return span.end > span.start;
}
