/** The warm light ground. */
export const GROUND = '#fbf6ec';

/** Title, and words of no theme. */
export const INK = '#34302c';

/** Date and caption. */
export const QUIET = '#82786c';

/** One hue a theme, neighbours far apart; each dark enough to be read on the ground. */
export const HUES = [
  '#0e6b6e', // deep teal
  '#c2432a', // vermilion
  '#3a4f97', // indigo
  '#946108', // ochre
  '#7d3c72', // plum
  '#4e6d2a', // moss
  '#b0385f', // rose
  '#1f74a6', // blue
  '#7a4a2b', // umber
] as const;

/** The colour of a theme by its index. */
export function colourOf(theme: number | null): string {
  return theme === null ? INK : (HUES[theme % HUES.length] ?? INK);
}
