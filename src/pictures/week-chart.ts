import type { Canvas } from 'canvas';
import {
  BubbleController,
  CategoryScale,
  Chart,
  type ChartDataset,
  type ChartOptions,
  PointElement,
} from 'chart.js';

import { canvasOf, drawable, FAMILIES, fontOf } from '../cloud/fonts.ts';
import { areaOf, framed, type Labels, lineOf, scaleOf, type Size, USUAL } from '../cloud/frame.ts';
import { colourOf, type Palette, PALETTES, type Theme } from '../cloud/palette.ts';
import type { Course, Trend, Week } from '../model/week.ts';

Chart.register(BubbleController, PointElement, CategoryScale);

/** A week that is drawn. */
export type WeekChart = {
  readonly canvas: Canvas;
  /** A theme a text: its name, course and figures. */
  readonly alt: readonly string[];
};

/** What stands around the bubbles, and beside those of a course. */
export type WeekLabels = Labels & { readonly courses: Readonly<Record<Course, string>> };

/**
 * Draws how much each theme was talked about on each day: a row a theme, a column a day, the area of a
 * bubble in proportion to the posts. Themes that the fonts cannot name are left out. `null` when there
 * is none to show.
 */
export function drawWeek(
  week: Week,
  labels: WeekLabels,
  { theme = 'light', ...size }: Size & { readonly theme?: Theme } = USUAL,
): WeekChart | null {
  const trends = week.trends.filter((trend) => wordsOf(trend).length > 0);
  return trends.length === 0 ? null : drawTrends({ ...week, trends }, labels, size, theme);
}

function drawTrends(week: Week, labels: WeekLabels, size: Size, theme: Theme): WeekChart {
  const canvas = framed(labels, size, theme);
  const area = areaOf(size);
  const sheet = canvasOf(area.width, area.height);
  const style = { palette: PALETTES[theme], scale: scaleOf(size), area };
  const chart = new Chart<'bubble', Bubble[]>(sheet, {
    type: 'bubble',
    data: { datasets: bubblesOf(week, style) },
    options: optionsFor(week, labels, style),
  });
  writeFigures(chart, sheet, week, style);
  canvas.getContext('2d').drawImage(sheet, area.x, area.y);
  chart.destroy();
  return { canvas, alt: week.trends.map((trend) => inWords(trend, labels)) };
}

/** How the chart is drawn: sizes below are meant for a picture of usual size. */
type Style = { readonly palette: Palette; readonly scale: number; readonly area: Size };

/** A day's posts of a theme: column and row by their labels, radius in pixels. */
type Bubble = { readonly x: string; readonly y: string; readonly r: number };

/** What of the width the names take, and what of a row or column the largest bubble. */
const NAMES = 0.3;
const LARGEST = 0.46;
const COURSES = 0.1;
const TEXT = 22;
const SMALL_TEXT = 18;

function bubblesOf(
  { days, trends }: Week,
  { palette, area }: Style,
): ChartDataset<'bubble', Bubble[]>[] {
  const most = Math.max(1, ...trends.flatMap(({ posts }) => posts.map((count) => count ?? 0)));
  const column = (area.width * (1 - NAMES - COURSES)) / days.length;
  const largest = LARGEST * Math.min(column, area.height / (trends.length + 1));
  return trends.map((trend, row) => ({
    data: days.map((day, place) => ({
      x: day,
      y: String(row),
      r: largest * Math.sqrt((trend.posts[place] ?? 0) / most),
    })),
    backgroundColor: colourOfTrend(trend, row, palette),
    borderWidth: 0,
    clip: false,
  }));
}

