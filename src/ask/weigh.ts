import { termsOf } from '../lib/terms.ts';
import type { Query, ReportLine, Wanted } from '../model/asking.ts';
import { SPOKEN_NAMES } from '../model/known-names.ts';
import { engagement, type Post } from '../model/post.ts';
import { wordsOfLine } from '../model/report.ts';
import { type Days, windowOf } from '../model/window.ts';
import { plainText } from '../model/words.ts';
import { holds } from './asked-for.ts';
import { voicesAmong } from './authorship.ts';
import { type Countable, countTerms, type Fit } from './rank.ts';
import { foldName } from './spoken-names.ts';

/** A line of a report with the terms that it has of those that are asked for. */
export type FoundLine = { readonly line: ReportLine } & Countable;

/** A post with its terms, and the lines of reports that cite it. */
export type FoundPost = {
  readonly post: Post;
  readonly lines: readonly FoundLine[];
} & Countable;

/** A post with how well it fits. */
export type Weighed = {
  readonly post: Post;
  readonly score: number;
  /** Share of what is asked for that it speaks of; 0 to 1. */
  readonly coverage: number;
  /** As `coverage`, of the sentences around something of the kind that is asked for. */
  readonly told: number;
  /** Whether it is of the days that are asked about, where some are. */
  readonly inDays: boolean;
  /** Whether it is of a day beside those. */
  readonly isBeside: boolean;
  /** Whether it is by others, where it is asked what others say of somebody. */
  readonly isAsked: boolean;
  /** The line of a report that led to it more than its own words. */
  readonly line: ReportLine | null;
};

/** What is known beside the passages when they are weighed. */
export type Scales = {
  readonly query: Query;
  readonly fitOf: (passage: Countable) => Fit;
  /** As `fitOf`, of all but the names of those whose words are asked for. */
  readonly restOf: (passage: Countable) => Fit;
  readonly timeZone: string;
  readonly now: Date;
  /** How much the report in view speaks for a post: 1 where it does not. */
  readonly inView: (post: Post) => number;
};

// Shares of the best score that words reach; what they are good for is measured (`npm run eval -- answers`).
/** That it is by somebody who is asked about. */
const AUTHOR = 0.5;
/** What of it a post has that says nothing of what is asked, where somebody's own words are asked for. */
const BY_NAME = 0.3;
/** What is left of a score where somebody else speaks than is asked for. */
const OF_OTHERS = 0.4;
/** That it holds something of the kind that is asked for, near what is asked. */
const KIND = 0.4;
/** That it was echoed most. */
const ECHO = 0.05;
/** That it is new; a week later a third of it. */
const FRESH = 0.05;
const FRESHNESS = 7;
/** How much of a score of words hangs on how much of the question they cover. */
const COVERAGE = 0.7;
/** What the posts of a thread, and what they quote, have of each other's scores. */
const COMPANY = 0.85;
/** How much of a line's fit its posts have. */
const BRIDGE = 0.8;
/** What is left of a score on the days that are asked about, a day beside them, and further away. */
const WITHIN = 1;
const NEAR = 0.5;
const FAR = 0.2;
/** So many of the best posts are read sentence by sentence. */
const MOST_READ = 40;

/**
 * Weighs posts by their words and by those of the lines that cite them, and by what else speaks for
 * them: that they are by an author who is asked about, of the days that are asked about, that they hold
 * what is asked for, that others echoed them, that they are new. Strongest first.
 */
export function weigh(found: readonly FoundPost[], scales: Scales): Weighed[] {
  const { now, query } = scales;
  const voices = voicesAmong(found, query);
  const fitOf = voices.areAskedFor ? scales.restOf : scales.fitOf;
  const fitting = found.map((one) => ({ one, ...fitOfPost(one, fitOf) }));
  const best = Math.max(Number.MIN_VALUE, ...fitting.map(({ words }) => words));
  const mostTold = Math.max(Number.MIN_VALUE, ...fitting.map(({ coverage }) => coverage));
  const mostEchoed = Math.log1p(Math.max(1, ...found.map(({ post }) => engagement(post))));
  const weighed = fitting.map(({ one, words, coverage, line }) => {
    const { post, lines } = one;
    const days = Math.max(0, now.getTime() - post.createdAt.getTime()) / DAY;
    const tells = voices.areAskedFor ? BY_NAME + (1 - BY_NAME) * (coverage / mostTold) : 1;
    const score =
      (words / best) * (1 - COVERAGE + COVERAGE * coverage) +
      AUTHOR * voices.of(one) * tells +
      ECHO * (Math.log1p(Math.max(0, engagement(post))) / mostEchoed) +
      FRESH * Math.exp(-days / FRESHNESS);
    const share = ofDays(post.createdAt, query.days, scales.timeZone);
    const weight = share * scales.inView(post) * (voices.isOther(one) ? OF_OTHERS : 1);
    const told = voices.areAskedFor ? fitOfPost(one, scales.fitOf).coverage : coverage;
    const fit = { coverage: told, told, line, isAsked: !voices.isOfSubject(one) };
    const place = { inDays: share === WITHIN, isBeside: share === NEAR };
    return { post, score: score * weight, weight, ...fit, ...place, lines };
  });
  return withKind(withCompany(weighed).toSorted(byScore), scales).toSorted(byScore);
}

const DAY = 86_400_000;

/** With what its days and what is in view leave of its score. */
type Heavy = Weighed & Pick<FoundPost, 'lines'> & { readonly weight: number };

function byScore(a: Weighed, b: Weighed): number {
  return b.score - a.score || (a.post.id < b.post.id ? -1 : 1);
}

