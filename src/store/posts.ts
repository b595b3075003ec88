import type { SQL } from 'drizzle-orm';

import type { Post } from '../model/post.ts';
import type { Window } from '../model/window.ts';
import type { Database } from './database.ts';
import { and, eq, getTableColumns, inArray, max, min, sql } from './drizzle.ts';
import { indexPosts, type TopicPost, waitForWriters } from './passages.ts';
import { drops, postEdits, posts, topicPosts } from './schema.ts';
import { postsInWindow } from './standing.ts';

export { postsInWindow } from './standing.ts';

/** What happened to stored posts: ones that are new in the topic, ones whose row changed, ones that were known already. */
export type Stored = {
  readonly added: number;
  readonly updated: number;
  readonly unchanged: number;
};

/**
 * Stores posts for a topic, and may be repeated: a post that is known gets its newer numbers and
 * keeps what the newer copy does not know; a whole text never gives way to a cut one. What a network itself
 * says of its posts, sooner or later, stands instead of what others say of them (see `isHearsay`).
 * Run it in a transaction: it waits for other writers, so that two imports cannot block each other.
 */
export async function storePosts(
  tx: Database,
  topic: string,
  batch: readonly Post[],
): Promise<Stored> {
  await waitForWriters(tx);
  const sum = { added: 0, updated: 0, unchanged: 0 };
  for (const round of roundsOfDistinctIds(batch)) {
    const rows = await upsert(tx, topic, round);
    const added = rows.filter(({ state }) => state === 'added').length;
    const updated = rows.filter(({ state }) => state === 'updated').length;
    sum.added += added;
    sum.updated += updated;
    sum.unchanged += round.length - added - updated;
    await indexStored(tx, topic, round, rows);
  }
  await noteEdits(tx, batch);
  return sum;
}

/** The posts that a report was made from: those of its window that it did not leave out. */
export async function postsBehind(
  db: Database,
  report: { readonly id: number; readonly topic: string; readonly window: Window },
): Promise<Post[]> {
  const collected = await postsInWindow(db, report.topic, report.window);
  const dropped = await db
    .select({ id: drops.postId })
    .from(drops)
    .where(eq(drops.reportId, report.id));
  const left = new Set(dropped.map(({ id }) => id));
  return collected.filter((post) => !left.has(post.id));
}

/** The posts with these ids, by id; ids that are not stored are missing from the map. */
export async function postsById(db: Database, ids: readonly string[]): Promise<Map<string, Post>> {
  if (ids.length === 0) return new Map();
  const rows = await db
    .select()
    .from(posts)
    .where(inArray(posts.id, [...new Set(ids)]));
  return new Map(rows.map((post) => [post.id, post]));
}

/** Those of the posts that are stored for a topic, whenever they were written. */
export async function idsInTopic(
  db: Database,
  topic: string,
  ids: readonly string[],
): Promise<Set<string>> {
  if (ids.length === 0) return new Set();
  const rows = await db
    .select({ id: topicPosts.postId })
    .from(topicPosts)
    .where(and(eq(topicPosts.topic, topic), inArray(topicPosts.postId, [...new Set(ids)])));
  return new Set(rows.map(({ id }) => id));
}

/** The posts that a report's lines rest on, by id. */
export function citedPosts(
  db: Database,
  report: { readonly lines: readonly { readonly cites: readonly string[] }[] },
): Promise<Map<string, Post>> {
  return postsById(
    db,
    report.lines.flatMap((line) => line.cites),
  );
}

/** When a topic's first and last post were written; `null` when it has none. */
export async function spanOfTopic(
  db: Database,
  topic: string,
): Promise<{ first: Date; last: Date } | null> {
  const [row] = await db
    .select({ first: min(topicPosts.createdAt), last: max(topicPosts.createdAt) })
    .from(topicPosts)
    .where(eq(topicPosts.topic, topic));
  return row?.first && row.last ? { first: row.first, last: row.last } : null;
}

