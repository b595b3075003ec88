import type { AdSign } from './advertising.ts';
import type { Numbers, Post } from './post.ts';

/** Why a post is not told: an advertisement, or the repetition of another post. */
export type DropReason =
  | { readonly kind: 'advertising'; readonly because: readonly AdSign[] }
  | { readonly kind: 'copy'; readonly of: string }
  | { readonly kind: 'empty' };

/** A post that was left out, and why. */
export type Dropped = { readonly post: Post; readonly reason: DropReason };

/** Posts about one event, told once. */
export type Story = {
  /** The post that tells it best. */
  readonly headline: Post;
  /** Every kept post of the story, the headline first, then by weight. */
  readonly posts: readonly Post[];
  /** How many different authors told or repeated it, copies included. */
  readonly voices: number;
  /** Likes, reposts … of its posts and of their copies by others, together. */
  readonly numbers: Numbers;
  /** Ranking weight; comparable inside one curation only. */
  readonly weight: number;
  /** The words that set it apart from the rest of the window, strongest first. */
  readonly terms: readonly string[];
};

/** Stories that belong together: a section of the report. */
export type Theme = {
  readonly name: string;
  /** Strongest first. */
  readonly stories: readonly Story[];
};

/** What `curate` made of a window's posts. Every collected post is kept or dropped, none both. */
export type Curation = {
  readonly collected: number;
  readonly kept: readonly Post[];
  readonly dropped: readonly Dropped[];
  /** Ids of the posts of every chain of replies that an author wrote to themselves, in order. */
  readonly threads: readonly (readonly string[])[];
  /** All stories, strongest first. */
  readonly stories: readonly Story[];
  /** Up to nine, strongest first; stories that fit nowhere are in none. */
  readonly themes: readonly Theme[];
};
