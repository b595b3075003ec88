import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';

import type { User } from '@grammyjs/types';

import { Door } from './door.ts';
import { Commands } from './telegram-commands.ts';
import { type Failure, Failures, type Weather } from './telegram-failures.ts';
import { Files, type Uploads } from './telegram-files.ts';
import { limitFlood, type Limits, noLimits } from './telegram-flood.ts';
import type { CallbackAnswer, ChatAction, Hub, Method } from './telegram-hub.ts';
import { getUpdates, methods } from './telegram-methods.ts';
import { Refused } from './telegram-refused.ts';
import { type BotSchema, openBotSchema, type Params } from './telegram-schema.ts';
import { Town, type TownOptions } from './telegram-town.ts';
import { Updates } from './telegram-updates.ts';
import { Webhook, type WebhookOptions } from './telegram-webhook.ts';
import { type Address, answer, readAddress, sendBytes, sendRefusal } from './telegram-wire.ts';
import { type Draft, World } from './telegram-world.ts';

export type Options = TownOptions & {
  readonly token?: string;
  /** Limits of how much is sent, or none at all. @default the strict ones */
  readonly limits?: Limits | 'off';
  /** How much faster than real time runs: limits, polls, the age of presses. @default 1 */
  readonly speed?: number;
  /** Milliseconds of real time. @default the system's clock */
  readonly now?: () => number;
  readonly webhook?: WebhookOptions;
};

/** What was asked, and what came of it. */
export type BotRequest = {
  readonly method: string;
  readonly params: Params;
  /** Names of the parts that were files. */
  readonly uploads: readonly string[];
  /** `ok`, the description of a refusal, `pending`, or the kind of a failure that a test wanted. */
  outcome: string;
};

/** Parameters that would change what happens, of which the fake knows nothing. */
const BEYOND = [
  'business_connection_id',
  'direct_messages_topic_id',
  'ephemeral_message_parameters',
  'suggested_post_parameters',
];

type Asked = { readonly params: Params; readonly uploads: Uploads };

/** Opens a strict fake of the Bot API on a port of this machine, until it is closed. */
export async function openTelegram(options: Options = {}): Promise<TelegramServer> {
  const schema = await openBotSchema();
  const server = createServer({ noDelay: true });
  return new TelegramServer(server, await Door.open(server), schema, options);
}

export class TelegramServer extends Town {
  /** For telegraf's `apiRoot`. */
  readonly url: string;
  /** Where it is reached; shut, it is not. */
  readonly door: Door;
  readonly requests: BotRequest[] = [];
  /** Mistakes of the test or of the fake; where one is left, the test fails. */
  readonly faults: string[] = [];
  #token: string;
  readonly #server: Server;
  readonly #schema: BotSchema;
  readonly #speed: number;
  readonly #failures = new Failures();

