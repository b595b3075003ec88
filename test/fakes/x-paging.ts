import { complaint, invalid } from './x-refused.ts';
import { firstFrom, type XPost } from './x-world.ts';

/** What is read, page by page, from new to old. */
export type Reading = {
  /** From old to new. */
  readonly posts: readonly XPost[];
  /** Names what is read: a token of another reading is refused. */
  readonly of: string;
  /** Ids above this one, and below that one. */
  readonly since: bigint;
  readonly until: bigint;
  /** No more than the newest so many. */
  readonly most: number;
  readonly size: number;
  readonly token: { readonly name: string; readonly value: string } | null;
  readonly accepts: (post: XPost) => boolean;
};

/** Posts from new to old; a post that is no longer shown leaves its place empty. */
export type Page = {
  readonly posts: readonly XPost[];
  readonly next: string | null;
  /** What comes after its last post, be it nothing. */
  readonly end: string | null;
  readonly previous: string | null;
};

const NO_END = (1n << 63n) - 1n;
export const ENDLESS = { since: -1n, until: NO_END };

export function readPage(reading: Reading): Page {
  const { posts, since, until, most, size, of } = reading;
  const low = Math.max(posts.length - most, firstFrom(posts, since + 1n), 0);
  const high = Math.max(low, firstFrom(posts, until));
  const place = placeOf(reading);
  const range = { low, high };
  const taken =
    place?.way === 'back'
      ? readUp(reading, range, place.key)
      : readDown(reading, range, place?.key);
  const newest = taken[0];
  const oldest = taken.at(-1);
  const hasOlder = oldest && readDown({ ...reading, size: 1 }, range, oldest.key).length > 0;
  const hasNewer = place && newest && readUp({ ...reading, size: 1 }, range, newest.key).length > 0;
  return {
    posts: taken.slice(0, size),
    next: oldest && hasOlder ? tokenOf('on', of, oldest.key) : null,
    end: oldest ? tokenOf('on', of, oldest.key) : null,
    previous: newest && hasNewer ? tokenOf('back', of, newest.key) : null,
  };
}

type Range = { readonly low: number; readonly high: number };

function readDown({ posts, size, accepts }: Reading, range: Range, below?: bigint): XPost[] {
  const taken: XPost[] = [];
  const from = below === undefined ? range.high : Math.min(range.high, firstFrom(posts, below));
  for (let at = from - 1; at >= range.low && taken.length < size; at -= 1) {
    const post = posts[at];
    if (post && accepts(post)) taken.push(post);
  }
  return taken;
}

function readUp({ posts, size, accepts }: Reading, range: Range, above: bigint): XPost[] {
  const taken: XPost[] = [];
  const from = Math.max(range.low, firstFrom(posts, above + 1n));
  for (let at = from; at < range.high && taken.length < size; at += 1) {
    const post = posts[at];
    if (post && accepts(post)) taken.push(post);
  }
  return taken.toReversed();
}

type Way = 'on' | 'back';

/** A token says where to go on, and for what it is; nobody is to read it. */
function tokenOf(way: Way, of: string, key: bigint): string {
  return `${way === 'on' ? 'n' : 'p'}${key.toString(36)}_${sumOf(way, of, key)}`;
}

function placeOf({ token, of }: Reading): { way: Way; key: bigint } | null {
  if (token === null) return null;
  const [, mark, place = '', sum] = /^([np])([0-9a-z]{1,13})_([0-9a-z]+)$/.exec(token.value) ?? [];
  const way = mark === 'p' ? 'back' : 'on';
  const key = Array.from(place).reduce((all, digit) => all * 36n + BigInt(parseInt(digit, 36)), 0n);
  if (mark !== undefined && sum === sumOf(way, of, key)) return { way, key };
  const message = `The \`${token.name}\` query parameter value [${token.value}] is not valid`;
  throw invalid([complaint(token.name, [token.value], message)]);
}

function sumOf(way: Way, of: string, key: bigint): string {
  let sum = 7;
  for (const character of `${way} ${of} ${key}`) {
    sum = (Math.imul(sum, 31) + (character.codePointAt(0) ?? 0)) >>> 0;
  }
  return sum.toString(36);
}
