import type { Readable } from 'node:stream';
import { createBrotliDecompress, createGunzip } from 'node:zlib';

import { Agent, type Dispatcher } from 'undici';

import { type AddressRule, checkHost, lookupAllowed, type Resolve } from './address.ts';
import { ofError } from './failures.ts';
import { SourceFailure } from './source.ts';

/** What a server answered in the end. */
export type WebAnswer = {
  readonly status: number;
  readonly headerOf: (name: string) => string | null;
  /** Unpacked; none where the body was not to be read. */
  readonly bytes: Uint8Array;
  /** Where it was in the end: links in it are relative to that. */
  readonly url: string;
  /** Where it has moved for good. */
  readonly movedTo: string | null;
};

export type WebRequest = {
  readonly headers: Readonly<Record<string, string>>;
  /** Whether an answer of a status has a body to read. */
  readonly reads: (status: number) => boolean;
  /** From which addresses it may be fetched, at the end of each redirect too. */
  readonly isAllowed: AddressRule;
  /** @default the system’s */
  readonly resolve?: Resolve | undefined;
  readonly signal: AbortSignal;
  /** How long it may take in all, redirects and all. */
  readonly seconds: number;
};

const MOST_BYTES = 10 * 2 ** 20;
const MOST_REDIRECTS = 5;

/**
 * Gets what is at an address of the web, from the open internet or wherever that is allowed: every
 * connection is judged by the address to which it is really made.
 *
 * @throws SourceFailure where there is no answer; `it` is what was asked for
 */
export async function fetchWeb(url: string, request: WebRequest): Promise<WebAnswer> {
  const { signal, isAllowed, resolve, seconds } = request;
  signal.throwIfAborted();
  const lookup = lookupAllowed(isAllowed, resolve);
  const agent = new Agent({ connect: { lookup, timeout: seconds * 1000 } });
  const timeout = AbortSignal.timeout(seconds * 1000);
  try {
    return await follow(url, agent, { ...request, signal: AbortSignal.any([signal, timeout]) });
  } catch (error) {
    signal.throwIfAborted();
    if (timeout.aborted) {
      throw new SourceFailure('unreachable', `it did not answer in ${seconds} seconds`);
    }
    throw ofError(error);
  } finally {
    await agent.destroy();
  }
}

/** Goes after redirects; whether it has moved for good they say from the first one on. */
async function follow(start: string, agent: Agent, request: WebRequest): Promise<WebAnswer> {
  let url = new URL(start);
  let movedTo: string | null = null;
  let isForGood = true;
  for (let redirects = 0; redirects <= MOST_REDIRECTS; redirects += 1) {
    checkHost(url, request.isAllowed);
    const answer = await ask(url, agent, request);
    const target = targetOf(answer, url);
    if (target === null) return { ...(await receive(answer, request)), url: url.href, movedTo };
    answer.body.destroy();
    isForGood &&= answer.statusCode === 301 || answer.statusCode === 308;
    if (isForGood) movedTo = target.href;
    url = target;
  }
  throw new SourceFailure('unreachable', `it sends from one address to the next without end`);
}

async function ask(
  url: URL,
  agent: Agent,
  { headers, signal }: WebRequest,
): Promise<Dispatcher.ResponseData> {
  const answer = await agent.request({
    origin: url.origin,
    path: url.pathname + url.search,
    method: 'GET',
    headers: { ...headers, 'accept-encoding': 'gzip, br' },
    signal,
    reset: true,
  });
  answer.body.on('error', () => {}); // whoever reads it hears of it
  return answer;
}

const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

/** Where an answer sends on; `null` where it does not. */
function targetOf(answer: Dispatcher.ResponseData, from: URL): URL | null {
  if (!REDIRECTS.has(answer.statusCode)) return null;
  const location = headerOf(answer, 'location') ?? '';
  if (location === '' || !URL.canParse(location, from.href)) {
    throw new SourceFailure('unreadable', 'it sends on to an address that is none');
  }
  const target = new URL(location, from);
  if (target.protocol !== 'http:' && target.protocol !== 'https:') {
    throw new SourceFailure('refused', 'it sends on to something that is not on the web');
  }
  return target;
}

async function receive(
  answer: Dispatcher.ResponseData,
  { reads }: WebRequest,
): Promise<Omit<WebAnswer, 'url' | 'movedTo'>> {
  const status = answer.statusCode;
  const isRead = reads(status);
  if (!isRead) answer.body.destroy();
  const bytes = isRead ? await readAll(answer) : new Uint8Array();
  return { status, headerOf: (name) => headerOf(answer, name), bytes };
}

function headerOf({ headers }: Dispatcher.ResponseData, name: string): string | null {
  const value = headers[name];
  return (Array.isArray(value) ? value[0] : value) ?? null;
}

async function readAll(answer: Dispatcher.ResponseData): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of unpacked(answer)) {
    size += chunk.length;
    if (size > MOST_BYTES) {
      throw new SourceFailure('unreadable', `it is larger than ${MOST_BYTES / 2 ** 20} MB`);
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** The bytes of an answer, unpacked piece by piece: what is packed small may be endless. */
function unpacked(answer: Dispatcher.ResponseData): AsyncIterable<Buffer> {
  const encoding = (headerOf(answer, 'content-encoding') ?? '').trim().toLowerCase();
  switch (encoding) {
    case '':
    case 'identity':
      return answer.body;
    case 'gzip':
    case 'x-gzip':
      return through(answer.body, createGunzip());
    case 'br':
      return through(answer.body, createBrotliDecompress());
    default:
      answer.body.destroy();
      throw new SourceFailure('unreadable', 'it is packed in a way that was not asked for');
  }
}

function through<Unpacker extends NodeJS.ReadWriteStream & Readable>(
  body: Readable,
  unpacker: Unpacker,
): Unpacker {
  body.once('error', (error) => unpacker.destroy(error));
  unpacker.once('close', () => body.destroy());
  return body.pipe(unpacker);
}
