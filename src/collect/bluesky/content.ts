import { z } from 'zod';

import { blueskyId } from '../ids.ts';
import { isWebLink } from '../marks.ts';

const text = z.string();
const reference = z.object({ uri: text });

/** Bluesky lets people write a tenth of it. Characters. */
const MOST_TEXT = 5000;

const facetSchema = z.object({
  index: z.object({
    byteStart: z.number().int().nonnegative(),
    byteEnd: z.number().int().nonnegative(),
  }),
  features: z.array(z.object({ $type: text, uri: text.nullish() })),
});
type Facet = z.output<typeof facetSchema>;

/** A post as its author's program wrote it: nobody has checked it. */
export const recordSchema = z.object({
  text,
  createdAt: text,
  langs: z.array(text).nullish().catch(null),
  facets: z.array(z.unknown()).nullish().catch(null),
  reply: z.object({ root: reference, parent: reference }).nullish().catch(null),
  labels: z
    .object({ values: z.array(z.object({ val: text })) })
    .nullish()
    .catch(null),
});
type BlueskyRecord = z.output<typeof recordSchema>;

const cardSchema = z.object({ external: z.object({ uri: text }) });
/** A card, alone or beside a quoted post. */
const embedSchema = z.union([
  cardSchema.transform(({ external }) => external.uri),
  z.object({ media: cardSchema }).transform(({ media }) => media.external.uri),
]);

/** What names a person of Bluesky for good. */
export const DID = /^did:[a-z]{1,20}:[\w.:%-]{1,150}$/;
const RECORD = /^at:\/\/([^/]{1,200})\/app\.bsky\.feed\.(?:post|repost)\/([\w.~:-]{1,60})$/;

/** The id of a post or a repost, as all sources have it; `null` for what is neither. */
export function idOfRecord(uri: string | null | undefined): string | null {
  const [, did, key] = RECORD.exec(uri ?? '') ?? [];
  return did === undefined || key === undefined || !DID.test(did) ? null : blueskyId(did, key);
}

/** Whether a record stands among those of a person: nobody writes into another’s. */
export function isRecordOf(did: string, uri: string): boolean {
  return uri.startsWith(`at://${did}/`);
}

/** The words of a post and its links; Bluesky's programs write links shortened. */
export function contentOf(
  record: BlueskyRecord,
  embed: unknown,
): { readonly text: string; readonly urls: string[] } {
  const bytes = Buffer.from(record.text.slice(0, MOST_TEXT));
  const links = linksIn(record, bytes.length);
  const card = embedSchema.safeParse(embed).data;
  const urls = [...links.map(({ uri }) => uri), ...(card === undefined ? [] : [card])];
  return {
    text: withWholeLinks(bytes, links).trim(),
    urls: [...new Set(urls.filter(isWebLink))],
  };
}

type Link = { readonly start: number; readonly end: number; readonly uri: string };

/** Links by the bytes on which they are, in order; where two overlap, the first. */
function linksIn({ facets }: BlueskyRecord, length: number): Link[] {
  const all = (facets ?? [])
    .slice(0, MOST_FACETS)
    .flatMap((value) => facetSchema.safeParse(value).data ?? [])
    .flatMap(linkOf)
    .filter(({ start, end }) => start < end && end <= length)
    .toSorted((one, other) => one.start - other.start);
  let reached = 0;
  return all.filter(({ start, end }) => {
    const isFree = start >= reached;
    if (isFree) reached = end;
    return isFree;
  });
}

/** A post has three hundred characters. */
const MOST_FACETS = 300;

function linkOf({ index, features }: Facet): Link[] {
  const uri = features.find(({ $type }) => $type === 'app.bsky.richtext.facet#link')?.uri;
  return uri ? [{ start: index.byteStart, end: index.byteEnd, uri }] : [];
}

function withWholeLinks(bytes: Buffer, links: readonly Link[]): string {
  const parts: string[] = [];
  let at = 0;
  for (const { start, end, uri } of links) {
    const shown = bytes.toString('utf8', start, end);
    if (!isShortFor(shown, uri)) continue;
    parts.push(bytes.toString('utf8', at, start), uri);
    at = end;
  }
  return [...parts, bytes.toString('utf8', at)].join('');
}

/** Whether a text is the beginning of an address, as programs shorten it; words on a link stay. */
function isShortFor(shown: string, uri: string): boolean {
  const bare = (address: string) => address.toLowerCase().replace(/^https?:\/\/(?:www\.)?/, '');
  const beginning = bare(shown).replace(/(?:…|\.{3})$/, '');
  return isWebLink(uri) && beginning.length > 3 && bare(uri).startsWith(beginning);
}
