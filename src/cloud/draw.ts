import type { Canvas } from 'canvas';

import { fontOf } from './fonts.ts';
import { encode, type Format, framed, type Labels, type Size } from './frame.ts';
import type { Placement } from './layout.ts';
import { colourOf, PALETTES, type Theme } from './palette.ts';

/** What words are drawn with. */
export type DrawOptions = Labels &
  Size & {
    /** @default 'light' */
    readonly theme?: Theme;
    /** @default 'jpeg' */
    readonly format?: Format;
  };

/** The picture in its format. */
export function draw(placements: readonly Placement[], options: DrawOptions): Buffer {
  return encode(paint(placements, options), options.format ?? 'jpeg');
}

/** The picture as a canvas. */
export function paint(placements: readonly Placement[], options: DrawOptions): Canvas {
  const { theme = 'light' } = options;
  const canvas = framed(options, options, theme);
  const context = canvas.getContext('2d');
  for (const { label, x, y, size, weight, term } of placements) {
    context.font = fontOf(weight, size);
    context.fillStyle = colourOf(term.theme, PALETTES[theme]);
    context.fillText(label, x, y);
  }
  return canvas;
}
