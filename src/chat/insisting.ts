import { setTimeout as sleep } from 'node:timers/promises';

import type { Log } from '../lib/log.ts';

/** So long whoever waits for an answer waits until it is kept, milliseconds. */
const PATIENCE_MS = 2000;
/** Pauses before it is tried again, milliseconds: a database that is started anew is there by then. */
const PAUSES_MS = [500, 2000, 5000, 10_000, 30_000, 60_000];

/**
 * Does something that nobody needs to wait for, such as keeping what was said: tries it, and goes on
 * trying for a while behind the back of whoever calls. Never rejects; what is given up is logged.
 *
 * @returns when it is done, or was not done at once.
 */
export async function insistOn(
  work: () => Promise<unknown>,
  log: Log,
  what: object,
): Promise<void> {
  const first = tryOnce(work, log, what);
  const goOn = async () => {
    if (!(await first)) await tryAgain(work, log, what);
  };
  void goOn();
  await Promise.race([first, sleep(PATIENCE_MS, undefined, { ref: false })]);
}

async function tryOnce(work: () => Promise<unknown>, log: Log, what: object): Promise<boolean> {
  try {
    await work();
    return true;
  } catch (error) {
    log.warn({ ...what, err: error }, 'not kept yet');
    return false;
  }
}

async function tryAgain(work: () => Promise<unknown>, log: Log, what: object): Promise<void> {
  let last: unknown;
  for (const pause of PAUSES_MS) {
    await sleep(pause, undefined, { ref: false });
    try {
      await work();
      log.info(what, 'kept after all');
      return;
    } catch (error) {
      last = error;
    }
  }
  log.error({ ...what, err: last }, 'given up: what was answered is not kept');
}
