import { Agent, buildConnector, fetch } from 'undici';

import { type AddressRule, checkHost, isPublic, lookupAllowed } from './address.ts';

/** As much of `fetch` as sources need. */
export type WebFetch = (
  url: URL,
  init: { readonly headers: Record<string, string>; readonly signal: AbortSignal },
) => Promise<WebAnswer>;

export type WebAnswer = {
  readonly ok: boolean;
  readonly status: number;
  readonly headers: { get(name: string): string | null };
  readonly body: AsyncIterable<Uint8Array> | null;
};

const EVERYWHERE: AddressRule = () => true;

/**
 * Makes requests to the open internet, and to our own network only where that is allowed. Every
 * connection is judged, those of redirects too, by the address to which it is really made.
 */
export function webFetch(privateAddresses: boolean): WebFetch {
  const rule = privateAddresses ? EVERYWHERE : isPublic;
  const connect = buildConnector({ lookup: lookupAllowed(rule) });
  const dispatcher = new Agent({
    connect(options, callback) {
      try {
        checkHost(new URL(`http://${options.host ?? options.hostname}`), rule);
      } catch (error) {
        return callback(error instanceof Error ? error : new Error(String(error)), null);
      }
      return connect(options, callback);
    },
  });
  return (url, init) => fetch(url, { ...init, dispatcher });
}
