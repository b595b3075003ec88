import type { Problem } from '../../model/verdict.ts';
import type { Ground } from './ground.ts';

/** Words in quotation marks, with the marks. */
export type Quoted = { readonly words: string; readonly start: number; readonly end: number };

const QUOTED =
  /“([^“”]{1,600})”|"([^"]{1,600})"|「([^「」]{1,600})」|『([^『』]{1,600})』|«([^«»]{1,600})»|„([^„“”‟]{1,600})[“”‟]/gu;

/** What stands in quotation marks in a text. */
export function quotedSpans(text: string): Quoted[] {
  return [...text.matchAll(QUOTED)].map((match) => ({
    words: match.slice(1).find((group) => group !== undefined) ?? '',
    start: match.index,
    end: match.index + match[0].length,
  }));
}

/** Quoted words that stand in no post. Those that must be a translation are left alone. */
export function strayQuotations(words: string, ground: Ground): Problem[] {
  const posts = ground.sources.map(({ text }) => foldedQuote(text));
  return quotedSpans(words)
    .filter((quoted) => isChecked(quoted.words, ground.words) && !stands(quoted.words, posts))
    .map((quoted) => ({ kind: 'quotation', what: quoted.words }));
}

/** What stands in quotation marks and in letters that the grounds have none of: a translation. */
export function translatedQuotations(words: string, grounds: string): Quoted[] {
  return quotedSpans(words).filter((quoted) => !isChecked(quoted.words, grounds));
}

const HAN = /\p{Script=Han}/u;
const LATIN = /\p{Script=Latin}{2}/u;

/** Words in Latin letters can be looked up; Chinese ones where the posts have Chinese. */
function isChecked(words: string, grounds: string): boolean {
  return HAN.test(words) ? HAN.test(grounds) : LATIN.test(words) && LATIN.test(grounds);
}

/** Whether every part of a quotation, between ellipses, stands in one post. */
function stands(words: string, posts: readonly string[]): boolean {
  const parts = words.split(/…|\.{3}|\[[^\]]{0,40}\]/).map(foldedQuote);
  return posts.some((post) => parts.every((part) => post.includes(part)));
}

/** Letters and digits alone, in lower case. */
function foldedQuote(words: string): string {
  return words
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}%$€£+]/gu, '');
}
