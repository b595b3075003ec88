import journal from '../../../migrations/meta/_journal.json' with { type: 'json' };
import { UserError } from '../../model/errors.ts';
import type { OpenDatabase } from '../../store/database.ts';
import { bad, type Check, type Finding, good } from './finding.ts';

const NAME = 'database';

/** Whether the database opens, and has the tables of this version: opening it makes them. */
export const database: Check = {
  name: NAME,
  async look(patient, signal) {
    try {
      const { pool } = await patient.database();
      return [judgeDatabase(await read(pool), journal.entries.length)];
    } catch (error) {
      signal.throwIfAborted();
      const says = error instanceof UserError ? error.message : 'it cannot be read';
      return [bad(NAME, says.replace(/\.$/, ''), 'Start the server, or look at DATABASE_URL.')];
    }
  },
};

type Facts = { readonly version: string; readonly migrations: number };

async function read(pool: OpenDatabase['pool']): Promise<Facts> {
  const { rows } = await pool.query<Facts>(
    `select current_setting('server_version') as version,
            (select count(*)::int from drizzle.__drizzle_migrations) as migrations`,
  );
  const [facts] = rows;
  if (!facts) throw new Error('the database answered nothing');
  return facts;
}

/** Compares the database with the number of migrations that this version of the program has. */
export function judgeDatabase({ version, migrations }: Facts, own: number): Finding {
  return migrations > own
    ? bad(
        NAME,
        `PostgreSQL ${version}, with ${migrations} migrations where this version has ${own}`,
        'A newer version of Dawn Chorus works with it: update this one.',
      )
    : good(NAME, `PostgreSQL ${version}, up to date (${migrations} migrations)`);
}
