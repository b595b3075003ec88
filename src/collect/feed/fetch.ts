import type { Readable } from 'node:stream';
import { createBrotliDecompress, createGunzip } from 'node:zlib';

import { Agent, type Dispatcher } from 'undici';

import { SourceFailure } from '../source.ts';
import { type AddressRule, checkHost, lookupAllowed, type Resolve } from '../address.ts';
import { ofAnswer, ofError, retryAtOf } from './failures.ts';

/** What a server said of a version of a feed, for it to say later whether there is another. */
export type Validators = { readonly etag: string | null; readonly lastModified: string | null };

/** A feed as it was handed out. */
export type FeedFile = {
  readonly bytes: Uint8Array;
  readonly contentType: string | null;
  /** Where it was in the end: links in it are relative to that. */
  readonly url: string;
  /** Where it has moved for good. */
  readonly movedTo: string | null;
  readonly validators: Validators;
};

export type FetchOptions = {
  /** From which addresses it may be fetched, at the end of each redirect too. */
  readonly isAllowed: AddressRule;
  /** @default the system’s */
  readonly resolve?: Resolve;
  /** Of the version that is known. */
  readonly known: Validators;
  readonly signal: AbortSignal;
  readonly now: () => Date;
  /** How long it may take in all, redirects and all. */
  readonly seconds: number;
};

const MOST_BYTES = 10 * 2 ** 20;
const MOST_REDIRECTS = 5;

/**
 * Gets a feed; `null` where the server says that it is as it was.
 *
 * @throws SourceFailure
 */
export async function fetchFeed(url: string, options: FetchOptions): Promise<FeedFile | null> {
  const { signal, isAllowed, resolve, seconds } = options;
  signal.throwIfAborted();
  const lookup = lookupAllowed(isAllowed, resolve);
  const agent = new Agent({ connect: { lookup, timeout: seconds * 1000 } });
  const timeout = AbortSignal.timeout(seconds * 1000);
  try {
    return await follow(url, agent, { ...options, signal: AbortSignal.any([signal, timeout]) });
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

/** Goes after redirects; whether the feed has moved for good they say from the first one on. */
async function follow(
  start: string,
  agent: Agent,
  options: FetchOptions,
): Promise<FeedFile | null> {
  let url = new URL(start);
  let movedTo: string | null = null;
  let isForGood = true;
  for (let redirects = 0; redirects <= MOST_REDIRECTS; redirects += 1) {
    checkHost(url, options.isAllowed);
    const answer = await request(url, agent, options);
    const target = targetOf(answer, url);
    if (target === null) return await receive(answer, { url: url.href, movedTo }, options);
    answer.body.destroy();
    isForGood &&= answer.statusCode === 301 || answer.statusCode === 308;
    if (isForGood) movedTo = target.href;
    url = target;
  }
  throw new SourceFailure('unreachable', `it sends from one address to the next without end`);
}

async function request(
  url: URL,
  agent: Agent,
  { known, signal }: FetchOptions,
): Promise<Dispatcher.ResponseData> {
  const answer = await agent.request({
    origin: url.origin,
    path: url.pathname + url.search,
    method: 'GET',
    headers: { ...HEADERS, ...conditionsOf(known) },
    signal,
    reset: true,
  });
  answer.body.on('error', () => {}); // whoever reads it hears of it
  return answer;
}

const HEADERS = {
  'user-agent': 'dawn-chorus (reads feeds)',
  accept:
    'application/rss+xml, application/atom+xml, application/feed+json, application/xml;q=0.9, application/json;q=0.9, text/xml;q=0.9, */*;q=0.5',
  'accept-encoding': 'gzip, br',
};

function conditionsOf({ etag, lastModified }: Validators): Record<string, string> {
  return {
    ...(etag === null ? {} : { 'if-none-match': etag }),
    ...(lastModified === null ? {} : { 'if-modified-since': lastModified }),
  };
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
  place: Pick<FeedFile, 'url' | 'movedTo'>,
  { known, now }: FetchOptions,
): Promise<FeedFile | null> {
  const isKnown = known.etag !== null || known.lastModified !== null;
  if (answer.statusCode === 304 && isKnown) return null;
  if (answer.statusCode !== 200) {
    answer.body.destroy();
    throw ofAnswer(answer.statusCode, retryAtOf(headerOf(answer, 'retry-after'), now()));
  }
  return {
    ...place,
    bytes: await readAll(answer),
    contentType: headerOf(answer, 'content-type'),
    validators: {
      etag: sendable(headerOf(answer, 'etag')),
      lastModified: sendable(headerOf(answer, 'last-modified')),
    },
  };
}

function headerOf({ headers }: Dispatcher.ResponseData, name: string): string | null {
  const value = headers[name];
  return (Array.isArray(value) ? value[0] : value) ?? null;
}

/** What may be sent back in a header as it came, else `null`: a server's nonsense breaks no request. */
function sendable(value: string | null): string | null {
  return value !== null && /^[\x20-\x7E]{1,500}$/.test(value) ? value : null;
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
