import { defineCommand } from '../src/chat/command.ts';
import { stateOf, timed } from '../src/collect/health.ts';
import { plainLine } from '../src/lib/text.ts';
import { bullets, paragraph, root, strong, text } from '../src/lib/tree.ts';
import type { SourceState } from '../src/model/source.ts';
import { timeToMinute } from '../src/model/window.ts';
import { countParts } from '../src/store/deliveries.ts';
import { newestReport } from '../src/store/reports.ts';
import { sourcesOf } from '../src/store/sources.ts';
import { textsIn, type Texts } from '../src/texts/texts.ts';
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
    const states = named.map((key) => ({ key, state: stateOf(health.get(key), now()) }));
    const lines = [
      report
        ? texts.lastDigest(report.window.to, timeToMinute(report.createdAt, timeZone))
        : texts.noReportsYet,
      next === null ? texts.noHourSet : texts.nextAt(timeToMinute(next, timeZone)),
      ...(person.role === 'owner' ? [texts.sentLately(counts)] : []),
      ...sourcesInWords(states, texts, timeZone),
      ...(person.role === 'owner' ? failuresInWords(states, texts, timeZone) : []),
      ...bureau.platforms().map(({ name, trouble }) => texts.platformIs(name, trouble)),
    ];
    return {
      tree: root([paragraph([strong(topic.title)]), bullets(lines.map((line) => [text(line)]))]),
    };
  },
});

type Named = { readonly key: string; readonly state: SourceState };

/** How many sources are well and how many fail, and until when those rest whose budget is used up. */
function sourcesInWords(named: readonly Named[], texts: Texts, timeZone: string): string[] {
  if (named.length === 0) return [];
  const failing = named.filter(({ state }) => state.kind === 'failing').length;
  const ends = named.flatMap(({ state }) => (state.kind === 'resting' ? [state.until] : []));
  const [first] = ends;
  return [
    texts.sourcesAre(named.length - failing - ends.length, failing),
    ...(first ? [texts.budgetUsedUp(ends.length, timeToMinute(first, timeZone))] : []),
  ];
}

/** So many are named; `/topic` shows them all. */
const MOST = 5;

/** What is wrong with sources, for owners: a name may hold a key. */
function failuresInWords(named: readonly Named[], texts: Texts, timeZone: string): string[] {
  return named
    .filter(({ state }) => state.kind === 'failing' || (state.kind === 'read' && state.trouble))
    .slice(0, MOST)
    .map(({ key, state }) => {
      const words = texts.sourceIs(timed(state, (at) => timeToMinute(at, timeZone)));
      return plainLine(`${key}: ${words}`);
    });
}
