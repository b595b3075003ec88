import { estimateTokens } from '../claude/estimate.ts';
import {
  type Asked,
  type Evidence,
  type Hit,
  lineOf,
  type Query,
  type ReportLine,
  type Wanted,
} from '../model/asking.ts';
import type { Post } from '../model/post.ts';
import { windowOf } from '../model/window.ts';
import {
  type Candidate,
  candidatesFor,
  type Frequencies,
  type Findings,
} from '../store/candidates.ts';
import { companyOf } from '../store/company.ts';
import { loudest, standingPosts } from '../store/standing.ts';
import type { Database } from '../store/database.ts';
import { advertisingAmong } from '../store/drops.ts';
import { linesReferredTo } from '../store/lines.ts';
import { refOfLine } from '../store/passages.ts';
import { findReport, newestReport, reportNumbered, type StoredReport } from '../store/reports.ts';
import { voicesAmong } from './authorship.ts';
import { isCarried, LEAST } from './carries.ts';
import { originalsOf, postsIn } from './copies.ts';
import { choicesOf, postsOfAuthors, postsOfDays } from './of-days.ts';
import { type Countable, fitsTo, isUnheardOf } from './rank.ts';
import { isWithin } from './sections.ts';
import { wordsOfLine } from './sources.ts';
import { foldName } from './spoken-names.ts';
import {
  countTerms,
  type FoundLine,
  type FoundPost,
  ONE_GO,
  type Scales,
  weigh,
  type Weighed,
} from './weigh.ts';

/** Tokens of evidence. */
const BUDGET = 6000;
/** So many passages are weighed of all time, and as many of the days that are asked about. */
const CANDIDATES = 200;
/** The company of so many of the best posts is looked up, and so many posts of it are taken. */
const COMPANY_OF = 20;
const MOST_COMPANY = 200;

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
  const terms = termsFor(query);
  const { candidates, frequencies } = await search(db, asked, query, terms, end);
  const found = await hydrate(db, asked, query, candidates, { report, end });
  const scales = scalesFor(asked, query, frequencies, report);
  if (query.most !== null) return evidenceOfMost(db, asked, query, scales, end);
  const first = weigh(found.posts, scales);
  const company = await companyFor(db, asked, first.slice(0, COMPANY_OF), found.posts, end);
  const weighed = company.length === 0 ? first : weigh([...found.posts, ...company], scales);
  const isUnheard = query.wanted.some((one) => isUnheardOf(one, frequencies));
  const kept = (hits: readonly Hit[]) => cutTo(budget, originalsOf(hits, query.shown));
  const all = hitsFrom(found, scales, weighed);
  for (const some of choicesOf(query, weighed)) {
    const hits = kept(
      some === weighed ? all : withFirst(query, hitsFrom(found, scales, some), all),
    );
    if (isCarried(query, leftOf(query, some, hits), hits)) {
      return { query, hits, carries: !isUnheard };
    }
  }
  return { query, hits: kept(all), carries: false };
}

/** Hits with those first that fit and are of the right days; what is of other days only stands aside. */
function withFirst({ wanted }: Query, first: readonly Hit[], all: readonly Hit[]): Hit[] {
  const isAsked = wanted.some(({ needed }) => needed > 0);
  const [fit, unfit] = partition(first, ({ coverage }) => !isAsked || coverage >= LEAST);
  const names = new Set(first.map(nameOf));
  const others = all.filter((hit) => !names.has(nameOf(hit)));
  const behind = [...unfit, ...others.map((hit) => ({ ...hit, isAside: true }))];
  const most = fit.at(-1)?.score ?? Infinity;
  const lowered = behind
    .toSorted(byScore)
    .map((hit) => ({ ...hit, score: Math.min(most, hit.score) }));
  return [...fit, ...lowered];
}

function partition<T>(all: readonly T[], isOf: (one: T) => boolean): [T[], T[]] {
  return [all.filter((one) => isOf(one)), all.filter((one) => !isOf(one))];
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
    .map((post): Hit => ({
      passage: { kind: 'post', post },
      score: 1,
      coverage: 1,
      line: null,
      isAside: false,
    }));
  const kept = cutTo(budget, originalsOf(hits));
  return { query, hits: kept, carries: kept.length > 0 };
}

/** So many of the loudest are looked through for those that are asked for, and so many are handed out. */
const LOOKED_THROUGH = 2000;
const SHOWN = 10;
/** What speaks of so much of what is asked beside the number is about it. */
const ABOUT = 0.5;

