import { type Asked, lineOf, type Query, type ReportLine } from '../model/asking.ts';
import type { Post } from '../model/post.ts';
import { wordsOfLine } from '../model/report.ts';
import type { Candidate } from '../store/candidates.ts';
import { companyOf } from '../store/company.ts';
import type { Database } from '../store/database.ts';
import { advertisingAmong } from '../store/drops.ts';
import { linesReferredTo } from '../store/lines.ts';
import type { StoredReport } from '../store/reports.ts';
import { standingPosts } from '../store/standing.ts';
import { postsOfAuthors, postsOfDays } from './of-days.ts';
import { type Countable, countTerms } from './rank.ts';
import { isWithin } from './sections.ts';
import { type FoundLine, type FoundPost, ONE_GO, type Weighed } from './weigh.ts';

/** What was found, as it is weighed. */
export type Found = {
  readonly posts: readonly FoundPost[];
  readonly lines: readonly FoundLine[];
  /** The lines that the question names by their address. */
  readonly named: ReadonlySet<ReportLine>;
};

/** The posts and lines behind candidates, with what lines cite, and what days and sections hold. */
export async function hydrate(
  db: Database,
  asked: Asked,
  query: Query,
  candidates: readonly Candidate[],
  { report, end }: { report: StoredReport | null; end: Date },
): Promise<Found> {
  const { line = [], post = [] } = Object.groupBy(candidates, ({ kind }) => kind);
  const named = linesNamedIn(query, report);
  const lines = await linesFor(db, line, named);
  const ids = [...post.map(({ ref }) => ref), ...lines.flatMap((one) => one.line.line.cites)];
  const posts = await postsFor(db, asked, query, ids, end);
  const counted = new Map(post.map((one) => [one.ref, one]));
  const citing = citingLines(lines);
  return {
    lines,
    named: new Set(named),
    posts: posts.map((one) => foundPost(one, counted.get(one.id), citing.get(one.id))),
  };
}

/** The lines behind candidates, and those that are named. */
async function linesFor(
  db: Database,
  candidates: readonly Candidate[],
  named: readonly ReportLine[],
): Promise<FoundLine[]> {
  const refs = candidates.map(({ ref }) => ref);
  const byRef = await linesReferredTo(db, refs);
  const found = candidates.flatMap(({ ref, length, counts }) => {
    const line = byRef.get(ref);
    const isElsewhere = line === undefined || named.some((one) => isSame(one, line));
    return isElsewhere ? [] : [{ line, length, counts }];
  });
  return [...found, ...named.map((line) => ({ line, ...countTerms(wordsOfLine(line.line)) }))];
}

/** Those of the posts that stand, and what days that are asked about hold; no advertising. */
async function postsFor(
  db: Database,
  asked: Asked,
  query: Query,
  ids: readonly string[],
  end: Date,
): Promise<Post[]> {
  const { key } = asked.topic;
  const posts = [
    ...(await standingPosts(db, key, ids, end)),
    ...(await postsOfDays(db, asked, query, end)),
    ...(await postsOfAuthors(db, asked, query, end)),
  ];
  const distinct = [...new Map(posts.map((post) => [post.id, post])).values()];
  return withoutAdvertising(db, key, distinct);
}

/** A post as it is weighed; what is not known of its terms is counted. */
export function foundPost(
  post: Post,
  known: Countable = countPost(post),
  lines: readonly FoundLine[] = [],
): FoundPost {
  return { post, lines, length: known.length, counts: known.counts };
}

function countPost({ authorName, author, text }: Post): Countable {
  return countTerms(`${authorName} @${author}\n${text}`);
}

/** Those of the posts that no report of the topic left out as advertising. */
export async function withoutAdvertising(
  db: Database,
  topic: string,
  posts: readonly Post[],
): Promise<Post[]> {
  const ids = posts.map(({ id }) => id);
  const ads = await advertisingAmong(db, topic, ids);
  return posts.filter(({ id }) => !ads.has(id));
}

function isSame(a: ReportLine, b: ReportLine): boolean {
  return a.report === b.report && a.line.address === b.line.address;
}

/** The lines that each post is cited by. */
function citingLines(lines: readonly FoundLine[]): Map<string, FoundLine[]> {
  const citing = new Map<string, FoundLine[]>();
  for (const line of lines) {
    for (const id of line.line.line.cites) citing.set(id, [...(citing.get(id) ?? []), line]);
  }
  return citing;
}

/** The lines of the report in view that the question names by their address. */
function linesNamedIn({ sections }: Query, report: StoredReport | null): ReportLine[] {
  if (report === null) return [];
  return report.lines
    .filter(({ address }) => isWithin(address, sections))
    .map((line) => lineOf(report, line));
}

/** The company of so many of the best posts is looked up, and so many posts of it are taken. */
const COMPANY_OF = 20;
const MOST_COMPANY = 200;

/** The posts that keep company with the best ones and were not found by themselves. */
export async function companyFor(
  db: Database,
  { topic }: Asked,
  weighed: readonly Weighed[],
  known: readonly FoundPost[],
  end: Date,
): Promise<FoundPost[]> {
  const posts = weighed.slice(0, COMPANY_OF).map(({ post }) => post);
  const limits = { end, oneGo: ONE_GO, most: MOST_COMPANY };
  const company = await companyOf(db, topic.key, posts, limits);
  const ids = new Set(known.map(({ post }) => post.id));
  return company.filter(({ id }) => !ids.has(id)).map((post) => foundPost(post));
}
