import { rarity, weightOf } from '../lib/bm25.ts';
import { Top } from '../lib/top.ts';
import type { Database } from './database.ts';
import {
  type Block,
  eachPassage,
  type Outline,
  readLists,
  readOutline,
  readPassages,
  readSpan,
  type Slice,
  type Span,
  type TermCount,
} from './passage-scan.ts';
import {
  BLOCK_SIZE,
  countIn,
  eachCount,
  filterFor,
  lengthIn,
  numbering,
  placeIn,
  SLICE_SIZE,
  type TermNumber,
} from './postings.ts';

/** A passage that holds some of the terms. */
export type Candidate = {
  readonly kind: 'post' | 'line';
  /** The post's id; `7 III.C.2` of a line. */
  readonly ref: string;
  readonly at: Date;
  /** How many terms it has, repeated ones counted. */
  readonly length: number;
  /** Which of the terms it has, and how often. */
  readonly counts: ReadonlyMap<string, number>;
};

/** What is looked for, and in which passages. */
export type Wanted = {
  readonly topic: string;
  /** What each weighs, 0 to 1. */
  readonly terms: ReadonlyMap<string, number>;
  /** From when; `null`: from the beginning. */
  readonly start: Date | null;
  /** Nothing from then on. */
  readonly end: Date;
  /** How many are handed out at most. */
  readonly most: number;
};

/** How often terms stand in a topic's passages. */
export type Frequencies = {
  readonly passages: number;
  /** Terms a passage. */
  readonly averageLength: number;
  /** In how many passages a term stands. */
  of(term: string): number;
};

const ALL_TIME: Span = { start: null, end: new Date(8.64e15) };

/** How often terms stand in all passages of a topic. */
export async function frequenciesOf(
  db: Database,
  topic: string,
  terms: Iterable<string>,
): Promise<Frequencies> {
  const number = numbering(topic);
  const { blocks, terms: counts } = await readOutline(
    db,
    topic,
    Array.from(terms, number),
    ALL_TIME,
  );
  const all = new Map(counts.map((count) => [count.term, count.all]));
  return { ...sizeOf(blocks), of: (term) => all.get(number(term)) ?? 0 };
}

/**
 * The passages of a window that hold the terms best, by BM25 with the frequencies of the whole topic,
 * strongest first. Replaced versions of posts are left out.
 */
export async function candidatesFor(db: Database, wanted: Wanted): Promise<Candidate[]> {
  const { topic, terms } = wanted;
  const number = numbering(topic);
  const names = new Map(Array.from(terms.keys(), (term) => [number(term), term]));
  const outline = await readOutline(db, topic, [...names.keys()], wanted);
  const { passages: all, averageLength } = sizeOf(outline.blocks);
  const weights = new Map(
    outline.terms.map((count) => [
      count.term,
      (terms.get(names.get(count.term) ?? '') ?? 0) * rarity(count.all, all),
    ]),
  );
  const scale: Scale = { weights, averageLength };
  const ranked = await rank(db, wanted, outline, scale);
  return take(db, wanted, ranked, scale, names);
}

function sizeOf(blocks: readonly Block[]): { passages: number; averageLength: number } {
  const all = blocks.reduce((sum, block) => sum + block.passages, 0);
  const length = blocks.reduce((sum, block) => sum + block.length, 0);
  return { passages: all, averageLength: length / Math.max(1, all) };
}

/** What scores are made of. */
type Scale = {
  readonly weights: ReadonlyMap<TermNumber, number>;
  readonly averageLength: number;
};

/** Windows up to this size are read whole where they lie widely spread: by the share of what else would be looked through. */
const SPREAD = { passages: 40_000, share: 0.3 } as const;
/** Postings that are read in all. */
const POSTINGS = 600_000;
/** Some of the best may be replaced by now. */
const SPARE = 50;
/** So many are ranked at most, of which those outside of the window are left out. */
const MOST = 5000;

/** The numbers of the passages that score highest, the highest first. */
async function rank(
  db: Database,
  wanted: Wanted,
  { blocks, slices, terms }: Outline,
  scale: Scale,
): Promise<number[]> {
  const found = terms.filter((count) => count.inside > 0);
  if (found.length === 0 || slices.length === 0) return [];
  const share = slices.reduce((sum, slice) => sum + slice.share, 0) / slices.length;
  const size = share * slices.length * SLICE_SIZE;
  if (size <= SPREAD.passages && share <= SPREAD.share) {
    const all = await readSpan(db, wanted.topic, wanted, 2 * SPREAD.passages);
    if (all) return rankPacked(all, scale, wanted.most + SPARE);
  }
  const gone = blocks.reduce((sum, { used, passages }) => sum + used / passages, 0) / blocks.length;
  const most = Math.ceil(((wanted.most + SPARE) * gone) / share);
  return rankByLists(db, found, slices, scale, Math.min(most, MOST));
}

