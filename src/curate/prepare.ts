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

/**
 * Reads the texts. A post that says nothing in words (a bare link, only emoji) is dropped, unless it
 * passes on one that does: then it is a voice of that one.
 */
export function prepare(posts: readonly Post[]): Reading {
  const lexicon = new Lexicon();
  const read = posts.toSorted(byTime).map((post) => {
    const tokens = wordsOf(post);
    return { post, words: lexicon.read(tokens), cut: isCut(post), tells: tokens.some(tells) };
  });
  const telling = new Set(read.filter((item) => item.tells).map(({ post }) => post.id));
  const stays = ({ post, tells: own }: (typeof read)[number]) =>
    own || telling.has(post.quotedId ?? '') || telling.has(post.repostOfId ?? '');
  return {
    kept: read.filter(stays).map(({ post, words, cut }) => ({ post, words, cut })),
    dropped: read
      .filter((item) => !stays(item))
      .map(({ post }) => ({ post, reason: { kind: 'empty' } })),
    lexicon,
  };
}

function tells(token: string): boolean {
  return /[\p{L}\p{N}]/u.test(token) && !token.startsWith('@');
}

/** Whether a text ends before its author ended it, as its source says or as it looks. */
export function isCut({ text, truncated }: Post): boolean {
  return truncated || /…[\s\u200B]*$/.test(text) || CUT_MARK.test(text);
}

/** Older first; posts of one moment by id, shorter first, since numbers count upwards: 9, 10. */
export function byTime(a: Post, b: Post): number {
  return (
    a.createdAt.getTime() - b.createdAt.getTime() ||
    a.id.length - b.id.length ||
    (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)
  );
}
