import { once } from 'node:events';
import { type ResourceLimits, Worker } from 'node:worker_threads';

import { breathe } from '../lib/breathe.ts';
import type { Post } from '../model/post.ts';
import type { Curation } from '../model/story.ts';
import type { CurateOptions } from './curate.ts';
import { Assembly, type Part } from './parts.ts';
import type { Order } from './worker.ts';

/** Posts a message to the thread, so that none keeps the program for more than a few milliseconds. */
const POSTS_A_MESSAGE = 200;

/**
 * Curates in a thread of its own: the program stays awake meanwhile, however many posts there are.
 * Rejects with the signal's reason when it is stopped.
 */
export async function curateInThread(
  posts: readonly Post[],
  options: CurateOptions = {},
  signal?: AbortSignal,
): Promise<Curation> {
  signal?.throwIfAborted();
  const worker = new Worker(new URL('worker.ts', import.meta.url), {
    resourceLimits: limitsFor(posts),
  });
  const order = (what: Order) => worker.postMessage(what);
  try {
    for (let start = 0; start < posts.length; start += POSTS_A_MESSAGE) {
      order({ kind: 'read', posts: posts.slice(start, start + POSTS_A_MESSAGE) });
      await breathe(signal);
    }
    order({ kind: 'curate', options });
    const assembly = new Assembly(posts);
    for (;;) {
      order({ kind: 'hand out' }); // one part a time: many at once would be read in one go
      const part = await nextPart(worker, signal);
      if (part === null) return assembly.finish();
      assembly.add(part);
    }
  } finally {
    await worker.terminate();
  }
}

/**
 * The heap that the thread may fill before it tidies up: twice what was seen to be in use, since
 * without a limit it lets rubbish pile up to several times that. In megabytes.
 */
function limitsFor(posts: readonly Post[]): ResourceLimits {
  const bytes = posts.reduce(
    (sum, { text }) => sum + BYTES_A_POST + BYTES_A_CHARACTER * text.length,
    0,
  );
  return {
    maxYoungGenerationSizeMb: 16,
    maxOldGenerationSizeMb: PROGRAM_MB + Math.ceil(bytes / 2 ** 20),
  };
}

const PROGRAM_MB = 200;
const BYTES_A_POST = 1536;
const BYTES_A_CHARACTER = 8;

/** Rejects when the thread fails: `once` listens for its errors too. */
async function nextPart(worker: Worker, signal: AbortSignal | undefined): Promise<Part | null> {
  try {
    const parts: (Part | null)[] = await once(worker, 'message', signal ? { signal } : {});
    return parts[0] ?? null;
  } catch (error) {
    signal?.throwIfAborted();
    throw error;
  }
}
