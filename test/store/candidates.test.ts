import { beforeAll, describe, expect, it } from 'vitest';

import { rarity, weightOf } from '../../src/lib/bm25.ts';
import { termsOf } from '../../src/lib/terms.ts';
import type { Post } from '../../src/model/post.ts';
import { plainText } from '../../src/model/words.ts';
import { type Candidate, candidatesFor, frequenciesOf } from '../../src/store/candidates.ts';
import type { Database } from '../../src/store/database.ts';
import { sql } from '../../src/store/drizzle.ts';
import { storePosts } from '../../src/store/posts.ts';
import { BLOCK_SIZE, PART_SIZE } from '../../src/store/postings.ts';
import { freshDatabase, sharedDatabase } from '../support/database.ts';
import { aPost } from '../support/posts.ts';
import { type Random, randomFrom } from '../support/random.ts';

const DAY = 86_400_000;
const START = Date.UTC(2026, 0, 1);
const END = new Date(START + 365 * DAY);
const POSTS = 3000;

/** Names as they are used: some everywhere, most of them hardly ever (Zipf). */
const nameFrom = (random: Random) => `name${Math.floor(600 ** random())}`;

function madePosts(): Post[] {
  const random = randomFrom(11);
  return Array.from({ length: POSTS }, (_, index) => {
    const size = 3 + Math.floor(random() * 25);
    const text = Array.from({ length: size }, () => nameFrom(random)).join(' ');
    const createdAt = new Date(START + ((index + random()) / POSTS) * 365 * DAY);
    return aPost({ id: `p${index}`, text, createdAt, author: `author_${index % 50}` });
  });
}

/** Every post with its terms. */
type Told = { readonly post: Post; readonly terms: readonly string[] };

const tell = (post: Post): Told => ({
  post,
  terms: termsOf(`${post.authorName} @${post.author}\n${plainText(post.text)}`),
});

const countIn = (term: string, terms: readonly string[]) =>
  terms.filter((other) => other === term).length;

type Question = ReadonlyMap<string, number>;
type Window = { readonly start: Date | null; readonly end: Date };

/** BM25 over every post, as it is written in books. */
function scoresOf(all: readonly Told[], question: Question, { start, end }: Window): number[] {
  const average = all.reduce((sum, { terms }) => sum + terms.length, 0) / all.length;
  const weights = Array.from(question, ([term, weight]) => {
    const holding = all.filter(({ terms }) => terms.includes(term)).length;
    return [term, weight * rarity(holding, all.length)] as const;
  });
  return all
    .filter(({ post }) => post.createdAt < end && (start === null || post.createdAt >= start))
    .map(({ terms }) =>
      weights.reduce((sum, [term, weight]) => {
        return sum + weight * weightOf(countIn(term, terms), terms.length, average);
      }, 0),
    )
    .filter((score) => score > 0)
    .toSorted((a, b) => b - a);
}

const posts = madePosts();
const told = posts.map(tell);

function questionOf(size: number, random: Random): Question {
  const names = Array.from({ length: size }, () => nameFrom(random));
  return new Map(names.map((name, index) => [name, index < 5 ? 1 : 0.4]));
}

