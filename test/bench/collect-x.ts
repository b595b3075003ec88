/** The process that is X: says where it is reached, and how many requests came when it is asked. */
import process from 'node:process';

import { makeWorld } from '../fakes/x-generated.ts';
import { openFakeX } from '../fakes/x-server.ts';

/** What the process says first. */
export type Reached = { readonly url: string; readonly bearer: string };

/** What it says whenever it is asked. */
export type Toll = {
  readonly requests: number;
  readonly posts: number;
  readonly paidTwice: number;
  /** What stands on X's bill. */
  readonly charged: { readonly posts: number; readonly users: number };
};

/** As many requests as anybody likes: what is measured is not X. */
const NO_LIMIT = 1_000_000_000;
const DAYS = 6; // recent search reaches back seven
const AUTHORS = 500;

const [posts = '1000', seed = '1'] = process.argv.slice(2);
const until = new Date();
const world = makeWorld({
  posts: Number(posts),
  authors: AUTHORS,
  days: DAYS,
  seed: Number(seed),
  until,
});
const fake = await openFakeX({
  world,
  isChecking: false,
  limits: { '/2/tweets/search/recent': NO_LIMIT },
});
process.on('disconnect', () => process.exit(0));
process.on('message', () => process.send?.(toll()));
process.send?.({ url: fake.url, bearer: fake.bearer } satisfies Reached);

function toll(): Toll {
  const answered = fake.requests.filter(({ status }) => status === 200);
  const pages = answered.map(({ params }) => JSON.stringify(params));
  return {
    requests: answered.length,
    posts: answered.reduce((sum, request) => sum + request.posts, 0),
    paidTwice: pages.length - new Set(pages).size,
    charged: fake.bill.charged(),
  };
}
