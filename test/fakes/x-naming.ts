/** X is renaming its fields; which names an answer has follows from those of the request. */
export type Naming = 'tweet' | 'post';

type Names = {
  readonly history: string;
  readonly includes: string;
  readonly reposts: string;
  /** How many posts a user has. */
  readonly posts: string;
  /** Fields by their names in the `tweet` naming. */
  readonly fields: Readonly<Record<string, string>>;
};

export const NAMES: Readonly<Record<Naming, Names>> = {
  tweet: {
    history: 'edit_history_tweet_ids',
    includes: 'tweets',
    reposts: 'retweet_count',
    posts: 'tweet_count',
    fields: {},
  },
  post: {
    history: 'edit_history_post_ids',
    includes: 'posts',
    reposts: 'repost_count',
    posts: 'post_count',
    fields: { referenced_tweets: 'referenced_posts', note_tweet: 'note_post' },
  },
};

/** Fields that the `post` naming knows only as expansions. */
const ONLY_EXPANDED = new Set(['author_id', 'referenced_tweets', 'in_reply_to_user_id']);

/** The words that `post.fields` takes, with their names in the `tweet` naming. */
export function postFieldsOf(tweetFields: readonly string[]): ReadonlyMap<string, string> {
  const known = tweetFields.filter(
    (name) => !ONLY_EXPANDED.has(name) && name !== NAMES.tweet.history,
  );
  return new Map(known.map((name) => [NAMES.post.fields[name] ?? name, name]));
}

/** Expansions that are taken besides those of the `tweet` naming; they work in both. */
export const POST_EXPANSIONS: ReadonlyMap<string, string> = new Map([
  ['referenced_posts', 'referenced_tweets.id'],
  ['edit_history_post_ids', 'edit_history_tweet_ids'],
]);
