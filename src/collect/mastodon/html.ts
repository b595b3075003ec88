import type { Element, ElementContent, Root, RootContent } from 'hast';
import { fromHtml } from 'hast-util-from-html';
import { toText } from 'hast-util-to-text';

import { isWebLink } from '../marks.ts';

/** What a piece of HTML says, and where its links lead. */
export type Reading = { readonly text: string; readonly urls: string[] };

/** Servers let people write much less; what is longer is cut, for it costs time. */
const MOST_CHARACTERS = 20_000;
/** Nobody nests deeper in good faith. */
const DEEPEST = 100;

/** The text of a post's HTML, with the lines and paragraphs that it is shown in. */
export function readHtml(html: string): Reading {
  const piece = html.slice(0, MOST_CHARACTERS);
  const urls = new Set<string>();
  const tree = treeOf(piece);
  if (tree === null || !prune(tree, urls)) return { text: withoutTags(piece), urls: [] };
  const text = toText(tree).replace(/\n{3,}/g, '\n\n');
  return { text: text.trim(), urls: [...urls] };
}

/** `null` where it is nested too deep to be made: that takes a call a level. */
function treeOf(html: string): Root | null {
  try {
    return fromHtml(html, { fragment: true });
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

/**
 * Leaves in the tree what is to be read, and gathers where its links lead. Answers whether the tree is
 * one that people write: of others no text is made, which takes a call a level.
 */
function prune(tree: Root, urls: Set<string>): boolean {
  const open: { readonly node: Root | Element; readonly depth: number }[] = [
    { node: tree, depth: 0 },
  ];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { node, depth } = next;
    if (depth > DEEPEST) return false;
    node.children = kept(node.children);
    for (const child of node.children) {
      if (child.type !== 'element') continue;
      if (child.tagName === 'a') readLink(child, urls);
      open.push({ node: child, depth: depth + 1 });
    }
  }
  return true;
}

/** Without what repeats the address of a quoted post, for programs that show no quotations. */
function kept<Node extends RootContent | ElementContent>(children: readonly Node[]): Node[] {
  return children.filter((child) => child.type !== 'element' || !hasClass(child, 'quote-inline'));
}

function readLink(link: Element, urls: Set<string>): void {
  const { href } = link.properties;
  if (typeof href !== 'string' || !isWebLink(href)) return;
  if (hasClass(link, 'mention') || hasClass(link, 'hashtag')) return;
  urls.add(href);
  // Servers hide the ends of long addresses, or leave them out.
  if (looksLikeAddress(toText(link))) link.children = [{ type: 'text', value: href }];
}

function looksLikeAddress(words: string): boolean {
  return /^(?:https?:\/\/|www\.)\S+$|^[\w.-]+\.[a-z]{2,}\/\S*…?$/i.test(words.trim());
}

function hasClass({ properties }: Element, name: string): boolean {
  const { className } = properties;
  return Array.isArray(className) && className.includes(name);
}

function withoutTags(html: string): string {
  return html
    .replace(/<[^<>]*>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}
