import type { Day } from '../model/window.ts';
import type { Database } from './database.ts';
import { lt, lte, sql } from './drizzle.ts';
import { quotas } from './schema.ts';

/** What came of wanting one of what is limited: `just-used-up` is answered once a day. */
export type Grant = 'granted' | 'just-used-up' | 'used-up';

/** Uses up one of what somebody may do on a day. */
export async function useQuota(db: Database, key: string, day: Day, most: number): Promise<Grant> {
  const [row] = await db
    .insert(quotas)
    .values({ key, day, used: 1 })
    .onConflictDoUpdate({
      target: [quotas.key, quotas.day],
      set: { used: sql`${quotas.used} + 1` },
      setWhere: lte(quotas.used, most), // one more than the most notes the first refusal
    })
    .returning({ used: quotas.used });
  if (!row) return 'used-up';
  return row.used > most ? 'just-used-up' : 'granted';
}

/** Forgets what was used up before a day. */
export async function forgetQuotas(db: Database, before: Day): Promise<void> {
  await db.delete(quotas).where(lt(quotas.day, before));
}
