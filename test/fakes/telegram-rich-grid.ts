import type { RichBlock, RichBlockListItem, RichBlockTableCell, RichText } from '@grammyjs/types';

import {
  type Element,
  isBlank,
  isElement,
  misplaced,
  type Node,
  oneOf,
  required,
} from './telegram-rich-tree.ts';

// Lists and tables of rich messages.

const NUMBERINGS = ['a', 'A', 'i', 'I', '1'] as const;

/** The children that are of these tags, and nothing else but white space. @throws TelegramHtmlError */
function only(parent: Element, ...tags: readonly string[]): Element[] {
  return parent.children.flatMap((child) => {
    if (isElement(child, ...tags)) return [child];
    if (isBlank(child)) return [];
    throw misplaced(typeof child === 'string' ? parent : child, `"${parent.tag}"`);
  });
}

export function listOf(
  element: Element,
  blocksOf: (nodes: readonly Node[]) => RichBlock[],
): RichBlock {
  const { attributes, tag } = element;
  const items = only(element, 'li');
  const start = attributes.has('start') ? Number(required(element, 'start', /^-?\d{1,9}$/)) : 1;
  const step = attributes.has('reversed') ? -1 : 1;
  const numbering = oneOf(element, 'type', NUMBERINGS);
  return {
    type: 'list',
    items: items.map((item, index) => {
      const own = item.attributes.has('value')
        ? Number(required(item, 'value', /^-?\d{1,9}$/))
        : null;
      const value = own ?? start + step * index;
      const type = oneOf(item, 'type', NUMBERINGS) ?? numbering;
      const numbered = { value, ...(type ? { type } : {}) };
      return {
        label: tag === 'ol' ? `${value}.` : '•',
        ...itemOf(item, blocksOf),
        ...(tag === 'ol' ? numbered : {}),
      };
    }),
  };
}

type Item = Omit<RichBlockListItem, 'label' | 'value' | 'type'>;

function itemOf(item: Element, blocksOf: (nodes: readonly Node[]) => RichBlock[]): Item {
  const first = item.children.find((child) => !isBlank(child));
  if (!first || !isElement(first, 'input')) return { blocks: blocksOf(item.children) };
  required(first, 'type', /^checkbox$/);
  return {
    blocks: blocksOf(item.children.filter((child) => child !== first)),
    has_checkbox: true,
    ...(first.attributes.has('checked') ? { is_checked: true } : {}),
  };
}

type Words = (nodes: readonly Node[], place: string) => RichText;

export function tableOf(element: Element, wordsOf: Words): RichBlock {
  const { attributes } = element;
  const children = only(element, 'caption', 'tr');
  const [caption, second] = children.filter(({ tag }) => tag === 'caption');
  if (second) throw misplaced(second, 'a table that has one already');
  const rows = children.filter(({ tag }) => tag === 'tr');
  return {
    type: 'table',
    cells: rows.map((row) => only(row, 'th', 'td').map((cell) => cellOf(cell, wordsOf))),
    ...(attributes.has('bordered') ? { is_bordered: true } : {}),
    ...(attributes.has('striped') ? { is_striped: true } : {}),
    ...(attributes.has('compact') ? { is_compact: true } : {}),
    ...(caption ? { caption: wordsOf(caption.children, '"caption"') } : {}),
  };
}

function cellOf(cell: Element, wordsOf: Words): RichBlockTableCell {
  const { tag, children, attributes } = cell;
  const span = (name: string) =>
    attributes.has(name) ? Number(required(cell, name, /^[1-9]\d{0,2}$/)) : 1;
  const [colspan, rowspan] = [span('colspan'), span('rowspan')];
  return {
    text: wordsOf(children, `"${tag}"`),
    ...(tag === 'th' ? { is_header: true } : {}),
    ...(colspan > 1 ? { colspan } : {}),
    ...(rowspan > 1 ? { rowspan } : {}),
    align: oneOf(cell, 'align', ['left', 'center', 'right']) ?? 'left',
    valign: oneOf(cell, 'valign', ['top', 'middle', 'bottom']) ?? 'top',
  };
}
