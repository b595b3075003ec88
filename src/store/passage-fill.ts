import { setImmediate } from 'node:timers/promises';

import { TERMS_VERSION } from '../lib/terms.ts';
import type { Database } from './database.ts';
import { desc, eq, lt, sql } from './drizzle.ts';
import { indexLines, indexPosts, waitForWriters } from './passages.ts';
import { windowOfRow } from './reports.ts';
import { lines, passageFills, posts, reports, topicPosts } from './schema.ts';

type Kind = (typeof passageFills.$inferSelect)['kind'];

/** Indexes some of what is stored, from a place on, and answers up to where; `null`: to the end. */
type Step = (tx: Database, upTo: string | null) => Promise<string | null>;

/** Small, so that nobody waits long for the rows or for the event loop. */
const POSTS_A_STEP = 200;

/**
 * Indexes what was stored before there was an index, or before terms were what they are now: the
 * newest first. It may be stopped anywhere, goes on from there, and is done at once when all is done.
 */
export async function fillPassages(db: Database, signal?: AbortSignal): Promise<void> {
  await fill(db, 'line', fillLines, signal);
  await fill(db, 'post', fillPosts, signal);
}

async function fill(db: Database, kind: Kind, step: Step, signal?: AbortSignal): Promise<void> {
  if (await isFilled(db, kind)) return;
  const isStopped = () => signal?.aborted ?? false;
  while (!isStopped() && (await fillSome(db, kind, step))) await setImmediate();
}

/** Takes a step, and answers whether there is more to do. */
function fillSome(db: Database, kind: Kind, step: Step): Promise<boolean> {
  return db.transaction(async (tx) => {
    await waitForWriters(tx);
    const known = await findFill(tx, kind);
    if (known?.upTo === null) return false; // another process was faster
    const upTo = await step(tx, known?.upTo ?? null);
    const state = { kind, version: TERMS_VERSION, upTo };
    await tx
      .insert(passageFills)
      .values(state)
      .onConflictDoUpdate({ target: passageFills.kind, set: state });
    return upTo !== null;
  });
}

async function isFilled(db: Database, kind: Kind): Promise<boolean> {
  return (await findFill(db, kind))?.upTo === null;
}

/** How far a fill with today's terms has come. */
async function findFill(db: Database, kind: Kind): Promise<{ upTo: string | null } | undefined> {
  const [row] = await db.select().from(passageFills).where(eq(passageFills.kind, kind));
  return row?.version === TERMS_VERSION ? row : undefined;
}

const fillPosts: Step = async (tx, upTo) => {
  const rows = await tx
    .select({ topic: topicPosts.topic, at: topicPosts.createdAt, post: posts })
    .from(topicPosts)
    .innerJoin(posts, eq(posts.id, topicPosts.postId))
    .where(upTo === null ? undefined : before(upTo))
    .orderBy(desc(topicPosts.topic), desc(topicPosts.postId)) // ids of X grow with time
    .limit(POSTS_A_STEP);
  await indexPosts(tx, rows);
  const last = rows.at(-1);
  return last && rows.length === POSTS_A_STEP ? JSON.stringify([last.topic, last.post.id]) : null;
};

const before = (upTo: string) =>
  sql`(${topicPosts.topic}, ${topicPosts.postId}) < (${upTo}::json->>0, ${upTo}::json->>1)`;

const fillLines: Step = async (tx, upTo) => {
  const [report] = await tx
    .select()
    .from(reports)
    .where(upTo === null ? undefined : lt(reports.id, Number(upTo)))
    .orderBy(desc(reports.id))
    .limit(1);
  if (!report) return null;
  const { id, topic, createdAt } = report;
  const all = await tx.select().from(lines).where(eq(lines.reportId, id));
  await indexLines(tx, { id, topic, createdAt, window: windowOfRow(report), lines: all });
  return String(id);
};
