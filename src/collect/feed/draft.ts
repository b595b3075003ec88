import { shorten } from '../../lib/text.ts';
import { type LinkedPost, linkedPost } from '../ids.ts';
import { isWebLink } from '../marks.ts';
import type { PostDraft } from '../row.ts';
import { statusUrl } from '../x/links.ts';
import { type Bridge, readNitterTitle, readRsshubText, roleInPost } from './bridges.ts';
import type { Content, Entry, Feed } from './entry.ts';
import { type Link, readHtml, type Reading, tidy } from '../html.ts';

/** An entry with what is known of it from elsewhere. */
export type Found = {
  readonly entry: Entry;
  readonly id: string;
  readonly createdAt: Date;
  /** Where the feed was found. */
  readonly url: string;
  /** Against what its links are to be read. */
  readonly base: string;
  readonly feed: Feed;
  readonly bridge: Bridge;
};

const MOST_LINKS = 50;
const LONGEST_LINK = 2000;
/** As long as X lets posts be. */
const LONGEST_POST = 25_000;
/** Of articles the beginning is enough. */
const LONGEST_ARTICLE = 5000;

/** An entry as a post; `null` where it has no words, but a picture at most. */
export function draftOf(found: Found): PostDraft | null {
  const linked = linkedPostOf(found.entry);
  const draft = linked === null ? articleOf(found) : postOf(found, linked);
  return draft.text === '' && draft.is_quote !== true ? null : draft;
}

/**
 * The post of a network that an entry is; a second link to it may say who wrote it where the first does
 * not. An entry with a page of its own is none: it is about the post that it links to.
 *
 * A feed is no witness: whatever it tells of a post of X may be invented. So it has a handle only from the
 * link that leads to the post, a time only from the id, and no numbers; a reader who follows the link sees
 * what is there, and what the network itself tells replaces it all (see `isHearsay` in the store).
 */
export function linkedPostOf({ guid, link }: Entry): LinkedPost | null {
  if (guid !== null && isWebLink(guid) && linkedPost(guid) === null) return null;
  const posts = [guid, link].map((text) => linkedPost(text ?? '')).filter((post) => post !== null);
  const [first] = posts;
  if (first === undefined) return null;
  const author = posts.find((post) => isSame(post, first) && post.author !== null)?.author;
  return { ...first, author: author ?? null };
}

/** Whether two links lead to one post; on Bluesky one may say its author's handle, the other the DID. */
function isSame(one: LinkedPost, other: LinkedPost): boolean {
  const keyOf = ({ network, id }: LinkedPost) => (network === 'bluesky' ? id.split('/')[1] : id);
  return one.network === other.network && keyOf(one) === keyOf(other);
}

type Draft = PostDraft & { readonly text: string; readonly is_quote?: boolean };

function articleOf({ entry, id, createdAt, url, base, feed }: Found): Draft {
  const title = plainOf(entry.title).replace(/\s+/g, ' ');
  const body = readContent(entry.content);
  const text = shorten(joined(title, body.text), LONGEST_ARTICLE);
  const host = hostOf(url);
  const name = nameOf(entry.author) || nameOf(feed.author) || nameOf(feed.title);
  return {
    id,
    author: handleAt(host, name),
    author_name: name || host,
    text,
    truncated: EXCERPT.test(text) || null,
    created_at: createdAt.toISOString(),
    lang: entry.language,
    url: pageOf(entry, base),
    urls: urlsOf(body, base, text),
  };
}

/** The page of an article; of one about a post of a network it is not the post's. */
function pageOf({ link, guid }: Entry, base: string): string | null {
  const page = link !== null && linkedPost(link) !== null ? guid : link;
  return page === null ? null : resolve(page, base);
}

function hostOf(url: string): string {
  return new URL(url).hostname.replace(/^www\./, '');
}

/** Names are no handles, and anybody may take one that is a handle of X: it counts with the feed's host. */
function handleAt(host: string, name: string): string {
  const [longest, most] = [60, 40];
  const words = name.replace(/[^\p{L}\p{M}\p{N}_.]+/gu, '-').replace(/^[-.]+|[-.]+$/g, '');
  const short = words.slice(0, most).toWellFormed();
  return short === '' || name === host ? host.slice(-longest) : `${short}@${host.slice(-longest)}`;
}

/** Programs that cut articles end them so; the dots alone are known to all sources. */
const EXCERPT = /\[(?:…|\.{3})\]$/;

/** A title with what it is the title of; many are but its beginning. */
function joined(title: string, body: string): string {
  const stem = title.replace(/\s*(?:…|\.{3})$/, '');
  if (body === '' || stem === '') return body || title;
  return body.replace(/\s+/g, ' ').startsWith(stem) ? body : `${title}\n\n${body}`;
}

function postOf(found: Found, linked: LinkedPost): Draft {
  const { entry, createdAt, base } = found;
  const { id, network } = linked;
  const body = readContent(entry.content ?? entry.title, (element) => roleInPost(element, id));
  const author = authorOf(found, linked);
  const told = wordsOfPost(found, body, network === 'x' ? author.author_name : null);
  const quoted = quotedOf(found, body, told.words, linked);
  const text = shorten(quoted.words, LONGEST_POST);
  const own = new Set([id, quoted.id]);
  return {
    id,
    ...author,
    text,
    created_at: createdAt.toISOString(),
    lang: entry.language,
    url: network === 'x' ? statusUrl(linked.author ?? 'i', id) : webLinkOf(entry, base),
    urls: urlsOf(body, base, text).filter((url) => !own.has(linkedPost(url)?.id ?? '')),
    quoted_id: quoted.id,
    is_quote: quoted.is,
    is_retweet: told.isRepost,
    repost_of_id: told.isRepost ? relationOf(entry, 'repost') : null,
    reply_to_id: relationOf(entry, 'reply'),
  };
}

