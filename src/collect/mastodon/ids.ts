import { createHash } from 'node:crypto';

import { z } from 'zod';

import { mastodonId } from '../ids.ts';
import { isWebLink } from '../marks.ts';

/** An id that a server gives to what it has: of no length and letters but these, in any program. */
export const localIdSchema = z.string().regex(/^[\w-]{1,64}$/);

/** Where the programs of the network put the ids of posts in their addresses. */
const PATHS = [
  /^\/(?:ap\/)?users\/[^/]+\/statuses\/([\w-]+)(?:\/activity)?\/?$/,
  /^\/@[^/]+\/([\w-]{6,})\/?$/,
  /^\/(?:notes|objects|activities|notice)\/([\w-]+)(?:\/activity)?\/?$/,
];

/**
 * The id of a post, from the address that names it in the whole network: the server that it was
 * written on, and its id there. Read through two servers, it is one post.
 */
export function homeId(uri: string): string | null {
  if (!isWebLink(uri)) return null;
  const { host, pathname, search } = new URL(uri);
  for (const path of PATHS) {
    const id = path.exec(pathname)?.[1];
    if (localIdSchema.safeParse(id).success) return mastodonId(host, String(id));
  }
  const rest = `${pathname}${search}`;
  const isShort = /^[\w./?=&-]{2,100}$/.test(rest);
  return mastodonId(
    host,
    isShort ? rest.slice(1) : createHash('sha256').update(rest).digest('hex'),
  );
}

const SNOWFLAKE = /^\d{15,19}$/;
/** Mastodon has given such ids since 2017; earlier ones are short. */
const FIRST = Date.UTC(2016, 0, 1);

/** The moment that an id of Mastodon itself holds; `null` for those of other programs. */
export function timeOfId(id: string, now: Date): number | null {
  if (!SNOWFLAKE.test(id)) return null;
  const time = Number(BigInt(id) >> 16n);
  return time >= FIRST && time <= now.getTime() + DAY ? time : null;
}

const DAY = 24 * 3600 * 1000;

/** The lowest id that Mastodon gives at a moment. */
export function idOfTime(time: number): string {
  return String(BigInt(Math.max(0, Math.floor(time))) << 16n);
}
