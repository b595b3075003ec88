import { isStopWord, tokenize } from '../../lib/tokens.ts';
import type { Problem } from '../../model/verdict.ts';
import type { Ground } from './ground.ts';
import { KNOWN_NAMES, type KnownName } from '../../model/known-names.ts';
import { piecesOf, spellingsOf } from './pieces.ts';
import { quotedSpans } from './quotations.ts';

/** The names that a line may use. */
export type Names = {
  /** Every spelling that the grounds have, and the other forms of the known names among them. */
  readonly spellings: ReadonlySet<string>;
  /** Handles, folded. */
  readonly handles: readonly string[];
  /** The known names among the grounds. */
  readonly known: ReadonlySet<KnownName>;
};

/** The names that stand in the grounds. */
export function readNames({ words, sources }: Ground): Names {
  const authors = sources.flatMap(({ post }) => (post === null ? [] : [post.author]));
  return namesIn(words, authors);
}

/** The names that stand in a text. */
export function namesIn(words: string, authors: readonly string[] = []): Names {
  const inText = spellingsOf(words);
  const standing = SPELLED.filter((spelled) => stands(spelled, inText, words));
  const known = closed(standing.map(({ name }) => name));
  return {
    spellings: new Set([
      ...inText,
      ...[...known].flatMap((name) => SPELLED[KNOWN_NAMES.indexOf(name)]?.all ?? []),
    ]),
    handles: [...authors, ...(words.match(/(?<=@)\w{2,30}/g) ?? [])].map((handle) =>
      handle.toLowerCase().replaceAll('_', ''),
    ),
    known,
  };
}

type Spelled = {
  readonly name: KnownName;
  /** Its Latin forms, each as one word. */
  readonly joined: readonly string[];
  readonly han: readonly string[];
  /** All that its Latin forms could be called. */
  readonly all: readonly string[];
};

function stands(
  { joined: forms, han }: Spelled,
  spellings: ReadonlySet<string>,
  words: string,
): boolean {
  return forms.some((form) => spellings.has(form)) || han.some((form) => words.includes(form));
}

function joined(form: string): string {
  return piecesOf(form).join('');
}

const HAN = /\p{Script=Han}/u;

const SPELLED: readonly Spelled[] = KNOWN_NAMES.map((name) => {
  const latin = name.forms.filter((form) => !HAN.test(form));
  return {
    name,
    joined: latin.map(joined),
    han: name.forms.filter((form) => HAN.test(form)),
    all: latin.flatMap((form) => [form.toLowerCase(), ...piecesOf(form), joined(form)]),
  };
});

const BY_FORM: ReadonlyMap<string, KnownName> = new Map(
  KNOWN_NAMES.flatMap((name) => name.forms.map((form) => [form, name] as const)),
);

/** Names with those that they imply. */
function closed(names: readonly KnownName[]): Set<KnownName> {
  const all = new Set(names);
  for (const name of all) {
    for (const form of name.implied) {
      const implied = BY_FORM.get(form);
      if (implied !== undefined) all.add(implied);
    }
  }
  return all;
}

/** The known name that a form belongs to. */
export function knownName(form: string): KnownName | undefined {
  return BY_FORM.get(form) ?? BY_JOINED.get(joined(form));
}

const BY_JOINED: ReadonlyMap<string, KnownName> = new Map(
  KNOWN_NAMES.flatMap((name) =>
    name.forms.filter((form) => !HAN.test(form)).map((form) => [joined(form), name] as const),
  ),
);

/** The people, companies, products and handles of a line that its grounds do not have. */
export function strayNames(words: string, names: Names): Problem[] {
  const outside = blankQuotes(words);
  const latin = strayRuns(latinNames(outside), words, names);
  const han = hanNames(outside).filter(({ name }) => !names.known.has(name));
  return [...latin, ...han].map(({ text }) => ({ kind: 'name', what: text }));
}

/** Names next to each other are one; of each, what the grounds do not have. */
function strayRuns(latin: readonly Named[], words: string, names: Names): Named[] {
  return joinNeighbours(latin, words).flatMap((run) => {
    const stray = run.filter(({ text }) => !isSupported(text, names));
    const pieces = run.flatMap(({ text }) => piecesOf(text));
    if (names.handles.some((handle) => isShortened(pieces, handle))) return [];
    return joinNeighbours(stray, words).map(whole);
  });
}

function whole(run: readonly Named[]): Named {
  const [first, last] = [run[0], run.at(-1)];
  return {
    text: run.map(({ text }) => text).join(' '),
    start: first?.start ?? 0,
    end: last?.end ?? 0,
  };
}

