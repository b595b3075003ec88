import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';

import { Door } from './door.ts';
import { type Answer, type Endpoint, ENDPOINTS } from './x-answers.ts';
import { Bill, type Charging } from './x-bill.ts';
import { type Failure, Failures, type Weather } from './x-failures.ts';
import { type Headers, Limits } from './x-limits.ts';
import type { Naming } from './x-naming.ts';
import { type Reader, readerOf, type UnknownFields } from './x-params.ts';
import { Recordings } from './x-recordings.ts';
import { Refused, tooManyRequests, unauthorized } from './x-refused.ts';
import { type ClientSchema, openClientSchema } from './x-schema.ts';
import { USAGE, usageOf } from './x-usage.ts';
import { World } from './x-world.ts';

export type Options = {
  /** @default an empty one */
  readonly world?: World;
  /** @default the clock of this machine */
  readonly now?: () => Date;
  readonly bearer?: string;
  /** Requests in 15 minutes by endpoint, where they are others than X's. */
  readonly limits?: Readonly<Record<string, number>>;
  /** Characters of a query: 512, or 4096 for those who pay for more. @default 512 */
  readonly longestQuery?: number;
  /** How answers name their fields. @default as the request does */
  readonly naming?: Naming | 'asked';
  /** @default refuse */
  readonly unknownFields?: UnknownFields;
  readonly charging?: Charging;
  /** The last page of a timeline names one more, which is empty, as X's does at times. */
  readonly endsWithEmptyPage?: boolean;
  /** Answers are compressed for those who take it. */
  readonly isCompressing?: boolean;
  /** Answers are compared with the types of twitter-api-v2. @default true */
  readonly isChecking?: boolean;
};

/** A request that came. */
export type Request = {
  /** `/2/lists/:id/tweets`; where there is none, the path. */
  readonly endpoint: string;
  readonly path: string;
  readonly params: Readonly<Record<string, string>>;
  readonly at: Date;
  /** How it was answered; `null`: not at all. */
  status: number | null;
  /** The posts and users that were asked for or came along. */
  posts: number;
  users: number;
};

/** Opens a strict fake of the X API v2 on a port of this machine, until it is closed. */
export async function openFakeX(options: Options = {}): Promise<FakeX> {
  const schema = await openClientSchema();
  const server = createServer({ noDelay: true });
  const fake = new FakeX(schema, await Door.open(server), options);
  server.on('request', (request, response) => void fake.handle(request, response));
  return fake;
}

export class FakeX {
  readonly url: string;
  readonly bearer: string;
  readonly world: World;
  readonly bill: Bill;
  readonly requests: Request[] = [];
  /** Mistakes of the fake itself; where one is left, the test fails. */
  readonly faults: string[] = [];
  /** Where it is reached, or is not. */
  readonly door: Door;
  readonly #schema: ClientSchema;
  readonly #options: Options;
  readonly #now: () => Date;
  readonly #read: Reader;
  readonly #limits: Limits;
  readonly #failures = new Failures();
  readonly #recordings = new Recordings();

  constructor(schema: ClientSchema, door: Door, options: Options) {
    const { now = () => new Date(), bearer = 'bearer-of-the-fake', naming = 'asked' } = options;
    this.url = `http://127.0.0.1:${door.port}`;
    this.door = door;
    this.bearer = bearer;
    this.world = options.world ?? new World(now);
    this.bill = new Bill(now);
    this.#now = now;
    this.#schema = schema;
    this.#options = options;
    this.#read = readerOf(schema, { naming, unknownFields: options.unknownFields ?? 'refuse' });
    const own = [...ENDPOINTS, USAGE].map(({ name, limit }) => [name, limit]);
    this.#limits = new Limits({ ...Object.fromEntries(own), ...options.limits }, now);
  }

  async close(): Promise<void> {
    await this.door.shut();
  }

  /** Queues what goes wrong with the next requests to an endpoint; `*` stands for any. */
  next(endpoint: string, ...failures: readonly Failure[]): void {
    this.#failures.add(endpoint, failures);
  }

  /** Says what goes wrong with requests for which nothing is queued. */
  set weather(weather: Weather) {
    this.#failures.weather = weather;
  }

  /** Answers a path with recorded pages as they are, each of which names the next. */
  servePages(path: string, pages: readonly object[]): void {
    this.#recordings.add(path, pages);
  }

