import { isStopWord, stemOf, tokenize } from '../lib/tokens.ts';
import type { Post } from '../model/post.ts';
import type { Line, Report } from '../model/report.ts';
import { wordsOf } from '../model/words.ts';

/** A post that may answer, with how well it fits. */
export type Hit = {
  readonly post: Post;
  readonly score: number;
  /** Share of the question's meaning that the post, or a line that cites it, speaks of; 0 to 1. */
  readonly coverage: number;
  /** The report's line that led to the post, if one did. */
  readonly line: Line | null;
};

// Okapi BM25 with its usual constants (Robertson & Zaragoza, 2009).
const K1 = 1.2;
const B = 0.75;
/** How much of a line's score goes to each post that it cites. */
const BRIDGE = 0.6;
const AUTHOR_BONUS = 1.5;

/**
 * The posts that fit a question best, strongest first. Posts are found by their own words, by their
 * author's name, and through the report's lines that cite them.
 */
export function retrieve(
  question: string,
  report: Pick<Report, 'lines'>,
  posts: readonly Post[],
  limit: number,
): Hit[] {
  const query = [...new Set(termsOf(tokenize(question)))];
  if (query.length === 0) return [];
  const passages: { words: string[]; line: Line | null; ids: readonly string[] }[] = [
    ...posts.map((post) => ({
      words: termsOf([...tokenize(`${post.authorName} @${post.author}`), ...wordsOf(post)]),
      line: null,
      ids: [post.id],
    })),
    ...report.lines.map((line) => ({
      words: termsOf(tokenize(`${line.lead ?? ''} ${line.text} ${line.impact ?? ''}`)),
      line,
      ids: line.cites,
    })),
  ];
  const idf = idfOver(passages.map(({ words }) => words));
  const meaning = query.reduce((sum, word) => sum + idf(word), 0);
  const usualLength = average(passages.map(({ words }) => words.length));
  const byId = new Map(posts.map((post) => [post.id, post]));
  const hits = new Map<string, Hit>();
  for (const { words, line, ids } of passages) {
    const { score, covered } = bm25(query, words, idf, usualLength);
    if (score === 0) continue;
    for (const id of ids) {
      const post = byId.get(id);
      if (!post) continue;
      const known = hits.get(id);
      hits.set(id, {
        post,
        score: (known?.score ?? 0) + score * (line ? BRIDGE : 1),
        coverage: Math.max(known?.coverage ?? 0, covered / meaning),
        line: known?.line ?? line,
      });
    }
  }
  return [...hits.values()]
    .map((hit) => (isAskedAbout(hit.post, query) ? withBonus(hit) : hit))
    .toSorted((a, b) => b.score - a.score || (a.post.id < b.post.id ? -1 : 1))
    .slice(0, limit);
}

/** The words that carry a subject, in small letters, without their endings. */
function termsOf(tokens: readonly string[]): string[] {
  return tokens
    .filter((token) => !isStopWord(token))
    .map((token) => token.toLowerCase().replace(/^[@#＃$]/, ''))
    .map((word) => stemOf(word.replace(/['’]s$/, '')));
}

function idfOver(documents: readonly string[][]): (word: string) => number {
  const frequency = new Map<string, number>();
  for (const words of documents) {
    for (const word of new Set(words)) frequency.set(word, (frequency.get(word) ?? 0) + 1);
  }
  return (word) => {
    const count = frequency.get(word) ?? 0;
    return Math.log(1 + (documents.length - count + 0.5) / (count + 0.5));
  };
}

function bm25(
  query: readonly string[],
  words: readonly string[],
  idf: (word: string) => number,
  usualLength: number,
): { score: number; covered: number } {
  const norm = K1 * (1 - B + B * (words.length / usualLength));
  let score = 0;
  let covered = 0;
  for (const word of query) {
    const count = words.filter((other) => other === word).length;
    if (count === 0) continue;
    score += (idf(word) * count * (K1 + 1)) / (count + norm);
    covered += idf(word);
  }
  return { score, covered };
}

function average(numbers: readonly number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0) / Math.max(1, numbers.length);
}

/** Whether the question holds every word of the author's name or handle. */
function isAskedAbout({ author, authorName }: Post, query: readonly string[]): boolean {
  return [`@${author}`, authorName]
    .map((name) => termsOf(tokenize(name)))
    .some((words) => words.length > 0 && words.every((word) => query.includes(word)));
}

function withBonus(hit: Hit): Hit {
  return { ...hit, score: hit.score * AUTHOR_BONUS, coverage: Math.max(hit.coverage, 0.5) };
}
