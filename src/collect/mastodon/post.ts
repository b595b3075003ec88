import { z } from 'zod';

import type { Post } from '../../model/post.ts';
import type { Entry } from '../catch-up.ts';
import { parseIsoTime } from '../dates.ts';
import { mastodonId } from '../ids.ts';
import { type PostDraft, readPost } from '../row.ts';
import { readContent, readNote } from './html.ts';
import { homeId, localIdSchema, timeOfId } from './ids.ts';

const text = z.string();
const count = z.number().int().nonnegative().nullish().catch(null);
const emojis = z
  .array(z.object({ shortcode: text }))
  .nullish()
  .catch(null);

/** A name, and behind an @ the server of whoever is no local: its letters as the network writes them. */
const nameSchema = text
  .regex(/^\w(?:[\w.-]{0,62}\w)?(?:@[^@\s/]{1,253})?$/)
  .transform((value) => {
    const [name = '', host] = value.split('@');
    return host === undefined ? name : `${name}@${hostOf(host)}`;
  })
  .pipe(text.regex(/[^@]$/));

/** The host as addresses have it; empty where it is none. */
function hostOf(host: string): string {
  const url = `https://${host}`;
  return URL.canParse(url) ? new URL(url).host : '';
}

const accountSchema = z.object({
  id: localIdSchema,
  acct: nameSchema,
  display_name: text.nullish(),
  note: text.nullish(),
  followers_count: count,
  emojis,
});
type Account = z.output<typeof accountSchema>;

const ownFields = {
  id: localIdSchema,
  uri: text.max(2000),
  url: text.nullish(),
  created_at: text,
  account: accountSchema,
  content: text.nullish(),
  spoiler_text: text.nullish(),
  visibility: text.nullish(),
  language: text.nullish(),
  favourites_count: count,
  reblogs_count: count,
  replies_count: count,
  quotes_count: count,
  in_reply_to_id: localIdSchema.nullish().catch(null),
  in_reply_to_account_id: localIdSchema.nullish().catch(null),
  mentions: z
    .array(z.object({ id: localIdSchema, acct: nameSchema }))
    .nullish()
    .catch(null),
  emojis,
};

const quotedSchema = z.object(ownFields);
const quoteSchema = z
  .object({ state: text.nullish(), quoted_status: quotedSchema.nullish().catch(null) })
  .nullish()
  .catch(null);
const originalSchema = z.object({ ...ownFields, quote: quoteSchema });
const statusSchema = originalSchema.extend({ reblog: originalSchema.nullish() });
type Original = z.output<typeof quotedSchema> & { readonly quote?: z.output<typeof quoteSchema> };

/** Through which server a status was read, when, and what stood beside it. */
export type Reading = {
  readonly server: string;
  readonly now: Date;
  /** The ids of the statuses of one answer, by those that the server has for them. */
  readonly homes: ReadonlyMap<string, string>;
};

const named = z.object({ id: localIdSchema, uri: text.max(2000) });

/** The ids of statuses, by those that the server that handed them out has for them. */
export function homesOf(values: readonly unknown[]): Map<string, string> {
  const all = values.flatMap((value) => {
    const { reblog } = z.object({ reblog: z.unknown().optional() }).safeParse(value).data ?? {};
    return [value, reblog].flatMap((one) => named.safeParse(one).data ?? []);
  });
  return new Map(all.flatMap(({ id, uri }) => homeEntry(id, homeId(uri))));
}

function homeEntry(id: string, home: string | null): [string, string][] {
  return home === null ? [] : [[id, home]];
}

/** The id of a status on the server that handed it out; `null` where it has none. */
export function localIdOf(value: unknown): string | null {
  return z.object({ id: localIdSchema }).safeParse(value).data?.id ?? null;
}

/** An entry of a timeline; `null` where it is none. */
export function entryOfStatus(value: unknown, reading: Reading): Entry | null {
  const status = statusSchema.safeParse(value).data;
  if (status === undefined || isUnderOtherName(status, reading)) return null;
  const created = parseIsoTime(status.created_at)?.getTime();
  // A clock that is ahead must not hide what comes after it.
  const order = timeOfId(status.id, reading.now) ?? created;
  if (order === undefined) return null;
  const place = { id: status.id, order: Math.min(order, reading.now.getTime()) };
  const { reblog } = status;
  const shown = reblog ?? status;
  if (!isPublic(status) || !isPublic(shown)) return { ...place, posts: [], problems: [] };
  const own = reblog ? repostDraft(status, reblog, reading) : draftOf(status, reading);
  const others = [...(reblog ? [reblog] : []), quotedIn(shown)].filter((other) => other !== null);
  return { ...place, ...read(own, others, reading) };
}