/**
 * How well a post's words fit, or those of a line that cites it. Names of its author are no words of its
 * own, but they speak of what is asked for, and so does what goes without saying where they speak.
 */
function fitOfPost(one: FoundPost, fitOf: Scales['fitOf']) {
  const { author, authorName } = one.post;
  const own = fitOf(without(one, termsOf(`${authorName} @${author}`))).score;
  const { coverage } = fitOf(withTerms(one, impliedBy(author)));
  const fit = { words: own, coverage, line: null as ReportLine | null };
  for (const line of one.lines) {
    const { score, coverage: told } = fitOf(line);
    if (score * BRIDGE > fit.words) Object.assign(fit, { words: score * BRIDGE, line: line.line });
    fit.coverage = Math.max(fit.coverage, told);
  }
  return fit;
}

/** Adds to the best posts how much they tell around something of the kind that is asked for. */
function withKind(ordered: readonly Heavy[], { query, fitOf }: Scales): Weighed[] {
  if (query.askedFor === null || query.askedFor === 'person') return [...ordered];
  return ordered.map((one, place) => {
    const told = place < MOST_READ ? toldBy(one, query, fitOf) : 0;
    return { ...one, told, score: one.score + KIND * told * one.weight };
  });
}

/** Where the counted thing itself is not named beside the amount, it may be an amount of anything. */
const OF_ANYTHING = 0.5;
const LIKELY = 0.3;

/** How much of what is asked for a post tells, or a line that cites it. */
function toldBy({ post, lines }: Heavy, query: Query, fitOf: Scales['fitOf']): number {
  const names = `${post.authorName} @${post.author} ${impliedBy(post.author).join(' ')}`;
  return Math.max(
    toldIn(plainText(post.text), names, query, fitOf),
    ...lines.map(({ line }) => toldIn(wordsOfLine(line.line), '', query, fitOf)),
  );
}

/** How much of it the sentences speak of that hold something of its kind, with their neighbours. */
function toldIn(text: string, names: string, query: Query, fitOf: Scales['fitOf']): number {
  const sentences = text.split(SENTENCE_ENDS);
  let told = 0;
  for (const [place, sentence] of sentences.entries()) {
    if (!holds(sentence, query.askedFor, query.words)) continue;
    const near = sentences.slice(Math.max(1, place - 1), place + 2);
    const around = [sentences[0], ...near].join('\n');
    const passage = countTerms(`${names}\n${around}`);
    const isOf = query.counted.length === 0 || query.counted.some((one) => isNamed(one, passage));
    told = Math.max(told, fitOf(passage).coverage * (isOf ? 1 : OF_ANYTHING));
  }
  return told;
}

function isNamed({ terms }: Wanted, { counts }: Countable): boolean {
  return terms.entries().some(([term, likely]) => likely >= LIKELY && counts.has(term));
}

const SENTENCE_ENDS = /(?<=[.!?])\s+|(?<=[。！？])|\n+/u;

/** The terms of what goes without saying where somebody speaks: their company, what they make. */
function impliedBy(author: string): readonly string[] {
  implications ??= new Map(
    SPOKEN_NAMES.flatMap(({ forms, implied }) =>
      forms.map((form) => [foldName(form), implied.flatMap(termsOf)] as const),
    ),
  );
  return implications.get(foldName(author)) ?? [];
}

let implications: ReadonlyMap<string, readonly string[]> | undefined;

function withTerms(passage: Countable, terms: readonly string[]): Countable {
  if (terms.length === 0) return passage;
  const counts = new Map([...passage.counts, ...terms.map((term) => [term, 1] as const)]);
  return { length: passage.length, counts };
}

function without({ length, counts }: Countable, terms: readonly string[]): Countable {
  const own = new Map(counts);
  for (const term of terms) {
    const left = (own.get(term) ?? 0) - 1;
    if (left > 0) own.set(term, left);
    else own.delete(term);
  }
  return { length: Math.max(1, length - terms.length), counts: own };
}

/** What of a score is left for the day on which a post was written. */
function ofDays(at: Date, days: Days | null, timeZone: string): number {
  if (days === null) return WITHIN;
  const { start, end } = windowOf(days.from, days.to, timeZone);
  if (at >= start && at < end) return WITHIN;
  const away = at < start ? start.getTime() - at.getTime() : at.getTime() - end.getTime();
  return away <= DAY ? NEAR : FAR;
}

/** Posts that an author writes within so much time are taken for a thread, milliseconds. */
export const ONE_GO = 3 * 60_000;

/** Lets what belongs together stand together: threads, and what quotes with what is quoted. */
function withCompany(weighed: readonly Heavy[]): Heavy[] {
  const byAuthor = Map.groupBy(weighed, ({ post }) => post.author);
  const byId = new Map(weighed.map((one) => [one.post.id, one]));
  const quoting = Map.groupBy(weighed, ({ post }) => post.quotedId ?? '');
  return weighed.map((one) => {
    const { author, id, quotedId } = one.post;
    const thread = (byAuthor.get(author) ?? []).filter(({ post }) => belong(one.post, post));
    const quoted = byId.get(quotedId ?? '');
    const company = [...thread, ...(quoting.get(id) ?? []), ...(quoted ? [quoted] : [])];
    return {
      ...one,
      score: Math.max(one.score, ...company.map(({ score }) => score * COMPANY)),
    };
  });
}

function belong(one: Post, other: Post): boolean {
  if (one === other) return false;
  if (one.conversationId !== null && one.conversationId === other.conversationId) return true;
  if (one.replyToId === other.id || other.replyToId === one.id) return true;
  return Math.abs(one.createdAt.getTime() - other.createdAt.getTime()) <= ONE_GO;
}
