import type {
  Heading,
  List,
  ListItem,
  Paragraph,
  PhrasingContent,
  Root,
  RootContent,
  TableRow,
  ThematicBreak,
} from 'mdast';

// Builders of Markdown tree nodes (mdast), in the few forms that reports and chats use.

export const thematicBreak: ThematicBreak = { type: 'thematicBreak' };

export const lineBreak: PhrasingContent = { type: 'break' };

export function root(children: RootContent[]): Root {
  return { type: 'root', children };
}

export function heading(depth: Heading['depth'], words: string): Heading {
  return { type: 'heading', depth, children: [text(words)] };
}

export function paragraph(children: PhrasingContent[]): Paragraph {
  return { type: 'paragraph', children };
}

export function text(value: string): PhrasingContent {
  return { type: 'text', value };
}

export function strong(words: string): PhrasingContent {
  return { type: 'strong', children: [text(words)] };
}

export function emphasis(words: string): PhrasingContent {
  return { type: 'emphasis', children: [text(words)] };
}

export function link(url: string, words: string): PhrasingContent {
  return { type: 'link', url, children: [text(words)] };
}

export function item(children: PhrasingContent[]): ListItem {
  return { type: 'listItem', spread: false, children: [paragraph(children)] };
}

export function bullets(items: PhrasingContent[][]): List {
  return { type: 'list', ordered: false, spread: false, children: items.map(item) };
}

export function row(...cells: PhrasingContent[][]): TableRow {
  return { type: 'tableRow', children: cells.map((children) => ({ type: 'tableCell', children })) };
}
