import type { Context } from '../src/chat/command.ts';
import { UserError } from '../src/model/errors.ts';
import { newestReport, type StoredReport } from '../src/store/reports.ts';
import { textsIn } from '../src/texts/texts.ts';

/** The report that the chat has in view: the one shown last, else the newest. */
export async function shownReport(context: Context): Promise<StoredReport> {
  const report =
    context.shown ?? (await newestReport(context.db, context.topic.key, context.language));
  if (report) return report;
  throw new UserError('not-found', textsIn(context.language).noReports);
}
