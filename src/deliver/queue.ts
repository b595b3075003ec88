import { fromDrizzle, PgBoss } from 'pg-boss';
import type { Pool } from 'pg';

import type { Clock } from '../lib/clock.ts';
import type { Log } from '../lib/log.ts';
import type { PlatformName } from '../model/channel.ts';
import type { Database } from '../store/database.ts';
import { sql } from '../store/drizzle.ts';

/** Something to be done at a moment. */
export type Job = { readonly id: number; readonly at: Date };

/** Does what a job asks for; a moment, when it is to be done again. */
export type Handle = (id: number) => Promise<Date | null>;

/** Jobs at once of a platform in one process. */
const AT_ONCE = 24;
/** So often it is looked for jobs that other processes noted. */
const LOOK_MS = 1000;
const LEAST_PAUSE_MS = 100;
/** How long a job that ended without a word is left alone. */
const EXPIRES_SECONDS = 900;
const RETRIES = 1000;

/**
 * The deliveries that wait for their moment: a queue a platform, so that the trouble of one does not
 * hold up the other, in the same database as everything else.
 */
export class DeliveryQueue {
  readonly #boss: PgBoss;
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #bells = new Map<PlatformName, Bell>();

  private constructor(boss: PgBoss, clock: Clock, log: Log) {
    this.#boss = boss;
    this.#clock = clock;
    this.#log = log;
  }

  /** Opens the queues, and makes them on the first day. */
  static async open(
    pool: Pool,
    platforms: readonly PlatformName[],
    { clock, log }: { clock: Clock; log: Log },
  ): Promise<DeliveryQueue> {
    const boss = new PgBoss({
      db: { executeSql: (text, values) => pool.query(text, values) },
      schedule: false,
    });
    boss.on('error', (error) => log.error({ err: error }, 'the queue has trouble'));
    await boss.start();
    const queue = new DeliveryQueue(boss, clock, log);
    for (const platform of platforms) {
      await boss.createQueue(nameOf(platform), {
        expireInSeconds: EXPIRES_SECONDS,
        retryLimit: RETRIES,
        retryDelay: 2,
        retryBackoff: true,
        retryDelayMax: 300,
        deleteAfterSeconds: 3600,
      });
      queue.#bells.set(platform, new Bell(clock));
    }
    return queue;
  }

  /** Notes jobs, as a part of the transaction. */
  async add(tx: Database, platform: PlatformName, jobs: readonly Job[]): Promise<void> {
    if (jobs.length === 0) return;
    const now = this.#clock.now().getTime();
    // From now on the database's clock counts, which may differ from ours.
    const secondsUntil = (at: Date) =>
      Number((Math.max(0, at.getTime() - now) / 1000 / this.#clock.speed).toFixed(3));
    await this.#boss.insert(
      nameOf(platform),
      jobs.map(({ id, at }) => ({ data: { id }, startAfter: secondsUntil(at) })),
      { db: fromDrizzle(tx, sql) },
    );
    for (const { at } of jobs) this.#bells.get(platform)?.ringAt(at);
  }

  /** Does the jobs of a platform, many at once, until it is stopped; then what is begun is finished. */
  async work(
    db: Database,
    platform: PlatformName,
    handle: Handle,
    signal: AbortSignal,
  ): Promise<void> {
    const bell = this.#bells.get(platform);
    if (!bell) throw new Error(`no queue for ${platform}`);
    const running = new Set<Promise<void>>();
    while (!signal.aborted) {
      const room = AT_ONCE - running.size;
      const jobs = room === 0 ? [] : await this.#fetch(platform, room);
      for (const { job, id } of jobs) {
        const done = this.#do(db, platform, { job, id }, handle).finally(() => {
          running.delete(done);
          bell.ring();
        });
        running.add(done);
      }
      if (jobs.length === 0 || jobs.length < room) await bell.heard(LOOK_MS, signal);
    }
    await Promise.all(running);
  }

  /** Whatever goes wrong, a job is not done again and again without a pause. */
  #notAtOnce(at: Date): Date {
    return new Date(Math.max(at.getTime(), this.#clock.now().getTime() + LEAST_PAUSE_MS));
  }

  async close(): Promise<void> {
    for (const bell of this.#bells.values()) bell.silence();
    await this.#boss.stop({ close: false, graceful: false });
  }

  async #fetch(platform: PlatformName, most: number): Promise<{ job: string; id: number }[]> {
    try {
      const jobs = await this.#boss.fetch<{ id: number }>(nameOf(platform), { batchSize: most });
      return jobs.map(({ id, data }) => ({ job: id, id: data.id }));
    } catch (error) {
      this.#log.error({ err: error, platform }, 'the queue cannot be read');
      return [];
    }
  }

  async #do(
    db: Database,
    platform: PlatformName,
    { job, id }: { job: string; id: number },
    handle: Handle,
  ): Promise<void> {
    try {
      const again = await handle(id);
      await db.transaction(async (tx) => {
        if (again) await this.add(tx, platform, [{ id, at: this.#notAtOnce(again) }]);
        await this.#boss.complete(nameOf(platform), job, null, { db: fromDrizzle(tx, sql) });
      });
    } catch (error) {
      this.#log.error({ err: error, platform, delivery: id }, 'a delivery failed unexpectedly');
      await this.#boss.fail(nameOf(platform), job).catch(() => {}); // it expires, and is tried again
    }
  }
}

function nameOf(platform: PlatformName): string {
  return `deliver-${platform}`;
}

/** Wakes who waits for something to do. */
class Bell {
  readonly #clock: Clock;
  readonly #set = new Map<number, AbortController>();
  #waiting = new AbortController();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  ring(): void {
    this.#waiting.abort();
  }

  ringAt(at: Date): void {
    const ms = at.getTime() - this.#clock.now().getTime();
    if (ms <= 0) return this.ring();
    if (this.#set.has(at.getTime())) return;
    const stop = new AbortController();
    this.#set.set(at.getTime(), stop);
    void this.#ringLater(ms, at.getTime(), stop.signal);
  }

  async #ringLater(ms: number, key: number, silenced: AbortSignal): Promise<void> {
    try {
      await this.#clock.wait(ms, silenced);
    } catch {
      return;
    }
    this.#set.delete(key);
    this.ring();
  }

  /** Resolves when it rings, when it was stopped, or after so many milliseconds. */
  async heard(ms: number, signal: AbortSignal): Promise<void> {
    const either = AbortSignal.any([this.#waiting.signal, signal]);
    await this.#clock.wait(ms, either).catch(() => {});
    if (this.#waiting.signal.aborted) this.#waiting = new AbortController();
  }

  silence(): void {
    for (const stop of this.#set.values()) stop.abort();
    this.#set.clear();
  }
}
