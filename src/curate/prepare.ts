import { CUT_MARK, type Post } from '../model/post.ts';
import type { Dropped } from '../model/story.ts';
import { wordsOf } from '../model/words.ts';
import { Lexicon, type WordIds } from './lexicon.ts';

/** A post with what the later steps compare; the text itself is read where it is needed. */
export type Prepared = {
  readonly post: Post;
  /** The words that carry a subject. */
  readonly words: WordIds;
  /** Ends before its author ended it. */
  readonly cut: boolean;
};

/** What the later steps work on: the posts that say something, and the words that they say it with. */
export type Reading = {
  readonly kept: readonly Prepared[];
  readonly dropped: readonly Dropped[];
  readonly lexicon: Lexicon;
};

/** Reads the texts; a post that says nothing in words (a bare link, only emoji) is dropped. */
export function prepare(posts: readonly Post[]): Reading {
  const lexicon = new Lexicon();
  const kept: Prepared[] = [];
  const dropped: Dropped[] = [];
  for (const post of posts.toSorted(byTime)) {
    const tokens = wordsOf(post);
    if (tokens.some((token) => /[\p{L}\p{N}]/u.test(token) && !token.startsWith('@'))) {
      const cut = post.truncated || /…[\s\u200B]*$/.test(post.text) || CUT_MARK.test(post.text);
      kept.push({ post, words: lexicon.read(tokens), cut });
    } else dropped.push({ post, reason: { kind: 'empty' } });
  }
  return { kept, dropped, lexicon };
}

/** Older first; posts of one moment by id. */
export function byTime(a: Post, b: Post): number {
  return a.createdAt.getTime() - b.createdAt.getTime() || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
}
