import type { Asked, Evidence, Hit, Query } from '../model/asking.ts';
import type { Post } from '../model/post.ts';
import type { Span } from '../model/window.ts';
import { candidatesFor, type Findings, type Frequencies } from '../store/candidates.ts';
import type { Database } from '../store/database.ts';
import { findReport, newestReport, reportNumbered, type StoredReport } from '../store/reports.ts';
import { standingPosts } from '../store/standing.ts';
import { isCarried } from './carries.ts';
import { bestOfEachFirst, sidesOf } from './comparison.ts';
import { originalsOf, postsIn } from './copies.ts';
import { companyFor, hydrate } from './found.ts';
import { cutTo, hitOf, hitsFrom, nameOf, withFirst } from './hits.ts';
import { evidenceOfMost } from './loudest.ts';
import { choicesOf, spanOf } from './of-days.ts';
import { asksWhatThereWas, storiesFirst } from './overview.ts';
import { fitsTo, isUnheardOf } from './rank.ts';
import { isWithin } from './sections.ts';
import { isNameOf } from './spoken-names.ts';
import { type Scales, weigh, type Weighed } from './weigh.ts';

/** Tokens of evidence. */
const BUDGET = 6000;
/** So many passages are weighed of all time, and as many of the days that are asked about. */
const CANDIDATES = 200;

/**
 * Finds what answers a question in the posts of its topic and the lines of its reports, none of it from
 * after `asked.now`: strongest first, cut to what fits `budget` tokens.
 */
export async function retrieve(
  db: Database,
  asked: Asked,
  query: Query,
  { budget = BUDGET }: { budget?: number } = {},
): Promise<Evidence> {
  const end = new Date(asked.now.getTime() + 1);
  if (query.told.length > 0) return evidenceTold(db, asked, query, { budget, end });
  const report = await reportInView(db, asked, query);
  const { candidates, frequencies } = await search(db, asked, query, end);
  const scales = scalesFor(asked, query, frequencies, report);
  if (query.most !== null) return evidenceOfMost(db, asked, query, scales, end);
  const found = await hydrate(db, asked, query, candidates, { report, end });
  const first = weigh(found.posts, scales);
  const company = await companyFor(db, asked, first, found.posts, end);
  const weighed = company.length === 0 ? first : weigh([...found.posts, ...company], scales);
  const isUnheard = query.wanted.some((one) => isUnheardOf(one, frequencies));
  const kept = (hits: readonly Hit[]) => cutTo(budget, originalsOf(hits, query.shown));
  const all = hitsFrom(found, scales, weighed);
  for (const some of choicesOf(query, weighed)) {
    const fitting = some === weighed ? all : withFirst(query, hitsFrom(found, scales, some), all);
    const hits = kept(await inOrderFor(db, asked, query, fitting));
    if (isCarried(query, leftOf(query, some, hits), hits)) {
      return { query, hits, carries: !isUnheard };
    }
  }
  return { query, hits: kept(all), carries: false };
}

/** Hits as they tell best what is asked: story by story, or each of what is compared. */
async function inOrderFor(
  db: Database,
  asked: Asked,
  query: Query,
  hits: readonly Hit[],
): Promise<readonly Hit[]> {
  if (asksWhatThereWas(query)) return storiesFirst(db, asked, query, hits);
  const sides = sidesOf(query);
  return sides.length > 0 ? bestOfEachFirst(sides, hits) : hits;
}

/** Where more is asked for, only what was not shown before speaks for an answer. */
function leftOf(
  { shown }: Query,
  weighed: readonly Weighed[],
  hits: readonly Hit[],
): readonly Weighed[] {
  if (shown.length === 0) return weighed;
  const left = new Set(hits.map(nameOf));
  return weighed.filter(({ post }) => left.has(post.id));
}

