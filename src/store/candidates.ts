import { availableParallelism } from 'node:os';

import pLimit from 'p-limit';

import { rarity, weightOf } from '../lib/bm25.ts';
import { Top } from '../lib/top.ts';
import type { Span } from '../model/window.ts';
import type { Database } from './database.ts';
import {
  eachPassage,
  type Outline,
  readLists,
  readOutline,
  readPassages,
  readSpan,
  type StoredPassage,
  type Stretch,
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
export type Search = Span & {
  readonly topic: string;
  /** What each weighs, 0 to 1. */
  readonly terms: ReadonlyMap<string, number>;
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

const ALL_TIME: Span = { start: null, end: new Date('9999-12-31T00:00:00Z') };

/** How often terms stand in all passages of a topic. */
export async function frequenciesOf(
  db: Database,
  topic: string,
  terms: Iterable<string>,
): Promise<Frequencies> {
  const number = numbering(topic);
  return frequenciesIn(
    await readOutline(db, topic, Array.from(terms, number), ALL_TIME, 0),
    number,
  );
}

function frequenciesIn(
  { passages, averageLength, terms }: Outline,
  number: (term: string) => TermNumber,
): Frequencies {
  const counts = new Map(terms.map(({ term, all }) => [term, all]));
  return { passages, averageLength, of: (term) => counts.get(number(term)) ?? 0 };
}

/** What was found, and how often its terms stand in all passages of the topic. */
export type Findings = {
  readonly candidates: readonly Candidate[];
  readonly frequencies: Frequencies;
};

/** More searches at once would only all end later: each keeps a processor busy. */
const inTurn = pLimit(availableParallelism());

/**
 * The passages of a window that hold the terms best, by BM25 with the frequencies of the whole topic,
 * strongest first. Replaced versions of posts are left out.
 */
export function candidatesFor(db: Database, sought: Search): Promise<Findings> {
  return inTurn(() => find(db, sought));
}

async function find(db: Database, sought: Search): Promise<Findings> {
  const { topic, terms } = sought;
  const number = numbering(topic);
  const names = new Map(Array.from(terms.keys(), (term) => [number(term), term]));
  const outline = await readOutline(db, topic, [...names.keys()], sought, AT_ONCE);
  const weights = new Map(
    outline.terms.map((count) => [
      count.term,
      (terms.get(names.get(count.term) ?? '') ?? 0) * rarity(count.all, outline.passages),
    ]),
  );
  const scale: Scale = { weights, averageLength: outline.averageLength };
  const ranked = await rank(db, sought, outline, scale);
  const candidates = await take(db, sought, ranked, scale, names);
  return { candidates, frequencies: frequenciesIn(outline, number) };
}

/** What scores are made of. */
type Scale = {
  readonly weights: ReadonlyMap<TermNumber, number>;
  readonly averageLength: number;
};

/**
 * Windows of up to so many passages are read whole where they lie scattered: where they are less than
 * this share of what else would be looked through.
 */
const SPREAD = { passages: 40_000, share: 0.3 } as const;
/** Postings that are read in all; and such as come with what is known before. */
const POSTINGS = 800_000;
const AT_ONCE = 200_000;
/** Some of the best may be replaced by now. */
const SPARE = 50;
/** So many are ranked at most, of which those outside of the window are left out. */
const MOST = 5000;

/** Numbers of passages, those with the highest scores first, and about which share of them is in the window. */
type Ranked = { readonly numbers: readonly number[]; readonly share: number };

async function rank(
  db: Database,
  sought: Search,
  { passages, used, stretches, terms, lists }: Outline,
  scale: Scale,
): Promise<Ranked> {
  const found = terms.filter((count) => count.inside > 0);
  if (found.length === 0 || stretches.length === 0) return { numbers: [], share: 1 };
  const all = stretches.reduce((sum, { size }) => sum + size, 0);
  const inside = stretches.reduce((sum, { size, share }) => sum + size * share, 0);
  const share = inside / all;
  if (inside <= SPREAD.passages && share <= SPREAD.share) {
    const packed = await readSpan(db, sought.topic, sought, 2 * SPREAD.passages);
    if (packed) return { numbers: rankPacked(packed, scale, sought.most + SPARE), share: 1 };
  }
  const most = Math.min(MOST, Math.ceil(((sought.most + SPARE) * used) / passages / share));
  return { numbers: await rankByLists(db, { stretches, terms: found, lists }, scale, most), share };
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
  { terms, stretches, lists: known }: Pick<Outline, 'terms' | 'stretches' | 'lists'>,
  { weights, averageLength }: Scale,
  most: number,
): Promise<number[]> {
  const { chosen, part } = withinLimits(terms, weights);
  const looked = Map.groupBy(stretches.slice(0, Math.ceil(stretches.length * part)), ({ first }) =>
    Math.floor(first / BLOCK_SIZE),
  );
  const lists = known ?? (await readLists(db, chosen, [...looked.keys()]));
  const byBlock = Map.groupBy(lists, ({ block }) => block);
  const top = new Top(most);
  const scores = new Float64Array(BLOCK_SIZE);
  for (const [block, own] of looked) {
    scores.fill(0);
    for (const { term, postings } of byBlock.get(block) ?? []) {
      addUp(scores, postings, weights.get(term) ?? 0, averageLength);
    }
    for (const stretch of own) addTo(top, scores, stretch);
  }
  return top.best();
}

/** The newest first: of equal ones the first is kept. */
function addTo(top: Top, scores: Float64Array, { first, size }: Stretch): void {
  const place = first % BLOCK_SIZE;
  let { least } = top;
  for (let at = size - 1; at >= 0; at--) {
    const score = scores[place + at] ?? 0;
    if (score > least) {
      top.add(first + at, score);
      ({ least } = top);
    }
  }
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

/** The best of ranked passages that are in the window and stand, by their exact scores. */
async function take(
  db: Database,
  sought: Search,
  { numbers, share }: Ranked,
  { weights, averageLength }: Scale,
  names: ReadonlyMap<TermNumber, string>,
): Promise<Candidate[]> {
  const read = readerOf(names);
  const taken: { candidate: Candidate; score: number; no: number }[] = [];
  let size = Math.ceil((sought.most + SPARE / 5) / share);
  for (let at = 0; at < numbers.length && taken.length < sought.most; at += size) {
    if (at > 0) size *= 2;
    for (const row of await readPassages(db, numbers.slice(at, at + size), sought)) {
      const { candidate, terms } = read(row);
      const told = terms.map(
        ([term, count]) => (weights.get(term) ?? 0) * weightOf(count, row.length, averageLength),
      );
      taken.push({ candidate, no: row.no, score: told.reduce((sum, one) => sum + one, 0) });
    }
  }
  return taken
    .toSorted((a, b) => b.score - a.score || b.no - a.no)
    .slice(0, sought.most)
    .map(({ candidate }) => candidate);
}

type Read = {
  readonly candidate: Candidate;
  readonly terms: readonly (readonly [TermNumber, number])[];
};

function readerOf(names: ReadonlyMap<TermNumber, string>): (row: StoredPassage) => Read {
  const filter = filterFor(names.keys());
  return ({ kind, ref, at, length, counts: packed }) => {
    const counts = new Map<string, number>();
    const terms: [TermNumber, number][] = [];
    eachCount(packed, filter, (term, count) => {
      const name = names.get(term);
      if (name === undefined) return;
      counts.set(name, count);
      terms.push([term, count]);
    });
    return { candidate: { kind, ref, at, length, counts }, terms };
  };
}
