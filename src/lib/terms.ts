import { stemmer } from 'stemmer';

import { cutForSearch, TOKEN } from './tokens.ts';

/** Goes up with every change of what `termsOf` gives: stored texts are then indexed anew. */
export const TERMS_VERSION = 4;

/**
 * The terms of a text in order, what it is found by; documents and questions are read alike.
 *
 * - Small letters, narrow forms, Latin without accents; English stems (Porter 1980).
 * - Words with inner marks, or of letters and figures, as one and in parts: GPT-5.2 is `gpt5.2`, `gpt`
 *   and `5.2`, and so is GPT 5.2; GPT-5.2-mini is `gpt5.2` as well; handles and tags without their mark.
 * - Numbers, without the commas of thousands.
 * - Chinese and Japanese as pairs of characters, which no dictionary can cut wrongly, and the words that
 *   a dictionary knows and no pair stands for: longer ones, and those that begin with a 中, which joins words
 *   only behind them (中国).
 */
export function termsOf(text: string): string[] {
  const terms: string[] = [];
  const plain = text.normalize('NFKC').replace(/(?<=\d),(?=\d{3}(?!\d))/g, '');
  let before: RegExpExecArray | null = null;
  for (const found of plain.matchAll(TOKEN)) {
    const { 0: match, groups } = found;
    if (groups?.['link'] !== undefined) continue;
    if (groups?.['cjk'] !== undefined) addDense(match, terms);
    else for (const term of termsOfWord(match)) terms.push(term);
    const named = before === null ? null : numbered(before, found);
    if (named !== null) terms.push(named);
    before = found;
  }
  return terms;
}

/** A word with the number after it as one term (Lumen 7: `lumen7`); `null` where they are not one name. */
export function numbered(word: RegExpExecArray, number: RegExpExecArray): string | null {
  const isNext =
    word.index + word[0].length + 1 === number.index && number.input[number.index - 1] === ' ';
  if (!isNext || !/^\d+(?:\.\d+)*$/.test(number[0]) || !/^\p{Script=Latin}+$/u.test(word[0]))
    return null;
  const name = word[0].toLowerCase();
  return LITTLE_WORDS.has(name) || name.length > LONGEST / 2 ? null : `${name}${number[0]}`;
}

/** No word is longer: what is, is a key or a joke. Characters. */
const LONGEST = 64;
const LONE_KANA = /^[\p{Script=Hiragana}\p{Script=Katakana}ー]$/u;

/** What a single word in Latin letters is found by when it is one term: `agents` is `agent`. */
export function termOf(word: string): string {
  const small = word.toLowerCase();
  return /^[a-z]{3,}$/.test(small) ? stemmer(small) : small;
}

/** A word without what says that something is its: OpenAI's, James'. */
export function withoutPossessive(word: string): string {
  return word.replace(/['’]s?$/i, '');
}

function addDense(run: string, terms: string[]): void {
  for (const word of cutForSearch(run)) {
    const isPair = word.length === 2 && !word.startsWith('中');
    if (!isPair && !PARTICLES.has(word) && !LONE_KANA.test(word)) terms.push(word);
  }
  const characters = Array.from(run);
  for (const [place, character] of characters.entries()) {
    const next = characters[place + 1];
    if (next === undefined || PARTICLES.has(character) || PARTICLES.has(next)) continue;
    terms.push(character + next);
  }
}

/** Most words of a text were read before, and their terms are kept, as long as they are so many. */
const MOST_KEPT = 50_000;
const kept = new Map<string, readonly string[]>();
/** A longer one would keep the whole text that it was cut from in memory (V8). */
const LONGEST_KEPT = 12;

function termsOfWord(token: string): readonly string[] {
  if (token.length > LONGEST) return [];
  if (token.length > LONGEST_KEPT) return readWord(token);
  const known = kept.get(token);
  if (known) return known;
  const terms = readWord(token);
  if (kept.size === MOST_KEPT) kept.clear();
  kept.set(token, terms);
  return terms;
}

function readWord(token: string): string[] {
  const terms: string[] = [];
  const bare = withoutAccents(token).replace(/^[@#$]/, '');
  const word = withoutPossessive(bare).replace(/['’]/g, '');
  const parts = partsOf(word);
  const whole = word.replace(/[-_&]/g, '').toLowerCase();
  if (parts.length > 1 && whole !== '') terms.push(termOf(whole));
  for (const [place, part] of (parts.length > 1 ? parts : [whole]).entries()) {
    if (part !== '' && !LITTLE_WORDS.has(part)) terms.push(termOf(part));
    const next = parts[place + 1] ?? '';
    const joined = part + next;
    if (/^\d/.test(next) && /\p{L}$/u.test(part) && joined !== whole) terms.push(joined);
  }
  return terms;
}

/**
 * The parts between inner marks, between letters and figures, and where small letters turn to capitals
 * (OpenClaw, GBrain); a number keeps its point.
 */
function partsOf(word: string): string[] {
  return word
    .split(PART_ENDS)
    .filter((part) => part !== '' && !/^\p{Script=Latin}$/u.test(part))
    .map((part) => part.toLowerCase());
}

const PART_ENDS =
  /[-_&]+|(?<!\d)\.|\.(?!\d)|(?<=\p{L}{2})(?=\d)|(?<=\p{L}\p{Ll})(?=\p{Lu}\p{L})|(?<=\p{Lu})(?=\p{Lu}\p{Ll}{2})/u;

function withoutAccents(word: string): string {
  return /\p{Script=Latin}/u.test(word)
    ? word.normalize('NFD').replace(/\p{M}/gu, '').normalize('NFC')
    : word;
}

/** English words that stand everywhere: the short list with which BM25 is usually measured (Lucene). */
const LITTLE_WORDS = new Set(
  `a an and are as at be but by for if in into is it no not of on or such that the their then there
  these they this to was will with`.split(/\s+/),
);

/** Chinese characters that join words rather than being one. */
const PARTICLES = new Set('的了是在和与及或也都就而但被把让给从对为以于之其这那有个中等吗呢吧啊');
