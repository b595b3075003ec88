import type { Desk } from './desk.ts';
import { troubleOf } from './failures.ts';

/** So often at most something is tried, with pauses of 1, 2 and 4 seconds. */
const MOST_ATTEMPTS = 4;

/** Nobody waits longer for an answer. */
const LONGEST_WAIT_SECONDS = 60;

/** Tries again what did not arrive; what may have arrived only where it may be repeated. */
export async function insist<T>(
  { clock, log, closing }: Pick<Desk, 'clock' | 'log' | 'closing'>,
  { mayRepeat }: { readonly mayRepeat: boolean },
  attempt: () => Promise<T>,
): Promise<T> {
  for (let attempts = 1; ; attempts += 1) {
    try {
      return await attempt();
    } catch (error) {
      const trouble = troubleOf(error);
      const seconds = trouble.kind === 'slow-down' ? trouble.seconds : 2 ** (attempts - 1);
      const isPassing =
        trouble.kind === 'slow-down' ||
        trouble.kind === 'failed' ||
        (trouble.kind === 'unknown' && mayRepeat);
      if (!isPassing || attempts === MOST_ATTEMPTS || seconds > LONGEST_WAIT_SECONDS) throw error;
      log.info({ trouble, attempts }, 'answer tried again');
      await clock.wait(seconds * 1000, closing).catch(() => {
        throw error; // nobody waits any more
      });
    }
  }
}
