import type { RichMessageButton, RichText, User } from '@grammyjs/types';

import { TelegramHtmlError } from './telegram-html-error.ts';
import { checkLink, mentionedIn } from './telegram-link.ts';
import {
  type Element,
  invalid,
  isElement,
  misplaced,
  type Node,
  oneOf,
  required,
} from './telegram-rich-tree.ts';

export type InlineContext = {
  /** Names of `tg-reference` anywhere in the message. */
  readonly references: ReadonlySet<string>;
  findUser(id: number): User | null;
};

const STYLES = {
  b: 'bold',
  strong: 'bold',
  i: 'italic',
  em: 'italic',
  u: 'underline',
  ins: 'underline',
  s: 'strikethrough',
  strike: 'strikethrough',
  del: 'strikethrough',
  code: 'code',
  mark: 'marked',
  sub: 'subscript',
  sup: 'superscript',
  'tg-spoiler': 'spoiler',
} as const;

const INLINE = new Set([
  ...Object.keys(STYLES),
  'a',
  'br',
  'tg-reference',
  'tg-emoji',
  'tg-time',
  'tg-math',
  'tg-button',
]);

/** Whether a node flows in lines: text, styles, and images that are emoji. */
export function isInline(node: Node): boolean {
  if (typeof node === 'string' || INLINE.has(node.tag)) return true;
  return node.tag === 'img' && (node.attributes.get('src') ?? '').startsWith('tg://emoji?');
}

/** Text of nodes that flow; white space is one space, as in HTML. @throws TelegramHtmlError */
export function inlineOf(nodes: readonly Node[], context: InlineContext, place: string): RichText {
  const parts = nodes.flatMap((node): RichText[] => {
    if (typeof node === 'string') return [node.replaceAll(/[ \t\r\n]+/g, ' ')];
    if (!isInline(node)) throw misplaced(node, place);
    return [elementOf(node, context)];
  });
  const joined = trimBreaks(joinStrings(parts));
  if (joined.length === 0) return '';
  return joined.length === 1 ? (joined[0] ?? '') : joined;
}

function joinStrings(parts: readonly RichText[]): RichText[] {
  const joined: RichText[] = [];
  for (const part of parts) {
    const last = joined.at(-1);
    if (typeof part === 'string' && typeof last === 'string')
      joined[joined.length - 1] = last + part;
    else joined.push(part);
  }
  return joined.filter((part) => part !== '');
}

/** White space around line breaks is not shown. */
function trimBreaks(parts: readonly RichText[]): RichText[] {
  return parts.map((part) =>
    typeof part === 'string' && part.includes('\n') ? part.replaceAll(/ ?\n ?/g, '\n') : part,
  );
}

function elementOf(element: Element, context: InlineContext): RichText {
  const { tag, attributes, children } = element;
  const text = () => inlineOf(children, context, `"${tag}"`);
  if (Object.hasOwn(STYLES, tag)) return { type: STYLES[tag as keyof typeof STYLES], text: text() };
  switch (tag) {
    case 'br':
      return '\n';
    case 'a':
      return linkOf(element, context);
    case 'tg-reference':
      return { type: 'reference', text: text(), name: required(element, 'name', /./) };
    case 'tg-math':
      return { type: 'mathematical_expression', expression: rawText(element) };
    case 'tg-time':
      return {
        type: 'date_time',
        text: text(),
        unix_time: Number(required(element, 'unix', /^[1-9]\d{0,9}$/)),
        date_time_format: (attributes.has('format')
          ? required(element, 'format', /^(?:r|w?[dD]?[tT]?)$/)
          : '') as 'r',
      };
    case 'tg-button':
      return { type: 'button', button: buttonOf(element, context) };
    default:
      return emojiOf(element);
  }
}

function emojiOf(element: Element): RichText {
  const { tag, attributes } = element;
  if (tag === 'tg-emoji') {
    const id = required(element, 'emoji-id', /^[1-9]\d*$/);
    return { type: 'custom_emoji', custom_emoji_id: id, alternative_text: rawText(element) };
  }
  const source = required(element, 'src', /^tg:\/\/emoji\?id=[1-9]\d*$/);
  const id = source.replace(/.*=/, '');
  return {
    type: 'custom_emoji',
    custom_emoji_id: id,
    alternative_text: attributes.get('alt') ?? '',
  };
}

function linkOf(element: Element, context: InlineContext): RichText {
  const { attributes, children, at } = element;
  const name = attributes.get('name');
  if (name !== undefined) {
    if (children.length > 0)
      throw new TelegramHtmlError(`Anchor must be empty at byte offset ${at}`);
    return { type: 'anchor', name: required(element, 'name', /./) };
  }
  const text = inlineOf(children, context, '"a"');
  if (children.some((child) => isElement(child, 'a'))) throw misplaced(element, '"a"');
  const href = required(element, 'href', /./);
  const [, scheme = '', rest = ''] = /^(mailto:|tel:|#)(.*)$/s.exec(href) ?? [];
  if (scheme === 'mailto:') return { type: 'email_address', text, email_address: rest };
  if (scheme === 'tel:') return { type: 'phone_number', text, phone_number: rest };
  if (scheme === '#') {
    if (!context.references.has(rest)) return { type: 'anchor_link', text, anchor_name: rest };
    return { type: 'reference_link', text, reference_name: rest };
  }
  const user = context.findUser(mentionedIn(href) ?? 0);
  if (user) return { type: 'text_mention', text, user };
  const url = checkLink(href);
  return url === null ? text : { type: 'url', text, url };
}

/** Text as it is written. */
export function rawText({ children }: Element): string {
  return children
    .map((child) => {
      if (typeof child === 'string') return child;
      throw misplaced(child, 'plain text');
    })
    .join('');
}

const KINDS = [
  'url',
  'callback_data',
  'web_app',
  'login_url',
  'switch_inline_query',
  'switch_inline_query_current_chat',
  'switch_inline_query_chosen_chat',
  'copy_text',
  'disabled',
] as const;

export function buttonOf(element: Element, context: InlineContext): RichMessageButton {
  const { attributes, children } = element;
  const style = oneOf(element, 'style', ['danger', 'success', 'primary', 'link']);
  const base = { text: inlineOf(children, context, '"tg-button"'), ...(style ? { style } : {}) };
  switch (oneOf(element, 'type', KINDS)) {
    case 'url':
      return { ...base, url: required(element, 'url', /./) };
    case 'callback_data':
      return { ...base, callback_data: attributes.get('data') ?? '' };
    case 'web_app':
      return { ...base, web_app: { url: required(element, 'url', /^https:/) } };
    case 'login_url':
      return { ...base, login_url: { url: required(element, 'url', /^https:/) } };
    case 'switch_inline_query':
      return { ...base, switch_inline_query: attributes.get('query') ?? '' };
    case 'switch_inline_query_current_chat':
      return { ...base, switch_inline_query_current_chat: attributes.get('query') ?? '' };
    case 'switch_inline_query_chosen_chat':
      return { ...base, switch_inline_query_chosen_chat: { query: attributes.get('query') ?? '' } };
    case 'copy_text':
      return { ...base, copy_text: { text: required(element, 'text', /^[^]{1,256}$/) } };
    case 'disabled':
      return { ...base, disabled: {} };
    default:
      throw invalid(element, 'type');
  }
}
