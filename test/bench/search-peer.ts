/** The process that holds as many posts as fit 2 GB in MiniSearch, and asks it the same questions. */
import process from 'node:process';

import MiniSearch from 'minisearch';

import type { Post } from '../../src/model/post.ts';
import type { Search } from '../../src/store/candidates.ts';
import { openPostFile } from '../../src/collect/file/file.ts';
import { count } from '../support/measurement.ts';
import { tellParent } from './forked.ts';
import { QUESTIONS, type Row, rowOf, TOPICS } from './search.ts';
import { questionsAbout, termsIn } from './search-questions.ts';

/** How soon it answered, of how many posts. */
export type Peer = { readonly posts: number; readonly rows: readonly Row[] };

const ROOM = 2e9; // bytes
const POSTS_A_LOOK = 25_000;
/** Fewer than ours are asked: it takes its time. */
const ASKED = QUESTIONS / 5;

type Document = { readonly id: string; readonly at: number; readonly terms: string };

/** Terms are ours, so that both look for the same. */
const index = new MiniSearch<Document>({
  fields: ['terms'],
  storeFields: ['at'],
  tokenize: (text) => text.split(' '),
  processTerm: (term) => term,
});

async function* postsIn(files: readonly string[]): AsyncGenerator<Post> {
  for (const file of files) {
    const { rows } = await openPostFile(file);
    for await (const row of rows) if (row.kind === 'post') yield row.post;
  }
}

/** Some of the posts that fit, evenly spread. */
async function fill(files: readonly string[]): Promise<Post[]> {
  let samples: Post[] = [];
  let step = 1;
  for await (const post of postsIn(files)) {
    const terms = termsIn(post).join(' ');
    index.add({ id: post.id, at: post.createdAt.getTime(), terms });
    if (index.documentCount % step === 0) samples.push(post);
    if (samples.length === 2 * ASKED) {
      samples = samples.filter((_, place) => place % 2 === 1);
      step *= 2;
    }
    if (index.documentCount % POSTS_A_LOOK === 0 && isFull()) break;
  }
  return samples.slice(0, ASKED);
}

function isFull(): boolean {
  globalThis.gc?.();
  return process.memoryUsage.rss() > ROOM;
}

function ask(questions: readonly Search[]): number[] {
  return questions.map(({ terms, start, end, most }) => {
    const [from, to] = [start?.getTime() ?? 0, end.getTime()];
    const began = performance.now();
    index
      .search([...terms.keys()].join(' '), {
        boostTerm: (term) => terms.get(term) ?? 0,
        filter: ({ at }) => at >= from && at < to,
      })
      .slice(0, most);
    return performance.now() - began;
  });
}

await tellParent(async (files) => {
  const samples = await fill(files);
  const posts = index.documentCount;
  const rows = (['a day', 'a month', 'all time'] as const).map((span) =>
    rowOf(
      `${span}, MiniSearch of ${count(posts)} posts`,
      ask(questionsAbout(samples, TOPICS.main, span)),
    ),
  );
  return { posts, rows } satisfies Peer;
});
