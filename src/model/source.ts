/** Where posts of a topic come from, as `chorus.yaml` names it. */
export type SourceSpec =
  | { readonly kind: 'x-list'; readonly id: string }
  /** Handle without `@`. */
  | { readonly kind: 'x-user'; readonly handle: string }
  | { readonly kind: 'x-search'; readonly query: string }
  /** RSS, Atom or JSON Feed; http or https. */
  | { readonly kind: 'feed'; readonly url: string }
  | { readonly kind: 'bluesky'; readonly of: Timeline }
  /** `server`: the host through which it is read, `mastodon.social`. */
  | { readonly kind: 'mastodon'; readonly server: string; readonly of: Timeline }
  /** A path with `*` in its last part, relative to the configuration. */
  | { readonly kind: 'file'; readonly pattern: string };

/** An author's public posts, or those with a hashtag; without `@` and `#`. */
export type Timeline =
  | { readonly kind: 'author'; readonly handle: string }
  | { readonly kind: 'tag'; readonly tag: string };

/** Whether X charges for what is read of a source. */
export function isCharged({ kind }: SourceSpec): boolean {
  return kind === 'x-list' || kind === 'x-user' || kind === 'x-search';
}

/** What names a source among those of its topic, in the database and to people: `x-user:karpathy`. */
export function sourceKey(spec: SourceSpec): string {
  switch (spec.kind) {
    case 'x-list':
      return `x-list:${spec.id}`;
    case 'x-user':
      return `x-user:${spec.handle.toLowerCase()}`;
    case 'x-search':
      return `x-search:${spec.query}`;
    case 'feed':
      return `feed:${spec.url}`;
    case 'file':
      return `file:${spec.pattern}`;
    case 'bluesky':
      return `bluesky:${markOf(spec.of)}`;
    default:
      return `mastodon:${markOf(spec.of)}@${spec.server}`;
  }
}

/** A source as everybody may see it: the query of an address may hold a key. */
export function sourceName(spec: SourceSpec): string {
  if (spec.kind !== 'feed') return sourceKey(spec);
  const { host, pathname } = new URL(spec.url);
  return `feed:${host}${pathname}`;
}

function markOf(of: Timeline): string {
  return of.kind === 'author' ? of.handle.toLowerCase() : `#${of.tag.toLowerCase()}`;
}

/** Where reading goes on, in a form that each kind of source knows; it is stored as JSON. */
export type Place = { readonly [key: string]: unknown };

/** The posts and people of an answer that a provider charges for, those that came along among them. */
export type Returned = {
  readonly postIds: readonly string[];
  readonly userIds: readonly string[];
};

/** How many posts and people a provider charges for. */
export type Charge = { readonly posts: number; readonly users: number };

/**
 * Why a source gave nothing: it is `limited` until a moment, `refused` us (a key, a right, something
 * that is not there), is `unreachable`, or gave what is `unreadable`.
 */
export type FailureKind = 'limited' | 'refused' | 'unreachable' | 'unreadable';

/** How a source is. */
export type SourceHealth = {
  readonly topic: string;
  readonly key: string;
  /** When it was read for the first time, or tried. */
  readonly since: Date;
  /** From when on its posts were read. */
  readonly reaches: Date;
  readonly lastSuccess: Date | null;
  /** When it last gave a post that was new. */
  readonly lastPost: Date | null;
  /** How often it failed in a row, and since when; why it did the last time, or what of it was not read. */
  readonly failures: number;
  readonly failingSince: Date | null;
  readonly failureKind: FailureKind | null;
  readonly failure: string | null;
  /** Not before then it is read again. */
  readonly nextAt: Date;
  /** When the owners were told that it fails or is silent; `null`: they think it well. */
  readonly toldAt: Date | null;
};

/** How a source is, for people; `At` is how instants are told. */
export type SourceState<At = Date> =
  | { readonly kind: 'unread' }
  /** `isLeft`: it was to be tried again by now, and nobody did. */
  | {
      readonly kind: 'failing';
      readonly since: At;
      readonly reason: string;
      readonly nextAt: At;
      readonly isLeft: boolean;
    }
  /** The budget of its topic is used up. */
  | { readonly kind: 'resting'; readonly until: At }
  | {
      readonly kind: 'read';
      readonly at: At;
      readonly lastPost: At | null;
      /** What could not be read of it; `null`: all could. */
      readonly trouble: string | null;
    };
