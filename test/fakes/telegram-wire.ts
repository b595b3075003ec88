import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

import { readContent } from './telegram-body.ts';
import type { Failure } from './telegram-failures.ts';
import type { Refused } from './telegram-refused.ts';
import type { Params } from './telegram-schema.ts';

export type Address = {
  readonly kind: 'method' | 'file';
  readonly token: string;
  /** The method, or the path of a file. */
  readonly name: string;
  readonly search: URLSearchParams;
};

/** What an address asks for: `/bot…/method` or `/file/bot…/path`, or null. */
export function readAddress(url: string): Address | null {
  const { pathname, searchParams: search } = new URL(url, 'http://127.0.0.1');
  const [, file, token, name] = /^(\/file)?\/bot([^/]+)\/(.+)$/.exec(pathname) ?? [];
  if (token === undefined || name === undefined) return null;
  return { kind: file ? 'file' : 'method', token: decodeURIComponent(token), name, search };
}

type Content = Awaited<ReturnType<typeof readContent>>;

/** A request with its parameters, carried out, refused, or failing as a test wants. */
export type Exchange = {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly failure: Failure | null;
  /** Told what was asked, whatever comes of it. */
  readonly note: (content: Content) => void;
  readonly handle: (content: Content) => Promise<unknown>;
};

export async function answer(
  { request, response, failure, note, handle }: Exchange,
  search: URLSearchParams,
) {
  const content = await readContent(request, search);
  note(content);
  if (failure?.kind === 'reset') return void response.destroy();
  if (failure?.kind === 'gateway' && failure.when === 'before') {
    return sendPage(response, failure.status);
  }
  if (failure?.kind === 'refuse') return sendRefusal(response, failure.refused);
  if (failure?.kind === 'delay') await sleep(failure.ms);
  const result = await handle(content);
  if (failure?.kind === 'lose') return void response.destroy();
  if (failure?.kind === 'gateway') return sendPage(response, failure.status);
  sendJson(response, 200, { ok: true, result });
}

export function sendRefusal(
  response: ServerResponse,
  { code, message, parameters }: Refused,
): void {
  const extra: Params = parameters ? { parameters } : {};
  sendJson(response, code, { ok: false, error_code: code, description: message, ...extra });
}

export function sendBytes(response: ServerResponse, bytes: Buffer): void {
  response.writeHead(200, { 'content-type': 'application/octet-stream' });
  response.end(bytes);
}

function sendJson(response: ServerResponse, status: number, body: object): void {
  if (response.headersSent || response.destroyed) return;
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
}

function sendPage(response: ServerResponse, status: number): void {
  response.writeHead(status, { 'content-type': 'text/html' });
  response.end(`<html><head><title>${status}</title></head><body>nginx</body></html>`);
}
