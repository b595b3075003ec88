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

/**
 * Groups stories into up to nine themes, strongest first: again and again the two most similar
 * groups are joined, until none resemble each other enough. `items` are the posts as read before.
 */
export function formThemes(stories: readonly Story[], items: readonly Prepared[]): Theme[] {
  const byId = new Map(items.map((item) => [item.post.id, item]));
  const read = stories.slice(0, STRONGEST).map((story) => ({
    story,
    items: story.posts.flatMap((post) => byId.get(post.id) ?? []),
  }));
  const rarity = rarityOver(read.map(wordsOf));
  return agglomerate(read, rarity)
    .filter((group) => carriesSection(group.stories))
    .toSorted((a, b) => weightOf(b.stories) - weightOf(a.stories))
    .map((group) => ({ name: nameOf(group.stories, rarity), stories: group.stories }))
    .filter((theme) => theme.name !== '')
    .slice(0, SECTION_LETTERS.length);
}

type Group = { readonly stories: readonly Story[]; readonly vector: Vector };

function agglomerate(stories: readonly Story[], rarity: Rarity): Group[] {
  const groups: (Group | null)[] = stories.map((story) => ({
    stories: [story],
    vector: vectorOf(wordsOf(story), rarity),
  }));
  const largest = Math.max(3, Math.ceil(stories.length * LARGEST_SHARE));
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

/** A section needs more than one post to rest on. */
function carriesSection(stories: readonly Story[]): boolean {
  return stories.reduce((sum, story) => sum + story.posts.length, 0) >= 2;
}

/** Later stories count less, so that a theme of many trifles does not lead. */
function weightOf(stories: readonly Story[]): number {
  return stories.reduce((sum, story, index) => sum + story.weight / (1 + index), 0);
}

function wordsOf(story: Story): string[] {
  return story.posts.flatMap((post) => [...keywordsOf(tokenize(bodyOf(post.text)))]);
}

const WORDS_IN_NAME = 3;

/**
 * The theme's most characteristic words: "Lumen 7 · agents · price"; its most frequent ones where
 * none sets it apart; empty when no word of it carries a subject.
 */
function nameOf(stories: readonly Story[], rarity: Rarity): string {
  const posts = stories.flatMap((story) => story.posts);
  const telling = characteristicPhrases(posts, rarity);
  const phrases = telling.length > 0 ? telling : characteristicPhrases(posts, () => 1);
  return phrases.slice(0, WORDS_IN_NAME).join(' · ');
}
