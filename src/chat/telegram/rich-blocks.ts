import type { Link, List, ListItem, PhrasingContent, RootContent, Table } from 'mdast';

import { type Content, type Element, element } from './elements.ts';
import { isSeen, keptText, onOneLine } from './inert.ts';
import { webAddress } from './web-address.ts';

/** The sources cited so far, by address: what their citations say. */
export type Sources = Map<string, { readonly name: string; readonly label: string }>;

/** Markdown blocks in the dialect of rich messages; those without anything to see go. */
export function richBlocks(nodes: readonly RootContent[], sources: Sources): Element[] {
  return nodes.flatMap((node): Element[] => {
    switch (node.type) {
      case 'heading':
        return seen(element(`h${node.depth}`, inlines(node.children, sources)));
      case 'paragraph':
        return seen(element('p', inlines(node.children, sources)));
      case 'blockquote':
        return seen(element('blockquote', richBlocks(node.children, sources)));
      case 'list':
        return seen(listOf(node, sources));
      case 'table':
        return seen(tableOf(node, sources));
      case 'code':
        return seen(element('pre', [keptText(node.value)]));
      case 'thematicBreak':
        return [element('hr', [])];
      case 'text':
      case 'strong':
      case 'emphasis':
      case 'delete':
      case 'link':
      case 'inlineCode':
      case 'image':
        return seen(element('p', inlines([node], sources))); // a paragraph that nobody wrapped
      default:
        return [];
    }
  });
}

/** Where the citations of a message lead: its sources, each with a link. */
export function sourcesOf(sources: Sources): Element[] {
  if (sources.size === 0) return [];
  const lines = [...sources].flatMap(([url, { name, label }], index): Content[] => {
    const words = url.replace(/^https?:\/\/(?:www\.)?/, '').replace(/\/$/, '');
    const link = element('a', [words], { href: url });
    const line = element('tg-reference', [`${label} `, link], { name });
    return index === 0 ? [line] : [element('br', []), line];
  });
  return [element('footer', lines)];
}

function seen(block: Element): Element[] {
  return isAnySeen([block]) ? [block] : [];
}

function isAnySeen(contents: readonly Content[]): boolean {
  return contents.some((content) => isSeen(wordsOf(content)));
}

function wordsOf(content: Content): string {
  return typeof content === 'string' ? content : content.children.map(wordsOf).join('');
}

function listOf({ ordered, start, children }: List, sources: Sources): Element {
  const first = start ?? 1;
  const items = children.flatMap((item, index) => {
    const content = itemContent(item, sources);
    // Items without anything to see are left out, without moving the numbers of the others.
    const value = ordered ? { value: String(first + index) } : {};
    return seen(element('li', content, value));
  });
  return element(ordered ? 'ol' : 'ul', items);
}

function itemContent({ children }: ListItem, sources: Sources): readonly Content[] {
  const blocks = richBlocks(children, sources);
  const [only] = blocks;
  return blocks.length === 1 && only?.tag === 'p' ? only.children : blocks;
}

function tableOf({ align, children }: Table, sources: Sources): Element {
  const rows = children.map((row, index) =>
    element(
      'tr',
      row.children.map((cell, column) => {
        const side = align?.[column];
        const words = inlines(cell.children, sources);
        return element(index === 0 ? 'th' : 'td', isAnySeen(words) ? words : [], {
          ...(side && { align: side }),
        });
      }),
    ),
  );
  return element('table', rows, { bordered: true, striped: true });
}

function inlines(nodes: readonly PhrasingContent[], sources: Sources): Content[] {
  return nodes.flatMap((node): Content[] => {
    switch (node.type) {
      case 'text':
        return [onOneLine(keptText(node.value))];
      case 'inlineCode':
        return styled('code', [onOneLine(keptText(node.value))]);
      case 'break':
        return [element('br', [])];
      case 'strong':
        return styled('b', inlines(node.children, sources));
      case 'emphasis':
        return styled('i', inlines(node.children, sources));
      case 'delete':
        return styled('s', inlines(node.children, sources));
      case 'link':
        return linked(node, sources);
      case 'image':
        return [onOneLine(keptText(node.alt ?? ''))];
      default:
        return []; // raw HTML and references, which messages do not have
    }
  });
}

function styled(tag: string, children: readonly Content[]): Content[] {
  return isAnySeen(children) ? [element(tag, children)] : [...children];
}

/** Links cannot stand in links: of one that does only its words stay. */
function withoutLinks(node: PhrasingContent): PhrasingContent[] {
  if (node.type === 'link') return node.children.flatMap(withoutLinks);
  if (!('children' in node)) return [node];
  return [{ ...node, children: node.children.flatMap(withoutLinks) }];
}

/** A number in brackets cites: it leads to the source below. Other links lead where they say. */
function linked({ url, children }: Link, sources: Sources): Content[] {
  const words = inlines(children.flatMap(withoutLinks), sources);
  const href = webAddress(url);
  const label = words.map(wordsOf).join('');
  if (href === null || !isSeen(label)) return words;
  if (!/^\[\d+\]$/.test(label)) return [element('a', words, { href })];
  const source = sources.get(href) ?? { name: `source-${sources.size + 1}`, label };
  sources.set(href, source);
  return [element('a', words, { href: `#${source.name}` })];
}
