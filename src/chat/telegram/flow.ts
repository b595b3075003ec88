import type {
  Blockquote,
  Code,
  List,
  ListItem,
  PhrasingContent,
  Root,
  RootContent,
  Table,
} from 'mdast';

import { isSeen, keptText, MARK, markPlaces, onOneLine } from './inert.ts';
import { webAddress } from './web-address.ts';

/** How a run of text looks, and where it leads. */
export type Look = {
  readonly bold?: true;
  readonly italic?: true;
  readonly struck?: true;
  /** Such text has no other look but a quote's. */
  readonly code?: 'inline' | 'block';
  readonly url?: string;
  /** The outermost quote that it stands in. */
  readonly quote?: Blockquote;
};

export type Run = { readonly text: string; readonly look: Look };

/** Where a text may be cut: between blocks, or between the items and rows of one. */
export type Border = 'block' | 'item';

/** A tree as one text: its looks, and the offsets of its borders, ascending (UTF-16 units). */
export type Flow = {
  readonly runs: readonly Run[];
  readonly borders: Readonly<Record<Border, readonly number[]>>;
};

/** A tree as one text, in which nothing links but its links. Blocks without anything to see go. */
export function flowOf(tree: Root): Flow {
  const runs: Run[] = [];
  const borders: Record<Border, number[]> = { block: [], item: [] };
  let offset = 0;
  let before: Block | undefined;
  const add = (run: Run) => {
    runs.push(run);
    offset += run.text.length;
  };
  for (const block of blocksOf(tree.children, { depth: 0 })) {
    if (before) {
      if (block.border !== 'none') borders[block.border].push(offset);
      add({ text: block.gap, look: before.quote === block.quote ? quoted(block.quote) : {} });
    }
    const prefix = { text: block.indent + block.mark, look: quoted(block.quote) };
    for (const run of inert(joinAlike([prefix, ...block.runs]))) add(run);
    before = block;
  }
  return { runs: joinAlike(runs), borders };
}

/** A paragraph, and how it stands against the one before. */
type Block = {
  readonly runs: readonly Run[];
  readonly indent: string;
  readonly mark: string;
  readonly gap: '\n' | '\n\n';
  readonly border: Border | 'none';
  readonly quote: Blockquote | undefined;
};

type Place = { readonly depth: number; readonly quote?: Blockquote };

/** Deeper lists are not indented further: a telephone is narrow. */
const DEEPEST = 5;

function blocksOf(nodes: readonly RootContent[], place: Place): Block[] {
  let heading = false;
  return nodes.flatMap((node) => {
    const [first, ...others] = blocksOfOne(node, place);
    if (!first) return [];
    const border = heading ? 'none' : 'block';
    heading = node.type === 'heading';
    return [{ ...first, gap: '\n\n' as const, border }, ...others];
  });
}

function blocksOfOne(node: RootContent, place: Place): Block[] {
  const look = quoted(place.quote);
  switch (node.type) {
    case 'heading':
      return blockOf(runsOf(node.children, { ...look, bold: true }), place);
    case 'paragraph':
      return blockOf(runsOf(node.children, look), place);
    case 'blockquote':
      return blocksOf(node.children, { ...place, quote: place.quote ?? node });
    case 'list':
      return listBlocks(node, place);
    case 'table':
      return tableBlocks(node, place);
    case 'code':
      return blockOf(codeRuns(node, look), place);
    case 'text':
    case 'strong':
    case 'emphasis':
    case 'delete':
    case 'link':
    case 'inlineCode':
    case 'image':
      return blockOf(runsOf([node], look), place); // a paragraph that nobody wrapped
    default:
      return []; // rules, which the blank line stands for; anchors and other raw HTML
  }
}

function blockOf(runs: readonly Run[], { depth, quote }: Place): Block[] {
  if (!isSeen(textOf(runs))) return [];
  return [{ runs, indent: indentOf(depth), mark: '', gap: '\n\n', border: 'block', quote }];
}

function indentOf(depth: number): string {
  return '  '.repeat(Math.min(depth, DEEPEST));
}

function listBlocks(list: List, place: Place): Block[] {
  const start = list.start ?? 1;
  const gap = list.spread ? '\n\n' : '\n';
  return list.children.flatMap((item, index) => {
    const mark = list.ordered ? `${start + index}. ` : '• ';
    const [first, ...others] = itemBlocks(item, place);
    if (!first) return [];
    const indent = indentOf(place.depth);
    return [{ ...first, indent, mark: mark + first.mark, gap, border: 'item' }, ...others];
  });
}

/** The blocks of an item stand close together. */
function itemBlocks(item: ListItem, place: Place): Block[] {
  const blocks = blocksOf(item.children, { ...place, depth: place.depth + 1 });
  return blocks.map((each) => ({ ...each, gap: '\n', border: 'item' }));
}

