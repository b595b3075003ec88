import { idAt, timeOf } from './x-snowflake.ts';
import { cut, type Entities, lengthOf, type Pen, write } from './x-text.ts';

export type XUser = {
  readonly id: string;
  readonly username: string;
  name: string;
  description: string;
  followers: number;
  isVerified: boolean;
  readonly createdAt: number;
  state: 'public' | 'protected' | 'suspended';
};

export type Metrics = {
  readonly likes: number;
  readonly reposts: number;
  readonly replies: number;
  readonly quotes: number;
  readonly views: number;
  readonly bookmarks: number;
};

export type Media = { readonly media_key: string; readonly type: string; readonly url: string };

export type XPost = {
  readonly id: string;
  readonly key: bigint;
  readonly author: XUser;
  /** As it was written, all of it. */
  readonly raw: string;
  readonly text: string;
  readonly entities: Entities | null;
  readonly note: { readonly text: string; readonly entities: Entities | null } | null;
  readonly createdAt: number;
  readonly lang: string;
  readonly conversationId: string;
  readonly repliedTo: string | null;
  readonly repliedToUser: string | null;
  readonly quoted: string | null;
  readonly repostOf: string | null;
  readonly media: readonly Media[];
  /** Ids of all its versions, the oldest first; shared by the versions. */
  readonly versions: string[];
  metrics: Metrics;
  isSensitive: boolean;
  isDeleted: boolean;
  /** Countries where it is not shown; `XX`: nowhere. */
  withheldIn: readonly string[];
};

export type XList = { readonly id: string; readonly members: Set<string>; isPrivate: boolean };

/** A post to be added; whoever writes it, and whom it mentions, is made where he is new. */
export type Draft = {
  readonly by: string;
  readonly text: string;
  /** @default one second after the newest post of the world, or now */
  readonly at?: Date;
  readonly id?: string;
  readonly lang?: string;
  readonly metrics?: Partial<Metrics>;
  readonly repliesTo?: string;
  readonly quotes?: string;
  readonly photos?: number;
};

/** From here on a post is long: only its beginning stands in `text`. */
const LONGEST = 280;
const NONE: Metrics = { likes: 0, reposts: 0, replies: 0, quotes: 0, views: 0, bookmarks: 0 };

/** The users, posts and lists that a fake X knows. */
export class World {
  readonly users = new Map<string, XUser>();
  readonly lists = new Map<string, XList>();
  readonly #now: () => Date;
  readonly #byName = new Map<string, XUser>();
  readonly #byId = new Map<string, XPost>();
  readonly #posts: XPost[] = [];
  readonly #byAuthor = new Map<string, XPost[]>();
  readonly #ofLists = new Map<string, { posts: readonly XPost[]; age: number }>();
  #age = 0;
  #links = 0;

  constructor(now: () => Date = () => new Date()) {
    this.#now = now;
  }

  /** All posts that are the newest versions of themselves, the oldest first. */
  get posts(): readonly XPost[] {
    return this.#posts;
  }

  post(id: string): XPost | undefined {
    return this.#byId.get(id);
  }

  user(username: string): XUser | undefined {
    return this.#byName.get(username.toLowerCase());
  }

  addUser(username: string, known: Partial<Omit<XUser, 'username'>> = {}): XUser {
    const user: XUser = {
      id: String(1_000_000 + this.users.size),
      username,
      name: username,
      description: '',
      followers: 0,
      isVerified: false,
      createdAt: Date.UTC(2020, 0, 1),
      state: 'public',
      ...known,
    };
    this.users.set(user.id, user);
    this.#byName.set(username.toLowerCase(), user);
    return user;
  }

  addList(id: string, usernames: readonly string[]): XList {
    const members = new Set(usernames.map((name) => this.#userNamed(name).id));
    const list: XList = { id, members, isPrivate: false };
    this.lists.set(id, list);
    this.#age += 1;
    return list;
  }

  addPost(draft: Draft): XPost {
    const { by, text, at, repliesTo, quotes, metrics } = draft;
    const parent = repliesTo === undefined ? undefined : this.#byId.get(repliesTo);
    const id = this.#newId(draft.id, at ?? this.#nextMoment());
    return this.#keep({
      ...this.#written(id, by, this.#withQuote(text, quotes), draft.photos ?? 0),
      lang: draft.lang ?? 'en',
      conversationId: parent?.conversationId ?? repliesTo ?? id,
      repliedTo: repliesTo ?? null,
      repliedToUser: parent?.author.id ?? null,
      quoted: quotes ?? null,
      repostOf: null,
      versions: [id],
      metrics: { ...NONE, ...metrics },
    });
  }

