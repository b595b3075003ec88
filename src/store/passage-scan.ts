import type { Database } from './database.ts';
import { type SQL, sql } from './drizzle.ts';
import type { TermNumber } from './term-keys.ts';

/*
 * Passages cross the wire in one value, packed, because thousands of rows cost the driver more than
 * the database.
 */

/** Some passages as they came, one after the other. */
export type Packed = { readonly rows: number; readonly bytes: Buffer };

/** The passages that hold all of these terms, and some of those. */
export type Arm = { readonly all: readonly TermNumber[]; readonly any: readonly TermNumber[] };

/** Part of a topic: months, newest first, and the instants between which its passages were written. */
export type Place = {
  readonly topic: string;
  readonly months: readonly number[];
  readonly start: Date | null;
  readonly end: Date;
};

/** Every passage of a place, but `most` at most. */
export function readAll(db: Database, place: Place, most: number): Promise<Packed> {
  return read(db, sql`select * from passages where ${isInside(place)} limit ${most}`);
}

/** The passages of a place for which one of the arms holds, those of newer months first, `most` at most. */
export function readHolding(
  db: Database,
  place: Place,
  arms: readonly Arm[],
  most: number,
): Promise<Packed> {
  const conditions = arms.map(({ all, any }) =>
    sql.join(
      [
        ...(all.length > 0 ? [sql`keys @> ${keysOf(all)}`] : []),
        ...(any.length > 0 ? [sql`keys && ${keysOf(any)}`] : []),
      ],
      sql` and `,
    ),
  );
  return read(
    db,
    sql`
      select found.* from unnest(${sql.param(place.months)}::int[]) with ordinality as m (month, place)
      cross join lateral (
        select * from passages where ((${sql.join(conditions, sql`) or (`)})) and ${isInside(place)}
      ) as found limit ${most}`,
  );
}

const keysOf = (numbers: readonly TermNumber[]) =>
  sql`array(select m.month * 4294967296 + number from unnest(${sql.param(numbers)}::bigint[]) as number)`;

function isInside({ topic, start, end }: Place): SQL {
  const since = start ? sql`and at >= ${start}` : sql``;
  return sql`topic = ${topic} and at < ${end} ${since}`;
}

async function read(db: Database, passages: SQL): Promise<Packed> {
  const { rows } = await db.execute<{ rows: number; bytes: Buffer | null }>(sql`
    select count(*)::int as rows, string_agg(
        int8send(no) || int4send(length) || int4send(octet_length(counts)) || counts, ''
      ) as bytes
    from (${passages}) as passages`);
  return { rows: rows[0]?.rows ?? 0, bytes: rows[0]?.bytes ?? Buffer.alloc(0) };
}

const HEAD = 16; // bytes before a passage's counts

/** Calls `see` with each passage: its number, its length, and where its counts lie in the bytes. */
export function eachPassage(
  { bytes }: Packed,
  see: (no: number, length: number, start: number, end: number) => void,
): void {
  for (let at = 0; at < bytes.length;) {
    const start = at + HEAD;
    const end = start + bytes.readUInt32BE(at + 12);
    see(bytes.readUIntBE(at + 2, 6), bytes.readUInt32BE(at + 8), start, end);
    at = end;
  }
}
