import { createRequire } from 'node:module';

import type { Canvas } from 'canvas';

import { canvasOf, fontOf, type Weight } from '../../src/cloud/fonts.ts';

/** A word with the size and weight that every tool is to give it; pixels. */
export type SizedWord = { readonly text: string; readonly size: number; readonly weight: Weight };

/** A word as a tool drew it: everything that a canvas has to be told. */
export type DrawnWord = {
  readonly text: string;
  readonly font: string;
  readonly baseline: 'alphabetic' | 'middle';
  readonly x: number;
  readonly y: number;
};

export type Field = { readonly width: number; readonly height: number; readonly gap: number };

const require = createRequire(import.meta.url);

type D3Word = { text: string; size: number; weight: Weight; x: number; y: number };
type D3Cloud = Record<
  | 'size'
  | 'canvas'
  | 'words'
  | 'padding'
  | 'rotate'
  | 'font'
  | 'fontWeight'
  | 'fontSize'
  | 'random',
  (value: unknown) => D3Cloud
> & {
  on(event: 'end', listener: (words: D3Word[]) => void): D3Cloud;
  start(): D3Cloud;
};

/** Lays words with d3-cloud; its padding goes around every word, so that two keep twice as far apart. */
export async function layWithD3(
  words: readonly SizedWord[],
  { width, height, gap }: Field,
  random: () => number,
): Promise<D3Word[]> {
  const cloud = (require('d3-cloud') as () => D3Cloud)();
  return new Promise((resolve) => {
    cloud
      .size([width, height])
      .canvas(() => canvasOf(1, 1))
      .words(words.map((word) => ({ ...word })))
      .padding(gap / 2)
      .rotate(0)
      .font(fontOf(500, 1).replace(/^.*px /, ''))
      .fontWeight(({ weight }: SizedWord) => weight)
      .fontSize(({ size }: SizedWord) => size)
      .random(random)
      .on('end', resolve)
      .start();
  });
}

/** How a page draws what d3-cloud laid: in the middle of a place that counts from the canvas' middle. */
export function drawnByD3(laid: readonly D3Word[], { width, height }: Field): DrawnWord[] {
  const context = canvasOf(1, 1).getContext('2d');
  return laid.map(({ text, size, weight, x, y }) => {
    const font = fontOf(weight, size);
    context.font = font;
    const left = x + width / 2 - context.measureText(text).width / 2;
    return { text, font, baseline: 'alphabetic', x: left, y: y + height / 2 };
  });
}

type WordCloud = (canvas: unknown, options: object) => void;

const BROWSER = {
  window: globalThis,
  document: { createElement: () => withAttributes(canvasOf(1, 1)) },
};

/** Works with what wordcloud wants of a browser, and leaves nothing of it: others take it for one. */
async function inBrowser<T>(work: (draw: WordCloud) => Promise<T>): Promise<T> {
  Object.assign(globalThis, BROWSER);
  try {
    return await work(require('wordcloud') as WordCloud);
  } finally {
    for (const name of Object.keys(BROWSER)) Reflect.deleteProperty(globalThis, name);
  }
}

function withAttributes(canvas: Canvas): Canvas {
  return Object.assign(canvas, {
    setAttribute(name: 'width' | 'height', value: number) {
      canvas[name] = value;
    },
  });
}

/** Lays and draws words with wordcloud, whose grid is what keeps them apart. */
export async function layWithWordcloud(
  words: readonly SizedWord[],
  { width, height }: Field,
): Promise<DrawnWord[]> {
  const drawn: DrawnWord[] = [];
  const canvas = withAttributes(canvasOf(width, height));
  const context = canvas.getContext('2d');
  const fillText = context.fillText.bind(context);
  context.fillText = (text, x, y) => {
    const { e, f } = context.getTransform();
    drawn.push({ text, font: context.font, baseline: 'middle', x: x + e, y: y + f });
    fillText(text, x, y);
  };
  const weights = new Map(words.map(({ text, weight }) => [text, weight]));
  const events = new EventTarget();
  const target = Object.assign(canvas, {
    tagName: 'CANVAS',
    addEventListener: events.addEventListener.bind(events),
    removeEventListener: events.removeEventListener.bind(events),
    dispatchEvent: events.dispatchEvent.bind(events),
  });
  const options = {
    list: words.map(({ text, size }) => [text, size]),
    fontFamily: fontOf(500, 1).replace(/^.*px /, ''),
    fontWeight: (text: string) => String(weights.get(text) ?? 500),
    gridSize: 8,
    rotateRatio: 0,
    shuffle: false,
    ellipticity: height / width,
    color: '#000',
  };
  await inBrowser(
    (draw) =>
      new Promise<void>((resolve) => {
        target.addEventListener('wordcloudstop', () => resolve());
        draw(target, options);
      }),
  );
  return drawn;
}
