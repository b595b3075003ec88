import type { Charge, Returned } from '../model/source.ts';
import type { Day } from '../model/window.ts';
import type { Database } from './database.ts';
import { lt, sql } from './drizzle.ts';
import { charged } from './schema.ts';

/**
 * Notes what X returned on a day of UTC; answers what it charges for of that, which is what nobody had
 * noted on the day. Two that note the same at once: one waits for the other to be done or to fail.
 *
 * The price list charges "per resource returned in the response", each once in a day of UTC
 * (docs.x.com, "Pricing"), and X's own notes on costs say that objects that came along by
 * `expansions` count as returned. Whether they stand on the bill is told nowhere with certainty, so
 * they are counted: then a budget ends early rather than late. Answers with an error are free.
 */
export async function noteCharged(
  tx: Database,
  day: Day,
  { postIds, userIds }: Returned,
): Promise<Charge> {
  if (postIds.length + userIds.length === 0) return { posts: 0, users: 0 };
  // In order: two that have each noted something that the other is about to would wait for ever.
  const returned = [
    ...postIds.map((id) => ['post', id] as const),
    ...userIds.map((id) => ['user', id] as const),
  ].toSorted(([, a], [, b]) => (a < b ? -1 : 1));
  const kinds = returned.map(([kind]) => kind);
  const ids = returned.map(([, id]) => id);
  const { rows } = await tx.execute<Charge>(sql`
    with fresh as (
      insert into ${charged} (day, kind, id)
        select ${day}, kind, id
          from unnest(${sql.param(kinds)}::text[], ${sql.param(ids)}::text[]) as returned (kind, id)
        on conflict do nothing returning kind)
    select count(*) filter (where kind = 'post')::int as posts,
      count(*) filter (where kind = 'user')::int as users from fresh`);
  return rows[0] ?? { posts: 0, users: 0 };
}

/** Forgets what was charged for before a day. */
export async function forgetCharged(db: Database, before: Day): Promise<void> {
  await db.delete(charged).where(lt(charged.day, before));
}
