import type { Pace } from '../model/delivery.ts';
import type { Database } from './database.ts';
import { type SQL, sql } from './drizzle.ts';
import { paces } from './schema.ts';

/** A place that was taken, and when it comes; or, where that is too far away, when to ask again. */
export type Place = { readonly isTaken: boolean; readonly at: Date };

/**
 * Takes the next free place of every pace, for all processes on the database together. It is the
 * generic cell rate algorithm (ITU-T I.371): a place is taken by moving the theoretical arrival time
 * on, at once and for good. Where the place is further away than `patienceMs`, none is taken.
 *
 * A pace that has to wait for a slower one counts the place where it was free itself: in a row of places
 * it lets at most `patienceMs / everyMs` more through than by itself.
 */
export async function takePlace(
  db: Database,
  wanted: readonly Pace[],
  now: Date,
  patienceMs: number,
): Promise<Place> {
  const ordered = wanted.toSorted((a, b) => (a.key < b.key ? -1 : 1)); // else two could wait in a ring
  try {
    return await db.transaction(async (tx) => {
      let at = now;
      for (const pace of ordered) {
        const arrival = await moveOn(tx, pace, now);
        if (arrival > at) at = arrival;
      }
      if (at.getTime() - now.getTime() > patienceMs) throw new TooFar(at);
      return { isTaken: true, at };
    });
  } catch (error) {
    if (error instanceof TooFar) return { isTaken: false, at: error.at };
    throw error;
  }
}

/** Ends a transaction whose place is too far away. */
class TooFar extends Error {
  readonly at: Date;

  constructor(at: Date) {
    super('the place is too far away');
    this.at = at;
  }
}

async function moveOn(tx: Database, { key, everyMs, burst }: Pace, now: Date): Promise<Date> {
  const farthest = new Date(now.getTime() + FARTHEST_MS);
  const [row] = await tx
    .insert(paces)
    .values({ key, freeAt: new Date(now.getTime() + everyMs) })
    .onConflictDoUpdate({
      target: paces.key,
      set: {
        freeAt: sql`greatest(least(${paces.freeAt}, ${instant(farthest)}), ${instant(now)},
          ${paces.heldUntil} + ${everyMs * (burst - 1)} * interval '1 millisecond')
          + ${everyMs} * interval '1 millisecond'`,
      },
    })
    .returning({ freeAt: paces.freeAt, heldUntil: paces.heldUntil });
  const arrival = (row?.freeAt ?? now).getTime() - everyMs * burst;
  return new Date(Math.max(arrival, row?.heldUntil?.getTime() ?? 0));
}

/** No queue is longer: what is booked further away was booked by a clock that ran ahead. */
const FARTHEST_MS = 600_000;

function instant(moment: Date): SQL {
  return sql`${moment.toISOString()}::timestamptz`;
}

/** Holds everything of a pace back until a moment: the platform said so. */
export async function holdBack(db: Database, pace: Pace, until: Date): Promise<void> {
  const heldUntil = sql`greatest(${paces.heldUntil}, ${instant(until)})`;
  await db
    .insert(paces)
    .values({ key: pace.key, freeAt: until, heldUntil: until })
    .onConflictDoUpdate({ target: paces.key, set: { heldUntil } });
}

/** Forgets paces that have held nothing back for a day. */
export async function forgetPaces(db: Database, now: Date): Promise<void> {
  await db
    .delete(paces)
    .where(sql`greatest(${paces.freeAt}, ${paces.heldUntil}) < ${instant(now)} - interval '1 day'`);
}
