import { NAMES, type Naming } from './x-naming.ts';
import { notAuthorized, notFound, privateField, type Problem, type Wanted } from './x-refused.ts';
import type { Media, Metrics, World, XPost, XUser } from './x-world.ts';

/** What of posts and users an answer shows, and what comes along. */
export type Wish = {
  readonly naming: Naming;
  readonly postFields: ReadonlySet<string>;
  readonly userFields: ReadonlySet<string>;
  readonly mediaFields: ReadonlySet<string>;
  /** By the names of `tweet` naming. */
  readonly expansions: ReadonlySet<string>;
};

type Json = Readonly<Record<string, unknown>>;
export type Shown = {
  readonly data: readonly Json[];
  readonly includes: Json | null;
  readonly errors: readonly Problem[];
  /** The posts and users in it. */
  readonly posts: readonly string[];
  readonly users: readonly string[];
};

const EDITABLE_MS = 60 * 60_000;
const PRIVATE = ['non_public_metrics', 'organic_metrics', 'promoted_metrics'];

/** Shows posts, with what the expansions ask for. */
export function showPosts(posts: readonly XPost[], world: World, wish: Wish, now: Date): Shown {
  const fields = fieldsOf(wish);
  const show = (post: XPost) => showPost(post, fields, wish, now);
  const { tweets, users, media, errors } = alongWith(posts, world, wish.expansions);
  const includes = {
    ...(users.length > 0 && { users: users.map((user) => showUser(user, wish, world)) }),
    ...(tweets.length > 0 && { [NAMES[wish.naming].includes]: tweets.map(show) }),
    ...(media.length > 0 && { media: media.map((each) => showMedia(each, wish)) }),
  };
  return {
    data: posts.map(show),
    includes: Object.keys(includes).length > 0 ? includes : null,
    errors: [...errors, ...privateFields(posts, wish)],
    posts: [...posts, ...tweets].map(({ id }) => id),
    users: users.map(({ id }) => id),
  };
}

export function showUsers(users: readonly XUser[], world: World, wish: Wish): Shown {
  const data = users.map((user) => showUser(user, wish, world));
  return { data, includes: null, errors: [], posts: [], users: users.map(({ id }) => id) };
}

type Make = (post: XPost, wish: Wish, now: Date) => unknown;

/** What stands in which field; where it is undefined, the field is left out. */
const FIELDS: Readonly<Record<string, Make>> = {
  created_at: (post) => new Date(post.createdAt).toISOString(),
  author_id: (post) => post.author.id,
  conversation_id: (post) => post.conversationId,
  in_reply_to_user_id: (post) => post.repliedToUser ?? undefined,
  referenced_tweets: (post) => referencesOf(post),
  attachments: ({ media }) =>
    media.length > 0 ? { media_keys: media.map((each) => each.media_key) } : undefined,
  entities: (post) => post.entities ?? undefined,
  withheld: ({ withheldIn }) =>
    withheldIn.length > 0
      ? { copyright: false, country_codes: withheldIn, scope: 'tweet' }
      : undefined,
  public_metrics: (post, { naming }) => metricsOf(post.metrics, NAMES[naming].reposts),
  edit_controls: (post, _, now) => editControlsOf(post, now),
  possibly_sensitive: (post) => post.isSensitive,
  lang: (post) => post.lang,
  reply_settings: () => 'everyone',
  note_tweet: ({ note }) =>
    note ? { text: note.text, ...(note.entities && { entities: note.entities }) } : undefined,
};

type Field = { readonly name: string; readonly make: Make };

/** The fields that were asked for; an expansion brings along the field that it expands. */
function fieldsOf({ postFields, expansions, naming }: Wish): Field[] {
  const wanted = new Set(postFields);
  for (const expansion of expansions) wanted.add(expansion.split('.')[0] ?? '');
  const names = [...wanted].filter((name) => Object.hasOwn(FIELDS, name));
  return names.map((name) => {
    const make = FIELDS[name] ?? (() => undefined);
    return { name: NAMES[naming].fields[name] ?? name, make };
  });
}

function showPost(post: XPost, fields: readonly Field[], wish: Wish, now: Date): Json {
  const { id, text, versions } = post;
  const shown: Record<string, unknown> = { id, text, [NAMES[wish.naming].history]: versions };
  for (const { name, make } of fields) {
    const value = make(post, wish, now);
    if (value !== undefined) shown[name] = value;
  }
  return shown;
}

function referencesOf({ repostOf, quoted, repliedTo }: XPost) {
  const all = { retweeted: repostOf, quoted, replied_to: repliedTo };
  const references = Object.entries(all).filter(([, id]) => id !== null);
  return references.length > 0 ? references.map(([type, id]) => ({ type, id })) : undefined;
}

