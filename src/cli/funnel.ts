import type { Curation } from '../model/story.ts';
import { countsOf } from '../write/counts.ts';
import { type Curated, droppedJson, postJson } from './curated.ts';
import { windowJson } from './window.ts';

/** The funnel of a curation for programs: everything; themes name their stories by their places. */
export function funnelJson({ topic, window, curation }: Curated): unknown {
  const { cited: _, ...counts } = countsOf(curation, []);
  const placeOf = new Map(curation.stories.map((story, place) => [story, place]));
  return {
    topic: topic.key,
    window: windowJson(window),
    counts: { ...counts, threads: curation.threads.length, themes: curation.themes.length },
    languages: languagesOf(curation),
    kept: curation.kept.map(postJson),
    dropped: droppedJson(curation.dropped),
    threads: curation.threads,
    stories: curation.stories.map(({ headline, posts, voices, numbers, terms, weight }) => ({
      headline: postJson(headline),
      posts: posts.map(({ id }) => id),
      voices,
      numbers,
      terms,
      weight,
    })),
    themes: curation.themes.map(({ name, stories }) => ({
      name,
      stories: stories.map((story) => placeOf.get(story)),
    })),
  };
}

/** How many of the collected posts are in which language (`null`: unknown), the most common first. */
export function languagesOf({
  kept,
  dropped,
}: Curation): { readonly language: string | null; readonly posts: number }[] {
  const byLanguage = Map.groupBy([...kept, ...dropped.map(({ post }) => post)], ({ lang }) => lang);
  return Array.from(byLanguage, ([language, { length }]) => ({ language, posts: length })).toSorted(
    (a, b) => b.posts - a.posts || ((a.language ?? '') < (b.language ?? '') ? -1 : 1),
  );
}
