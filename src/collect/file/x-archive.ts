import { z } from 'zod';
import { isoFromXTime } from '../dates.ts';
import { problem, readPost, reasonOf, type PostDraft, type Row } from '../row.ts';
import { decodeEntities, expandedLinks, linkSchema, statusUrl, versionsOf } from '../x/links.ts';

/** Whose account an archive holds; the posts in it do not say. */
export type Owner = { readonly author: string; readonly authorName: string };

/** One element of an archive's `tweets.js`, with or without its `tweet` wrapper. */
export function readArchivePost(value: unknown, line: number, owner: Owner): Row {
  const inner = unwrap(value);
  const result = archiveSchema.safeParse(inner);
  return result.success
    ? readPost(draftOf(result.data, owner), line)
    : problem(line, reasonOf(result.error, inner));
}

/** The post inside the wrapper `{tweet: …}`. */
export function unwrap(value: unknown): unknown {
  return typeof value === 'object' && value !== null && 'tweet' in value ? value.tweet : value;
}

const text = z.string('is not text');
/** A field that the check of the post itself will judge. */
const unchecked = z.unknown().optional();
const links = z.array(linkSchema, 'is not a list').nullish();
const versions = z.object({ editTweetIds: z.array(text).nullish() }).nullish();

const archiveSchema = z.object({
  id_str: text.nullish(),
  id: unchecked,
  full_text: text.nullish(),
  text: text.nullish(),
  truncated: unchecked,
  created_at: unchecked,
  lang: unchecked,
  favorite_count: unchecked,
  retweet_count: unchecked,
  in_reply_to_status_id_str: unchecked,
  in_reply_to_status_id: unchecked,
  quoted_status_id_str: text.nullish(),
  entities: z.object({ urls: links }, 'is no object').nullish(),
  edit_info: z
    .object({
      initial: versions,
      edit: z.object({ editControlInitial: versions }).nullish(),
    })
    .nullish(),
});
type ArchivePost = z.output<typeof archiveSchema>;

function draftOf(post: ArchivePost, owner: Owner): PostDraft {
  const id = post.id_str ?? post.id;
  const key = String(id);
  const full = post.full_text ?? post.text;
  const { initial, edit } = post.edit_info ?? {};
  const ids = edit?.editControlInitial?.editTweetIds ?? initial?.editTweetIds;
  return {
    id,
    author: owner.author,
    author_name: owner.authorName,
    text: full && decodeEntities(full),
    // The archive says `false` of reposts too that it holds cut, so only `true` can be believed.
    truncated: post.truncated === true ? true : null,
    created_at:
      typeof post.created_at === 'string' ? isoFromXTime(post.created_at) : post.created_at,
    lang: post.lang,
    likes: countOf(post.favorite_count),
    retweets: countOf(post.retweet_count),
    url: statusUrl(owner.author, key),
    urls: expandedLinks(post.entities?.urls ?? [], new Set([key, post.quoted_status_id_str])),
    reply_to_id: post.in_reply_to_status_id_str ?? post.in_reply_to_status_id,
    quoted_id: post.quoted_status_id_str,
    edit_ids: versionsOf(ids, key),
  };
}

/** The archive writes its numbers as text. */
function countOf(value: unknown): unknown {
  return typeof value === 'string' && /^\d{1,15}$/.test(value) ? Number(value) : value;
}

const mediaSchema = z.object({
  id_str: text,
  entities: z.object({ media: z.array(z.object({ expanded_url: text })) }),
});
const OWN_MEDIA = /^https?:\/\/(?:twitter|x)\.com\/(\w{1,30})\/status\/(\d+)\/(?:photo|video)\/\d+/;

/** The owner's handle, as the link of a post to its own picture or film names it; else `null`. */
export function handleInMedia(value: unknown): string | null {
  const post = mediaSchema.safeParse(unwrap(value)).data;
  for (const { expanded_url: url } of post?.entities.media ?? []) {
    const [, handle, id] = OWN_MEDIA.exec(url) ?? [];
    if (handle !== undefined && id === post?.id_str) return handle;
  }
  return null;
}

const accountSchema = z
  .array(
    z.object({ account: z.object({ username: text.min(1), accountDisplayName: text.optional() }) }),
  )
  .min(1);

/** The owner that an archive's `account.js` names, or `null` when it is not one. */
export function ownerInAccount(source: string): Owner | null {
  const account = accountSchema.safeParse(parseAssigned(source)).data?.[0]?.account;
  if (account === undefined) return null;
  return { author: account.username, authorName: account.accountDisplayName || account.username };
}

/** The JSON behind an assignment (`window.YTD.account.part0 = [ … ]`). */
function parseAssigned(source: string): unknown {
  try {
    return JSON.parse(source.slice(source.indexOf('=') + 1).replace(/;\s*$/, ''));
  } catch {
    return null;
  }
}
