import fc from 'fast-check';
import type {
  BlockContent,
  List,
  ListItem,
  Nodes,
  PhrasingContent,
  Root,
  RootContent,
  Table,
} from 'mdast';

import { heading, lineBreak, paragraph, root, thematicBreak } from '../../src/lib/tree.ts';

/** Words as decent posts have them. */
export const decentWords = fc.constantFrom(
  ...'Lumen 7 is out. It costs 3.5 dollars! Really? Yes… (almost) “all” e.g. this and/or that'.split(
    ' ',
  ),
  '新模型今天发布。',
  '价格下降了一半，',
  '开源社区很高兴！',
  'שלום עולם',
  'مرحبا بالعالم',
  'naïve cafe\u0301',
  '👩‍💻',
  '🇨🇳🇩🇪',
);

/** What means something to a chat, to HTML or Markdown, or to whoever counts characters. */
const hostileWords = fc.constantFrom(
  ...'@ada_demo /start /stop@some_bot and/or #tag #标签 C# $TICK $5 example.com https://example.com/a?b=1&c=2'.split(
    ' ',
  ),
  ...'eve@example.com +15550100123 555-010-0199 4242424242424242 192.0.2.1 tg://resolve?domain=x 24/7'.split(
    ' ',
  ),
  ...'<b> </b> </code> <script> <a&href="x"> &lt; &amp;lt; &#60; &nbsp; &#xD800; " \' <!-- --> ]]> </details>'.split(
    ' ',
  ),
  ...'** __ ~~ || ``` ` > - 1. [x](https://example.com) <@123> <#1> <@&1> @everyone @here <t:1:R> :smile: \\'.split(
    ' ',
  ),
  '\uD800',
  '\uDC00x',
  '\u0000',
  '\u0007',
  '\u001B[31m',
  '\u009B',
  '\r\n',
  '\n\n',
  '\t',
  '\u2028',
  '\u202Eabc',
  '\u200B',
  '\u200E\u200F\u200E',
  '\uFEFF',
  '\u2060',
  '\u00A0',
  '\u3000',
  '\u2800',
  'a\u030A',
  'x\u030A\u0333',
  'e\u0301\u0302\u0303',
  '\u0E33',
  '🏳️‍🌈',
  '👨‍👩‍👧‍👦',
  '1️⃣',
  '👍🏽',
  '🏴󠁧󠁢󠁥󠁮󠁧󠁿',
  '…',
  '①',
);

/** Too long for whatever holds it. */
const longWords = fc
  .tuple(
    fc.constantFrom('x', '好', '👩‍💻', '🇨🇳', 'ab\u0301', '&', '<', '.a', '@b', '\uD83D', '\u0301'),
    fc.integer({ min: 1, max: 6000 }),
  )
  .map(([unit, length]) => unit.repeat(Math.ceil(length / unit.length)));

const anyWords = fc.oneof(
  { weight: 12, arbitrary: decentWords },
  { weight: 8, arbitrary: hostileWords },
  { weight: 3, arbitrary: fc.string({ maxLength: 8, unit: 'grapheme' }) },
  { weight: 1, arbitrary: fc.string({ maxLength: 8, unit: 'binary' }) },
  { weight: 1, arbitrary: longWords },
);

const urls = fc.oneof(
  fc.constantFrom(
    'https://example.com/',
    'http://example.com/a?b=1&c=%22"><b>',
    'https://example.com/路径 with spaces',
    'javascript:alert(1)',
    'tg://user?id=1',
    '#source-1',
    'https://',
    '',
  ),
  fc.webUrl({ withFragments: true, withQueryParameters: true }),
);

/**
 * Trees as messages may hold them, and worse: every block in every other, up to some levels, and
 * texts up to several messages long.
 *
 * @param words the texts' words. @default anything: scripts, emoji, markup, broken characters
 */
export function aTree(words: fc.Arbitrary<string> = anyWords): fc.Arbitrary<Root> {
  return fc.array(blocks(words), { maxLength: 8 }).map(root);
}

function texts(words: fc.Arbitrary<string>): fc.Arbitrary<string> {
  const sentence = fc.tuple(
    fc.array(words, { minLength: 1, maxLength: 12 }),
    fc.constantFrom(' ', ' ', ' ', '', '\n'),
  );
  // Repeated, since long texts are rare otherwise.
  return fc
    .tuple(sentence, fc.constantFrom(1, 1, 1, 1, 1, 2, 5, 40))
    .map(([[parts, space], times]) => `${parts.join(space)}${space}`.repeat(times));
}

function inlines(words: fc.Arbitrary<string>): fc.Arbitrary<PhrasingContent[]> {
  const value = texts(words);
  const { nodes } = fc.letrec<{ node: PhrasingContent; nodes: PhrasingContent[] }>((tie) => ({
    nodes: fc.array(tie('node'), { maxLength: 4, depthIdentifier: 'inline' }),
    node: fc.oneof(
      { maxDepth: 3, depthIdentifier: 'inline' },
      { weight: 6, arbitrary: value.map((text) => ({ type: 'text' as const, value: text })) },
      { weight: 1, arbitrary: fc.constant(lineBreak) },
      { weight: 1, arbitrary: value.map((text) => ({ type: 'inlineCode' as const, value: text })) },
      { weight: 1, arbitrary: fc.constant({ type: 'html' as const, value: '<a id="I.1"></a>' }) },
      {
        weight: 1,
        arbitrary: fc.nat(99).chain((number) =>
          urls.map((url) => ({
            type: 'link' as const,
            url,
            children: [{ type: 'text' as const, value: `[${number}]` }],
          })),
        ),
      },
      ...(['strong', 'emphasis', 'delete'] as const).map((type) => ({
        weight: 1,
        arbitrary: tie('nodes').map((children) => ({ type, children })),
      })),
      {
        weight: 1,
        arbitrary: fc
          .tuple(urls, tie('nodes'))
          .map(([url, children]) => ({ type: 'link' as const, url, children })),
      },
    ),
  }));
  return nodes;
}