/** A batch as rounds in which no id stands twice, each sorted by id; order of copies is kept. */
function roundsOfDistinctIds(batch: readonly Post[]): Post[][] {
  const rounds: Map<string, Post>[] = [];
  for (const post of batch) {
    const free = rounds.find((round) => !round.has(post.id));
    if (free) free.set(post.id, post);
    else rounds.push(new Map([[post.id, post]]));
  }
  return rounds.map((round) => [...round.values()].toSorted((a, b) => (a.id < b.id ? -1 : 1)));
}

const old = (column: string): SQL => sql.raw(`posts.${column}`);
const fresh = (column: string): SQL => sql.raw(`excluded.${column}`);
const newer = (column: string): SQL => fresh(column);
const known = (column: string): SQL => sql`coalesce(${fresh(column)}, ${old(column)})`;
/** As `known`, but numbers that the source handed out earlier than ours do not replace them. */
const latest = (column: string): SQL =>
  sql`case when excluded.seen_at < posts.seen_at then coalesce(${old(column)}, ${fresh(column)})
      else ${known(column)} end`;
const greatest = (column: string): SQL => sql`greatest(${old(column)}, ${fresh(column)})`;

/** The newer copy is a cut form of what we have. */
const isCutCopy = sql`((excluded.truncated and not posts.truncated)
  or (length(excluded.text) < length(posts.text)
      and starts_with(posts.text, rtrim(excluded.text, '… ')))) and excluded.edit_ids = posts.edit_ids`;
const unlessCut = (column: string): SQL =>
  sql`case when ${isCutCopy} then ${old(column)} else ${fresh(column)} end`;
/** A source that knows no name gives the handle, or a bare account number, for both. */
const unlessNameless = (column: string): SQL =>
  sql`case when excluded.author_name = excluded.author
        and (posts.author_name <> posts.author or excluded.author ~ '^[0-9]{5,}$')
      then ${old(column)} else ${fresh(column)} end`;
const longer = (column: string): SQL =>
  sql`case when cardinality(${fresh(column)}) < cardinality(${old(column)})
      then ${old(column)} else ${fresh(column)} end`;
const either = (column: string): SQL => sql`${old(column)} or ${fresh(column)}`;

/** How each column of a stored post meets its newer copy. */
const MERGE: Record<string, (column: string) => SQL> = {
  author: unlessNameless,
  author_name: unlessNameless,
  author_bio: known,
  author_followers: latest,
  text: unlessCut,
  truncated: unlessCut,
  words: unlessCut,
  created_at: newer,
  lang: known,
  likes: latest,
  reposts: latest,
  replies: latest,
  quotes: latest,
  views: latest,
  url: known,
  urls: longer,
  conversation_id: known,
  reply_to_id: known,
  quoted_id: known,
  is_quote: either,
  repost_of_id: known,
  is_repost: either,
  edit_ids: longer,
  seen_at: greatest,
};

const list = (items: readonly SQL[]): SQL => sql.join([...items], sql`, `);
const hasNumbers = (copy: string): SQL =>
  sql.raw(
    `coalesce(${['likes', 'reposts', 'replies', 'quotes', 'views'].map((name) => `${copy}.${name}`).join(', ')}) is not null`,
  );

/**
 * Anybody can put words into somebody's mouth: a feed may hold a post "by" a known person, with a link to
 * X that looks real, a server may show what another never said. Nobody can check it, so it is kept as what
 * it is: a post that nobody says when he saw (`seen_at` is null). Where the network itself has told of the
 * post, such a copy changes nothing; nor does one without any number (those of feeds) where a file had some.
 */
const isHearsay = (copy: string): SQL =>
  sql`${sql.raw(copy)}.seen_at is null and (posts.seen_at is not null
    or (not ${hasNumbers(copy)} and ${hasNumbers('posts')}))`;
/** The network tells of a post that was known by hearsay: nothing of that stays but what is not said now. */
const isFirstHand = sql`excluded.seen_at is not null and posts.seen_at is null`;
/** What a look at the post alone does not show (see `unlessNameless`). */
const OF_AUTHOR = new Set(['author', 'author_name', 'author_bio', 'author_followers', 'url']);
const merged = Object.entries(MERGE).map(([column, rule]) => ({
  column: sql.raw(column),
  before: old(column),
  after: OF_AUTHOR.has(column)
    ? rule(column)
    : sql`case when ${isFirstHand} then ${fresh(column)} else ${rule(column)} end`,
}));

