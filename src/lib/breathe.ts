import { setImmediate } from 'node:timers/promises';

/** Lets what waits have its turn between two long computations, and ends here when stopped. */
export async function breathe(signal: AbortSignal | undefined): Promise<void> {
  await setImmediate();
  signal?.throwIfAborted();
}
