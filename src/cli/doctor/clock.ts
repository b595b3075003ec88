import type { OpenDatabase } from '../../store/database.ts';
import { discordRoot } from '../probe/discord.ts';
import { telegramRoot } from '../probe/telegram.ts';
import { bad, type Check, type Finding, good, openedDatabase, unknown } from './finding.ts';

const NAME = 'clock';

/** Digests would come so much too early or too late, and less is not worth a word. Milliseconds. */
const MOST_OFF_MS = 30_000;

/** How far our clock is before (or, negative, behind) another. Milliseconds. */
export type Reading = { readonly whose: string; readonly aheadMs: number };

/** Compares our clock with the database's and a platform's. */
export const clock: Check = {
  name: NAME,
  async look(patient, signal) {
    const { config, now } = patient;
    const roots = [
      ...(config.telegram ? [['Telegram', telegramRoot(config.telegram)] as const] : []),
      ...(config.discord ? [['Discord', discordRoot(config.discord)] as const] : []),
    ];
    const ofDatabase = openedDatabase(patient).then(
      (open) => open && compare('the database', now, () => timeOfDatabase(open)),
    );
    const ofPlatforms = roots.map(([whose, root]) =>
      compare(whose, now, () => timeOfServer(root, signal)),
    );
    const readings = await Promise.all([ofDatabase, ...ofPlatforms]);
    return [judgeClock(readings.filter((reading) => reading !== null))];
  },
};

async function compare(
  whose: string,
  now: () => Date,
  read: () => Promise<Date | null>,
): Promise<Reading | null> {
  const before = now().getTime();
  const theirs = await read();
  if (theirs === null) return null;
  const halfway = (before + now().getTime()) / 2;
  return { whose, aheadMs: halfway - theirs.getTime() };
}

async function timeOfDatabase({ pool }: OpenDatabase): Promise<Date | null> {
  const { rows } = await pool.query<{ at: Date }>('select clock_timestamp() as at');
  return rows[0]?.at ?? null;
}

/** The hour that a server stamps on its answers, to the second; `null` where it gives none. */
async function timeOfServer(root: string, signal: AbortSignal): Promise<Date | null> {
  try {
    const response = await fetch(root, { method: 'HEAD', redirect: 'manual', signal });
    const date = new Date(response.headers.get('date') ?? '');
    return Number.isNaN(date.getTime()) ? null : date;
  } catch {
    return null; // that it cannot be reached is said elsewhere
  }
}

/** Says whether our clock is right, as far as others tell. */
export function judgeClock(readings: readonly Reading[]): Finding {
  if (readings.length === 0) return unknown(NAME, 'nobody tells the time to compare with');
  const wrong = readings.filter(({ aheadMs }) => Math.abs(aheadMs) > MOST_OFF_MS);
  const whose = readings.map((reading) => reading.whose).join(' and ');
  if (wrong.length === 0) return good(NAME, `as that of ${whose}`);
  const says = wrong.map((reading) => {
    const seconds = Math.round(Math.abs(reading.aheadMs) / 1000).toLocaleString('en');
    const side = reading.aheadMs > 0 ? 'before' : 'behind';
    return `${seconds} seconds ${side} that of ${reading.whose}`;
  });
  return bad(NAME, says.join(', '), 'Set the clocks by the network (NTP) on both machines.');
}
