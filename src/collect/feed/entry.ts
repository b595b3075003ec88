/** A feed, whatever form it came in. */
export type Feed = {
  readonly title: string;
  readonly description: string;
  /** The page that it is the feed of. */
  readonly link: string | null;
  readonly author: string | null;
  /** The program that made it. */
  readonly generator: string;
  /** Whether it came to its end: what was cut off may lack entries. */
  readonly isWhole: boolean;
  readonly entries: readonly Entry[];
};

/** What stands in a feed, as it stands there. */
export type Entry = {
  readonly guid: string | null;
  readonly link: string | null;
  readonly title: Content | null;
  readonly content: Content | null;
  readonly author: string | null;
  /** In the order in which they are believed. */
  readonly dates: readonly string[];
  readonly language: string | null;
  /** What other posts it says that it belongs to. */
  readonly relations: readonly Relation[];
};

/** Words, as HTML or as they are. */
export type Content = { readonly kind: 'html' | 'plain'; readonly words: string };

export type Relation = { readonly kind: 'repost' | 'quote' | 'reply'; readonly link: string };

/** More of a feed are not looked at. */
export const MOST_ENTRIES = 20_000;

/** Words of which nobody says whether they are HTML: they are where something in them is. */
export function contentOf(words: string): Content {
  return { kind: LIKE_HTML.test(words) ? 'html' : 'plain', words };
}

const LIKE_HTML =
  /&(?:[a-z]{2,8}|#\d{1,7}|#x[\da-f]{1,6});|<\/[a-z][a-z\d]{0,20}>|<(?:br|p|img|hr)\b|<!--/i;
