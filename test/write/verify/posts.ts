import type { Post } from '../../../src/model/post.ts';
import type { Problem } from '../../../src/model/verdict.ts';
import { problemsOf } from '../../../src/write/verify/check.ts';
import { aPost } from '../../support/posts.ts';

/** An invented post of 12 October 2026. */
export function post(text: string, more: Partial<Post> = {}): Post {
  return aPost({
    id: '1',
    author: 'mira_demo',
    authorName: 'Mira Vessel',
    authorFollowers: null,
    text,
    createdAt: new Date('2026-10-12T20:00:00Z'),
    lang: null,
    likes: null,
    reposts: null,
    replies: null,
    quotes: null,
    url: null,
    ...more,
  });
}

/** What is wrong with a line about posts, told in Shanghai. */
export function problems(line: string, ...posts: readonly (Post | string)[]): Problem[] {
  return problemsOf(line, {
    posts: posts.map((one) => (typeof one === 'string' ? post(one) : one)),
    earlier: [],
    timeZone: 'Asia/Shanghai',
  });
}

/** The kinds of what is wrong. */
export function kinds(line: string, ...posts: readonly (Post | string)[]): string[] {
  return [...new Set(problems(line, ...posts).map(({ kind }) => kind))];
}
