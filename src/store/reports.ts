import type { Picture } from '../model/picture.ts';
import type { Post } from '../model/post.ts';
import type { Line, Report } from '../model/report.ts';
import type { Curation } from '../model/story.ts';
import type { Language } from '../model/topic.ts';
import { type Day, type Window, windowOf } from '../model/window.ts';
import type { Database } from './database.ts';
import { and, asc, desc, eq, gte, inArray, lt, lte, sql } from './drizzle.ts';
import { forgetDrafts } from './drafts.ts';
import { indexLines } from './passages.ts';
import { postsById } from './posts.ts';
import { citations, drops, lines, pictures, reports, sections, stories } from './schema.ts';

/** A report with the number under which it is stored. */
export type StoredReport = Report & { readonly id: number };

/** Which report: a topic's, of exactly these days, in this language. */
export type ReportKey = {
  readonly topic: string;
  readonly from: Day;
  readonly to: Day;
  readonly language: Language;
};

/**
 * Stores a report with what it was made from, all or nothing. A report of the same topic, window
 * and language is replaced and keeps its number.
 */
export async function saveReport(
  db: Database,
  report: Report,
  curation: Curation,
  drawn: readonly Picture[],
): Promise<StoredReport> {
  return db.transaction(async (tx) => {
    const id = await upsertReport(tx, report);
    for (const table of [lines, sections, stories, drops, pictures]) {
      await tx.delete(table).where(eq(table.reportId, id));
    }
    await insertAll(report.sections, (rows) =>
      tx.insert(sections).values(rows.map((section) => ({ ...section, reportId: id }))),
    );
    await saveLines(tx, id, report.lines);
    await saveCuration(tx, id, report, curation);
    await indexLines(tx, { ...report, id });
    if (isFinished(report)) await forgetDrafts(tx, keyOf(report), report.createdAt);
    await insertAll(drawn, (rows) =>
      tx.insert(pictures).values(rows.map((picture) => ({ ...picture, reportId: id }))),
    );
    return { ...report, id };
  });
}

/** The key under which a report is stored. */
export function keyOf({ topic, window, language }: Report): ReportKey {
  return { topic, from: window.from, to: window.to, language };
}

/** Whether making it again would make it anew: parts that are still to be had are not paid for twice. */
function isFinished({ writing }: Report): boolean {
  return writing === null || writing.fallbacks.every(({ reason }) => reason === 'nothing-held');
}

/** The report under a key, or `null`. */
export async function findReport(db: Database, key: ReportKey): Promise<StoredReport | null> {
  const rows = await db
    .select()
    .from(reports)
    .where(
      and(
        eq(reports.topic, key.topic),
        eq(reports.fromDay, key.from),
        eq(reports.toDay, key.to),
        eq(reports.language, key.language),
      ),
    );
  return firstOf(await hydrate(db, rows));
}

/** The report that is stored under a number, or `null`. */
export async function reportNumbered(db: Database, id: number): Promise<StoredReport | null> {
  const rows = await db.select().from(reports).where(eq(reports.id, id));
  return firstOf(await hydrate(db, rows));
}

/** The topic's newest report in a language, by its last day; `null` when there is none. */
export async function newestReport(
  db: Database,
  topic: string,
  language: Language,
): Promise<StoredReport | null> {
  const rows = await db
    .select()
    .from(reports)
    .where(and(eq(reports.topic, topic), eq(reports.language, language)))
    .orderBy(desc(reports.toDay), desc(reports.fromDay))
    .limit(1);
  return firstOf(await hydrate(db, rows));
}

/** A topic's newest reports in a language that end before a day, newest first. */
export async function reportsBefore(
  db: Database,
  topic: string,
  language: Language,
  day: Day,
  limit: number,
): Promise<StoredReport[]> {
  const rows = await db
    .select()
    .from(reports)
    .where(and(eq(reports.topic, topic), eq(reports.language, language), lt(reports.toDay, day)))
    .orderBy(desc(reports.toDay), desc(reports.fromDay))
    .limit(limit);
  return hydrate(db, rows);
}

