import type { Post } from '../model/post.ts';
import type { Curation } from '../model/story.ts';
import { dropAdvertising } from './ads.ts';
import { groupCopies, keepOriginals } from './duplicates.ts';
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
  const { kept: read, dropped: empty, lexicon } = prepare(posts);
  const honest = dropAdvertising(groupCopies(read, lexicon), takenBack);
  const originals = keepOriginals(honest.kept);
  const chains = joinThreads(originals.kept);
  const stories = formStories(rankUnits(chains), lexicon);
  return {
    collected: posts.length,
    kept: originals.kept.map(({ post }) => post),
    dropped: [...empty, ...honest.dropped, ...originals.dropped],
    threads: chains
      .filter((chain) => chain.length > 1)
      .map((chain) => chain.map(({ post }) => post.id)),
    stories: stories.map(({ story }) => story),
    themes: formThemes(stories, lexicon),
  };
}
