import type { RichBlock, RichBlockCaption, RichText } from '@grammyjs/types';

import { TelegramHtmlError } from './telegram-html-error.ts';
import {
  buttonOf,
  type InlineContext,
  inlineOf,
  isInline,
  rawText,
} from './telegram-rich-inline.ts';
import { listOf, tableOf } from './telegram-rich-grid.ts';
import {
  type Element,
  isBlank,
  isElement,
  misplaced,
  type Node,
  oneOf,
  required,
} from './telegram-rich-tree.ts';

export type BlockContext = InlineContext & {
  /** Only drafts think. */
  readonly isDraft: boolean;
  /** The block of a medium by the address in its `src`. @throws where there is none */
  mediumOf(source: string, hasSpoiler: boolean): RichBlock;
};

const MEDIA = ['img', 'video', 'audio', 'tg-document'];

/** Blocks of nodes; text between them that flows makes paragraphs. @throws TelegramHtmlError */
export function blocksOf(nodes: readonly Node[], context: BlockContext): RichBlock[] {
  const blocks: RichBlock[] = [];
  let flowing: Node[] = [];
  const flush = () => {
    if (!flowing.every(isBlank)) blocks.push(flowingBlock(flowing, context));
    flowing = [];
  };
  for (const node of nodes) {
    if (typeof node === 'string' || isInline(node)) flowing.push(node);
    else {
      flush();
      blocks.push(blockOf(node, context));
    }
  }
  flush();
  return blocks;
}

/** An anchor alone is a block of its own. */
function flowingBlock(nodes: readonly Node[], context: BlockContext): RichBlock {
  const [only, ...others] = nodes.filter((node) => !isBlank(node));
  const name = only && isElement(only, 'a') ? only.attributes.get('name') : undefined;
  if (name !== undefined && others.length === 0) return { type: 'anchor', name };
  return { type: 'paragraph', text: wordsOf(nodes, context, 'a paragraph') };
}

/** The text of a whole block, which is not empty. */
function wordsOf(nodes: readonly Node[], context: BlockContext, place: string): RichText {
  const text = inlineOf(nodes, context, place);
  if (typeof text === 'string') return text.trim();
  if (!Array.isArray(text)) return text;
  const last = text.length - 1;
  return text.map((part, index) => {
    if (typeof part !== 'string') return part;
    const begun = index === 0 ? part.trimStart() : part;
    return index === last ? begun.trimEnd() : begun;
  });
}

function blockOf(element: Element, context: BlockContext): RichBlock {
  const { tag, attributes, children } = element;
  const words = () => wordsOf(children, context, `"${tag}"`);
  switch (tag) {
    case 'p':
      return { type: 'paragraph', text: words() };
    case 'footer':
      return { type: 'footer', text: words() };
    case 'hr':
      return { type: 'divider' };
    case 'pre':
      return preOf(element, context);
    case 'tg-math-block':
      return { type: 'mathematical_expression', expression: rawText(element) };
    case 'ul':
    case 'ol':
      return listOf(element, (nodes) => blocksOf(nodes, context));
    case 'table':
      return tableOf(element, (nodes, place) => wordsOf(nodes, context, place));
    case 'blockquote':
    case 'aside':
      return quoteOf(element, context);
    case 'details':
      return detailsOf(element, context);
    case 'figure':
      return figureOf(element, context);
    case 'tg-collage':
    case 'tg-slideshow':
      return galleryOf(element, context);
    case 'tg-button-row':
      return buttonsOf(element, context);
    case 'tg-thinking':
      if (!context.isDraft) throw misplaced(element, 'a message, only in drafts');
      return { type: 'thinking', text: words() };
    case 'tg-map':
      return mapOf(element);
    default: {
      if (/^h[1-6]$/.test(tag))
        return { type: 'heading', text: words(), size: Number(tag[1]) as 1 };
      if (!MEDIA.includes(tag)) throw misplaced(element, 'blocks');
      if (!children.every(isBlank)) throw misplaced(element, 'blocks with content');
      return context.mediumOf(required(element, 'src', /./), attributes.has('tg-spoiler'));
    }
  }
}

