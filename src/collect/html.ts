import type { Element, Nodes, Root } from 'hast';
import { fromHtml } from 'hast-util-from-html';
import { toText } from 'hast-util-to-text';

/** What HTML says, without its looks. */
export type Reading = {
  readonly text: string;
  readonly links: readonly Link[];
  /** What is set off from the rest as the post that it quotes. */
  readonly quote: { readonly links: readonly Link[] } | null;
};

export type Link = {
  readonly href: string;
  readonly words: string;
  readonly classes: readonly string[];
};

/** What an element is to the text that it stands in: a quoted post, something that is none of its words. */
export type Role = 'words' | 'quote' | 'noise';
export type RoleOf = (element: Element) => Role;

const MOST_HTML = 100_000;
/**
 * So many tags are read: a parser goes through all elements that are open for many that it opens, so the
 * work may grow with the square of their number, whatever is done about it here.
 */
const MOST_TAGS = 1500;
/** Each is handed up through all elements that it stands in. */
const MOST_LINES = 5000;
const MOST_DEPTH = 30;
const MOST_LINKS = 50;

/**
 * Reads HTML: line breaks stay, pictures and films go. Whatever it holds, the work has a bound: what would
 * make a parser go over the same things again and again is taken out before, of the rest the beginning is
 * read, and what is nested too deep is read without its structure.
 */
export function readHtml(html: string, roleOf: RoleOf = () => 'words'): Reading {
  const lines = headOf(html.slice(0, MOST_HTML), '\n', MOST_LINES);
  const flat = headOf(flatten(lines), '<', MOST_TAGS);
  const tree = treeOf(flat);
  return tree === null || isDeep(tree) ? withoutTags(flat) : readTree(tree, roleOf);
}

/** `null` where elements stand so deep in each other that the parser has no room. */
function treeOf(html: string): Root | null {
  try {
    return fromHtml(html, { fragment: true });
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

function withoutTags(html: string): Reading {
  return { text: tidy(html.replace(ANY_TAG, ' ')), links: [], quote: null };
}

function readTree(tree: Root, roleOf: RoleOf): Reading {
  const quotes = takeQuotes(tree, roleOf);
  const links = linksIn(tree);
  showWhole(tree);
  return {
    text: tidy(toText(tree)),
    links,
    quote: quotes.length === 0 ? null : { links: quotes.flatMap(linksIn) },
  };
}

/** A text in lines without trailing spaces, with one empty line at most between two others. */
export function tidy(text: string): string {
  return text
    .replace(/[\u00A0\u2002\u2003\t ]+/g, ' ')
    .replace(/ ?\n ?/g, '\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}

const ANY_TAG = /<[^<>]*>/g;
/**
 * They change letters only, and a parser opens all that are open anew in each paragraph: a few
 * thousand characters would fill the memory. What has no end goes to the end.
 */
const LOOKS =
  /<\/?(?:b|big|code|em|font|i|nobr|s|small|strike|strong|tt|u)(?=[\s/>])[^>]*(?:>|$)/gi;
const ROW_END = /<\/tr(?=[\s/>])[^>]*(?:>|$)/gi;
const TABLES =
  /<\/?(?:table|tbody|thead|tfoot|colgroup|col|caption|tr|td|th)(?=[\s/>])[^>]*(?:>|$)/gi;

function flatten(html: string): string {
  return html.replace(LOOKS, '').replace(ROW_END, '<br>').replace(TABLES, ' ');
}

/** As much of a text as is before so many marks. */
function headOf(text: string, mark: string, most: number): string {
  let end = -1;
  for (let marks = 0; marks <= most; marks += 1) {
    end = text.indexOf(mark, end + 1);
    if (end < 0) return text;
  }
  return text.slice(0, end);
}

/** Whether elements stand in each other deeper than those of any page. */
function isDeep(tree: Root): boolean {
  let level: readonly Nodes[] = [tree];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > MOST_DEPTH) return true;
    level = level.flatMap((node) => ('children' in node ? node.children : []));
  }
  return false;
}

type Parent = Root | Element;

/** Empties quoted posts and all that has no words; answers what the quoted ones were. */
function takeQuotes(tree: Root, roleOf: RoleOf): Element[] {
  const quotes: Element[] = [];
  const waiting: Parent[] = [tree];
  for (let parent = waiting.pop(); parent !== undefined; parent = waiting.pop()) {
    for (const child of parent.children) {
      if (child.type !== 'element') continue;
      const role = UNSEEN.has(child.tagName) ? 'noise' : roleOf(child);
      if (role === 'words') waiting.push(child);
      if (role === 'quote') quotes.push({ ...child });
      if (role !== 'words') Object.assign(child, { tagName: 'span', properties: {}, children: [] });
    }
  }
  return quotes;
}

/** What has no words, or has them only where it cannot be shown. */
const UNSEEN = new Set([
  'img',
  'video',
  'audio',
  'iframe',
  'object',
  'svg',
  'math',
  'canvas',
  'hr',
]);

/** All elements in a tree, in order. */
function* elementsIn(tree: Nodes): Generator<Element> {
  const waiting: Nodes[] = [tree];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    if (node.type === 'element') yield node;
    if ('children' in node) waiting.push(...node.children.toReversed());
  }
}

function anchorsIn(tree: Nodes): Element[] {
  return [...elementsIn(tree)].filter(({ tagName }) => tagName === 'a');
}

function linksIn(tree: Nodes): Link[] {
  return anchorsIn(tree)
    .slice(0, MOST_LINKS)
    .map((anchor) => ({
      href: hrefOf(anchor),
      words: wordsOf(anchor),
      classes: classesOf(anchor),
    }))
    .filter(({ href }) => href !== '');
}

export function hrefOf({ properties }: Element): string {
  return typeof properties['href'] === 'string' ? properties['href'].trim() : '';
}

export function classesOf({ properties }: Element): readonly string[] {
  const { className } = properties;
  return Array.isArray(className) ? className.map(String) : [];
}

/** The characters in an element, as they stand in the source. */
export function wordsOf(tree: Nodes): string {
  let words = '';
  const waiting: Nodes[] = [tree];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    if (node.type === 'text') words += node.value;
    if ('children' in node) waiting.push(...node.children.toReversed());
  }
  return words;
}

/** Links that are shown cut ("example.com/a-long-…") are shown whole: the text itself is not cut. */
function showWhole(tree: Root): void {
  for (const anchor of anchorsIn(tree)) {
    const words = wordsOf(anchor).trim();
    const stem = words.replace(/(?:…|\.{3})$/, '');
    if (stem === words || stem === '') continue;
    const href = hrefOf(anchor);
    const isShown = href
      .replace(/^https?:\/\/(?:www\.)?/i, '')
      .startsWith(stem.replace(/^https?:\/\/(?:www\.)?/i, ''));
    if (isShown) anchor.children = [{ type: 'text', value: href }];
  }
}
