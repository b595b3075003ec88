import { onTestFinished } from 'vitest';

import { type Answer, type Asked, JsonApi, Refusal } from './json-api.ts';

type Json = Readonly<Record<string, unknown>>;

export type FakeMember = {
  readonly id: string;
  readonly username: string;
  /** Its own server; `null`: the fake's. */
  readonly server: string | null;
  readonly fields: Json;
};

type FakeStatus = {
  readonly id: string;
  readonly by: FakeMember;
  readonly at: Date;
  readonly content: string;
  readonly fields: Json;
  readonly reblog: FakeStatus | null;
};

/** What a status has besides its content. */
export type StatusFields = {
  /** When the server got it; its id says so. */
  readonly arrivedAt?: Date;
  readonly fields?: Json;
};

export type MastodonOptions = {
  /** Whose ids it gives: Mastodon's hold the time, Akkoma's only an order. @default 'mastodon' */
  readonly software?: 'mastodon' | 'akkoma';
};

/** A fake of a Mastodon server on a port of this machine, until the test has finished. */
export async function startMastodon(options: MastodonOptions = {}): Promise<FakeMastodon> {
  const mastodon = await FakeMastodon.open(options);
  onTestFinished(async () => {
    await mastodon.api.close();
    if (mastodon.api.faults.length > 0) throw new Error(mastodon.api.faults.join('; '));
  });
  return mastodon;
}

/** A server as strangers see it. Timelines are ordered by id. */
export class FakeMastodon {
  /** Nobody reads without an account. */
  isClosed = false;
  readonly #software: 'mastodon' | 'akkoma';
  readonly #members: FakeMember[] = [];
  readonly #statuses: FakeStatus[] = [];
  #api: JsonApi | null = null;
  #count = 0;

  private constructor({ software = 'mastodon' }: MastodonOptions) {
    this.#software = software;
  }

  static async open(options: MastodonOptions): Promise<FakeMastodon> {
    const mastodon = new FakeMastodon(options);
    mastodon.#api = await JsonApi.open((asked) => mastodon.#answer(asked));
    return mastodon;
  }

