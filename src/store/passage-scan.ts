import type { Span } from '../model/window.ts';
import type { Database } from './database.ts';
import { type SQL, sql } from './drizzle.ts';
import { askPlanned } from './planned.ts';
import { isStanding, passages } from './schema.ts';
import {
  BLOCK_SIZE,
  MOST_BLOCKS,
  PART_BITS,
  PART_SIZE,
  SLICE_SIZE,
  type TermNumber,
} from './postings.ts';

/*
 * What a search reads. Thousands of rows cost the driver more than the database, so they cross the
 * wire as one value: base64, because the driver reads that twice as fast as bytea.
 */

/** Some of a topic's passages that came together. */
type Block = {
  readonly block: number;
  /** How many numbers were given. */
  readonly used: number;
  readonly passages: number;
  readonly length: number;
  readonly lies: 'inside' | 'outside' | 'across';
};

/** Numbers in a row of which some lie in a span. */
export type Stretch = {
  readonly first: number;
  readonly size: number;
  /** Which part of their time lies in the span; 0 to 1. */
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
  /** Of the whole topic. */
  readonly passages: number;
  /** How many numbers were given for them. */
  readonly used: number;
  /** Terms a passage. */
  readonly averageLength: number;
  /** What a span touches, the newest first. */
  readonly stretches: readonly Stretch[];
  readonly terms: readonly TermCount[];
  /** The terms' lists, where the span touches their blocks; `null` where they are long. */
  readonly lists: readonly TermList[] | null;
};

const SLICES = BLOCK_SIZE / SLICE_SIZE;

/**
 * A topic's size, what of it a span touches, and in how many passages terms stand; with their lists,
 * where these have no more than so many postings.
 */
export async function readOutline(
  db: Database,
  topic: string,
  terms: readonly TermNumber[],
  { start, end }: Span,
  most: number,
): Promise<Outline> {
  const from = sql`${start ?? '-infinity'}::timestamptz`;
  const [row] = await askPlanned<{
    blocks: readonly Block[] | null;
    slices: readonly (readonly [number, number])[] | null;
    terms: readonly (readonly [number, number, number])[] | null;
    lists: string | null;
  }>(
    db,
    'outline',
    sql`
    with blocks as materialized (
      select block, used, passages, length, case
          when first >= ${from} and last < ${end}::timestamptz then 'inside'
          when last >= ${from} and first < ${end}::timestamptz then 'across'
          else 'outside' end as lies
      from passage_blocks where topic = ${topic}
    ), slices as (
      select slice, extract(epoch from least(slices.last, ${end}::timestamptz) - greatest(slices.first, ${from}))
          / greatest(0.001, extract(epoch from slices.last - slices.first)) as share
        from blocks join passage_slices as slices
          on slice >= block * ${SLICES} and slice < (block + 1) * ${SLICES}
        where lies = 'across' and slices.last >= ${from} and slices.first < ${end}::timestamptz
    ), counts as (
      select term, sum(postings.passages) as everywhere,
          coalesce(sum(postings.passages) filter (where lies <> 'outside'), 0) as inside
        from unnest(${sql.param(terms)}::bigint[]) as term
        cross join lateral (${rangeOf(sql`key, passages`, sql`0`, sql.raw(String(MOST_BLOCKS - 1)))}) as postings
        join blocks on block = key - term * ${MOST_BLOCKS}
        group by term
    ), touched as (
      select block, 0 as first, ${PARTS - 1}::int as last from blocks where lies = 'inside'
      union all
      select slice / ${SLICES}::int, min(slice % ${SLICES}) / ${SLICES_A_PART}::int,
          max(slice % ${SLICES}) / ${SLICES_A_PART}
        from slices group by 1
    )
    select
      (select json_agg(blocks) from blocks) as blocks,
      (select json_agg(json_build_array(slice, round(share, 3))) from slices) as slices,
      (select json_agg(json_build_array(term, everywhere, inside)) from counts) as terms,
      case when (select sum(inside) from counts) <= ${most} then (
        select coalesce(${PACKED_LISTS}, '') from (
          select key, ${touchedPart} as list
            from (select min(block) as low, max(block) as high from touched) as bounds
            cross join unnest(${sql.param(terms)}::bigint[]) as term
            cross join lateral (${rangeOf(sql`key, parts, list`, sql`low`, sql`high`)}) as lists
            join touched on block = key - term * ${MOST_BLOCKS}
          offset 0
        ) as lists
      ) end as lists`,
  );
  const blocks = row?.blocks ?? [];
  const sum = (key: 'used' | 'passages' | 'length') =>
    blocks.reduce((total, block) => total + block[key], 0);
  return {
    passages: sum('passages'),
    used: sum('used'),
    averageLength: sum('length') / Math.max(1, sum('passages')),
    stretches: stretchesOf(blocks, row?.slices ?? []),
    terms: (row?.terms ?? []).map(([term, all, inside]) => ({ term, all, inside })),
    lists: typeof row?.lists === 'string' ? unpackLists(row.lists) : null,
  };
}

