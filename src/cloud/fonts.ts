import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import { type Canvas, createCanvas, registerFont } from 'canvas';
// oxlint-disable-next-line import/default -- Node loads its CommonJS file, which has nothing else
import opentype, { type Font } from 'opentype.js';

/** The weights in which words are drawn, heaviest first. */
export const WEIGHTS = [900, 700, 500] as const;
export type Weight = (typeof WEIGHTS)[number];

/** A name of our own, so that no font of the machine answers to it. */
const FAMILY = 'Dawn Chorus Cloud';

const FILES = {
  900: '900Black/NotoSansSC_900Black.ttf',
  700: '700Bold/NotoSansSC_700Bold.ttf',
  500: '500Medium/NotoSansSC_500Medium.ttf',
} as const satisfies Record<Weight, string>;

/** An empty canvas that knows the fonts. Pixels. */
export function canvasOf(width: number, height: number): Canvas {
  register();
  return createCanvas(width, height);
}

/** The value of a canvas' `font`. `size` in pixels. */
export function fontOf(weight: Weight, size: number): string {
  return `${weight} ${size}px "${FAMILY}"`;
}

/**
 * Whether every character of the text can be drawn. What the font lacks must never reach the canvas,
 * which would take it from whatever other font the machine has, or draw a box.
 */
export function supports(text: string): boolean {
  return Array.from(text).every(hasGlyph);
}

/** The text as it can be drawn: characters without a glyph left out, apostrophes narrow, on one line. */
export function drawable(text: string): string {
  return Array.from(text.normalize('NFC').replace(/\s+/g, ' ').replaceAll('’', "'"))
    .filter(hasGlyph)
    .join('')
    .trim();
}

function hasGlyph(character: string): boolean {
  return !INVISIBLE.test(character) && charset().charToGlyphIndex(character) !== 0;
}

/** Control and format characters, and what only changes the look of the character before it. */
const INVISIBLE = /[\p{C}\p{Zl}\p{Zp}\p{Variation_Selector}]/u;

let registered = false;

/** canvas keeps registered fonts for the life of the process, and wants them before the first canvas. */
function register(): void {
  if (registered) return;
  registered = true;
  for (const weight of WEIGHTS) {
    registerFont(pathOf(weight), { family: FAMILY, weight: String(weight) });
  }
}

let parsed: Font | undefined;

/** The characters of the font, a constant; the three weights have the same. Read once, in 0.1 s. */
function charset(): Font {
  if (!parsed) {
    const { buffer, byteOffset, byteLength } = readFileSync(pathOf(900));
    const file = buffer.slice(byteOffset, byteOffset + byteLength);
    parsed = opentype.parse(file, { lowMemory: true });
  }
  return parsed;
}

function pathOf(weight: Weight): string {
  return fileURLToPath(import.meta.resolve(`@expo-google-fonts/noto-sans-sc/${FILES[weight]}`));
}
