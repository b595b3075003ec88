import { rarity, weightOf } from '../lib/bm25.ts';
import type { Database } from './database.ts';
import { sql } from './drizzle.ts';
import {
  type Arm,
  eachPassage,
  type Packed,
  type Place,
  readAll,
  readHolding,
} from './passage-scan.ts';
import { isStanding, passages } from './schema.ts';
import { monthOf, numbering, readCounts, type TermNumber } from './term-keys.ts';

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

/** How often terms stand in all passages of a topic. */
export async function frequenciesOf(
  db: Database,
  topic: string,
  terms: Iterable<string>,
): Promise<Frequencies> {
  const number = numbering(topic);
  const months = await countByMonth(db, topic, Array.from(terms, number));
  const { passages: all, averageLength, of } = sumOf(months);
  return { passages: all, averageLength, of: (term) => of(number(term)) };
}

/**
 * The passages of a window that hold the terms best, by BM25 with the frequencies of the whole topic,
 * strongest first. Replaced versions of posts are left out.
 *
 * A small window is read whole. In a large one passages are looked up by the rarest terms, then by
 * common ones that stand together and could still outdo what was found; of terms that stand nearly
 * everywhere only so many passages are read, the newest.
 */
export async function candidatesFor(db: Database, wanted: Wanted): Promise<Candidate[]> {
  const { topic, terms, start, end, most } = wanted;
  const number = numbering(topic);
  const names = new Map(Array.from(terms.keys(), (term) => [number(term), term]));
  const months = await countByMonth(db, topic, [...names.keys()]);
  const topicWide = sumOf(months);
  const weights = new Map(
    Array.from(names, ([term, name]) => [
      term,
      (terms.get(name) ?? 0) * rarity(topicWide.of(term), topicWide.passages),
    ]),
  );
  const inside = months.filter(
    ({ month }) => month <= monthOf(end) && (start === null || month >= monthOf(start)),
  );
  const place = { topic, start, end, months: inside.map(({ month }) => month).toReversed() };
  const heap = new Ranking(weights, topicWide.averageLength);
  await search(db, place, inside, heap);
  return hydrate(db, heap.best(most), names);
}

type Month = {
  readonly month: number;
  readonly passages: number;
  readonly length: number;
  /** In how many of its passages each of the terms stands. */
  readonly counts: ReadonlyMap<TermNumber, number>;
};

async function countByMonth(
  db: Database,
  topic: string,
  numbers: readonly TermNumber[],
): Promise<Month[]> {
  const { rows } = await db.execute<{
    month: number;
    passages: string;
    length: string;
    counts: (readonly [number, number])[] | null;
  }>(sql`
    select month, passages, length, (
        select json_agg(json_build_array(number, term_counts.passages))
        from unnest(${sql.param(numbers)}::bigint[]) as number
        join term_counts on key = month * 4294967296 + number
      ) as counts
    from passage_totals where topic = ${topic} order by month`);
  return rows.map(({ month, passages: count, length, counts }) => ({
    month,
    passages: Number(count),
    length: Number(length),
    counts: new Map(counts),
  }));
}

function sumOf(months: readonly Month[]) {
  const sum = (of: (month: Month) => number) => months.reduce((total, one) => total + of(one), 0);
  const all = sum(({ passages: count }) => count);
  return {
    passages: all,
    averageLength: sum(({ length }) => length) / Math.max(1, all),
    of: (number: TermNumber) => sum(({ counts }) => counts.get(number) ?? 0),
  };
}

/** A window of so many passages is read whole. */
const SMALL = 5000;
/** So many passages are looked up by rare terms, and so many more by common ones that stand together. */
const ROWS = 5000;
/** How many of the best are sure to be found. */
const SURE = 20;

