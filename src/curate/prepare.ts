import { withoutLinks } from '../lib/text.ts';
import { isStopWord, tokenize } from '../lib/tokens.ts';
import { CUT_MARK, type Post, REPOST } from '../model/post.ts';
import type { Dropped } from '../model/story.ts';

/** A post with what every later step needs of its text; cut into words once. */
export type Prepared = {
  readonly post: Post;
  /** Text without links and without the "RT @handle:" of a repost. */
  readonly body: string;
  /** Every word, in order, as written. */
  readonly tokens: readonly string[];
  /** Words that carry a subject, in small letters, each once. */
  readonly keywords: ReadonlySet<string>;
};

/** Reads the texts; a post that says nothing in words (a bare link, only emoji) is dropped. */
export function prepare(posts: readonly Post[]): {
  kept: Prepared[];
  dropped: Dropped[];
} {
  const kept: Prepared[] = [];
  const dropped: Dropped[] = [];
  for (const post of posts.toSorted(byTime)) {
    const body = bodyOf(post.text);
    const tokens = tokenize(body);
    if (tokens.some((token) => /[\p{L}\p{N}]/u.test(token) && !token.startsWith('@'))) {
      kept.push({ post, body, tokens, keywords: keywordsOf(tokens) });
    } else dropped.push({ post, reason: { kind: 'empty' } });
  }
  return { kept, dropped };
}

function bodyOf(text: string): string {
  return withoutLinks(text.replace(REPOST, '')).replace(CUT_MARK, '').trim();
}

/** Older first; posts of one moment by id. */
export function byTime(a: Post, b: Post): number {
  return a.createdAt.getTime() - b.createdAt.getTime() || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
}

function keywordsOf(tokens: readonly string[]): Set<string> {
  const words = tokens
    .filter((token) => !token.startsWith('@') && !isStopWord(token))
    .map((token) => token.toLowerCase().replace(/^[#＃]/, ''));
  return new Set(words);
}
