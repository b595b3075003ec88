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
const MOST_DEPTH = 30;
const MOST_LINKS = 50;

/**
 * Reads HTML: line breaks stay, pictures and films go. Whatever it holds, the work is in proportion
 * to its length: what would make a parser go over the same things again and again is taken out
 * before, and what is nested too deep is read without its structure.
 */
export function readHtml(html: string, roleOf: RoleOf = () => 'words'): Reading {
  const flat = flatten(html.slice(0, MOST_HTML));
  if (isDeep(flat)) return withoutTags(flat);
  try {
    return readFlat(flat, roleOf);
  } catch (error) {
    if (error instanceof RangeError) return withoutTags(flat); // it hid how deep it is
    throw error;
  }
}

function withoutTags(html: string): Reading {
  return { text: tidy(html.replace(ANY_TAG, ' ')), links: [], quote: null };
}

function readFlat(html: string, roleOf: RoleOf): Reading {
  const tree = fromHtml(html, { fragment: true });
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

const TAG = /<(\/?)([a-z][a-z\d]*)/gi;
const NEVER_DEEP = new Set(
  'area base br dd dt embed hr img input li link meta p param source track wbr'.split(' '),
);

/** Whether more elements are open at once than any page needs. */
function isDeep(html: string): boolean {
  let depth = 0;
  for (const [, closing, name = ''] of html.matchAll(TAG)) {
    if (NEVER_DEEP.has(name.toLowerCase())) continue;
    depth = closing === '/' ? Math.max(0, depth - 1) : depth + 1;
    if (depth > MOST_DEPTH) return true;
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
