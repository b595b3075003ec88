import type { Entity, FormattedText } from './telegram-entity.ts';
import { TelegramHtmlError } from './telegram-html-error.ts';
import { type Attributes, HtmlScanner, UNCLOSED } from './telegram-html-scanner.ts';
import { checkLink, mentionedIn } from './telegram-link.ts';
import { cleanText } from './telegram-text.ts';

export { TelegramHtmlError };

const REFERENCES = new Map([
  ['lt', '<'],
  ['gt', '>'],
  ['amp', '&'],
  ['quot', '"'],
]);

const STYLES: Record<string, string> = {
  b: 'bold',
  strong: 'bold',
  i: 'italic',
  em: 'italic',
  u: 'underline',
  ins: 'underline',
  s: 'strikethrough',
  strike: 'strikethrough',
  del: 'strikethrough',
  'tg-spoiler': 'spoiler',
  span: 'spoiler',
};
const OTHERS = new Set(['a', 'code', 'pre', 'blockquote', 'tg-emoji', 'tg-time']);
const DIALECT = {
  selfCloses: false,
  references: REFERENCES,
  isTag: (name: string) => Object.hasOwn(STYLES, name) || OTHERS.has(name),
};

type Open = { readonly tag: string; readonly attributes: Attributes; readonly offset: number };

/**
 * Parses a text as the server does for `parse_mode: 'HTML'`: the visible text without its white
 * space at the ends, and entities in UTF-16 units, well nested and sorted. Links whose address the
 * server does not accept are dropped without a word, as there.
 *
 * @throws TelegramHtmlError with the server's description, where it refuses the text.
 */
export function parseTelegramHtml(html: string): FormattedText {
  return cleanText(readHtml(html));
}

/** The text and entities as they are written, before the server makes them clean. */
function readHtml(html: string): FormattedText {
  const scanner = new HtmlScanner(html, DIALECT);
  const open: Open[] = [];
  const entities: Entity[] = [];
  let text = '';
  for (const token of scanner.tokens()) {
    if (token.kind === 'text') text += token.text;
    else if (token.kind === 'open') {
      const at = scanner.bytesTo(token.at);
      checkSpan(token.tag, token.attributes, at);
      open.push({ ...token, offset: text.length });
    } else closeTag(open.pop(), token.tag, { text, entities, at: scanner.bytesTo(token.at) });
  }
  const last = open.at(-1);
  if (last) {
    throw new TelegramHtmlError(`Can't find end tag corresponding to start tag "${last.tag}"`);
  }
  if (!text.isWellFormed()) throw new TelegramHtmlError(NO_UNICODE);
  return { text, entities: entities.map(dropOwnLanguage) };
}

const NO_UNICODE =
  'Text contains invalid Unicode characters after decoding HTML entities, check for unmatched surrogate code units';

function checkSpan(tag: string, attributes: Attributes, at: number): void {
  if (tag !== 'span' || attributes.get('class') === 'tg-spoiler') return;
  throw new TelegramHtmlError(`Tag "span" must have class "tg-spoiler" at byte offset ${at}`);
}

type Place = { readonly text: string; readonly entities: Entity[]; readonly at: number };

function closeTag(opened: Open | undefined, tag: string, { text, entities, at }: Place): void {
  if (!opened) throw new TelegramHtmlError(`Unexpected end tag at byte offset ${at}`);
  if (tag === UNCLOSED) throw new TelegramHtmlError(`Unclosed end tag at byte offset ${at}`);
  if (tag !== '' && tag !== opened.tag) {
    const difference = `expected "</${opened.tag}>", found "</${tag}>"`;
    throw new TelegramHtmlError(`Unmatched end tag at byte offset ${at}, ${difference}`);
  }
  const place = { offset: opened.offset, length: text.length - opened.offset };
  if (place.length === 0) return;
  const before = entities.at(-1);
  const inner = before && isSamePlace(before, place) ? before : null;
  if (isPreWithLanguage(opened, inner)) return;
  const entity = entityOf(opened, text.slice(opened.offset));
  if (entity) entities.push({ ...entity, ...place });
}

function isSamePlace(entity: Entity, { offset, length }: { offset: number; length: number }) {
  return entity.offset === offset && entity.length === length;
}

/** `pre` and `code class="language-…"` around the same text are one entity, in either order. */
function isPreWithLanguage({ tag, attributes }: Open, inner: Entity | null): boolean {
  if (tag === 'pre' && inner?.type === 'code' && inner.language) {
    inner.type = 'pre';
    return true;
  }
  const language = languageOf(attributes);
  if (tag !== 'code' || inner?.type !== 'pre' || inner.language || !language) return false;
  inner.language = language;
  return true;
}

function languageOf(attributes: Attributes): string {
  const [, language = ''] = /^language-(.*)$/s.exec(attributes.get('class') ?? '') ?? [];
  return language;
}

/** `code` alone has no language. */
function dropOwnLanguage({ language, ...entity }: Entity): Entity {
  return entity.type === 'pre' && language ? { ...entity, language } : entity;
}

function entityOf(
  { tag, attributes }: Open,
  inside: string,
): Omit<Entity, 'offset' | 'length'> | null {
  const style = STYLES[tag];
  if (style) return { type: style };
  switch (tag) {
    case 'a':
      return linkTo(attributes.get('href') || inside);
    case 'code':
      return { type: 'code', language: languageOf(attributes) };
    case 'pre':
      return { type: 'pre' };
    case 'tg-emoji':
      return emojiOf(attributes.get('emoji-id') ?? '');
    case 'tg-time':
      return timeOf(attributes);
    default:
      return { type: attributes.has('expandable') ? 'expandable_blockquote' : 'blockquote' };
  }
}

function linkTo(href: string) {
  if (mentionedIn(href) !== null) return { type: 'text_mention', url: href };
  const url = checkLink(href);
  return url === null ? null : { type: 'text_link', url };
}

function emojiOf(id: string) {
  const isNumber = /^-?[1-9]\d{0,18}$/.test(id);
  if (!isNumber || BigInt.asIntN(64, BigInt(id)) !== BigInt(id)) {
    throw new TelegramHtmlError('Invalid custom emoji identifier specified');
  }
  return { type: 'custom_emoji', custom_emoji_id: id };
}

function timeOf(attributes: Attributes) {
  const unix = attributes.get('unix') ?? '';
  const format = attributes.get('format') ?? '';
  if (!/^[1-9]\d{0,9}$/.test(unix)) throw new TelegramHtmlError('Invalid date specified');
  if (!/^(?:r|w?[dD]?[tT]?)$/.test(format)) {
    throw new TelegramHtmlError('Invalid date-time format specified');
  }
  return { type: 'date_time', unix_time: Number(unix), date_time_format: format };
}
