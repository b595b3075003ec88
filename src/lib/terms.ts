import { isStopWord, stemOf, tokenize } from './tokens.ts';

/** The terms of a text in order: what it is found by. Words without a subject of their own are left out. */
export function termsOf(text: string): string[] {
  return tokenize(text)
    .filter((token) => !isStopWord(token))
    .map((token) => token.toLowerCase().replace(/^[@#＃$]/, ''))
    .map((word) => stemOf(word.replace(/['’]s$/, '')));
}
