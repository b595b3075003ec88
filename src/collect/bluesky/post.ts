import { z } from 'zod';

import type { Post } from '../../model/post.ts';
import type { Entry } from '../catch-up.ts';
import { parseIsoTime } from '../dates.ts';
import { type PostDraft, readPost } from '../row.ts';
import { contentOf, DID, idOfRecord, isRecordOf, recordSchema } from './content.ts';

const text = z.string();
const count = z.number().int().nonnegative().nullish().catch(null);
const labels = z
  .array(z.object({ val: text, neg: z.boolean().nullish() }))
  .nullish()
  .catch(null);

const HANDLE = /^[a-z\d-]{1,63}(?:\.[a-z\d-]{1,63}){1,9}$/i;
const INVALID = 'handle.invalid';

const authorSchema = z.object({
  did: text.regex(DID),
  handle: text.regex(HANDLE).catch(INVALID),
  displayName: text.nullish(),
  labels,
});

const counts = {
  likeCount: count,
  repostCount: count,
  replyCount: count,
  quoteCount: count,
};

const viewSchema = z
  .object({
    uri: text,
    author: authorSchema,
    record: recordSchema,
    embed: z.unknown().optional(),
    indexedAt: text,
    labels,
    ...counts,
  })
  .refine(({ author, uri }) => isRecordOf(author.did, uri));
type View = z.output<typeof viewSchema>;

/** A post as it stands in one that quotes it. */
const quotedSchema = z
  .object({
    uri: text,
    author: authorSchema,
    value: recordSchema,
    embeds: z.array(z.unknown()).nullish(),
    indexedAt: text,
    labels,
    ...counts,
  })
  .refine(({ author, uri }) => isRecordOf(author.did, uri))
  .transform(({ value, embeds, ...rest }): View => ({
    ...rest,
    record: value,
    embed: embeds?.[0],
  }));

const embeddedSchema = z.object({ $type: text, uri: text }).loose();
/** What a post that quotes another holds of it, with pictures beside it or without. */
const quotingSchema = z.union([
  z
    .object({ $type: z.literal('app.bsky.embed.record#view'), record: embeddedSchema })
    .transform(({ record }) => record),
  z
    .object({
      $type: z.literal('app.bsky.embed.recordWithMedia#view'),
      record: z.object({ record: embeddedSchema }),
    })
    .transform(({ record }) => record.record),
]);

const feedItemSchema = z.object({
  post: viewSchema,
  reply: z.object({ parent: z.unknown().optional() }).nullish().catch(null),
  reason: z
    .object({ $type: text, by: authorSchema, uri: text.nullish(), indexedAt: text })
    .refine(({ by, uri }) => uri == null || isRecordOf(by.did, uri))
    .nullish()
    .catch(null),
});
type FeedItem = z.output<typeof feedItemSchema>;

const REPOSTED = 'app.bsky.feed.defs#reasonRepost';

/** An entry of an author's feed; `null` where it is none. */
export function entryOfFeed(value: unknown): Entry | null {
  const item = feedItemSchema.safeParse(value).data;
  if (item === undefined) return null;
  const { post, reason } = item;
  return reason?.$type === REPOSTED
    ? entryOf(repostDraft(post, reason), [post], reason.indexedAt, [reason.by, post.author], post)
    : entryOfView(post, item.reply?.parent);
}

/** An entry of a search's results; `null` where it is none. */
export function entryOfSearch(value: unknown): Entry | null {
  const post = viewSchema.safeParse(value).data;
  return post === undefined ? null : entryOfView(post, null);
}

function entryOfView(post: View, parent: unknown): Entry | null {
  const answered = viewSchema.safeParse(parent).data;
  const others = [quotedIn(post).view, answered].filter((view) => view !== undefined);
  return entryOf(draftOf(post), others, timeOf(post), [post.author], post);
}

/** @param others Posts that it refers to. @param shown The post whose words it shows. */
function entryOf(
  draft: PostDraft,
  others: readonly View[],
  time: string,
  people: readonly View['author'][],
  shown: View,
): Entry | null {
  const order = parseIsoTime(time)?.getTime();
  const id = draft.id;
  if (order === undefined || typeof id !== 'string') return null;
  const hidden = hiddenBecause(shown, people);
  if (hidden !== null) return { id, order, posts: [], problems: [`post ${id}: ${hidden}`] };
  if (isWordless(draft)) return { id, order, posts: [], problems: [] };
  const row = readPost(draft, 1);
  if (row.kind === 'problem') {
    return { id, order, posts: [], problems: [`post ${id}: ${row.reason}`] };
  }
  return { id, order, posts: [row.post, ...others.flatMap(readOther)], problems: [] };
}