function stretchesOf(
  blocks: readonly Block[],
  slices: readonly (readonly [number, number])[],
): Stretch[] {
  const whole = blocks.filter(({ lies }) => lies === 'inside');
  return [
    ...whole.map(({ block, used }) => ({ first: block * BLOCK_SIZE, size: used, share: 1 })),
    ...slices.map(([slice, share]) => {
      const part = Math.min(1, Math.max(LEAST_SHARE, share));
      return { first: slice * SLICE_SIZE, size: SLICE_SIZE, share: part };
    }),
  ].toSorted((a, b) => b.first - a.first);
}

const LEAST_SHARE = 0.001; // of a slice that a span touches in an instant

/**
 * Of a term's lists in the blocks from one to another. Planned by itself (that is what `offset 0` does), it always
 * is a short range of the index; joined to the terms, it would be a guess at millions of rows.
 */
function rangeOf(columns: SQL, first: SQL, last: SQL): SQL {
  return sql`
    select ${columns} from postings
    where key >= term * ${MOST_BLOCKS} + ${first} and key <= term * ${MOST_BLOCKS} + ${last}
    offset 0`;
}

const PARTS = BLOCK_SIZE / PART_SIZE;
const SLICES_A_PART = SLICES / PARTS;

/** How many of a list's postings are of its block's first parts, as many as are named. */
function countBefore(part: SQL): SQL {
  const counts = Array.from({ length: PARTS }, (_, index) => {
    const count = sql.raw(`(parts >> ${index * PART_BITS} & ${2 ** PART_BITS - 1})::int`);
    return sql`case when ${part} > ${sql.raw(String(index))} then ${count} else 0 end`;
  });
  return sql`(${sql.join(counts, sql` + `)})`;
}

/** Of a list, the postings from a first part of its block to a last one: of stored bytes, only these are read. */
const touchedPart = sql`
  case when parts is null or (first = 0 and last = ${sql.raw(String(PARTS - 1))}) then list
    else substring(list from 1 + 4 * ${countBefore(sql`first`)}
      for 4 * (${countBefore(sql`last + 1`)} - ${countBefore(sql`first`)})) end`;

/** Postings of a term's list: of which term, in which block. */
export type TermList = {
  readonly term: TermNumber;
  readonly block: number;
  readonly postings: Uint32Array;
};

const LIST_HEAD = 12; // bytes: key, length

/** The lists of terms in blocks, and in those between. */
export async function readLists(
  db: Database,
  terms: readonly TermNumber[],
  blocks: readonly number[],
): Promise<TermList[]> {
  const [first, last] = [sql`${Math.min(...blocks)}::int`, sql`${Math.max(...blocks)}::int`];
  const [row] = await askPlanned<{ lists: string | null }>(
    db,
    'lists',
    sql`
    select ${PACKED_LISTS} as lists
    from unnest(${sql.param(terms)}::bigint[]) as term
      cross join lateral (${rangeOf(sql`key, list`, first, last)}) as lists`,
  );
  return unpackLists(row?.lists ?? null);
}

const PACKED_LISTS = sql`
  encode(string_agg(int8send(key) || int4send(octet_length(list)) || list, ''), 'base64')`;

function unpackLists(packed: string | null): TermList[] {
  const bytes = unpack(packed);
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
    select count(*)::int as passages, ${PACKED_PASSAGES} as packed
    from (
      select * from passages where topic = ${topic} and at < ${end} ${since} limit ${most + 1}
    ) as passages`);
  const [row] = rows;
  return row && row.passages <= most ? unpack(row.packed) : null;
}

const PACKED_PASSAGES = sql`
  encode(string_agg(
    int8send(no) || int4send(length) || int4send(octet_length(counts)) || counts, ''
  ), 'base64')`;

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

function unpack(packed: string | null): Buffer {
  return Buffer.from(packed ?? '', 'base64');
}

/** A passage as it is stored. */
export type StoredPassage = {
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
): Promise<StoredPassage[]> {
  const [row] = await askPlanned<{
    names: readonly string[] | null;
    instants: readonly number[] | null;
    packed: string | null;
  }>(
    db,
    'passages',
    sql`
    select json_agg(kind || ' ' || ref) as names,
        json_agg((extract(epoch from at) * 1000)::bigint) as instants,
        ${PACKED_PASSAGES} as packed
      from passages
      where no = any(${sql.param(numbers)}::bigint[])
        and at >= ${start ?? '-infinity'}::timestamptz and at < ${end}::timestamptz
        and (kind <> 'post' or ${isStanding(passages.ref)})`,
  );
  const { names, instants, packed } = row ?? {};
  const bytes = unpack(packed ?? null);
  const found: StoredPassage[] = [];
  eachPassage(bytes, (no, length, from, to) => {
    const name = names?.[found.length] ?? '';
    const kind = name.startsWith('post ') ? 'post' : 'line';
    const ref = name.slice(kind.length + 1);
    const at = new Date(instants?.[found.length] ?? 0);
    found.push({ no, kind, ref, at, length, counts: bytes.subarray(from, to) });
  });
  return found;
}
