import { styleText } from 'node:util';

import type { List, PhrasingContent, Root, RootContent, Table } from 'mdast';

import { lengthOf, type Span, type Style, widthOf, wrap } from './wrap.ts';

/** What the terminal can show. */
export type TerminalLook = {
  /** Columns. */
  readonly width: number;
  readonly color: boolean;
  /** Whether links can be clicked (OSC 8); otherwise addresses are listed at the end. */
  readonly hyperlinks: boolean;
};

/**
 * A Markdown tree as text for a terminal, ending with a line feed. Every line is within its width
 * but those of addresses, which stay whole so that they can be copied.
 */
export function renderTerminal(tree: Root, look: TerminalLook): string {
  const addresses: Addresses = new Set();
  const lines = blocks(tree.children, look.width, addresses);
  if (!look.hyperlinks && addresses.size > 0) {
    lines.push([], ...[...addresses].map((text): Line => [{ text, style: { dim: true } }]));
  }
  return `${lines.map((line) => paint(line, look)).join('\n')}\n`;
}

type Line = Span[];

/** The web addresses met so far, each behind the words that lead there. */
type Addresses = Set<string>;

function blocks(nodes: readonly RootContent[], width: number, addresses: Addresses): Line[] {
  return nodes.flatMap((node, index) => {
    const lines = block(node, width, addresses);
    return index === 0 ? lines : [[], ...lines];
  });
}

function block(node: RootContent, width: number, addresses: Addresses): Line[] {
  switch (node.type) {
    case 'heading': {
      const style: Style = { bold: true, accent: true };
      const lines = wrap(inline(node.children, style, addresses), width);
      return node.depth <= 2 ? [...lines, rule(Math.min(width, longest(lines)))] : lines;
    }
    case 'paragraph':
      return wrap(inline(node.children, {}, addresses), width);
    case 'blockquote':
      return indent(
        blocks(node.children, width - 2, addresses).map((line) => restyle(line, { dim: true })),
        { text: '│ ', style: { dim: true } },
      );
    case 'list':
      return listLines(node, width, addresses);
    case 'table':
      return tableLines(node, width, addresses);
    case 'thematicBreak':
      return [rule(width)];
    default:
      return 'value' in node && node.type !== 'html'
        ? wrap([{ text: safe(node.value), style: {} }], width)
        : [];
  }
}

function listLines(list: List, width: number, addresses: Addresses): Line[] {
  const first = list.start ?? 1;
  const markOf = (index: number) => (list.ordered ? `${first + index}.` : '•');
  const size = widthOf(markOf(list.children.length - 1)) + 1;
  return list.children.flatMap((item, index) => {
    const lines = blocks(item.children, width - size, addresses);
    const mark: Span = { text: markOf(index).padEnd(size), style: { accent: true } };
    const gap = list.spread && index > 0 ? [[]] : [];
    return [...gap, ...indent(lines, { text: ' '.repeat(size), style: {} }, mark)];
  });
}

/** Narrowest column in which words are still readable; only where even that has no room, less. */
const NARROWEST = 10;

function tableLines(table: Table, width: number, addresses: Addresses): Line[] {
  const rows = table.children.map((row, index) =>
    row.children.map((cell) => inline(cell.children, index === 0 ? { bold: true } : {}, addresses)),
  );
  const columns = columnWidths(rows, width).map((size, column) => ({
    size,
    isRight: table.align?.[column] === 'right',
  }));
  const [head = [], ...body] = rows.map((cells) => rowLines(cells, columns));
  const under: Line = [
    { text: columns.map(({ size }) => '─'.repeat(size)).join('─┼─'), style: { dim: true } },
  ];
  // Rows of one line each are told apart without a rule between them.
  const isDense = body.every((lines) => lines.length === 1);
  return [
    ...head,
    ...body.flatMap((lines, index) => (isDense && index > 0 ? lines : [under, ...lines])),
  ];
}

