import { createHash } from 'node:crypto';

import { lexicons } from '@atproto/api';
import { onTestFinished } from 'vitest';

import { type Answer, type Asked, JsonApi, Refusal } from './json-api.ts';

type Json = Readonly<Record<string, unknown>>;

export type FakeAccount = {
  readonly did: string;
  readonly handle: string;
  readonly displayName: string;
  readonly labels: readonly string[];
};

type Item = {
  readonly uri: string;
  readonly by: FakeAccount;
  readonly sortAt: string;
  readonly indexedAt: string;
  /** The post that it is, or reposts. */
  readonly post: FakePost;
};

type FakePost = {
  readonly uri: string;
  readonly by: FakeAccount;
  readonly record: Json;
  readonly indexedAt: string;
  readonly sortAt: string;
  readonly labels: readonly string[];
  readonly counts: Json;
  readonly embed: Json | undefined;
};

/** What a post has besides its text. */
export type PostFields = {
  /** Its key in its author's repository. */
  readonly key?: string;
  /** When it was indexed, where that was later than it was written. */
  readonly indexedAt?: Date;
  /** More fields of the record: `facets`, `langs`, `reply`, `labels`. */
  readonly record?: Json;
  readonly labels?: readonly string[];
  readonly counts?: Json;
  /** The URI of the post that it quotes, or what stands for one that is not shown. */
  readonly quotes?: string | Json;
  /** Another embed, as the server shows it. */
  readonly embed?: Json;
};

/** Who may search: everybody, everybody without cursors, nobody without an account. */
export type SearchDoor = 'open' | 'no-cursors' | 'closed';

/** A fake of Bluesky's AppView on a port of this machine, until the test has finished. */
export async function startBluesky(): Promise<FakeBluesky> {
  const bluesky = await FakeBluesky.open();
  onTestFinished(async () => {
    await bluesky.api.close();
    if (bluesky.api.faults.length > 0) throw new Error(bluesky.api.faults.join('; '));
  });
  return bluesky;
}

/**
 * The public AppView: parameters and answers are checked against Bluesky's own lexicons. Feeds are
 * ordered by when a thing was written, or indexed where that was earlier; cursors name a place in
 * that order.
 */
export class FakeBluesky {
  readonly #accounts = new Map<string, FakeAccount>();
  readonly #posts = new Map<string, FakePost>();
  readonly #items: Item[] = [];
  /** Accounts that were closed, with what is said of them. */
  readonly closed = new Map<string, string>();
  search: SearchDoor = 'open';
  #api: JsonApi | null = null;
  #keys = 0;

  static async open(): Promise<FakeBluesky> {
    const bluesky = new FakeBluesky();
    bluesky.#api = await JsonApi.open((asked) => bluesky.#answer(asked));
    return bluesky;
  }

  get api(): JsonApi {
    if (this.#api === null) throw new Error('the fake is not open');
    return this.#api;
  }

  account(handle: string, fields: Partial<FakeAccount> = {}): FakeAccount {
    const did = `did:plc:${base32(createHash('sha256').update(handle).digest()).slice(0, 24)}`;
    const account = { did, handle, displayName: '', labels: [], ...fields };
    this.#accounts.set(account.did, account);
    return account;
  }

  /** The account has another handle from now on. */
  rename(account: FakeAccount, handle: string): void {
    this.#accounts.set(account.did, { ...account, handle });
  }

  /** Answers the URI of the post. */
  post(by: FakeAccount, text: string, at: Date, fields: PostFields = {}): string {
    const { indexedAt = at, record = {}, labels = [], counts = {}, quotes } = fields;
    const uri = `at://${by.did}/app.bsky.feed.post/${fields.key ?? this.#key()}`;
    const { createdAt = at.toISOString() } = record as { createdAt?: string };
    const post: FakePost = {
      uri,
      by,
      record: { $type: 'app.bsky.feed.post', text, createdAt, ...record },
      indexedAt: indexedAt.toISOString(),
      sortAt: sortTime(createdAt, indexedAt),
      labels,
      counts,
      embed: quotes === undefined ? fields.embed : this.#quotation(quotes, fields.embed),
    };
    this.#posts.set(uri, post);
    this.#items.push({ uri, by, sortAt: post.sortAt, indexedAt: post.indexedAt, post });
    return uri;
  }

  /** Answers the URI of the repost. */
  repost(by: FakeAccount, uri: string, at: Date): string {
    const post = this.#posts.get(uri);
    if (post === undefined) throw new Error(`there is no ${uri}`);
    const own = `at://${by.did}/app.bsky.feed.repost/${this.#key()}`;
    const time = at.toISOString();
    this.#items.push({ uri: own, by, sortAt: time, indexedAt: time, post });
    return own;
  }

  #key(): string {
    this.#keys += 1;
    return `3k${String(this.#keys).padStart(11, 'a')}`;
  }