function optionsFor(
  { days, trends }: Week,
  { courses }: WeekLabels,
  { palette, scale, area }: Style,
): ChartOptions<'bubble'> {
  const rows = trends.map((_, row) => String(row));
  const font = { family: FAMILIES, size: TEXT * scale };
  const grid = { color: palette.line, lineWidth: scale };
  const hueOf = ({ index }: { index: number }) => {
    const trend = trends[index];
    return trend ? colourOfTrend(trend, index, palette) : palette.ink;
  };
  const width = Math.round(area.width * NAMES);
  return {
    animation: false,
    responsive: false,
    devicePixelRatio: 1,
    events: [],
    scales: {
      x: {
        type: 'category',
        labels: [...days],
        position: 'top',
        offset: true,
        border: { display: false },
        grid: { display: false },
        ticks: {
          color: ({ index }: { index: number }) =>
            index === days.length - 1 ? palette.ink : palette.quiet,
          font: (tick: { index: number }) => ({
            ...font,
            weight: tick.index === days.length - 1 ? 900 : 500,
          }),
          maxRotation: 0,
          callback: (day) => days[Number(day)]?.slice('YYYY-'.length) ?? '',
        },
      },
      y: {
        type: 'category',
        labels: rows,
        offset: true,
        border: { display: false },
        grid,
        afterFit: (axis) => (axis.width = width),
        ticks: {
          color: hueOf,
          font: { ...font, weight: 700 },
          crossAlign: 'far',
          autoSkip: false,
          callback: (row) => nameIn(trends[Number(row)], font.size, width - font.size),
        },
      },
      courses: {
        type: 'category',
        axis: 'y',
        labels: rows,
        position: 'right',
        offset: true,
        border: { display: false },
        grid: { display: false },
        afterFit: (axis) => (axis.width = area.width * COURSES),
        ticks: {
          color: hueOf,
          font: { ...font, size: SMALL_TEXT * scale, weight: 700 },
          autoSkip: false,
          callback: (row) => courses[trends[Number(row)]?.course ?? 'going-on'],
        },
      },
    },
  };
}

/**
 * Writes each bubble's number of posts into it, or beside it where it does not fit; a day without a
 * report has a dash.
 */
function writeFigures(
  chart: Chart<'bubble', Bubble[]>,
  sheet: Canvas,
  { trends }: Week,
  { palette, scale }: Style,
): void {
  const context = sheet.getContext('2d');
  const size = SMALL_TEXT * scale;
  context.font = fontOf(700, size);
  for (const [row, { posts }] of trends.entries()) {
    for (const [place, { x, y }] of chart.getDatasetMeta(row).data.entries()) {
      const count = posts[place] ?? null;
      if (count === 0) continue;
      const figure = count === null ? '–' : String(count);
      const radius = chart.data.datasets[row]?.data[place]?.r ?? 0;
      const { width } = context.measureText(figure);
      const fits = Math.max(width, size) < 1.7 * radius;
      const inside = fits || count === null;
      context.fillStyle = fits ? palette.ground : palette.quiet;
      context.fillText(figure, inside ? x - width / 2 : x + radius + size / 3, y + size * 0.36);
    }
  }
}

/** The colour of a row; what faded is quiet. */
function colourOfTrend({ course }: Trend, row: number, palette: Palette): string {
  return course === 'faded' ? palette.quiet : colourOf(row, palette);
}

/** As many of a name's words as there is room for, in pixels; its dots are as wide as a Chinese character. */
function nameIn(trend: Trend | undefined, size: number, width: number): string {
  const context = canvasOf(1, 1).getContext('2d');
  const words = trend ? wordsOf(trend) : [];
  const fits = (name: string) => lineOf(context, name, 700, size, Infinity).width <= width;
  while (words.length > 1 && !fits(words.join(', '))) words.pop();
  return lineOf(context, words.join(', '), 700, size, width).text;
}

/** The words of a theme's name that can be drawn. */
function wordsOf({ name }: Trend): string[] {
  return name.split(' · ').flatMap((word) => drawable(word) || []);
}

/** "Lumen 7 · price (new): 0, –, 3" */
function inWords({ name, course, posts }: Trend, { courses }: WeekLabels): string {
  const about = courses[course] === '' ? '' : ` (${courses[course]})`;
  return `${name}${about}: ${posts.map((count) => count ?? '–').join(', ')}`;
}
