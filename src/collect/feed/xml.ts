import { parseFeed } from '@rowanmanning/feed-parser';

import { SourceFailure } from '../source.ts';
import { type Content, contentOf, type Entry, type Feed, MOST_ENTRIES } from './entry.ts';

type Parsed = ReturnType<typeof parseFeed>;
type Item = Parsed['items'][number];
type Element = Parsed['element'];

/** A feed in RSS or Atom, of any version, broken as it may be. */
export function parseXmlFeed(text: string): Feed {
  refuseEntities(text);
  const feed = mend(text);
  return {
    title: textOf(feed.element, 'title') ?? '',
    description: textOf(feed.element, 'description') ?? textOf(feed.element, 'subtitle') ?? '',
    link: feed.url,
    author: nameOf(feed.authors),
    generator: textOf(feed.element, 'generator') ?? '',
    isWhole: isWhole(text),
    entries: feed.items.slice(0, MOST_ENTRIES).map(entryOf),
  };
}

/**
 * Nobody may declare entities of his own: they can stand for files of this machine, or for more than
 * the memory holds. The parser hears of them behind `<!D`, wherever that stands: what looks like a comment
 * there may be a value in quotation marks. A text may well speak of them, but not of both.
 */
function refuseEntities(text: string): void {
  const type = text.search(/<!D/i);
  if (type >= 0 && /<!ENTITY/i.test(text.slice(type))) {
    throw new SourceFailure('unreadable', 'it declares entities of its own, which is refused');
  }
}

/** Parses what can be: of a file that was cut off, all up to its last whole item. */
function mend(text: string): Parsed {
  const start = Math.max(0, text.indexOf('<'));
  try {
    return parseFeed(text.slice(start));
  } catch (error) {
    const end = Math.max(...ITEM_ENDS.map((tag) => endOfLast(tag, text)));
    if (end < start) throw notFeed(text, error);
    try {
      return parseFeed(text.slice(start, end));
    } catch {
      throw notFeed(text, error);
    }
  }
}

/** Whether the feed itself is closed, behind its last item. */
function isWhole(text: string): boolean {
  const end = Math.max(0, ...ITEM_ENDS.map((tag) => endOfLast(tag, text)));
  return /<\/(?:[\w-]+:)?(?:rss|feed|rdf)\s*>/i.test(text.slice(end));
}

const ITEM_ENDS = ['</item>', '</entry>'];

function endOfLast(tag: string, text: string): number {
  const at = text.lastIndexOf(tag);
  return at < 0 ? -1 : at + tag.length;
}

function notFeed(text: string, cause: unknown): SourceFailure {
  const isPage = /^\s*(?:<!--|<!doctype html|<html)/i.test(text.slice(0, 1000));
  const words = isPage ? 'it is a web page, no feed' : 'it is no feed, or broken';
  return new SourceFailure('unreadable', words, { cause });
}

/**
 * What stands in an item. The parser is asked for nothing that it would look for in the whole feed
 * where the item lacks it: of thousands of items that would be the square.
 */
function entryOf(item: Item): Entry {
  const { element } = item;
  const guid = textOf(element, 'guid') ?? textOf(element, 'id');
  const hasAuthor = textOf(element, 'author') !== null;
  return {
    guid,
    link: linkOf(element) ?? guid,
    title: contentIn(element, ['title']),
    content: contentIn(element, CONTENTS) ?? captionOf(element),
    author: textOf(element, 'creator') ?? (hasAuthor ? nameOf(item.authors) : null),
    dates: DATES.map((name) => textOf(element, name)).filter((date) => date !== null),
    language: null, // of a feed it is what its program has by default
    relations: [],
  };
}

const CONTENTS = ['encoded', 'content', 'description', 'summary'];
const DATES = ['pubdate', 'published', 'issued', 'date', 'created', 'updated', 'modified'];

/** The page of an item: in RSS the text of a link, in Atom one for readers, not for programs. */
function linkOf(element: Element): string | null {
  const links = element.findElementsWithName('link');
  const written = links.find((link) => link.textContent.trim() !== '');
  if (written !== undefined) return written.textContentAsUrl;
  const found = links.find(
    (link) =>
      (link.getAttribute('rel') ?? 'alternate') === 'alternate' && link.getAttribute('href'),
  );
  return found?.getAttributeAsUrl('href') ?? null;
}

/** The name of who wrote it; of what looks like an address of mail, only handles (`@ada`) are names. */
function nameOf(authors: Item['authors']): string | null {
  const [first] = authors;
  return first?.name ?? (first?.email?.startsWith('@') ? first.email : null);
}

/** The child of a name: one of the feed’s own names, rather than one of an extension. */
function childOf(element: Element, name: string): Element | null {
  const all = element.findElementsWithName(name).filter(({ namespace }) => namespace !== 'media');
  return all.find(({ namespace }) => typeof namespace !== 'string') ?? all[0] ?? null;
}

function textOf(element: Element, name: string): string | null {
  return childOf(element, name)?.textContent.trim() || null;
}

function contentIn(element: Element, names: readonly string[]): Content | null {
  for (const name of names) {
    const child = childOf(element, name);
    const content = child && contentOfElement(child);
    if (content && content.words.trim() !== '') return content;
  }
  return null;
}

/** Films have their words in an extension (`media:group`). */
function captionOf(element: Element): Content | null {
  const caption = element.findElementWithName('group')?.findElementWithName('description');
  return caption ? contentOfElement(caption) : null;
}

function contentOfElement(element: Element): Content {
  if (element.children.some((child) => typeof child !== 'string')) {
    return { kind: 'html', words: markupOf(element) };
  }
  const words = element.textContent;
  const type = element.getAttribute('type');
  return type === 'html' || type === 'text/html' ? { kind: 'html', words } : contentOf(words);
}

/** What stands in an element as HTML again; of attributes only what is looked at later. */
function markupOf(element: Element): string {
  return element.children
    .map((child) => {
      if (typeof child === 'string') return escapeHtml(child);
      const attributes = ['href', 'class'].map((name) => {
        const value = child.getAttribute(name);
        return value === null ? '' : ` ${name}="${escapeHtml(value)}"`;
      });
      return `<${child.name}${attributes.join('')}>${markupOf(child)}</${child.name}>`;
    })
    .join('');
}

function escapeHtml(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/"/g, '&quot;');
}
