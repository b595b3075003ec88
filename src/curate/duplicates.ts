import type { Dropped } from '../model/story.ts';
import { byTime, type Prepared } from './prepare.ts';

/** A post that stands, with the authors who told the same, its own among them. */
export type Original = Prepared & { readonly voices: ReadonlySet<string> };

/** Shorter texts ("good morning") may be the same by chance. */
const SHORTEST_COPY = 16;

/**
 * Joins copies: reposts with their original, one text posted by several, and texts cut with "…"
 * with the whole one. The original stays (own text before repost, whole before cut, older before
 * newer) with the voices of all.
 */
export function joinCopies(items: readonly Prepared[]): { kept: Original[]; dropped: Dropped[] } {
  const kept: Original[] = [];
  const dropped: Dropped[] = [];
  for (const group of groupCopies(items)) {
    const [original, ...copies] = group.toSorted(byOriginality);
    if (!original) continue;
    kept.push({ ...original, voices: new Set(group.map(({ post }) => post.author)) });
    for (const { post } of copies) {
      dropped.push({ post, reason: { kind: 'copy', of: original.post.id } });
    }
  }
  return { kept, dropped };
}

function groupCopies(items: readonly Prepared[]): Prepared[][] {
  const ids = new Set(items.map(({ post }) => post.id));
  const wholeTextOf = wholeTexts(items);
  const groups = Map.groupBy(items, ({ post }) => {
    const told = post.repostOfId ?? post.id;
    return wholeTextOf.get(ids.has(told) ? told : post.id) ?? `id ${told}`;
  });
  return [...groups.values()];
}

/** For the id of every post whose text is long enough, the longest text that it begins: mostly itself. */
function wholeTexts(items: readonly Prepared[]): Map<string, string> {
  const keys = items.map((item) => ({ item, key: comparable(item.body) }));
  const byStart = Map.groupBy(
    keys.filter(({ key }) => key.length >= SHORTEST_COPY),
    ({ key }) => key.slice(0, SHORTEST_COPY),
  );
  const wholeTextOf = new Map<string, string>();
  for (const candidates of byStart.values()) {
    const longestFirst = [...new Set(candidates.map(({ key }) => key))].toSorted(
      (a, b) => b.length - a.length || (a < b ? -1 : 1),
    );
    for (const { item, key } of candidates) {
      const whole = isCut(item) ? longestFirst.find((text) => text.startsWith(key)) : key;
      wholeTextOf.set(item.post.id, whole ?? key);
    }
  }
  return wholeTextOf;
}

function isCut({ post, body }: Prepared): boolean {
  return post.truncated || body.endsWith('…');
}

/** The letters and digits alone: copies differ in links, marks, emoji and capitals. */
function comparable(body: string): string {
  return body
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '');
}

function byOriginality(a: Prepared, b: Prepared): number {
  return (
    Number(a.post.isRepost) - Number(b.post.isRepost) ||
    Number(isCut(a)) - Number(isCut(b)) ||
    byTime(a.post, b.post)
  );
}
