import { type Context, defineCommand, type Reply } from '../src/chat/command.ts';
import { topic, when } from '../src/chat/options.ts';
import { bullets, paragraph, root, strong, text } from '../src/lib/tree.ts';
import { linesOf } from '../src/model/report.ts';
import type { Topic } from '../src/model/topic.ts';
import type { Days } from '../src/model/window.ts';
import { findReport, reportsBetween, type StoredReport } from '../src/store/reports.ts';
import { textsIn } from '../src/texts/texts.ts';
import { languageFor, newestOf, refuse, reportOf, showDigest } from './shown.ts';

/** `/digest [DAY] [TOPIC]`: the digest of a day, or the newest; of several days what each began with. */
export const digest = defineCommand({
  name: 'digest',
  options: { asked: when('DAY'), topic: topic('TOPIC') },
  async run({ asked, topic: about }, context) {
    const { db } = context;
    if (asked === null) return showDigest(db, await newestOf(about, context));
    if (asked.from === asked.to) return showDigest(db, await reportOf(asked, about, context));
    const language = await languageFor(about, context);
    const whole = await findReport(db, { topic: about.key, ...asked, language });
    return whole ? showDigest(db, whole) : showDays(asked, about, context);
  },
});

/** The digests of several days, each with the points that it began with. */
async function showDays(days: Days, about: Topic, context: Context): Promise<Reply> {
  const { from, to } = days;
  const texts = textsIn(context.language);
  const language = await languageFor(about, context);
  const reports = await reportsBetween(context.db, about.key, from, to, language);
  const newest = reports.at(-1);
  if (!newest) return refuse(days, about, context);
  const others = about.key === context.topic.key ? '' : ` ${about.key}`;
  return {
    tree: root([
      paragraph([strong(texts.reportTitle(about.title, from, to))]),
      ...reports.flatMap((report) => [
        paragraph([strong(texts.days(report.window.from, report.window.to))]),
        bullets(pointsOf(report)),
      ]),
      paragraph([text(texts.digestOfDay(`/digest ${newest.window.to}${others}`))]),
    ]),
  };
}

const POINTS = 3;

function pointsOf(report: StoredReport) {
  return linesOf(report, 'I')
    .slice(0, POINTS)
    .map(({ lead, text: words }) => [text(lead ?? words)]);
}
