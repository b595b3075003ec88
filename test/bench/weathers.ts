import { rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { failWith, limit, resetAfter } from '../fakes/discord-failures.ts';
import { flood, gateway, lose } from '../fakes/telegram-failures.ts';
import { pick, type Random, randomFrom } from '../support/random.ts';
import type { Stage, Weather } from './storm-stage.ts';

const SECOND = 1000;
const HOUR = 3_600_000;

/** Of all requests, so many are answered 429, and as many with an error of the server. */
const SHARE = 0.05;

/** One request in ten fails; of those with the server's errors half were done nevertheless. */
export const errors: Weather = {
  name: 'errors',
  async rage({ telegram, discord, talkers, underWay }) {
    const random = randomFrom(11);
    telegram.disturb(() =>
      oneInSome(random, flood(1), [
        gateway(500),
        gateway(502),
        gateway(503),
        gateway(500, 'after'),
        gateway(502, 'after'),
        lose,
      ]),
    );
    discord.disturb(
      () =>
        oneInSome(random, limit(1), [
          failWith(500),
          failWith(502),
          failWith(503),
          failWith(500, {}, 'after'),
          failWith(502, {}, 'after'),
          resetAfter(),
        ]) ?? undefined,
    );
    await underWay();
    for (let asked = 0; asked < 10; asked += 1) {
      talkers.ask();
      await sleep(SECOND);
    }
  },
};

function oneInSome<Failure>(
  random: Random,
  flooded: Failure,
  broken: readonly Failure[],
): Failure | null {
  const drawn = random();
  if (drawn < SHARE) return flooded;
  return drawn < 2 * SHARE ? pick(broken, random) : null;
}

const PARTITION_MS = 130 * SECOND;

/** Neither platform is reached for more than two minutes, the hour of some within. */
export const partition: Weather = {
  name: 'partition',
  async rage({ telegram, discord, talkers, hours, underWay }) {
    await underWay();
    if (Date.now() > hours.soon) throw new Error('the machine is too busy: the hour is over');
    const over = Math.max(Date.now() + PARTITION_MS, hours.soon + 10 * SECOND);
    await Promise.all([telegram.door.shut(), discord.door.shut()]);
    await sleep(hours.soon + 2 * SECOND - Date.now());
    talkers.mention();
    await sleep(over - Date.now());
    await Promise.all([telegram.door.reopen(), discord.door.reopen()]);
    await untilHeard(discord);
    talkers.ask();
  },
};

/** The bot's clock jumps by hours, then beyond a day, and back each time. */
export const clock: Weather = {
  name: 'clock',
  environment: (folder) => ({
    CLOCK_SHIFT_FILE: shiftFile(folder),
    NODE_OPTIONS: `--import ${path.resolve('test/bench/clock-shift.ts')}`,
  }),
  async rage({ folder, talkers, underWay }) {
    await underWay();
    for (const [hours, seconds] of [
      [3, 20],
      [0, 10],
      [26, 70], // a heartbeat falls into it
      [0, 5],
      [-26, 5],
      [0, 5],
    ] as const) {
      await shiftClock(folder, hours * HOUR);
      await sleep((seconds * SECOND) / 2);
      talkers.ask();
      await sleep((seconds * SECOND) / 2);
    }
  },
};

const shiftFile = (folder: string) => path.join(folder, 'shift');

async function shiftClock(folder: string, ms: number): Promise<void> {
  const whole = `${shiftFile(folder)}.new`;
  await writeFile(whole, String(ms));
  await rename(whole, shiftFile(folder)); // so that nobody reads half of it
}

const CUT_MS = 60 * SECOND;

/** The database is gone for a minute. */
export const database: Weather = {
  name: 'database',
  async rage({ database: { door }, discord, talkers, underWay }) {
    await underWay();
    await door.shut();
    await sleep(CUT_MS / 2);
    talkers.mention();
    await sleep(CUT_MS / 2);
    await door.reopen();
    await untilHeard(discord);
    talkers.ask();
  },
};

const RETURN_MS = 300 * SECOND;

/** Waits until the bot is back on Discord, where it cannot be asked before. */
async function untilHeard({ gateway: connection }: Stage['discord']): Promise<void> {
  const until = performance.now() + RETURN_MS;
  while (!connection.isConnected) {
    if (performance.now() > until) throw new Error('the bot does not come back to Discord');
    await sleep(100);
  }
}
