import type { Post } from '../../src/model/post.ts';

let made = 0;

/** A post with every field set, different from every other; what a test is about is overridden. */
export function aPost(fields: Partial<Post> = {}): Post {
  made += 1;
  const id = fields.id ?? `made-${String(made).padStart(5, '0')}`;
  const author = fields.author ?? 'ada_quill_demo';
  return {
    id,
    author,
    authorName: 'Ada Quill',
    authorBio: null,
    authorFollowers: 1000,
    text: `Post number ${made}`,
    truncated: false,
    words: null,
    createdAt: new Date('2026-10-12T04:00:00Z'),
    lang: 'en',
    likes: 1,
    reposts: 0,
    replies: 0,
    quotes: 0,
    views: null,
    url: `https://example.com/invented/${id}`,
    urls: [],
    conversationId: null,
    replyToId: null,
    quotedId: null,
    isQuote: false,
    repostOfId: null,
    isRepost: false,
    editIds: [],
    seenAt: null,
    ...fields,
  };
}
