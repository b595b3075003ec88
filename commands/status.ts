import { defineCommand } from '../src/chat/command.ts';
import { bullets, paragraph, root, strong, text } from '../src/lib/tree.ts';
import { timeToMinute } from '../src/model/window.ts';
import { countParts } from '../src/store/deliveries.ts';
import { newestReport } from '../src/store/reports.ts';
import { sourcesOf } from '../src/store/sources.ts';
import { textsIn } from '../src/texts/texts.ts';
import { languageFor } from './shown.ts';

const DAY_MS = 86_400_000;

/** `/status`: the last and the next digest of the topic, its sources, and how posting goes. */
export const status = defineCommand({
  name: 'status',
  options: {},
  async run(_, context) {
    const { db, now, bureau, topic, language, person } = context;
    const texts = textsIn(language);
    const report = await newestReport(db, topic.key, await languageFor(topic, context));
    const { next, timeZone } = bureau.timetableOf(topic, now());
    const counts = await countParts(db, new Date(now().getTime() - DAY_MS));
    const health = await sourcesOf(db, topic.key);
    const named = bureau.sourcesOf(topic);
    const failing = named.filter((key) => (health.get(key)?.failingSince ?? null) !== null).length;
    const lines = [
      report
        ? texts.lastDigest(report.window.to, timeToMinute(report.createdAt, timeZone))
        : texts.noReportsYet,
      next === null ? texts.noHourSet : texts.nextAt(timeToMinute(next, timeZone)),
      ...(person.role === 'owner' ? [texts.sentLately(counts)] : []),
      ...(named.length > 0 ? [texts.sourcesAre(named.length - failing, failing)] : []),
      ...bureau.platforms().map(({ name, trouble }) => texts.platformIs(name, trouble)),
    ];
    return {
      tree: root([paragraph([strong(topic.title)]), bullets(lines.map((line) => [text(line)]))]),
    };
  },
});
