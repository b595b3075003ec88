import { z } from 'zod';
import { parseIsoTime } from '../dates.ts';
import { formOf } from '../file/form.ts';
import { repostedHandle } from '../marks.ts';
import { problem, readPost, reasonOf, type PostDraft, type Row } from '../row.ts';
import { decodeEntities, expandedLinks, linkSchema, statusUrl, versionsOf } from './links.ts';

/**
 * The posts of one page of the X API v2 (a search, a look-up, a line of a stream), those first that
 * were asked for, then those that they refer to. All of them stand on the line of the page.
 *
 * X is renaming "tweet" to "post" and "retweet" to "repost" in its fields; both are read.
 *
 * @param seenAt When X handed the page out, where that is not written in it.
 */
export function readPage(value: unknown, line: number, seenAt: Date | null = null): Row[] {
  const result = pageSchema.safeParse(value);
  if (!result.success) return [problem(line, reasonOf(result.error, value))];
  const page = openPage(result.data, seenAt);
  const posts = [...page.asked, ...page.referenced.values()];
  if (posts.length === 0 && page.trouble !== null) return [problem(line, page.trouble)];
  if (formOf(value) !== 'x-api') return [problem(line, 'not a page of the X API')];
  return posts.map((post) => readPagePost(post, page, line));
}

const text = z.string('is not text');
const id = z.union([text, z.number()], 'is not an id').transform(String);
/** A field that the check of the post itself will judge. */
const unchecked = z.unknown().optional();
const list = z.array(z.unknown(), 'is not a list');

const errorSchema = z.object({ detail: text.nullish(), title: text.nullish() });

const pageSchema = z.object({
  data: unchecked,
  includes: z
    .object(
      { tweets: list.nullish(), posts: list.nullish(), users: list.nullish() },
      'is no object',
    )
    .nullish(),
  errors: list.nullish(),
  detail: text.nullish(),
  title: text.nullish(),
  // The recorder twarc notes when it got the page; X itself does not say.
  __twarc: z.object({ retrieved_at: unchecked }).nullish().catch(null),
});

const userSchema = z.object({
  id,
  username: text,
  name: text.nullish(),
  description: text.nullish(),
  public_metrics: z.object({ followers_count: unchecked }).nullish(),
});
type User = z.output<typeof userSchema>;

const entities = z
  .object({ urls: z.array(linkSchema, 'is not a list').nullish() }, 'is no object')
  .nullish();
const note = z.object({ text, entities }, 'is no object').nullish();
const references = z.array(z.object({ type: text, id }, 'is no object'), 'is not a list').nullish();
const versions = z.array(id, 'is not a list').nullish();

const postSchema = z.object({
  id: z.union([z.string(), z.number()], 'is not an id'),
  author_id: id.nullish(),
  text: text.nullish(),
  created_at: unchecked,
  lang: unchecked,
  conversation_id: unchecked,
  entities,
  note_tweet: note,
  note_post: note,
  referenced_tweets: references,
  referenced_posts: references,
  edit_history_tweet_ids: versions,
  edit_history_post_ids: versions,
  public_metrics: z.record(z.string(), z.unknown(), 'is no object').nullish(),
});
type XPost = z.output<typeof postSchema>;

type Page = {
  readonly asked: readonly unknown[];
  /** The posts that came along, by id, without those that were asked for. */
  readonly referenced: ReadonlyMap<unknown, unknown>;
  readonly byId: ReadonlyMap<unknown, unknown>;
  readonly users: ReadonlyMap<string, User>;
  /** When the page was handed out, if it says. */
  readonly seenAt: string | null;
  /** What X says went wrong, if it says anything. */
  readonly trouble: string | null;
};

function openPage(page: z.output<typeof pageSchema>, seenAt: Date | null): Page {
  const { data, includes, errors, detail, title } = page;
  const posts: readonly unknown[] = Array.isArray(data) ? data : data ? [data] : [];
  const asked = new Map(posts.map((post) => [idOf(post), post]));
  const came = [...(includes?.tweets ?? []), ...(includes?.posts ?? [])];
  const included = new Map(came.map((post) => [idOf(post), post]));
  return {
    asked: posts,
    referenced: new Map([...included].filter(([key]) => !asked.has(key))),
    byId: new Map([...included, ...asked]),
    users: usersById(includes?.users ?? []),
    seenAt: (parseIsoTime(String(page['__twarc']?.retrieved_at)) ?? seenAt)?.toISOString() ?? null,
    trouble: troubleOf([...(errors ?? []), { detail, title }]),
  };
}

const identified = z.object({ id });

function idOf(post: unknown): unknown {
  // Without an id it is a problem of its own, not one and the same as the next.
  return identified.safeParse(post).data?.id ?? post;
}

