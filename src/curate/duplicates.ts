import { Groups } from '../lib/groups.ts';
import { isHearsay, numbersOf, type Numbers, type Post } from '../model/post.ts';
import type { Dropped } from '../model/story.ts';
import { plainText, wordsOf } from '../model/words.ts';
import { documentFrequencies, type Lexicon } from './lexicon.ts';
import { Neighbours } from './neighbours.ts';
import { byTime, type Prepared } from './prepare.ts';
import { isRetelling, type Telling, tellingOf } from './retelling.ts';
import { wordsInCommon } from './vectors.ts';

/**
 * Posts of one content, the original first: own text, then reposts, then quotations that add nothing
 * and what has no words; whole before cut, what X says before what is only told of X, then by time.
 */
export type Copies = readonly [original: Prepared, ...copies: Prepared[]];

/** A post that stands for itself and its copies. */
export type Original = Prepared & {
  /** Its id and those of its copies. */
  readonly ids: readonly string[];
  /** The authors who told it, its own among them. */
  readonly voices: ReadonlySet<string>;
  /** Its numbers and those of its copies; a repost's are the original's own, and count once. */
  readonly numbers: Numbers;
};

/** Shorter texts ("good morning") may be the same by chance: letters and digits. */
const SHORTEST_COPY = 16;
/** Subject words that retellings share: fewer ("I love it", "I use it") are alike by chance. */
const WORDS_RETOLD = 3;
/** A quotation adds nothing when it says fewer words than this. */
const NOTHING_ADDED = 2;

/**
 * Groups copies: reposts with their original, quotations that add nothing with what they quote, one
 * text posted by several or with another link, texts cut with "…" with the whole one, and retellings
 * in nearly the same words.
 */
export function groupCopies(items: readonly Prepared[], lexicon: Lexicon): Copies[] {
  const groups = new Groups(items);
  joinReferences(items, groups);
  joinTexts(items, groups);
  joinRetellings(groups.all().map(asCopies), lexicon, groups);
  return groups.all().map(asCopies);
}

/** Leaves the original of each group; it speaks with the voices of all. */
export function keepOriginals(groups: readonly Copies[]): { kept: Original[]; dropped: Dropped[] } {
  const kept: Original[] = [];
  const dropped: Dropped[] = [];
  for (const group of groups) {
    const [original, ...copies] = group;
    const own = [original, ...copies.filter(({ post }) => !post.isRepost)];
    kept.push({
      ...original,
      ids: group.map(({ post }) => post.id),
      voices: new Set(group.map(({ post }) => post.author)),
      numbers: numbersOf(own.map(({ post }) => post)),
    });
    for (const { post } of copies) {
      dropped.push({ post, reason: { kind: 'copy', of: original.post.id } });
    }
  }
  return { kept, dropped };
}

function joinReferences(items: readonly Prepared[], groups: Groups<Prepared>): void {
  const byId = new Map(items.map((item) => [item.post.id, item]));
  const firstRepostOf = new Map<string, Prepared>();
  for (const item of items) {
    const { repostOfId, quotedId } = item.post;
    if (repostOfId !== null) {
      const told = byId.get(repostOfId) ?? firstRepostOf.get(repostOfId);
      if (told) groups.join(item, told);
      else firstRepostOf.set(repostOfId, item);
    }
    const quoted = byId.get(quotedId ?? '');
    if (quoted && quoted !== item && addsNothing(item)) groups.join(item, quoted);
  }
}

function addsNothing({ words }: Prepared): boolean {
  return words.length < NOTHING_ADDED;
}

/**
 * Joins equal texts, and cut texts with one that they begin. In the order of their letters a text
 * stands right after those that begin it, the cut one before the whole, so one look at the next is
 * enough.
 */
function joinTexts(items: readonly Prepared[], groups: Groups<Prepared>): void {
  const keyed = items
    .map((item) => ({ item, key: lettersOf(item.post) }))
    .filter(({ key }) => key.length >= SHORTEST_COPY)
    .toSorted((a, b) =>
      a.key === b.key ? Number(b.item.cut) - Number(a.item.cut) : a.key < b.key ? -1 : 1,
    );
  for (const [index, { item, key }] of keyed.entries()) {
    const next = keyed[index + 1];
    if (next && (next.key === key || (item.cut && next.key.startsWith(key)))) {
      groups.join(item, next.item);
    }
  }
}

/**
 * The letters and digits alone: copies differ in links, marks, emoji and capitals. A space keeps
 * figures apart: 1.5 is not 15.
 */
function lettersOf(post: Post): string {
  return plainText(post.text)
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .replace(/(?<!\p{N}) | (?!\p{N})/gu, '');
}

/** Joins groups whose originals tell the same in nearly the same words, each with the nearest that does. */
function joinRetellings(
  groups: readonly Copies[],
  lexicon: Lexicon,
  joined: Groups<Prepared>,
): void {
  const originals = groups.map(([original]) => original).toSorted(byOriginality);
  const frequencies = documentFrequencies(
    lexicon,
    originals.map(({ words }) => words),
  );
  const leaders = new Neighbours<{ item: Prepared; telling(): Telling }>(
    frequencies,
    originals.length,
  );
  for (const item of originals) {
    let own: Telling | undefined;
    const telling = () => (own ??= tellingOf(wordsOf(item.post)));
    const leader = leaders
      .near(item.words)
      .filter((other) => wordsInCommon(item.words, other.item.words) >= WORDS_RETOLD)
      .find((other) => isRetelling(telling(), other.telling()));
    if (leader) joined.join(item, leader.item);
    else leaders.add({ item, telling }, item.words);
  }
}

function asCopies(group: readonly Prepared[]): Copies {
  const [original, ...copies] = group.toSorted(byOriginality);
  if (!original) throw new Error('a group of copies without a post');
  return [original, ...copies];
}

function byOriginality(a: Prepared, b: Prepared): number {
  return (
    repetitionOf(a) - repetitionOf(b) ||
    Number(a.cut) - Number(b.cut) ||
    Number(isHearsay(a.post)) - Number(isHearsay(b.post)) ||
    byTime(a.post, b.post)
  );
}

/** 0 for own text, 1 for a repost, 2 for a quotation that adds nothing and for what has no words. */
function repetitionOf(item: Prepared): number {
  const { words, post } = item;
  if (words.length === 0 || (post.quotedId !== null && addsNothing(item))) return 2;
  return Number(post.isRepost);
}