/** One paragraph a row, since the plain form has no tables; the head in bold. */
function tableBlocks(table: Table, place: Place): Block[] {
  return table.children.flatMap(({ children }, index) => {
    const isHead = index === 0;
    const look: Look = { ...quoted(place.quote), ...(isHead && { bold: true }) };
    const cells = children.map((cell) => runsOf(cell.children, look));
    const seen = cells.filter((cell) => isSeen(textOf(cell)));
    const runs = isHead ? joinHead(seen, look) : joinCells(seen, look);
    return blockOf(runs, place).map((row) => ({ ...row, border: isHead ? 'block' : 'item' }));
  });
}

/** The head of a column of numbers says nothing where there are no columns. */
function joinHead(cells: readonly Run[][], look: Look): Run[] {
  return joinWith(' — ', textOf(cells[0] ?? []) === '#' ? cells.slice(1) : cells, look);
}

/** A number stands before its row as before an item. */
function joinCells(cells: readonly Run[][], look: Look): Run[] {
  const [first = [], ...others] = cells;
  if (others.length === 0 || !/^\d+$/.test(textOf(first))) return joinWith(' — ', cells, look);
  return [...first, { text: '. ', look }, ...joinWith(' — ', others, look)];
}

function joinWith(text: string, cells: readonly Run[][], look: Look): Run[] {
  return cells.flatMap((cell, index) => (index === 0 ? cell : [{ text, look }, ...cell]));
}

function codeRuns({ value }: Code, look: Look): Run[] {
  return [{ text: keptText(value), look: { ...look, code: 'block' } }];
}

function runsOf(nodes: readonly PhrasingContent[], look: Look): Run[] {
  return nodes.flatMap((node): Run[] => {
    switch (node.type) {
      case 'text':
        return [{ text: onOneLine(keptText(node.value)), look }];
      case 'inlineCode':
        return [{ text: onOneLine(keptText(node.value)), look: codeLook(look) }];
      case 'break':
        return [{ text: '\n', look }];
      case 'strong':
        return runsOf(node.children, { ...look, bold: true });
      case 'emphasis':
        return runsOf(node.children, { ...look, italic: true });
      case 'delete':
        return runsOf(node.children, { ...look, struck: true });
      case 'link':
      case 'linkReference':
        return linkRuns(runsOf(node.children, look), 'url' in node ? webAddress(node.url) : null);
      case 'image':
      case 'imageReference':
        return [{ text: onOneLine(keptText(node.alt ?? '')), look }];
      default:
        return []; // raw HTML and footnotes, which messages do not have
    }
  });
}

/** Code holds no other looks; inside a link it is the link that counts. */
function codeLook({ url, quote, ...others }: Look): Look {
  return url === undefined
    ? { ...quoted(quote), code: 'inline' }
    : { ...others, ...quoted(quote), url };
}

function linkRuns(runs: readonly Run[], url: string | null): Run[] {
  if (url === null || !isSeen(textOf(runs))) return [...runs];
  return runs.map(({ text, look: { bold, italic, struck, quote } }) => ({
    text,
    look: {
      ...(bold && { bold }),
      ...(italic && { italic }),
      ...(struck && { struck }),
      ...quoted(quote),
      url,
    },
  }));
}

/** The runs with marks where their text would make links: also in code, which makes none only as code. */
function inert(runs: readonly Run[]): Run[] {
  const places = markPlaces(textOf(runs));
  let offset = 0;
  let next = 0;
  return runs.map(({ text, look }) => {
    const start = offset;
    offset += text.length;
    let marked = '';
    let done = 0;
    for (; (places[next] ?? Infinity) <= offset; next += 1) {
      const place = (places[next] ?? 0) - start;
      marked += text.slice(done, place) + MARK;
      done = place;
    }
    return { text: marked + text.slice(done), look };
  });
}

function quoted(quote: Blockquote | undefined): Look {
  return quote ? { quote } : {};
}

function textOf(runs: readonly Run[]): string {
  return runs.map(({ text }) => text).join('');
}

function joinAlike(runs: readonly Run[]): Run[] {
  const joined: Run[] = [];
  for (const run of runs) {
    const last = joined.at(-1);
    if (last && isAlike(last.look, run.look)) {
      joined[joined.length - 1] = { text: last.text + run.text, look: last.look };
    } else if (run.text !== '') joined.push(run);
  }
  return joined;
}

function isAlike(one: Look, other: Look): boolean {
  return (['bold', 'italic', 'struck', 'code', 'url', 'quote'] as const).every(
    (part) => one[part] === other[part],
  );
}
