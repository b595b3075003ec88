import type {
  Blockquote,
  Heading,
  List,
  ListItem,
  PhrasingContent,
  Root,
  RootContent,
  Table,
} from 'mdast';

import { linesOf, merge, PLAIN, type Span, type Style } from './spans.ts';

/** A line of a message, before it is known in which piece it stands. */
export type Line = {
  /** The empty line that stands before it, if one does: of a quote it has the mark. */
  readonly gap: '> ' | '' | null;
  /** What stands before everything: the mark of a quote, or nothing. */
  readonly quote: '> ' | '';
  /** Spaces that put it under the item of a list. */
  readonly indent: number;
  /** The mark of an item, of a heading or of a quote within an item, or several. */
  readonly mark: string;
  /** The mark with which it goes on in another piece. */
  readonly again: string;
  readonly spans: readonly Span[];
};

/** What is kept in one piece where it fits. */
export type Block = readonly Line[];

/** Where a block stands. */
type Place = { readonly depth: number; readonly isQuoted: boolean };

/** Discord shows no smaller headings, and none in lists. */
const MOST_HEADING = 3;

/** Lists within lists that Discord still shows as such. */
const MOST_DEPTH = 10;

/** The blocks of a tree that show something; a heading is of one block with what it stands over. */
export function blocksOf(tree: Root): Block[] {
  const blocks: Line[][] = [];
  let isOpen = false;
  for (const node of tree.children) {
    const lines = linesIn(node, { depth: 0, isQuoted: false });
    if (lines.length === 0) continue;
    if (isOpen) blocks.at(-1)?.push(...lines);
    else blocks.push(withGap(lines, ''));
    isOpen = node.type === 'heading';
  }
  return blocks;
}

function linesIn(node: RootContent, place: Place): Line[] {
  switch (node.type) {
    case 'paragraph':
      return plainLines(node.children);
    case 'heading':
      return headingLines(node, place);
    case 'blockquote':
      return quoteLines(node, place);
    case 'list':
      return listLines(node, place);
    case 'table':
      return tableLines(node);
    case 'code':
      return plainLines([{ type: 'text', value: node.value }]);
    default:
      return [];
  }
}

function plainLines(nodes: readonly PhrasingContent[]): Line[] {
  return linesOf(nodes).map(lineOf);
}

function lineOf(spans: readonly Span[]): Line {
  return { gap: null, quote: '', indent: 0, mark: '', again: '', spans };
}

function headingLines({ depth, children }: Heading, place: Place): Line[] {
  if (depth > MOST_HEADING || place.depth > 0) {
    return linesOf(children, { ...PLAIN, bold: true }).map(lineOf);
  }
  const mark = `${'#'.repeat(depth)} `;
  return linesOf(children).map((spans) => ({ ...lineOf(spans), mark, again: mark }));
}

/** Discord knows no quote within a quote. */
function quoteLines({ children }: Blockquote, { depth, isQuoted }: Place): Line[] {
  const isInList = depth > 0;
  const lines = children.flatMap((child, index) => {
    const inner = linesIn(child, { depth, isQuoted: true });
    return index > 0 && !isInList ? withGap(inner, '> ') : inner;
  });
  if (isQuoted) return lines;
  return isInList
    ? lines.map((line) => ({ ...line, mark: `> ${line.mark}`, again: `> ${line.again}` }))
    : lines.map((line) => ({ ...line, quote: '> ' }));
}

function listLines({ children, ordered, start }: List, place: Place): Line[] {
  return children.flatMap((item, index) => {
    const mark = ordered ? `${(start ?? 1) + index}. ` : '- ';
    return itemLines(item, place.depth < MOST_DEPTH ? mark : '', place);
  });
}

function itemLines({ children }: ListItem, mark: string, place: Place): Line[] {
  const inner = { ...place, depth: place.depth + 1 };
  const [first, ...others] = children.flatMap((child) => linesIn(child, inner));
  if (!first) return [];
  return [
    { ...first, gap: null, mark: `${mark}${first.mark}` },
    ...others.map((line) => ({ ...line, gap: null, indent: line.indent + mark.length })),
  ];
}

/** Discord has no tables: a row is an item, with its first cell as its name: **1.** fact — impact. */
function tableLines({ children }: Table): Line[] {
  const [head = [], ...rows] = children.map((row) => row.children.map((cell) => cell.children));
  return [
    lineOf(joined(headCells(head))),
    ...rows.map((cells) => ({ ...lineOf(joined(rowCells(cells))), mark: '- ' })),
  ].filter(({ spans }) => spans.length > 0);
}

function headCells(cells: readonly PhrasingContent[][]): Span[][] {
  const [first, ...others] = cells.map((cell) => oneLine(cell, { ...PLAIN, italic: true }));
  const isNumber = first?.length === 1 && first[0]?.text === '#';
  return isNumber ? others : [first ?? [], ...others];
}

function rowCells([first = [], ...others]: readonly PhrasingContent[][]): Span[][] {
  return [oneLine(first, { ...PLAIN, bold: true }), ...others.map((cell) => oneLine(cell, PLAIN))];
}

/** Cells one after the other, with a dash between them; a number before the others has a stop. */
function joined(cells: readonly Span[][]): Span[] {
  const [first = [], ...others] = cells.filter((cell) => cell.length > 0);
  const isNumber = others.length > 0 && first.every(({ text }) => /^\d+$/.test(text));
  const name = isNumber ? first.map((span) => ({ ...span, text: `${span.text}.` })) : first;
  return merge([
    ...name,
    ...others.flatMap((cell, index) => [plain(isNumber && index === 0 ? ' ' : ' — '), ...cell]),
  ]);
}

function oneLine(nodes: readonly PhrasingContent[], style: Style): Span[] {
  return linesOf(nodes, style).flatMap((line, index) => (index > 0 ? [plain(' '), ...line] : line));
}

function plain(text: string): Span {
  return { ...PLAIN, text };
}

function withGap([first, ...others]: readonly Line[], gap: Line['gap']): Line[] {
  return first ? [{ ...first, gap }, ...others] : [];
}
