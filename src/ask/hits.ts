import { estimateTokens } from '../claude/estimate.ts';
import type { Hit, Query } from '../model/asking.ts';
import type { Post } from '../model/post.ts';
import { wordsOfLine } from '../model/report.ts';
import { refOfLine } from '../store/passages.ts';
import { LEAST } from './carries.ts';
import type { Found } from './found.ts';
import type { Scales, Weighed } from './weigh.ts';

/** A post as a hit. */
export function hitOf(
  post: Post,
  { score, coverage, line = null }: Pick<Hit, 'score' | 'coverage'> & Partial<Pick<Hit, 'line'>>,
): Hit {
  return { passage: { kind: 'post', post }, score, coverage, line, isAside: false };
}

/** Lines stand behind the posts that they lead to, which say it in the words of who said it. */
const BEHIND = 0.95;
/** Lines that are named stand before them. */
const BEFORE = 1.02;

/** Posts as hits, and the lines that led to them, strongest first. */
export function hitsFrom(found: Found, scales: Scales, weighed: readonly Weighed[]): Hit[] {
  const posts = weighed.map((one) => hitOf(one.post, one));
  return [...posts, ...hitsOfLines(found, scales, weighed)].toSorted(byScore);
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

/** A name that no other hit has. */
export function nameOf({ passage }: Hit): string {
  if (passage.kind === 'post') return passage.post.id;
  return refOfLine({ report: passage.report, address: passage.line.address });
}

/** Hits with those first that fit and are of the right days; what is of other days only stands aside. */
export function withFirst({ wanted }: Query, first: readonly Hit[], all: readonly Hit[]): Hit[] {
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

/** A long post says on its first part what it is about; so much of it counts, tokens. */
const LARGEST = 600;

/** As many of the hits as fit into so many tokens. */
export function cutTo(budget: number, hits: Iterable<Hit>): Hit[] {
  const kept: Hit[] = [];
  let left = budget;
  for (const hit of hits) {
    if (hit.score <= 0 || left < FULL) break;
    const { passage } = hit;
    const text = passage.kind === 'post' ? passage.post.text : wordsOfLine(passage.line);
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