/** A post that another refers to; without it that one still says what it says. */
function readOther(view: View): Post[] {
  const draft = draftOf(view);
  if (hiddenBecause(view, [view.author]) !== null || isWordless(draft)) return [];
  const row = readPost(draft, 1);
  return row.kind === 'post' ? [row.post] : [];
}

/** Pictures and films alone: there is nothing to read in them. */
function isWordless({ text: words, urls, is_quote: isQuote }: PostDraft): boolean {
  return words === '' && Array.isArray(urls) && urls.length === 0 && isQuote !== true;
}

const ADULT: ReadonlySet<string> = new Set([
  'porn',
  'sexual',
  'nudity',
  'graphic-media',
  'gore',
  'nsfw',
]);
const TAKEN_DOWN: ReadonlySet<string> = new Set(['!hide', '!takedown', '!suspend']);

/** Why a post is not shown to strangers, by its labels and those of the people behind it. */
function hiddenBecause(view: View, people: readonly View['author'][]): string | null {
  const own = [
    ...valuesOf(view.labels),
    ...(view.record.labels?.values ?? []).map(({ val }) => val),
  ];
  const all = [...own, ...people.flatMap((person) => valuesOf(person.labels))];
  if (all.some((label) => TAKEN_DOWN.has(label))) return 'left out, Bluesky hides it';
  if (all.includes('!no-unauthenticated')) {
    return 'left out, its author shows posts to people with an account only';
  }
  return own.some((label) => ADULT.has(label)) ? 'left out, it is marked as for adults' : null;
}

function valuesOf(list: z.output<typeof labels>): string[] {
  return (list ?? []).filter(({ neg }) => neg !== true).map(({ val }) => val);
}

/** Bluesky orders by it: what its author's program says, but never later than it was seen. */
function timeOf({ record, indexedAt }: View): string {
  const created = parseIsoTime(record.createdAt);
  const indexed = parseIsoTime(indexedAt);
  if (created === null || indexed === null) return indexedAt;
  return new Date(Math.min(created.getTime(), indexed.getTime())).toISOString();
}

function draftOf(view: View): PostDraft {
  const { uri, author, record } = view;
  const id = idOfRecord(uri);
  const quoted = quotedIn(view);
  return {
    id,
    author: handleOf(author),
    author_name: author.displayName,
    ...contentOf(record, view.embed),
    truncated: false,
    created_at: timeOf(view),
    // Many programs name all languages that their user reads.
    lang: record.langs?.length === 1 ? record.langs[0] : null,
    likes: view.likeCount,
    retweets: view.repostCount,
    replies: view.replyCount,
    quotes: view.quoteCount,
    url: addressOf(view),
    conversation_id: idOfRecord(record.reply?.root.uri) ?? id,
    reply_to_id: idOfRecord(record.reply?.parent.uri),
    quoted_id: quoted.id,
    is_quote: quoted.isQuote,
  };
}

function repostDraft(post: View, reason: NonNullable<FeedItem['reason']>): PostDraft {
  const { text: words, urls, lang, id } = draftOf(post);
  const isWordlessPost = words === '' && Array.isArray(urls) && urls.length === 0;
  return {
    // Older servers do not say which record it is.
    id: idOfRecord(reason.uri) ?? `bluesky:${reason.by.did}/repost-of-${String(id)}`,
    author: handleOf(reason.by),
    author_name: reason.by.displayName,
    text: isWordlessPost ? '' : `RT @${handleOf(post.author)}: ${String(words)}`,
    urls,
    truncated: false,
    created_at: reason.indexedAt,
    lang,
    url: addressOf(post),
    repost_of_id: id,
    is_retweet: true,
  };
}

/** The handle; where it does not lead back to its owner, what names him for good. */
function handleOf({ handle, did }: View['author']): string {
  return handle === INVALID ? did : handle;
}

function addressOf({ uri, author }: View): string | null {
  const key = /\/([\w.~:-]+)$/.exec(uri)?.[1];
  return key === undefined ? null : `https://bsky.app/profile/${handleOf(author)}/post/${key}`;
}

type Quoted = { readonly isQuote: boolean; readonly id: string | null; readonly view?: View };

/** The post that one quotes; it has no id where it is gone, or where its author wants no part of it. */
function quotedIn({ embed }: View): Quoted {
  const record = quotingSchema.safeParse(embed).data;
  if (record === undefined) return { isQuote: false, id: null };
  const kind = record.$type.replace('app.bsky.embed.record#', '');
  if (/^view(?:NotFound|Blocked|Detached)$/.test(kind)) return { isQuote: true, id: null };
  const id = kind === 'viewRecord' ? idOfRecord(record.uri) : null;
  if (id === null) return { isQuote: false, id }; // a list, a feed, a profile
  const view = quotedSchema.safeParse(record).data;
  return view === undefined ? { isQuote: true, id } : { isQuote: true, id, view };
}
