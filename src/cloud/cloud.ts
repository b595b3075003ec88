import type { Canvas } from 'canvas';

import { paint } from './draw.ts';
import { supports } from './fonts.ts';
import { areaOf, type Labels, scaleOf, type Size, USUAL } from './frame.ts';
import { layout, type Placement } from './layout.ts';
import type { Theme } from './palette.ts';
import { type CloudPost, rankTerms, strongest, type Term } from './terms.ts';

/** A word cloud that is drawn. */
export type Cloud = {
  readonly canvas: Canvas;
  /** Its strongest terms, for readers who cannot see it. */
  readonly alt: readonly string[];
  /** How many terms it shows. */
  readonly terms: number;
  /** How many it should show and does not: no place was left, or the font has no letters for them. */
  readonly omitted: number;
};

/** Measures in pixels, 1600 × 900 when not given, and the ground, light when not given. */
export type Look = Partial<Size> & { readonly theme?: Theme };

/** How many terms a cloud shows at most. */
const TERMS = 150;

/** How many of the terms tell what it shows to those who cannot see it. */
const TOLD = 10;

/** In a picture of usual size no word is smaller, in pixels. */
const SMALLEST = 13;

/**
 * Draws what the posts are about. `null` when there is nothing to draw: no posts, or none with a word
 * that the font can write.
 */
export function drawCloud(
  posts: readonly CloudPost[],
  labels: Labels,
  look: Look = {},
): Cloud | null {
  const { width, height, theme } = { ...USUAL, theme: 'light' as const, ...look };
  const size = { width, height };
  const ranked = rankTerms(posts);
  const shown = ranked.filter(({ text }) => supports(text)).slice(0, TERMS);
  const placements = layReadable(strongest(shown, TERMS), size);
  const last = shown.at(-1);
  if (!last || placements.length === 0) return null;
  return {
    canvas: paint(placements, { ...labels, ...size, theme }),
    alt: placements.slice(0, TOLD).map(({ label }) => label),
    terms: placements.length,
    omitted: ranked.indexOf(last) + 1 - placements.length,
  };
}

/** As many of the terms, strongest first, as can be read when all of them are laid. */
function layReadable(terms: readonly Term[], size: Size): Placement[] {
  const scale = scaleOf(size);
  for (let count = terms.length; ; count = Math.floor(count * FEWER)) {
    const area = areaOf(size);
    const placements = layout(terms.slice(0, count), { area, gap: GAP * scale, beside });
    const smallest = placements.at(-1)?.size ?? Infinity;
    if (smallest >= SMALLEST * scale || count <= 1) return placements;
  }
}

/** Where words would be too small to be read, so much fewer are tried. */
const FEWER = 0.8;

/** Ink of two words is so far apart in a picture of usual size, in pixels. */
const GAP = 4;

/** More than between the words of a phrase, so that two are not read as one; large words need less. */
function beside(size: number): number {
  return Math.max(0.15 * size, Math.min(0.34 * size, 12 + 0.1 * size));
}
