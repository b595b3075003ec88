import type { Picture as BarePicture } from '../model/picture.ts';
import { areaOf, draw, type Labels, scaleOf, type Size } from './draw.ts';
import { supports } from './fonts.ts';
import { layout } from './layout.ts';
import { type CloudPost, rankTerms, strongest } from './terms.ts';

/** A word cloud. */
export type Picture = BarePicture & {
  /** How many terms it shows. */
  readonly terms: number;
  /** How many it should show and does not: no place was left, or the font has no letters for them. */
  readonly omitted: number;
};

/** How many terms a cloud shows at most. */
const TERMS = 150;

/** How many of the terms tell what it shows to those who cannot see it. */
const TOLD = 10;

/** In a picture of usual size no word is smaller, in pixels. */
const SMALLEST = 13;

/**
 * Draws what the posts are about. `null` when there is nothing to draw: no posts, or none with a word
 * that the font can write.
 *
 * @param size Pixels. @default 1600 × 900
 */
export function drawCloud(
  posts: readonly CloudPost[],
  labels: Labels,
  size: Size = { width: 1600, height: 900 },
): Picture | null {
  const ranked = rankTerms(posts);
  const shown = ranked.filter(({ text }) => supports(text)).slice(0, TERMS);
  const laid = layout(strongest(shown, TERMS), {
    area: areaOf(size),
    smallest: SMALLEST * scaleOf(size),
  });
  const last = shown.at(-1);
  if (!last || laid.placements.length === 0) return null;
  const unsupported = ranked.indexOf(last) + 1 - shown.length;
  return {
    mime: 'image/jpeg',
    bytes: draw(laid, { ...labels, ...size }),
    alt: laid.placements.slice(0, TOLD).map(({ label }) => label),
    ...size,
    terms: laid.placements.length,
    omitted: laid.omitted + unsupported,
  };
}