function rankPacked(packed: Buffer, { weights, averageLength }: Scale, most: number): number[] {
  const top = new Top(most);
  const filter = filterFor(weights.keys());
  let score = 0;
  let terms = 0;
  const add = (term: TermNumber, count: number) => {
    const weight = weights.get(term);
    if (weight !== undefined) score += weight * weightOf(count, terms, averageLength);
  };
  eachPassage(packed, (no, length, start, end) => {
    [score, terms] = [0, length];
    eachCount(packed, filter, add, start, end);
    top.add(no, score);
  });
  return top.best();
}

async function rankByLists(
  db: Database,
  terms: readonly TermCount[],
  slices: readonly Slice[],
  { weights, averageLength }: Scale,
  most: number,
): Promise<number[]> {
  const { chosen, part } = withinLimits(terms, weights);
  const looked = Map.groupBy(
    slices.slice(0, Math.ceil(slices.length * part)).map(({ slice }) => slice * SLICE_SIZE),
    (no) => Math.floor(no / BLOCK_SIZE),
  );
  const lists = await readLists(db, chosen, [...looked.keys()]);
  const byBlock = Map.groupBy(lists, ({ block }) => block);
  const top = new Top(most);
  const scores = new Float64Array(BLOCK_SIZE);
  for (const [block, firsts] of looked) {
    scores.fill(0);
    for (const { term, postings } of byBlock.get(block) ?? []) {
      addUp(scores, postings, weights.get(term) ?? 0, averageLength);
    }
    for (const first of firsts) {
      for (let no = first + SLICE_SIZE - 1; no >= first; no--) {
        const score = scores[no % BLOCK_SIZE] ?? 0;
        if (score > top.least) top.add(no, score);
      }
    }
  }
  return top.best();
}

/**
 * The terms that tell most for their postings, with as many of these as are read at most. Where one
 * term alone has more, of its postings a part: the newest.
 */
function withinLimits(
  terms: readonly TermCount[],
  weights: Scale['weights'],
): { chosen: TermNumber[]; part: number } {
  const worth = ({ term, inside }: TermCount) => (weights.get(term) ?? 0) / inside;
  const sorted = terms.toSorted((a, b) => worth(b) - worth(a));
  let sum = 0;
  const chosen = sorted.filter(({ inside }, index) => (sum += inside) <= POSTINGS || index === 0);
  return {
    chosen: chosen.map(({ term }) => term),
    part: Math.min(1, POSTINGS / (chosen[0]?.inside ?? 1)),
  };
}

function addUp(
  scores: Float64Array,
  postings: Uint32Array,
  weight: number,
  averageLength: number,
): void {
  for (const posting of postings) {
    const place = placeIn(posting);
    const told = weightOf(countIn(posting), lengthIn(posting), averageLength);
    scores[place] = (scores[place] ?? 0) + weight * told;
  }
}

/** The best of ranked passages that are in the window and stand, with their exact scores. */
async function take(
  db: Database,
  wanted: Wanted,
  ranked: readonly number[],
  { weights, averageLength }: Scale,
  names: ReadonlyMap<TermNumber, string>,
): Promise<Candidate[]> {
  const filter = filterFor(names.keys());
  const taken: (Candidate & { readonly score: number; readonly no: number })[] = [];
  for (
    let at = 0, size = wanted.most + SPARE / 5;
    at < ranked.length && taken.length < wanted.most;
  ) {
    for (const row of await readPassages(db, ranked.slice(at, at + size), wanted)) {
      const counts = new Map<string, number>();
      let score = 0;
      eachCount(row.counts, filter, (term, count) => {
        const name = names.get(term);
        if (name === undefined) return;
        counts.set(name, count);
        score += (weights.get(term) ?? 0) * weightOf(count, row.length, averageLength);
      });
      const { kind, ref, at: when, length, no } = row;
      taken.push({ kind, ref, at: when, length, counts, score, no });
    }
    at += size;
    size *= 2;
  }
  return taken
    .toSorted((a, b) => b.score - a.score || b.no - a.no)
    .slice(0, wanted.most)
    .map(({ kind, ref, at, length, counts }) => ({ kind, ref, at, length, counts }));
}
