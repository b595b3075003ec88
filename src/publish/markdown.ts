import type { Root } from 'mdast';
import { gfmToMarkdown } from 'mdast-util-gfm';
import { toMarkdown } from 'mdast-util-to-markdown';

/**
 * A tree as Markdown for Jekyll. Whatever words the tree holds come out as words: beside
 * CommonMark's marks, those of kramdown (tables, attributes, maths, dashes made of hyphens) and of
 * Liquid, which reads the page before Markdown does, are taken out of force.
 */
export function toJekyllMarkdown(tree: Root): string {
  return toMarkdown(tree, {
    bullet: '-',
    emphasis: '*',
    strong: '*',
    rule: '-',
    listItemIndent: 'one',
    extensions: [gfmToMarkdown({ tablePipeAlign: false })],
    unsafe: [
      { character: '|', inConstruct: 'phrasing' },
      { character: '$', inConstruct: 'phrasing' },
      { character: '<', inConstruct: 'phrasing' },
      { character: '>', inConstruct: 'phrasing' },
      { before: '-', character: '-', inConstruct: 'phrasing' },
    ],
    handlers: {
      text: (node: { value: string }, _parent, state, info) =>
        state.safe(node.value, info).replace(/\\?\{/g, '&#123;').replace(/\\?\}/g, '&#125;'),
    },
  });
}