describe.each([
  ['as they were written', posts],
  ['in no order at all', posts.toSorted((a, b) => (hash(a.id) < hash(b.id) ? -1 : 1))],
])('candidates among posts that came %s', (_, inOrder) => {
  const db = sharedDatabase();
  beforeAll(async () => {
    const store = (some: readonly Post[]) => db().transaction((tx) => storePosts(tx, 'ai', some));
    await store(inOrder.slice(0, 1000));
    await skipTo(db(), PART_SIZE - 300); // in the midst of what follows the next part begins
    await store(inOrder.slice(1000, 2000));
    await skipTo(db(), 3 * PART_SIZE - 300);
    await store(inOrder.slice(2000));
  });

  const windows: readonly Window[] = [
    { start: null, end: END },
    { start: null, end: new Date(START + 100.3 * DAY) },
    { start: new Date(START + 120.5 * DAY), end: new Date(START + 150.5 * DAY) },
    { start: new Date(START + 200 * DAY), end: new Date(START + 201 * DAY) },
  ];

  it('are the ones that BM25 over all posts puts first, in its order', async () => {
    const random = randomFrom(5);
    for (const window of windows) {
      for (const size of [1, 3, 8, 60]) {
        const terms = questionOf(size, random);
        const { candidates: found } = await candidatesFor(db(), {
          topic: 'ai',
          terms,
          ...window,
          most: 20,
        });
        const expected = scoresOf(told, terms, window).slice(0, 20);
        const scores = await scoresOfFound(found, terms);
        expect(scores).toHaveLength(expected.length);
        for (const [place, score] of scores.entries())
          expect(score).toBeCloseTo(expected[place] ?? 0);
      }
    }
  });

  async function scoresOfFound(found: readonly Candidate[], terms: Question): Promise<number[]> {
    const frequencies = await frequenciesOf(db(), 'ai', terms.keys());
    return found.map(({ counts, length }) =>
      [...counts].reduce((sum, [term, count]) => {
        const weight = (terms.get(term) ?? 0) * rarity(frequencies.of(term), frequencies.passages);
        return sum + weight * weightOf(count, length, frequencies.averageLength);
      }, 0),
    );
  }
});

describe('candidates', () => {
  it('lie in the window, from its first instant to before its end', async () => {
    const db = await freshDatabase();
    const [start, end] = [new Date('2026-10-12T00:00:00Z'), new Date('2026-10-13T00:00:00Z')];
    const at = (id: string, createdAt: Date) => aPost({ id, text: 'zebra', createdAt });
    await db.transaction((tx) =>
      storePosts(tx, 'ai', [
        at('before', new Date(start.getTime() - 1)),
        at('first', start),
        at('last', new Date(end.getTime() - 1)),
        at('after', end),
      ]),
    );
    const terms = new Map([['zebra', 1]]);
    const { candidates: found } = await candidatesFor(db, {
      topic: 'ai',
      terms,
      start,
      end,
      most: 9,
    });
    expect(found.map(({ ref }) => ref).toSorted()).toEqual(['first', 'last']);
  });

  it('are found on both sides of where a block is full', async () => {
    const db = await freshDatabase();
    const some = (name: string) =>
      Array.from({ length: 5 }, (_, index) => aPost({ id: `${name}${index}`, text: 'zebra' }));
    await db.transaction((tx) => storePosts(tx, 'ai', some('a')));
    await skipTo(db, BLOCK_SIZE - 3);
    await db.transaction((tx) => storePosts(tx, 'ai', some('b')));
    await db.transaction((tx) => storePosts(tx, 'ai', some('c')));
    const terms = new Map([['zebra', 1]]);
    const { candidates: found } = await candidatesFor(db, {
      topic: 'ai',
      terms,
      start: null,
      end: END,
      most: 99,
    });
    expect(found).toHaveLength(15);
    expect((await frequenciesOf(db, 'ai', ['zebra'])).of('zebra')).toBe(15);
  });

  it('are none where no term is known, or there is no topic', async () => {
    const db = await freshDatabase();
    const wanted = { start: null, end: END, most: 5 };
    const terms = new Map([['zebra', 1]]);
    expect((await candidatesFor(db, { ...wanted, topic: 'ai', terms })).candidates).toEqual([]);
    await db.transaction((tx) => storePosts(tx, 'ai', [aPost({ text: 'lions' })]));
    expect((await candidatesFor(db, { ...wanted, topic: 'ai', terms })).candidates).toEqual([]);
    expect(
      (await candidatesFor(db, { ...wanted, topic: 'ai', terms: new Map() })).candidates,
    ).toEqual([]);
  });
});

/** Has the block filled up to a place, as if so many passages had come. */
async function skipTo(db: Database, place: number): Promise<void> {
  await db.execute(sql`update passage_blocks set used = ${place}`);
}

/** Any order but that of time. */
function hash(id: string): number {
  return randomFrom(Number(id.slice(1)))();
}