  get api(): JsonApi {
    if (this.#api === null) throw new Error('the fake is not open');
    return this.#api;
  }

  member(username: string, server: string | null = null, fields: Json = {}): FakeMember {
    const member = { id: String(109_000 + this.#members.length), username, server, fields };
    this.#members.push(member);
    return member;
  }

  /** Answers its id on this server. @param content HTML, as servers make it. */
  status(by: FakeMember, content: string, at: Date, more: StatusFields = {}): string {
    return this.#add({ by, content, at, reblog: null }, more);
  }

  boost(by: FakeMember, id: string, at: Date): string {
    return this.#add({ by, content: '', at, reblog: this.#find(id) }, {});
  }

  /** How the server shows a status. */
  view(id: string): Json {
    return this.#view(this.#find(id));
  }

  #add(
    status: Omit<FakeStatus, 'id' | 'fields'>,
    { arrivedAt = status.at, fields = {} }: StatusFields,
  ): string {
    this.#count += 1;
    const id =
      this.#software === 'mastodon'
        ? String((BigInt(arrivedAt.getTime()) << 16n) + BigInt(this.#count % 65_536))
        : `A${this.#count.toString(36).toUpperCase().padStart(17, '0')}`;
    this.#statuses.push({ ...status, id, fields });
    return id;
  }

  #find(id: string): FakeStatus {
    const status = this.#statuses.find((one) => one.id === id);
    if (status === undefined) throw new Error(`there is no status ${id}`);
    return status;
  }

  #answer({ path, parameters }: Asked): Answer {
    if (this.isClosed) {
      throw new Refusal(422, { error: 'This method requires an authenticated user' });
    }
    if (path === '/api/v1/accounts/lookup') {
      expectOnly(parameters, ['acct']);
      return { status: 200, body: this.#accountView(this.#lookUp(parameters.get('acct'))) };
    }
    const account = /^\/api\/v1\/accounts\/(\w+)\/statuses$/.exec(path)?.[1];
    if (account !== undefined) {
      const member = this.#members.find(({ id }) => id === account);
      if (member === undefined) throw notFound();
      return this.#page(({ by }) => by === member, parameters);
    }
    const tag = /^\/api\/v1\/timelines\/tag\/([^/]+)$/.exec(path)?.[1]?.toLowerCase();
    if (tag === undefined) throw notFound();
    const named = (status: FakeStatus) =>
      status.reblog === null && tagsIn(status.content).includes(tag);
    return this.#page(named, parameters);
  }

  #lookUp(acct: string | null): FakeMember {
    const [username = '', server = null] = (acct ?? '').split('@');
    const member = this.#members.find(
      (one) =>
        one.username.toLowerCase() === username.toLowerCase() &&
        (one.server === server || (one.server === null && server === this.api.host)),
    );
    if (member === undefined) throw notFound();
    return member;
  }

  /** As Mastodon pages: the newest below `max_id`, or those next above `min_id`; at most 40. */
  #page(isWanted: (status: FakeStatus) => boolean, parameters: URLSearchParams): Answer {
    expectOnly(parameters, ['limit', 'max_id', 'since_id', 'min_id']);
    const most = Math.min(Math.abs(Number(parameters.get('limit') ?? 20)), 40);
    const [below, above] = [parameters.get('max_id'), parameters.get('since_id')];
    const least = parameters.get('min_id');
    const all = this.#statuses
      .filter(isWanted)
      .filter(({ id }) => below === null || isLess(id, below))
      .filter(
        ({ id }) => (above === null || isLess(above, id)) && (least === null || isLess(least, id)),
      )
      .toSorted((one, other) => (isLess(one.id, other.id) ? 1 : -1));
    const page = least === null ? all.slice(0, most) : all.slice(-most);
    return {
      status: 200,
      body: page.map((status) => this.#view(status)),
      headers: { 'x-ratelimit-limit': '300', 'x-ratelimit-remaining': '299' },
    };
  }

  #view({ id, by, at, content, fields, reblog }: FakeStatus): Json {
    const host = by.server ?? this.api.host;
    return {
      id,
      uri: `https://${host}/users/${by.username}/statuses/${id}${reblog === null ? '' : '/activity'}`,
      url: reblog === null ? `https://${host}/@${by.username}/${id}` : null,
      created_at: at.toISOString(),
      edited_at: null,
      in_reply_to_id: null,
      in_reply_to_account_id: null,
      sensitive: false,
      spoiler_text: '',
      visibility: 'public',
      language: 'en',
      replies_count: 0,
      reblogs_count: 0,
      favourites_count: 0,
      quotes_count: 0,
      content,
      reblog: reblog === null ? null : this.#view(reblog),
      account: this.#accountView(by),
      media_attachments: [],
      mentions: [],
      tags: [],
      emojis: [],
      quote: null,
      card: null,
      poll: null,
      ...fields,
    };
  }

  #accountView({ id, username, server, fields }: FakeMember): Json {
    return {
      id,
      username,
      acct: server === null ? username : `${username}@${server}`,
      display_name: '',
      locked: false,
      bot: false,
      note: '',
      url: `https://${server ?? this.api.host}/@${username}`,
      followers_count: 0,
      following_count: 0,
      statuses_count: 0,
      created_at: '2022-11-01T00:00:00.000Z',
      emojis: [],
      fields: [],
      ...fields,
    };
  }
}

function notFound(): Refusal {
  return new Refusal(404, { error: 'Record not found' });
}

/** The real one takes no notice of others: whoever sends them means something else. */
function expectOnly(parameters: URLSearchParams, names: readonly string[]): void {
  for (const name of parameters.keys()) {
    if (!names.includes(name)) throw new Error(`there is no parameter "${name}"`);
  }
}

function isLess(one: string, other: string): boolean {
  return one.length === other.length ? one < other : one.length < other.length;
}

function tagsIn(content: string): string[] {
  const words = content.replace(/<[^>]*>/g, '');
  return [...words.matchAll(/#([\p{L}\p{N}_]+)/gu)].map(([, tag = '']) => tag.toLowerCase());
}
