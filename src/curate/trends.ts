import type { Post } from '../model/post.ts';
import type { Story } from '../model/story.ts';
import { type Course, COURSES, type Trend } from '../model/week.ts';
import { cutWords, wordsOf } from '../model/words.ts';
import { documentFrequencies, Lexicon } from './lexicon.ts';
import { groupByTheme, nameOfTheme } from './themes.ts';
import { vectorOf, weighWords } from './vectors.ts';

/** A story as far as its theme is concerned: its strongest posts, and how many it has. */
export type ToldStory = Pick<Story, 'posts'> & { readonly count: number };

/** What each day told, oldest first, the strongest stories first; `null` for a day without a report. */
export type ToldDays = readonly (readonly ToldStory[] | null)[];

/**
 * The mean cosine from which groups are one theme of a week: less than of a report, because from day
 * to day other words are used for the same thing.
 */
const SAME_THEME = 0.06;

/** The strongest stories of a day are looked at, of each its strongest posts, of these the beginning. */
export const LOOKED_AT = { stories: 60, posts: 5, characters: 600 } as const;

/** A story without what its theme does not need. */
export function brieflyTold({ posts }: Pick<Story, 'posts'>): ToldStory {
  return { posts: posts.slice(0, LOOKED_AT.posts).map(beginningOf), count: posts.length };
}

function beginningOf(post: Post): Post {
  if (post.text.length <= LOOKED_AT.characters) return post;
  const text = post.text.slice(0, LOOKED_AT.characters);
  return { ...post, text, words: cutWords(text) };
}

/** So many themes of each course are shown. */
const SHOWN: Readonly<Record<Course, number>> = { new: 3, 'going-on': 6, faded: 3 };

/** What fewer posts tell is no theme of a week. */
const LEAST_POSTS = 2;

/**
 * Groups the stories of several days into themes, and says how much each was talked about on each day:
 * first what is new, then what goes on, then what faded; the most talked about first.
 */
export function trendsOf(days: ToldDays): Trend[] {
  const lexicon = new Lexicon();
  const stories = days.flatMap((told, day) =>
    (told ?? []).slice(0, LOOKED_AT.stories).map((story) => ({
      day,
      posts: story.posts,
      count: story.count,
      words: lexicon.read(story.posts.flatMap(wordsOf)),
    })),
  );
  const documents = stories.map(({ words }) => words);
  const frequencies = documentFrequencies(lexicon, documents);
  const weights = weighWords(frequencies, documents.length);
  const rarity = lexicon.rarityIn(frequencies, documents.length);
  const trends = groupByTheme(
    stories.map((story) => ({ ...story, vector: vectorOf(story.words, weights), units: 1 })),
    SAME_THEME,
  ).flatMap((group) => {
    const posts = days.map((told, day) => told && postsOn(day, group));
    const course = courseOf(posts);
    return course === null ? [] : [{ group, course, posts }];
  });
  return COURSES.flatMap((course) =>
    trends
      .filter((trend) => trend.course === course)
      .toSorted((a, b) => totalOf(b.posts) - totalOf(a.posts))
      .values()
      .map(({ group, posts }) => ({ name: nameOfTheme(group, rarity), course, posts }))
      .filter(({ name }) => name !== '')
      .take(SHOWN[course])
      .toArray(),
  );
}

function postsOn(day: number, group: readonly (ToldStory & { readonly day: number })[]): number {
  return group.reduce((sum, story) => sum + (story.day === day ? story.count : 0), 0);
}

/** `null` for what is not worth a line: told by hardly anybody, or once and then never again. */
function courseOf(posts: Trend['posts']): Course | null {
  const told = posts.filter((count) => count !== null);
  const today = told.at(-1) ?? 0;
  const before = told.slice(0, -1);
  if (totalOf(told) < LEAST_POSTS) return null;
  if (totalOf(before) === 0) return 'new';
  if (today > 0 || (before.at(-1) ?? 0) > 0) return 'going-on';
  return before.filter((count) => count > 0).length > 1 ? 'faded' : null;
}

function totalOf(posts: Trend['posts']): number {
  return posts.reduce<number>((sum, count) => sum + (count ?? 0), 0);
}
