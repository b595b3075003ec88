import type { Notice } from '../claude/account.ts';
import { Desk, type Errand } from '../claude/desk.ts';
import type { Office } from '../claude/office.ts';
import { loadLanguageDetector } from '../lib/language.ts';
import type { Report } from '../model/report.ts';
import type { Curation } from '../model/story.ts';
import type { Database } from '../store/database.ts';
import { citedPosts } from '../store/posts.ts';
import { reportsBefore } from '../store/reports.ts';
import type { Assignment } from '../write/assignment.ts';
import type { EarlierReport } from '../write/continuity.ts';
import { writeExtract } from '../write/extract.ts';
import { writeReport } from '../write/report.ts';
import type { Order, Workshop } from './digest.ts';

/** A report that is not stored yet, `null` when there is nothing to tell. */
export type Written = { readonly draft: Report | null; readonly notices: readonly Notice[] };

/** Has the report written: by the model where one is set up, else in quotations. */
export async function write(
  { db, now, office, signal, tell }: Workshop,
  order: Order,
  curation: Curation,
): Promise<Written> {
  const createdAt = now();
  if (!office) {
    const topic = { ...order.topic, language: order.language };
    return { draft: writeExtract(topic, order.window, curation, createdAt), notices: [] };
  }
  const assignment = await assign(db, order, curation, createdAt);
  const desk = openDesk(office, order, createdAt, {
    signal: signal ?? NEVER,
    ...(tell && { tell }),
  });
  const detect = await loadLanguageDetector();
  const draft = await writeReport({ desk, models: office.models, detect }, assignment);
  return { draft, notices: desk.notices };
}

const NEVER = new AbortController().signal;

/** So many earlier reports are looked at for what goes on. */
const EARLIER_REPORTS = 7;

/** What a report is to be about, with the reports that came before it. */
export async function assign(
  db: Database,
  { topic, window, language }: Order,
  curation: Curation,
  createdAt: Date,
): Promise<Assignment> {
  const reports = await reportsBefore(db, topic.key, language, window.from, EARLIER_REPORTS);
  const earlier: EarlierReport[] = [];
  for (const report of reports) earlier.push({ report, posts: await citedPosts(db, report) });
  return { topic: { ...topic, language }, window, curation, earlier, createdAt };
}

function openDesk(
  office: Office,
  order: Order,
  now: Date,
  listeners: Pick<Errand, 'signal' | 'tell'>,
): Desk {
  const { topic, window, language } = order;
  const usual = new Date(now.getTime() + office.models.minutes * 60_000);
  return new Desk(office, {
    purpose: 'report',
    topic: topic.key,
    report: { topic: topic.key, from: window.from, to: window.to, language },
    deadline: order.deadline ?? usual,
    ...listeners,
  });
}
