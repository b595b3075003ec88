import { classesOf, readHtml } from '../html.ts';
import { isWebLink } from '../marks.ts';

/** What a post's HTML says, and where its links lead: not those to people and hashtags. */
export type Content = { readonly text: string; readonly urls: readonly string[] };

/** Servers let people write much less. Characters. */
const MOST_HTML = 20_000;
const MOST_NOTE = 5000;

/** What somebody says of himself. */
export function readNote(html: string): string {
  return readHtml(html.slice(0, MOST_NOTE)).text;
}

/** The text of a post's HTML, with the lines and paragraphs that it is shown in. */
export function readContent(html: string): Content {
  // What repeats the address of a quoted post is for programs that show no quotations.
  const { text, links } = readHtml(html.slice(0, MOST_HTML), (element) =>
    classesOf(element).includes('quote-inline') ? 'noise' : 'words',
  );
  const urls = links
    .filter(({ classes }) => !classes.includes('mention') && !classes.includes('hashtag'))
    .map(({ href }) => href)
    .filter(isWebLink);
  return { text, urls: [...new Set(urls)] };
}
