import type { Clock } from '../lib/clock.ts';
import type { Log } from '../lib/log.ts';
import type { Subscription } from '../model/delivery.ts';
import type { Language, Topic } from '../model/topic.ts';
import { addDays, type Day, dayOf, timeOnDay, type Window } from '../model/window.ts';
import type { Database } from '../store/database.ts';
import { type NewDelivery, noteDeliveries } from '../store/deliveries.ts';
import { claimRun, endRun, type Run, runsSince } from '../store/runs.ts';
import type { Session } from '../store/sessions.ts';
import { subscribersOf } from '../store/subscriptions.ts';
import { makeDigest, type Workshop } from './digest.ts';
import { LATE_MS } from './outbox.ts';
import type { DeliveryQueue } from './queue.ts';
import { dueWork, type Plan, postingAt, windowFor } from './schedule.ts';

/** What making the digests that are due works with. */
export type Editors = {
  readonly workshop: Omit<Workshop, 'signal' | 'tell' | 'now'>;
  readonly clock: Clock;
  readonly log: Log;
  readonly session: Session;
  readonly queue: DeliveryQueue;
  readonly topics: readonly Topic[];
  readonly plans: ReadonlyMap<string, Plan>;
  /** Topics that say nothing on a day that has nothing to tell. */
  readonly silentTopics: ReadonlySet<string>;
  /** Brings a topic's posts up to date; answers which sources gave nothing. */
  readonly gather: (
    topic: Topic,
    window: Window,
    signal: AbortSignal,
  ) => Promise<readonly string[]>;
};

/** How often a digest is tried. */
const ATTEMPTS = 5;
/** Days whose runs are looked at: more than any grace. */
const LOOK_BACK = 5;

/** Makes the digests that are due, of every topic, and puts them into the outbox. */
export async function makeDueDigests(editors: Editors, signal: AbortSignal): Promise<void> {
  for (const topic of editors.topics) {
    const plan = editors.plans.get(topic.key);
    if (!plan) continue;
    for (const day of await daysDue(editors, topic, plan)) {
      await makeDay(editors, topic, plan, day, signal);
    }
    await postToNewcomers(editors, topic, plan);
  }
}

/** The posting days whose digest is to be begun, oldest first. */
async function daysDue({ workshop, clock }: Editors, topic: Topic, plan: Plan): Promise<Day[]> {
  const now = clock.now();
  const since = addDays(dayOf(now, plan.timeZone), -LOOK_BACK);
  const runs = await runsSince(workshop.db, topic.key, since);
  const languages = await languagesOf(workshop.db, topic);
  const isOver = ({ state, attempts }: Run) =>
    state === 'made' || state === 'empty' || attempts >= ATTEMPTS;
  const done = (day: Day) => {
    const over = new Set(runs.filter((run) => run.day === day && isOver(run)).map(languageOf));
    return languages.every((language) => over.has(language)) ? 'sent' : 'nothing';
  };
  return dueWork(plan, now, done).map(({ day }) => day);
}

/** Who wishes for a digest after it was made gets it too, where its hour is still to come. */
async function postToNewcomers(editors: Editors, topic: Topic, plan: Plan): Promise<void> {
  const { workshop, clock } = editors;
  const today = dayOf(clock.now(), plan.timeZone);
  for (const { day, language, state, reportId } of await runsSince(workshop.db, topic.key, today)) {
    if (state !== 'made' && state !== 'empty') continue;
    await workshop.db.transaction((tx) =>
      postToAll(editors, tx, { topic, plan, day, language, reportId, after: clock.now() }),
    );
  }
}

function languageOf({ language }: Run): Language {
  return language;
}

/** The languages in which a topic's digest is wanted, its own first. */
async function languagesOf(db: Database, topic: Topic): Promise<Language[]> {
  const wishes = await subscribersOf(db, topic.key);
  return [
    ...new Set([topic.language, ...wishes.map(({ language }) => language ?? topic.language)]),
  ];
}