/** All reports of a topic whose window lies within the days, oldest first. */
export async function reportsBetween(
  db: Database,
  topic: string,
  from: Day,
  to: Day,
  language?: Language,
): Promise<StoredReport[]> {
  const rows = await db
    .select()
    .from(reports)
    .where(
      and(
        eq(reports.topic, topic),
        gte(reports.fromDay, from),
        lte(reports.toDay, to),
        language === undefined ? undefined : eq(reports.language, language),
      ),
    )
    .orderBy(asc(reports.fromDay), asc(reports.toDay), asc(reports.language));
  return hydrate(db, rows);
}

/** The days of a topic's one-day reports, nearest to `day` first. */
export async function daysNear(
  db: Database,
  topic: string,
  language: Language,
  day: Day,
  limit: number,
): Promise<Day[]> {
  const distance = sql`abs(${reports.toDay}::date - ${day}::date)`;
  const rows = await db
    .select({ day: reports.toDay })
    .from(reports)
    .where(
      and(
        eq(reports.topic, topic),
        eq(reports.language, language),
        eq(reports.fromDay, reports.toDay),
      ),
    )
    .orderBy(distance, asc(reports.toDay))
    .limit(limit);
  return rows.map((row) => row.day);
}

/**
 * The stories that the one-day reports of a topic told, by day, oldest first: the strongest first, of each its posts
 * with the headline first. Where a day was told in several languages, it is the same stories.
 *
 * @param limit Stories a day at most.
 */
export async function storiesBetween(
  db: Database,
  topic: string,
  from: Day,
  to: Day,
  limit: number,
): Promise<Map<Day, { posts: Post[] }[]>> {
  const told = await db
    .selectDistinctOn([reports.toDay], { id: reports.id, day: reports.toDay })
    .from(reports)
    .where(
      and(
        eq(reports.topic, topic),
        eq(reports.fromDay, reports.toDay),
        gte(reports.fromDay, from),
        lte(reports.toDay, to),
      ),
    )
    .orderBy(asc(reports.toDay), desc(reports.createdAt));
  const ids = told.map(({ id }) => id);
  const rows = await db
    .select({ reportId: stories.reportId, postIds: stories.postIds })
    .from(stories)
    .where(and(inArray(stories.reportId, ids), lt(stories.position, limit)))
    .orderBy(asc(stories.position));
  const posts = await postsById(
    db,
    rows.flatMap(({ postIds }) => postIds),
  );
  const rowsOf = Map.groupBy(rows, ({ reportId }) => reportId);
  return new Map(
    told.map(({ id, day }) => [
      day,
      (rowsOf.get(id) ?? []).map(({ postIds }) => ({
        posts: postIds.flatMap((postId) => posts.get(postId) ?? []),
      })),
    ]),
  );
}

/**
 * The pictures of a report in a format, the cloud first; those that are only there in another come in
 * that one, those that had nothing to show are missing.
 */
export async function picturesOf(
  db: Database,
  reportId: number,
  mime: Picture['mime'],
): Promise<Picture[]> {
  const rows = await db
    .selectDistinctOn([pictures.kind])
    .from(pictures)
    .where(eq(pictures.reportId, reportId))
    .orderBy(asc(pictures.kind), desc(eq(pictures.mime, mime)));
  return rows.map(({ kind, mime: stored, width, height, alt, bytes }) => {
    return { kind, mime: stored, width, height, alt, bytes };
  });
}

async function upsertReport(tx: Database, report: Report): Promise<number> {
  const row = {
    topic: report.topic,
    topicTitle: report.topicTitle,
    fromDay: report.window.from,
    toDay: report.window.to,
    timeZone: report.window.timeZone,
    language: report.language,
    writer: report.writer,
    writing: report.writing,
    createdAt: report.createdAt,
    counts: report.counts,
    missing: report.missing,
    windowStart: report.window.start,
    windowEnd: report.window.end,
  };
  const [stored] = await tx
    .insert(reports)
    .values(row)
    .onConflictDoUpdate({
      target: [reports.topic, reports.fromDay, reports.toDay, reports.language],
      set: row,
    })
    .returning({ id: reports.id });
  if (!stored) throw new Error('the database stored a report without answering its number');
  return stored.id;
}

