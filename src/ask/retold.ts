import { type Answer, type Asked, lineOf, type LinePassage } from '../model/asking.ts';
import { dayOf } from '../model/window.ts';
import type { Database } from '../store/database.ts';
import { citedPosts } from '../store/posts.ts';
import type { StoredReport } from '../store/reports.ts';
import { retellingIn } from './retelling.ts';
import { reportInView } from './retrieve.ts';
import { isWithin } from './sections.ts';
import { wordsShown } from './sources.ts';
import { readQuestion } from './standalone.ts';

/** So many lines are shown of a section: none has more. */
const MOST_LINES = 12;

/** What stands for a digest: its first screen. */
const FIRST_SCREEN = 'I';

/**
 * Without a model, what is said to the wish that what stands there be told in other words: of a summary the
 * lines that it would be of. `null` where nothing of the kind is wished for, or no report has them.
 */
export async function linesToRetell(db: Database, asked: Asked): Promise<Answer | null> {
  const { about, now, question, topic, turns } = asked;
  const retelling = retellingIn(question, dayOf(now, topic.timeZone));
  if (retelling === null) return null;
  if (retelling.kind === 'translation') return answerOf('translation', []);
  const query = readQuestion({ question, topic, turns, now, about });
  const named = query.sections.length > 0 ? query.sections : [about?.section ?? FIRST_SCREEN];
  const report = await reportInView(db, asked, { days: query.days, sections: named });
  return answerOf('summary', report === null ? [] : await linesWithin(db, report, named));
}

async function linesWithin(
  db: Database,
  report: StoredReport,
  sections: readonly string[],
): Promise<LinePassage[]> {
  const posts = await citedPosts(db, report);
  return report.lines
    .filter(({ address }) => isWithin(address, sections))
    .slice(0, MOST_LINES)
    .map((line) => ({
      ...lineOf(report, line),
      posts: line.cites.flatMap((id) => posts.get(id) ?? []),
    }));
}

function answerOf(unsearched: Answer['unsearched'] & {}, lines: readonly LinePassage[]): Answer {
  return {
    kind: lines.length > 0 ? 'extract' : 'declined',
    statements: lines.map((line, place) => ({ text: wordsShown(line), sources: [place] })),
    sources: lines,
    brokenOff: null,
    keptSince: null,
    unsearched,
  };
}
