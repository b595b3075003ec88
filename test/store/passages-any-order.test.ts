import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { termsOf } from '../../src/lib/terms.ts';
import type { Post } from '../../src/model/post.ts';
import type { Line } from '../../src/model/report.ts';
import { plainText } from '../../src/model/words.ts';
import { candidatesFor, frequenciesOf } from '../../src/store/candidates.ts';
import type { Database } from '../../src/store/database.ts';
import { eq, sql } from '../../src/store/drizzle.ts';
import { fillPassages } from '../../src/store/passage-fill.ts';
import { storePosts } from '../../src/store/posts.ts';
import { saveReport } from '../../src/store/reports.ts';
import {
  lines,
  notReplaced,
  passageFills,
  passages,
  posts,
  reports,
  topicPosts,
} from '../../src/store/schema.ts';
import { sharedDatabase } from '../support/database.ts';
import { aPost } from '../support/posts.ts';
import { aLine, aReport, NO_CURATION } from '../support/reports.ts';

const db = sharedDatabase();

const WORDS = ['zebra', 'lions', 'tiger', 'GPT-5', '开源模型', 'https://example.com/zebra'];
const TOPICS = ['ai', 'chips'];

/** What may be done to a database. */
type Deed =
  | { readonly kind: 'store'; readonly topic: string; readonly posts: readonly Post[] }
  | { readonly kind: 'report'; readonly topic: string; readonly lines: readonly Line[] }
  | { readonly kind: 'forget post'; readonly id: string }
  | { readonly kind: 'forget report'; readonly topic: string }
  | { readonly kind: 'leave topic'; readonly topic: string; readonly id: string }
  | { readonly kind: 'index anew' };

const anId = fc.constantFrom('1', '2', '3', '4');
const aTopic = fc.constantFrom(...TOPICS);
const aText = fc.array(fc.constantFrom(...WORDS), { maxLength: 5 }).map((words) => words.join(' '));

const anyPost = fc
  .record({
    id: anId,
    text: aText,
    author: fc.constantFrom('ada_demo', 'bob_demo'),
    createdAt: fc.constantFrom(new Date('2026-10-12T04:00:00Z'), new Date('2026-11-02T04:00:00Z')),
    editIds: fc.constantFrom<string[][]>([], ['1', '2'], ['1', '2', '3']),
    likes: fc.nat(3),
  })
  .map((fields) => aPost(fields));

const someLines = fc
  .array(fc.record({ text: aText, impact: fc.option(aText) }), { maxLength: 3 })
  .map((all) =>
    all.map((fields, index) => aLine({ ...fields, address: `I.${index + 1}`, cites: [] })),
  );

const aDeed: fc.Arbitrary<Deed> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant('store'),
      topic: aTopic,
      posts: fc.array(anyPost, { maxLength: 4 }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('report'), topic: aTopic, lines: someLines }),
  },
  fc.record({ kind: fc.constant('forget post'), id: anId }),
  fc.record({ kind: fc.constant('forget report'), topic: aTopic }),
  fc.record({ kind: fc.constant('leave topic'), topic: aTopic, id: anId }),
  fc.record({ kind: fc.constant('index anew') }),
);

async function act(deed: Deed): Promise<void> {
  if (deed.kind === 'store') {
    await db().transaction((tx) => storePosts(tx, deed.topic, deed.posts));
  } else if (deed.kind === 'report') {
    await saveReport(db(), aReport({ topic: deed.topic, lines: deed.lines }), NO_CURATION, []);
  } else if (deed.kind === 'forget post') {
    await db().delete(posts).where(eq(posts.id, deed.id));
  } else if (deed.kind === 'forget report') {
    await db().delete(reports).where(eq(reports.topic, deed.topic));
  } else if (deed.kind === 'leave topic') {
    await db()
      .delete(topicPosts)
      .where(sql`${topicPosts.topic} = ${deed.topic} and ${topicPosts.postId} = ${deed.id}`);
  } else {
    await db().update(passageFills).set({ version: -1 });
    await fillPassages(db());
  }
}

type Text = { readonly ref: string; readonly text: string; readonly stands: boolean };

/** What is stored of a topic, read from the tables of posts and lines alone. */
async function storedTexts(topic: string): Promise<Text[]> {
  const all = await db()
    .select({ post: posts, stands: sql<boolean>`${notReplaced}` })
    .from(topicPosts)
    .innerJoin(posts, eq(posts.id, topicPosts.postId))
    .where(eq(topicPosts.topic, topic));
  const told = await db()
    .select({ line: lines })
    .from(lines)
    .innerJoin(reports, eq(reports.id, lines.reportId))
    .where(eq(reports.topic, topic));
  return [
    ...all.map(({ post, stands }) => ({
      ref: post.id,
      text: `${post.authorName} @${post.author}\n${plainText(post.text)}`,
      stands,
    })),
    ...told.map(({ line: { reportId, address, text, impact } }) => ({
      ref: `${reportId} ${address}`,
      text: plainText(`${text}\n${impact ?? ''}`),
      stands: true,
    })),
  ];
}

async function found(topic: string, term: string): Promise<string[]> {
  const { candidates } = await candidatesFor(db(), {
    topic,
    terms: new Map([[term, 1]]),
    start: null,
    end: new Date('2027-01-01T00:00:00Z'),
    most: 100,
  });
  return candidates.map(({ ref }) => ref).toSorted();
}

async function expectAllCounted(topic: string): Promise<void> {
  const texts = (await storedTexts(topic)).map((one) => ({ ...one, terms: termsOf(one.text) }));
  const vocabulary = new Set([...WORDS.flatMap(termsOf), ...termsOf('@ada_demo @bob_demo')]);
  const frequencies = await frequenciesOf(db(), topic, vocabulary);
  expect(frequencies.passages).toBe(texts.length);
  const length = texts.reduce((sum, { terms }) => sum + terms.length, 0);
  expect(frequencies.averageLength).toBeCloseTo(length / Math.max(1, texts.length));
  for (const term of vocabulary) {
    const holding = texts.filter(({ terms }) => terms.includes(term));
    expect(frequencies.of(term)).toBe(holding.length);
    const standing = holding.filter(({ stands }) => stands).map(({ ref }) => ref);
    expect(await found(topic, term)).toEqual(standing.toSorted());
  }
}

async function empty(database: Database): Promise<void> {
  await database.delete(reports);
  await database.delete(posts);
  await database.execute(sql`delete from post_edits`);
}

describe('the index, whatever is done', () => {
  it('counts and finds what is there, as if it were counted anew', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(aDeed, { minLength: 1, maxLength: 8 }), async (deeds) => {
        await empty(db());
        for (const deed of deeds) await act(deed);
        for (const topic of TOPICS) await expectAllCounted(topic);
      }),
      { numRuns: 15 },
    );
    await empty(db());
    for (const table of ['passages', 'postings', 'passage_blocks', 'passage_slices']) {
      expect(await db().$count(sql.raw(table))).toBe(0);
    }
    expect(await db().$count(passages)).toBe(0);
  }, 60_000);
});
