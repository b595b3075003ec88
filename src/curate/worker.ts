import { parentPort } from 'node:worker_threads';

import type { Post } from '../model/post.ts';
import { cutWords } from '../model/words.ts';
import { curate, type CurateOptions } from './curate.ts';
import { type Part, partsOf } from './parts.ts';

/** What the thread is asked to do: read posts, then curate them, then hand out part after part. */
export type Order =
  | { readonly kind: 'read'; readonly posts: readonly Post[] }
  | { readonly kind: 'curate'; readonly options: CurateOptions }
  | { readonly kind: 'hand out' };

/** Posts of an older time have no words kept yet: here they are cut once for all steps. */
function withWords(post: Post): Post {
  return post.words === null ? { ...post, words: cutWords(post.text) } : post;
}

const posts: Post[] = [];
let parts: Iterator<Part> | undefined;

parentPort?.on('message', (order: Order) => {
  if (order.kind === 'read') posts.push(...order.posts.map(withWords));
  else if (order.kind === 'curate') parts = partsOf(curate(posts, order.options), posts);
  else parentPort?.postMessage(parts?.next().value ?? null);
});