function preOf({ children }: Element, context: BlockContext): RichBlock {
  const [only, ...others] = children;
  const isCode = only !== undefined && isElement(only, 'code') && others.length === 0;
  const [, language] =
    (isCode && /^language-(.+)$/s.exec(only.attributes.get('class') ?? '')) || [];
  const inside = isCode ? only.children : children;
  // White space counts here: each piece of text is kept as it is written.
  const parts = inside.map((node) =>
    typeof node === 'string' ? node : inlineOf([node], context, '"pre"'),
  );
  const text = parts.length === 1 ? (parts[0] ?? '') : parts;
  return { type: 'pre', text, ...(language ? { language } : {}) };
}

function quoteOf(element: Element, context: BlockContext): RichBlock {
  const { tag, attributes, children } = element;
  const { credit, rest } = creditOf(children, context);
  if (tag === 'aside')
    return { type: 'pullquote', text: wordsOf(rest, context, '"aside"'), ...credit };
  if (attributes.has('expandable') || attributes.has('collapsed')) {
    const text = wordsOf(rest, context, 'an expandable "blockquote"');
    return { type: 'expandable_blockquote', text, ...credit };
  }
  return { type: 'blockquote', blocks: blocksOf(rest, context), ...credit };
}

function creditOf(children: readonly Node[], context: BlockContext) {
  const cites = children.filter((child) => isElement(child, 'cite'));
  const rest = children.filter((child) => !isElement(child, 'cite'));
  const [cite, second] = cites;
  if (second) throw misplaced(second, 'a block that has one already');
  return { credit: cite ? { credit: wordsOf(cite.children, context, '"cite"') } : {}, rest };
}

function detailsOf(element: Element, context: BlockContext): RichBlock {
  const { attributes, children, at } = element;
  const [summary, ...rest] = children.filter((child, index) => index > 0 || !isBlank(child));
  if (!summary || !isElement(summary, 'summary')) {
    throw new TelegramHtmlError(`Tag "details" must begin with "summary" at byte offset ${at}`);
  }
  return {
    type: 'details',
    summary: wordsOf(summary.children, context, '"summary"'),
    blocks: blocksOf(rest, context),
    ...(attributes.has('open') ? { is_open: true } : {}),
  };
}

function captionOf(
  children: readonly Node[],
  context: BlockContext,
): { caption?: RichBlockCaption } {
  const caption = children.find((child) => isElement(child, 'figcaption'));
  if (!caption) return {};
  const { credit, rest } = creditOf(caption.children, context);
  return { caption: { text: wordsOf(rest, context, '"figcaption"'), ...credit } };
}

function mediaOf({ tag, children, at }: Element, context: BlockContext): RichBlock[] {
  const media = children.filter((child) => !isBlank(child) && !isElement(child, 'figcaption'));
  const wrong = media.find((child) => !isElement(child, ...MEDIA, 'tg-map'));
  if (wrong === undefined && media.length > 0) return blocksOf(media, context);
  if (wrong !== undefined && isElement(wrong)) throw misplaced(wrong, `"${tag}"`);
  throw new TelegramHtmlError(`Tag "${tag}" must contain media at byte offset ${at}`);
}

function figureOf(element: Element, context: BlockContext): RichBlock {
  const [block, second] = mediaOf(element, context);
  if (!block || second) throw misplaced(element, 'blocks with more than one medium');
  return { ...block, ...captionOf(element.children, context) } as RichBlock;
}

function galleryOf(element: Element, context: BlockContext): RichBlock {
  const type = element.tag === 'tg-collage' ? 'collage' : 'slideshow';
  return { type, blocks: mediaOf(element, context), ...captionOf(element.children, context) };
}

function buttonsOf(element: Element, context: BlockContext): RichBlock {
  const buttons = element.children.filter((child) => !isBlank(child));
  const align = oneOf(element, 'align', ['left', 'center', 'right']);
  return {
    type: 'buttons',
    buttons: buttons.map((child) => {
      if (isElement(child, 'tg-button')) return buttonOf(child, context);
      throw misplaced(typeof child === 'string' ? element : child, 'a row of buttons');
    }),
    ...(align ? { align } : {}),
  };
}

function mapOf(element: Element): RichBlock {
  const latitude = Number(required(element, 'lat', /^-?\d+(\.\d+)?$/));
  const longitude = Number(required(element, 'long', /^-?\d+(\.\d+)?$/));
  const zoom = Number(required(element, 'zoom', /^(1[3-9]|20)$/)) as 13;
  return { type: 'map', location: { latitude, longitude }, zoom, width: 600, height: 400 };
}
