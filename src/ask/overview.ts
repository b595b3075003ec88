import { type Asked, type Hit, lineOf, type Query } from '../model/asking.ts';
import { dayOf, type Days } from '../model/window.ts';
import type { Database } from '../store/database.ts';
import { citedPosts, spanOfTopic } from '../store/posts.ts';
import { findReport, newestReport, reportNumbered } from '../store/reports.ts';

/** How people ask for what is new without naming a thing or a day. */
const NEWS =
  /\b(?:news?|happen(?:s|ed|ing)?|latest|recent(?:ly)?|going on|updates?|headlines?|highlights?|stories)\b|新|发生|發生|消息|动态|动向|情况|最近|近期|近来|大事|要闻|头条|热点|资讯|看点/iu;

/** Whether a question asks for nothing but what there was on some days: "what's new today", 昨天发生了什么. */
export function asksWhatThereWas(query: Query): boolean {
  const { wanted, sections, most, askedFor, told, speakers, subjects } = query;
  if (wanted.some(({ needed }) => needed > 0)) return false;
  if (most !== null || askedFor !== null) return false;
  return [sections, told, speakers, subjects].every((things) => things.length === 0);
}

/** The query, of the days of the digest in view or the newest, where it asks for what is new and names none. */
export async function withNewestDays(db: Database, asked: Asked, query: Query): Promise<Query> {
  const isOpen = query.days === null && asksWhatThereWas(query) && NEWS.test(query.words);
  return isOpen ? { ...query, days: await newestDays(db, asked) } : query;
}

async function newestDays(db: Database, { about, topic, now }: Asked): Promise<Days | null> {
  const report =
    about === null
      ? await newestReport(db, topic.key, topic.language)
      : await reportNumbered(db, about.report);
  if (report !== null) return { from: report.window.from, to: report.window.to };
  const span = await spanOfTopic(db, topic.key);
  if (!span) return null;
  const day = dayOf(span.last < now ? span.last : now, topic.timeZone);
  return { from: day, to: day };
}

/** The part of a report that tells every story once, the most important first. */
const FIRST_SCREEN = 'I';

/**
 * What there was on some days, each story once: the lines of their report's first screen, then what was
 * found by itself, of every author one post before a second one of any.
 */
export async function storiesFirst(
  db: Database,
  { topic }: Asked,
  { days }: Query,
  hits: readonly Hit[],
): Promise<Hit[]> {
  const told = days === null ? [] : await linesTelling(db, topic, days);
  return [...told, ...spread(hits)].map((hit, place) => ({ ...hit, score: 1 / (1 + place / 50) }));
}

async function linesTelling(
  db: Database,
  { key, language }: Asked['topic'],
  days: Days,
): Promise<Hit[]> {
  const report = await findReport(db, { topic: key, ...days, language });
  if (report === null) return [];
  const posts = await citedPosts(db, report);
  return report.lines
    .filter(({ part }) => part === FIRST_SCREEN)
    .map((line) => ({
      passage: { ...lineOf(report, line), posts: line.cites.flatMap((id) => posts.get(id) ?? []) },
      score: 1,
      coverage: 1,
      line: null,
      isAside: false,
    }));
}

/** Every author's first before anybody's second; what stands aside stays behind. */
function spread(hits: readonly Hit[]): Hit[] {
  const heard = new Set<string>();
  const [first, later]: [Hit[], Hit[]] = [[], []];
  for (const hit of hits) {
    const { passage, isAside } = hit;
    const author = passage.kind === 'post' ? passage.post.author : passage.posts[0]?.author;
    const isNew = !isAside && !heard.has(author ?? '');
    (isNew ? first : later).push(hit);
    if (isNew && author !== undefined) heard.add(author);
  }
  return [...first, ...later];
}
