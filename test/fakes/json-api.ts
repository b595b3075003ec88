import { createServer, type ServerResponse } from 'node:http';

import { Door } from './door.ts';

/** What a fake answers. */
export type Answer = {
  readonly status: number;
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
};

/** What may happen to a request instead of an answer. */
export type Trouble =
  | ({ readonly kind: 'answer' } & Answer)
  /** Nothing is ever said. */
  | { readonly kind: 'silent' }
  /** The answer breaks off in the middle. */
  | { readonly kind: 'cut' }
  /** The answer never ends. */
  | { readonly kind: 'flood' };

export type Asked = { readonly path: string; readonly parameters: URLSearchParams };

/** A refusal of the fake, as the real one words it. */
export class Refusal extends Error {
  readonly answer: Answer;

  constructor(status: number, body: unknown, headers: Readonly<Record<string, string>> = {}) {
    super(`${status} ${JSON.stringify(body)}`);
    this.answer = { status, body, headers };
  }
}

/** A server of GET requests that are answered with JSON, on a port of this machine. */
export class JsonApi {
  readonly requests: Asked[] = [];
  /** Mistakes of the fake or of the test. */
  readonly faults: string[] = [];
  /** What a dishonest server makes of the JSON of each answer. */
  rewrite: (json: string) => string = (json) => json;
  readonly #door: Door;
  readonly #troubles: Trouble[];

  private constructor(door: Door, troubles: Trouble[]) {
    this.#door = door;
    this.#troubles = troubles;
  }

  static async open(answer: (asked: Asked) => Answer): Promise<JsonApi> {
    const troubles: Trouble[] = [];
    const server = createServer((request, response) => {
      const { pathname, searchParams } = new URL(request.url ?? '/', 'http://fake');
      const asked = { path: decodeURIComponent(pathname), parameters: searchParams };
      api.requests.push(asked);
      const trouble = troubles.shift() ?? { kind: 'answer', ...api.#judge(asked, answer) };
      send(response, trouble, api.rewrite);
    });
    const api = new JsonApi(await Door.open(server), troubles);
    return api;
  }

  get host(): string {
    return `127.0.0.1:${this.#door.port}`;
  }

  get url(): string {
    return `http://${this.host}`;
  }

  /** Queues what happens to the next requests. */
  next(...troubles: readonly Trouble[]): void {
    this.#troubles.push(...troubles);
  }

  async close(): Promise<void> {
    await this.#door.shut();
  }

  #judge(asked: Asked, answer: (asked: Asked) => Answer): Answer {
    try {
      return answer(asked);
    } catch (error) {
      if (error instanceof Refusal) return error.answer;
      this.faults.push(String(error));
      return { status: 500, body: { error: 'the fake is broken' } };
    }
  }
}

function send(response: ServerResponse, trouble: Trouble, rewrite: JsonApi['rewrite']): void {
  switch (trouble.kind) {
    case 'silent':
      return;
    case 'cut':
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': '1000' });
      response.write('{"feed": [', () => response.destroy());
      return;
    case 'flood':
      response.writeHead(200, { 'content-type': 'application/json' });
      return flood(response);
    default: {
      const { status, body, headers } = trouble;
      const isText = typeof body === 'string';
      const type = isText ? 'text/html; charset=utf-8' : 'application/json; charset=utf-8';
      response.writeHead(status, { 'content-type': type, ...headers });
      response.end(isText ? body : rewrite(JSON.stringify(body)));
    }
  }
}

const WATER = ' '.repeat(256 * 1024);

function flood(response: ServerResponse): void {
  if (response.destroyed) return;
  if (response.write(WATER)) setImmediate(() => flood(response));
  else response.once('drain', () => flood(response));
}