type Item = { item: ListItem; block: BlockContent };

function blocks(words: fc.Arbitrary<string>): fc.Arbitrary<RootContent> {
  const phrases = inlines(words);
  const children = (tie: fc.LetrecTypedTie<Item>) =>
    fc.array(tie('block'), { maxLength: 3, depthIdentifier: 'block' });
  return fc.letrec<Item>((tie) => ({
    item: children(tie).map((nodes): ListItem => ({
      type: 'listItem',
      spread: false,
      children: nodes,
    })),
    block: fc.oneof(
      { maxDepth: 4, depthIdentifier: 'block' },
      { weight: 6, arbitrary: phrases.map(paragraph) },
      {
        weight: 2,
        arbitrary: fc
          .tuple(fc.constantFrom(1, 2, 3, 4, 5, 6), phrases)
          .map(([depth, nodes]): BlockContent => ({ ...heading(depth, ''), children: nodes })),
      },
      { weight: 1, arbitrary: fc.constant<BlockContent>(thematicBreak) },
      {
        weight: 1,
        arbitrary: fc.constant<BlockContent>({ type: 'html', value: '<a id="x"></a>' }),
      },
      {
        weight: 1,
        arbitrary: texts(words).map((value): BlockContent => ({ type: 'code', value })),
      },
      { weight: 2, arbitrary: tables(phrases) },
      {
        weight: 2,
        arbitrary: children(tie).map((nodes): BlockContent => ({
          type: 'blockquote',
          children: nodes,
        })),
      },
      {
        weight: 3,
        arbitrary: fc
          .record({
            ordered: fc.boolean(),
            start: fc.nat(12),
            spread: fc.boolean(),
            children: fc.array(tie('item'), { maxLength: 5, depthIdentifier: 'block' }),
          })
          .map((list): List => ({ type: 'list', ...list })),
      },
    ),
  })).block;
}

function tables(phrases: fc.Arbitrary<PhrasingContent[]>): fc.Arbitrary<Table> {
  return fc
    .tuple(fc.boolean(), fc.array(fc.tuple(phrases, phrases), { minLength: 1, maxLength: 5 }))
    .map(([numbered, rows]) => ({
      type: 'table',
      children: rows.map((cells, index) => {
        const number = { type: 'text' as const, value: index === 0 ? '#' : `${index}` };
        const all = numbered ? [[number], ...cells] : cells;
        return {
          type: 'tableRow',
          children: all.map((nodes) => ({ type: 'tableCell', children: nodes })),
        };
      }),
    }));
}

/** How a platform shows what has no text of its own in a tree. */
export type VisibleForm = {
  /** What stands before an item that has something to see. */
  item(list: List, index: number): string;
  /** A row of a table; cells without anything to see are empty texts. The first row is the head. */
  row(cells: readonly string[], isHead: boolean): string;
};

/** What a reader sees of a tree, a line a block, without blocks that have nothing to see. */
export function visibleText(tree: Root, form: VisibleForm): string {
  return blockTexts(tree.children, form).join('\n');
}

function blockTexts(nodes: readonly RootContent[], form: VisibleForm): string[] {
  return nodes
    .flatMap((node): string[] => {
      switch (node.type) {
        case 'list':
          return node.children.map((item, index) => {
            const words = blockTexts(item.children, form).join('\n');
            return hasInk(words) ? form.item(node, index) + words : '';
          });
        case 'blockquote':
          return blockTexts(node.children, form);
        case 'table':
          return node.children.map(({ children }, index) => {
            const cells = children.map(inlineText).map((cell) => (hasInk(cell) ? cell : ''));
            return cells.some((cell) => cell !== '') ? form.row(cells, index === 0) : '';
          });
        default:
          return [inlineText(node)];
      }
    })
    .filter(hasInk);
}

function inlineText(node: Nodes): string {
  if (node.type === 'break') return '\n';
  if ('children' in node) return node.children.map(inlineText).join('');
  // Each text by itself: halves of a character in two neighbours make none.
  return 'value' in node && node.type !== 'html' ? node.value.toWellFormed() : '';
}

/** Whether a text has anything to see. */
export function hasInk(text: string): boolean {
  return /[^\s\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}\u2800\uFFFC]/u.test(text);
}

/**
 * A text without what platforms may take away or put in: white and blank space, control characters,
 * characters without width (but those that emoji are made with); broken characters as platforms show
 * them, letters and their accents apart.
 */
export function bare(text: string): string {
  return text.toWellFormed().normalize('NFD').replace(UNSEEN, '');
}

const UNSEEN =
  /(?!\u200D|\uFE0F|[\u{E0020}-\u{E007F}])[\s\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}\u2800\uFFFC]/gu;
