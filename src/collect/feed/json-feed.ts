import { z } from 'zod';

import { SourceFailure } from '../source.ts';
import { type Content, type Entry, type Feed, MOST_ENTRIES, type Relation } from './entry.ts';

/** Anything that may be missing, and counts as missing where it is something else. */
const words = z.string().nullish().catch(null);
const person = z.object({ name: words }).nullish().catch(null);
const people = { author: person, authors: z.array(person).nullish().catch(null) };

const relation = z.object({
  type: z.enum(['repost', 'quote', 'reply']),
  url: z.string(),
});

const itemSchema = z.object({
  id: z
    .union([z.string(), z.number().transform(String)])
    .nullish()
    .catch(null),
  url: words,
  external_url: words,
  title: words,
  content_html: words,
  content_text: words,
  summary: words,
  date_published: words,
  date_modified: words,
  language: words,
  ...people,
  // RSSHub says here what a post belongs to.
  _extra: z
    .object({ links: z.array(z.unknown()).catch([]) })
    .nullish()
    .catch(null),
});
type Item = z.output<typeof itemSchema>;

const feedSchema = z.object({
  version: z.string().nullish().catch(null),
  title: words,
  description: words,
  home_page_url: words,
  items: z.array(z.unknown()),
  ...people,
});

/** A JSON Feed of any version. */
export function parseJsonFeed(text: string): Feed {
  const feed = feedSchema.safeParse(jsonOf(text)).data;
  if (feed === undefined) throw new SourceFailure('unreadable', 'it is no feed');
  return {
    title: feed.title ?? '',
    description: feed.description ?? '',
    link: feed.home_page_url ?? null,
    author: authorOf(feed),
    generator: '',
    isWhole: true, // else it could not be parsed
    entries: feed.items.slice(0, MOST_ENTRIES).flatMap((item) => {
      const { data } = itemSchema.safeParse(item);
      return data === undefined ? [] : [entryOf(data)];
    }),
  };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new SourceFailure('unreadable', 'it is broken or cut off', { cause: error });
  }
}

function entryOf(item: Item): Entry {
  return {
    guid: item.id ?? null,
    link: item.url ?? item.external_url ?? null,
    title: item.title ? { kind: 'plain', words: item.title } : null,
    content: contentOf(item),
    author: authorOf(item),
    dates: [item.date_published, item.date_modified].filter((date) => typeof date === 'string'),
    language: item.language ?? null,
    relations: relationsOf(item),
  };
}

function contentOf({ content_html: html, content_text: plain, summary }: Item): Content | null {
  if (html) return { kind: 'html', words: html };
  const only = plain || summary;
  return only ? { kind: 'plain', words: only } : null;
}

function authorOf({ author, authors }: Pick<Item, 'author' | 'authors'>): string | null {
  return author?.name || authors?.find((one) => one?.name)?.name || null;
}

function relationsOf({ _extra: extra }: Item): Relation[] {
  return (extra?.links ?? []).slice(0, 10).flatMap((link) => {
    const { data } = relation.safeParse(link);
    return data === undefined ? [] : [{ kind: data.type, link: data.url }];
  });
}