/** Posts cross the wire as JSON, in which each field has its name of here. */
const COLUMNS = Object.entries(getTableColumns(posts));
const FIELDS = list(COLUMNS.map(([key, column]) => sql.raw(`"${key}" ${column.getSQLType()}`)));
const AS_COLUMNS = list(COLUMNS.map(([key, { name }]) => sql.raw(`"${key}" as ${name}`)));
const NAMES = list(COLUMNS.map(([, { name }]) => sql.raw(name)));

/** What storing did with a post; those with which it did nothing at all are left out. */
type StoredRow = {
  readonly id: string;
  /** In the topic. */
  readonly state: 'added' | 'updated' | 'known';
  /** No topic had it. */
  readonly isNew: boolean;
  /** It is new in this topic, or has another time there; or it reads differently from before. */
  readonly readsAnew: boolean;
};

/** One statement for both tables, so that the posts cross the wire once. */
async function upsert(tx: Database, topic: string, batch: readonly Post[]): Promise<StoredRow[]> {
  const { rows } = await tx.execute<StoredRow>(sql`
    with batch as materialized (
      select ${AS_COLUMNS} from json_to_recordset(${JSON.stringify(batch)}::json) as batch (${FIELDS})
    ), joined as (
      insert into topic_posts (topic, post_id, created_at)
        select ${topic}, id, coalesce(
          (select posts.created_at from posts where posts.id = batch.id and ${isHearsay('batch')}),
          created_at) from batch
      on conflict (topic, post_id) do update set created_at = excluded.created_at
        where topic_posts.created_at <> excluded.created_at
      returning post_id, xmax = 0 as is_new_here
    ), stored as (
      insert into posts (${NAMES}) select ${NAMES} from batch
      on conflict (id) do update
        set ${list(merged.map(({ column, after }) => sql`${column} = ${after}`))}
        where not (${isHearsay('excluded')}) and (${list(merged.map(({ before }) => before))})
          is distinct from (${list(merged.map(({ after }) => after))})
      returning id, xmax = 0 as is_new, xmax <> 0 and not exists (
        select from posts before where before.id = posts.id and
          (before.text, before.author, before.author_name) = (posts.text, posts.author, posts.author_name)
      ) as is_reworded
    )
    select coalesce(id, post_id) as id,
      case when is_new_here then 'added' when id is not null then 'updated' else 'known' end as state,
      coalesce(is_new, false) as "isNew",
      post_id is not null or is_reworded as "readsAnew"
    from stored full join joined on post_id = id`);
  return rows;
}

/** What is found by its words is found by its newest ones, in every topic that it belongs to. */
async function indexStored(
  tx: Database,
  topic: string,
  batch: readonly Post[],
  rows: readonly StoredRow[],
): Promise<void> {
  const added = new Set(rows.filter(({ isNew }) => isNew).map(({ id }) => id));
  const own = batch
    .filter(({ id }) => added.has(id))
    .map((post) => ({ topic, at: post.createdAt, post }));
  const reread = rows.filter((row) => !row.isNew && row.readsAnew);
  await indexPosts(tx, [...own, ...(await inTheirTopics(tx, reread))]);
}

async function inTheirTopics(tx: Database, rows: readonly StoredRow[]): Promise<TopicPost[]> {
  if (rows.length === 0) return [];
  const ids = rows.map(({ id }) => id);
  return tx
    .select({ topic: topicPosts.topic, at: topicPosts.createdAt, post: posts })
    .from(topicPosts)
    .innerJoin(posts, eq(posts.id, topicPosts.postId))
    .where(inArray(topicPosts.postId, ids));
}

async function noteEdits(tx: Database, batch: readonly Post[]): Promise<void> {
  const edits = batch.flatMap(({ editIds }) =>
    editIds.slice(0, -1).map((oldId) => ({ oldId, newId: editIds.at(-1) ?? oldId })),
  );
  if (edits.length === 0) return;
  await tx.insert(postEdits).values(edits).onConflictDoNothing();
}
