import { numbersOf } from '../model/post.ts';
import type { Story } from '../model/story.ts';
import { characteristicPhrases } from './phrases.ts';
import type { RankedUnit } from './rank.ts';
import { rarityOver, type Rarity, SimilarityIndex, vectorOf } from './similarity.ts';

/**
 * What makes two utterances speak of one event: their cosine, and words in common. Of short posts,
 * one or two such words ("ChatGPT", "wrong") give a high cosine by chance.
 */
const SAME_EVENT = { cosine: 0.42, words: 3 };

/**
 * Joins units that speak of one event: those that answer or quote one another, quote the same post,
 * share a link, or resemble each other in their rarer words. Strongest story first.
 */
export function formStories(units: readonly RankedUnit[]): Story[] {
  const rarity = rarityOver(units.map((unit) => unit.keywords));
  const groups = new Groups(units);
  linkByReference(units, groups);
  linkByWords(units, rarity, groups);
  return groups
    .all()
    .map((group) => storyOf(group, rarity))
    .toSorted((a, b) => b.weight - a.weight || (a.headline.id < b.headline.id ? -1 : 1));
}

/** Units in disjoint groups; joining two joins their groups. */
class Groups {
  readonly #parent: Map<RankedUnit, RankedUnit>;

  constructor(units: readonly RankedUnit[]) {
    this.#parent = new Map(units.map((unit) => [unit, unit]));
  }

  join(a: RankedUnit, b: RankedUnit): void {
    this.#parent.set(this.#root(a), this.#root(b));
  }

  /** The groups, each with its units in the order in which they were given. */
  all(): RankedUnit[][] {
    return [...Map.groupBy(this.#parent.keys(), (unit) => this.#root(unit)).values()];
  }

  #root(unit: RankedUnit): RankedUnit {
    let root = unit;
    for (let up = this.#parent.get(root); up && up !== root; up = this.#parent.get(root)) root = up;
    this.#parent.set(unit, root);
    return root;
  }
}

function linkByReference(units: readonly RankedUnit[], groups: Groups): void {
  const firstWith = new Map<string, RankedUnit>();
  for (const unit of units) {
    for (const key of referencesOf(unit)) {
      const other = firstWith.get(key);
      if (other) groups.join(unit, other);
      else firstWith.set(key, unit);
    }
  }
}

/** What a unit is, quotes, answers and links to: units with one of them in common belong together. */
function referencesOf({ unit }: RankedUnit): string[] {
  return unit.flatMap(({ post }) => [
    `post ${post.id}`,
    ...[post.quotedId, post.replyToId].filter((id) => id !== null).map((id) => `post ${id}`),
    ...post.urls.filter(pointsSomewhere).map((url) => `link ${url}`),
  ]);
}

/** Shortened links differ from post to post, and a bare host says little. */
function pointsSomewhere(url: string): boolean {
  if (!URL.canParse(url)) return false;
  const { hostname, pathname } = new URL(url);
  return hostname !== 't.co' && pathname.length > 1;
}

function linkByWords(units: readonly RankedUnit[], rarity: Rarity, groups: Groups): void {
  const leaders = new SimilarityIndex<RankedUnit>();
  for (const unit of units) {
    const vector = vectorOf(unit.keywords, rarity);
    const near = leaders.nearest(vector, SAME_EVENT);
    if (near) groups.join(unit, near);
    else leaders.add(unit, vector);
  }
}

function storyOf(group: readonly RankedUnit[], rarity: Rarity): Story {
  const items = group.flatMap(({ unit }) => unit);
  const posts = items.map(({ post }) => post);
  const voices = new Set(group.flatMap((unit) => [...unit.voices])).size;
  const strongest = group.reduce((most, unit) => Math.max(most, unit.weight), 0);
  const [headline] = posts;
  if (!headline) throw new Error('a story without a post');
  return {
    headline,
    posts,
    voices,
    numbers: numbersOf(posts),
    weight: strongest * (1 + 0.5 * Math.log2(voices)),
    terms: characteristicPhrases(items, rarity),
  };
}
