import type { Post } from '../../model/post.ts';
import type { PostDraft } from '../row.ts';

/** A post as one row of our JSON Lines; reading the row again gives the same post. */
export function toJsonRow(post: Post): Record<string, unknown> {
  const row: PostDraft = {
    id: post.id,
    author: post.author,
    author_name: post.authorName,
    author_bio: post.authorBio,
    author_followers: post.authorFollowers,
    text: post.text,
    truncated: post.truncated,
    created_at: post.createdAt.toISOString(),
    lang: post.lang,
    likes: post.likes,
    retweets: post.reposts,
    replies: post.replies,
    quotes: post.quotes,
    views: post.views,
    url: post.url,
    urls: post.urls,
    conversation_id: post.conversationId,
    reply_to_id: post.replyToId,
    quoted_id: post.quotedId,
    is_quote: post.isQuote,
    repost_of_id: post.repostOfId,
    is_retweet: post.isRepost,
    edit_ids: post.editIds.length > 0 ? post.editIds : null,
    seen_at: post.seenAt?.toISOString() ?? null,
  };
  return Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null));
}
