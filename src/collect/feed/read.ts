import { SourceFailure } from '../source.ts';
import { isXId } from '../../model/post.ts';
import type { PostDraft } from '../row.ts';
import { timeOfId } from '../x/snowflake.ts';
import { bridgeOf, wantsRegistration } from './bridges.ts';
import { parseFeedDate } from './dates.ts';
import { decodeFeed } from './decode.ts';
import { draftOf, type Found, linkedPostOf } from './draft.ts';
import type { Entry, Feed } from './entry.ts';
import { parseJsonFeed } from './json-feed.ts';
import { hashOf, type Known, markOf, printOf, type Trace } from './known.ts';
import { parseXmlFeed } from './xml.ts';

/** A feed as it came, with what is known of it. */
export type FeedTask = {
  readonly bytes: Uint8Array;
  readonly contentType: string | null;
  /** Where it was found. */
  readonly url: string;
  readonly known: Known;
  /** Marks of guids that were seen to name several entries. */
  readonly loose: readonly string[];
  readonly since: Date;
  /** Newer ones are not wanted; `null`: all are. */
  readonly until: Date | null;
  readonly now: Date;
};

/** What is new in a feed. */
export type FeedReading = {
  /** Oldest first. */
  readonly news: readonly News[];
  /** Marks of the known entries that it still has. */
  readonly present: readonly string[];
  readonly loose: readonly string[];
  /** Whether it came to its end. */
  readonly isWhole: boolean;
  readonly problems: readonly string[];
};

/** An entry that is new, or that has changed. */
export type News = { readonly mark: string; readonly trace: Trace; readonly draft: PostDraft };

/** More posts of a feed are not read at once: no people write so much between two readings. */
const MOST_POSTS = 1000;
const MOST_LOOSE = 1000;

/**
 * Finds what is new in a feed.
 *
 * @throws SourceFailure where it is none
 */
export function readFeed(task: FeedTask): FeedReading {
  const feed = parse(decodeFeed(task.bytes, task.contentType));
  if (wantsRegistration(feed)) {
    throw new SourceFailure('refused', 'its server lets only those read it who have registered');
  }
  const loose = new Set([...task.loose, ...looseGuids(feed.entries)].slice(0, MOST_LOOSE));
  const found = findPosts(feed, task, loose);
  const read = found.slice(-MOST_POSTS);
  const all = read.map((one) => readPost(one)).filter((one) => one !== null);
  return {
    news: all.filter(({ trace, mark }) => task.known.get(mark)?.print !== trace.print),
    present: all.map(({ mark }) => mark).filter((mark) => task.known.has(mark)),
    loose: [...loose],
    isWhole: feed.isWhole,
    problems: [
      ...(feed.isWhole ? [] : ['it was cut off: what is behind its last whole entry is missing']),
      ...(found.length > MOST_POSTS ? [tooMany(found.length)] : []),
    ],
  };
}

function tooMany(count: number): string {
  return `it has ${count} posts at once: only the newest ${MOST_POSTS} were read`;
}

function parse(text: string): Feed {
  const start = text.replace(/^[\s\uFEFF]+/, '');
  return start.startsWith('{') ? parseJsonFeed(start) : parseXmlFeed(start);
}

/** Clocks of ours that are late by so much lose nothing. Milliseconds. */
const AHEAD = 10 * 60_000;

type FoundPost = Found & { readonly seen: string | null };

/** The posts of a feed that are wanted, each once, oldest first. */
function findPosts(feed: Feed, task: FeedTask, loose: Marks): FoundPost[] {
  const found = new Map<string, FoundPost>();
  const bridge = bridgeOf(feed);
  const { since, until } = task;
  for (const entry of feed.entries) {
    const id = idOf(entry, task.url, loose);
    if (found.has(id)) continue;
    const { createdAt, seen } = timeOf(entry, task, id);
    if (createdAt.getTime() > task.now.getTime() + AHEAD) continue; // X has given no such id yet
    if (createdAt < since || (until !== null && createdAt >= until)) continue;
    found.set(id, {
      entry,
      id,
      createdAt,
      seen,
      url: task.url,
      base: baseOf(entry, feed, task.url),
      feed,
      bridge,
    });
  }
  return [...found.values()].toSorted((a, b) => a.createdAt.getTime() - b.createdAt.getTime());
}

function baseOf({ link }: Entry, feed: Feed, url: string): string {
  const home = URL.canParse(feed.link ?? '', url) ? new URL(feed.link ?? '', url).href : url;
  const base = URL.canParse(link ?? '', home) ? new URL(link ?? '', home).href : home;
  return /^https?:/i.test(base) ? base : url;
}

type Marks = ReadonlySet<string>;

/** Guids that several entries have, be it all of them: those are told apart by their links. */
function looseGuids(entries: readonly Entry[]): string[] {
  const links = new Map<string, string>();
  return entries.flatMap(({ guid, link }) => {
    if (guid === null || link === null) return [];
    const other = links.get(guid) ?? link;
    links.set(guid, link);
    return other === link ? [] : [markOf(guid)];
  });
}

/** A guid that is an address of some kind names an entry everywhere, others in their feed only. */
function idOf(entry: Entry, url: string, loose: Marks): string {
  const linked = linkedPostOf(entry);
  if (linked !== null) return linked.id;
  const { guid, link, title, content } = entry;
  const isLoose = guid !== null && loose.has(markOf(guid));
  const named = isLoose ? (link ?? guid) : (guid ?? link);
  const key = named ?? JSON.stringify([title?.words, content?.words]);
  // An address names the entry in every feed of its server; what others say of it is theirs.
  return `feed:${hashOf(isOfServer(key, url) ? key : `${url}\n${key}`, 16)}`;
}

function isOfServer(key: string, url: string): boolean {
  return URL.canParse(key) && new URL(key).host === new URL(url).host;
}

/**
 * When an entry was written: as its id says where it is one of X, else as it says; where it does not, or
 * names a time that has not come, when it was seen first.
 */
function timeOf(
  { dates }: Entry,
  { known, now }: FeedTask,
  id: string,
): Pick<FoundPost, 'createdAt' | 'seen'> {
  if (isXId(id)) return { createdAt: timeOfId(id), seen: null };
  const date = dates.map(parseFeedDate).find((one) => one !== null);
  if (date && date <= now) return { createdAt: date, seen: null };
  const seen = known.get(markOf(id))?.seen ?? now.toISOString();
  return { createdAt: new Date(seen), seen };
}

function readPost(found: FoundPost): News | null {
  const draft = draftOf(found);
  if (draft === null) return null;
  // Numbers and addresses of a service may differ each time; words that do are a change.
  const print = printOf([draft.text, draft.quoted_id]);
  return { mark: markOf(found.id), trace: { print, seen: found.seen }, draft };
}
