import { Groups } from '../lib/groups.ts';
import { numbersOf } from '../model/post.ts';
import type { Story } from '../model/story.ts';
import type { Original } from './duplicates.ts';
import { documentFrequencies, type Lexicon, type WordIds } from './lexicon.ts';
import { Neighbours } from './neighbours.ts';
import { characteristicPhrases } from './phrases.ts';
import type { RankedUnit } from './rank.ts';
import { product, sumOf, type Vector, vectorOf, weighWords, wordsInCommon } from './vectors.ts';

/** A story with what themes are made from. */
export type FormedStory = {
  readonly story: Story;
  readonly items: readonly Original[];
  /** The sum of its units' vectors, and how many these are. */
  readonly vector: Vector;
  readonly units: number;
};

/**
 * What makes two utterances speak of one event: their cosine, and words in common. Of short posts,
 * one or two such words ("ChatGPT", "wrong") give a high cosine by chance.
 */
const SAME_EVENT = { cosine: 0.36, words: 3 };

/** Stories that may be shown somewhere; the terms of the others are not looked for. */
const SHOWN = 500;

/**
 * Joins units that speak of one event: those that answer or quote one another, quote the same post,
 * share a link, or resemble each other in their words. Strongest story first; an author who has told
 * stronger ones counts less each time.
 */
export function formStories(units: readonly RankedUnit[], lexicon: Lexicon): FormedStory[] {
  const documents = units.map(wordsOfUnit);
  const frequencies = documentFrequencies(lexicon, documents);
  const weightOf = weighWords(frequencies, units.length);
  const vectors = new Map(
    units.map((unit, index) => [unit, vectorOf(documents[index] ?? new Uint32Array(), weightOf)]),
  );
  const groups = new Groups(units);
  linkByReference(units, groups);
  linkByWords(vectors, frequencies, groups);
  const rarity = lexicon.rarityIn(frequencies, units.length);
  return spreadAuthors(groups.all().map((group) => formStory(group, vectors))).map(
    (formed, place) => (place < SHOWN ? withTerms(formed, rarity) : formed),
  );
}

function wordsOfUnit({ unit }: RankedUnit): WordIds {
  const [head, ...rest] = unit;
  if (rest.length === 0) return head.words;
  return Uint32Array.from(new Set(unit.flatMap(({ words }) => [...words]))).toSorted();
}

function linkByReference(units: readonly RankedUnit[], groups: Groups<RankedUnit>): void {
  const firstWith = new Map<string, RankedUnit>();
  for (const unit of units) {
    for (const key of referencesOf(unit)) {
      const other = firstWith.get(key);
      if (other) groups.join(unit, other);
      else firstWith.set(key, unit);
    }
  }
}

/**
 * What a unit stands for, quotes, answers and links to: units with one of them in common belong
 * together. Of a chain only the head answers somebody else.
 */
function referencesOf({ unit }: RankedUnit): string[] {
  const answered = unit[0].post.replyToId;
  return [
    ...(answered === null ? [] : [`post ${answered}`]),
    ...unit.flatMap(({ post, ids }) => [
      ...ids.map((id) => `post ${id}`),
      ...(post.quotedId === null ? [] : [`post ${post.quotedId}`]),
      ...post.urls.filter(pointsSomewhere).map((url) => `link ${url}`),
    ]),
  ];
}

/** Shortened links differ from post to post, and a bare host says little. */
function pointsSomewhere(url: string): boolean {
  if (!URL.canParse(url)) return false;
  const { hostname, pathname } = new URL(url);
  return hostname !== 't.co' && pathname.length > 1;
}

function linkByWords(
  vectors: ReadonlyMap<RankedUnit, Vector>,
  frequencies: Uint32Array,
  groups: Groups<RankedUnit>,
): void {
  const leaders = new Neighbours<{ unit: RankedUnit; vector: Vector }>(frequencies, vectors.size);
  for (const [unit, vector] of vectors) {
    let nearest: RankedUnit | null = null;
    let highest: number = SAME_EVENT.cosine;
    for (const leader of leaders.near(vector.ids)) {
      const cosine = product(vector, leader.vector);
      if (cosine <= highest) continue;
      if (wordsInCommon(vector.ids, leader.vector.ids) < SAME_EVENT.words) continue;
      highest = cosine;
      nearest = leader.unit;
    }
    if (nearest) groups.join(unit, nearest);
    else leaders.add({ unit, vector }, vector.ids);
  }
}

function formStory(
  group: readonly RankedUnit[],
  vectors: ReadonlyMap<RankedUnit, Vector>,
): FormedStory {
  const items = group.flatMap(({ unit }) => unit);
  const posts = items.map(({ post }) => post);
  const voices = new Set(group.flatMap((unit) => [...unit.voices])).size;
  const strongest = group.reduce((most, unit) => Math.max(most, unit.weight), 0);
  const [headline] = posts;
  if (!headline) throw new Error('a story without a post');
  return {
    items,
    vector: sumOf(group.flatMap((unit) => vectors.get(unit) ?? [])),
    units: group.length,
    story: {
      headline,
      posts,
      voices,
      numbers: numbersOf(items.map(({ numbers }) => numbers)),
      weight: strongest * (1 + A_VOICE * Math.log2(voices)),
      terms: [],
    },
  };
}

/**
 * What doubling the voices adds to a story's weight: five that are heard by twenty each outweigh one
 * that is heard by thousands.
 */
const A_VOICE = 0.75;

/** What each stronger story of the same author takes from a story's weight. */
const SAME_AUTHOR = 0.2;

/** Orders stories by weight, so that no author takes over the report. */
function spreadAuthors(formed: readonly FormedStory[]): FormedStory[] {
  const stronger = new Map<string, number>();
  return formed
    .toSorted(byWeight)
    .map((one) => {
      const { author } = one.story.headline;
      const before = stronger.get(author) ?? 0;
      stronger.set(author, before + 1);
      const weight = one.story.weight / (1 + SAME_AUTHOR * before);
      return { ...one, story: { ...one.story, weight } };
    })
    .toSorted(byWeight);
}

function byWeight({ story: a }: FormedStory, { story: b }: FormedStory): number {
  return b.weight - a.weight || (a.headline.id < b.headline.id ? -1 : 1);
}

function withTerms(formed: FormedStory, rarity: (token: string) => number): FormedStory {
  const terms = characteristicPhrases(formed.story.posts, rarity);
  return { ...formed, story: { ...formed.story, terms } };
}
