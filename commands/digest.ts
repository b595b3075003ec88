import { day, defineCommand, type Reply } from '../src/chat/command.ts';
import { bullets, heading, paragraph, root, strong, text } from '../src/lib/tree.ts';
import { UserError } from '../src/model/errors.ts';
import { briefTree, closingOf } from '../src/publish/report-tree.ts';
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

const NEAREST = 3;

/** `/digest [DAY]`: the digest of a day, or the newest. */
export const digest = defineCommand({
  name: 'digest',
  option: day('DAY'),
  async run(asked, { db, topic, language }) {
    const texts = textsIn(language);
    const report =
      asked === null
        ? await newestReport(db, topic.key, language)
        : await findReport(db, { topic: topic.key, from: asked, to: asked, language });
    if (report) return firstScreen(db, report);
    if (asked === null) throw new UserError('not-found', texts.noReports);
    const nearest = await daysNear(db, topic.key, language, asked, NEAREST);
    throw new UserError('not-found', texts.noReportOn(asked, nearest));
  },
});

/** The brief, the names of the sections, the counts and the picture. */
async function firstScreen(db: Database, report: StoredReport): Promise<Reply> {
  const texts = textsIn(report.language);
  const brief = briefTree(report, await citedPosts(db, report));
  const sections = report.sections.map(({ letter, name }) => [strong(letter), text(` ${name}`)]);
  return {
    tree: root([
      ...brief.children,
      ...(sections.length > 0 ? [heading(3, texts.sectionsAre), bullets(sections)] : []),
      paragraph([text(texts.sectionHint(report.lines.some(({ part }) => part === 'IV')))]),
      closingOf(report),
    ]),
    pictures: await picturesOf(db, report.id, 'image/png'),
    shown: report,
  };
}
