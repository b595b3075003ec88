import type { Element } from 'hast';

import { linkedPost } from '../ids.ts';
import type { Feed } from './entry.ts';
import { hrefOf, type Role, wordsOf } from '../html.ts';

/** Services that show posts of X as feeds, each in its own manner. */
export type Bridge = 'nitter' | 'rsshub' | null;

/** Which service a feed is from, as it says itself. */
export function bridgeOf({ generator, description }: Feed): Bridge {
  if (/^RSSHub\b/i.test(generator) || /\bRSSHub\b/.test(description.slice(-100))) return 'rsshub';
  return description.startsWith('Twitter feed for') ? 'nitter' : null;
}

/**
 * What an element is in a post of a network: RSSHub puts the quoted post into a box of its own, Nitter
 * into a `<blockquote>` that names its author and ends in a link to it, Mastodon into a line for those
 * who know no quotes. A film is shown by a link to the post itself.
 */
export function roleInPost(element: Element, ownId: string): Role {
  const classes = element.properties['className'];
  const isBox = Array.isArray(classes) && classes.some((name) => QUOTES.has(name));
  if (isBox) return 'quote';
  if (element.tagName === 'blockquote' && endsInPost(element)) return 'quote';
  return element.tagName === 'a' && linkedPost(hrefOf(element))?.id === ownId ? 'noise' : 'words';
}

const QUOTES: ReadonlySet<unknown> = new Set(['rsshub-quote', 'quote-inline']);

function endsInPost(quote: Element): boolean {
  const footer = quote.children.findLast((child) => child.type === 'element');
  return footer?.tagName === 'footer' && /https?:\/\/\S+\/status\/\d+/.test(wordsOf(footer));
}

/** What Nitter says of a post before its words, in the title. */
const NITTER_MARK = /^(?:Pinned: )?(?:(?<what>RT by|R to) @(?<handle>\w{1,15}): )?/;

/** A title of Nitter without what is said of the post, and whom it answers. */
export function readNitterTitle(title: string): { words: string; answered: string | null } {
  const mark = NITTER_MARK.exec(title);
  const { what, handle } = mark?.groups ?? {};
  return {
    words: title.slice(mark?.[0].length ?? 0),
    answered: what === 'R to' ? (handle ?? null) : null,
  };
}

/** What RSSHub writes on the first line of a repost: who reposts (if it is wanted), and whom. */
const RSSHUB_REPOST = /^(?:(?<by>.{1,100}) )?(?:RT|🔁)(?: (?<of>.{1,100}))?\n(?<words>[^]*)$/;
const RSSHUB_REPLY = /^(?:Re |↩️ ?)/;

/** The words of a post from RSSHub, and whom it reposts. */
export function readRsshubText(
  text: string,
  author: string,
): { words: string; reposted: string | null } {
  const { by, of, words } = RSSHUB_REPOST.exec(text)?.groups ?? {};
  if (words !== undefined && (by === undefined || by === author)) {
    const named = of ?? /^(.{1,100}?): /.exec(words)?.[1] ?? '';
    return { words: withoutName(words, named).replace(RSSHUB_REPLY, ''), reposted: named };
  }
  return { words: withoutName(text, author).replace(RSSHUB_REPLY, ''), reposted: null };
}

/** Its author may be named before a text, where that is wanted. */
function withoutName(text: string, name: string): string {
  return name !== '' && text.startsWith(`${name}: `) ? text.slice(name.length + 2) : text;
}

/** Who stands before a feed of posts asks whoever reads it to be registered first. */
export function wantsRegistration({ title, entries }: Feed): boolean {
  return (
    entries.length <= 1 &&
    /reader not (?:yet )?whitelisted/i.test(title + (entries[0]?.title?.words ?? ''))
  );
}
