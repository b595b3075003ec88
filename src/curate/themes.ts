import { SECTION_LETTERS } from '../model/report.ts';
import type { Story, Theme } from '../model/story.ts';
import { documentFrequencies, type Lexicon } from './lexicon.ts';
import { characteristicPhrases } from './phrases.ts';
import type { FormedStory } from './stories.ts';
import { product } from './vectors.ts';

/** Stories looked at: what is weaker than these reaches no section anyway. */
const STRONGEST = 400;
/** The mean cosine between the utterances of two groups from which they are one theme of a report. */
const SAME_THEME = 0.1;
/** A theme holds at most this share of the stories; a larger group would be "everything". */
const LARGEST_SHARE = 0.3;
/** A section rests on several posts, or on one with so many subject words. */
const LEAST = { posts: 2, words: 24 };

/** Groups the strongest stories into up to nine named themes, strongest first. */
export function formThemes(stories: readonly FormedStory[], lexicon: Lexicon): Theme[] {
  const strongest = stories.slice(0, STRONGEST);
  const words = strongest.flatMap(({ items }) => items.map((item) => item.words));
  const rarity = lexicon.rarityIn(documentFrequencies(lexicon, words), words.length);
  return groupByTheme(strongest)
    .filter(fillsSection)
    .toSorted((a, b) => weightOf(b) - weightOf(a))
    .map((group) => group.map(({ story }) => story))
    .map((told) => ({ name: nameOfTheme(told, rarity), stories: told }))
    .filter((theme) => theme.name !== '')
    .slice(0, SECTION_LETTERS.length);
}

function fillsSection(group: readonly FormedStory[]): boolean {
  const items = group.flatMap((story) => story.items);
  return items.length >= LEAST.posts || items.some(({ words }) => words.length >= LEAST.words);
}

/** What is grouped: the sum of the vectors of so many utterances. */
export type Utterances = Pick<FormedStory, 'vector' | 'units'>;

/**
 * Agglomerative clustering with group-average linkage: again and again the two groups are joined
 * whose utterances resemble each other most in the mean, until none do enough. Every story is in one
 * group, in the order in which they were given.
 *
 * @param enough The mean cosine, 0 to 1, from which groups are joined.
 */
export function groupByTheme<Told extends Utterances>(
  stories: readonly Told[],
  enough = SAME_THEME,
): Told[][] {
  const groups = stories.map((story) => [story]);
  const largest = Math.max(3, Math.ceil(stories.length * LARGEST_SHARE));
  const alike = new Alikeness(stories, enough);
  for (let pair = alike.nearest(); pair; pair = alike.nearest()) {
    const [into, from] = pair;
    const [one, other] = [groups[into] ?? [], groups[from] ?? []];
    if (one.length + other.length > largest) alike.part(into, from);
    else {
      one.push(...other);
      other.length = 0;
      alike.join(into, from);
    }
  }
  const order = new Map(stories.map((story, index) => [story, index]));
  const place = (story: Told) => order.get(story) ?? 0;
  return groups
    .filter((group) => group.length > 0)
    .map((group) => group.toSorted((a, b) => place(a) - place(b)));
}

/**
 * The mean cosine between the utterances of every two groups. Each group knows its nearest, so that a
 * step looks at each group once.
 */
class Alikeness {
  readonly #alike: Float64Array[];
  readonly #sizes: number[];
  readonly #alive: Set<number>;
  readonly #nearestTo: number[] = [];
  readonly #enough: number;

  constructor(stories: readonly Utterances[], enough: number) {
    this.#enough = enough;
    this.#sizes = stories.map(({ units }) => units);
    this.#alive = new Set(stories.keys());
    this.#alike = stories.map(() => new Float64Array(stories.length));
    for (const [i, a] of stories.entries()) {
      for (let j = 0; j < i; j += 1) {
        const b = stories[j];
        if (b) this.#set(i, j, product(a.vector, b.vector) / (a.units * b.units));
      }
    }
    for (const i of this.#alive) this.#look(i);
  }

  /** The two groups most alike; `null` when none are alike enough. */
  nearest(): [number, number] | null {
    let best: [number, number] | null = null;
    let highest = this.#enough;
    for (const i of this.#alive) {
      const j = this.#nearestTo[i] ?? i;
      if (j === i || this.#get(i, j) <= highest) continue;
      highest = this.#get(i, j);
      best = i < j ? [i, j] : [j, i];
    }
    return best;
  }

  /** Joins the second group into the first: the mean over all its pairs (Lance and Williams, 1967). */
  join(into: number, from: number): void {
    const [own, other] = [this.#sizes[into] ?? 1, this.#sizes[from] ?? 1];
    this.#alive.delete(from);
    this.#sizes[into] = own + other;
    for (const k of this.#alive) {
      if (k === into) continue;
      const mean = (own * this.#get(into, k) + other * this.#get(from, k)) / (own + other);
      this.#set(into, k, mean);
    }
    this.#refresh(into, from);
  }

  /** Keeps two groups apart for good. */
  part(one: number, other: number): void {
    this.#set(one, other, -Infinity);
    this.#refresh(one, other);
  }

  #refresh(one: number, other: number): void {
    for (const k of this.#alive) {
      const nearest = this.#nearestTo[k] ?? k;
      if (k === one || nearest === one || nearest === other) this.#look(k);
      else if (this.#get(k, one) > this.#get(k, nearest)) this.#nearestTo[k] = one;
    }
  }

  #look(i: number): void {
    let nearest = i;
    let highest = -1;
    for (const j of this.#alive) {
      if (j === i || this.#get(i, j) <= highest) continue;
      highest = this.#get(i, j);
      nearest = j;
    }
    this.#nearestTo[i] = nearest;
  }

  #get(i: number, j: number): number {
    return this.#alike[i]?.[j] ?? 0;
  }

  #set(i: number, j: number, value: number): void {
    const [row, column] = [this.#alike[i], this.#alike[j]];
    if (row) row[j] = value;
    if (column) column[i] = value;
  }
}

/** Later stories count less, so that a theme of many trifles does not lead. */
function weightOf(group: readonly FormedStory[]): number {
  return group.reduce((sum, { story }, index) => sum + story.weight / (1 + index), 0);
}

const WORDS_IN_NAME = 3;

/**
 * The most characteristic words of a theme's stories: "Lumen 7 · agents · price"; empty when no word
 * of them carries a subject.
 */
export function nameOfTheme(
  stories: readonly Pick<Story, 'posts'>[],
  rarity: (token: string) => number,
): string {
  const posts = stories.flatMap((story) => story.posts);
  return characteristicPhrases(posts, rarity).slice(0, WORDS_IN_NAME).join(' · ');
}
