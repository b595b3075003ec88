import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import type { FormedStory } from '../../src/curate/stories.ts';
import { groupByTheme } from '../../src/curate/themes.ts';
import { product, vectorOf } from '../../src/curate/vectors.ts';
import { aPost } from '../support/posts.ts';

const WORDS = Uint32Array.of(0, 1, 2, 3, 4);

/** A story about anything: its words weigh what a small generator of numbers says. */
function aStory(seed: number): FormedStory {
  let state = seed;
  const next = () => (state = (state * 48_271 + 11) % 2_147_483_647) / 2_147_483_647;
  const vector = vectorOf(
    WORDS,
    Float64Array.from(WORDS, () => next() ** 6),
  );
  const headline = aPost({ id: `${seed}` });
  const numbers = { likes: null, reposts: null, replies: null, quotes: null, views: null };
  const story = { headline, posts: [headline], voices: 1, numbers, weight: 1, terms: [] };
  return { story, items: [], vector, units: 1 };
}

const anyStories = fc
  .uniqueArray(fc.integer({ min: 1, max: 2_000_000_000 }), { maxLength: 14 })
  .map((seeds) => seeds.map(aStory));

/** The same, with every mean taken anew over every pair of stories. */
function naively(stories: readonly FormedStory[]): FormedStory[][] {
  const largest = Math.max(3, Math.ceil(stories.length * 0.3));
  const apart = new Set<string>();
  const nameOf = (a: FormedStory, b: FormedStory) =>
    [a.story.headline.id, b.story.headline.id].toSorted().join(' ');
  let groups = stories.map((story) => [story]);
  for (;;) {
    const pairs = groups.flatMap((one, index) =>
      groups.slice(index + 1).map((other) => {
        const each = one.flatMap((a) => other.map((b) => [a, b] as const));
        const sum = each.reduce((total, [a, b]) => total + product(a.vector, b.vector), 0);
        const isBarred = each.some(([a, b]) => apart.has(nameOf(a, b)));
        return { one, other, each, mean: isBarred ? 0 : sum / each.length };
      }),
    );
    const [best] = pairs.toSorted((a, b) => b.mean - a.mean);
    if (!best || best.mean <= 0.1) break;
    const { one, other, each } = best;
    if (one.length + other.length > largest) for (const [a, b] of each) apart.add(nameOf(a, b));
    else
      groups = groups
        .map((group) => (group === one ? [...one, ...other] : group))
        .filter((group) => group !== other);
  }
  const place = (story: FormedStory | undefined) => (story ? stories.indexOf(story) : 0);
  return groups
    .map((group) => group.toSorted((a, b) => place(a) - place(b)))
    .toSorted((a, b) => place(a[0]) - place(b[0]));
}

describe('themes', () => {
  it('join again and again the two groups whose stories are most alike in the mean', () => {
    fc.assert(
      fc.property(anyStories, (stories) => {
        const idsOf = (groups: readonly FormedStory[][]) =>
          groups.map((group) => group.map(({ story }) => story.headline.id));
        expect(idsOf(groupByTheme(stories))).toEqual(idsOf(naively(stories)));
      }),
      { numRuns: 300 },
    );
  });

  it('hold a third of the stories at most, so that none takes over the report', () => {
    fc.assert(
      fc.property(anyStories, (stories) => {
        const largest = Math.max(3, Math.ceil(stories.length * 0.3));
        for (const group of groupByTheme(stories)) {
          expect(group.length).toBeLessThanOrEqual(largest);
        }
      }),
    );
  });
});
