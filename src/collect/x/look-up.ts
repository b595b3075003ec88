import type { Page, Wish } from '../source.ts';
import type { Charge } from '../../model/source.ts';
import { z } from 'zod';
import { type Answer, readAnswer, returnedIn } from './answer.ts';
import { askX, type XAccess } from './api.ts';
import { reserveCount, reservePage } from './bill.ts';
import { unreadable, wordsOf } from './failures.ts';
import { BARE_POSTS } from './fields.ts';
import { postsOf } from './posts.ts';
import { X_ID } from './snowflake.ts';

const MOST_IDS = 100;

/**
 * Reads posts again, for their numbers. They come without their authors, who would be charged for: the
 * number of an account stands for its handle and its name, which the store does not take over. Posts
 * that X does not show any more are problems.
 *
 * @throws SourceFailure
 */
export async function* lookUp(
  access: XAccess,
  ids: readonly string[],
  wish: Wish,
): AsyncGenerator<Page> {
  const wanted = [...new Set(ids)].filter((id) => X_ID.test(id));
  for (let begin = 0; begin < wanted.length;) {
    const most = Math.min(MOST_IDS, wanted.length - begin);
    const size = await reservePage(wish, { wanted: most, least: 1, isWhole: false });
    const some = wanted.slice(begin, begin + size);
    const query = { ...BARE_POSTS, ids: some.join(',') };
    const answer = readAnswer(await askX(access, 'tweets', query, wish));
    const { posts, problems } = postsOf(answer, new Set(some), wish.now());
    yield {
      posts,
      problems: [...problems, ...missing(some, answer)],
      place: {},
      charged: returnedIn(answer),
    };
    begin += size;
  }
}

function missing(ids: readonly string[], { asked, troubles }: Answer): string[] {
  const found = new Set(asked.map(({ id }) => id));
  return ids
    .filter((id) => !found.has(id))
    .map((id) => {
      const trouble = troubles.find(({ resource_id, value }) => id === (resource_id || value));
      const words = trouble && wordsOf(trouble);
      return words ? `post ${id} is not shown: ${words}` : `post ${id} is not shown by X`;
    });
}

const countSchema = z.object({ meta: z.object({ total_tweet_count: z.int().min(0) }) });
const DAY_MS = 24 * 60 * 60_000;

/**
 * How many posts of the last day a search finds. X takes for the question what it takes for a post.
 *
 * @throws SourceFailure
 */
export async function countRecent(
  access: XAccess,
  query: string,
  wish: Wish,
): Promise<{ readonly posts: number; readonly charged: Charge }> {
  await reserveCount(wish);
  const start = new Date(wish.now().getTime() - DAY_MS);
  start.setUTCMilliseconds(0);
  const value = await askX(
    access,
    'tweets/counts/recent',
    { query, granularity: 'day', start_time: start.toISOString().replace('.000Z', 'Z') },
    wish,
  );
  const counted = countSchema.safeParse(value).data;
  if (counted === undefined) throw unreadable('it has no number of posts');
  return { posts: counted.meta.total_tweet_count, charged: { posts: 1, users: 0 } };
}
