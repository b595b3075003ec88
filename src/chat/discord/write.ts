import { ARROW, escapeText, JOINER, writeCode } from './escape.ts';
import type { Span } from './spans.ts';

/** Spans of one line as Discord's Markdown, for a place where nothing stands before them. */
export function writeSpans(spans: readonly Span[]): string {
  let written = '';
  for (const span of spans) {
    const next = writeSpan(span, written === '');
    // Marks of two spans that touch would be read as one.
    written += written.endsWith('*') && next.startsWith('*') ? `${JOINER}${next}` : next;
  }
  return written;
}

function writeSpan(span: Span, isAtStart: boolean): string {
  if (span.code) return writeCode(span.text);
  const text = span.url === null ? escapeText(span.text, isAtStart) : writeLink(span, isAtStart);
  const mark = `${span.bold ? '**' : ''}${span.italic ? '*' : ''}`;
  return `${mark}${text}${mark}`;
}

/**
 * A masked link. Discord takes no escapes, emoji or addresses in its words, and shows the whole as
 * it is written where it finds some. So only the longest run of harmless characters becomes the
 * link, the others stand around it.
 */
function writeLink({ text, url }: Span, isAtStart: boolean): string {
  if (text === url) return `<${url}>`;
  const { before, words, after } = linkable(text);
  if (words === '') return `${escapeText(text, isAtStart)}[${ARROW}](<${url}>)`;
  return `${escapeText(before, isAtStart)}[${words}](<${url}>)${escapeText(after, false)}`;
}

function linkable(text: string): { before: string; words: string; after: string } {
  const runs = [...text.matchAll(HARMLESS)].filter(([run]) => /[\p{L}\p{N}]/u.test(run));
  const longest = runs.toSorted((a, b) => b[0].length - a[0].length)[0];
  if (!longest) return { before: text, words: '', after: '' };
  const words = longest[0].trim();
  const from = longest.index + longest[0].indexOf(words);
  return { before: text.slice(0, from), words, after: text.slice(from + words.length) };
}

/**
 * Letters, digits and stops; a number in brackets; an underscore within a word, which emphasises
 * nothing; an `@` that calls nobody. No pictures among the letters, and nothing unseen: Discord
 * takes that out.
 */
const HARMLESS = new RegExp(
  [
    String.raw`(?:(?!\p{Extended_Pictographic}|\p{Default_Ignorable_Code_Point}|\u20E3)[\p{L}\p{N}\p{M} ,.!?'"“”‘’&%+=(){}$€£¥–—…·、。，！？「」『』《》（）-]`,
    String.raw`\[[\p{L}\p{N}]+\]`,
    String.raw`(?<=[A-Za-z0-9])_(?=[A-Za-z0-9])`,
    String.raw`@(?!everyone|here))+`,
  ].join('|'),
  'gu',
);
