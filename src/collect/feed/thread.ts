import { once } from 'node:events';
import { Worker } from 'node:worker_threads';

import { SourceFailure } from '../source.ts';
import type { FeedReading, FeedTask } from './read.ts';
import type { Answer } from './worker.ts';

const MOST_MEGABYTES = 512;

export type ThreadLimits = { readonly signal: AbortSignal; readonly seconds: number };

/**
 * Reads a feed in a thread of its own: whatever a stranger has put into it, the program stays awake,
 * and the work ends.
 *
 * @throws SourceFailure
 */
export async function readInThread(
  task: FeedTask,
  { signal, seconds }: ThreadLimits,
): Promise<FeedReading> {
  signal.throwIfAborted();
  const worker = new Worker(new URL('worker.ts', import.meta.url), {
    resourceLimits: { maxOldGenerationSizeMb: MOST_MEGABYTES },
  });
  const timeout = AbortSignal.timeout(seconds * 1000);
  const ended = once(worker, 'exit').then(() => []);
  try {
    worker.postMessage(task);
    const stopped = AbortSignal.any([signal, timeout]);
    const answers: Answer[] = await Promise.race([
      once(worker, 'message', { signal: stopped }),
      ended,
    ]);
    return readingOf(answers[0]);
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof SourceFailure) throw error;
    const words = timeout.aborted
      ? `it takes more than ${seconds} seconds to read`
      : 'it is no feed, or broken';
    throw new SourceFailure('unreadable', words, { cause: error });
  } finally {
    await worker.terminate();
  }
}

function readingOf(answer: Answer | undefined): FeedReading {
  if (answer?.kind === 'read') return answer.reading;
  const { kind, message } = answer?.failure ?? {
    kind: 'unreadable',
    message: 'it is no feed, or broken',
  };
  throw new SourceFailure(kind, message);
}
