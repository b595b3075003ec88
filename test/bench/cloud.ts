import { draw } from '../../src/cloud/draw.ts';
import { canvasOf, fontOf } from '../../src/cloud/fonts.ts';
import { layout, type Placement } from '../../src/cloud/layout.ts';
import { count, type Measurement, score } from '../support/measurement.ts';
import { randomFrom } from '../support/random.ts';
import {
  type DrawnWord,
  drawnByD3,
  layWithD3,
  layWithWordcloud,
  type SizedWord,
} from './cloud-peers.ts';
import { makeTerms } from './cloud-terms.ts';

const SIZE = { width: 1600, height: 900 };
const AREA = { x: 0, y: 0, ...SIZE };
const LARGEST = 500; // pixels; no limit that is ever reached
/** All tools have to place all words: sizes are so much smaller than the largest at which ours does. */
const ROOMY = 0.8;
const ROUNDS = 5;
/** So fine is the largest scale of d3-cloud found. */
const PRECISION = 1.01;

type Row = {
  readonly terms: number;
  readonly tool: 'chorus' | 'd3-cloud' | 'wordcloud';
  /** Pixels between words that the tool is asked for; wordcloud has its grid of 8. */
  readonly gap: number;
  /** Median of the rounds. */
  readonly ms: number;
  readonly placed: number;
  /** Pixels in which more than one word has ink. */
  readonly overlapPx: number;
  readonly inkOfCanvas: number;
  readonly inkOfBox: number;
};

/** How many terms a cloud has, and how many strain it. */
const SIZES = [150, 500, 2000] as const;

/**
 * Measures our layout beside those of its peers: same words, sizes, fonts and canvas, in turn.
 *
 * @param sizes Numbers of terms; the first is that of a picture.
 * @param rounds How often each is laid; the median counts.
 */
export async function measureCloud(
  sizes: readonly number[] = SIZES,
  rounds = ROUNDS,
): Promise<Measurement> {
  const [usual = SIZES[0]] = sizes;
  const rows = await measureRow(usual, { gap: 2, withGrid: false, rounds });
  for (const terms of sizes) {
    rows.push(...(await measureRow(terms, { gap: 4, withGrid: true, rounds })));
  }
  const fitted = await measureFitted(usual, 4);
  const wholePictureMs = wholePicture(usual, rounds);
  const ratio = (terms: number, gap: number) => {
    const msOf = (tool: Row['tool']) =>
      rows.find((row) => row.terms === terms && row.gap === gap && row.tool === tool)?.ms ?? NaN;
    return msOf('d3-cloud') / msOf('chorus');
  };
  const speedUps = sizes.map((terms) => [`d3_${terms}_gap4`, ratio(terms, 4)] as const);
  const ratios = {
    ...Object.fromEntries(speedUps),
    [`d3_${usual}_gap2`]: ratio(usual, 2),
    [`ink_${usual}_gap4`]: fitted.ours,
    [`inkVsD3_${usual}_gap4`]: fitted.ours / fitted.d3,
    wholePictureMs,
  };
  return {
    figures: { suite: 'cloud', rows, ratios },
    table: tableOf(rows, ratios),
    quality: {
      what: 'words are laid into a cloud',
      on: `${sizes.map(count).join(' / ')} made terms`,
      figures: `${speedUps.map(([, times]) => times.toFixed(1)).join(' / ')} times as fast as d3-cloud, ink ${score(fitted.ours)} of the canvas (${(fitted.ours / fitted.d3).toFixed(2)} times that of d3-cloud), the whole picture in ${wholePictureMs.toFixed(0)} ms`,
      command: 'npm run bench -- cloud',
    },
  };
}

async function measureRow(
  terms: number,
  { gap, withGrid, rounds }: { gap: number; withGrid: boolean; rounds: number },
): Promise<Row[]> {
  const list = makeTerms(terms);
  const [best] = layout(list, { area: AREA, gap, largest: LARGEST });
  const scale = (ROOMY * (best?.size ?? 1)) / Math.sqrt(best?.term.count ?? 1);
  const options = { area: AREA, gap, scale };
  const words = wordsOf(layout(list, options));
  const field = { ...SIZE, gap };
  const tools = {
    chorus: async () => drawnByUs(layout(list, options)),
    'd3-cloud': async () => drawnByD3(await layWithD3(words, field, randomFrom(3)), field),
    ...(withGrid && { wordcloud: () => layWithWordcloud(words, field) }),
  } satisfies Partial<Record<Row['tool'], () => Promise<DrawnWord[]>>>;
  const times = new Map<Row['tool'], number[]>();
  const drawn = new Map<Row['tool'], DrawnWord[]>();
  for (let round = 0; round < rounds; round += 1) {
    for (const [name, lay] of Object.entries(tools)) {
      const tool = name as Row['tool'];
      const start = performance.now();
      drawn.set(tool, await lay());
      times.set(tool, [...(times.get(tool) ?? []), performance.now() - start]);
    }
  }
  return [...drawn].map(([tool, laid]) => ({
    terms,
    tool,
    gap: tool === 'wordcloud' ? 8 : gap,
    ms: median(times.get(tool) ?? []),
    placed: laid.length,
    ...inkOf(laid),
  }));
}

