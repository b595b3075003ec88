import type { TTweetv2Expansion, TTweetv2TweetField, TTweetv2UserField } from 'twitter-api-v2';

const POST_FIELDS = [
  'author_id',
  'conversation_id',
  'created_at',
  'edit_history_tweet_ids',
  'entities',
  'id',
  'lang',
  'note_tweet',
  'public_metrics',
  'referenced_tweets',
  'text',
] as const satisfies readonly TTweetv2TweetField[];

const USER_FIELDS = [
  'description',
  'id',
  'name',
  'public_metrics',
  'username',
] as const satisfies readonly TTweetv2UserField[];

/*
 * Authors come with every page, though X may charge for each once a day. Without them a post has no handle
 * and no name; and to look up those who are not known costs for certain what X takes for them now perhaps.
 */
const EXPANSIONS = [
  'author_id',
  'referenced_tweets.id',
  'referenced_tweets.id.author_id',
] as const satisfies readonly TTweetv2Expansion[];

/** Everything of a post that is kept; nothing comes along with it. */
export const BARE_POSTS = { 'tweet.fields': POST_FIELDS.join(',') };

/** Posts with their authors, and with the posts that they quote, repost and answer. */
export const WHOLE_POSTS = {
  ...BARE_POSTS,
  'user.fields': USER_FIELDS.join(','),
  expansions: EXPANSIONS.join(','),
};