  #answer({ path, parameters }: Asked): Answer {
    const method = path.replace('/xrpc/', '');
    const given = this.#checked(method, parameters);
    const body = this.#body(method, given);
    lexicons.assertValidXrpcOutput(method, body);
    return { status: 200, body };
  }

  #body(method: string, parameters: Json): Json {
    switch (method) {
      case 'app.bsky.actor.getProfile': {
        const { did, handle, displayName } = this.#find(parameters['actor']);
        return { did, handle, displayName, labels: [] };
      }
      case 'app.bsky.feed.getAuthorFeed':
        return this.#feed(parameters);
      default:
        return this.#found(parameters);
    }
  }

  /** The parameters, read as the method's lexicon says. */
  #checked(method: string, parameters: URLSearchParams): Json {
    const definition = METHODS.has(method) ? lexicons.getDefOrThrow(method, ['query']) : null;
    if (definition?.type !== 'query') {
      throw new Refusal(404, { error: 'XRPCNotSupported', message: 'XRPCNotSupported' });
    }
    const known = definition.parameters?.properties ?? {};
    const given = [...new Set(parameters.keys())].map((name): [string, unknown] => {
      const type = known[name]?.type;
      // The real one takes no notice of it: whoever sends it means something else.
      if (type === undefined) throw new Error(`${method} has no parameter "${name}"`);
      const value = parameters.get(name) ?? '';
      if (type === 'array') return [name, parameters.getAll(name)];
      return [
        name,
        type === 'integer' ? Number(value) : type === 'boolean' ? value === 'true' : value,
      ];
    });
    try {
      const checked = lexicons.assertValidXrpcParams(method, Object.fromEntries(given));
      return checked ?? {};
    } catch (error) {
      throw invalid(`Error: ${(error as Error).message}`);
    }
  }

  #find(actor: unknown): FakeAccount {
    const all = [...this.#accounts.values()];
    const account = all.find(({ did, handle }) => did === actor || handle === actor);
    if (account === undefined) throw invalid('Profile not found');
    const reason = this.closed.get(account.did);
    if (reason !== undefined) {
      throw new Refusal(400, { error: reason, message: 'Account has been suspended' });
    }
    return account;
  }

  #feed(parameters: Json): Json {
    const account = this.#find(parameters['actor']);
    const items = this.#items.filter(({ by }) => by.did === account.did);
    const { page, cursor } = pageOf(items, parameters);
    return { feed: page.map((item) => this.#feedItem(item)), ...cursor };
  }

  #found(parameters: Json): Json {
    if (this.search === 'closed') throw new Refusal(403, FORBIDDEN);
    const { q, since, until, cursor: asked } = parameters as Record<string, string>;
    if (asked !== undefined && this.search === 'no-cursors') throw new Refusal(403, FORBIDDEN);
    const tag = /^#(\S+)$/.exec(q ?? '')?.[1]?.toLowerCase();
    if (tag === undefined) throw new Error('the fake searches for hashtags only');
    const items = this.#items.filter(
      ({ uri, post, sortAt }) =>
        uri === post.uri &&
        tagsIn(post).includes(tag) &&
        (since === undefined || sortAt >= since) &&
        (until === undefined || sortAt < until),
    );
    const { page, cursor } = pageOf(items, parameters);
    return { posts: page.map(({ post }) => this.#view(post)), ...cursor };
  }

  #feedItem({ uri, by, indexedAt, post }: Item): Json {
    const { reply } = post.record as { reply?: { root: Json; parent: Json } };
    const isRepost = uri !== post.uri;
    return {
      post: this.#view(post),
      ...(reply === undefined || isRepost
        ? {}
        : { reply: { root: this.#parent(reply.root), parent: this.#parent(reply.parent) } }),
      ...(isRepost
        ? {
            reason: {
              $type: 'app.bsky.feed.defs#reasonRepost',
              by: this.#profile(by),
              uri,
              cid: cidOf(uri),
              indexedAt,
            },
          }
        : {}),
    };
  }

  #parent({ uri }: Json): Json {
    const post = this.#posts.get(String(uri));
    return post === undefined
      ? { $type: 'app.bsky.feed.defs#notFoundPost', uri, notFound: true }
      : { $type: 'app.bsky.feed.defs#postView', ...this.#view(post) };
  }

  #view({ uri, by, record, indexedAt, labels, counts, embed }: FakePost): Json {
    return {
      uri,
      cid: cidOf(uri),
      author: this.#profile(by),
      record,
      ...(embed === undefined ? {} : { embed }),
      indexedAt,
      labels: labels.map((val) => labelOf(uri, val)),
      bookmarkCount: 0,
      replyCount: 0,
      repostCount: 0,
      likeCount: 0,
      quoteCount: 0,
      ...counts,
    };
  }

  #profile({ did }: FakeAccount): Json {
    const { handle, displayName, labels } = this.#find(did);
    return { did, handle, displayName, labels: labels.map((val) => labelOf(did, val)) };
  }

  #quotation(quoted: string | Json, media: Json | undefined): Json {
    const record = {
      $type: 'app.bsky.embed.record#view',
      record: typeof quoted === 'string' ? this.#quoted(quoted) : quoted,
    };
    return media === undefined
      ? record
      : { $type: 'app.bsky.embed.recordWithMedia#view', record, media };
  }

  #quoted(uri: string): Json {
    const post = this.#posts.get(uri);
    if (post === undefined) {
      return { $type: 'app.bsky.embed.record#viewNotFound', uri, notFound: true };
    }
    const { record, embed, ...view } = this.#view(post);
    const embeds = embed === undefined ? [] : [embed];
    return { $type: 'app.bsky.embed.record#viewRecord', ...view, value: record, embeds };
  }
}

