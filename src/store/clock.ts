import type { Pool } from 'pg';

import { type Clock, SYSTEM_CLOCK } from '../lib/clock.ts';

/** So often it is looked what time it is. */
const LOOK_MS = 30_000;

/**
 * The time of the database, which is the same for all processes on it. Between two looks it goes on
 * evenly by itself, and while the database is away: whatever becomes of this machine's clock, no day
 * is begun that has not come, and nothing is late that is not.
 *
 * @param own what is waited with
 */
export async function openDatabaseClock(
  pool: Pick<Pool, 'query'>,
  signal: AbortSignal,
  own: Clock = SYSTEM_CLOCK,
): Promise<Clock> {
  let last = await look(pool);
  const keepLooking = async () => {
    while (!signal.aborted) {
      await own.wait(LOOK_MS, signal).catch(() => undefined); // stopped meanwhile
      if (!signal.aborted) last = await look(pool).catch(() => last);
    }
  };
  void keepLooking();
  return { ...own, now: () => new Date(last.time + performance.now() - last.at) };
}

/** What time it was at a moment of `performance.now()`, which nobody sets. Both in milliseconds. */
type Look = { readonly time: number; readonly at: number };

async function look(pool: Pick<Pool, 'query'>): Promise<Look> {
  const asked = performance.now();
  const { rows } = await pool.query<{ time: Date }>('select clock_timestamp() as time');
  const [row] = rows;
  if (!row) throw new Error('the database does not say what time it is');
  return { time: row.time.getTime(), at: (asked + performance.now()) / 2 };
}
