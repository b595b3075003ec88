import type { Context, Reply } from '../src/chat/command.ts';
import { UserError } from '../src/model/errors.ts';
import type { Language, Topic } from '../src/model/topic.ts';
import type { Days } from '../src/model/window.ts';
import { digestMessage } from '../src/publish/digest-message.ts';
import type { Database } from '../src/store/database.ts';
import { citedPosts } from '../src/store/posts.ts';
import {
  daysNear,
  findReport,
  newestReport,
  picturesOf,
  type StoredReport,
} from '../src/store/reports.ts';
import { textsIn } from '../src/texts/texts.ts';

/** A conversation that nobody goes on with for so long is over. */
export const CONVERSATION_MS = 3_600_000;

/** The report that the chat has in view: the one shown last, else the newest. */
export async function shownReport(context: Context): Promise<StoredReport> {
  return context.shown ?? newestOf(context.topic, context);
}

/** The newest digest of a topic, as the chat reads it. @throws {UserError} where there is none. */
export async function newestOf(about: Topic, context: Context): Promise<StoredReport> {
  const report = await newestReport(context.db, about.key, await languageFor(about, context));
  if (report) return report;
  const texts = textsIn(context.language);
  const command = `/run ${about.key} ${texts.whenExamples[0] ?? ''}`.trim();
  throw new UserError('not-found', texts.noReports + offerTo(context, command));
}

/** The digest of just these days. @throws {UserError} where there is none, with the nearest days. */
export async function reportOf(days: Days, about: Topic, context: Context): Promise<StoredReport> {
  const language = await languageFor(about, context);
  const report = await findReport(context.db, { topic: about.key, ...days, language });
  return report ?? refuse(days, about, context);
}

/** Says that there is no digest of the days, which are the nearest, and to owners what makes it. */
export async function refuse({ from, to }: Days, about: Topic, context: Context): Promise<never> {
  const texts = textsIn(context.language);
  const language = await languageFor(about, context);
  const nearest = await daysNear(context.db, about.key, language, to, NEAREST);
  if (from !== to) throw new UserError('not-found', texts.noReportsIn(from, to, nearest));
  const offer = offerTo(context, `/run ${about.key} ${from}`);
  throw new UserError('not-found', texts.noReportOn(from, nearest) + offer);
}

const NEAREST = 3;

function offerTo({ person, language }: Context, command: string): string {
  return person.role === 'owner' ? ` ${textsIn(language).makeIt(command)}` : '';
}

/** The chat's language, or the topic's own where no digest was ever made in the chat's. */
export async function languageFor(
  { key, language: own }: Topic,
  { db, language }: Context,
): Promise<Language> {
  return language === own || (await newestReport(db, key, language)) ? language : own;
}

/** A digest as it is posted: first screen, pictures, and the rest behind it. */
export async function showDigest(db: Database, report: StoredReport): Promise<Reply> {
  const posts = await citedPosts(db, report);
  const pictures = await picturesOf(db, report.id, 'image/png');
  return { ...digestMessage(report, posts, pictures), shown: report };
}
