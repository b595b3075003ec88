import type { Collected, Collector, Errand } from '../collect/collect.ts';
import { sortIn } from '../collect/sort-in.ts';
import { gather, type Gathered } from '../collect/gather.ts';
import { isMissing, troubleOf } from '../collect/health.ts';
import { type Means, openLookUp, openSource } from '../collect/open.ts';
import { NO_SOURCES, type Sources } from '../collect/settings.ts';
import type { Source } from '../collect/source.ts';
import { isXId } from '../model/post.ts';
import { sourceKey, sourceName, type SourceSpec } from '../model/source.ts';
import type { Topic } from '../model/topic.ts';
import type { Window } from '../model/window.ts';
import { loudest } from '../store/standing.ts';
import { topicsWaiting } from '../store/inbox.ts';
import { priceOfCharge } from '../store/source-days.ts';
import { noteTold, sourcesOf } from '../store/sources.ts';
import type { Notice } from './outbox.ts';

/** What keeps the posts of all topics flowing. */
export type Gathering = {
  readonly collector: Collector;
  readonly means: Means;
  /** What each topic is collected from, by its key. */
  readonly sources: ReadonlyMap<string, Sources>;
  /** Tells the owners something that they should do something about. */
  readonly tellOwners: (notice: Notice) => Promise<void>;
};

/** A source that was never read is read from so long ago on. */
export const FIRST_LOOK_MS = 24 * 3_600_000;

/** Reads on what is due of every topic, and tells the owners what is wrong with a source for long. */
export async function gatherDue(
  gathering: Gathering,
  topics: readonly Pick<Topic, 'key'>[],
  signal: AbortSignal,
): Promise<void> {
  const { collector } = gathering;
  const waiting = new Set(await topicsWaiting(collector.db));
  for (const topic of waiting.union(new Set(topics.map(({ key }) => key)))) {
    try {
      if (waiting.has(topic)) await sortIn(collector, topic, signal);
      const due = await dueSources(gathering, topic);
      const late = AbortSignal.timeout(LONGEST_MS);
      if (due.length > 0) await collect(gathering, topic, due, { atOnce: false, signal, late });
      await tellTroubles(gathering, topic);
    } catch (error) {
      signal.throwIfAborted();
      collector.log.error({ topic, err: error }, 'the posts of a topic could not be collected');
    }
  }
}

/** Other topics wait no longer for the sources of one. */
const LONGEST_MS = 600_000;
/** Nor does a report. */
const LONGEST_BEFORE_REPORT_MS = 240_000;

/** The sources of a topic whose time has come. */
async function dueSources(gathering: Gathering, topic: string): Promise<Source[]> {
  const { collector, means } = gathering;
  const health = await sourcesOf(collector.db, topic);
  const now = collector.now();
  return settingsOf(gathering, topic)
    .specs.filter((spec) => (health.get(sourceKey(spec))?.nextAt ?? now) <= now)
    .map((spec) => openSource(spec, means));
}

/**
 * Brings a topic's posts up to date before its report is made: reads every source on, and looks a second
 * time at the numbers of the window's leading posts. Nothing that happens to a source stops the report.
 * Answers which sources gave nothing.
 */
export async function gatherFor(
  gathering: Gathering,
  topic: Pick<Topic, 'key'>,
  window: Span,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const { specs } = settingsOf(gathering, topic.key);
  if (specs.length === 0) return [];
  return (await bringUp(gathering, topic.key, specs, window, signal)).missing;
}

type Span = Pick<Window, 'start' | 'end'>;

/** What reading before a report brought. */
export type Brought = {
  /** Sources of the topic that gave nothing, as everybody may see them. */
  readonly missing: readonly string[];
  /** Posts that are new. */
  readonly added: number;
  /** What X took, millionths of a dollar. */
  readonly price: number;
  /** Why the reading of X ended early; `null`: it did not. */
  readonly overBudget: string | null;
};

/**
 * The same for a report that somebody wishes for, of whatever days: only what was not read since the end
 * of its window is read on, and may bring something. `null` where there is nothing like that.
 *
 * @param enough Given when whoever wishes for it waits no longer: what came by then is there.
 */
export async function gatherOnWish(
  gathering: Gathering,
  topic: Pick<Topic, 'key'>,
  window: Span,
  signal: AbortSignal,
  enough?: AbortSignal,
): Promise<Brought | null> {
  const specs = await unreadFor(gathering, topic, window);
  return specs.length === 0 ? null : bringUp(gathering, topic.key, specs, window, signal, enough);
}