const METHODS: ReadonlySet<string> = new Set([
  'app.bsky.actor.getProfile',
  'app.bsky.feed.getAuthorFeed',
  'app.bsky.feed.searchPosts',
]);

const FORBIDDEN =
  '<html><body><h1>403 Forbidden</h1>Request forbidden by administrative rules.</body></html>';

function invalid(message: string): Refusal {
  return new Refusal(400, { error: 'InvalidRequest', message });
}

function sortTime(created: string, indexed: Date): string {
  const time = Date.parse(created);
  return new Date(Number.isNaN(time) ? indexed : Math.min(time, indexed.getTime())).toISOString();
}

/** Newest first, behind a cursor; one for what follows, as long as there was anything. */
function pageOf(
  items: readonly Item[],
  { limit, cursor }: { readonly limit?: number; readonly cursor?: string },
) {
  const [, ms, key] = /^(\d+)__(\S+)$/.exec(cursor ?? '') ?? [];
  if (cursor !== undefined && key === undefined) throw invalid('Malformed cursor');
  const place = key === undefined ? null : `${new Date(Number(ms)).toISOString()}__${key}`;
  const page = items
    .map((item) => ({ item, key: `${item.sortAt}__${cidOf(item.uri)}` }))
    .filter((one) => place === null || one.key < place)
    .toSorted((one, other) => (one.key < other.key ? 1 : -1))
    .slice(0, Number(limit))
    .map(({ item }) => item);
  const last = page.at(-1);
  return {
    page,
    cursor: last && { cursor: `${Date.parse(last.sortAt)}__${cidOf(last.uri)}` },
  };
}

function tagsIn({ record }: FakePost): string[] {
  return [...String(record['text']).matchAll(/#([\p{L}\p{N}_]+)/gu)].map(([, tag = '']) =>
    tag.toLowerCase(),
  );
}

function labelOf(uri: string, val: string): Json {
  return { src: 'did:plc:ar7c4by46qjdydhdevvrndac', uri, val, cts: '2026-01-01T00:00:00.000Z' };
}

/** A CID of the right form: version 1, dag-cbor, sha2-256. */
function cidOf(text: string): string {
  const hash = createHash('sha256').update(text).digest();
  return `b${base32(Buffer.concat([Buffer.from([1, 0x71, 0x12, 0x20]), hash]))}`;
}

const LETTERS = 'abcdefghijklmnopqrstuvwxyz234567';

function base32(bytes: Buffer): string {
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, '0')).join('');
  return (bits.match(/.{1,5}/g) ?? [])
    .map((five) => LETTERS[Number.parseInt(five.padEnd(5, '0'), 2)] ?? '')
    .join('');
}
