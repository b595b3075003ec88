import type { PhrasingContent } from 'mdast';

import { cleanText } from '../../lib/text.ts';

/** A run of text that looks the same all through. */
export type Span = {
  readonly text: string;
  readonly bold: boolean;
  readonly italic: boolean;
  readonly code: boolean;
  /** Where it leads: an address as `webAddress` gives it. */
  readonly url: string | null;
};

/** How a span looks. */
export type Style = Omit<Span, 'text'>;

export const PLAIN: Style = { bold: false, italic: false, code: false, url: null };

/** The lines of running text, in spans; neighbours that look the same are one. None without ink. */
export function linesOf(nodes: readonly PhrasingContent[], style: Style = PLAIN): Span[][] {
  const lines: Span[][] = [[]];
  for (const span of spansOf(nodes, style)) {
    for (const [index, text] of span.text.split(LINE_END).entries()) {
      if (index > 0) lines.push([]);
      lines.at(-1)?.push({ ...span, text });
    }
  }
  const full = lines.map((line) => trim(merge(line))).filter((line) => line.length > 0);
  return full.some((line) => line.some(({ text }) => hasInk(text))) ? full : [];
}

/** Whether a text has anything to see; Discord refuses one that has not. */
export function hasInk(text: string): boolean {
  return /[^\s\p{Cf}\p{Default_Ignorable_Code_Point}\u2800\uFFFC]/u.test(text);
}

const LINE_END = /[\n\u2028\u2029]/;

function spansOf(nodes: readonly PhrasingContent[], style: Style): Span[] {
  return nodes.flatMap((node): Span[] => {
    switch (node.type) {
      case 'text':
        return [{ ...style, text: cleanText(node.value) }];
      case 'inlineCode':
        return [{ ...style, text: cleanText(node.value).replace(/\s+/g, ' '), code: true }];
      case 'strong':
        return spansOf(node.children, { ...style, bold: true });
      case 'emphasis':
        return spansOf(node.children, { ...style, italic: true });
      case 'link':
        return spansOf(node.children, { ...style, url: webAddress(node.url) });
      case 'break':
        return [{ ...style, text: '\n' }];
      case 'image':
        return [{ ...style, text: cleanText(node.alt ?? '') }];
      default:
        return 'children' in node ? spansOf(node.children, style) : [];
    }
  });
}

/** Longer ones Discord refuses on its buttons, too; they would leave no room for words. */
const LONGEST_ADDRESS = 512;

/**
 * The address as it may stand in a masked link, or null where there is none to follow: only http(s),
 * only ASCII, and nothing in it that would end the link or what stands around it.
 */
export function webAddress(url: string): string | null {
  if (!/^https?:\/\//i.test(url) || !URL.canParse(url)) return null;
  const { href } = new URL(url);
  const encoded = href.replace(/[\s<>\\*`"|~]/g, encode);
  // Discord takes brackets within an address in simple pairs only.
  const unpaired = encoded.replace(/\([^()]*\)/g, '');
  const address = /[()]/.test(unpaired) ? encoded.replace(/[()]/g, encode) : encoded;
  return address.length <= LONGEST_ADDRESS ? address : null;
}

function encode(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`;
}

/** Joins neighbours that look the same. A style shows on no space at the edge, so it is taken off. */
export function merge(spans: readonly Span[]): Span[] {
  const merged: Span[] = [];
  for (const span of spans.flatMap(withoutStyledEdges)) {
    const last = merged.at(-1);
    if (last && isAlike(last, span))
      merged[merged.length - 1] = { ...last, text: last.text + span.text };
    else merged.push(span);
  }
  return merged;
}

function withoutStyledEdges(span: Span): Span[] {
  const { text } = span;
  const from = text.length - text.trimStart().length;
  const to = Math.max(from, text.trimEnd().length);
  return [
    { ...PLAIN, text: text.slice(0, from) },
    shown({ ...span, text: text.slice(from, to) }),
    { ...PLAIN, text: text.slice(to) },
  ].filter((part) => part.text !== '');
}

/** Length of their text in UTF-16 units. */
export function lengthOf(spans: readonly Span[]): number {
  return spans.reduce((sum, { text }) => sum + text.length, 0);
}

/** Discord's clients disagree about code with back-ticks in it: it is shown as plain text. */
function shown(span: Span): Span {
  if (!span.code) return span;
  return span.text.includes('`') || span.url !== null
    ? { ...span, code: false }
    : { ...PLAIN, text: span.text, code: true };
}

function isAlike(a: Span, b: Span): boolean {
  return a.bold === b.bold && a.italic === b.italic && a.code === b.code && a.url === b.url;
}

/** The spans without the spaces at the ends of the line. */
export function trim(spans: readonly Span[]): Span[] {
  const kept = [...spans];
  while (kept.length > 0 && kept[0]?.text.trim() === '') kept.shift();
  while (kept.length > 0 && kept.at(-1)?.text.trim() === '') kept.pop();
  const [first] = kept;
  if (first) kept[0] = { ...first, text: first.text.trimStart() };
  const last = kept.at(-1);
  if (last) kept[kept.length - 1] = { ...last, text: last.text.trimEnd() };
  return kept;
}

/** The spans cut in two after so many UTF-16 units of their text. */
export function cutAt(spans: readonly Span[], offset: number): [Span[], Span[]] {
  const head: Span[] = [];
  const tail: Span[] = [];
  let at = 0;
  for (const span of spans) {
    const inside = Math.min(Math.max(offset - at, 0), span.text.length);
    if (inside > 0) head.push({ ...span, text: span.text.slice(0, inside) });
    if (inside < span.text.length) tail.push({ ...span, text: span.text.slice(inside) });
    at += span.text.length;
  }
  return [trim(head), trim(tail)];
}
