import type { Database } from './database.ts';
import { PgDialect, type SQL } from './drizzle.ts';

const dialect = new PgDialect();

/**
 * Asks with a statement that each connection plans once and keeps under a name: for what is asked often,
 * and is answered sooner than it is planned. One name belongs to one text.
 */
export async function askPlanned<T>(db: Database, name: string, query: SQL): Promise<T[]> {
  const { session } = db._;
  const planned = session.prepareQuery<{ execute: { rows: T[] }; all: unknown; values: unknown }>(
    dialect.sqlToQuery(query),
    undefined,
    name,
    false,
  );
  const { rows } = await planned.execute();
  return rows;
}
