import type { CanvasRenderingContext2D } from 'canvas';

import { canvasOf, fontOf, type Weight } from './fonts.ts';

/**
 * Sizes in pixels at which words are drawn once to learn their shapes; one a weight, because every other
 * size of a font costs far more. The heaviest words are the largest: of them it shows most.
 */
const EM: Readonly<Record<Weight, number>> = { 900: 64, 700: 32, 500: 32 };
const LARGEST_EM = Math.max(...Object.values(EM));

/**
 * The closed outline of a drawn word, row by row: what lies inside a letter or between two letters
 * belongs to the word. Pixels of a word of size `em`, so that one shape serves every size.
 */
export type Shape = {
  readonly em: number;
  /** From the start of the text to the leftmost ink. */
  readonly inkLeft: number;
  /** From the baseline up to the highest ink. */
  readonly inkTop: number;
  readonly width: number;
  readonly height: number;
  /** Of every row the first and the end of its ink, from the leftmost ink; empty when they are equal. */
  readonly starts: Int16Array;
  readonly ends: Int16Array;
};

/** A text in a weight. */
export type Label = { readonly text: string; readonly weight: Weight };

/** The sheet on which words are drawn side by side, in pixels; it is used as often as needed. */
const SHEET = { width: 4096, height: 1536 };
/** Around a text on the sheet, pixels: ink may begin before the pen does. */
const SIDE = Math.ceil(LARGEST_EM / 16) * 4;
/** Of a row of the sheet, in em: room above and below the baseline. */
const ABOVE = 1.35;
const BELOW = 0.55;
const rowOf = (em: number) => Math.ceil((ABOVE + BELOW) * em);
const baselineOf = (em: number) => Math.ceil(ABOVE * em);

/** How far texts move the pen, in em. */
export function measure({ text, weight }: Label): number {
  const context = sheet();
  context.font = fontOf(weight, EM[weight]);
  return context.measureText(text).width / EM[weight];
}

/** No text is wider, in em; found without asking the font. */
export function widestOf(text: string): number {
  let width = 0;
  for (const character of text)
    width +=
      /[\p{Lu}\p{N}\p{Ll}'.,:;!\-\s]/u.test(character) && !/[mwMW]/.test(character) ? 0.85 : 1.15;
  return width;
}

/** The shapes of texts, `null` for those that leave no ink. */
export function shapesOf(labels: readonly Label[]): (Shape | null)[] {
  const shapes: (Shape | null)[] = [];
  for (let from = 0; from < labels.length;) {
    const boxes = boxesFor(labels, from);
    shapes.push(...draw(labels.slice(from, from + boxes.length), boxes));
    from += boxes.length;
  }
  return shapes;
}

/** Where a text is on the sheet; all numbers are pixels, x and width multiples of four. */
type Box = {
  readonly em: number;
  readonly x: number;
  readonly y: number;
  readonly width: number;
};

/** Boxes on the sheet for as many labels as it holds. */
function boxesFor(labels: readonly Label[], from: number): Box[] {
  const boxes: Box[] = [];
  let [x, y, tall] = [0, 0, 0];
  for (const { text, weight } of labels.slice(from)) {
    const em = EM[weight];
    const width = Math.min(SHEET.width, Math.ceil((widestOf(text) * em) / 4) * 4 + 2 * SIDE);
    if (x + width > SHEET.width) [x, y, tall] = [0, y + tall, 0];
    tall = Math.max(tall, rowOf(em));
    if (y + tall > SHEET.height) break;
    boxes.push({ em, x, y, width });
    x += width;
  }
  return boxes;
}

function draw(labels: readonly Label[], boxes: readonly Box[]): (Shape | null)[] {
  const context = sheet();
  context.clearRect(0, 0, SHEET.width, SHEET.height);
  for (const [index, { text, weight }] of labels.entries()) {
    const { em = EM[weight], x = 0, y = 0 } = boxes[index] ?? {};
    context.font = fontOf(weight, em);
    context.fillText(text, x + SIDE, y + baselineOf(em));
  }
  const ink = context.canvas.toBuffer('raw');
  return boxes.map((box) => shapeIn(ink, context.canvas.stride, box));
}

let drawn: CanvasRenderingContext2D | undefined;

/** The sheet, which holds nothing but how much ink is where. */
function sheet(): CanvasRenderingContext2D {
  if (!drawn) {
    drawn = canvasOf(SHEET.width, SHEET.height).getContext('2d', { pixelFormat: 'A8' });
    drawn.textDrawingMode = 'glyph'; // ten times as fast as outlines
  }
  return drawn;
}

function shapeIn(ink: Uint8Array, stride: number, { em, x, y, width }: Box): Shape | null {
  const rows = rowOf(em);
  const four = new Uint32Array(ink.buffer, ink.byteOffset, ink.byteLength >> 2);
  const starts = new Int16Array(rows);
  const ends = new Int16Array(rows);
  let [top, bottom, left, right] = [rows, 0, width, 0];
  for (let row = 0; row < rows; row += 1) {
    const base = (y + row) * stride + x;
    let start = 0;
    while (start < width && four[(base + start) >> 2] === 0) start += 4;
    if (start === width) continue;
    let end = width;
    while (four[(base + end - 4) >> 2] === 0) end -= 4;
    while (ink[base + start] === 0) start += 1;
    while (ink[base + end - 1] === 0) end -= 1;
    starts[row] = start;
    ends[row] = end;
    top = Math.min(top, row);
    bottom = row + 1;
    left = Math.min(left, start);
    right = Math.max(right, end);
  }
  if (bottom === 0) return null;
  const shape = {
    starts: starts.subarray(top, bottom).map((start) => start - left),
    ends: ends.subarray(top, bottom).map((end) => Math.max(0, end - left)),
  };
  close(shape, right - left);
  return {
    em,
    inkLeft: left - SIDE,
    inkTop: baselineOf(em) - top,
    width: right - left,
    height: bottom - top,
    ...shape,
  };
}

/** Fills what lies between two inked places above each other, then beside each other. */
function close(rows: Pick<Shape, 'starts' | 'ends'>, width: number): void {
  const { starts, ends } = rows;
  const tops = new Int16Array(width).fill(starts.length);
  const bottoms = new Int16Array(width);
  for (let row = 0; row < starts.length; row += 1) {
    for (let column = Math.max(0, starts[row] ?? 0); column < (ends[row] ?? 0); column += 1) {
      if (row < (tops[column] ?? 0)) tops[column] = row;
      bottoms[column] = row + 1;
    }
  }
  starts.fill(width);
  ends.fill(0);
  for (let column = 0; column < width; column += 1) {
    for (let row = tops[column] ?? 0; row < (bottoms[column] ?? 0); row += 1) {
      if (column < (starts[row] ?? 0)) starts[row] = column;
      ends[row] = column + 1;
    }
  }
}