function metricsOf(metrics: Metrics, reposts: string): Json {
  return {
    [reposts]: metrics.reposts,
    reply_count: metrics.replies,
    like_count: metrics.likes,
    quote_count: metrics.quotes,
    bookmark_count: metrics.bookmarks,
    impression_count: metrics.views,
  };
}

function editControlsOf({ createdAt, versions }: XPost, now: Date): Json {
  const until = createdAt + EDITABLE_MS;
  return {
    edits_remaining: Math.max(0, 6 - versions.length),
    is_edit_eligible: now.getTime() < until,
    editable_until: new Date(until).toISOString(),
  };
}

type MakeOfUser = (user: XUser, wish: Wish, world: World) => unknown;

const USER_FIELDS: Readonly<Record<string, MakeOfUser>> = {
  created_at: (user) => new Date(user.createdAt).toISOString(),
  description: (user) => user.description,
  protected: (user) => user.state === 'protected',
  verified: (user) => user.isVerified,
  verified_type: (user) => (user.isVerified ? 'blue' : 'none'),
  public_metrics: ({ id, followers }, { naming }, world) => ({
    followers_count: followers,
    following_count: 0,
    [NAMES[naming].posts]: world.postsBy(id).length,
    listed_count: 0,
  }),
};

function showUser(user: XUser, wish: Wish, world: World): Json {
  const { id, name, username } = user;
  const shown: Record<string, unknown> = { id, name, username };
  for (const field of wish.userFields) {
    const value = USER_FIELDS[field]?.(user, wish, world);
    if (value !== undefined) shown[field] = value;
  }
  return shown;
}

function showMedia({ media_key, type, url }: Media, { mediaFields }: Wish): Json {
  return { media_key, type, ...(mediaFields.has('url') && { url }) };
}

function privateFields(posts: readonly XPost[], { postFields }: Wish): Problem[] {
  const names = PRIVATE.filter((name) => postFields.has(name));
  return names.flatMap((name) => posts.map(({ id }) => privateField(name, id)));
}

/** What the expansions bring, each once. */
function alongWith(posts: readonly XPost[], world: World, expansions: ReadonlySet<string>) {
  if (expansions.size === 0) return { tweets: [], users: [], media: [], errors: [] };
  const along = new Along(world);
  const has = (name: string) => expansions.has(name);
  const authors = has('referenced_tweets.id.author_id');
  for (const post of posts) {
    if (has('author_id')) along.users.add(post.author);
    if (authors || has('referenced_tweets.id')) along.addReferences(post, authors);
    if (has('in_reply_to_user_id')) along.addAuthorOf(post.repliedTo);
    if (has('entities.mentions.username')) along.addMentions(post);
    if (has('edit_history_tweet_ids')) along.addVersions(post);
    if (has('attachments.media_keys')) for (const each of post.media) along.media.add(each);
  }
  const { tweets, users, media, errors } = along;
  return {
    tweets: [...tweets],
    users: [...users],
    media: [...media],
    errors: [...errors.values()],
  };
}

class Along {
  readonly tweets = new Set<XPost>();
  readonly users = new Set<XUser>();
  readonly media = new Set<Media>();
  readonly errors = new Map<string, Problem>();
  readonly #world: World;

  constructor(world: World) {
    this.#world = world;
  }

  addReferences({ repostOf, quoted, repliedTo }: XPost, withAuthors: boolean): void {
    for (const id of [repostOf, quoted, repliedTo]) {
      if (id === null) continue;
      const post = this.#world.post(id);
      const wanted: Wanted = { kind: 'tweet', parameter: 'referenced_tweets.id', value: id };
      const problem = whyHidden(post, wanted);
      if (problem) this.errors.set(id, problem);
      else if (post) this.tweets.add(post);
      if (post && !problem && withAuthors) this.users.add(post.author);
    }
  }

  addAuthorOf(id: string | null): void {
    const author = id === null ? undefined : this.#world.post(id)?.author;
    if (author) this.users.add(author);
  }

  addMentions({ entities }: XPost): void {
    for (const { id } of entities?.mentions ?? []) {
      const user = this.#world.users.get(id);
      if (user) this.users.add(user);
    }
  }

  addVersions({ versions }: XPost): void {
    for (const id of versions) {
      const post = this.#world.post(id);
      if (post) this.tweets.add(post);
    }
  }
}

/** Why a post is not shown, or null where it is. */
export function whyHidden(post: XPost | undefined, wanted: Wanted): Problem | null {
  if (!post || post.isDeleted || post.author.state === 'suspended') return notFound(wanted);
  const isHidden = post.author.state === 'protected' || post.withheldIn.includes('XX');
  return isHidden ? notAuthorized(wanted) : null;
}