function read(
  own: PostDraft,
  others: readonly Original[],
  reading: Reading,
): Pick<Entry, 'posts' | 'problems'> {
  if (isWordless(own)) return { posts: [], problems: [] };
  const row = readPost(own, 1);
  if (row.kind === 'problem') {
    return { posts: [], problems: [`post ${String(own.id).slice(0, 100)}: ${row.reason}`] };
  }
  return {
    posts: [row.post, ...others.flatMap((other) => readOther(other, reading))],
    problems: [],
  };
}

/** Whether a post of this server is told to be by somebody of another: nobody writes there but its own. */
function isUnderOtherName({ uri, account }: Original, { server }: Reading): boolean {
  const host = account.acct.split('@')[1] ?? server;
  return host !== server && (homeId(uri)?.startsWith(mastodonId(server, '')) ?? true);
}

/** A post that another refers to; without it that one still says what it says. */
function readOther(status: Original, reading: Reading): Post[] {
  const draft = draftOf(status, reading);
  const isWanted = isPublic(status) && !isUnderOtherName(status, reading);
  const row = isWordless(draft) || !isWanted ? null : readPost(draft, 1);
  return row?.kind === 'post' ? [row.post] : [];
}

/** Pictures and films alone: there is nothing to read in them. */
function isWordless({ text: words, is_quote: isQuote }: PostDraft): boolean {
  return words === '' && isQuote !== true;
}

/** Servers hand out no other posts to strangers; should one do so, nobody is to read them here. */
function isPublic({ visibility }: Original): boolean {
  return visibility === 'public' || visibility === 'unlisted' || visibility == null;
}

function draftOf(status: Original, reading: Reading): PostDraft {
  const { id, uri, account, quote, language } = status;
  const { text: words, urls } = contentOf(status);
  const quoted = quotedIn(status);
  return {
    id: homeId(uri) ?? mastodonId(reading.server, id),
    ...authorOf(account, reading),
    text: words,
    urls,
    truncated: false,
    created_at: status.created_at,
    lang: language,
    likes: status.favourites_count,
    retweets: status.reblogs_count,
    replies: status.replies_count,
    quotes: status.quotes_count,
    url: status.url || uri,
    reply_to_id: answeredBy(status, reading),
    quoted_id: quoted && homeId(quoted.uri),
    is_quote: quote != null,
  };
}

function repostDraft(status: Original, original: Original, reading: Reading): PostDraft {
  const { text: words, urls, id, author, lang, url } = draftOf(original, reading);
  return {
    id: homeId(status.uri) ?? mastodonId(reading.server, status.id),
    ...authorOf(status.account, reading),
    text: words === '' ? '' : `RT @${String(author)}: ${String(words)}`,
    urls,
    truncated: false,
    created_at: status.created_at,
    lang,
    url,
    repost_of_id: id,
    is_retweet: true,
  };
}

/** Servers name their own people without the server. */
function authorOf(account: Account, { server }: Reading): PostDraft {
  const { acct, display_name: name, note } = account;
  return {
    author: acct.includes('@') ? acct : `${acct}@${server}`,
    author_name: name && withoutEmojis(name, account.emojis),
    author_bio: (note && readNote(note)) || null,
    author_followers: account.followers_count,
  };
}

function contentOf(status: Original): { readonly text: string; readonly urls: readonly string[] } {
  const { text: words, urls } = readContent(status.content ?? '');
  const parts = [status.spoiler_text?.trim() ?? '', words].filter((part) => part !== '');
  return { text: withoutEmojis(parts.join('\n\n'), status.emojis), urls };
}

/** Little pictures that a server has itself stand in a text as `:name:`. */
function withoutEmojis(words: string, list: Account['emojis']): string {
  const names = new Set((list ?? []).map(({ shortcode }) => shortcode));
  if (names.size === 0) return words;
  return words
    .replace(/[ \t]?:(\w+):/g, (found, name: string) => (names.has(name) ? '' : found))
    .trim();
}

/** A quotation that both sides want, and that is there. */
function quotedIn({ quote }: Original): Original | null {
  return quote?.state === 'accepted' ? (quote.quoted_status ?? null) : null;
}

/**
 * The post that one answers. A server tells only its own id for it; where that post was written
 * somewhere else and did not come along, this is all there is to know it by.
 */
function answeredBy(status: Original, { server, homes }: Reading): string | null {
  const { in_reply_to_id: id, in_reply_to_account_id: whom, account, mentions } = status;
  if (!id) return null;
  const home = homes.get(id);
  if (home !== undefined) return home;
  const isByLocal = [account, ...(mentions ?? [])].some(
    (one) => one.id === whom && !one.acct.includes('@'),
  );
  const own = isByLocal && !account.acct.includes('@') ? homeId(status.uri) : null;
  return mastodonId(own?.slice('mastodon:'.length).split('/')[0] ?? server, id);
}