/** The ink of 150 words at the largest scale at which a tool places all of them. */
async function measureFitted(terms: number, gap: number): Promise<{ ours: number; d3: number }> {
  const list = makeTerms(terms);
  const ours = layout(list, { area: AREA, gap, largest: LARGEST });
  const words = wordsOf(ours);
  const field = { ...SIZE, gap };
  let [low, high] = [0.3, 1.2];
  let best: DrawnWord[] = [];
  while (high / low > PRECISION) {
    const scale = Math.sqrt(low * high);
    const sized = words.map((word) => ({ ...word, size: word.size * scale }));
    const laid = await layWithD3(sized, field, randomFrom(3));
    if (laid.length === words.length) [low, best] = [scale, drawnByD3(laid, field)];
    else high = scale;
  }
  return { ours: inkOf(drawnByUs(ours)).inkOfCanvas, d3: inkOf(best).inkOfCanvas };
}

/** Milliseconds from terms to a picture that can be sent: fitting, drawing, JPEG. */
function wholePicture(terms: number, rounds: number): number {
  const list = makeTerms(terms);
  const labels = { title: 'Word cloud', date: '2026-01-29', caption: '1,000 posts' };
  const times: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const start = performance.now();
    draw(layout(list, { area: { x: 64, y: 132, width: 1472, height: 688 } }), {
      ...labels,
      ...SIZE,
    });
    times.push(performance.now() - start);
  }
  return median(times);
}

function wordsOf(placements: readonly Placement[]): SizedWord[] {
  return placements.map(({ label, size, weight }) => ({ text: label, size, weight }));
}

function drawnByUs(placements: readonly Placement[]): DrawnWord[] {
  return placements.map(({ label, size, weight, x, y }) => ({
    text: label,
    font: fontOf(weight, size),
    baseline: 'alphabetic',
    x,
    y,
  }));
}

/** Draws each word by itself and counts what its ink covers: pixels, and those of another word too. */
export function inkOf(
  words: readonly DrawnWord[],
): Pick<Row, 'overlapPx' | 'inkOfCanvas' | 'inkOfBox'> {
  const { width, height } = SIZE;
  const covered = new Uint8Array(width * height);
  const scratch = canvasOf(width, height);
  const context = scratch.getContext('2d');
  let overlapPx = 0;
  let [left, top, right, bottom] = [width, height, 0, 0];
  for (const { text, font, baseline, x, y } of words) {
    context.font = font;
    context.textBaseline = baseline;
    const size = Number(/([\d.]+)px/.exec(font)?.[1] ?? 0);
    const from = {
      x: Math.max(0, Math.floor(x - size / 2)),
      y: Math.max(0, Math.floor(y - 1.4 * size)),
    };
    const to = {
      x: Math.min(width, Math.ceil(x + context.measureText(text).width + size / 2)),
      y: Math.min(height, Math.ceil(y + 1.4 * size)),
    };
    if (to.x <= from.x || to.y <= from.y) continue;
    context.clearRect(from.x, from.y, to.x - from.x, to.y - from.y);
    context.fillText(text, x, y);
    const wide = to.x - from.x;
    const { data } = context.getImageData(from.x, from.y, wide, to.y - from.y);
    for (let at = 0; 4 * at < data.length; at += 1) {
      if (data[4 * at + 3] === 0) continue;
      const column = from.x + (at % wide);
      const row = from.y + Math.floor(at / wide);
      const pixel = row * width + column;
      if (covered[pixel] === 1) overlapPx += 1;
      covered[pixel] = 1;
      left = Math.min(left, column);
      right = Math.max(right, column + 1);
      top = Math.min(top, row);
      bottom = Math.max(bottom, row + 1);
    }
    context.clearRect(from.x, from.y, to.x - from.x, to.y - from.y);
  }
  const ink = covered.reduce((sum, each) => sum + each, 0);
  const box = Math.max(1, (right - left) * (bottom - top));
  return { overlapPx, inkOfCanvas: ink / (width * height), inkOfBox: ink / box };
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? NaN;
}

function tableOf(rows: readonly Row[], ratios: Readonly<Record<string, number>>) {
  return [
    ['terms', 'tool', 'gap', 'ms', 'placed', 'overlap px', 'ink of canvas', 'ink of box'],
    ...rows.map((row) => [
      count(row.terms),
      row.tool,
      String(row.gap),
      row.ms.toFixed(0),
      count(row.placed),
      count(row.overlapPx),
      score(row.inkOfCanvas),
      score(row.inkOfBox),
    ]),
    ...Object.entries(ratios).map(([name, value]) => [name, value.toFixed(3)]),
  ];
}
