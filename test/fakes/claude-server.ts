import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import type { MessageCreateParams } from '@anthropic-ai/sdk/resources/messages';

import type { Behaviour } from './claude-behaviours.ts';
import { type Batch, Batches } from './claude-batches.ts';
import { PromptCache } from './claude-cache.ts';
import { type Answerer, Mind, type Request } from './claude-mind.ts';
import { AT_ONCE, type Pace } from './claude-pace.ts';
import { Refused } from './claude-refused.ts';
import type { Prompt } from './claude-rules.ts';
import { openSdkSchema } from './claude-sdk-schema.ts';
import { bodyOf, type Reply, sendAnswer, sendFailure, sendJson, sendLines } from './claude-wire.ts';

export type Options = {
  /** Models besides those that the SDK knows. */
  readonly models?: readonly string[];
  readonly contextTokens?: number;
  readonly now?: () => Date;
  /** How many polls find a batch in progress before it has ended; `Infinity`: it never ends. */
  readonly batchEndsAfterPolls?: number;
  /** How fast it speaks. @default at once */
  readonly pace?: Pace;
};

/** Opens a strict fake of the Messages API on a port of this machine, until it is closed. */
export async function openClaude(options: Options = {}): Promise<FakeClaude> {
  const { models = [], contextTokens = 1_000_000, now = () => new Date() } = options;
  const mind = new Mind(await openSdkSchema(), new PromptCache(now), { models, contextTokens });
  const server = createServer({ noDelay: true });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const endsAfterPolls = options.batchEndsAfterPolls ?? 1;
  const batches = new Batches({ mind, url, now, endsAfterPolls });
  const claude = new FakeClaude({ url, server, mind, batches, pace: options.pace ?? AT_ONCE });
  server.on('request', (request, response) => {
    const requestId = claude.nextId();
    response.setHeader('request-id', requestId);
    void claude.handle(request, { response, requestId });
  });
  return claude;
}

type Parts = {
  readonly url: string;
  readonly server: Server;
  readonly mind: Mind;
  readonly batches: Batches;
  readonly pace: Pace;
};

export class FakeClaude {
  readonly url: string;
  /** Requests that the fake's own rules refused. */
  readonly refused: { readonly body: unknown; readonly message: string }[] = [];
  readonly #server: Server;
  readonly #mind: Mind;
  readonly #batches: Batches;
  readonly #pace: Pace;
  #answered = 0;

  constructor({ url, server, mind, batches, pace }: Parts) {
    this.url = url;
    this.#server = server;
    this.#mind = mind;
    this.#batches = batches;
    this.#pace = pace;
  }

  /** Closes the server. */
  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  /** Says how requests are answered for which nothing is queued. */
  answer(answerer: Answerer): void {
    this.#mind.answerer = answerer;
  }

  /** Queues answers to the next requests. */
  next(...behaviours: readonly Behaviour[]): void {
    this.#mind.queue.push(...behaviours);
  }

  get requests(): readonly Request[] {
    return this.#mind.requests;
  }

  /** Mistakes of the test; where one is left, the test fails. */
  get faults(): string[] {
    return this.#mind.faults;
  }

  get batches(): Batch[] {
    return this.#batches.all;
  }

  nextId(): string {
    this.#answered += 1;
    return `req_fake_${this.#answered}`;
  }

  async handle(request: IncomingMessage, reply: Reply): Promise<void> {
    let body: unknown = null;
    try {
      checkHeaders(request);
      if (request.method === 'POST' && !request.url?.endsWith('/cancel')) {
        body = await bodyOf(request);
      }
      await this.#route(request, body, reply);
    } catch (error) {
      const refused = error instanceof Refused ? error : this.#broken(error);
      if (refused.failure.status < 500) this.refused.push({ body, message: refused.message });
      if (reply.response.headersSent) reply.response.destroy();
      else sendFailure(reply, refused.failure);
    }
  }

  async #route(request: IncomingMessage, body: unknown, reply: Reply): Promise<void> {
    const { pathname, searchParams } = new URL(request.url ?? '/', this.url);
    const [, id = ''] = /^\/v1\/messages\/batches\/([^/]+)/.exec(pathname) ?? [];
    const route = `${request.method} ${id ? pathname.replace(id, 'ID') : pathname}`;
    switch (route) {
      case 'POST /v1/messages':
        return this.#message(request, body, reply);
      case 'POST /v1/messages/count_tokens':
        this.#mind.checkType('MessageCountTokensParams', body);
        this.#mind.checkPrompt(body as Prompt);
        return sendJson(reply, { input_tokens: this.#mind.count(body as Prompt) });
      case 'POST /v1/messages/batches':
        return sendJson(reply, this.#batches.create(body, request.headers));
      case 'GET /v1/messages/batches':
        return sendJson(reply, this.#batches.list(searchParams));
      case 'GET /v1/messages/batches/ID':
        return sendJson(reply, await this.#batches.retrieve(id));
      case 'POST /v1/messages/batches/ID/cancel':
        return sendJson(reply, this.#batches.cancel(id));
      case 'GET /v1/messages/batches/ID/results':
        return sendLines(reply, await this.#batches.results(id));
      default:
        throw new Refused(`Not found: ${route}`, 'not_found_error', 404);
    }
  }

  async #message(request: IncomingMessage, body: unknown, reply: Reply): Promise<void> {
    const { stream } = Object(body) as { stream?: unknown };
    const kind = stream === true ? 'Streaming' : 'NonStreaming';
    this.#mind.checkType(`MessageCreateParams${kind}`, body);
    this.#mind.checkPrompt(body as Prompt);
    const params = body as MessageCreateParams;
    const decision = await this.#mind.decide(params, request.headers, 'messages');
    await sendAnswer(reply, decision, this.#pace);
  }

  #broken(error: unknown): Refused {
    this.faults.push(String(error));
    return new Refused(`the fake is broken: ${String(error)}`, 'api_error', 500);
  }
}

function checkHeaders({ headers }: IncomingMessage): void {
  const [, key] = /^Bearer (\S+)$/.exec(headers.authorization ?? '') ?? [];
  if (key === undefined || key === 'bad-key') {
    throw new Refused('invalid bearer token', 'authentication_error', 401);
  }
  if (!headers['anthropic-version']) throw new Refused('anthropic-version: header is required');
}
