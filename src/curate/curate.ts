import type { Post } from '../model/post.ts';
import type { Curation } from '../model/story.ts';
import { dropAdvertising } from './ads.ts';
import { joinCopies } from './duplicates.ts';
import { prepare } from './prepare.ts';
import { rankUnits } from './rank.ts';
import { formStories } from './stories.ts';
import { formThemes } from './themes.ts';
import { joinThreads } from './threads.ts';

export type CurateOptions = {
  /** Ids of posts that are no advertising, because an owner said so. */
  readonly takenBack?: ReadonlySet<string>;
};

/**
 * Turns the posts of a window into stories and themes, and says of every post that is left out why.
 * The same posts give the same result in whatever order they come.
 */
export function curate(
  posts: readonly Post[],
  { takenBack = new Set() }: CurateOptions = {},
): Curation {
  const prepared = prepare(posts);
  const honest = dropAdvertising(prepared.kept, takenBack);
  const originals = joinCopies(honest.kept);
  const utterances = joinThreads(originals.kept);
  const units = rankUnits(utterances);
  const stories = formStories(units);
  return {
    collected: posts.length,
    kept: originals.kept.map(({ post }) => post),
    dropped: [...prepared.dropped, ...honest.dropped, ...originals.dropped],
    threads: utterances
      .filter((chain) => chain.length > 1)
      .map((chain) => chain.map(({ post }) => post.id)),
    stories,
    themes: formThemes(stories, honest.kept),
  };
}
