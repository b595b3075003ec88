import { once } from 'node:events';
import { type ResourceLimits, Worker } from 'node:worker_threads';

import { breathe } from '../lib/breathe.ts';
import { UserError } from '../model/errors.ts';
import type { Post } from '../model/post.ts';
import type { Curation } from '../model/story.ts';
import type { CurateOptions } from './curate.ts';
import { Assembly, type Part } from './parts.ts';
import type { Order } from './worker.ts';

/** Posts a message to the thread, so that none keeps the program for more than a few milliseconds. */
const POSTS_A_MESSAGE = 200;

/**
 * Curates in a thread of its own: the program stays awake meanwhile, however many posts there are.
 * Rejects with the signal's reason when it is stopped, and with a `UserError` when the posts are more
 * than the memory holds.
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
  const failed = failureOf(worker);
  const order = (what: Order) => worker.postMessage(what);
  try {
    for (let start = 0; start < posts.length; start += POSTS_A_MESSAGE) {
      const some = posts.slice(start, start + POSTS_A_MESSAGE);
      order({ kind: 'read', posts: some.map(withoutBallast) });
      await Promise.race([breathe(signal), failed]);
    }
    order({ kind: 'curate', options });
    const assembly = new Assembly(posts);
    for (;;) {
      order({ kind: 'hand out' }); // one part a time: many at once would be read in one go
      const part = await Promise.race([nextPart(worker, signal), failed]);
      if (part === null) return assembly.finish();
      assembly.add(part);
    }
  } finally {
    await worker.terminate();
  }
}

const LINKS = 20;

/** A post with what curating reads of it: the rest would cross over for nothing. */
function withoutBallast(post: Post): Post {
  const urls = post.urls.length > LINKS ? post.urls.slice(0, LINKS) : post.urls;
  return { ...post, authorBio: null, authorName: '', url: null, editIds: [], urls };
}

/**
 * The heap that the thread may fill before it tidies up: twice what was seen to be in use, since
 * without a limit it lets rubbish pile up to several times that. In megabytes.
 */
function limitsFor(posts: readonly Post[]): ResourceLimits {
  let bytes = 0;
  for (const { text, urls } of posts) {
    bytes += BYTES_A_POST + BYTES_A_CHARACTER * text.length;
    for (const url of urls.slice(0, LINKS)) bytes += BYTES_A_CHARACTER * url.length;
  }
  return {
    maxYoungGenerationSizeMb: 16,
    maxOldGenerationSizeMb: PROGRAM_MB + Math.ceil(bytes / 2 ** 20),
  };
}

const PROGRAM_MB = 200;
const BYTES_A_POST = 1536;
const BYTES_A_CHARACTER = 8;

/** Rejects when the thread fails or ends before its time; never resolves. */
function failureOf(worker: Worker): Promise<never> {
  const { promise, reject } = Promise.withResolvers<never>();
  worker.once('error', (error: Error) => reject(inPlainWords(error)));
  worker.once('exit', () => reject(new Error('the thread that curates ended before its time')));
  promise.catch(() => {}); // it may fail while nobody waits for it
  return promise;
}

function inPlainWords(error: Error): Error {
  if (!('code' in error) || error.code !== 'ERR_WORKER_OUT_OF_MEMORY') return error;
  const sentence = 'These posts are more than the memory holds: take fewer days at a time.';
  return new UserError('input', sentence, { cause: error });
}

async function nextPart(worker: Worker, signal: AbortSignal | undefined): Promise<Part | null> {
  try {
    const parts: (Part | null)[] = await once(worker, 'message', signal ? { signal } : {});
    return parts[0] ?? null;
  } catch (error) {
    signal?.throwIfAborted();
    throw error instanceof Error ? inPlainWords(error) : error;
  }
}
