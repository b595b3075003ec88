/** The process that asks: tells how soon the candidates for questions were there. */
import process from 'node:process';

import type { Post } from '../../src/model/post.ts';
import { candidatesFor, type Search } from '../../src/store/candidates.ts';
import type { Database } from '../../src/store/database.ts';
import { eq, sql } from '../../src/store/drizzle.ts';
import { posts, topicPosts } from '../../src/store/schema.ts';
import { withDatabase } from './bot-place.ts';
import { tellParent } from './forked.ts';
import { QUESTIONS, type Row, rowOf, TOPICS } from './search.ts';
import { questionsAbout } from './search-questions.ts';

/** What asking took. */
export type Asking = {
  readonly rows: readonly Row[];
  /** The largest that the process was, MB. */
  readonly rssMB: number;
};

const WARM_UP = 40;
const AT_ONCE = 10;

async function samplePosts(db: Database): Promise<Post[]> {
  const rows = await db
    .select({ post: posts })
    .from(topicPosts)
    .innerJoin(posts, eq(posts.id, topicPosts.postId))
    .where(eq(topicPosts.topic, TOPICS.main))
    .orderBy(sql`md5(${posts.id})`)
    .limit(QUESTIONS);
  return rows.map(({ post }) => post);
}

/** Milliseconds from each question to its candidates, `atOnce` being asked at a time. */
async function ask(db: Database, questions: readonly Search[], atOnce: number): Promise<number[]> {
  const waiting = [...questions];
  const took: number[] = [];
  const askOn = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const start = performance.now();
      await candidatesFor(db, next);
      took.push(performance.now() - start);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, askOn));
  return took;
}

await tellParent(async ([url = '']) =>
  withDatabase(url, async (db): Promise<Asking> => {
    await db.execute(sql`vacuum analyze`); // as the server does by itself some minutes later
    await db.execute(sql`checkpoint`);
    const samples = await samplePosts(db);
    const rows: Row[] = [];
    for (const span of ['a day', 'a month', 'all time'] as const) {
      const questions = questionsAbout(samples, TOPICS.main, span);
      await ask(db, questions.slice(0, WARM_UP), AT_ONCE);
      rows.push(rowOf(span, await ask(db, questions, 1)));
      rows.push(rowOf(`${span}, ${AT_ONCE} at once`, await ask(db, questions, AT_ONCE)));
    }
    return { rows, rssMB: process.resourceUsage().maxRSS / 1024 };
  }),
);
