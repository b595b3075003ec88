import { notFound } from './discord-refused.ts';
import { APPLICATION_ROUTES } from './discord-routes-application.ts';
import { CHANNEL_ROUTES } from './discord-routes-channels.ts';
import { INTERACTION_ROUTES } from './discord-routes-interactions.ts';
import { MESSAGE_ROUTES } from './discord-routes-messages.ts';
import type { Route } from './discord-scene.ts';

const ROUTES = Object.entries({
  ...APPLICATION_ROUTES,
  ...CHANNEL_ROUTES,
  ...INTERACTION_ROUTES,
  ...MESSAGE_ROUTES,
}).map(([name, handle]) => {
  const [method, pattern = ''] = name.split(' ');
  return { name, method, parts: pattern.split('/'), handle };
});
const MAJOR = ['channel', 'guild', 'token'];

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    throw notFound();
  }
}

export type Match = {
  /** Such as `POST /channels/:channel/messages`. */
  readonly name: string;
  readonly params: Readonly<Record<string, string>>;
  readonly handle: Route;
  /** What has a rate limit of its own: the channel, the server, the token. */
  readonly key: string;
  /** Routes of interactions, which want no token and do not count for the global limit. */
  readonly isOfInteraction: boolean;
};

/** @param path without `/api/v10`. @throws Refused where there is no such route. */
export function match(method: string, path: string): Match {
  const parts = path.split('/').map(decoded);
  for (const { name, handle, ...route } of ROUTES) {
    if (route.method !== method || route.parts.length !== parts.length) continue;
    const params: Record<string, string> = {};
    const isIt = route.parts.every((part, index) => {
      const given = parts[index] ?? '';
      if (!part.startsWith(':')) return part === given;
      params[part.slice(1)] = given;
      return true;
    });
    if (!isIt) continue;
    const key = MAJOR.map((each) => params[each] ?? '').join(' ');
    const isOfInteraction = /^\w+ \/(?:interactions|webhooks)\//.test(name);
    return { name, params, handle, key, isOfInteraction };
  }
  throw notFound();
}