  /** Passes a post on; the text of the original is cut, as X does it. */
  repost(of: string, { by, at, id }: { by: string; at?: Date; id?: string }): XPost {
    const original = this.#known(of);
    const whole = `RT @${original.author.username}: ${original.raw}`;
    const text = lengthOf(whole) > 140 ? `${cut(whole, 139)}…` : whole;
    const own = this.#newId(id, at ?? this.#nextMoment());
    return this.#keep({
      ...this.#written(own, by, text, 0),
      lang: original.lang,
      conversationId: own,
      repliedTo: null,
      repliedToUser: null,
      quoted: null,
      repostOf: of,
      versions: [own],
      metrics: { ...NONE, reposts: original.metrics.reposts },
    });
  }

  /** Changes a post: it gets another id, and only that one stands in timelines from then on. */
  edit(id: string, text: string, at?: Date): XPost {
    const before = this.#known(id);
    const own = this.#newId(undefined, at ?? this.#nextMoment());
    this.#drop(before);
    before.versions.push(own);
    const conversationId = before.conversationId === id ? own : before.conversationId;
    return this.#keep({
      ...before,
      ...this.#written(own, before.author.username, text, 0),
      conversationId,
    });
  }

  remove(id: string): void {
    this.#known(id).isDeleted = true;
  }

  withhold(id: string, countries: readonly string[]): void {
    this.#known(id).withheldIn = countries;
  }

  measure(id: string, metrics: Partial<Metrics>): void {
    const post = this.#known(id);
    post.metrics = { ...post.metrics, ...metrics };
  }

  /** The posts of a user, the oldest first. */
  postsBy(userId: string): readonly XPost[] {
    return this.#byAuthor.get(userId) ?? [];
  }

  /** The posts of a list's members, the oldest first. */
  postsOf(list: XList): readonly XPost[] {
    const kept = this.#ofLists.get(list.id);
    if (kept?.age === this.#age) return kept.posts;
    const posts = this.#posts.filter(({ author }) => list.members.has(author.id));
    this.#ofLists.set(list.id, { posts, age: this.#age });
    return posts;
  }

  #known(id: string): XPost {
    const post = this.#byId.get(id);
    if (!post) throw new Error(`the world has no post ${id}`);
    return post;
  }

  #userNamed(username: string): XUser {
    return this.user(username) ?? this.addUser(username);
  }

  #nextMoment(): Date {
    const newest = this.#posts.at(-1);
    return newest ? new Date(newest.createdAt + 1000) : this.#now();
  }

  #newId(wanted: string | undefined, at: Date): string {
    let id = wanted === undefined ? idAt(at.getTime()) : BigInt(wanted);
    while (this.#byId.has(String(id))) id += 1n;
    return String(id);
  }

  #written(id: string, by: string, raw: string, photos: number) {
    const author = this.#userNamed(by);
    const media = mediaOf(id, photos);
    const own = `https://x.com/${author.username}/status/${id}`;
    const key = BigInt(id);
    return {
      id,
      key,
      author,
      raw,
      media,
      createdAt: timeOf(key),
      ...this.#textsOf(raw, own, media),
      isSensitive: false,
      isDeleted: false,
      withheldIn: [],
    };
  }

  #textsOf(raw: string, own: string, media: readonly Media[]) {
    const [first] = media;
    const mediaKeys = new Map(first ? [[`${own}/photo/1`, first.media_key]] : []);
    const pen: Pen = { ...this.#pen, mediaKeys };
    const whole = first ? `${raw} ${own}/photo/1` : raw;
    if (lengthOf(raw) <= LONGEST) return { ...write(whole, pen), note: null };
    return { ...write(`${cut(raw, LONGEST - 6)}… ${own}`, pen), note: write(raw, this.#pen) };
  }

  readonly #pen: Pen = {
    shorten: () => `https://t.co/${(this.#links++).toString(36).padStart(10, '0')}`,
    idOf: (username) => this.#userNamed(username).id,
  };

  /** X adds a link to what is quoted. */
  #withQuote(text: string, quoted: string | undefined): string {
    if (quoted === undefined) return text;
    const by = this.#byId.get(quoted)?.author.username ?? 'i/web';
    return `${text} https://x.com/${by}/status/${quoted}`;
  }

  #keep(post: XPost): XPost {
    this.#age += 1;
    this.#byId.set(post.id, post);
    insert(this.#posts, post);
    const own = this.#byAuthor.get(post.author.id) ?? [];
    insert(own, post);
    this.#byAuthor.set(post.author.id, own);
    return post;
  }

  #drop(post: XPost): void {
    for (const list of [this.#posts, this.#byAuthor.get(post.author.id) ?? []]) {
      const at = list.indexOf(post);
      if (at !== -1) list.splice(at, 1);
    }
  }
}

function mediaOf(id: string, count: number): Media[] {
  return Array.from({ length: count }, (_, index) => {
    const key = String(BigInt(id) - BigInt(index + 1));
    const url = `https://pbs.twimg.com/media/${key}.jpg`;
    return { media_key: `3_${key}`, type: 'photo', url };
  });
}

function insert(posts: XPost[], post: XPost): void {
  const newest = posts.at(-1);
  if (!newest || newest.key < post.key) posts.push(post);
  else posts.splice(firstFrom(posts, post.key), 0, post);
}

/** Where the first post stands whose id is not below the key, among posts from old to new. */
export function firstFrom(posts: readonly XPost[], key: bigint): number {
  let [low, high] = [0, posts.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((posts[middle]?.key ?? 0n) < key) low = middle + 1;
    else high = middle;
  }
  return low;
}
