/** Grounds on which a picture is drawn. */
export const THEMES = ['light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];

/** The colours of a theme; all that is written can be read on its ground. */
export type Palette = {
  readonly ground: string;
  /** Title, and words of no theme of the report. */
  readonly ink: string;
  /** Date, caption, axes. */
  readonly quiet: string;
  /** Rules under rows: seen, not read. */
  readonly line: string;
  /** One a theme of the report, neighbours far apart. */
  readonly hues: readonly string[];
};

/** Teal, vermilion, indigo, ochre, plum, moss, rose, blue, umber: on warm paper, and on a warm night. */
export const PALETTES: Readonly<Record<Theme, Palette>> = {
  light: {
    ground: '#fbf6ec',
    ink: '#34302c',
    quiet: '#756b60',
    line: '#e9e0d0',
    hues: [
      '#0e6b6e',
      '#c2432a',
      '#3a4f97',
      '#946108',
      '#7d3c72',
      '#4e6d2a',
      '#b0385f',
      '#1f74a6',
      '#7a4a2b',
    ],
  },
  dark: {
    ground: '#1f1c1a',
    ink: '#f3ede3',
    quiet: '#a89e92',
    line: '#37322e',
    hues: [
      '#56c2bd',
      '#f08a6c',
      '#9db1f2',
      '#e2b252',
      '#d69bcb',
      '#a5c973',
      '#f08ea8',
      '#78c0ea',
      '#cfa283',
    ],
  },
};

/** The colour of a theme of the report by its index. */
export function colourOf(theme: number | null, { ink, hues }: Palette): string {
  return theme === null ? ink : (hues[theme % hues.length] ?? ink);
}
