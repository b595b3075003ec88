import type { Database } from './database.ts';
import { sql } from './drizzle.ts';
import { isStanding, passages } from './schema.ts';
import { BLOCK_SIZE, MOST_BLOCKS, SLICE_SIZE, type TermNumber } from './postings.ts';

/*
 * What a search reads. Thousands of rows cost the driver more than the database, so they cross the
 * wire as one value: base64, because the driver reads that twice as fast as bytea.
 */

/** Between which instants is looked: from `start` (`null`: the beginning) to before `end`. */
export type Span = { readonly start: Date | null; readonly end: Date };

/** Some of a topic's passages that came together. */
export type Block = {
  readonly block: number;
  /** How many numbers were given. */
  readonly used: number;
  readonly passages: number;
  readonly length: number;
};

/** Part of a block, of which something may lie in a span. */
export type Slice = {
  readonly slice: number;
  /** Which part of its time lies in the span; 0 to 1. */
  readonly share: number;
};

/** In how many passages a term stands: of a topic, and of its blocks that a span touches. */
export type TermCount = {
  readonly term: TermNumber;
  readonly all: number;
  readonly inside: number;
};

/** What is known before passages are looked at. */
export type Outline = {
  readonly blocks: readonly Block[];
  readonly slices: readonly Slice[];
  readonly terms: readonly TermCount[];
};

const SLICES = BLOCK_SIZE / SLICE_SIZE;

/** The blocks of a topic, what of them a span touches, and in how many passages terms stand. */
export async function readOutline(
  db: Database,
  topic: string,
  terms: readonly TermNumber[],
  { start, end }: Span,
): Promise<Outline> {
  const from = start ?? sql`'-infinity'`;
  const { rows } = await db.execute<{
    blocks: readonly (readonly [number, number, number, number])[] | null;
    slices: readonly (readonly [number, number])[] | null;
    terms: readonly (readonly [number, number, number])[] | null;
  }>(sql`
    with blocks as materialized (
      select *, last >= ${from} and first < ${end} as inside
      from passage_blocks where topic = ${topic}
    ), slices as (
      select slice, greatest(0.001, extract(epoch from least(slices.last, ${end}) - greatest(slices.first, ${from}))
          / greatest(0.001, extract(epoch from slices.last - slices.first))) as share
        from blocks join passage_slices as slices
          on slice >= block * ${SLICES} and slice < (block + 1) * ${SLICES}
        where inside and slices.last >= ${from} and slices.first < ${end}
    ), counts as (
      select term, sum(postings.passages) as everywhere,
          coalesce(sum(postings.passages) filter (where inside), 0) as inside
        from unnest(${sql.param(terms)}::bigint[]) as term
        join postings on key >= term * ${MOST_BLOCKS} and key < (term + 1) * ${MOST_BLOCKS}
        join blocks on block = key - term * ${MOST_BLOCKS}
        group by term
    )
    select
      (select json_agg(json_build_array(block, used, passages, length)) from blocks) as blocks,
      (select json_agg(json_build_array(slice, round(share, 3)) order by slice desc) from slices) as slices,
      (select json_agg(json_build_array(term, everywhere, inside)) from counts) as terms`);
  const [row] = rows;
  return {
    blocks: (row?.blocks ?? []).map(([block, used, count, length]) => {
      return { block, used, passages: count, length };
    }),
    slices: (row?.slices ?? []).map(([slice, share]) => ({ slice, share: Math.min(1, share) })),
    terms: (row?.terms ?? []).map(([term, all, inside]) => ({ term, all, inside })),
  };
}

/** A list of postings: of which term, in which block. */
export type TermList = {
  readonly term: TermNumber;
  readonly block: number;
  readonly postings: Uint32Array;
};

const LIST_HEAD = 12; // bytes: key, length

/** The lists of terms in blocks. */
export async function readLists(
  db: Database,
  terms: readonly TermNumber[],
  blocks: readonly number[],
): Promise<TermList[]> {
  const { rows } = await db.execute<{ packed: string | null }>(sql`
    select encode(string_agg(int8send(key) || int4send(octet_length(list)) || list, ''), 'base64')
      as packed
    from unnest(${sql.param(terms)}::bigint[]) as term
      cross join unnest(${sql.param(blocks)}::bigint[]) as block
      join postings on key = term * ${MOST_BLOCKS} + block`);
  const bytes = unpack(rows[0]);
  const lists: TermList[] = [];
  for (let at = 0; at < bytes.length;) {
    const key = Number(bytes.readBigUInt64BE(at));
    const size = bytes.readUInt32BE(at + 8);
    const postings = new Uint32Array(bytes.buffer, bytes.byteOffset + at + LIST_HEAD, size / 4);
    lists.push({ term: Math.floor(key / MOST_BLOCKS), block: key % MOST_BLOCKS, postings });
    at += LIST_HEAD + size;
  }
  return lists;
}

/** All passages of a topic in a span, packed; `null` when they are more than so many. */
export async function readSpan(
  db: Database,
  topic: string,
  { start, end }: Span,
  most: number,
): Promise<Buffer | null> {
  const since = start ? sql`and at >= ${start}` : sql``;
  const { rows } = await db.execute<{ passages: number; packed: string | null }>(sql`
    select count(*)::int as passages, encode(string_agg(
        int8send(no) || int4send(length) || int4send(octet_length(counts)) || counts, ''
      ), 'base64') as packed
    from (
      select * from passages where topic = ${topic} and at < ${end} ${since} limit ${most + 1}
    ) as passages`);
  const [row] = rows;
  return row && row.passages <= most ? unpack(row) : null;
}

const PASSAGE_HEAD = 16; // bytes: number, length, length of the counts

/** Calls `see` with each of packed passages: its number, its length, and where its counts are. */
export function eachPassage(
  bytes: Buffer,
  see: (no: number, length: number, start: number, end: number) => void,
): void {
  for (let at = 0; at < bytes.length;) {
    const start = at + PASSAGE_HEAD;
    const end = start + bytes.readUInt32BE(at + 12);
    see(bytes.readUIntBE(at + 2, 6), bytes.readUInt32BE(at + 8), start, end);
    at = end;
  }
}

function unpack(row: { readonly packed: string | null } | undefined): Buffer {
  return Buffer.from(row?.packed ?? '', 'base64');
}

/** A passage as it is stored. */
export type Stored = {
  readonly no: number;
  readonly kind: 'post' | 'line';
  readonly ref: string;
  readonly at: Date;
  readonly length: number;
  readonly counts: Buffer;
};

/** Those of numbered passages that are there, in the span, and not replaced by newer versions. */
export async function readPassages(
  db: Database,
  numbers: readonly number[],
  { start, end }: Span,
): Promise<Stored[]> {
  const since = start ? sql`and at >= ${start}` : sql``;
  const { rows } = await db.execute<{
    found: readonly (readonly [number, 'post' | 'line', string, number, number, string])[] | null;
  }>(sql`
    select json_agg(json_build_array(no, kind, ref, extract(epoch from at) * 1000, length,
        encode(counts, 'base64'))) as found
      from passages
      where no = any(${sql.param(numbers)}::bigint[]) and at < ${end} ${since}
        and (kind <> 'post' or ${isStanding(passages.ref)})`);
  return (rows[0]?.found ?? []).map(([no, kind, ref, at, length, counts]) => {
    return { no, kind, ref, at: new Date(at), length, counts: Buffer.from(counts, 'base64') };
  });
}
