import { stateOf, timed, troubleOf } from '../../collect/health.ts';
import { SECOND_LOOK } from '../../collect/open.ts';
import { NO_SOURCES, type Sources } from '../../collect/settings.ts';
import { complaintsAbout } from '../../collect/x/query.ts';
import { counted } from '../../lib/numbers.ts';
import { isCharged, type SourceHealth, sourceKey, type SourceSpec } from '../../model/source.ts';
import type { Topic } from '../../model/topic.ts';
import { dayOf, timeToMinute } from '../../model/window.ts';
import type { Database } from '../../store/database.ts';
import { type Left, leftOf, type UsualDay, usualDays } from '../../store/source-days.ts';
import { sourcesOf } from '../../store/sources.ts';
import { textsIn } from '../../texts/texts.ts';
import { inDollars } from '../dollars.ts';
import { bad, type Check, type Finding, good, openedDatabase, unknown } from './finding.ts';

const DAYS_A_MONTH = 30;

/** Whether every topic's sources can be read and are well, and what X will cost. */
export const sources: Check = {
  name: 'sources',
  async look({ config, now, ...patient }) {
    const open = await openedDatabase({ config, now, ...patient });
    const found = await Promise.all(
      config.topics.map(async (topic) => {
        const settings = config.sources.get(topic.key) ?? NO_SOURCES;
        return [
          ...judgeSpecs(topic, settings.specs, config.x !== null),
          ...(open ? await judgeStored(open.db, topic, settings, now()) : []),
        ];
      }),
    );
    return found.flat();
  },
};

/** Says what is wrong with sources as they are named. */
export function judgeSpecs(
  { key }: Pick<Topic, 'key'>,
  specs: readonly SourceSpec[],
  hasToken: boolean,
): Finding[] {
  const name = `sources of ${key}`;
  const ofX = specs.filter(isCharged);
  const tokenless =
    ofX.length > 0 && !hasToken
      ? [
          bad(
            name,
            `${counted(ofX.length, 'source')} of X, and no X_BEARER_TOKEN`,
            'Write the bearer token of an app of X to .env.',
          ),
        ]
      : [];
  const queries = specs.flatMap((spec) =>
    spec.kind === 'x-search'
      ? complaintsAbout(spec.query).map((complaint) =>
          bad(`query of ${key}`, `${spec.query}: ${complaint}`, 'Correct it in chorus.yaml.'),
        )
      : [],
  );
  return [...tokenless, ...queries];
}

async function judgeStored(
  db: Database,
  topic: Topic,
  { specs, alertHours, budget }: Sources,
  now: Date,
): Promise<Finding[]> {
  if (specs.length === 0) return [];
  const health = await sourcesOf(db, topic.key);
  const named = specs.map((spec) => ({ spec, health: health.get(sourceKey(spec)) }));
  const usual = await usualDays(db, topic.key, dayOf(now, 'UTC'));
  return [
    ...judgeHealth(topic, named, now, alertHours),
    ...judgeBudget(topic, named, now, await leftOf(db, topic.key, dayOf(now, 'UTC'), budget)),
    ...judgeCost(topic, specs.filter(isCharged), usual, budget.monthly),
  ];
}

type Named = { readonly spec: SourceSpec; readonly health: SourceHealth | undefined };

/** Says which sources fail or are silent; those that were never read are not begun. */
export function judgeHealth(
  topic: Pick<Topic, 'key' | 'timeZone'>,
  named: readonly Named[],
  now: Date,
  alertHours: number,
): Finding[] {
  const name = `sources of ${topic.key}`;
  const states = named.map(({ health }) => stateOf(health, now).kind);
  const fresh = states.filter((kind) => kind === 'unread').length;
  const resting = states.filter((kind) => kind === 'resting').length;
  const troubles = named.flatMap(({ health }) =>
    health ? troublesIn(topic, health, now, alertHours) : [],
  );
  const well = named.length - fresh - resting - troubles.length;
  return [
    ...(well > 0 ? [good(name, `${counted(well, 'source is', 'sources are')} well`)] : []),
    ...(fresh > 0
      ? [
          unknown(
            name,
            `${counted(fresh, 'source was', 'sources were')} never read`,
            'chorus collect, or chorus start, reads them.',
          ),
        ]
      : []),
    ...troubles,
  ];
}

function troublesIn(
  { key, timeZone }: Pick<Topic, 'key' | 'timeZone'>,
  health: SourceHealth,
  now: Date,
  alertHours: number,
): Finding[] {
  const at = (instant: Date) => timeToMinute(instant, timeZone);
  const state = stateOf(health, now);
  if (state.kind === 'failing') {
    const todo = state.isLeft
      ? 'chorus start, or chorus collect, tries it again.'
      : `chorus topic test ${key} shows whether it is mended.`;
    return [bad(health.key, textsIn('en').sourceIs(timed(state, at)), todo)];
  }
  if (state.kind === 'read' && state.trouble !== null) {
    const todo = `chorus topic test ${key} shows whether it is over.`;
    return [unknown(health.key, textsIn('en').sourceIs(timed(state, at)), todo)];
  }
  const trouble = state.kind === 'read' ? troubleOf(health, now, alertHours) : null;
  if (trouble === null) return [];
  const says = `gave nothing new since ${at(trouble.since)}`;
  return [bad(health.key, says, 'See whether it still has posts.')];
}

/** Says that the budget is used up, and when reading goes on. */
export function judgeBudget(
  { key, timeZone }: Pick<Topic, 'key' | 'timeZone'>,
  named: readonly Named[],
  now: Date,
  { micros, ends }: Left,
): Finding[] {
  const states = named.map(({ health }) => stateOf(health, now));
  const untils = states.flatMap((state) => (state.kind === 'resting' ? [state.until] : []));
  const [until] = untils;
  if (until === undefined) return [];
  const rest = counted(untils.length, 'source of X rests', 'sources of X rest');
  const says = `${rest} until ${timeToMinute(until, timeZone)}: the ${ends} budget has ${inDollars(Math.max(0, micros))} left`;
  return [bad(`budget of ${key}`, says, 'Raise x_budget in chorus.yaml, or name fewer sources.')];
}

/** Estimates what X will take in a month, from the days that were read. */
export function judgeCost(
  { key }: Pick<Topic, 'key'>,
  ofX: readonly SourceSpec[],
  usual: ReadonlyMap<string, UsualDay>,
  monthly: number,
): Finding[] {
  const known = [...ofX.map(sourceKey), SECOND_LOOK].flatMap((name) => usual.get(name) ?? []);
  if (ofX.length === 0) return [];
  const name = `cost of ${key}`;
  if (known.length === 0) return [unknown(name, 'known after the first day of reading X')];
  const month = DAYS_A_MONTH * known.reduce((sum, { price }) => sum + price, 0);
  const says = `X takes about ${inDollars(month)} a month, of a budget of ${inDollars(monthly)}`;
  return month <= monthly
    ? [good(name, says)]
    : [bad(name, says, 'Name fewer sources, or raise x_budget in chorus.yaml.')];
}
