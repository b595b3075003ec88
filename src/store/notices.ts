import type { Database } from './database.ts';
import { notices } from './schema.ts';

/** Whether something is told for the first time: of all who ask under one key, one hears yes. */
export async function isNews(db: Database, key: string, now: Date): Promise<boolean> {
  const rows = await db
    .insert(notices)
    .values({ key, toldAt: now })
    .onConflictDoNothing()
    .returning({ key: notices.key });
  return rows.length > 0;
}
