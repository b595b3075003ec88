import { z } from 'zod';
import type { Post } from '../model/post.ts';
import { cutWords } from '../model/words.ts';
import { cleanText, oneLine } from '../lib/text.ts';
import { parseIsoTime } from './dates.ts';
import { languageOf, looksCut, plainAddress, repostedHandle } from './marks.ts';

/** One thing found in a file: a post, or a place that is none and why. */
export type Row = { readonly kind: 'post'; readonly line: number; readonly post: Post } | Problem;

/** A place in a file that could not be read. */
export type Problem = { readonly kind: 'problem'; readonly line: number; readonly reason: string };

const REASON_LENGTH = 160;

/** A problem row; its reason is one line of at most 160 characters. */
export function problem(line: number, reason: string): Problem {
  return { kind: 'problem', line, reason: shorten(oneLine(cleanText(reason)), REASON_LENGTH) };
}

/**
 * Checks a post in the form of our JSON Lines, wherever it came from: every source is brought into
 * this form first, so that there is one place that says what a post must have.
 */
export function readPost(draft: unknown, line: number): Row {
  const result = rowSchema.safeParse(draft);
  if (!result.success) return problem(line, reasonOf(result.error, draft));
  const post = postOf(result.data);
  const isEmpty = post.text.trim() === '' && post.urls.length === 0 && !post.isQuote;
  return isEmpty ? problem(line, '"text" is empty') : { kind: 'post', line, post };
}

/** A sentence on the first thing that a schema found wrong: the field, and what stands there. */
export function reasonOf(error: z.core.$ZodError, value: unknown): string {
  const issue = error.issues[0];
  const path = issue?.path ?? [];
  const found = path.reduce<unknown>(member, value);
  if (path.length === 0) return `not a post: ${show(found)}`;
  const name = `"${path
    .map((key) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`))
    .join('')
    .slice(1)}"`;
  return found === undefined || found === null
    ? `${name} is missing`
    : `${name} ${issue?.message}: ${show(found)}`;
}

function member(value: unknown, key: PropertyKey): unknown {
  return typeof value === 'object' && value !== null
    ? Object.getOwnPropertyDescriptor(value, key)?.value
    : undefined;
}

/** A found value in a few characters. */
function show(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(shorten(value, 60));
  if (Array.isArray(value)) return 'a list';
  return typeof value === 'object' && value !== null ? 'an object' : String(value);
}

function shorten(text: string, length: number): string {
  return text.length <= length ? text : `${text.slice(0, length - 1).toWellFormed()}…`;
}

/** A string, cleaned for the database and the chats. */
const cleaned = z.string('is not text').transform(cleanText);
const trimmed = cleaned.transform((text) => text.trim());

/** X's ids have more digits than a JSON number keeps: one that is too long has become another. */
const id = z
  .union(
    [
      z.string(),
      z.number().refine(Number.isSafeInteger, 'has lost digits as a number, write it as a string'),
    ],
    'is not an id',
  )
  .transform((value) => cleanText(String(value)).trim())
  .pipe(z.string().min(1, 'is empty').max(200, 'is longer than 200 characters'));

const author = trimmed
  .transform((handle) => handle.replace(/^@+/, ''))
  .pipe(z.string().min(1, 'is empty').max(100, 'is longer than 100 characters'));

const FIRST_YEAR = 2006;
const LAST_YEAR = 2100;

const time = z.string('is not a date').transform((text, context) => {
  const instant = parseIsoTime(text.trim());
  const year = instant?.getUTCFullYear() ?? FIRST_YEAR;
  if (instant !== null && year >= FIRST_YEAR && year <= LAST_YEAR) return instant;
  const message =
    instant === null ? 'is not a date' : `is not between ${FIRST_YEAR} and ${LAST_YEAR}`;
  context.addIssue({ code: 'custom', message });
  return z.NEVER;
});

const NOT_A_COUNT = 'is not a whole number';

/** A number of people, or of what they did; one that is greater than any can be is made up, and unknown. */
const countUpTo = (most: number) =>
  z
    .number(NOT_A_COUNT)
    .refine((value) => Number.isInteger(value) && value >= 0, NOT_A_COUNT)
    .transform((value) => (value > most ? null : value))
    .nullish();
const count = countUpTo(2 ** 31);
/** Everybody may look more than once. */
const viewCount = countUpTo(2 ** 40);

/** The id of another post; an empty one is as good as none. */
const otherId = z.preprocess((value) => (value === '' ? null : value), id.nullish());

const flag = z.boolean('is not true or false').nullish();

/** An address of the web; an empty one for what is none. */
const address = trimmed.transform((link) => plainAddress(link) ?? '');

/** No network lets people write a quarter of it. */
const LONGEST_TEXT = 100_000;
const MOST_URLS = 100;

/** Our JSON Lines form of a post. */
const rowSchema = z.object({
  id,
  author,
  author_name: cleaned.transform((name) => shorten(name, 200)).nullish(),
  author_bio: cleaned.transform((bio) => shorten(bio, 2000)).nullish(),
  author_followers: count,
  text: cleaned.pipe(z.string().max(LONGEST_TEXT, 'is longer than 100,000 characters')),
  truncated: flag,
  created_at: time,
  lang: z.string('is not text').nullish(),
  likes: count,
  retweets: count,
  replies: count,
  quotes: count,
  views: viewCount,
  url: address.nullish(),
  urls: z
    .array(address, 'is not a list')
    .transform((urls) => urls.slice(0, MOST_URLS))
    .nullish(),
  conversation_id: otherId,
  reply_to_id: otherId,
  quoted_id: otherId,
  is_quote: flag,
  repost_of_id: otherId,
  is_retweet: flag,
  edit_ids: z.array(id, 'is not a list').max(100, 'has more than 100 versions').nullish(),
  seen_at: time.nullish(),
});

/** A post on its way in, in the field names of our JSON Lines. */
export type PostDraft = { readonly [Field in keyof z.input<typeof rowSchema>]?: unknown };

function postOf(row: z.output<typeof rowSchema>): Post {
  return {
    id: row.id,
    author: row.author,
    authorName: row.author_name?.trim() ? row.author_name : row.author,
    authorBio: row.author_bio ?? null,
    authorFollowers: row.author_followers ?? null,
    text: row.text,
    truncated: row.truncated ?? looksCut(row.text),
    words: cutWords(row.text),
    createdAt: row.created_at,
    lang: languageOf(row.lang ?? ''),
    likes: row.likes ?? null,
    reposts: row.retweets ?? null,
    replies: row.replies ?? null,
    quotes: row.quotes ?? null,
    views: row.views ?? null,
    url: row.url || null,
    urls: (row.urls ?? []).filter((url) => url !== ''),
    ...relationsOf(row),
  };
}

function relationsOf(row: z.output<typeof rowSchema>) {
  const quotedId = row.quoted_id ?? null;
  const repostOfId = row.repost_of_id ?? null;
  return {
    conversationId: row.conversation_id ?? null,
    replyToId: row.reply_to_id ?? null,
    quotedId,
    isQuote: row.is_quote ?? quotedId !== null,
    repostOfId,
    isRepost: (row.is_retweet ?? repostOfId !== null) || repostedHandle(row.text) !== null,
    editIds: row.edit_ids ?? [],
    seenAt: row.seen_at ?? null,
  };
}
