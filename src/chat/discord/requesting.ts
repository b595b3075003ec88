import { DefaultRestOptions, type RESTOptions } from 'discord.js';

/**
 * Makes a request as the library does, but hands forms over as bytes: one that is still being read
 * while its connection breaks ends the process, or never settles (nodejs/undici#5835).
 */
export const makeRequest: RESTOptions['makeRequest'] = async (url, init) => {
  if (!(init.body instanceof FormData)) return DefaultRestOptions.makeRequest(url, init);
  const form = new Response(init.body);
  const headers = new Headers(Object.entries(init.headers ?? {}));
  headers.set('content-type', form.headers.get('content-type') ?? '');
  const body = new Uint8Array(await form.arrayBuffer());
  return DefaultRestOptions.makeRequest(url, {
    ...init,
    body,
    headers: Object.fromEntries(headers),
  });
};
