/** A source as the configuration names it: its kind, and the one word that says which. */
export type SourceSetting = { readonly kind: string; readonly what: string };

/** Sites where people are at `/@name` that do not speak as Mastodon does. */
const OTHERS = new Set(['medium.com', 'youtube.com', 'threads.net', 'threads.com', 'tiktok.com']);
/** What X has in the place of a handle. */
const NOBODY = new Set([
  'i',
  'home',
  'explore',
  'search',
  'hashtag',
  'settings',
  'intent',
  'share',
]);
/** What X shows of an account. */
const VIEWS = new Set(['with_replies', 'media', 'highlights', 'articles']);

/** What the address of a profile, a list or a search names, as it is copied from a browser; `null`: nothing. */
export function sourceAt(address: string): SourceSetting | null {
  const url = /^https?:\/\//i.test(address) ? URL.parse(address) : null;
  if (url === null) return null;
  const parts = url.pathname.split('/').filter((part) => part !== '');
  if (isOfX(address)) return onX(parts, url.searchParams);
  if (url.hostname === 'bsky.app') return onBluesky(parts);
  return OTHERS.has(plainHost(url)) ? null : onMastodon(url.host, parts);
}

/** Whether an address is one of X. */
export function isOfX(address: string): boolean {
  const url = URL.parse(address);
  return url !== null && /^(?:x|twitter)\.com$/.test(plainHost(url));
}

function plainHost({ hostname }: URL): string {
  return hostname.replace(/^(?:www|mobile|m)\./, '');
}

function onX(parts: readonly string[], asked: URLSearchParams): SourceSetting | null {
  const [first = '', second = '', third = ''] = parts;
  if (first === 'i' && second === 'lists') return third ? { kind: 'x_list', what: third } : null;
  const query = asked.get('q');
  if (first === 'search' && query) return { kind: 'x_search', what: query };
  const isAccount = !NOBODY.has(first) && (second === '' || VIEWS.has(second));
  return isAccount && /^@?\w{1,15}$/.test(first)
    ? { kind: 'x_user', what: first.replace(/^@/, '') }
    : null;
}

function onBluesky([first, second = '', ...others]: readonly string[]): SourceSetting | null {
  if (second === '' || others.length > 0) return null;
  if (first === 'profile') return { kind: 'bluesky', what: `@${second.replace(/^@/, '')}` };
  return first === 'hashtag' ? { kind: 'bluesky', what: `#${decoded(second)}` } : null;
}

/** `/@name@elsewhere.example` is somebody of another server, who is read there. */
function onMastodon(
  host: string,
  [first = '', second, ...others]: readonly string[],
): SourceSetting | null {
  const [, name = '', elsewhere = host] = /^@([\w.-]+)(?:@([a-z\d.-]+))?$/i.exec(first) ?? [];
  const isProfile = second === undefined || (second === 'with_replies' && others.length === 0);
  return name !== '' && isProfile ? { kind: 'mastodon', what: `@${name}@${elsewhere}` } : null;
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part; // a % of its own
  }
}
