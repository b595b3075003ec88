import type { Pool } from 'pg';

import { type SQL, sql } from './drizzle.ts';

/** The advisory locks of sessions have this number first; any, the same in every process. */
const SESSIONS = 402_601_29;

/** A running process, as the others see it: alive as long as it holds the lock of its number. */
export type Session = {
  readonly number: number;
  /** Aborted when the connection that holds the lock is lost: others may take over what was ours. */
  readonly lost: AbortSignal;
  close(): Promise<void>;
};

/** Takes a number of its own, on a connection of its own. */
export async function openSession(pool: Pool): Promise<Session> {
  const client = await pool.connect();
  const lost = new AbortController();
  let isOpen = true;
  const lose = () => {
    if (!isOpen) return;
    isOpen = false;
    lost.abort(new Error('the connection to the database was lost'));
    client.release(true);
  };
  client.on('error', lose);
  client.on('end', lose);
  const { rows } = await client.query<{ number: number }>(
    `select number, pg_advisory_lock($1, number) from
       (select nextval('sessions')::int as number offset 0) as drawn`,
    [SESSIONS],
  );
  const number = rows[0]?.number;
  if (number === undefined) throw new Error('the database gave no number to a session');
  return {
    number,
    lost: lost.signal,
    async close() {
      if (!isOpen) return;
      isOpen = false;
      client.off('error', lose);
      client.off('end', lose);
      await client.query('select pg_advisory_unlock($1, $2)', [SESSIONS, number]).catch(() => {});
      client.release();
    },
  };
}

/** Whether the process of a column is alive, as SQL; not for one that holds no number. */
export function isAlive(column: unknown): SQL {
  return sql`exists (select 1 from pg_locks
    where locktype = 'advisory' and classid = ${SESSIONS}::oid and objid = ${column}::int::oid
      and objsubid = 2 and granted
      and database = (select oid from pg_database where datname = current_database()))`;
}
