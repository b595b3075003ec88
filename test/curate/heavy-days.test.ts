import { describe, expect, it } from 'vitest';

import { curate } from '../../src/curate/curate.ts';
import type { Post } from '../../src/model/post.ts';
import { aPost } from '../support/posts.ts';
import { workMs } from '../support/work.ts';

const COUNT = 4000;
/** Each of these days takes half a second of work on a small machine; one that grows with the square, a minute. */
const MOST_MS = 3000;

/** Curates, and tells how long the processor was at it: what else the machine does is not counted. */
function curateAndMeasure(posts: readonly Post[]) {
  const before = workMs();
  return { ...curate(posts), took: workMs() - before };
}

/** Mulberry32: the same numbers every time, 0 to 1. */
function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const random = randomNumbers(7);

/** So many words out of a vocabulary of a size. */
function sentence(length: number, vocabulary: number): string {
  return Array.from({ length }, () => `w${Math.floor(random() * vocabulary).toString(36)}q`).join(
    ' ',
  );
}

function aDay(count: number, fieldsOf: (number: number) => Partial<Post>): Post[] {
  return Array.from({ length: count }, (_, number) => {
    const fields = fieldsOf(number);
    return aPost({
      id: `day-${number}`,
      author: `voice_${number % 997}_demo`,
      createdAt: new Date(Date.UTC(2026, 9, 12) + number * 1000),
      words: fields.text ?? '',
      ...fields,
    });
  });
}

const idOf = (number: number) => `day-${number}`;

describe('a heavy day is curated in time that grows with its posts:', () => {
  it.each<[string, () => Post[]]>([
    [
      'posts that all share a link',
      () =>
        aDay(COUNT, () => ({ text: sentence(12, 30_000), urls: ['https://example.com/paper'] })),
    ],
    [
      'texts with one beginning of forty letters, many of them cut',
      () =>
        aDay(COUNT, (number) => {
          const text = `the very same beginning of forty letters in all ${sentence(8, 30_000)}`;
          return number % 3 === 0 ? { text: `${text}…`, words: text } : { text };
        }),
    ],
    ['texts out of sixty words', () => aDay(COUNT, () => ({ text: sentence(15, 60) }))],
    ['texts out of twelve words', () => aDay(COUNT, () => ({ text: sentence(15, 12) }))],
    [
      'one post that all others answer',
      () =>
        aDay(COUNT, (number) => ({
          text: sentence(12, 5000),
          replyToId: number > 0 ? idOf(0) : null,
        })),
    ],
    [
      'a circle of replies',
      () =>
        aDay(COUNT, (number) => ({
          text: sentence(12, 5000),
          author: 'ada_demo',
          replyToId: idOf((number + 1) % COUNT),
        })),
    ],
    [
      'a chain of self-replies, of which one post in five was copied',
      () =>
        aDay(COUNT, (number) => ({
          text:
            number % 5 === 0 ? 'one line that comes back in every fifth post' : sentence(12, 1e5),
          author: 'ada_demo',
          replyToId: number > 0 ? idOf(number - 1) : null,
        })),
    ],
    [
      'a thread of thousands of posts among thousands of others',
      () =>
        aDay(COUNT, (number) =>
          number % 2 === 0
            ? {
                text: sentence(12, 1e5),
                author: 'ada_demo',
                likes: 1e6,
                replyToId: number > 0 ? idOf(number - 2) : null,
              }
            : { text: sentence(12, 1e5) },
        ),
    ],
    [
      'sixteen posts of 25,000 letters among many short ones',
      () => aDay(COUNT, (number) => ({ text: sentence(number < 16 ? 5000 : 12, 8000) })),
    ],
    [
      'a hundred posts of 25,000 letters, all alike but for a word',
      () => aDay(100, () => ({ text: `${'price of lumen '.repeat(1600)}${sentence(2, 1000)}` })),
    ],
  ])('%s', (_, makeDay) => {
    const posts = makeDay();
    const { collected, kept, stories, took } = curateAndMeasure(posts);
    expect(took).toBeLessThan(MOST_MS);
    expect(collected).toBe(posts.length);
    expect(kept.length).toBeGreaterThanOrEqual(stories.length);
    expect(stories.length).toBeGreaterThan(0);
  });

  it('a text that is one cut word', () => {
    const posts = aDay(2000, (number) => ({ text: `${'a'.repeat(16 + number)}…`, words: null }));
    const { collected, took } = curateAndMeasure(posts);
    expect(collected).toBe(2000);
    expect(took).toBeLessThan(MOST_MS / 4);
  });
});

it('a hundred thousand equal letters in a few alike posts take no time to speak of', () => {
  const posts = ['a', 'b', 'c', 'd'].map((letter) =>
    aPost({ text: `Lumen agents price weights ${letter.repeat(100_000)}` }),
  );
  const { stories, took } = curateAndMeasure(posts);
  expect(took).toBeLessThan(MOST_MS);
  expect(stories.flatMap(({ terms }) => terms).every((term) => term.length < 200)).toBe(true);
});
