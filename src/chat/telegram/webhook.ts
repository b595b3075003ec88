import { createHash, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';

/** Where updates are brought to. */
export type Door = {
  readonly port: number;
  /** Of the address: `/hook`. */
  readonly path: string;
  /** What Telegram shows with every update. */
  readonly secret: string;
  /** Takes an update up; `false` where there is no room, so that it is brought again. */
  readonly take: (update: unknown) => boolean;
};

/** Updates have some kilobytes. */
const MOST_BYTES = 1024 * 1024;
const REQUEST_MS = 10_000;

/** Opens a door for updates on all addresses of this machine. @throws where the port cannot be had */
export async function openDoor(door: Door): Promise<{ close(): Promise<void> }> {
  const server = createServer({
    requestTimeout: REQUEST_MS,
    headersTimeout: REQUEST_MS,
    connectionsCheckingInterval: 1000,
  });
  server.on('request', (request, response) => void receive(door, request, response));
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(door.port, resolve);
  });
  return {
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections(); // what was not taken up is brought again
      }),
  };
}

async function receive(
  door: Door,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  try {
    const status = refusalOf(door, request) ?? (await bring(door, request));
    response.writeHead(status, { connection: 'close' }).end();
    if (status === 413) request.destroy();
  } catch {
    response.destroy(); // the caller went away
  }
}

function refusalOf({ path, secret }: Door, { url, method, headers }: IncomingMessage) {
  if (url?.split('?')[0] !== path) return 404;
  if (method !== 'POST') return 405;
  const shown = headers['x-telegram-bot-api-secret-token'];
  return typeof shown === 'string' && isSame(shown, secret) ? null : 401;
}

/** In a time that does not tell how much of it is right. */
function isSame(shown: string, secret: string): boolean {
  const [one, other] = [shown, secret].map((text) => createHash('sha256').update(text).digest());
  return one !== undefined && other !== undefined && timingSafeEqual(one, other);
}

async function bring({ take }: Door, request: IncomingMessage): Promise<number> {
  const body = await readBody(request);
  if (body === null) return 413;
  let update: unknown;
  try {
    update = JSON.parse(body.toString());
  } catch {
    return 400;
  }
  return take(update) ? 200 : 503;
}

/** `null` where it is too large. */
async function readBody(request: IncomingMessage): Promise<Buffer | null> {
  const chunks: Buffer[] = [];
  let size = 0;
  if (Number(request.headers['content-length'] ?? 0) > MOST_BYTES) return null;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > MOST_BYTES) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