/** The words without what stands in quotation marks, which has a check of its own. */
function blankQuotes(words: string): string {
  let outside = words;
  for (const { start, end } of quotedSpans(words)) {
    outside = outside.slice(0, start) + ' '.repeat(end - start) + outside.slice(end);
  }
  return outside;
}

export type Named = { readonly text: string; readonly start: number; readonly end: number };

/** Names with a single space between them, together. */
function joinNeighbours(names: readonly Named[], words: string): Named[][] {
  const runs: Named[][] = [];
  for (const name of names) {
    const last = runs.at(-1);
    const before = last?.at(-1);
    if (before !== undefined && words.slice(before.end, name.start) === ' ') last?.push(name);
    else runs.push([name]);
  }
  return runs;
}

/** Whether every piece of a name stands in the grounds, in one spelling or another. */
export function isSupported(name: string, { spellings, handles }: Names): boolean {
  const pieces = piecesOf(name);
  if (spellings.has(pieces.join(''))) return true;
  // A handle is one name: pieces of several make another account of it.
  if (name.startsWith('@'))
    return handles.includes(name.slice(1).toLowerCase().replaceAll('_', ''));
  return pieces.every((piece) => hasPiece(piece, spellings, handles));
}

function hasPiece(
  piece: string,
  spellings: ReadonlySet<string>,
  handles: readonly string[],
): boolean {
  if (piece.length < 2 && !/\d/.test(piece)) return true;
  return (
    spellings.has(piece) ||
    spellings.has(`${piece}s`) ||
    (piece.endsWith('s') && spellings.has(piece.slice(0, -1))) ||
    COMMON.has(piece) ||
    (piece.length > 3 &&
      handles.some((handle) => handle.startsWith(piece) || handle.endsWith(piece)))
  );
}

/** Whether a handle is the pieces of a name run together, letters left out but the first kept. */
function isShortened(pieces: readonly string[], handle: string): boolean {
  return pieces.some((piece) => {
    if (piece.length < 3 || !(handle.startsWith(piece) || handle.endsWith(piece))) return false;
    const rest = handle.replace(piece, '');
    return pieces.some(
      (other) => other !== piece && rest.length * 2 > other.length && isThinned(rest, other),
    );
  });
}

/** Whether a word is another one with letters left out. */
function isThinned(word: string, full: string): boolean {
  let at = 0;
  for (const letter of full) if (letter === word[at]) at++;
  return at === word.length && word[0] === full[0];
}

