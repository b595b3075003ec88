import type { LineName } from '../model/asking.ts';
import type { Post } from '../model/post.ts';
import { type Line, type Report, wordsOfLine } from '../model/report.ts';
import type { Database } from './database.ts';
import { and, desc, eq, inArray, max, sql } from './drizzle.ts';
import type { Entry, Read } from './passage-terms.ts';
import {
  BLOCK_SIZE,
  keyOf,
  PART_BITS,
  PART_SIZE,
  postingOf,
  SLICE_SIZE,
  type TermNumber,
} from './postings.ts';
import { passageBlocks, passages } from './schema.ts';

/** Waits until nobody else writes posts or passages, and keeps others waiting to the transaction's end. */
export async function waitForWriters(tx: Database): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtext('dawn-chorus:posts'))`);
}

/** A post as it belongs to a topic. */
export type TopicPost = {
  readonly topic: string;
  /** When it was written. */
  readonly at: Date;
  readonly post: Pick<Post, 'id' | 'author' | 'authorName' | 'text'>;
};

/**
 * Makes posts findable by their authors' names and their words, as they read now. Run it where others
 * wait (`waitForWriters`).
 */
export function indexPosts(tx: Database, posts: readonly TopicPost[]): Promise<void> {
  return indexEntries(
    tx,
    'post',
    posts.map(({ topic, at, post: { id, author, authorName, text } }) => {
      return { topic, kind: 'post', ref: id, at, names: `${authorName} @${author}`, text };
    }),
  );
}

/** Makes the lines of a report findable; those that it had before are gone with their rows. */
export async function indexLines(
  tx: Database,
  report: Pick<Report, 'topic' | 'window' | 'createdAt'> & {
    readonly id: number;
    readonly lines: readonly Pick<Line, 'address' | 'lead' | 'text' | 'impact'>[];
  },
): Promise<void> {
  const at = instantOf(report);
  await waitForWriters(tx);
  await indexEntries(
    tx,
    'line',
    report.lines.map((line) => ({
      topic: report.topic,
      kind: 'line',
      ref: refOfLine({ report: report.id, address: line.address }),
      at,
      names: '',
      text: wordsOfLine(line),
    })),
  );
}

/** How passages refer to a line: `7 III.C.2`. */
export function refOfLine({ report, address }: LineName): string {
  return `${report} ${address}`;
}

/** The line that passages refer to so. */
export function lineOfRef(ref: string): LineName {
  const [report, address = ''] = ref.split(' ');
  return { report: Number(report), address };
}

/** When it was made, but inside of its window, so that it is found in its days. */
function instantOf({ window, createdAt }: Pick<Report, 'window' | 'createdAt'>): Date {
  const last = window.end.getTime() - 1;
  return new Date(Math.max(window.start.getTime(), Math.min(last, createdAt.getTime())));
}

async function indexEntries(
  tx: Database,
  kind: Entry['kind'],
  entries: readonly Entry[],
): Promise<void> {
  if (entries.length === 0) return;
  const { readEntries } = await import('./passage-terms.ts'); // dictionaries, for writers only
  const changed = await withoutKnown(tx, kind, readEntries(entries));
  for (const [topic, own] of Map.groupBy(changed, (entry) => entry.topic)) {
    await append(
      tx,
      topic,
      own.toSorted((a, b) => a.at.getTime() - b.at.getTime()),
    );
  }
}

/** Those that are not indexed as they are; what is indexed of them is no longer found. */
async function withoutKnown(
  tx: Database,
  kind: Entry['kind'],
  entries: readonly Read[],
): Promise<Read[]> {
  const refs = entries.map(({ ref }) => ref);
  const { no, topic, ref, at, counts } = passages;
  const known = await tx
    .select({ no, topic, ref, at, counts })
    .from(passages)
    .where(and(eq(passages.kind, kind), sql`${passages.ref} = any(${sql.param(refs)}::text[])`));
  if (known.length === 0) return [...entries];
  const rows = new Map(known.map((row) => [`${row.topic}\n${row.ref}`, row]));
  const stale: number[] = [];
  const changed = entries.filter((entry) => {
    const row = rows.get(`${entry.topic}\n${entry.ref}`);
    if (row?.at.getTime() === entry.at.getTime() && row.counts.equals(entry.counts)) return false;
    if (row) stale.push(row.no);
    return true;
  });
  if (stale.length > 0) await tx.delete(passages).where(inArray(passages.no, stale));
  return changed;
}

/**
 * Gives the next numbers of a topic to passages, and writes these at the ends of their lists: those of
 * one part of a block at a time.
 */
async function append(tx: Database, topic: string, entries: readonly Read[]): Promise<void> {
  let { block, used } = await openBlock(tx, topic);
  for (let start = 0; start < entries.length;) {
    const part = entries.slice(start, start + PART_SIZE - (used % PART_SIZE));
    await appendToPart(tx, topic, { block, used }, part);
    start += part.length;
    if (start < entries.length) ({ block, used } = await openBlock(tx, topic));
  }
}

type OpenBlock = { readonly block: number; readonly used: number };

/** The topic's last block, if it has room, else a new one. */
async function openBlock(tx: Database, topic: string): Promise<OpenBlock> {
  const [last] = await tx
    .select({ block: passageBlocks.block, used: passageBlocks.used })
    .from(passageBlocks)
    .where(eq(passageBlocks.topic, topic))
    .orderBy(desc(passageBlocks.block))
    .limit(1);
  if (last && last.used < BLOCK_SIZE) return last;
  const [highest] = await tx.select({ block: max(passageBlocks.block) }).from(passageBlocks);
  return { block: (highest?.block ?? -1) + 1, used: 0 };
}

async function appendToPart(
  tx: Database,
  topic: string,
  { block, used }: OpenBlock,
  entries: readonly Read[],
): Promise<void> {
  const rows = entries.map(({ kind, ref, at, length, counts }, index) => {
    const no = block * BLOCK_SIZE + used + index;
    return { no, topic, kind, ref, at, length, counts: `\\x${counts.toString('hex')}` };
  });
  const { keys, lists } = listsOf(block, used, entries);
  const shift = Math.floor(used / PART_SIZE) * PART_BITS;
  const added = entries.length;
  const length = entries.reduce((sum, entry) => sum + entry.length, 0);
  const [first, last] = [entries[0]?.at, entries.at(-1)?.at];
  await tx.execute(sql`
    with written as (
      insert into passages (no, topic, kind, ref, at, length, counts)
      select no, topic, kind, ref, at, length, counts
        from json_populate_recordset(null::passages, ${JSON.stringify(rows)}::json)
    ), counted as (
      insert into passage_blocks as known (block, topic, used, passages, length, first, last)
      values (${block}, ${topic}, ${added}, ${added}, ${length}, ${first}, ${last})
      on conflict (block) do update set
        used = known.used + excluded.used,
        passages = known.passages + excluded.passages,
        length = known.length + excluded.length,
        first = least(known.first, excluded.first),
        last = greatest(known.last, excluded.last)
    ), sliced as (
      insert into passage_slices as known (slice, first, last)
      select slice, first, last
        from json_populate_recordset(null::passage_slices, ${JSON.stringify(slicesOf(rows))}::json)
      on conflict (slice) do update set
        first = least(known.first, excluded.first),
        last = greatest(known.last, excluded.last)
    )
    insert into postings as known (key, passages, parts, list)
    select key, octet_length(list) / 4, (octet_length(list) / 4)::bigint << ${shift}::int, list
      from unnest(${keys}::bigint[], ${lists}::bytea[]) as fresh (key, list)
    on conflict (key) do update set
      passages = known.passages + excluded.passages,
      parts = known.parts + excluded.parts,
      list = known.list || excluded.list`);
}

/** Between which instants passages lie that are in order of time. */
function slicesOf(rows: readonly { readonly no: number; readonly at: Date }[]): unknown[] {
  const slices = Map.groupBy(rows, ({ no }) => Math.floor(no / SLICE_SIZE));
  return Array.from(slices, ([slice, own]) => ({
    slice,
    first: own[0]?.at,
    last: own.at(-1)?.at,
  }));
}

/** What is written at the ends of a block's lists, as PostgreSQL's arrays are written. */
function listsOf(
  block: number,
  used: number,
  entries: readonly Read[],
): { keys: string; lists: string } {
  const byTerm = new Map<TermNumber, string>();
  for (const [place, { terms, length }] of entries.entries()) {
    for (const [term, count] of terms) {
      const posting = hexOf(postingOf(used + place, count, length));
      byTerm.set(term, (byTerm.get(term) ?? '\\\\x') + posting);
    }
  }
  const terms = [...byTerm.keys()].toSorted((a, b) => a - b);
  const keys = terms.map((term) => keyOf(term, block)).join(',');
  const lists = terms.map((term) => byTerm.get(term)).join(',');
  return { keys: `{${keys}}`, lists: `{${lists}}` };
}

const BYTES = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

/** The bytes of a posting, the lowest first. */
function hexOf(posting: number): string {
  const byte = (shift: number) => BYTES[(posting >>> shift) & 255] ?? '';
  return byte(0) + byte(8) + byte(16) + byte(24);
}