async function makeDay(
  editors: Editors,
  topic: Topic,
  plan: Plan,
  day: Day,
  signal: AbortSignal,
): Promise<void> {
  const { workshop, clock, log, session } = editors;
  const stopped = AbortSignal.any([signal, session.lost]);
  let gathering: Promise<readonly string[]> | null = null; // once, whatever languages it is told in
  const gathered = (window: Window) =>
    (gathering ??= gatherInTime(editors, topic, window, stopped));
  for (const language of await languagesOf(workshop.db, topic)) {
    const key = { topic: topic.key, day, language };
    const claim = { session: session.number, now: clock.now(), mostAttempts: ATTEMPTS };
    if (!(await claimRun(workshop.db, key, claim))) continue;
    try {
      await makeOne(editors, topic, plan, { day, language, gathered }, stopped);
    } catch (error) {
      stopped.throwIfAborted(); // it is taken up again by the next process
      log.error({ ...key, err: error }, 'a digest could not be made');
      const failure = error instanceof Error ? error.message : String(error);
      await endRun(workshop.db, key, { state: 'failed', failure }, clock.now());
    }
  }
}

async function makeOne(
  editors: Editors,
  topic: Topic,
  plan: Plan,
  {
    day,
    language,
    gathered,
  }: { day: Day; language: Language; gathered: (window: Window) => Promise<readonly string[]> },
  signal: AbortSignal,
): Promise<void> {
  const { workshop, clock, log } = editors;
  const now = () => clock.now();
  const deadline = postingAt(plan, day);
  const window = windowFor(plan, day);
  const missing = await gathered(window);
  const order = { topic, window, language, missing, ...(deadline > now() && { deadline }) };
  const digest = await makeDigest({ ...workshop, now, signal }, order);
  signal.throwIfAborted();
  const reportId = digest.kind === 'made' ? digest.report.id : null;
  const notes = await workshop.db.transaction(async (tx) => {
    const end =
      reportId === null ? { state: 'empty' as const } : { state: 'made' as const, reportId };
    await endRun(tx, { topic: topic.key, day, language }, end, now());
    return postToAll(editors, tx, { topic, plan, day, language, reportId });
  });
  log.info({ topic: topic.key, day, language, deliveries: notes }, 'a digest was made');
}

/** So long a report waits for its sources at most: what comes later is missing in it. */
const GATHERING_MS = 300_000;

async function gatherInTime(
  { gather, log }: Editors,
  topic: Topic,
  window: Window,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const late = AbortSignal.timeout(GATHERING_MS);
  try {
    return await gather(topic, window, AbortSignal.any([signal, late]));
  } catch (error) {
    signal.throwIfAborted();
    log.warn({ topic: topic.key, err: error }, 'a report is made from what had come');
    return [];
  }
}

/** Puts a digest into the outbox, for everybody who wants it in its language. */
async function postToAll(
  { queue, silentTopics, clock }: Editors,
  tx: Database,
  {
    topic,
    plan,
    day,
    language,
    reportId,
    after,
  }: {
    topic: Topic;
    plan: Plan;
    day: Day;
    language: Language;
    reportId: number | null;
    /** Only to those whose hour is later than this. */
    after?: Date;
  },
): Promise<number> {
  if (reportId === null && silentTopics.has(topic.key)) return 0;
  const wishes = (await subscribersOf(tx, topic.key)).filter(
    (wish) => (wish.language ?? topic.language) === language,
  );
  let count = 0;
  for (const [platform, own] of Map.groupBy(wishes, ({ channel }) => channel.platform)) {
    const wanted = own
      .map((wish) => deliveryOf(wish, { plan, day, reportId, now: clock.now() }))
      .filter(({ postAt }) => after === undefined || postAt > after);
    const noted = await noteDeliveries(tx, wanted);
    await queue.add(
      tx,
      platform,
      noted.map(({ id, postAt }) => ({ id, at: postAt })),
    );
    count += noted.length;
  }
  return count;
}

function deliveryOf(
  { channel, topic, at }: Subscription,
  {
    plan,
    day,
    reportId,
    now,
  }: {
    plan: Plan;
    day: Day;
    reportId: number | null;
    now: Date;
  },
): NewDelivery {
  const usual = postingAt(plan, day);
  const own = at === null ? null : timeOnDay(day, at, plan.timeZone);
  const postAt = own !== null && own > usual ? own : usual;
  return {
    channel,
    topic,
    day,
    reportId,
    postAt,
    late: now.getTime() - postAt.getTime() > LATE_MS,
  };
}