/** Columns as wide as their content wants; the widest gives way until the table fits. */
function columnWidths(rows: readonly Span[][][], width: number): number[] {
  const count = Math.max(...rows.map((cells) => cells.length));
  const widths = Array.from({ length: count }, (_, column) =>
    Math.max(1, ...rows.map((cells) => lengthOf(cells[column] ?? []))),
  );
  const room = width - 3 * (count - 1);
  const least = Math.max(2, Math.min(NARROWEST, Math.floor(room / count)));
  for (;;) {
    const total = widths.reduce((sum, size) => sum + size, 0);
    const widest = widths.indexOf(Math.max(...widths));
    const size = widths[widest] ?? 0;
    if (total <= room || size <= least) return widths;
    const next = Math.max(least, ...widths.filter((_, column) => column !== widest));
    widths[widest] = Math.max(least, Math.min(size - 1, Math.max(next, size - (total - room))));
  }
}

type Column = { readonly size: number; readonly isRight: boolean };

function rowLines(cells: readonly Span[][], columns: readonly Column[]): Line[] {
  const wrapped = columns.map(({ size }, column) => wrap(cells[column] ?? [], size));
  const height = Math.max(...wrapped.map((lines) => lines.length));
  return Array.from({ length: height }, (_, y) =>
    columns.flatMap(({ size, isRight }, column) => {
      const line = wrapped[column]?.[y] ?? [];
      const isLast = column === columns.length - 1;
      const free = ' '.repeat(Math.max(0, size - lengthOf(line)));
      const before: Span[] = isRight ? [{ text: free, style: {} }] : [];
      const after = isRight || isLast ? '' : free;
      const edge: Span[] = isLast ? [] : [{ text: `${after} │ `, style: { dim: true } }];
      return [...before, ...line, ...edge];
    }),
  );
}

function inline(nodes: readonly PhrasingContent[], style: Style, addresses: Addresses): Span[] {
  return nodes.flatMap((node): Span[] => {
    switch (node.type) {
      case 'text':
      case 'inlineCode':
        return [{ text: safe(node.value), style }];
      case 'strong':
        return inline(node.children, { ...style, bold: true }, addresses);
      case 'emphasis':
        return inline(node.children, { ...style, italic: true }, addresses);
      case 'link': {
        const words = inline(node.children, { ...style, accent: true, url: node.url }, addresses);
        const label = words.map(({ text }) => text).join('');
        if (WEB_ADDRESS.test(node.url)) addresses.add(`${label} ${node.url}`);
        return words;
      }
      case 'break':
        return [{ text: '\n', style }];
      case 'image':
        return [{ text: safe(node.alt ?? ''), style }];
      default:
        return 'children' in node ? inline(node.children, style, addresses) : [];
    }
  });
}

/** No text of a post may steer the terminal: no control character gets through but the line feed. */
function safe(text: string): string {
  return text.replace(/[^\P{Cc}\n]/gu, ' ');
}

function paint(line: Line, look: TerminalLook): string {
  return line.map((span) => paintSpan(span, look)).join('');
}

function paintSpan({ text, style }: Span, look: TerminalLook): string {
  const formats = [
    style.bold && ('bold' as const),
    style.italic && ('italic' as const),
    style.dim && ('dim' as const),
    style.accent && ('cyan' as const),
  ].filter((format) => format !== undefined && format !== false);
  const painted =
    look.color && formats.length > 0 ? styleText(formats, text, { validateStream: false }) : text;
  const clickable = look.hyperlinks && style.url !== undefined && WEB_ADDRESS.test(style.url);
  return clickable ? `\u001B]8;;${style.url}\u0007${painted}\u001B]8;;\u0007` : painted;
}

/** Without spaces and control characters, which would end the terminal's link sequence. */
const WEB_ADDRESS = /^https?:\/\/[\x21-\x7E]+$/;

function rule(width: number): Line {
  return [{ text: '─'.repeat(Math.max(1, width)), style: { dim: true } }];
}

function indent(lines: readonly Line[], prefix: Span, first: Span = prefix): Line[] {
  return lines.map((line, index) => [index === 0 ? first : prefix, ...line]);
}

function restyle(line: Line, style: Style): Line {
  return line.map((span) => ({ text: span.text, style: { ...span.style, ...style } }));
}

function longest(lines: readonly Line[]): number {
  return Math.max(...lines.map(lengthOf));
}
