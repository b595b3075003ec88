import type { Image, Link, Root, Text } from 'mdast';
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
      // Line ends become spaces: kramdown begins blocks in the middle of paragraphs.
      text: (node: Text, _parent, state, info) =>
        forKramdown(state.safe(node.value.replace(/\s+/g, ' '), info)),
      link(node: Link, _parent, state, info) {
        const exit = state.enter('label');
        const words = state.containerPhrasing(node, { ...info, before: '[', after: ']' });
        exit();
        return `[${words}](${addressOf(node.url)})`;
      },
      image: ({ alt, url, title }: Image) =>
        `![${inert(alt ?? '')}](${addressOf(url)} "${inert(title ?? '')}")`,
    },
  });
}

/**
 * Escaped CommonMark with the escapes that kramdown knows; the other marks become character
 * references, and so do backticks, whose escape kramdown's tables overlook. Every underscore is
 * escaped, since both read `a_1_b` differently.
 */
function forKramdown(escaped: string): string {
  return escaped.replace(/\\([!-/:-@[-`{-~])|[{}_]/g, (found, mark: string = found) =>
    /[\\.*_+<>()[\]#!:"'$=-]/.test(mark) ? `\\${mark}` : reference(mark),
  );
}

/** Words in the brackets or the quotes of an image, where kramdown knows no escapes. */
function inert(words: string): string {
  return words.replace(/\s+/g, ' ').replace(/["&<>[\\\]`{|}]/g, reference);
}

function reference(mark: string): string {
  return `&#${mark.codePointAt(0)};`;
}

/** An address without the marks that end a link, a table's cell or a Liquid tag. */
function addressOf(url: string): string {
  return url
    .replace(/[\s"'()<>[\\\]`{|}]/g, (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`)
    .replace(/&(?=#?\w+;)/g, '&amp;');
}
