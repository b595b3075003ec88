import { TelegramHtmlError } from './telegram-html-error.ts';
import { type Attributes, HtmlScanner, type Token, UNCLOSED } from './telegram-html-scanner.ts';

export type Element = {
  readonly tag: string;
  readonly attributes: Attributes;
  readonly children: Node[];
  /** In bytes from the beginning. */
  readonly at: number;
};
export type Node = Element | string;

const TAGS = new Set(
  `a b strong i em u ins s strike del code mark sub sup tg-spoiler tg-reference tg-emoji tg-time
  tg-math br tg-button h1 h2 h3 h4 h5 h6 p pre footer hr ul ol li input blockquote cite aside img
  video audio tg-document figure figcaption tg-map tg-collage tg-slideshow table caption tr th td
  details summary tg-math-block tg-button-row tg-thinking`.split(/\s+/),
);
/** Tags without an end. */
const VOID = new Set(['br', 'hr', 'img', 'input', 'tg-map']);

const DIALECT = {
  selfCloses: true,
  isTag: (name: string) => TAGS.has(name),
  references: new Map([
    ['lt', '<'],
    ['gt', '>'],
    ['amp', '&'],
    ['quot', '"'],
    ['apos', "'"],
    ['nbsp', '\u00a0'],
    ['hellip', '…'],
    ['mdash', '—'],
    ['ndash', '–'],
    ['lsquo', '‘'],
    ['rsquo', '’'],
    ['ldquo', '“'],
    ['rdquo', '”'],
  ]),
};

/** The tree of the HTML of a rich message. @throws TelegramHtmlError where it is none. */
export function parseRichTree(html: string): Node[] {
  const scanner = new HtmlScanner(html, DIALECT);
  const root: Element = { tag: '', attributes: new Map(), children: [], at: 0 };
  const open = [root];
  for (const token of scanner.tokens()) {
    const parent = open.at(-1) ?? root;
    if (token.kind === 'text') parent.children.push(token.text);
    else if (token.kind === 'close') {
      checkEnd(token, parent, scanner.bytesTo(token.at));
      open.pop();
    } else {
      const { tag, attributes, isClosed, at } = token;
      const element = { tag, attributes, children: [], at: scanner.bytesTo(at) };
      parent.children.push(element);
      if (!isClosed && !VOID.has(tag)) open.push(element);
    }
  }
  const last = open.at(-1);
  if (last && last !== root) {
    throw new TelegramHtmlError(`Can't find end tag corresponding to start tag "${last.tag}"`);
  }
  return root.children;
}

function checkEnd({ tag }: Token & { kind: 'close' }, opened: Element, at: number): void {
  if (opened.tag === '') throw new TelegramHtmlError(`Unexpected end tag at byte offset ${at}`);
  if (tag === UNCLOSED) throw new TelegramHtmlError(`Unclosed end tag at byte offset ${at}`);
  if (tag === '' || tag === opened.tag) return;
  const difference = `expected "</${opened.tag}>", found "</${tag}>"`;
  throw new TelegramHtmlError(`Unmatched end tag at byte offset ${at}, ${difference}`);
}

export function isElement(node: Node, ...tags: readonly string[]): node is Element {
  return typeof node !== 'string' && (tags.length === 0 || tags.includes(node.tag));
}

export function isBlank(node: Node): boolean {
  return typeof node === 'string' && /^[ \t\r\n]*$/.test(node);
}

/** Refuses an element where it stands. */
export function misplaced({ tag, at }: Element, place: string): TelegramHtmlError {
  return new TelegramHtmlError(`Tag "${tag}" is not allowed in ${place} at byte offset ${at}`);
}

export function invalid({ tag, at }: Element, attribute: string): TelegramHtmlError {
  return new TelegramHtmlError(
    `Attribute "${attribute}" of the tag "${tag}" is invalid at byte offset ${at}`,
  );
}

/** @throws TelegramHtmlError where an attribute has none of the values that it may have */
export function oneOf<Value extends string>(
  element: Element,
  name: string,
  values: readonly Value[],
): Value | null {
  const said = element.attributes.get(name);
  const value = values.find((each) => each === said);
  if (said === undefined || value !== undefined) return value ?? null;
  throw invalid(element, name);
}

/** @throws TelegramHtmlError where the attribute is missing or does not match */
export function required(element: Element, name: string, pattern: RegExp): string {
  const value = element.attributes.get(name) ?? '';
  if (pattern.test(value)) return value;
  throw invalid(element, name);
}
