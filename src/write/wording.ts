import type { LanguageDetector } from '../lib/language.ts';
import { shorten } from '../lib/text.ts';
import { isWrittenIn, strangeWords } from '../lib/written-in.ts';
import type { Post } from '../model/post.ts';
import type { Language } from '../model/topic.ts';
import type { Problem } from '../model/verdict.ts';

/** What something is written in, and who tells. */
export type Tongue = { readonly language: Language; readonly detect: LanguageDetector };

/** So many characters are no line any more but a text. */
export const LONGEST_LINE = 1000;

/**
 * What words of a model may not be, whatever they say: links, mentions and markup, letters that look
 * like others, another language. Names and letters that stand in the texts behind them, they may have.
 */
export function wordingFaults(words: string, texts: readonly string[], tongue: Tongue): Problem[] {
  const behind = folded(texts.join('\n'));
  return [
    ...markupFaults(words, behind),
    ...letterFaults(words, behind, tongue),
    ...languageFaults(words, tongue),
  ];
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

function markupFaults(words: string, behind: string): Problem[] {
  // Wide letters make addresses as well.
  const spellings = [words, words.normalize('NFKC')];
  const found = spellings
    .map((spelling) => withoutHandles(spelling, behind))
    .flatMap((spelling) => MARKUP.flatMap((mark) => spelling.match(mark) ?? []));
  const domains = (words.normalize('NFKC').match(DOMAIN) ?? []).filter(
    (domain) =>
      !behind.includes(domain.toLowerCase()) && !found.some((address) => address.includes(domain)),
  );
  return [...new Set([...found, ...domains])].map((what) => ({
    kind: 'markup',
    what: shorten(what, 60),
  }));
}

/** Handles of Mastodon look like e-mail addresses; those of the people behind the words may be named. */
function withoutHandles(words: string, behind: string): string {
  return words.replace(FEDERATED, (found) =>
    behind.includes(found.slice(1).toLowerCase()) ? '@' : found,
  );
}

const FEDERATED = /(?<![\w.@])@[\w.-]{1,64}@[\w.-]{1,100}\w/g;

/** Words in letters of other scripts, or of two at once, that look like others; posts may have them. */
function letterFaults(words: string, behind: string, { language }: Tongue): Problem[] {
  return strangeWords(words, language)
    .filter((word) => !behind.includes(word.toLowerCase()))
    .map((what) => ({ kind: 'name', what: shorten(what, 60) }));
}

function languageFaults(words: string, { language, detect }: Tongue): Problem[] {
  return isWrittenIn(words, language, detect) ? [] : [{ kind: 'language' }];
}

/** All that stands in a post, and who wrote it. */
export function textOf({ text, author, authorName }: Post): string {
  return `${text} ${author} ${authorName}`;
}

/** In lower case, without the brackets around dots. */
function folded(text: string): string {
  return text.normalize('NFKC').toLowerCase().replaceAll('[.]', '.');
}
