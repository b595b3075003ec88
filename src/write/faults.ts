import { shorten } from '../lib/text.ts';
import { tokenize } from '../lib/tokens.ts';
import type { Post } from '../model/post.ts';
import { wordsOfLine } from '../model/report.ts';
import type { Problem } from '../model/verdict.ts';
import type { Draft } from './draft.ts';
import { isSuspicion, problemsOf } from './verify/check.ts';
import { LONGEST_LINE, textOf, type Tongue, wordingFaults } from './wording.ts';

/** What the lines of a report are held against. */
export type Yardstick = Tongue & {
  readonly timeZone: string;
  /** Leads of part I in earlier reports. */
  readonly leads: readonly string[];
};

/** Everything that the rules find wrong with a draft; empty when it may stand. */
export function faultsOf(draft: Draft, yardstick: Yardstick): Problem[] {
  const faults = [
    ...citationFaults(draft),
    // Of a text that is no line, nothing else is looked at: it may take the checks for ever.
    ...(isTooLong(draft) ? [{ kind: 'length' } as const] : faultsOfWords(draft, yardstick)),
  ];
  return [...new Map(faults.map((fault) => [JSON.stringify(fault), fault])).values()];
}

function faultsOfWords(draft: Draft, yardstick: Yardstick): Problem[] {
  return [
    ...wordingFaults(wordsOfLine(draft), postsBehind(draft).map(textOf), yardstick),
    ...(draft.posts.length === 0 ? [] : wordFaults(draft, yardstick)),
    ...headlineFaults(draft, yardstick),
  ];
}

function citationFaults({ posts, unknown }: Draft): Problem[] {
  const strange = unknown.map((what): Problem => ({ kind: 'unknown-citation', what }));
  return posts.length === 0 ? [{ kind: 'no-citation' }, ...strange] : strange;
}

function isTooLong(draft: Draft): boolean {
  return wordsOfLine(draft).length > LONGEST_LINE;
}

function postsBehind({ posts, continues }: Draft): Post[] {
  return [...posts, ...(continues?.posts ?? [])];
}

function wordFaults(draft: Draft, { timeZone }: Yardstick): Problem[] {
  const { continues, basis } = draft;
  const earlier = [continues, ...basis].flatMap((line) => (line ? [wordsOfEarlier(line)] : []));
  const grounds = { posts: postsBehind(draft), earlier, timeZone };
  // Each by itself as well: a long honest text would make up for a headline that is not.
  const pieces = [draft.lead, draft.impact].filter((words) => words !== null);
  const problems = [wordsOfLine(draft), ...pieces].flatMap((words) => problemsOf(words, grounds));
  // Advice is no report of what posts say: that it is unlike them, or sure of itself, is its nature.
  return draft.part === 'IV' ? problems.filter((problem) => !isSuspicion(problem)) : problems;
}

function wordsOfEarlier(line: { words: string } | { lead: string | null; text: string }): string {
  return 'words' in line ? line.words : wordsOfLine({ ...line, impact: null });
}

/** A headline that stood in one of the last reports. */
function headlineFaults({ part, lead }: Draft, { leads }: Yardstick): Problem[] {
  if (part !== 'I' || lead === null) return [];
  const same = leads.find((earlier) => alike(lead, earlier) >= SAME_HEADLINE);
  return same === undefined ? [] : [{ kind: 'repeated', what: same }];
}

const SAME_HEADLINE = 0.85;
const SAME_LINE = 0.75;

/** Of drafts that tell the same, all but the first: they stand elsewhere in the report already. */
export function repetitionsIn(drafts: readonly Draft[]): Map<Draft, Problem> {
  const repeated = new Map<Draft, Problem>();
  const told: { draft: Draft; words: ReadonlySet<string> }[] = [];
  for (const draft of drafts) {
    const words = wordSet(draft.text);
    const same = told.find((earlier) => overlap(words, earlier.words) >= SAME_LINE);
    if (same) repeated.set(draft, { kind: 'repeated', what: shorten(same.draft.text, 120) });
    else told.push({ draft, words });
  }
  return repeated;
}

function alike(a: string, b: string): number {
  return overlap(wordSet(a), wordSet(b));
}

function wordSet(words: string): ReadonlySet<string> {
  return new Set(tokenize(words).map((word) => word.toLowerCase()));
}

/** The share of the words of both that both have (Jaccard), 0 to 1. */
function overlap(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  const shared = a.intersection(b).size;
  const all = a.size + b.size - shared;
  return all === 0 ? 0 : shared / all;
}
