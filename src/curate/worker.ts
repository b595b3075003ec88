import { parentPort } from 'node:worker_threads';

import type { Post } from '../model/post.ts';
import { curate, type CurateOptions } from './curate.ts';
import { type Part, partsOf } from './parts.ts';

/** What the thread is asked to do: read posts, then curate them, then hand out part after part. */
export type Order =
  | { readonly kind: 'read'; readonly posts: readonly Post[] }
  | { readonly kind: 'curate'; readonly options: CurateOptions }
  | { readonly kind: 'hand out' };

const posts: Post[] = [];
let parts: Iterator<Part> | undefined;

parentPort?.on('message', (order: Order) => {
  if (order.kind === 'read') posts.push(...order.posts);
  else if (order.kind === 'curate') parts = partsOf(curate(posts, order.options), posts);
  else parentPort?.postMessage(parts?.next().value ?? null);
});
