import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { layout, type Placement } from '../../src/cloud/layout.ts';
import type { Term } from '../../src/cloud/terms.ts';
import { type Ink, inkOf, meet } from './ink.ts';

const area = { x: 64, y: 132, width: 1472, height: 688 };

const LETTERS = 'abcdefghijlmnopqrstuvwxyzABCEGOQTVY0123456789.-@#'.split('');
const HAN = '的一二三大模型开源人工智能中国新闻口回龙鸣'.split('');

const word = fc.oneof(
  fc.string({ unit: fc.constantFrom(...LETTERS), minLength: 1, maxLength: 16 }),
  fc.string({ unit: fc.constantFrom(...HAN), minLength: 1, maxLength: 9 }),
);

const termList = fc
  .array(
    fc.record({ text: word, count: fc.integer({ min: 1, max: 400 }), theme: fc.constant(null) }),
    {
      maxLength: 40,
    },
  )
  .map((list) => list.toSorted((a, b) => b.count - a.count));

/** As many terms as a usual day has, with counts as they usually fall. */
function usualDay(length = 150): Term[] {
  return Array.from({ length }, (_, index) => ({
    text: `${['agents', 'Claude Code', '大模型', 'Gym', 'open source', '新型冠状病毒'][index % 6]}${index % 7}`,
    count: Math.ceil(200 / (index + 1)) + 1,
    theme: index % 5,
  }));
}

type Inked = { readonly label: string; readonly ink: Ink };

/** The words as they are drawn, each read back once. */
const drawn = (placements: readonly Placement[]): Inked[] =>
  placements.map((placement) => ({ label: placement.label, ink: inkOf(placement) }));

function touching(words: readonly Inked[], gap: number): string[] {
  return words.flatMap((one, index) =>
    words
      .slice(index + 1)
      .filter((other) => meet(one.ink, other.ink, gap))
      .map((other) => `${one.label} | ${other.label}`),
  );
}

function outside(words: readonly Inked[]): string[] {
  const isInside = ({ ink }: Inked) =>
    [...ink].every(
      ([row, [start, end]]) =>
        row >= area.y - 1 &&
        row <= area.y + area.height &&
        start >= area.x - 1 &&
        end <= area.x + area.width + 1,
    );
  return words.filter((one) => !isInside(one)).map(({ label }) => label);
}

/** The properties of a layout are looked at in the same lists, so that each is laid out once. */
const SAME_LISTS = { seed: 2, numRuns: 100 };

const known = new Map<string, Placement[]>();

function laid(terms: Term[]): Placement[] {
  const key = JSON.stringify(terms);
  const placements = known.get(key) ?? layout(terms, { area });
  known.set(key, placements);
  return placements;
}

describe('layout', () => {
  it('places every term, whatever the terms', () => {
    fc.assert(
      fc.property(termList, (terms) => {
        expect(laid(terms).map(({ term }) => term)).toEqual(terms);
      }),
      SAME_LISTS,
    );
  });

  it('keeps the ink of all words apart and inside the area', () => {
    fc.assert(
      fc.property(termList, (terms) => {
        const words = drawn(laid(terms));
        expect(touching(words, 4)).toEqual([]);
        expect(outside(words)).toEqual([]);
      }),
      { ...SAME_LISTS, numRuns: 60 },
    );
  });

  it('places a usual day whole, dense, and without a touch', () => {
    const placements = layout(usualDay(), { area });
    expect(placements).toHaveLength(150);
    expect(touching(drawn(placements), 4)).toEqual([]);
    const covered = placements.reduce((sum, { box }) => sum + box.width * box.height, 0);
    expect(covered / (area.width * area.height)).toBeGreaterThan(0.4);
  });

  it.each(['COCO', '二', 'CC', '回'])('puts no small word inside the letters of %s', (text) => {
    const small = Array.from({ length: 60 }, () => ({ text: 'i', count: 1, theme: null }));
    const [large, ...others] = layout([{ text, count: 400, theme: null }, ...small], { area });
    expect(others).toHaveLength(60);
    const ink = large ? inkOf(large) : new Map();
    expect(others.filter(({ box }) => isBetween(box, ink))).toEqual([]);
  });

  it('makes sizes proportional to the roots of the counts', () => {
    fc.assert(
      fc.property(termList, (terms) => {
        const scales = laid(terms).map(({ size, term }) => size / Math.sqrt(term.count));
        for (const scale of scales) expect(scale / (scales[0] ?? 1)).toBeCloseTo(1, 9);
      }),
      SAME_LISTS,
    );
  });

  it('puts the strongest term in the middle and draws it heaviest', () => {
    const [first, ...others] = layout(usualDay(60), { area });
    const { x = 0, y = 0, width = 0, height = 0 } = first?.box ?? {};
    expect(Math.abs(x + width / 2 - (area.x + area.width / 2))).toBeLessThan(10);
    expect(Math.abs(y + height / 2 - (area.y + area.height / 2))).toBeLessThan(30);
    expect(first?.weight).toBe(900);
    expect(others.at(-1)?.weight).toBe(500);
  });

  it.each([1, 2, 4, 9])('keeps a gap of %d pixels at any scale', (gap) => {
    fc.assert(
      fc.property(termList, fc.integer({ min: 2, max: 12 }), (terms, scale) => {
        const words = drawn(layout(terms, { area, gap, scale }));
        expect(touching(words, gap)).toEqual([]);
        expect(outside(words)).toEqual([]);
      }),
      { seed: 4, numRuns: 15 },
    );
  });

  it('lays the same terms in the same way', () => {
    expect(layout(usualDay(80), { area })).toEqual(layout(usualDay(80), { area }));
  });

  it('shortens a term that is too long for the area', () => {
    const text = 'x'.repeat(200);
    const placements = layout([{ text, count: 3, theme: null }], { area });
    expect(placements[0]?.label).toMatch(/^x+…$/);
    expect(outside(drawn(placements))).toEqual([]);
  });

  it('places nothing where there is no room', () => {
    const nowhere = { x: 0, y: 0, width: 4, height: 4 };
    expect(layout(usualDay(3), { area: nowhere })).toEqual([]);
    expect(layout([], { area })).toEqual([]);
  });
});

/** Whether the middle of a box has ink of a word on both sides of it, or above and below. */
function isBetween({ x, y, width, height }: Placement['box'], ink: Ink): boolean {
  const [column, row] = [x + width / 2, Math.round(y + height / 2)];
  const rows = [...ink].filter(([, [start, end]]) => start <= column && column < end);
  const isBeside = rows.some(([inked]) => inked === row);
  return isBeside || (rows.some(([inked]) => inked < row) && rows.some(([inked]) => inked > row));
}
