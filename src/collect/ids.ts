import { isWebLink } from './marks.ts';

/** A post that a link leads to, as all sources name it: what comes from two of them is one post. */
export type LinkedPost = {
  /** As in `Post.id`. */
  readonly id: string;
  readonly network: 'x' | 'bluesky' | 'mastodon';
  /** The handle of its author, as `Post.author` has it, where the link names it. */
  readonly author: string | null;
};

/** The post of X, Bluesky or Mastodon that a link leads to; `null` for any other link. */
export function linkedPost(link: string): LinkedPost | null {
  if (link.startsWith('at://')) return postOfBlueskyUri(link);
  if (link.length > 2000 || !isWebLink(link)) return null;
  const url = new URL(link);
  return postOfX(url) ?? postOfBluesky(url) ?? postOfMastodon(url);
}

/** The id of a post of Bluesky, from who wrote it (DID or handle) and its key. */
export function blueskyId(author: string, key: string): string {
  return `bluesky:${author.startsWith('did:') ? author : author.toLowerCase()}/${key}`;
}

/** The id of a post of Mastodon, from the server that it was written on and its id there. */
export function mastodonId(server: string, id: string): string {
  return `mastodon:${server.toLowerCase()}/${id}`;
}

/** X itself, those who show its posts with better previews, and well-known copies of Nitter. */
const X_HOSTS =
  /^(?:(?:www|mobile|m|d|g)\.)?(?:x|twitter|fxtwitter|vxtwitter|fixupx|fixvx|twittpr|xcancel|lightbrd)\.com$|(?:^|\.)nitter\.|^twiiit\.com$/;
const X_PATH =
  /^\/(?:(?<handle>\w{1,15})|i\/web|i|@?\w{1,15}\/i)\/status(?:es)?\/(?<id>\d{1,20})(?:\/|$)/;
/** Parts of X's own addresses that stand where a handle does. */
const NO_HANDLES = new Set(['i', 'web', 'statuses']);

/** Nitter runs on servers of any name; its links to a post end in `#m`. */
function postOfX({ hostname, pathname, hash }: URL): LinkedPost | null {
  if (!X_HOSTS.test(hostname) && hash !== '#m') return null;
  const { id, handle } = X_PATH.exec(pathname)?.groups ?? {};
  if (id === undefined) return null;
  const author = handle === undefined || NO_HANDLES.has(handle.toLowerCase()) ? null : handle;
  return { id, network: 'x', author };
}

const BLUESKY_HOSTS = /^(?:(?:www|main)\.)?(?:bsky\.app|fxbsky\.app|bskx\.app|bsyy\.app)$/;
const BLUESKY_AUTHOR = String.raw`did:[a-z]+:[\w.:%-]{1,200}|[a-z\d-]+(?:\.[a-z\d-]+)+`;
const BLUESKY_PATH = new RegExp(`^/profile/(${BLUESKY_AUTHOR})/post/([\\w.~:-]{1,64})/?$`, 'i');
const BLUESKY_URI = new RegExp(
  `^at://(${BLUESKY_AUTHOR})/app\\.bsky\\.feed\\.post/([\\w.~:-]{1,64})$`,
  'i',
);

function postOfBluesky({ hostname, pathname }: URL): LinkedPost | null {
  return BLUESKY_HOSTS.test(hostname) ? blueskyPost(BLUESKY_PATH.exec(pathname)) : null;
}

function postOfBlueskyUri(uri: string): LinkedPost | null {
  return uri.length > 500 ? null : blueskyPost(BLUESKY_URI.exec(uri));
}

function blueskyPost(match: RegExpExecArray | null): LinkedPost | null {
  const [, author = '', key = ''] = match ?? [];
  if (key === '') return null;
  const handle = author.startsWith('did:') ? null : author.toLowerCase();
  return { id: blueskyId(author, key), network: 'bluesky', author: handle };
}

/**
 * Mastodon runs on servers of any name, and other programs have paths that look much like its own:
 * only a long number is taken for an id. A post that a server merely shows (`/@someone@elsewhere/1`)
 * has another id at home.
 */
const MASTODON_PATH =
  /^\/(?:web\/)?(?:@(?<short>\w[\w.-]{0,63})|users\/(?<long>\w[\w.-]{0,63})\/statuses)\/(?<id>\d{15,20})(?:\/activity)?\/?$/;

function postOfMastodon({ host, pathname }: URL): LinkedPost | null {
  const { id, short, long } = MASTODON_PATH.exec(pathname)?.groups ?? {};
  if (id === undefined) return null;
  const author = `${short ?? long}@${host}`;
  return { id: mastodonId(host, id), network: 'mastodon', author };
}
