import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';

import type { APIApplicationCommand, APIUser } from 'discord-api-types/v10';

import {
  type Act,
  Acts,
  type EditOptions,
  type Said,
  type SayOptions,
  type Typed,
} from './discord-acts.ts';
import { Door } from './door.ts';
import { Changes } from './discord-changes.ts';
import { Commands } from './discord-commands.ts';
import { type Failure, Failures, type Weather } from './discord-failures.ts';
import { Gateway } from './discord-gateway.ts';
import { Interactions } from './discord-interactions.ts';
import { type LimitOptions, Limits } from './discord-limits.ts';
import { Messages } from './discord-messages.ts';
import { type VisibleMessage, visible } from './discord-message-views.ts';
import type { Values } from './discord-options.ts';
import { refuse, Refused, unauthorized } from './discord-refused.ts';
import { type Match, match } from './discord-router.ts';
import type { Scene } from './discord-scene.ts';
import { type ApiSchema, openApiSchema } from './discord-schema.ts';
import { type Answer, type Body, bodyOf, send, type Upload } from './discord-wire.ts';
import { type Channel, type Guild, World } from './discord-world.ts';

const API = /^\/api(?:\/v(\d+))?(\/.*)$/;
const TOKEN = 'demo-token';

export type Options = {
  /** Milliseconds since 1970. @default Date.now */
  readonly now?: () => number;
  /** @default 41250 */
  readonly heartbeatMs?: number;
  /** Privileged intents that the application has, such as Message Content. @default 0 */
  readonly privilegedIntents?: number;
  /** `off`: nothing is ever too much. */
  readonly limits?: LimitOptions | 'off';
};

export type Request = {
  /** Such as `POST /channels/:channel/messages`, or method and path where there is no such route. */
  readonly route: string;
  readonly path: string;
  readonly body: unknown;
  readonly uploads: readonly Upload[];
  /** By the fake's clock. */
  readonly at: number;
  /** Null while it is being answered, and where the connection was broken. */
  status: number | null;
  /** The error that was answered. */
  error: object | null;
};

/** A strict fake of Discord's REST API and gateway on a port of this machine. To be closed. */
export async function openDiscord(options: Options = {}): Promise<FakeDiscord> {
  const schema = await openApiSchema();
  const server = createServer({ noDelay: true });
  return new FakeDiscord(server, await Door.open(server), schema, options);
}

export class FakeDiscord {
  /** Without a path: the API is under `/api`, files are under `/cdn`. */
  readonly url: string;
  /** Where it is reached, the gateway too; shut, it is not. */
  readonly door: Door;
  readonly world: World;
  readonly gateway: Gateway;
  readonly limits: Limits;
  readonly requests: Request[] = [];
  /** Mistakes of the fake or of the test; where one is left, closing throws. */
  readonly faults: string[] = [];
  /** A server with a channel and a member, for tests that want no more. */
  readonly guild: Guild;
  readonly channel: Channel;
  readonly user: APIUser;
  /** What the bot logs in with. */
  token = TOKEN;
  readonly #server: Server;
  readonly #scene: Scene;
  readonly #acts: Acts;
  readonly #messages: Messages;
  readonly #commands: Commands;
  readonly #failures = new Failures();
  readonly #changes = new Changes();

