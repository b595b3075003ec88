import { schedule } from 'node-cron';

import type { App } from '../app.ts';
import type { Platform } from '../chat/platform.ts';
import { composer } from '../deliver/compose.ts';
import { correctMessages, deliver, type PostOffice } from '../deliver/outbox.ts';
import { gatherDue, gatherFor, type Gathering } from '../deliver/gathering.ts';
import { DeliveryQueue } from '../deliver/queue.ts';
import { type Editors, makeDueDigests } from '../deliver/rounds.ts';
import { graceMinutesOf } from '../deliver/schedule.ts';
import { untilStopped } from '../lib/breathe.ts';
import type { Clock } from '../lib/clock.ts';
import { UserError } from '../model/errors.ts';
import { addDays, dayOf } from '../model/window.ts';
import { openDeliveries, outdatedReports } from '../store/deliveries.ts';
import { forgetPaces } from '../store/paces.ts';
import { forgetQuotas } from '../store/quotas.ts';
import { openSession, type Session } from '../store/sessions.ts';
import { gatheringOf } from './gathering.ts';
import { tellOwners } from './owners.ts';

/** What a running bot is made of. */
export type Bot = {
  readonly app: App;
  readonly clock: Clock;
  /** Opens the platforms: new ones for each beginning, since one that has ended does not run again. */
  readonly openPlatforms: () => readonly Platform[];
};

/** So long what is being sent or answered may take after a stop. */
const LAST_MS = 9000;
/** So long it is begun anew again and again: a server that is updated or moved is back by then. */
const PERSISTS_MS = 300_000;
/** What lasted so long had begun well: what fails then is a new failure. */
const LASTED_MS = 60_000;
const GONE =
  'The database is gone, and does not come back: start the bot again. What was due is made up for then.';
/** After trouble with the database it is begun again so much later. */
const PAUSE_MS = 5000;

/**
 * Runs the bot until it is stopped: digests are made and posted on time, and whoever speaks to it is
 * answered. When the connection to the database is lost, it begins anew; where that does not help, it
 * throws a `UserError`, so that whoever watches over the program starts it again.
 */
export async function live(bot: Bot, signal: AbortSignal): Promise<void> {
  let failsSince: number | null = null;
  while (!signal.aborted) {
    const began = bot.clock.now().getTime();
    try {
      await liveOnce(bot, signal);
    } catch (error) {
      if (signal.aborted) return;
      const now = bot.clock.now().getTime();
      failsSince = failsSince === null || now - began > LASTED_MS ? now : failsSince;
      if (now - failsSince > PERSISTS_MS) throw new UserError('database', GONE, { cause: error });
      bot.app.log.error({ err: error }, 'the bot begins anew');
      await bot.clock.wait(PAUSE_MS, signal).catch(() => {});
    }
  }
}

async function liveOnce({ app, clock, openPlatforms }: Bot, signal: AbortSignal): Promise<void> {
  const { pool, log } = app;
  const session = await openSession(pool);
  const platforms = openPlatforms();
  const names = platforms.map(({ name }) => name);
  const queue = await DeliveryQueue.open(pool, names, { clock, log });
  const ended = new AbortController();
  const stop = AbortSignal.any([signal, session.lost, ended.signal]);
  try {
    const office = postOffice(app, clock, platforms, session);
    const gathering = gatheringOf({ ...app, now: () => clock.now() }, session, office.tellOwners);
    const editing = editors(app, clock, { session, queue, gathering });
    const heart = heartbeat(office, editing, { queue, gathering }, stop);
    const work = Promise.all([
      heart,
      ...names.map((platform) =>
        queue.work(
          app.db,
          platform,
          async (id) => {
            const outcome = await deliver(office, id, stop);
            return outcome.kind === 'again' ? outcome.at : null;
          },
          stop,
        ),
      ),
      ...platforms.map((platform) => platform.run(stop)),
    ]);
    work.catch(() => ended.abort());
    await Promise.race([work, patience(stop)]);
    session.lost.throwIfAborted();
  } finally {
    ended.abort();
    await queue.close();
    await session.close();
  }
}

/** Resolves some seconds after a stop. */
async function patience(stop: AbortSignal): Promise<void> {
  await untilStopped(stop);
  await new Promise<void>((resolve) => void setTimeout(resolve, LAST_MS).unref());
}

