import type { Root } from 'mdast';

import { cutFlow, type Room } from './cut.ts';
import { escapeHtml } from './escape.ts';
import { flowOf, type Look, type Run } from './flow.ts';
import { MARK } from './inert.ts';

/** A message or a part of one, for `parse_mode: 'HTML'`. */
export type Piece = {
  readonly html: string;
  /** UTF-16 units after entity parsing. */
  readonly length: number;
};

/** The limits of `sendMessage`; of more entities, Telegram drops the last. */
const MESSAGE: Room = { units: 4096, entities: 100, fill: true };
/** The limits of a photo's caption, which should not end in the middle of a thought. */
const CAPTION: Room = { units: 1024, entities: 100, fill: false };

/**
 * A tree as messages for `parse_mode: 'HTML'`, each within the limits and none empty. They link to
 * what the tree links to and to nothing else, but previews of links must be switched off when they
 * are sent.
 */
export function renderHtml(tree: Root): Piece[] {
  return renderPieces(tree, () => MESSAGE);
}

/**
 * The beginning of a tree as the caption of a photo, up to a border between blocks or items where
 * there is one, and the rest as messages. Both are empty where there is nothing to see.
 */
export function captionOf(tree: Root): { readonly html: string; readonly rest: readonly Piece[] } {
  const [first, ...rest] = renderPieces(tree, (index) => (index === 0 ? CAPTION : MESSAGE));
  return { html: first?.html ?? '', rest };
}

/** A tree as messages without any markup, cut at the places where those with markup are. */
export function renderText(tree: Root): string[] {
  return cutFlow(flowOf(tree), () => MESSAGE).map(textOf);
}

function textOf(runs: readonly Run[]): string {
  return runs.map(({ text }) => text).join('');
}

function renderPieces(tree: Root, roomOf: (index: number) => Room): Piece[] {
  return cutFlow(flowOf(tree), roomOf).map((marked) => {
    const runs = marked.map(withPlainCode);
    return { html: htmlOf(runs), length: textOf(runs).length };
  });
}

/** Code links nothing where it is shown as code, and whoever copies it wants no marks in it. */
function withPlainCode({ text, look }: Run): Run {
  return { text: look.code ? text.replaceAll(MARK, '') : text, look };
}

function htmlOf(runs: readonly Run[]): string {
  let html = '';
  let quote: Look['quote'];
  const turnTo = (next: Look['quote']) => {
    if (next === quote) return;
    html += `${quote ? '</blockquote>' : ''}${next ? '<blockquote>' : ''}`;
    quote = next;
  };
  for (const { text, look } of runs) {
    turnTo(look.quote);
    html += tagged(escapeHtml(text), look);
  }
  turnTo(undefined);
  return html;
}

function tagged(html: string, { bold, italic, struck, code, url }: Look): string {
  const tags = [
    code && (code === 'block' ? 'pre' : 'code'),
    struck && 's',
    italic && 'i',
    bold && 'b',
  ].filter((tag) => tag !== undefined);
  const styled = tags.reduce((inside, tag) => `<${tag}>${inside}</${tag}>`, html);
  return url === undefined ? styled : `<a href="${escapeHtml(url)}">${styled}</a>`;
}
