import type { Link, Nodes, Root, RootContent } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmFromMarkdown } from 'mdast-util-gfm';
import { gfm } from 'micromark-extension-gfm';
import { parse } from 'yaml';

/** A published post, read back: its front matter, and its Markdown as GitHub's dialect has it. */
export function readPage(page: string): { matter: Record<string, unknown>; tree: Root } {
  const [, matter = '', body = ''] = /^---\n(.*?)\n---\n(.*)$/su.exec(page) ?? [];
  return { matter: parse(matter), tree: readMarkdown(body) };
}

/** Markdown as a tree; bare addresses stay words, as Jekyll leaves them. */
function readMarkdown(body: string): Root {
  const mdastExtensions = gfmFromMarkdown().map((each) => ({ ...each, transforms: [] }));
  return fromMarkdown(body, { extensions: [gfm()], mdastExtensions });
}

/** All nodes of one type, in reading order. */
export function nodesOf<T extends Nodes['type']>(
  tree: Nodes,
  type: T,
): Extract<Nodes, { type: T }>[] {
  const own = tree.type === type ? [tree as Extract<Nodes, { type: T }>] : [];
  const children = 'children' in tree ? tree.children : [];
  return [...own, ...children.flatMap((child) => nodesOf(child, type))];
}

/** What a reader sees: one string a heading, paragraph or cell, however its spaces are written. */
export function visibleTexts(tree: Root): string[] {
  const leaves = new Set(['heading', 'paragraph', 'tableCell']);
  const walk = (node: Nodes): string[] =>
    leaves.has(node.type)
      ? [`${node.type}: ${wordsOf(node).replace(/\s+/gu, ' ').trim()}`]
      : 'children' in node
        ? node.children.flatMap(walk)
        : [node.type];
  return walk(tree);
}

export function wordsOf(node: Nodes): string {
  if ('children' in node) return node.children.map(wordsOf).join('');
  if (node.type === 'image') return `${node.alt} ${node.title}`;
  return 'value' in node && node.type !== 'html' ? node.value : '';
}

/** The kinds of a page's blocks, headings with their words. */
export function outlineOf(tree: Root): string[] {
  return tree.children.map((node: RootContent) =>
    node.type === 'heading' ? `${'#'.repeat(node.depth)} ${wordsOf(node)}` : node.type,
  );
}

export function citationsIn(tree: Root): { words: string; url: string }[] {
  return nodesOf(tree, 'link').map((node: Link) => ({ words: wordsOf(node), url: node.url }));
}
