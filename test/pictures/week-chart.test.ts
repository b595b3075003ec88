import { describe, expect, it } from 'vitest';

import { encode } from '../../src/cloud/frame.ts';
import { PALETTES } from '../../src/cloud/palette.ts';
import type { Trend } from '../../src/model/week.ts';
import { drawWeek, type WeekChart } from '../../src/pictures/week-chart.ts';

const DAYS = ['2026-10-08', '2026-10-09', '2026-10-10', '2026-10-11', '2026-10-12'];
const LABELS = {
  title: 'Twitter AI: the week',
  date: '2026-10-08 – 2026-10-12',
  caption: 'posts by day',
  courses: { new: 'new', 'going-on': '', faded: 'faded' },
};

const trend = (course: Trend['course'], posts: Trend['posts'], name = 'Lumen 7 · price') => ({
  name,
  course,
  posts,
});

function drawn(...trends: Trend[]): WeekChart {
  const chart = drawWeek({ days: DAYS, trends }, LABELS);
  if (!chart) throw new Error('nothing was drawn');
  return chart;
}

/** Pixels of exactly this colour. */
function inked({ canvas }: WeekChart, colour: string): number {
  const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
  const [red, green, blue] = [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16));
  let count = 0;
  for (let at = 0; at < data.length; at += 4) {
    if (data[at] === red && data[at + 1] === green && data[at + 2] === blue) count += 1;
  }
  return count;
}

const [first = '', second = ''] = PALETTES.light.hues;

describe('the picture of a week', () => {
  it('has circles whose areas are in proportion to the posts', () => {
    const two = drawn(
      trend('going-on', [0, 0, 0, 0, 100], '.'),
      trend('going-on', [0, 0, 0, 0, 25], '.'),
    );
    expect(inked(two, first) / inked(two, second)).toBeCloseTo(4, 0);
  });

  it('tells in words what it shows', () => {
    const { alt } = drawn(
      trend('new', [0, 0, null, 0, 2]),
      trend('going-on', [1, 0, null, 2, 3], 'agents'),
    );
    expect(alt).toEqual(['Lumen 7 · price (new): 0, 0, –, 0, 2', 'agents: 1, 0, –, 2, 3']);
  });

  it('sets what faded in a quiet colour', () => {
    const chart = drawn(trend('faded', [9, 9, 0, 0, 0]));
    expect(inked(chart, first)).toBe(0);
    expect(inked(chart, PALETTES.light.quiet)).toBeGreaterThan(1000);
  });

  it('draws the same bytes for the same week, in every size and theme that is asked for', () => {
    const week = { days: DAYS, trends: [trend('new', [0, 0, 0, 0, 2])] };
    for (const theme of ['light', 'dark'] as const) {
      const draw = () => drawWeek(week, LABELS, { width: 1080, height: 1920, theme });
      const [one, other] = [draw(), draw()];
      expect(one?.canvas).toMatchObject({ width: 1080, height: 1920 });
      expect(one && encode(one.canvas, 'png')).toEqual(other && encode(other.canvas, 'png'));
    }
  });

  it('takes names of any content and length, and days without a single report', () => {
    const names = [
      'x'.repeat(3000),
      'مرحبا · Lumen',
      '长'.repeat(3000),
      '{{ x }}\u0000\n',
      'T'.repeat(100_000),
    ];
    const odd = names.map((name) => trend('going-on', [null, null, null, null, 1e9], name));
    expect(drawn(...odd).alt).toHaveLength(names.length);
  });

  it('leaves out themes that the fonts cannot name', () => {
    const nameless = ['', '😀', 'مرحبا · عربي'].map((name) => trend('new', [0, 0, 0, 0, 2], name));
    expect(drawn(trend('new', [0, 0, 0, 0, 2]), ...nameless).alt).toHaveLength(1);
    expect(drawWeek({ days: DAYS, trends: nameless }, LABELS)).toBeNull();
  });

  it('is not drawn where there is no theme', () => {
    expect(drawWeek({ days: DAYS, trends: [] }, LABELS)).toBeNull();
  });
});