  constructor(server: Server, door: Door, schema: BotSchema, options: Options) {
    const { token = '1234567:fake-token_of_the_chorus', speed = 1 } = options;
    super(hubOf(options, (method, params) => this.#call(method, params, new Map())));
    this.#server = server;
    this.#schema = schema;
    this.#speed = speed;
    this.#token = token;
    this.door = door;
    this.url = `http://127.0.0.1:${door.port}`;
    server.on('request', (request, response) => void this.#handle(request, response));
  }

  get token(): string {
    return this.#token;
  }

  /** As when its owner asks for another token: the old one is refused from now on. */
  revokeToken(): void {
    this.#token = `${this.#token}-revoked`;
  }

  /** What goes wrong with the next requests of a method, in this order; `*` means any method. */
  fail(method: keyof typeof methods | 'getUpdates' | '*', ...failures: readonly Failure[]): void {
    this.#failures.add(method, failures);
  }

  /** Decides from now on what goes wrong with each request for which no failure waits. */
  disturb(weather: Weather): void {
    this.#failures.weather = weather;
  }

  /** Requests of one method. */
  requestsOf(method: string): BotRequest[] {
    return this.requests.filter((request) => request.method === method);
  }

  get answers(): readonly CallbackAnswer[] {
    return this.hub.answers;
  }

  /** Data of buttons whose press the bot never answered: people see them turn for ever. */
  get unanswered(): string[] {
    const { queries, answers } = this.hub;
    const answered = new Set(answers.map(({ id }) => id));
    return [...queries.values()].filter(({ id }) => !answered.has(id)).map(({ data }) => data);
  }

  get actions(): readonly ChatAction[] {
    return this.hub.actions;
  }

  get drafts(): readonly Draft[] {
    return this.hub.drafts;
  }

  get commands(): Commands {
    return this.hub.commands;
  }

  async close(): Promise<void> {
    await this.hub.webhook.close();
    this.hub.updates.release();
    this.#server.closeAllConnections();
    await this.door.shut();
  }

  async #handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      const address = this.#route(request);
      if (address.kind === 'file') return this.#file(address, response);
      await this.#method(address, request, response);
    } catch (error) {
      if (response.destroyed && !(error instanceof Refused)) return;
      sendRefusal(response, error instanceof Refused ? error : this.#broken(error));
    }
  }

  #route({ url = '/' }: IncomingMessage): Address {
    const address = readAddress(url);
    if (!address || !/^\d+:./.test(address.token)) throw new Refused(404, 'Not Found');
    if (address.token !== this.#token) throw new Refused(401, 'Unauthorized');
    return address;
  }

  #file({ name }: Address, response: ServerResponse): void {
    const bytes = this.hub.files.read(name);
    if (!bytes) throw new Refused(404, 'Not Found');
    sendBytes(response, bytes);
  }

  async #method(
    address: Address,
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> {
    const method = this.#schema.findMethod(address.name);
    if (method === null) throw new Refused(404, 'Not Found');
    const failure = this.#failures.take(method);
    const gone = new AbortController();
    response.once('close', () => gone.abort());
    const asked: BotRequest = {
      method,
      params: {},
      uploads: [],
      outcome: failure?.kind ?? 'pending',
    };
    this.requests.push(asked);
    const note = ({ params, uploads }: Asked) => {
      Object.assign(asked, { params, uploads: [...uploads.keys()] });
    };
    const handle = async ({ params, uploads }: Asked) => {
      const result = await this.#call(method, params, uploads, gone.signal);
      asked.outcome = failure?.kind ?? 'ok';
      return result;
    };
    try {
      await answer({ request, response, failure, note, handle }, address.search);
    } catch (error) {
      asked.outcome = error instanceof Error ? error.message : String(error);
      throw error;
    }
  }

  async #call(
    method: string,
    params: Params,
    uploads: Uploads,
    signal?: AbortSignal,
  ): Promise<unknown> {
    const { method: _, ...own } = params; // telegraf's forms name the method again
    const given = [...uploads.keys()].filter(
      (name) => own[name] === undefined && this.#schema.hasParameter(method, name),
    );
    const files = Object.fromEntries(given.map((name) => [name, `attach://${name}`]));
    const checked = this.#schema.check(method, { ...own, ...files });
    const beyond = BEYOND.find((name) => checked[name] !== undefined);
    if (beyond) throw new Error(`the fake cannot do ${beyond} yet`);
    if (method === 'getUpdates') {
      const waiting = { signal: signal ?? new AbortController().signal, speed: this.#speed };
      return getUpdates(this.hub, checked, waiting);
    }
    const carryOut = Object.hasOwn(methods, method)
      ? (methods as Record<string, Method<never>>)[method]
      : undefined;
    if (!carryOut) throw new Error(`the fake cannot ${method} yet`);
    return carryOut(this.hub, checked as never, uploads);
  }

  #broken(error: unknown): Refused {
    this.faults.push(String(error));
    return new Refused(500, `Internal Server Error: ${String(error)}`);
  }
}

function hubOf(options: Options, reply: ConstructorParameters<typeof Webhook>[2]): Hub {
  const { now = Date.now, speed = 1, limits = {}, webhook = {}, readsAll = false } = options;
  const start = now();
  const updates = new Updates();
  return {
    world: new World(botOf(options)),
    files: new Files(),
    flood: limits === 'off' ? noLimits : limitFlood(now, { ...limits, speed }),
    draftFlood: limits === 'off' ? noLimits : limitFlood(now, { ...limits, speed }),
    updates,
    webhook: new Webhook(updates, webhook, reply),
    commands: new Commands(),
    queries: new Map(),
    answers: [],
    drafts: [],
    actions: [],
    readsAll,
    now: () => start + (now() - start) * speed,
  };
}

function botOf({ bot = {} }: Options): User {
  return { id: 1_234_567, is_bot: true, first_name: 'Chorus', username: 'chorus_demo_bot', ...bot };
}
