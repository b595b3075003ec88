import type { Database } from './database.ts';
import { and, eq, lt } from './drizzle.ts';
import type { ReportKey } from './reports.ts';
import { drafts } from './schema.ts';

/** An answer that a report is being written from, or the batch that is to bring it. */
export type Draft =
  | { readonly kind: 'answer'; readonly answer: string }
  | { readonly kind: 'batch'; readonly batchId: string };

const KEPT_DAYS = 7; // a report that nobody finished in a week is begun anew

/** What was kept under the hash of a question; `null` when it was never asked. */
export async function findDraft(db: Database, hash: string): Promise<Draft | null> {
  const [row] = await db.select().from(drafts).where(eq(drafts.hash, hash));
  if (!row) return null;
  if (row.answer !== null) return { kind: 'answer', answer: row.answer };
  return row.batchId === null ? null : { kind: 'batch', batchId: row.batchId };
}

/** Keeps an answer, or the batch that is to bring it; what was kept under the hash is replaced. */
export async function keepDraft(
  db: Database,
  key: ReportKey,
  hash: string,
  draft: Draft,
  now: Date,
): Promise<void> {
  const row = {
    topic: key.topic,
    fromDay: key.from,
    toDay: key.to,
    language: key.language,
    answer: draft.kind === 'answer' ? draft.answer : null,
    batchId: draft.kind === 'batch' ? draft.batchId : null,
    createdAt: now,
  };
  await db
    .insert(drafts)
    .values({ hash, ...row })
    .onConflictDoUpdate({ target: drafts.hash, set: row });
}

/** Forgets the drafts of a finished report, and those of reports that were never finished. */
export async function forgetDrafts(db: Database, key: ReportKey, now: Date): Promise<void> {
  await db
    .delete(drafts)
    .where(
      and(
        eq(drafts.topic, key.topic),
        eq(drafts.fromDay, key.from),
        eq(drafts.toDay, key.to),
        eq(drafts.language, key.language),
      ),
    );
  const old = new Date(now.getTime() - KEPT_DAYS * 86_400_000);
  await db.delete(drafts).where(lt(drafts.createdAt, old));
}