  async handle(message: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname, searchParams } = new URL(message.url ?? '/', this.url);
    const endpoint = [...ENDPOINTS, USAGE].find(({ path }) => path.test(pathname));
    const request: Request = {
      endpoint: endpoint?.name ?? pathname,
      path: pathname,
      params: Object.fromEntries(searchParams),
      at: this.#now(),
      status: null,
      posts: 0,
      users: 0,
    };
    this.requests.push(request);
    try {
      await this.#answer({ message, response, request, endpoint });
    } catch (error) {
      const refused = error instanceof Refused ? error : this.#broken(error);
      send({ message, response, request }, refused.status, refused.body);
    }
  }

  async #answer(call: Call): Promise<void> {
    const { message, response, request, endpoint } = call;
    const failure = this.#failures.take(request.endpoint);
    if (failure && (await failEarly(failure, call))) return;
    if (message.headers.authorization !== `Bearer ${this.bearer}`) throw unauthorized;
    if (!endpoint || message.method !== 'GET') throw new Refused(404, null);
    const { isOver, headers } = this.#limits.take(endpoint.name);
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
    if (isOver) throw tooManyRequests;
    const answer = this.#make(request, endpoint);
    this.#charge(answer, request);
    sendAnswer(call, answer.body, failure, this.#options.isCompressing ?? false);
  }

  #make(request: Request, endpoint: Endpoint | typeof USAGE): Answer {
    const { pathname, given } = givenOf(request, endpoint.path);
    const params = this.#read(given, endpoint.rules);
    const recorded = this.#recordings.answer(pathname, request.params);
    if (recorded) return recorded;
    if (endpoint === USAGE) return usageOf(params, this.bill, this.#now());
    const { longestQuery = 512, endsWithEmptyPage = false } = this.#options;
    const desk = { world: this.world, now: this.#now(), longestQuery, endsWithEmptyPage };
    const answer = (endpoint as Endpoint).answer(params, desk);
    if (params.wish.naming === 'tweet') this.#check(endpoint as Endpoint, answer);
    return answer;
  }

  #check({ told, name }: Endpoint, { body }: Answer): void {
    const { result_count: results } = (body['meta'] ?? {}) as { result_count?: number };
    // The types say of an empty page that it has a newest and an oldest post.
    if (this.#options.isChecking === false || told === null || results === 0) return;
    const mismatch = this.#schema.mismatchOf(told, body);
    if (mismatch !== null) this.faults.push(`${name}: ${mismatch}`);
  }

  #charge({ asked, along, isCount }: Answer, request: Request): void {
    const { includedPosts = true, includedUsers = true } = this.#options.charging ?? {};
    this.bill.add(asked);
    this.bill.add({
      posts: includedPosts ? along.posts : [],
      users: includedUsers ? along.users : [],
    });
    if (isCount) this.bill.addCount();
    request.posts = asked.posts.length + along.posts.length;
    request.users = asked.users.length + along.users.length;
  }

  #broken(error: unknown): Refused {
    this.faults.push(error instanceof Error ? (error.stack ?? String(error)) : String(error));
    return new Refused(500, { title: 'the fake is broken', detail: String(error) });
  }
}

type Call = {
  readonly message: IncomingMessage;
  readonly response: ServerResponse;
  readonly request: Request;
  readonly endpoint?: Endpoint | typeof USAGE | undefined;
};

/** What stands in the path and in the query. */
function givenOf({ path, params }: Request, pattern: RegExp) {
  const inPath = Object.entries(pattern.exec(path)?.groups ?? {});
  const decoded = inPath.map(([name, value]) => [name, decodeURIComponent(value)] as const);
  return { pathname: path, given: new Map([...decoded, ...Object.entries(params)]) };
}

/** Does what goes wrong before anything is done. @returns whether that was all */
async function failEarly(failure: Failure, { response, request }: Call): Promise<boolean> {
  switch (failure.kind) {
    case 'refuse': {
      for (const [name, value] of Object.entries(failure.headers ?? {})) {
        response.setHeader(name, value);
      }
      throw failure.refused;
    }
    case 'gateway':
      request.status = failure.status;
      response.writeHead(failure.status, { 'content-type': 'text/html' });
      response.end(`<html><body><h1>${failure.status}</h1></body></html>`);
      return true;
    case 'reset':
      response.socket?.resetAndDestroy();
      return true;
    case 'hang':
      await new Promise((resolve) => response.once('close', resolve));
      return true;
    case 'slow':
      await waitFor(failure.ms, response);
      return response.destroyed;
    default:
      return false;
  }
}

/** Waits as long as anybody listens. */
async function waitFor(ms: number, response: ServerResponse): Promise<void> {
  const gone = new AbortController();
  response.once('close', () => gone.abort());
  await wait(ms, undefined, { signal: gone.signal }).catch(() => undefined);
}

function sendAnswer(call: Call, body: object, failure: Failure | null, compresses: boolean): void {
  const { message, response, request } = call;
  const text = failure?.kind === 'garble' ? failure.body : JSON.stringify(body);
  const takesGzip = /\bgzip\b/.test(message.headers['accept-encoding'] ?? '');
  const isSmaller = compresses && takesGzip;
  const bytes = isSmaller ? gzipSync(text, { level: 1 }) : Buffer.from(text);
  request.status = 200;
  response.writeHead(200, {
    'content-type': 'application/json; charset=utf-8',
    'content-length': bytes.length,
    ...(isSmaller && { 'content-encoding': 'gzip' }),
  });
  if (failure?.kind !== 'cut') return void response.end(bytes);
  const part = bytes.subarray(0, Math.floor(bytes.length * failure.share));
  response.write(part, () => response.destroy());
}

function send({ response, request }: Call, status: number, body: object | null): void {
  request.status = status;
  if (body === null) return void response.writeHead(status, { 'content-length': 0 }).end();
  response.writeHead(status, { 'content-type': 'application/problem+json' } satisfies Headers);
  response.end(JSON.stringify(body));
}
