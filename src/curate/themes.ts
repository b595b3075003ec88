import { SECTION_LETTERS } from '../model/report.ts';
import type { Story, Theme } from '../model/story.ts';
import { characteristicPhrases } from './phrases.ts';
import type { Prepared } from './prepare.ts';
import { centroid, cosine, rarityOver, type Rarity, type Vector, vectorOf } from './similarity.ts';

/** Stories looked at: what is weaker than these reaches no section anyway. */
const STRONGEST = 120;
/** Cosine of two groups' centroids from which they are one theme. */
const SAME_THEME = 0.2;
/** A theme holds at most this share of the stories; a larger group would be "everything". */
const LARGEST_SHARE = 0.3;
/** A section needs more than one post to rest on. */
const LEAST_POSTS = 2;

/**
 * Groups stories into up to nine themes, strongest first: again and again the two most similar
 * groups are joined, until none resemble each other enough. `items` are the posts as read before.
 */
export function formThemes(stories: readonly Story[], items: readonly Prepared[]): Theme[] {
  const byId = new Map(items.map((item) => [item.post.id, item]));
  const single = stories.slice(0, STRONGEST).map((story) => ({
    stories: [story],
    items: story.posts.flatMap((post) => byId.get(post.id) ?? []),
  }));
  const rarity = rarityOver(single.map(({ items: own }) => wordsOf(own)));
  const groups = single.map((group) => ({
    ...group,
    vector: vectorOf(wordsOf(group.items), rarity),
  }));
  return agglomerate(groups)
    .filter((group) => group.items.length >= LEAST_POSTS)
    .toSorted((a, b) => weightOf(b.stories) - weightOf(a.stories))
    .map((group) => ({ name: nameOf(group.items, rarity), stories: group.stories }))
    .filter((theme) => theme.name !== '')
    .slice(0, SECTION_LETTERS.length);
}

type Group = {
  readonly stories: readonly Story[];
  readonly items: readonly Prepared[];
  readonly vector: Vector;
};

function agglomerate(single: readonly Group[]): Group[] {
  const groups: (Group | null)[] = [...single];
  const largest = Math.max(3, Math.ceil(single.length * LARGEST_SHARE));
  const alike = groups.map((a) => groups.map((b) => (a && b ? cosine(a.vector, b.vector) : 0)));
  for (let pair = nearestPair(); pair; pair = nearestPair()) join(...pair);
  return groups.filter((group) => group !== null);

  function nearestPair(): [number, number] | null {
    let best: [number, number] | null = null;
    let highest = SAME_THEME;
    for (const [i, a] of groups.entries()) {
      for (let j = i + 1; j < groups.length; j++) {
        const b = groups[j];
        const similarity = alike[i]?.[j] ?? 0;
        if (!a || !b || similarity <= highest) continue;
        if (a.stories.length + b.stories.length > largest) continue;
        highest = similarity;
        best = [i, j];
      }
    }
    return best;
  }

  function join(i: number, j: number): void {
    const members = [groups[i], groups[j]].filter((group) => group !== null && group !== undefined);
    const joined: Group = {
      stories: members.flatMap((group) => group.stories).toSorted((x, y) => y.weight - x.weight),
      items: members.flatMap((group) => group.items),
      vector: centroid(members.map((group) => group.vector)),
    };
    groups[i] = joined;
    groups[j] = null;
    for (const [k, other] of groups.entries()) {
      const similarity = other ? cosine(joined.vector, other.vector) : 0;
      for (const [from, to] of [
        [i, k],
        [k, i],
      ] as const) {
        const row = alike[from];
        if (row) row[to] = similarity;
      }
    }
  }
}

/** Later stories count less, so that a theme of many trifles does not lead. */
function weightOf(stories: readonly Story[]): number {
  return stories.reduce((sum, story, index) => sum + story.weight / (1 + index), 0);
}

function wordsOf(items: readonly Prepared[]): string[] {
  return items.flatMap((item) => [...item.keywords]);
}

const WORDS_IN_NAME = 3;

/**
 * The theme's most characteristic words: "Lumen 7 · agents · price"; its most frequent ones where
 * none sets it apart; empty when no word of it carries a subject.
 */
function nameOf(items: readonly Prepared[], rarity: Rarity): string {
  const telling = characteristicPhrases(items, rarity);
  const phrases = telling.length > 0 ? telling : characteristicPhrases(items, () => 1);
  return phrases.slice(0, WORDS_IN_NAME).join(' · ');
}
