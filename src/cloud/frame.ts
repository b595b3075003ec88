import type { Canvas, CanvasRenderingContext2D } from 'canvas';

import { canvasOf, drawable, fontOf, type Weight } from './fonts.ts';
import { toIndexedPng } from './indexed.ts';
import type { Area } from './layout.ts';
import { type Palette, PALETTES, type Theme } from './palette.ts';

/** Measures of a picture in pixels. */
export type Size = { readonly width: number; readonly height: number };

/** What stands around what is drawn. Characters that cannot be drawn are left out. */
export type Labels = {
  readonly title: string;
  readonly date: string;
  readonly caption: string;
};

/** JPEG for pages, PNG for chats, which make worse JPEGs of JPEGs. */
export const FORMATS = ['jpeg', 'png'] as const;
export type Format = (typeof FORMATS)[number];

/** A picture of usual size, for which the measures below are meant; other sizes scale them. */
export const USUAL = { width: 1600, height: 900 };
const MARGIN = 64;
const HEADER = 132;
const FOOTER = 80;

/** Quality of the JPEG, 0 … 1. */
const QUALITY = 0.9;

/** Where in a picture of a size there is room between title and caption. */
export function areaOf(size: Size): Area {
  const scale = scaleOf(size);
  return {
    x: Math.round(MARGIN * scale),
    y: Math.round(HEADER * scale),
    width: Math.floor(size.width - 2 * MARGIN * scale),
    height: Math.floor(size.height - (HEADER + FOOTER) * scale),
  };
}

/** How much larger than usual a picture of a size is. */
export function scaleOf({ width, height }: Size): number {
  return Math.min(width / USUAL.width, height / USUAL.height);
}

/** A sheet that is begun: its ground, title, date and caption. */
export function framed(labels: Labels, size: Size, theme: Theme): Canvas {
  const canvas = canvasOf(size.width, size.height);
  const context = canvas.getContext('2d');
  context.fillStyle = PALETTES[theme].ground;
  context.fillRect(0, 0, size.width, size.height);
  drawFrame(context, { ...labels, ...size }, PALETTES[theme]);
  return canvas;
}

/** A sheet as a file of a format. */
export function encode(canvas: Canvas, format: Format): Buffer {
  return format === 'png'
    ? toIndexedPng(canvas)
    : canvas.toBuffer('image/jpeg', { quality: QUALITY });
}

/** Title and date above, the caption below. */
function drawFrame(
  context: CanvasRenderingContext2D,
  options: Labels & Size,
  { ink, quiet }: Palette,
): void {
  const scale = scaleOf(options);
  const left = MARGIN * scale;
  const right = options.width - left;
  const header = 88 * scale;
  const date = lineOf(context, options.date, 500, 24 * scale, (right - left) / 3);
  context.fillStyle = quiet;
  context.fillText(date.text, right - date.width, header);
  const title = lineOf(context, options.title, 900, 44 * scale, right - left - date.width - left);
  context.fillStyle = ink;
  context.fillText(title.text, left, header);
  const caption = lineOf(context, options.caption, 500, 20 * scale, right - left);
  context.fillStyle = quiet;
  context.fillText(caption.text, left, options.height - 40 * scale);
}

/** Characters of a line that are looked at. */
const LONGEST = 200;

/** Sets the font, and makes the text drawable and short enough for a width in pixels. */
export function lineOf(
  context: CanvasRenderingContext2D,
  text: string,
  weight: Weight,
  size: number,
  width: number,
): { readonly text: string; readonly width: number } {
  context.font = fontOf(weight, size);
  const measure = (line: string) => context.measureText(line).width;
  const whole = Array.from(drawable(text));
  const characters = whole.slice(0, LONGEST); // what is much longer, cairo cannot measure
  let line = characters.join('') + (whole.length > LONGEST ? '…' : '');
  while (characters.length > 0 && measure(line) > width) {
    characters.pop();
    line = `${characters.join('').trimEnd()}…`;
  }
  return { text: line, width: measure(line) };
}