async function search(
  db: Database,
  place: Place,
  months: readonly Month[],
  ranking: Ranking,
): Promise<void> {
  const counts = sumOf(months);
  const found = [...ranking.weights.keys()]
    .map((term) => ({ term, passages: counts.of(term) }))
    .filter(({ passages: count }) => count > 0)
    .toSorted((a, b) => a.passages - b.passages);
  if (found.length === 0) return;
  if (sizeOf(place, months) <= SMALL) {
    const all = await readAll(db, place, 2 * SMALL);
    if (all.rows < 2 * SMALL) return ranking.add(all);
  }
  let rows = 0;
  const isRare = ({ passages: count }: { passages: number }) => (rows += count) <= ROWS;
  const rare = found.filter(isRare).map(({ term }) => term);
  if (rare.length > 0) {
    ranking.add(await readHolding(db, place, [{ all: [], any: rare }], 2 * ROWS));
  }
  const common = found.slice(rare.length).map(({ term }) => term);
  const arms = armsOf(common, ranking);
  if (arms.length > 0) ranking.add(await readHolding(db, place, arms, ROWS));
}

/** About how many passages a window has: of months that it cuts, by the share of their time. */
function sizeOf({ start, end }: Place, months: readonly Month[]): number {
  return months.reduce((sum, { month, passages: count }) => {
    const [first, next] = [Date.UTC(1970, month), Date.UTC(1970, month + 1)];
    const from = Math.max(first, start?.getTime() ?? first);
    const to = Math.min(next, end.getTime());
    return sum + (count * Math.max(0, to - from)) / (next - first);
  }, 0);
}

/** Which common terms have to stand together for a passage without a rare one to be among the best. */
function armsOf(common: readonly TermNumber[], ranking: Ranking): Arm[] {
  const needed = ranking.score(SURE);
  const strong = common
    .map((term) => ({ term, most: (ranking.weights.get(term) ?? 0) * 1.3 }))
    .toSorted((a, b) => b.most - a.most);
  return strong.flatMap(({ term, most }, index) => {
    const others = strong.slice(index + 1);
    const together = others.reduce((sum, other) => sum + other.most, most);
    if (together < needed) return [];
    return [{ all: [term], any: most >= needed ? [] : others.map((other) => other.term) }];
  });
}

type Ranked = {
  readonly no: number;
  readonly length: number;
  readonly score: number;
  readonly bytes: Buffer;
  readonly start: number;
  readonly end: number;
};

/** Passages by their scores. */
class Ranking {
  readonly weights: ReadonlyMap<TermNumber, number>;
  readonly #averageLength: number;
  readonly #ranked = new Map<number, Ranked>();

  constructor(weights: ReadonlyMap<TermNumber, number>, averageLength: number) {
    this.weights = weights;
    this.#averageLength = averageLength;
  }

  add(packed: Packed): void {
    const { bytes } = packed;
    eachPassage(packed, (no, length, start, end) => {
      let score = 0;
      readCounts(bytes, start, end, (term, count) => {
        const weight = this.weights.get(term);
        if (weight !== undefined) score += weight * weightOf(count, length, this.#averageLength);
      });
      if (score > 0) this.#ranked.set(no, { no, length, score, bytes, start, end });
    });
  }

  /** The score of the passage in a place, from 1; 0 where there are fewer. */
  score(place: number): number {
    return this.best(place)[place - 1]?.score ?? 0;
  }

  best(most: number): Ranked[] {
    return [...this.#ranked.values()]
      .toSorted((a, b) => b.score - a.score || b.no - a.no)
      .slice(0, most);
  }
}

async function hydrate(
  db: Database,
  ranked: readonly Ranked[],
  names: ReadonlyMap<TermNumber, string>,
): Promise<Candidate[]> {
  if (ranked.length === 0) return [];
  const numbers = ranked.map(({ no }) => no);
  const rows = await db
    .select({ no: passages.no, kind: passages.kind, ref: passages.ref, at: passages.at })
    .from(passages)
    .where(
      sql`${passages.no} = any(${sql.param(numbers)}::bigint[])
        and (${passages.kind} <> 'post' or ${isStanding(passages.ref)})`,
    );
  const byNo = new Map(rows.map((row) => [row.no, row]));
  return ranked.flatMap(({ no, length, bytes, start, end }) => {
    const row = byNo.get(no);
    if (!row) return [];
    const counts = new Map<string, number>();
    readCounts(bytes, start, end, (term, count) => {
      const name = names.get(term);
      if (name !== undefined) counts.set(name, count);
    });
    return { kind: row.kind, ref: row.ref, at: row.at, length, counts };
  });
}
