import type { Notice } from '../claude/account.ts';
import type { Office } from '../claude/office.ts';
import { breathe } from '../lib/breathe.ts';
import type { Report } from '../model/report.ts';
import type { Language, Topic } from '../model/topic.ts';
import type { Window } from '../model/window.ts';
import type { drawApart } from '../pictures/apart.ts';
import { nameOf, type Published, writeJekyll } from '../publish/jekyll.ts';
import type { Database } from '../store/database.ts';
import { citedPosts } from '../store/posts.ts';
import { findReport, keyOf, picturesOf, saveReport, type StoredReport } from '../store/reports.ts';
import { curateWindow } from './curation.ts';
import { illustrate } from './pictures.ts';
import { write } from './writing.ts';

/** What a digest is made with. */
export type Workshop = {
  readonly db: Database;
  readonly now: () => Date;
  /** Folder of the Jekyll site. */
  readonly outFolder: string;
  /** Where the model is asked; without one, the report is made of quotations. */
  readonly office: Office | null;
  /** Draws the pictures; @default in a process of its own */
  readonly draw?: typeof drawApart;
  /** Stops the work; what was not stored by then is not stored. */
  readonly signal?: AbortSignal;
  /** Hears what the model is doing, in a few words. */
  readonly tell?: (what: string) => void;
};

/** What is to be told: a topic's window, in a language. */
export type Order = {
  readonly topic: Topic;
  readonly window: Window;
  readonly language: Language;
  /** When the report has to be there; by itself the minutes of the configuration from now. */
  readonly deadline?: Date;
  /** Sources of the topic that gave nothing; @default those of the report that it replaces */
  readonly missing?: readonly string[];
};

/** A digest that was made; or how many posts there were when they told nothing. */
export type Digest =
  | {
      readonly kind: 'made';
      readonly report: StoredReport;
      readonly published: Published;
      /** What an owner should hear of. */
      readonly notices: readonly Notice[];
      /** The model could not write it anew; it is as the model wrote it before. */
      readonly isEarlier: boolean;
    }
  | { readonly kind: 'empty'; readonly collected: number };

/**
 * A day's work, from the stored posts of a window to the published report. Repeating it makes the
 * report anew, unless a model wrote it and cannot now: quotations do not take its place. Nothing is stored or published when the window tells nothing.
 */
export async function makeDigest(workshop: Workshop, order: Order): Promise<Digest> {
  const curation = await curateWindow(workshop.db, order.topic, order.window, workshop.signal);
  const { draft, notices } = await write(workshop, order, curation);
  if (!draft) return { kind: 'empty', collected: curation.collected };
  const earlier = await findReport(workshop.db, keyOf(draft));
  if (isTakenOver(draft) && earlier?.writer === 'model') {
    const published = await publish(workshop, earlier, order.topic);
    return { kind: 'made', report: earlier, published, notices, isEarlier: true };
  }
  const pictures = await illustrate(workshop, draft, curation);
  await breathe(workshop.signal);
  // Whoever makes it again from what is stored brings nothing that was missing.
  const missing = order.missing ?? earlier?.missing ?? [];
  const report = await saveReport(workshop.db, { ...draft, missing }, curation, pictures);
  const published = await publish(workshop, report, order.topic);
  return { kind: 'made', report, published, notices, isEarlier: false };
}

/** Whether a model was to write a report and wrote none of it. */
function isTakenOver({ writer, writing }: Report): boolean {
  return writer === 'extract' && writing !== null;
}

/** Writes a stored report and its pictures as pages, now or again. */
export async function publish(
  workshop: Pick<Workshop, 'db' | 'outFolder'>,
  report: StoredReport,
  topic: Topic,
): Promise<Published> {
  const { db, outFolder } = workshop;
  const cited = await citedPosts(db, report);
  const pictures = await picturesOf(db, report.id, 'image/jpeg');
  return writeJekyll(outFolder, report, cited, nameOf(report, topic.language), pictures);
}
