/**
 * One post, whatever network or file it came from. `null` means unknown, never zero.
 *
 * `id` is unique over all networks: X's ids are plain digits; other networks prefix theirs
 * (`mastodon:…`).
 */
export type Post = {
  readonly id: string;
  /** Handle without `@`. */
  readonly author: string;
  /** Shown name; the handle where no name is known. */
  readonly authorName: string;
  readonly authorBio: string | null;
  readonly authorFollowers: number | null;
  readonly text: string;
  /** The source handed the text out cut ("…"). */
  readonly truncated: boolean;
  readonly createdAt: Date;
  /** The text's words in order, a space between each (see `wordsOf`); null when not cut yet. */
  readonly words: string | null;
  /** BCP 47 language of the text (`en`, `zh`), as the source says it, else as the text shows it. */
  readonly lang: string | null;
  readonly likes: number | null;
  readonly reposts: number | null;
  readonly replies: number | null;
  readonly quotes: number | null;
  readonly views: number | null;
  /** Where the post can be read, http or https. */
  readonly url: string | null;
  /** Links in the text, expanded where the source knows them. */
  readonly urls: readonly string[];
  readonly conversationId: string | null;
  readonly replyToId: string | null;
  readonly quotedId: string | null;
  readonly isQuote: boolean;
  readonly repostOfId: string | null;
  readonly isRepost: boolean;
  /** All versions of an edited post, oldest first, this one among them; empty when never edited. */
  readonly editIds: readonly string[];
  /** When the source handed out these numbers, where it says so. */
  readonly seenAt: Date | null;
};

/** The numbers under a post, or under several together; `null` where none is known. */
export type Numbers = Pick<Post, 'likes' | 'reposts' | 'replies' | 'quotes' | 'views'>;

/** By which number posts are the loudest: one of theirs, or how they were echoed (see `engagement`). */
export type Loudness = Exclude<keyof Numbers, 'quotes'> | 'echo';

/** What is known of the numbers of several posts, added up. */
export function numbersOf(posts: readonly Numbers[]): Numbers {
  const sum = (key: keyof Numbers) =>
    posts.reduce<number | null>(
      (total, { [key]: count }) => (count === null ? total : (total ?? 0) + count),
      null,
    );
  return {
    likes: sum('likes'),
    reposts: sum('reposts'),
    replies: sum('replies'),
    quotes: sum('quotes'),
    views: sum('views'),
  };
}

/** How often the post was liked, shared and answered, unknown counted as none. */
export function engagement(post: Numbers): number {
  return (post.likes ?? 0) + 2 * ((post.reposts ?? 0) + (post.quotes ?? 0)) + (post.replies ?? 0);
}

/** Whether an id is one of X. */
export function isXId(id: string): boolean {
  return /^\d{5,20}$/.test(id);
}

/**
 * Whether a post of X is known by hearsay only: a feed tells of it, which may have invented it, under an id
 * of any moment and the name of anybody. X itself says when it hands a post out, files know numbers.
 */
export function isHearsay(post: Pick<Post, 'id' | 'seenAt'> & Numbers): boolean {
  const { likes, reposts, replies, quotes, views } = post;
  return isXId(post.id) && (post.seenAt ?? likes ?? reposts ?? replies ?? quotes ?? views) === null;
}

/**
 * The address under which the post can be read, or `null` when none is known.
 * Built from the id for X; else the source's own address, http(s) only.
 */
export function postLink(post: Pick<Post, 'id' | 'author' | 'url'>): string | null {
  if (post.url !== null && /^https?:\/\//i.test(post.url) && URL.canParse(post.url)) {
    return new URL(post.url).href;
  }
  return isXId(post.id) && /^\w{1,30}$/.test(post.author)
    ? `https://x.com/${post.author}/status/${post.id}`
    : null;
}

/**
 * A handle without its `@`, as a pattern: of X (`ada`), Bluesky (`ada.bsky.social`, or the DID where no
 * handle leads to it), Mastodon (`ada@mastodon.social`).
 */
const HANDLE =
  '(?:did:[a-z]{1,20}:[\\w.-]{1,150}|[\\w-](?:[\\w.-]{0,98}[\\w-])?(?:@[\\w.-]{1,100}(?::\\d{1,5})?)?)';

/** How the text of a repost begins, with the handle of the original's author. */
export const REPOST = new RegExp(`^RT @(${HANDLE}):\\s*`);

/** The handles with which an answer begins. */
export const ADDRESSED = new RegExp(`^(?:@${HANDLE}\\s+)+`);

/** What Weibo prints under a text that it cut. */
export const CUT_MARK = /展开全文[\s\u200B]*$/;
