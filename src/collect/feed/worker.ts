import { parentPort } from 'node:worker_threads';

import { SourceFailure } from '../source.ts';
import { type FeedReading, type FeedTask, readFeed } from './read.ts';

/** What the thread answers: a failure loses what it is when it is passed on, so its parts are. */
export type Answer =
  | { readonly kind: 'read'; readonly reading: FeedReading }
  | { readonly kind: 'failed'; readonly failure: Pick<SourceFailure, 'kind' | 'message'> };

parentPort?.once('message', (task: FeedTask) => {
  parentPort?.postMessage(answerTo(task));
});

function answerTo(task: FeedTask): Answer {
  try {
    return { kind: 'read', reading: readFeed(task) };
  } catch (error) {
    if (!(error instanceof SourceFailure)) throw error;
    return { kind: 'failed', failure: { kind: error.kind, message: error.message } };
  }
}