const WORD =
  /@?[\p{Script=Latin}\d_][\p{Script=Latin}\p{M}\d_]*(?:[.'&+-][\p{Script=Latin}\d_][\p{Script=Latin}\p{M}\d_]*)*/gu;

/** The words of a line in Latin letters that look like names. */
export function latinNames(words: string): Named[] {
  const isForeign = HAN.test(words);
  const titled = titledSpans(words);
  return [...words.matchAll(WORD)].flatMap((match) => {
    const text = match[0].replace(/'s?$/i, '');
    const name = { text, start: match.index, end: match.index + text.length };
    if (!looksLikeName(text)) return [];
    if (/['-]/.test(text) && COMMON.has(text.toLowerCase())) return [];
    if (isForeign) return [name];
    const isFirst = SENTENCE_START.test(words.slice(Math.max(0, name.start - 3), name.start));
    const isTitled = titled.some(({ start, end }) => name.start >= start && name.start < end);
    return (isFirst || isTitled) && !isNameAtStart(words, name) ? [] : [name];
  });
}

function looksLikeName(word: string): boolean {
  return (
    (/\p{Lu}/u.test(word) ||
      word.startsWith('@') ||
      /\p{L}.*\d/u.test(word) ||
      VERSION.test(word)) &&
    !/^\d+(?:st|nd|rd|th|x|k|m|b|bn|t|s|%|kb|mb|gb|tb|pb|am|pm|ms|h)$/i.test(word) &&
    !COMMON.has(word.toLowerCase().replace(/^(?:non|pre|post|anti|ex)-/, '')) &&
    !/^\d+-[a-z-]+$/.test(word) &&
    !LITTLE.has(word.toLowerCase())
  );
}

/** A number with two dots is a version, unless it is a date, which has a check of its own. */
const VERSION = /^(?!20\d\d\.)\d+(?:\.\d+){2,4}$/;

const SENTENCE_START = /^$|(?:^|[.!?:;–—"“]) *["“(]?$/u;

/** At a sentence's start all words are capitalised; names are those known, or said to speak. */
function isNameAtStart(words: string, { text, end }: Named): boolean {
  if (/\p{Ll}\p{Lu}|\d|^@/u.test(text)) return true;
  const after = words.slice(end, end + 24);
  if (SPEAKS.test(after) && !/s$/i.test(text) && !isStopWord(text)) return true;
  const isWord =
    /^(?:every|scale|linear|box|figure|seed|arm|bolt|modal|benchmark|page|notion|slack|ramp|stripe|runway|windows|gates|oracle|cursor|excel|zoom|meta|adept|inflection|cognition|opus|turing|son|teams)$/i;
  if (!BY_JOINED.has(joined(text))) return false;
  return (
    !isWord.test(text) ||
    /^(?:'s| (?:has|had|is|was|will|would|plans?|[a-z]+ed|[a-z]+s)\b)/.test(after)
  );
}

const SPEAKS =
  /^ (?:said|says|argued|argues|thinks|believes|wrote|writes|announced|announces|claimed|claims|noted|notes|told|suggested|suggests|admitted|predicts|predicted|reported|reports)\b/;

/** Headlines In Title Case, in which capitals say nothing. */
function titledSpans(words: string): { start: number; end: number }[] {
  return [...words.matchAll(/[^–.!?;]+/gu)].flatMap((match) => {
    const long = match[0].match(/[\p{L}'-]{4,}/gu) ?? [];
    const capital = long.filter((word) => /^\p{Lu}/u.test(word)).length;
    const isTitled = long.length >= 4 && capital / long.length > 0.75;
    return isTitled ? [{ start: match.index, end: match.index + match[0].length }] : [];
  });
}

const HAN_FORMS = new RegExp(
  KNOWN_NAMES.flatMap(({ forms }) => forms)
    .filter((form) => HAN.test(form))
    .toSorted((a, b) => b.length - a.length)
    .join('|'),
  'gu',
);

/** The known names that a line has in Chinese; short ones only where they are words of their own. */
export function hanNames(words: string): (Named & { readonly name: KnownName })[] {
  return [...words.matchAll(HAN_FORMS)].flatMap((match) => {
    const text = match[0];
    const name = BY_FORM.get(text);
    if (name === undefined || (text.length < 3 && !isWholeWord(words, match.index, text)))
      return [];
    return [{ text, name, start: match.index, end: match.index + text.length }];
  });
}

function isWholeWord(words: string, start: number, text: string): boolean {
  const before =
    words.slice(Math.max(0, start - 8), start).match(/\p{Script=Han}{0,8}$/u)?.[0] ?? '';
  const after =
    words.slice(start + text.length, start + text.length + 8).match(/^\p{Script=Han}{0,8}/u)?.[0] ??
    '';
  let at = 0;
  for (const token of tokenize(before + text + after)) {
    if (at === before.length) return token.startsWith(text);
    at += token.length;
  }
  return false;
}

/** Little words that titles and headlines begin with a capital. */
const LITTLE = new Set(
  `a an the and or but nor not no of in on at for to with by from as is are was were be been it its this
  that these those i me my we us our you your he his she her they them their who what when where why how
  which if so than then there here all any each every some more most much many new now just also only
  into onto over under about after before between through while during without because can could will
  would may might must should shall do does did has have had make makes let get gets one two three four
  five six seven eight nine ten first second third next last both either neither yes`.split(/\s+/),
);

/** What is no name although it has capitals: terms of the trade, titles, days, peoples, tongues. */
const COMMON = new Set(
  `ai api apis agi asi llm llms ml rl rag ui ux cli sdk sdks ide ides pr prs ci cd gpu gpus cpu cpus
  vcpu vcpus ram ssd url urls pdf pdfs json html css sql oss saas paas b2b b2c vc vcs ipo ipos arr mrr
  roi kpi gtm us usa u.s uk eu un x twitter app apps mac web pc faq q&a dm dms ok tv ar vr xr 2d 3d 4k 5g
  ceo ceos cto cfo coo cpo ciso cmo vp svp evp md phd dr mr mrs ms prof hr it qa pm pms r&d devops i i'm
  i'd i've i'll ama id ids os oss token tokens id agent agents beta alpha pro-level e2e yaml xml csv md
  markdown wifi gdp covid am pm ad bc t-shirt a-share a/b emoji vs re n/a tl;dr aka rt ps
  congressman congresswoman senator president minister secretary governor mayor judge professor chief
  executive officer director founder cofounder co-founder investor ceo's angel series round seed demo
  internet bay series-a monday tuesday wednesday thursday friday saturday sunday january february march
  april may june july august september october november december spring summer fall autumn winter
  christmas easter q1 q2 q3 q4 h1 h2 american americans european europeans chinese japanese korean indian
  british french german italian spanish russian english mandarin cantonese canadian australian brazilian
  mexican israeli dutch swedish swiss chilean african asian western eastern latin christian jewish muslim
  china japan korea india britain france germany italy spain russia america europe africa asia canada
  australia brazil mexico israel`.split(/\s+/),
);
