import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import { type Canvas, createCanvas, registerFont } from 'canvas';

import { type Charset, readCharset } from './charset.ts';

/** The weights in which words are drawn, heaviest first. */
export const WEIGHTS = [900, 700, 500] as const;
export type Weight = (typeof WEIGHTS)[number];

/** A font: its package, the letters in its files' names, and a name that no font of the machine has. */
type Typeface = {
  readonly package: string;
  readonly script: string;
  readonly family: string;
  /** The program runs without it. */
  readonly optional: boolean;
};

/** Chinese, kana and common Latin; all of Latin, Greek, Cyrillic; Hangul, where it is installed. */
const TYPEFACES: readonly Typeface[] = [
  {
    package: '@expo-google-fonts/noto-sans-sc',
    script: 'NotoSansSC',
    family: 'Dawn Chorus Cloud',
    optional: false,
  },
  {
    package: '@expo-google-fonts/noto-sans',
    script: 'NotoSans',
    family: 'Dawn Chorus Cloud Latin',
    optional: false,
  },
  {
    package: '@expo-google-fonts/noto-sans-kr',
    script: 'NotoSansKR',
    family: 'Dawn Chorus Cloud Hangul',
    optional: true,
  },
];

/** The families, the first that has a character draws it: a part of a canvas' `font`. */
export const FAMILIES = TYPEFACES.map(({ family }) => `"${family}"`).join(', ');

const NAMES = { 900: '900Black', 700: '700Bold', 500: '500Medium' } as const satisfies Record<
  Weight,
  string
>;

/** An empty canvas that knows the fonts. Pixels. */
export function canvasOf(width: number, height: number): Canvas {
  register();
  return createCanvas(width, height);
}

/** The value of a canvas' `font`. `size` in pixels. */
export function fontOf(weight: Weight, size: number): string {
  return `${weight} ${size}px ${FAMILIES}`;
}

/**
 * Whether every character of the text can be drawn. What the font lacks must never reach the canvas,
 * which would take it from whatever other font the machine has, or draw a box.
 */
export function supports(text: string): boolean {
  return Array.from(text).every(hasGlyph);
}

/**
 * The text as it can be drawn, on one line: words with a letter that no font has are left out whole,
 * other characters without a glyph by themselves; apostrophes are narrow.
 */
export function drawable(text: string): string {
  const line = text.normalize('NFC').replace(/\s+/g, ' ').replaceAll('’', "'");
  return Array.from(line.replace(WORD, (word) => (supports(word) ? word : '')))
    .filter(hasGlyph)
    .join('')
    .replace(/ +/g, ' ')
    .trim();
}

/** Letters that make up one word; Chinese and kana stand for words one by one. */
const WORD =
  /(?:(?![\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}])[\p{L}\p{M}\p{N}])+(?:['-][\p{L}\p{M}\p{N}]+)*/gu;

function hasGlyph(character: string): boolean {
  return !INVISIBLE.test(character) && charsets().some((charset) => charset.has(character));
}

/** Control and format characters, and what only changes the look of the character before it. */
const INVISIBLE = /[\p{C}\p{Zl}\p{Zp}\p{Variation_Selector}]/u;

let registered = false;

/** canvas keeps registered fonts for the life of the process, and wants them before the first canvas. */
function register(): void {
  if (registered) return;
  registered = true;
  for (const typeface of TYPEFACES) {
    for (const weight of WEIGHTS) {
      const file = fileOf(typeface, weight);
      if (file) registerFont(file, { family: typeface.family, weight: String(weight) });
    }
  }
}

let known: readonly Charset[] | undefined;

/** The characters of the fonts, a constant; the three weights have the same. */
function charsets(): readonly Charset[] {
  known ??= TYPEFACES.flatMap((typeface) => {
    const file = fileOf(typeface, 900);
    return file ? [readCharset(readFileSync(file))] : [];
  });
  return known;
}

/** The path of a font file; `null` when its package need not be installed and is not. */
function fileOf(typeface: Typeface, weight: Weight): string | null {
  const name = NAMES[weight];
  try {
    const file = `${typeface.package}/${name}/${typeface.script}_${name}.ttf`;
    return fileURLToPath(import.meta.resolve(file));
  } catch (error) {
    if (typeface.optional) return null;
    throw error;
  }
}

/** A package of fonts, and whether the program runs without it. */
export type FontPackage = Pick<Typeface, 'package' | 'optional'>;

/** The packages of fonts that are not installed, or not whole. */
export function missingFonts(): FontPackage[] {
  return TYPEFACES.filter((typeface) => !WEIGHTS.every((weight) => isThere(typeface, weight)));
}

function isThere(typeface: Typeface, weight: Weight): boolean {
  try {
    const file = fileOf(typeface, weight);
    return file !== null && existsSync(file);
  } catch {
    return false;
  }
}