function postOffice(
  app: App,
  clock: Clock,
  platforms: readonly Platform[],
  session: Session,
): PostOffice {
  const { db, log, config } = app;
  const [{ language, timeZone }] = config.topics;
  const { owners } = config.chats;
  const herald = { db, clock, log, language, timeZone, owners, platforms };
  return {
    db,
    clock,
    log,
    session,
    couriers: new Map(platforms.map(({ name, courier }) => [name, courier])),
    compose: composer(db, config.topics),
    tellOwners: (notice) => tellOwners(herald, notice),
    graceOf: (topic) => graceMinutesOf(config.plans.get(topic)) * 60_000,
  };
}

function editors(
  app: App,
  clock: Clock,
  { session, queue, gathering }: { session: Session; queue: DeliveryQueue; gathering: Gathering },
): Editors {
  const { config, db, log, office } = app;
  const { topics, plans, silentTopics, outFolder } = config;
  const workshop = { db, outFolder, office };
  const gather: Editors['gather'] = (topic, window, signal) =>
    gatherFor(gathering, topic, window, signal);
  return { workshop, clock, log, session, queue, topics, plans, silentTopics, gather };
}

/** Does every minute, and at once, what is due, was left lying, or is to be corrected. */
async function heartbeat(
  office: PostOffice,
  editing: Editors,
  { queue, gathering }: { queue: DeliveryQueue; gathering: Gathering },
  stop: AbortSignal,
): Promise<void> {
  await Promise.all([
    everyMinute(() => lookAround(office, editing, queue, stop), office, stop),
    // Corrections wait for slow platforms; nothing else is to wait for them.
    everyMinute(() => correctAll(office, stop), office, stop),
    everyMinute(() => gatherDue(gathering, editing.topics, stop), office, stop),
  ]);
}

/** A minute, and a little for a timer that is late. */
const LONGEST_SILENCE_MS = 61_000;

/**
 * Does something at once and as each minute begins until it is stopped, never twice at a time; failures
 * are logged. node-cron waits until the minute has come that it expects next, on a clock that was set
 * back by a day for a day: after a minute in which it was silent it is begun anew.
 */
async function everyMinute(
  work: () => Promise<void>,
  { clock, log }: PostOffice,
  stop: AbortSignal,
): Promise<void> {
  let beating = Promise.resolve();
  let isBeating = false;
  let wasHeard = true;
  const beat = () => {
    wasHeard = true;
    if (isBeating) return;
    isBeating = true;
    beating = work()
      .catch((error: unknown) => {
        if (!stop.aborted) log.error({ err: error }, 'looking around failed');
      })
      .finally(() => (isBeating = false));
  };
  while (!stop.aborted) {
    beat();
    // Of each minute that a clock set forward has passed over it would tell the terminal.
    const task = schedule('* * * * *', beat, { timezone: 'UTC', suppressMissedWarning: true });
    while (wasHeard && !stop.aborted) {
      wasHeard = false;
      await clock.wait(LONGEST_SILENCE_MS, stop).catch(() => undefined); // stopped meanwhile
    }
    await task.destroy();
  }
  await beating;
}

async function correctAll(office: PostOffice, stop: AbortSignal): Promise<void> {
  const since = new Date(office.clock.now().getTime() - CORRECTED_MS);
  for (const report of await outdatedReports(office.db, since)) {
    await correctMessages(office, report, stop);
  }
}

async function lookAround(
  office: PostOffice,
  editing: Editors,
  queue: DeliveryQueue,
  stop: AbortSignal,
): Promise<void> {
  const { db, clock } = office;
  await takeUp(office, queue);
  await makeDueDigests(editing, stop);
  await forgetPaces(db, clock.now());
  await forgetQuotas(db, addDays(dayOf(clock.now(), 'UTC'), -3));
}

/** Reports that are made again so long after their hour are corrected in the chats. */
const CORRECTED_MS = 3 * 86_400_000;
/** What should be under way since then was left lying by a process that ended. */
const LEFT_LYING_MS = 20_000;

/** Puts deliveries back into the queue that a process left lying. */
async function takeUp({ db, clock, couriers }: PostOffice, queue: DeliveryQueue): Promise<void> {
  const now = clock.now();
  const left = (await openDeliveries(db)).filter(
    ({ at }) => at.getTime() < now.getTime() - LEFT_LYING_MS,
  );
  for (const [platform, own] of Map.groupBy(left, (one) => one.platform)) {
    if (couriers.has(platform)) {
      await queue.add(
        db,
        platform,
        own.map(({ id }) => ({ id, at: now })),
      );
    }
  }
}
