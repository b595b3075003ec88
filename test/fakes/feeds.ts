import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

import { onTestFinished } from 'vitest';

import { Door } from './door.ts';

export * from './feed-bodies.ts';

/** What stands at a path. */
export type Stand = {
  readonly body?: string | Uint8Array;
  /** @default application/rss+xml, without an encoding */
  readonly type?: string;
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly etag?: string;
  readonly lastModified?: string;
  /** Whether it is sent anew though the asker has it. */
  readonly ignoresConditions?: boolean;
  readonly packed?: 'gzip' | 'br';
  /** It never answers, sends a byte now and then without end, or breaks off in the middle. */
  readonly trouble?: 'silent' | 'slow' | 'cut';
};

export type FeedRequest = {
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  /** The status that was answered; 0 for none. */
  status: number;
};

/** A server of feeds on a port of this machine, until the test has finished. */
export async function startFeeds(): Promise<FeedServer> {
  const server = createServer({ noDelay: true });
  const feeds = new FeedServer(server, await Door.open(server));
  onTestFinished(() => feeds.close());
  return feeds;
}

export class FeedServer {
  readonly url: string;
  readonly port: number;
  readonly requests: FeedRequest[] = [];
  readonly #server: Server;
  readonly #door: Door;
  readonly #stands = new Map<string, Stand>();

  constructor(server: Server, door: Door) {
    this.#server = server;
    this.#door = door;
    this.port = door.port;
    this.url = `http://127.0.0.1:${door.port}`;
    server.on('request', (request, response) => this.#answer(request, response));
  }

  /** Puts something at a path from now on; answers its address. */
  put(path: string, stand: Stand | string): string {
    this.#stands.set(path, typeof stand === 'string' ? { body: stand } : stand);
    return `${this.url}${path}`;
  }

  /** Sends whoever comes to a path on to another address. */
  redirect(path: string, to: string, status = 302): string {
    return this.put(path, { status, headers: { location: to }, body: 'It is over there.' });
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await this.#door.shut();
  }

  #answer(request: IncomingMessage, response: ServerResponse): void {
    const path = request.url ?? '';
    const seen: FeedRequest = { path, headers: request.headers, status: 0 };
    this.requests.push(seen);
    const stand = this.#stands.get(path) ?? { status: 404, body: 'Not found' };
    if (stand.trouble === 'silent') return;
    seen.status = refusalOf(request) ?? statusOf(stand, request);
    response.writeHead(seen.status, headersOf(stand));
    send(seen.status, stand, response);
  }
}

/** Servers want to be read only, and to know who reads. */
function refusalOf({ method, headers }: IncomingMessage): number | null {
  if (method !== 'GET') return 405;
  if (!headers['user-agent']) return 403;
  return headers.accept ? null : 406;
}

/** As RFC 9110 has it: where both are given, the tag decides. */
function statusOf(stand: Stand, { headers }: IncomingMessage): number {
  const { status = 200, etag, lastModified, ignoresConditions = false } = stand;
  if (status !== 200 || ignoresConditions) return status;
  const tags = headers['if-none-match'];
  if (tags !== undefined) return etag !== undefined && tags.includes(etag) ? 304 : 200;
  const date = Date.parse(headers['if-modified-since'] ?? '');
  return lastModified !== undefined && Date.parse(lastModified) <= date ? 304 : 200;
}

function headersOf({ type, headers, etag, lastModified, packed }: Stand): Record<string, string> {
  return {
    'content-type': type ?? 'application/rss+xml',
    ...(etag === undefined ? {} : { etag }),
    ...(lastModified === undefined ? {} : { 'last-modified': lastModified }),
    ...(packed === undefined ? {} : { 'content-encoding': packed }),
    ...headers,
  };
}

const MILLISECONDS_A_BYTE = 20;

function send(
  status: number,
  { body = '', packed, trouble }: Stand,
  response: ServerResponse,
): void {
  if (status === 304) return void response.end();
  const bytes = pack(Buffer.from(body), packed);
  if (trouble === 'slow') {
    const timer = setInterval(() => response.write(' '), MILLISECONDS_A_BYTE);
    response.once('close', () => clearInterval(timer));
  } else if (trouble === 'cut') {
    response.write(bytes.subarray(0, bytes.length / 2), () => response.destroy());
  } else response.end(bytes);
}

/** The best that brotli can do takes seconds. */
const FAST = { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } };

function pack(bytes: Buffer, packed: Stand['packed']): Buffer {
  if (packed === 'gzip') return gzipSync(bytes);
  return packed === 'br' ? brotliCompressSync(bytes, FAST) : bytes;
}
