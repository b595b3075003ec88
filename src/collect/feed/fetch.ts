import type { AddressRule, Resolve } from '../address.ts';
import { ofAnswer, retryAtOf } from '../failures.ts';
import { fetchWeb, type WebAnswer } from '../fetch.ts';

/** What a server said of a version of a feed, for it to say later whether there is another. */
export type Validators = { readonly etag: string | null; readonly lastModified: string | null };

/** A feed as it was handed out. */
export type FeedFile = Pick<WebAnswer, 'bytes' | 'url' | 'movedTo'> & {
  readonly contentType: string | null;
  readonly validators: Validators;
};

export type FetchOptions = {
  readonly isAllowed: AddressRule;
  /** @default the system’s */
  readonly resolve?: Resolve;
  /** Of the version that is known. */
  readonly known: Validators;
  readonly signal: AbortSignal;
  readonly now: () => Date;
  readonly seconds: number;
};

/**
 * Gets a feed; `null` where the server says that it is as it was.
 *
 * @throws SourceFailure
 */
export async function fetchFeed(url: string, options: FetchOptions): Promise<FeedFile | null> {
  const { known, now, ...request } = options;
  const headers = { ...HEADERS, ...conditionsOf(known) };
  const reads = (status: number) => status === 200;
  const answer = await fetchWeb(url, { ...request, headers, reads });
  const { status, headerOf, bytes, movedTo } = answer;
  const isKnown = known.etag !== null || known.lastModified !== null;
  if (status === 304 && isKnown) return null;
  if (status !== 200) throw ofAnswer(status, retryAtOf(headerOf, now()));
  return {
    bytes,
    url: answer.url,
    movedTo,
    contentType: headerOf('content-type'),
    validators: {
      etag: sendable(headerOf('etag')),
      lastModified: sendable(headerOf('last-modified')),
    },
  };
}

const HEADERS = {
  'user-agent': 'dawn-chorus (reads feeds)',
  accept:
    'application/rss+xml, application/atom+xml, application/feed+json, application/xml;q=0.9, application/json;q=0.9, text/xml;q=0.9, */*;q=0.5',
};

function conditionsOf({ etag, lastModified }: Validators): Record<string, string> {
  return {
    ...(etag === null ? {} : { 'if-none-match': etag }),
    ...(lastModified === null ? {} : { 'if-modified-since': lastModified }),
  };
}

/** What may be sent back in a header as it came, else `null`: a server's nonsense breaks no request. */
function sendable(value: string | null): string | null {
  return value !== null && /^[\x20-\x7E]{1,500}$/.test(value) ? value : null;
}
