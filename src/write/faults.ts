import type { LanguageDetector } from '../lib/language.ts';
import { shorten } from '../lib/text.ts';
import { tokenize } from '../lib/tokens.ts';
import { isWrittenIn, strangeWords } from '../lib/written-in.ts';
import type { Language } from '../model/topic.ts';
import type { Problem } from '../model/verdict.ts';
import { type Draft, wordsIn } from './draft.ts';
import { isSuspicion, problemsOf } from './verify/check.ts';

/** What the lines of a report are held against. */
export type Yardstick = {
  readonly language: Language;
  readonly detect: LanguageDetector;
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
    ...markupFaults(draft),
    ...letterFaults(draft, yardstick),
    ...languageFaults(draft, yardstick),
    ...(draft.posts.length === 0 ? [] : wordFaults(draft, yardstick)),
    ...headlineFaults(draft, yardstick),
  ];
}

function citationFaults({ posts, unknown }: Draft): Problem[] {
  const strange = unknown.map((what): Problem => ({ kind: 'unknown-citation', what }));
  return posts.length === 0 ? [{ kind: 'no-citation' }, ...strange] : strange;
}

/** Addresses with and without scheme, those with brackets around their dots among them. */
const ADDRESS =
  /\b[a-z][a-z\d+.-]{1,20}:\/\/\S*|\bwww\.\S*|\bjavascript:(?=\S)\S*|\bdata:[a-z]+\/\S*|\b(?:[a-z\d-]{1,63}\.){1,9}[a-z]{2,24}\/\S*|\b[\w.+-]{1,64}@[\w-]{1,63}\.[a-z]{2,24}\b|\w(?:\[\.\]|[[(]dot[\])])\w\S*/gi;

/** Names of hosts, which chats make links of. Products have such names too: posts may say them. */
const DOMAIN =
  /(?<![@\w.])(?:[\p{L}\d-]{1,63}\.){1,9}\p{L}{2,24}(?![\p{L}\d])|(?<![\w.])[a-z\d-]{1,63}[。．｡][a-z]{2,24}/giu;

/** Pings of chats. Handles are names, not pings. */
const PING = /@(?:everyone|here|channel|all)\b|<[@#!][^>]{0,80}>?/gi;

/** Tags and marks of HTML, Markdown, kramdown, Liquid and chat templates. */
const TAG =
  /<[/a-z][^>]{0,80}>?|<\||&(?:#x?[\da-f]{1,6}|[a-z]{2,8});|\]\]>|-->|\]\(|!\[|\[\^|\{[{%:]|```|-{3,}|\[\d{1,3}\]|\|[^|]{0,80}\|/gi;

/** More marks upon a letter than any script has. */
const PILE = /\p{M}{6,}/gu;

const MARKUP = [ADDRESS, PING, TAG, PILE];

function markupFaults(draft: Draft): Problem[] {
  const words = wordsIn(draft);
  // Wide letters make addresses as well.
  const spellings = [words, words.normalize('NFKC')];
  const found = spellings.flatMap((spelling) =>
    MARKUP.flatMap((mark) => spelling.match(mark) ?? []),
  );
  const posts = textsBehind(draft);
  const domains = (words.normalize('NFKC').match(DOMAIN) ?? []).filter(
    (domain) =>
      !posts.includes(domain.toLowerCase()) && !found.some((address) => address.includes(domain)),
  );
  return [...new Set([...found, ...domains])].map((what) => ({
    kind: 'markup',
    what: shorten(what, 60),
  }));
}

/** So many characters are no line any more but a text. */
const LONGEST = 1000;

function isTooLong(draft: Draft): boolean {
  return wordsIn(draft).length > LONGEST;
}

/** Words in letters of other scripts, or of two at once, that look like others; posts may have them. */
function letterFaults(draft: Draft, { language }: Yardstick): Problem[] {
  const posts = textsBehind(draft);
  return strangeWords(wordsIn(draft), language)
    .filter((word) => !posts.includes(word.toLowerCase()))
    .map((what) => ({ kind: 'name', what: shorten(what, 60) }));
}

/** All that stands in the cited posts, in lower case, dots that were put in brackets among it. */
function textsBehind({ posts, continues }: Draft): string {
  return [...posts, ...(continues?.posts ?? [])]
    .map((post) => `${post.text} ${post.author} ${post.authorName}`.normalize('NFKC').toLowerCase())
    .join('\n')
    .replaceAll('[.]', '.');
}

function languageFaults(draft: Draft, { language, detect }: Yardstick): Problem[] {
  return isWrittenIn(wordsIn(draft), language, detect) ? [] : [{ kind: 'language' }];
}

function wordFaults(draft: Draft, { timeZone }: Yardstick): Problem[] {
  const { posts, continues, basis } = draft;
  const earlier = [continues, ...basis].flatMap((line) => (line ? [wordsOfEarlier(line)] : []));
  const grounds = { posts: [...posts, ...(continues?.posts ?? [])], earlier, timeZone };
  // Each by itself as well: a long honest text would make up for a headline that is not.
  const pieces = [draft.lead, draft.impact].filter((words) => words !== null);
  const problems = [wordsIn(draft), ...pieces].flatMap((words) => problemsOf(words, grounds));
  // Advice is no report of what posts say: that it is unlike them, or sure of itself, is its nature.
  return draft.part === 'IV' ? problems.filter((problem) => !isSuspicion(problem)) : problems;
}

function wordsOfEarlier(line: { words: string } | { lead: string | null; text: string }): string {
  return 'words' in line ? line.words : wordsIn({ ...line, impact: null });
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