async function saveLines(tx: Database, id: number, all: readonly Line[]): Promise<void> {
  await insertAll(all, (rows, offset) =>
    tx
      .insert(lines)
      .values(rows.map((line, index) => ({ ...line, reportId: id, position: offset + index }))),
  );
  const rows = all.flatMap((line) =>
    line.cites.map((postId, position) => ({
      reportId: id,
      address: line.address,
      position,
      postId,
    })),
  );
  await insertAll(rows, (part) => tx.insert(citations).values(part));
}

async function saveCuration(
  tx: Database,
  id: number,
  report: Report,
  curation: Curation,
): Promise<void> {
  // A theme that had too little to tell is no section; the others keep their names.
  const letters = new Map(report.sections.map(({ letter, name }) => [name, letter]));
  const letterOf = new Map(
    curation.themes.flatMap(({ name, stories: told }) =>
      told.map((story) => [story, letters.get(name) ?? null] as const),
    ),
  );
  await insertAll(curation.stories, (part, offset) =>
    tx.insert(stories).values(
      part.map((story, index) => ({
        reportId: id,
        position: offset + index,
        section: letterOf.get(story) ?? null,
        voices: story.voices,
        terms: [...story.terms],
        postIds: story.posts.map((post) => post.id),
      })),
    ),
  );
  await insertAll(curation.dropped, (part) =>
    tx
      .insert(drops)
      .values(part.map(({ post, reason }) => ({ reportId: id, postId: post.id, reason }))),
  );
}

const ROWS_A_STATEMENT = 2000; // a statement takes at most 65,535 parameters

async function insertAll<T>(
  rows: readonly T[],
  insert: (part: T[], offset: number) => PromiseLike<unknown>,
): Promise<void> {
  for (let offset = 0; offset < rows.length; offset += ROWS_A_STATEMENT) {
    await insert(rows.slice(offset, offset + ROWS_A_STATEMENT), offset);
  }
}

/** Report rows with their sections, lines and citations. */
async function hydrate(
  db: Database,
  rows: readonly (typeof reports.$inferSelect)[],
): Promise<StoredReport[]> {
  if (rows.length === 0) return [];
  const ids = rows.map((row) => row.id);
  const [sectionRows, lineRows, citationRows] = await Promise.all([
    db.select().from(sections).where(inArray(sections.reportId, ids)).orderBy(asc(sections.letter)),
    db.select().from(lines).where(inArray(lines.reportId, ids)).orderBy(asc(lines.position)),
    db
      .select()
      .from(citations)
      .where(inArray(citations.reportId, ids))
      .orderBy(asc(citations.position)),
  ]);
  const sectionsOf = Map.groupBy(sectionRows, (row) => row.reportId);
  const linesOf = Map.groupBy(lineRows, (row) => row.reportId);
  const citesOf = Map.groupBy(citationRows, (row) => `${row.reportId} ${row.address}`);
  return rows.map((row) => ({
    id: row.id,
    topic: row.topic,
    topicTitle: row.topicTitle,
    window: windowOfRow(row),
    language: row.language,
    writer: row.writer,
    writing: row.writing,
    createdAt: row.createdAt,
    counts: row.counts,
    missing: row.missing,
    sections: (sectionsOf.get(row.id) ?? []).map(({ letter, name }) => ({ letter, name })),
    lines: (linesOf.get(row.id) ?? []).map((line) =>
      lineOfRow(line, citesOf.get(`${row.id} ${line.address}`) ?? []),
    ),
  }));
}

/** A line from its row and those of what it cites. */
export function lineOfRow(
  row: typeof lines.$inferSelect,
  cites: readonly { readonly postId: string }[],
): Line {
  const { reportId: _, position: __, ...line } = row;
  return { ...line, cites: cites.map(({ postId }) => postId) };
}

/** The window of a report's row. */
export function windowOfRow(row: typeof reports.$inferSelect): Window {
  const { fromDay: from, toDay: to, timeZone, windowStart: start, windowEnd: end } = row;
  return start && end ? { from, to, timeZone, start, end } : windowOf(from, to, timeZone);
}

function firstOf<T>(items: readonly T[]): T | null {
  return items[0] ?? null;
}