  constructor(server: Server, door: Door, schema: ApiSchema, options: Options) {
    const { now = Date.now, limits, heartbeatMs = 41_250, privilegedIntents = 0 } = options;
    const { port } = door;
    this.door = door;
    this.url = `http://127.0.0.1:${port}`;
    const gatewayUrl = () => `ws://127.0.0.1:${port}/gateway`;
    this.limits = new Limits(limits === 'off' || !limits ? {} : limits, now);
    this.limits.isOff = limits === 'off';
    const world = new World(now, (event) => {
      this.gateway.tell(event);
      this.#changes.notify();
    });
    this.world = world;
    this.gateway = new Gateway({
      world,
      schema,
      heartbeatMs,
      privilegedIntents,
      url: gatewayUrl,
      changed: () => this.#changes.notify(),
      isToken: (token) => token === this.token,
    });
    const messages = new Messages(world, () => `${this.url}/cdn`);
    const interactions = new Interactions(world, messages);
    const commands = new Commands(world);
    const intents = () => this.gateway.intents;
    const common = { world, messages, interactions, commands, intents };
    this.#messages = messages;
    this.#commands = commands;
    this.#scene = { ...common, schema, gatewayUrl, privilegedIntents };
    this.#acts = new Acts({ ...common, changes: this.#changes });
    this.guild = world.addGuild('Harbour');
    this.channel = world.addChannel(this.guild);
    this.user = world.addUser('ada_demo');
    world.addMember(this.guild, this.user);
    this.#server = server;
    server.on('request', (request, response) => void this.#handle(request, response));
    server.on('upgrade', (request, socket, head) => this.gateway.accept(request, socket, head));
  }

  /** Messages of a channel that everybody there sees, the oldest first. */
  messages(channel: Channel = this.channel): VisibleMessage[] {
    return this.#messages.in(channel).map(visible);
  }

  /** A message, whoever sees it. */
  message(id: string): VisibleMessage | undefined {
    const found = this.#messages.find(id);
    return found && visible(found);
  }

  /** The commands registered for everywhere, or for one server. */
  commands(guild?: Guild): readonly APIApplicationCommand[] {
    return this.#commands.in(guild?.id);
  }

  /** Resolves as soon as `read` returns something else than undefined. */
  until<T>(read: () => T | undefined): Promise<T> {
    return this.#changes.until(read);
  }

  /** Requests that were answered with an error that the fake's own rules made. */
  get refused(): Request[] {
    return this.requests.filter(({ error }) => error !== null);
  }

  /**
   * Says what goes wrong with the next requests to a route.
   * @param route such as `POST /channels/:channel/messages`.
   */
  fail(route: string, ...failures: readonly Failure[]): void {
    this.#failures.add(route, failures);
  }

  /** Decides from now on what goes wrong with each request for which no failure waits. */
  disturb(weather: Weather): void {
    this.#failures.weather = weather;
  }

  /** The bot's token is reset: requests are answered 401, and the gateway closes with 4004. */
  revokeToken(): void {
    this.token = `${this.token}-renewed`;
    this.gateway.close(4004);
  }

  command(user: APIUser, channel: Channel, name: string, values?: Values): Act {
    return this.#acts.command(user, channel, name, values);
  }

  autocomplete(user: APIUser, channel: Channel, name: string, typed: Typed): Act {
    return this.#acts.autocomplete(user, channel, name, typed);
  }

  press(user: APIUser, messageId: string, customId: string): Act {
    return this.#acts.press(user, messageId, customId);
  }

  choose(user: APIUser, messageId: string, customId: string, values: readonly string[]): Act {
    return this.#acts.choose(user, messageId, customId, values);
  }

  say(user: APIUser, channel: Channel, text: string, options?: SayOptions): Said {
    return this.#acts.say(user, channel, text, options);
  }

  edit(messageId: string, text: string, options?: EditOptions): VisibleMessage {
    return this.#acts.edit(messageId, text, options);
  }

  unfurl(messageId: string): void {
    this.#acts.unfurl(messageId);
  }

  /** @throws where a mistake is left that the test may not have noticed. */
  async close(): Promise<void> {
    this.gateway.stop();
    this.#server.closeAllConnections();
    await this.door.shut();
    if (this.faults.length > 0) throw new Error(`mistakes: ${this.faults.join('; ')}`);
  }

  async #handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname, searchParams } = URL.parse(request.url ?? '', this.url) ?? new URL(this.url);
    if (pathname.startsWith('/cdn/')) return this.#sendFile(pathname, response);
    const record: Request = {
      route: `${request.method} ${pathname}`,
      path: pathname,
      body: undefined,
      uploads: [],
      at: this.world.now(),
      status: null,
      error: null,
    };
    this.requests.push(record);
    this.#changes.notify();
    try {
      const answer = await this.#answer(request, { record, query: searchParams });
      if (answer === 'broken') response.socket?.resetAndDestroy();
      else this.#finish(response, record, answer);
    } catch (error) {
      const isGone = request.destroyed && !request.complete;
      if (isGone) return;
      const refused = error instanceof Refused ? error : this.#broken(error);
      record.error = refused.body;
      this.#finish(response, record, refused);
    }
    this.#changes.notify();
  }

  #finish(response: ServerResponse, record: Request, answer: Answer): void {
    Object.assign(record, { status: answer.status });
    this.limits.noteStatus(answer.status, answer.headers);
    send(response, answer);
  }

  async #answer(
    request: IncomingMessage,
    { record, query }: { record: Request; query: URLSearchParams },
  ): Promise<Answer | 'broken'> {
    const [, version = '6', path = ''] = API.exec(record.path) ?? [];
    const body = await bodyOf(request);
    Object.assign(record, { body: body.json, uploads: body.uploads });
    const route = match(request.method ?? '', path);
    Object.assign(record, { route: route.name });
    if (version !== '10') throw refuse(50041);
    const failure = this.#failures.next(route.name);
    if (failure?.kind === 'held') await failure.until;
    if (failure?.kind === 'answer' && failure.when === 'before') throw failure.refused;
    if (failure?.kind === 'reset' && failure.when === 'before') return 'broken';
    const answer = this.#serve(route, { request, query, body });
    if (failure?.kind === 'answer') throw failure.refused;
    return failure?.kind === 'reset' ? 'broken' : answer;
  }

  #serve(
    route: Match,
    { request, query, body }: { request: IncomingMessage; query: URLSearchParams; body: Body },
  ): Answer {
    const { authorization } = request.headers;
    if (!route.isOfInteraction && authorization !== `Bot ${this.token}`) throw unauthorized();
    const headers = this.limits.take(route.name, route.key, !route.isOfInteraction);
    const call = { params: route.params, query, body: body.json, uploads: body.uploads };
    try {
      const answer = route.handle(this.#scene, call);
      return { ...answer, headers: { ...headers, ...answer.headers } };
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      throw new Refused(error.status, error.body, { ...headers, ...error.headers });
    }
  }

  #sendFile(pathname: string, response: ServerResponse): void {
    const url = `${this.url}${pathname}`;
    const files = this.#messages.all.flatMap(({ face }) => face.files);
    const file = files.find((each) => each.url === url);
    if (!file) return send(response, { status: 404, body: {} });
    return send(response, {
      status: 200,
      body: file.bytes,
      headers: { 'content-type': file.type },
    });
  }

  #broken(error: unknown): Refused {
    this.faults.push(error instanceof Error ? (error.stack ?? error.message) : String(error));
    return new Refused(500, { message: `the fake is broken: ${String(error)}`, code: 0 });
  }
}
