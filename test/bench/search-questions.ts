import { termsOf } from '../../src/lib/terms.ts';
import type { Post } from '../../src/model/post.ts';
import { plainText } from '../../src/model/words.ts';
import type { Search } from '../../src/store/candidates.ts';
import { pick, type Random, randomFrom } from '../support/random.ts';

/** As many as answering looks at. */
const CANDIDATES = 200;
/** How many terms questions have: short ones, long ones, and such with what else it may be called. */
const SIZES = [3, 8, 20, 60] as const;
/** So many of them are of one post, which the question is about. */
const OWN = 8;
/** What the others weigh. */
const WEIGHT_OF_OTHERS = 0.4;

const DAY = 86_400_000;

/** Where is looked: from when, of questions about a post of some time. */
export const SPANS = {
  'a day': (at: Date) => new Date(midnightBefore(at)),
  'a month': (at: Date) => new Date(midnightBefore(at) - 29 * DAY),
  'all time': () => null,
} as const satisfies Record<string, (at: Date) => Date | null>;

const midnightBefore = (at: Date) => Math.floor(at.getTime() / DAY) * DAY;

/** Questions about posts, one each, looking no further than the end of the post's day. */
export function questionsAbout(
  samples: readonly Post[],
  topic: string,
  span: keyof typeof SPANS,
): Search[] {
  const random = randomFrom(1);
  const termLists = samples.map((post) => shuffle(termsIn(post), random));
  const end = new Date(Math.max(...samples.map(({ createdAt }) => createdAt.getTime())) + DAY);
  return samples.map(({ createdAt }, index) => {
    const size = SIZES[index % SIZES.length] ?? OWN;
    const own = (termLists[index] ?? []).slice(0, Math.min(size, OWN));
    const terms = new Map(own.map((term) => [term, 1]));
    while (terms.size < size) {
      const term = pick(pick(termLists, random), random);
      if (!terms.has(term)) terms.set(term, WEIGHT_OF_OTHERS);
    }
    const start = SPANS[span](createdAt);
    const until = start === null ? end : new Date(midnightBefore(createdAt) + DAY);
    return { topic, terms, start, end: until, most: CANDIDATES };
  });
}

/** What a post is found by. */
export function termsIn({ authorName, author, text }: Post): string[] {
  return termsOf(`${authorName} @${author}\n${plainText(text)}`);
}

function shuffle(terms: readonly string[], random: Random): string[] {
  const places = new Map(terms.map((term) => [term, random()]));
  return [...places].toSorted(([, a], [, b]) => a - b).map(([term]) => term);
}