/** The users by id; one that is no user is left out, and his posts keep the id for a name. */
function usersById(values: readonly unknown[]): Map<string, User> {
  const users = values.map((value) => userSchema.safeParse(value)).filter((user) => user.success);
  return new Map(users.map((user) => [user.data.id, user.data]));
}

function troubleOf(errors: readonly unknown[]): string | null {
  for (const value of errors) {
    const error = errorSchema.safeParse(value);
    const words = error.data?.detail || error.data?.title;
    if (words) return `X answered with an error: ${words}`;
  }
  return errors.length > 1 ? 'X answered with an error' : null;
}

function readPagePost(value: unknown, page: Page, line: number): Row {
  const result = postSchema.safeParse(value);
  const row = result.success
    ? readPost(draftOf(result.data, page), line)
    : problem(line, reasonOf(result.error, value));
  if (row.kind === 'post') return row;
  // All posts of a page share its line, so the id must say which one it was.
  const key = identified.safeParse(value).data?.id;
  return key === undefined ? row : problem(line, `post ${key.slice(0, 40)}: ${row.reason}`);
}

function draftOf(post: XPost, page: Page): PostDraft {
  const { quotedId, repostOfId } = relationsOf(post);
  return {
    id: post.id,
    ...authorOf(post, page),
    ...contentOf(post, page),
    created_at: post.created_at,
    lang: post.lang,
    ...countsOf(post),
    conversation_id: post.conversation_id,
    reply_to_id: referenceOf(post, ['replied_to']),
    quoted_id: quotedId,
    is_quote: quotedId !== null,
    repost_of_id: repostOfId,
    is_retweet: repostOfId !== null,
    edit_ids: editsOf(post),
    seen_at: page.seenAt,
  };
}

function relationsOf(post: XPost) {
  return {
    quotedId: referenceOf(post, ['quoted']),
    repostOfId: referenceOf(post, ['retweeted', 'reposted']),
  };
}

function editsOf(post: XPost): string[] {
  const ids = post.edit_history_tweet_ids ?? post.edit_history_post_ids;
  return versionsOf(ids, String(post.id));
}

function referenceOf(post: XPost, types: readonly string[]): string | null {
  const all = post.referenced_tweets ?? post.referenced_posts ?? [];
  return all.find((reference) => types.includes(reference.type))?.id ?? null;
}

/**
 * Who wrote it. X names the author only in `includes.users`, which it sends when asked for
 * (`expansions=author_id`); without that, the id stands for handle and name, and no address is made.
 */
function authorOf(post: XPost, page: Page): PostDraft {
  const user = page.users.get(post.author_id ?? '');
  if (user === undefined) return { author: post.author_id, author_name: post.author_id };
  return {
    author: user.username,
    author_name: user.name,
    author_bio: user.description || null,
    author_followers: countOf(user.public_metrics?.followers_count),
    url: statusUrl(user.username, String(post.id)),
  };
}

function countsOf({ public_metrics: metrics }: XPost): PostDraft {
  return {
    likes: countOf(metrics?.['like_count']),
    retweets: countOf(metrics?.['retweet_count'] ?? metrics?.['repost_count']),
    replies: countOf(metrics?.['reply_count']),
    quotes: countOf(metrics?.['quote_count']),
    views: countOf(metrics?.['impression_count']),
  };
}

/** A number of X's, which is known to be less than nothing now and then: then it is unknown. */
function countOf(value: unknown): unknown {
  return typeof value === 'number' && value < 0 ? null : value;
}

type Content = {
  readonly text: string | null | undefined;
  readonly truncated: boolean | null;
  readonly urls: readonly string[];
};

/** Text and links; a repost takes them from the original where it came along, for X cuts its own. */
function contentOf(post: XPost, page: Page): Content {
  const { repostOfId } = relationsOf(post);
  if (repostOfId === null) return ownContent(post);
  const original = postSchema.safeParse(page.byId.get(repostOfId)).data;
  const handle = original && handleOf(original, post, page);
  if (!handle) return ownContent(post);
  const content = ownContent(original);
  return { ...content, text: `RT @${handle}: ${content.text ?? ''}` };
}

function handleOf(original: XPost, repost: XPost, page: Page): string | null {
  return page.users.get(original.author_id ?? '')?.username ?? repostedHandle(repost.text ?? '');
}

/** Of a long post, `text` is only the beginning; all of it stands in the note. */
function ownContent(post: XPost): Content {
  const long = post.note_tweet ?? post.note_post;
  const full = long?.text ?? post.text;
  const { quotedId, repostOfId } = relationsOf(post);
  const ownIds = new Set([String(post.id), quotedId, repostOfId, ...editsOf(post)]);
  return {
    text: full && decodeEntities(full),
    truncated: long ? false : null,
    urls: expandedLinks((long?.entities ?? post.entities)?.urls ?? [], ownIds),
  };
}
