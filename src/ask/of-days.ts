import type { Asked, Query } from '../model/asking.ts';
import type { Post } from '../model/post.ts';
import { addDays, type Days, type Span, windowOf } from '../model/window.ts';
import { authorsBetween, loudest, postsBy } from '../store/standing.ts';
import type { Database } from '../store/database.ts';
import { namedAmong } from './authorship.ts';
import type { Weighed } from './weigh.ts';

/**
 * What may carry an answer, the first that does: what is of the days that are asked about, and only where
 * they hold nothing that fits, what is of the days beside them. A section is of its report, whatever the
 * days of its posts.
 */
export function choicesOf(
  { days, sections }: Query,
  weighed: readonly Weighed[],
): (readonly Weighed[])[] {
  if (days === null || sections.length > 0) return [weighed];
  const beside = weighed.filter(({ isBeside }) => isBeside);
  return [weighed.filter(({ inDays }) => inDays), beside.map((one) => ({ ...one, inDays: true }))];
}

/** What is written on some days (`null`: whenever) in a time zone, up to an instant. */
export function spanOf(days: Days | null, timeZone: string, end: Date): Span {
  if (days === null) return { start: null, end };
  const window = windowOf(days.from, days.to, timeZone);
  return { start: window.start, end: window.end < end ? window.end : end };
}

/** So few wanted things may be all that is asked of a day: what there was. */
const FEW = 2;
const LOUDEST = 100;

/** Where hardly more is asked than what days held, what was echoed most on them. */
export async function postsOfDays(
  db: Database,
  asked: Asked,
  query: Query,
  end: Date,
): Promise<Post[]> {
  const { days, wanted } = query;
  const needed = wanted.filter((one) => one.needed > 0).length;
  if (days === null || needed > FEW) return [];
  const { key, timeZone } = asked.topic;
  return loudest(db, key, { ...spanOf(days, timeZone, end), most: LOUDEST });
}

/** Of so many days all is looked at that an author wrote: days have tens of thousands of posts. */
const MOST_DAYS = 7;
/** So much of it is taken. */
const MOST_OF_AUTHORS = 100;

/** All that somebody who may be asked about wrote on the days that are asked about, in whatever words. */
export async function postsOfAuthors(
  db: Database,
  { topic }: Asked,
  query: Query,
  end: Date,
): Promise<Post[]> {
  const { days } = query;
  if (days === null || query.authors.length === 0) return [];
  if (addDays(days.from, MOST_DAYS) <= days.to) return [];
  const span = spanOf(days, topic.timeZone, end);
  const written = await authorsBetween(db, topic.key, span);
  const handles = [...namedAmong(written, query.authors).keys()];
  return postsBy(db, topic.key, handles, { ...span, most: MOST_OF_AUTHORS });
}