/** The posts that have most of a number: those of whom and of what is asked, the most first. */
async function evidenceOfMost(
  db: Database,
  asked: Asked,
  query: Query,
  { restOf }: Scales,
  end: Date,
): Promise<Evidence> {
  const { key, timeZone } = asked.topic;
  const window = query.days && windowOf(query.days.from, query.days.to, timeZone);
  const posts = await loudest(db, key, {
    start: window?.start ?? null,
    end: window && window.end < end ? window.end : end,
    most: LOOKED_THROUGH,
    by: query.most ?? 'echo',
  });
  const ids = posts.map(({ id }) => id);
  const ads = await advertisingAmong(db, key, ids);
  const found = posts
    .filter(({ id, isRepost }) => !ads.has(id) && !isRepost)
    .map((post) => ({ post, lines: [], ...countPost(post) }));
  const voices = voicesAmong(found, query);
  const isAboutAll = !query.wanted.some((one) => one.needed > 0 && !isNameOf(query.speakers, one));
  const kept = found
    .map((one) => ({ one, coverage: isAboutAll ? 1 : restOf(one).coverage }))
    .filter(({ one, coverage }) => coverage >= ABOUT && !voices.isOther(one))
    .slice(0, SHOWN);
  const hits = kept.map(({ one: { post }, coverage }, place) => {
    return {
      passage: { kind: 'post', post } as const,
      score: 1 - place / 20,
      coverage,
      line: null,
      isAside: false,
    };
  });
  return { query, hits, carries: hits.length > 0 };
}

/**
 * The report that the message shows which is answered; of a section that is named with days, theirs; of
 * one that is named with nothing, the newest.
 */
