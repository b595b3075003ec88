import { Image } from 'canvas';
import { describe, expect, it } from 'vitest';

import { type Cloud, drawCloud } from '../../src/cloud/cloud.ts';
import { drawable, supports } from '../../src/cloud/fonts.ts';
import { encode, type Format } from '../../src/cloud/frame.ts';
import { PALETTES, THEMES } from '../../src/cloud/palette.ts';

const LABELS = { title: 'AI 早报', date: '2026-04-22', caption: '38 posts · 21 authors' };

function posts(...texts: readonly string[]) {
  return texts.map((text, index) => ({ text, words: null, theme: index % 4 }));
}

function measured(bytes: Buffer): { width: number; height: number } {
  const image = new Image();
  image.src = bytes;
  return { width: image.width, height: image.height };
}

function fileOf(cloud: Cloud | null, format: Format): Buffer {
  if (!cloud) throw new Error('nothing was drawn');
  return encode(cloud.canvas, format);
}

describe('drawCloud', () => {
  it('draws a JPEG of the usual size that every chat takes', () => {
    const many = Array.from(
      { length: 300 },
      (_, index) => `大模型${index} open source subject${index % 150}`,
    );
    const bytes = fileOf(drawCloud(posts(...many), LABELS), 'jpeg');
    expect(bytes.subarray(0, 3)).toEqual(Buffer.from([0xff, 0xd8, 0xff]));
    expect(measured(bytes)).toEqual({ width: 1600, height: 900 });
    expect(bytes.length).toBeLessThan(600_000);
  });

  it('names the ten first terms for those who cannot see it', () => {
    const picture = drawCloud(
      posts(...'abcdefghijkl'.split('').map((letter) => `word${letter}`)),
      LABELS,
    );
    expect(picture?.alt).toHaveLength(10);
    expect(picture?.alt[0]).toBe('worda');
    expect(picture?.terms).toBe(12);
    expect(picture?.omitted).toBe(0);
  });

  it('draws the same bytes for the same posts', () => {
    const draw = () =>
      fileOf(drawCloud(posts('rockets and jazz', '大模型 开源', 'rockets'), LABELS), 'jpeg');
    expect(draw().equals(draw())).toBe(true);
  });

  it.each([
    ['a wide', { width: 1600, height: 900 }],
    ['a square', { width: 1200, height: 1200 }],
    ['a tall', { width: 1080, height: 1920 }],
  ] as const)('draws %s PNG on a dark ground for chats', (_, size) => {
    const many = Array.from({ length: 300 }, (__, index) => `大模型${index} subject${index % 150}`);
    const bytes = fileOf(drawCloud(posts(...many), LABELS, { ...size, theme: 'dark' }), 'png');
    expect(bytes.subarray(1, 4).toString()).toBe('PNG');
    expect(measured(bytes)).toEqual(size);
    expect(bytes.length).toBeLessThan(600_000);
  });

  it('shows no word that is too small to be read', () => {
    const many = Array.from({ length: 20_000 }, (_, index) => `Kestrel n${index}z`);
    const few = Array.from({ length: 40 }, (_, index) => `harbour robots ${index}`);
    const cloud = drawCloud(posts(...many, ...few), LABELS);
    expect(cloud).toMatchObject({ terms: 1, alt: ['Kestrel'] });
    expect(cloud?.omitted).toBeGreaterThan(0);
  });

  it.each([1, 2])('draws nothing where there is no room: %i pixels', (side) => {
    expect(drawCloud(posts('rockets'), LABELS, { width: side, height: side })).toBeNull();
  });

  it('draws in other sizes', () => {
    const cloud = drawCloud(posts('rockets', 'jazz'), LABELS, { width: 800, height: 800 });
    expect(measured(fileOf(cloud, 'jpeg'))).toEqual({ width: 800, height: 800 });
  });

  it.each([
    ['no posts', []],
    ['only emoji', ['😀🚀', '👍🏽']],
    ['only Arabic', ['الذكاء الاصطناعي', 'مرحبا']],
    ['only links', ['https://t.co/abc', 'https…']],
  ])('draws nothing for %s', (_, texts) => {
    expect(drawCloud(posts(...texts), LABELS)).toBeNull();
  });

  it.each([
    ['one word', ['rockets'], 1],
    [
      'two thousand words',
      [Array.from({ length: 2000 }, (_, index) => `w${index}x`).join(' ')],
      150,
    ],
    ['a word of 200 letters', ['x'.repeat(200)], 1],
    ['a word of 200 Chinese letters', [`#${'龙'.repeat(200)}`], 1],
    ['the same word in 5,000 posts', Array.from({ length: 5000 }, () => 'rockets'), 1],
  ])('draws %s', (_, texts, count) => {
    expect(drawCloud(posts(...texts), LABELS)?.terms).toBe(count);
  });

  it('leaves out and counts terms that the font cannot write', () => {
    const picture = drawCloud(posts('ไทย ไทย', 'ไทย rockets', 'தமிழ்', 'rockets jazz'), LABELS);
    expect(picture?.alt).toEqual(['rockets', 'jazz']);
    expect(picture?.omitted).toBeGreaterThan(0);
  });

  it('draws titles, dates and captions of any content and length', () => {
    for (const text of [
      '',
      '😀',
      'مرحبا',
      'x'.repeat(3000),
      '长'.repeat(3000),
      'T'.repeat(100_000),
      '\u0000\n\u200b',
    ]) {
      const labels = { title: text, date: text, caption: text };
      expect(drawCloud(posts('rockets'), labels)?.terms).toBe(1);
    }
  });
});

describe('the font', () => {
  it.each([
    'Claude Code',
    '大模型',
    '繁體',
    'カタカナ',
    'Привет',
    'αβγ',
    'café',
    '#AI',
    '한국',
    'Łódź',
    'İstanbul',
    'Αθήνα',
    'Київ',
    'Việt Nam',
  ])('writes %s', (text) => {
    expect(supports(text)).toBe(true);
  });

  it.each(['😀', 'عربي', 'ไทย', 'a\u200bb'])('does not write %j', (text) => {
    expect(supports(text)).toBe(false);
  });

  it('leaves no part of a word that it cannot write whole', () => {
    expect(drawable('Rust عaربي ok, กa-ข b')).toBe('Rust ok, b');
  });

  it('takes what it cannot write out of a line', () => {
    expect(drawable(' Dawn 🌅 Chorus\n合唱 🚀go ')).toBe('Dawn Chorus 合唱 go');
  });
});

describe('the colours', () => {
  it.each(THEMES)('of the %s theme can be read on its ground', (theme) => {
    const { ground, hues, ink, quiet } = PALETTES[theme];
    for (const colour of [...hues, ink, quiet]) {
      expect(contrast(colour, ground)).toBeGreaterThan(4.5);
    }
  });
});

/** WCAG 2's ratio of contrast. */
function contrast(one: string, other: string): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].toSorted((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5]
    .map((at) => Number.parseInt(colour.slice(at, at + 2), 16) / 255)
    .map((value) => (value <= 0.03928 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
