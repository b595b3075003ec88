import type { Post } from '../model/post.ts';
import type { Curation, Dropped } from '../model/story.ts';
import { dropAdvertising } from './ads.ts';
import { groupCopies, keepOriginals, type Original } from './duplicates.ts';
import type { Lexicon } from './lexicon.ts';
import { prepare } from './prepare.ts';
import { rankUnits } from './rank.ts';
import { type FormedStory, formStories } from './stories.ts';
import { formThemes } from './themes.ts';
import { joinThreads, type Unit } from './threads.ts';

export type CurateOptions = {
  /** Ids of posts that are no advertising, because an owner said so. */
  readonly takenBack?: ReadonlySet<string>;
};

/**
 * Turns the posts of a window into stories and themes, and says of every post that is left out why.
 * The same posts give the same result in whatever order they come.
 */
export function curate(posts: readonly Post[], options: CurateOptions = {}): Curation {
  const { kept, dropped, chains, stories, lexicon } = findStories(posts, options);
  return {
    collected: posts.length,
    kept: kept.map(({ post }) => post),
    dropped,
    threads: chains
      .filter((chain) => chain.length > 1)
      .map((chain) => chain.map(({ post }) => post.id)),
    stories: stories.map(({ story }) => story),
    themes: formThemes(stories, lexicon),
  };
}

/** What every step up to the stories found. */
export type Found = {
  readonly kept: readonly Original[];
  readonly dropped: readonly Dropped[];
  readonly chains: readonly Unit[];
  /** Strongest first. */
  readonly stories: readonly FormedStory[];
  readonly lexicon: Lexicon;
};

/** Leaves out advertising and copies, joins threads, and finds the stories. */
export function findStories(
  posts: readonly Post[],
  { takenBack = new Set() }: CurateOptions = {},
): Found {
  const { kept: read, dropped: empty, lexicon } = prepare(posts);
  const honest = dropAdvertising(groupCopies(read, lexicon), takenBack);
  const { kept, dropped: copies } = keepOriginals(honest.kept);
  const chains = joinThreads(kept, posts);
  const stories = formStories(rankUnits(chains), lexicon);
  return { kept, dropped: [...empty, ...honest.dropped, ...copies], chains, stories, lexicon };
}