/** The sources of a topic that may still have posts of a window. */
export async function unreadFor(
  {
    collector,
    sources,
  }: Pick<Gathering, 'sources'> & {
    readonly collector: Pick<Collector, 'db' | 'now'>;
  },
  { key }: Pick<Topic, 'key'>,
  { end }: Pick<Span, 'end'>,
): Promise<SourceSpec[]> {
  const health = await sourcesOf(collector.db, key);
  // What was never read is read from a day ago on.
  const isLate = collector.now().getTime() - end.getTime() > FIRST_LOOK_MS;
  return settingsOf({ sources }, key).specs.filter((spec) => {
    const last = health.get(sourceKey(spec))?.lastSuccess ?? null;
    return last === null ? !isLate : last < end;
  });
}

async function bringUp(
  gathering: Gathering,
  topic: string,
  wanted: readonly SourceSpec[],
  window: Span,
  signal: AbortSignal,
  enough?: AbortSignal,
): Promise<Brought> {
  const { collector, means } = gathering;
  const { specs, everyMinutes } = settingsOf(gathering, topic);
  const sources = wanted.map((spec) => openSource(spec, means));
  const tooLate = AbortSignal.timeout(LONGEST_BEFORE_REPORT_MS);
  const late = enough ? AbortSignal.any([tooLate, enough]) : tooLate;
  const manner = { atOnce: true, signal, late };
  const gathered = await collect(gathering, topic, sources, manner);
  const again = await lookAgain(gathering, topic, window, manner);
  const health = await sourcesOf(collector.db, topic);
  const slow = new Set(gathered.sources.filter(({ isLate }) => isLate).map(({ key }) => key));
  const missing = specs.filter((spec) => {
    const key = sourceKey(spec);
    return slow.has(key) || isMissing(health.get(key), collector.now(), everyMinutes);
  });
  const all = [...gathered.sources, ...again];
  const prices = all.map(({ charged }) => priceOfCharge(charged, collector.prices));
  return {
    missing: missing.map(sourceName),
    added: gathered.added,
    price: prices.reduce((sum, price) => sum + price, 0),
    overBudget: all.find(({ isOverBudget }) => isOverBudget)?.reason ?? null,
  };
}

/** Reads the numbers of a window's leading posts again. */
async function lookAgain(
  gathering: Gathering,
  topic: string,
  window: Span,
  manner: Manner,
): Promise<readonly Collected[]> {
  const { collector, means } = gathering;
  const { secondLook } = settingsOf(gathering, topic);
  if (secondLook === 0 || means.x === null) return [];
  const leading = await loudest(collector.db, topic, { ...window, most: 2 * secondLook });
  const ids = leading
    .filter(({ id, isRepost }) => isXId(id) && !isRepost)
    .slice(0, secondLook)
    .map(({ id }) => id);
  if (ids.length === 0) return [];
  return (await collect(gathering, topic, [openLookUp(ids, means)], manner)).sources;
}

type Manner = Required<Pick<Errand, 'atOnce' | 'signal' | 'late'>>;

async function collect(
  gathering: Gathering,
  topic: string,
  sources: readonly Source[],
  manner: Manner,
): Promise<Gathered> {
  const { collector } = gathering;
  const { budget, everyMinutes } = settingsOf(gathering, topic);
  const since = new Date(collector.now().getTime() - FIRST_LOOK_MS);
  const errand = { topic, budget, everyMinutes, since, ...manner };
  const gathered = await gather(collector, sources, errand);
  collector.log.info({ topic, added: gathered.added, sources: sources.length }, 'posts came in');
  for (const one of gathered.sources) await tellBudget(gathering, topic, one);
  return gathered;
}

async function tellBudget(
  { tellOwners }: Gathering,
  topic: string,
  { isOverBudget, reason }: Collected,
): Promise<void> {
  if (isOverBudget) await tellOwners({ kind: 'over-reading', topic, reason: reason ?? '' });
}

/** Tells the owners of a source that fails or is silent for long, once until it is well again. */
async function tellTroubles(
  { collector, tellOwners, sources }: Gathering,
  topic: string,
): Promise<void> {
  const { db, now } = collector;
  const { specs, alertHours } = settingsOf({ sources }, topic);
  const named = new Set(specs.map(sourceKey));
  for (const [key, health] of await sourcesOf(db, topic)) {
    if (!named.has(key)) continue;
    const trouble = troubleOf(health, now(), alertHours);
    if ((trouble === null) === (health.toldAt === null)) continue;
    if (trouble !== null) await tellOwners({ topic, source: key, ...noticeOf(trouble) });
    await noteTold(db, { topic, key }, trouble === null ? null : now());
  }
}

function noticeOf(trouble: NonNullable<ReturnType<typeof troubleOf>>) {
  return trouble.kind === 'failing'
    ? { kind: 'source-failing' as const, since: trouble.since, reason: trouble.reason }
    : { kind: 'source-silent' as const, since: trouble.since, reason: '' };
}

function settingsOf({ sources }: Pick<Gathering, 'sources'>, topic: string): Sources {
  return sources.get(topic) ?? NO_SOURCES;
}