function webLinkOf({ link, guid }: Entry, base: string): string | null {
  return [link, guid].map((text) => resolve(text ?? '', base)).find(isWebLink) ?? null;
}

function relationOf({ relations }: Entry, kind: 'repost' | 'quote' | 'reply'): string | null {
  const link = relations.find((relation) => relation.kind === kind)?.link;
  return linkedPost(link ?? '')?.id ?? null;
}

/** What the author wrote, without what the service in between says of it. @param name On X, the author’s. */
function wordsOfPost(
  { entry, bridge }: Found,
  body: Reading,
  name: string | null,
): { words: string; isRepost: boolean } {
  if (bridge === 'rsshub' && name !== null) {
    const { words, reposted } = readRsshubText(body.text, name);
    if (reposted === null) return { words, isRepost: false };
    const handle = handleOf(reposted, body.links);
    return { words: `RT ${handle === null ? reposted : `@${handle}`}: ${words}`, isRepost: true };
  }
  const { words, answered } = readNitterTitle(plainOf(entry.title));
  const text = (entry.content === null ? words : body.text).replace(BLUESKY_NOTE, '').trim();
  const isUnaddressed = answered !== null && !text.startsWith('@');
  return { words: isUnaddressed ? `@${answered} ${text}` : text, isRepost: false };
}

/** Bluesky says it where something cannot be shown in its feeds. */
const BLUESKY_NOTE = /\s{0,9}\[contains quote post or other embedded content\]$/;

function handleOf(name: string, links: readonly Link[]): string | null {
  const profile = links.find(({ words }) => words.trim() === name)?.href ?? '';
  return /^https?:\/\/(?:x|twitter)\.com\/(\w{1,15})$/i.exec(profile)?.[1] ?? null;
}

/** Whether it quotes a post, and which; on X a link to another post at the end of a text is a quote. */
function quotedOf(
  { entry }: Found,
  { quote, links }: Reading,
  words: string,
  { id, network }: LinkedPost,
): { is: boolean; id: string | null; words: string } {
  const named = relationOf(entry, 'quote');
  if (quote !== null || named !== null) {
    const found = quote?.links.map(({ href }) => linkedPost(href)?.id).findLast((one) => one);
    return { is: true, id: named ?? found ?? null, words };
  }
  const last = network === 'x' ? links.at(-1) : undefined;
  const other = linkedPost(last?.href ?? '')?.id ?? null;
  const shown = last?.words.trim() ?? '';
  if (other === null || other === id || shown === '') return { is: false, id: null, words };
  const ending = [shown, last?.href ?? shown].find((link) => words.endsWith(link));
  if (ending === undefined) return { is: false, id: null, words };
  return { is: true, id: other, words: words.slice(0, -ending.length).trim() };
}

/**
 * Who wrote a post: the handle in its link, with the name that the feed has for it. Where no link has one,
 * it is what names the author for good, else the host that says so: a handle that is merely said may be
 * anybody's.
 */
function authorOf(
  { entry, feed, url }: Found,
  { author, id }: LinkedPost,
): { author: string; author_name: string } {
  const said = nameOf(entry.author) || nameOf(feed.author);
  const isHandle = said.startsWith('@');
  const handle = author ?? /^bluesky:([^/]+)/.exec(id)?.[1] ?? hostOf(url);
  const name = isHandle || said === '' ? nameInTitle(nameOf(feed.title), handle) : said;
  return { author: handle.slice(0, 100).toWellFormed(), author_name: name || handle };
}

/** Feeds of one person are titled with the name: `Ada / @ada` (Nitter), `@ada.example - Ada` (Bluesky). */
function nameInTitle(title: string, handle: string): string {
  const [, before, first] = /^(.+) \/ @(\S+)$/.exec(title) ?? [];
  const [, second, after] = /^@(\S+) - (.+)$/.exec(title) ?? [];
  const isOfThis = (first ?? second)?.toLowerCase() === handle.toLowerCase();
  return isOfThis ? (before ?? after ?? '') : '';
}

function nameOf(text: string | null): string {
  return (text ?? '').replace(/\s+/g, ' ').trim().slice(0, 200);
}

function plainOf(content: Content | null): string {
  return readContent(content).text;
}

function readContent(content: Content | null, roleOf?: Parameters<typeof readHtml>[1]): Reading {
  if (content?.kind === 'html') return readHtml(content.words, roleOf);
  return { text: tidy(content?.words.slice(0, 2 * LONGEST_POST) ?? ''), links: [], quote: null };
}

const PLAIN_LINK = /https?:\/\/[\x21-\x7E]{1,2000}/g;
const BEHIND_LINK = /[.,;:!?'")\]}>]+$/;

/** The links of a text, whether it shows them or not; names of people and subjects are none. */
function urlsOf({ links }: Reading, base: string, text: string): string[] {
  const hidden = links.filter(({ words }) => !/^[@#$]/.test(words.trim())).map(({ href }) => href);
  const shown = (text.match(PLAIN_LINK) ?? []).map((link) => link.replace(BEHIND_LINK, ''));
  const all = [...hidden, ...shown]
    .filter((href) => !href.startsWith('#'))
    .map((href) => resolve(href, base))
    .filter((url) => isWebLink(url) && url.length <= LONGEST_LINK);
  return [...new Set(all)].slice(0, MOST_LINKS);
}

/** An address in full; as it is where it is none. */
function resolve(href: string, base: string): string {
  return URL.canParse(href, base) ? new URL(href, base).href : href;
}