/** What was just told, in the words of who said it. */
async function evidenceTold(
  db: Database,
  { topic }: Asked,
  query: Query,
  { budget, end }: { budget: number; end: Date },
): Promise<Evidence> {
  const ids = query.told.flatMap(postsIn);
  const posts = new Map(
    (await standingPosts(db, topic.key, ids, end)).map((post) => [post.id, post]),
  );
  const hits = [...new Set(ids)]
    .flatMap((id) => posts.get(id) ?? [])
    .map((post) => hitOf(post, { score: 1, coverage: 1 }));
  const kept = cutTo(budget, originalsOf(hits));
  return { query, hits: kept, carries: kept.length > 0 };
}

/**
 * The report that the message shows which is answered; of a section that is named with days, theirs; of
 * one that is named with nothing, the newest.
 */
export async function reportInView(
  db: Database,
  { about, topic }: Pick<Asked, 'about' | 'topic'>,
  { days, sections }: Pick<Query, 'days' | 'sections'>,
): Promise<StoredReport | null> {
  const { key, language } = topic;
  if (sections.length > 0 && days !== null) {
    const ofDays = await findReport(db, { topic: key, ...days, language });
    if (ofDays !== null) return ofDays;
  }
  if (about !== null) return reportNumbered(db, about.report);
  return sections.length > 0 ? newestReport(db, key, language) : null;
}

/** Nobody asks for more at once: what is beyond counts least. */
const MOST_TERMS = 250;

/** The terms that are looked for, each with what it counts at most. */
function termsFor({ wanted, associates }: Query): ReadonlyMap<string, number> {
  const terms = new Map<string, number>();
  const note = (term: string, weight: number) =>
    terms.set(term, Math.max(weight, terms.get(term) ?? 0));
  for (const { terms: called, weight, needed } of wanted) {
    for (const [term, likelihood] of called) note(term, likelihood * Math.max(weight, needed / 2));
  }
  for (const name of associates) if (/^[a-z\d]+$/.test(name) && !terms.has(name)) note(name, FAINT);
  return new Map([...terms].toSorted(([, a], [, b]) => b - a).slice(0, MOST_TERMS));
}

const FAINT = 0.1;

/** What stands in the way of the words: passages of all time, and of the days that are asked about. */
async function search(db: Database, { topic }: Asked, query: Query, end: Date): Promise<Findings> {
  const terms = termsFor(query);
  const look = (span: Span) =>
    candidatesFor(db, { topic: topic.key, terms, most: CANDIDATES, ...span });
  const all = await look({ start: null, end });
  if (query.days === null) return all;
  const inDays = await look(spanOf(query.days, topic.timeZone, end));
  const found = [...inDays.candidates, ...all.candidates];
  const candidates = [...new Map(found.map((one) => [`${one.kind} ${one.ref}`, one])).values()];
  return { candidates, frequencies: all.frequencies };
}

function sectionsFor({ about }: Asked, { sections }: Query): readonly string[] {
  return sections.length > 0 || about?.section == null ? sections : [about.section];
}

/** How much what is in view speaks for a post: what is named, the section that is answered, the report. */
const NAMED = 4;
const IN_SECTION = 1.4;
const IN_REPORT = 1.2;

function scalesFor(
  asked: Asked,
  query: Query,
  frequencies: Frequencies,
  report: StoredReport | null,
): Scales {
  const sections = sectionsFor(asked, query);
  const cited = new Set(
    report?.lines
      .filter(({ address }) => isWithin(address, sections))
      .flatMap(({ cites }) => cites),
  );
  const cites = query.sections.length > 0 ? NAMED : IN_SECTION;
  const isInReport = ({ createdAt }: Post) =>
    report !== null &&
    query.days === null &&
    createdAt >= report.window.start &&
    createdAt < report.window.end;
  return {
    query,
    fitOf: fitsTo(query.wanted, frequencies),
    restOf: fitsTo(
      query.wanted.filter((one) => !isNameOf(query.speakers, one)),
      frequencies,
    ),
    timeZone: asked.topic.timeZone,
    now: asked.now,
    inView: (post) => (cited.has(post.id) ? cites : isInReport(post) ? IN_REPORT : 1),
  };
}
