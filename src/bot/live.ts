import { schedule } from 'node-cron';

import type { App } from '../app.ts';
import type { Platform } from '../chat/platform.ts';
import { composer } from '../deliver/compose.ts';
import { correctMessages, deliver, type PostOffice } from '../deliver/outbox.ts';
import { DeliveryQueue } from '../deliver/queue.ts';
import { type Editors, makeDueDigests } from '../deliver/rounds.ts';
import { untilStopped } from '../lib/breathe.ts';
import type { Clock } from '../lib/clock.ts';
import type { Courier } from '../model/delivery.ts';
import { addDays, dayOf } from '../model/window.ts';
import { openDeliveries, outdatedReports } from '../store/deliveries.ts';
import { forgetPaces } from '../store/paces.ts';
import { forgetQuotas } from '../store/quotas.ts';
import { openSession, type Session } from '../store/sessions.ts';
import { tellOwners } from './owners.ts';

/** What a running bot is made of. */
export type Bot = {
  readonly app: App;
  readonly clock: Clock;
  readonly platforms: readonly Platform[];
};

/** So long what is being sent or answered may take after a stop. */
const LAST_MS = 9000;
/** After trouble with the database it is begun again so much later. */
const PAUSE_MS = 5000;

/**
 * Runs the bot until it is stopped: digests are made and posted on time, and whoever speaks to it is
 * answered. When the connection to the database is lost, it begins anew.
 */
export async function live(bot: Bot, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    try {
      await liveOnce(bot, signal);
    } catch (error) {
      if (signal.aborted) return;
      bot.app.log.error({ err: error }, 'the bot begins anew');
      await bot.clock.wait(PAUSE_MS, signal).catch(() => {});
    }
  }
}

async function liveOnce({ app, clock, platforms }: Bot, signal: AbortSignal): Promise<void> {
  const { pool, log } = app;
  const session = await openSession(pool);
  const couriers = new Map(platforms.map(({ name, courier }) => [name, courier]));
  const queue = await DeliveryQueue.open(pool, [...couriers.keys()], { clock, log });
  const ended = new AbortController();
  const stop = AbortSignal.any([signal, session.lost, ended.signal]);
  try {
    const office = postOffice({ app, clock, platforms }, session, couriers);
    const heart = heartbeat(office, editors(app, clock, session, queue), queue, stop);
    const work = Promise.all([
      heart,
      ...[...couriers.keys()].map((platform) =>
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
  { app, clock, platforms }: Bot,
  session: Session,
  couriers: ReadonlyMap<Platform['name'], Courier>,
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
    couriers,
    compose: composer(db, config.topics),
    tellOwners: (notice) => tellOwners(herald, notice),
    graceMs: GRACE_MS,
  };
}

/** A message that could not be sent for so long after its hour is given up. */
const GRACE_MS = 12 * 3_600_000;

function editors(app: App, clock: Clock, session: Session, queue: DeliveryQueue): Editors {
  const { config, db, log, office } = app;
  const { topics, plans, silentTopics, outFolder } = config;
  const workshop = { db, outFolder, office };
  return { workshop, clock, log, session, queue, topics, plans, silentTopics };
}

/** Looks every minute, and at once, for what is due, what was left lying, and what is to be corrected. */
async function heartbeat(
  office: PostOffice,
  editing: Editors,
  queue: DeliveryQueue,
  stop: AbortSignal,
): Promise<void> {
  const { log } = office;
  let beating = Promise.resolve();
  let isBeating = false;
  const beat = () => {
    if (isBeating) return;
    isBeating = true;
    beating = lookAround(office, editing, queue, stop)
      .catch((error: unknown) => {
        if (!stop.aborted) log.error({ err: error }, 'looking around failed');
      })
      .finally(() => (isBeating = false));
  };
  beat();
  const task = schedule('* * * * *', beat, { timezone: 'UTC' });
  try {
    await untilStopped(stop);
    await beating;
  } finally {
    await task.destroy();
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
  for (const report of await outdatedReports(db, new Date(clock.now().getTime() - CORRECTED_MS))) {
    await correctMessages(office, report, stop);
  }
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