async function reportInView(
  db: Database,
  { about, topic }: Asked,
  { days, sections }: Query,
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
async function search(
  db: Database,
  { topic }: Asked,
  { days }: Query,
  terms: ReadonlyMap<string, number>,
  end: Date,
): Promise<Findings> {
  const look = (start: Date | null, until: Date) =>
    candidatesFor(db, { topic: topic.key, terms, start, end: until, most: CANDIDATES });
  const all = await look(null, end);
  if (days === null) return all;
  const window = windowOf(days.from, days.to, topic.timeZone);
  const inDays = await look(window.start, window.end < end ? window.end : end);
  const found = [...inDays.candidates, ...all.candidates];
  const candidates = [...new Map(found.map((one) => [`${one.kind} ${one.ref}`, one])).values()];
  return { candidates, frequencies: all.frequencies };
}

type Found = {
  readonly posts: readonly FoundPost[];
  readonly lines: readonly FoundLine[];
  /** The lines that the question names by their address. */
  readonly named: ReadonlySet<ReportLine>;
};

/** The posts and lines behind candidates, with what lines cite, and what days and sections hold. */
async function hydrate(
  db: Database,
  asked: Asked,
  query: Query,
  candidates: readonly Candidate[],
  { report, end }: { report: StoredReport | null; end: Date },
): Promise<Found> {
  const counted = new Map(candidates.map((one) => [`${one.kind} ${one.ref}`, one]));
  const refs = (kind: Candidate['kind']) =>
    candidates.filter((one) => one.kind === kind).map(({ ref }) => ref);
  const byRef = await linesReferredTo(db, refs('line'));
  const lines = [...byRef].map(([ref, line]) => ({
    line,
    ...countableOf(counted.get(`line ${ref}`)),
  }));
  const named = linesNamedIn(query, report);
  const others = lines.filter(({ line }) => !named.some((one) => refOf(one) === refOf(line)));
  const all = [...others, ...named.map((line) => ({ line, ...countTerms(wordsOfLine(line)) }))];
  const ids = [...refs('post'), ...all.flatMap(({ line }) => line.line.cites)];
  const posts = [
    ...(await standingPosts(db, asked.topic.key, ids, end)),
    ...(await postsOfDays(db, asked, query, end)),
    ...(await postsOfAuthors(db, asked, query, end)),
  ];
  const citing = citingLines(all);
  const distinct = [...new Map(posts.map((post) => [post.id, post])).values()];
  const ads = await advertisingAmong(
    db,
    asked.topic.key,
    distinct.map(({ id }) => id),
  );
  return {
    lines: all,
    named: new Set(named),
    posts: distinct
      .filter(({ id }) => !ads.has(id))
      .map((post) => {
        const known = counted.get(`post ${post.id}`);
        return {
          post,
          lines: citing.get(post.id) ?? [],
          ...(known ? countableOf(known) : countPost(post)),
        };
      }),
  };
}

/** The lines that each post is cited by. */
function citingLines(lines: readonly FoundLine[]): Map<string, FoundLine[]> {
  const citing = new Map<string, FoundLine[]>();
  for (const line of lines) {
    for (const id of line.line.line.cites) citing.set(id, [...(citing.get(id) ?? []), line]);
  }
  return citing;
}

const NOTHING: Countable = { length: 1, counts: new Map() };

function countableOf(candidate: Candidate | undefined): Countable {
  return candidate ? { length: candidate.length, counts: candidate.counts } : NOTHING;
}

function countPost({ authorName, author, text }: Post): Countable {
  return countTerms(`${authorName} @${author}\n${text}`);
}

/** The lines of the report in view that the question names by their address. */
function linesNamedIn({ sections }: Query, report: StoredReport | null): ReportLine[] {
  if (report === null) return [];
  return report.lines
    .filter(({ address }) => isWithin(address, sections))
    .map((line) => lineOf(report, line));
}

function refOf({ report, line: { address } }: ReportLine): string {
  return refOfLine({ report, address });
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

function isNameOf(names: readonly string[], { word, terms }: Wanted): boolean {
  const said = [foldName(word.replace(/['’]s?$/, '')), ...terms.keys()];
  return said.some((one) => names.includes(one));
}

/** The posts that keep company with the best ones and were not found by themselves. */
async function companyFor(
  db: Database,
  { topic }: Asked,
  best: readonly Weighed[],
  known: readonly FoundPost[],
  end: Date,
): Promise<FoundPost[]> {
  const posts = best.map(({ post }) => post);
  const limits = { end, oneGo: ONE_GO, most: MOST_COMPANY };
  const company = await companyOf(db, topic.key, posts, limits);
  const ids = new Set(known.map(({ post }) => post.id));
  return company
    .filter(({ id }) => !ids.has(id))
    .map((post) => ({ post, lines: [], ...countPost(post) }));
}

function hitOf({ post, score, coverage, line }: Weighed): Hit {
  return { passage: { kind: 'post', post }, score, coverage, line, isAside: false };
}

/** Lines stand behind the posts that they lead to, which say it in the words of who said it. */
const BEHIND = 0.95;
/** Lines that are named stand before them. */
const BEFORE = 1.02;

/** Posts as hits, and the lines that led to them, strongest first. */
function hitsFrom(found: Found, scales: Scales, weighed: readonly Weighed[]): Hit[] {
  return [...weighed.map(hitOf), ...hitsOfLines(found, scales, weighed)].toSorted(byScore);
}

/** The lines that led to a post, each right behind the first of its posts, and those that are named. */
function hitsOfLines(
  { lines, named }: Found,
  { fitOf }: Scales,
  weighed: readonly Weighed[],
): Hit[] {
  const byId = new Map(weighed.map(({ post }) => [post.id, post]));
  return lines.flatMap(({ line, ...passage }) => {
    const isNamed = named.has(line);
    const first = weighed.find((one) =>
      isNamed ? line.line.cites.includes(one.post.id) : one.line === line,
    );
    if (first === undefined) return [];
    const { coverage } = fitOf(passage);
    const score = first.score * (isNamed ? BEFORE : BEHIND);
    const posts = line.line.cites.flatMap((id) => byId.get(id) ?? []);
    return { passage: { ...line, posts }, score, coverage, line: null, isAside: false };
  });
}

function byScore(a: Hit, b: Hit): number {
  return b.score - a.score || (nameOf(a) < nameOf(b) ? -1 : 1);
}

function nameOf({ passage }: Hit): string {
  return passage.kind === 'post' ? passage.post.id : refOf(passage);
}

/** A long post says on its first part what it is about; so much of it counts, tokens. */
const LARGEST = 600;

function cutTo(budget: number, hits: Iterable<Hit>): Hit[] {
  const kept: Hit[] = [];
  let left = budget;
  for (const hit of hits) {
    if (hit.score <= 0 || left < FULL) break;
    const { passage } = hit;
    const text = passage.kind === 'post' ? passage.post.text : wordsOfLine(passage);
    const tokens = Math.min(LARGEST, estimateTokens(text.slice(0, LARGEST * LETTERS)) + OVERHEAD);
    if (tokens > left) continue;
    left -= tokens;
    kept.push(hit);
  }
  return kept;
}

/** With less left than this, hardly anything fits, tokens. */
const FULL = 50;
/** More letters than this make more than a token, whatever the language. */
const LETTERS = 5;

/** Author, day and marks of a passage, tokens. */
const OVERHEAD = 20;
