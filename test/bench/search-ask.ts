/** The process that asks: tells how soon the candidates for questions were there. */
import process from 'node:process';

import { termsOf } from '../../src/lib/terms.ts';
import type { Post } from '../../src/model/post.ts';
import { plainText } from '../../src/model/words.ts';
import { candidatesFor, frequenciesOf, type Wanted } from '../../src/store/candidates.ts';
import type { Database } from '../../src/store/database.ts';
import { eq, sql } from '../../src/store/drizzle.ts';
import { posts, topicPosts } from '../../src/store/schema.ts';
import { pick, type Random, randomFrom } from '../support/random.ts';
import { withDatabase } from './bot-place.ts';
import { tellParent } from './forked.ts';
import { type Row, rowOf, TOPICS } from './search.ts';

/** What asking took. */
export type Asking = {
  readonly rows: readonly Row[];
  /** The largest that the process was, MB. */
  readonly rssMB: number;
};

const QUESTIONS = 200;
const WARM_UP = 20;
const AT_ONCE = 10;
/** As many as answering looks at. */
const CANDIDATES = 200;

/** How many terms questions have: short ones, long ones, and such with what else it may be called. */
const SIZES = [3, 8, 20, 60] as const;
/** So many of them are of one post, which the question is about. */
const OWN = 8;
/** What the others weigh. */
const WEIGHT_OF_OTHERS = 0.4;

const DAY = 86_400_000;
const SPANS: Readonly<Record<string, (at: Date) => Date | null>> = {
  'a day': (at) => new Date(midnightBefore(at)),
  'a month': (at) => new Date(midnightBefore(at) - 29 * DAY),
  'all time': () => null,
};

const midnightBefore = (at: Date) => Math.floor(at.getTime() / DAY) * DAY;

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

function questionsFrom(samples: readonly Post[], startOf: (at: Date) => Date | null, end: Date) {
  const random = randomFrom(1);
  const termLists = samples.map(({ author, text }) =>
    shuffle(termsOf(plainText(text)), random, author),
  );
  return samples.map(({ createdAt }, index): Wanted => {
    const size = SIZES[index % SIZES.length] ?? OWN;
    const own = (termLists[index] ?? []).slice(0, Math.min(size, OWN));
    const terms = new Map(own.map((term) => [term, 1]));
    while (terms.size < size) {
      const term = pick(pick(termLists, random), random);
      if (!terms.has(term)) terms.set(term, WEIGHT_OF_OTHERS);
    }
    const start = startOf(createdAt);
    const until = start === null ? end : new Date(midnightBefore(createdAt) + DAY);
    return { topic: TOPICS.main, terms, start, end: until, most: CANDIDATES };
  });
}

function shuffle(terms: readonly string[], random: Random, author: string): string[] {
  const keys = new Map([...terms, author].map((term) => [term, random()]));
  return [...keys].toSorted(([, a], [, b]) => a - b).map(([term]) => term);
}

/** Milliseconds from each question to its candidates, `atOnce` being asked at a time. */
async function ask(db: Database, questions: readonly Wanted[], atOnce: number): Promise<number[]> {
  const waiting = [...questions];
  const took: number[] = [];
  const askOn = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const start = performance.now();
      await frequenciesOf(db, next.topic, next.terms.keys());
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
    const end = new Date(Math.max(...samples.map(({ createdAt }) => createdAt.getTime())) + DAY);
    const rows: Row[] = [];
    for (const [span, startOf] of Object.entries(SPANS)) {
      const questions = questionsFrom(samples, startOf, end);
      await ask(db, questions.slice(0, WARM_UP), AT_ONCE);
      rows.push(rowOf(span, await ask(db, questions, 1)));
      rows.push(rowOf(`${span}, ${AT_ONCE} at once`, await ask(db, questions, AT_ONCE)));
    }
    return { rows, rssMB: process.resourceUsage().maxRSS / 1024 };
  }),
);
