import type { Post } from '../model/post.ts';
import type { Line, Report } from '../model/report.ts';
import type { Database } from './database.ts';
import { sql } from './drizzle.ts';
import type { Entry } from './passage-rows.ts';

/** Waits until nobody else writes posts or passages, and keeps others waiting to the transaction's end. */
export async function waitForWriters(tx: Database): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtext('dawn-chorus:posts'))`);
}

/** A post as it belongs to a topic. */
export type TopicPost = {
  readonly topic: string;
  /** When it was written. */
  readonly at: Date;
  readonly post: Pick<Post, 'id' | 'author' | 'authorName' | 'text'>;
};

/** Makes posts findable by their authors' names and their words, as they read now. Other writers wait. */
export function indexPosts(tx: Database, posts: readonly TopicPost[]): Promise<void> {
  return index(
    tx,
    posts.map(({ topic, at, post: { id, author, authorName, text } }) => {
      return { topic, kind: 'post', ref: id, at, names: `${authorName} @${author}`, text };
    }),
  );
}

/** Makes the lines of a report findable; those that it had before are gone with their rows. */
export async function indexLines(
  tx: Database,
  report: Pick<Report, 'topic' | 'window' | 'createdAt'> & {
    readonly id: number;
    readonly lines: readonly Pick<Line, 'address' | 'lead' | 'text' | 'impact'>[];
  },
): Promise<void> {
  const at = lastInstantOf(report);
  await waitForWriters(tx);
  await index(
    tx,
    report.lines.map(({ address, lead, text, impact }) => ({
      topic: report.topic,
      kind: 'line',
      ref: `${report.id} ${address}`,
      at,
      names: '',
      text: [lead, text, impact].filter((part) => part !== null).join('\n'),
    })),
  );
}

/** When it was made, but inside of its window, so that it is found in its days. */
function lastInstantOf({ window, createdAt }: Pick<Report, 'window' | 'createdAt'>): Date {
  const last = window.end.getTime() - 1;
  return new Date(Math.max(window.start.getTime(), Math.min(last, createdAt.getTime())));
}

async function index(tx: Database, entries: readonly Entry[]): Promise<void> {
  if (entries.length === 0) return;
  const { rowsOf } = await import('./passage-rows.ts'); // with dictionaries, which only writers need
  await tx.execute(sql`
    insert into passages (topic, kind, ref, at, length, keys, counts)
    select topic, kind, ref, at, length, keys, counts
      from json_populate_recordset(null::passages, ${JSON.stringify(rowsOf(entries))}::json)
    on conflict (kind, ref, topic) do update
      set at = excluded.at, length = excluded.length, keys = excluded.keys, counts = excluded.counts
      where (passages.at, passages.counts) is distinct from (excluded.at, excluded.counts)`);
}
