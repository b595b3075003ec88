/** Where something stands in a text; in code points. */
type Span = { readonly start: number; readonly end: number };
type UrlEntity = Span & {
  readonly url: string;
  readonly expanded_url: string;
  readonly display_url: string;
  readonly unwound_url?: string;
  readonly media_key?: string;
};
export type Entities = {
  readonly urls?: readonly UrlEntity[];
  readonly mentions?: readonly (Span & { readonly username: string; readonly id: string })[];
  readonly hashtags?: readonly (Span & { readonly tag: string })[];
  readonly cashtags?: readonly (Span & { readonly tag: string })[];
};
export type Written = { readonly text: string; readonly entities: Entities | null };

/** What a text is written with. */
export type Pen = {
  /** The short link for an address. */
  readonly shorten: (url: string) => string;
  /** The id of a user, or undefined: then the mention is none. */
  readonly idOf: (username: string) => string | undefined;
  /** Keys of media, by the address that their link leads to. */
  readonly mediaKeys?: ReadonlyMap<string, string>;
};

const MARKS =
  /(?<url>https?:\/\/[^\s<>"]+)|(?<![\p{L}\p{N}_@/])@(?<name>\w{1,15})(?!\w)|(?<![\p{L}\p{N}_&])#(?<tag>[\p{L}\p{N}_]+)|(?<![\p{L}\p{N}_$])\$(?<cash>[A-Za-z]{1,6})(?!\w)|(?<special>[&<>])/gu;
const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

/** A text as X hands it out: links shortened, three characters escaped, with its entities. */
export function write(raw: string, pen: Pen): Written {
  const draft = new Draft();
  let at = 0;
  for (const match of raw.matchAll(MARKS)) {
    draft.add(raw.slice(at, match.index));
    addMark(draft, match[0], match.groups ?? {}, pen);
    at = match.index + match[0].length;
  }
  draft.add(raw.slice(at));
  return draft.finish();
}

type Groups = { readonly [name: string]: string | undefined };

function addMark(draft: Draft, whole: string, groups: Groups, pen: Pen): void {
  const { url, name, tag, cash } = groups;
  if (url !== undefined) {
    const short = pen.shorten(url);
    const key = pen.mediaKeys?.get(url);
    draft.urls.push({ ...draft.add(short), ...linkOf(short, url), ...(key && { media_key: key }) });
    return;
  }
  const span = draft.add(ESCAPES[whole] ?? whole);
  const id = name === undefined ? undefined : pen.idOf(name);
  if (name !== undefined && id !== undefined) draft.mentions.push({ ...span, username: name, id });
  if (tag !== undefined) draft.hashtags.push({ ...span, tag });
  if (cash !== undefined) draft.cashtags.push({ ...span, tag: cash });
}

function linkOf(url: string, expanded: string) {
  const shown = expanded.replace(/^https?:\/\/(?:www\.)?/, '');
  const display = shown.length > 27 ? `${shown.slice(0, 26)}…` : shown;
  return { url, expanded_url: expanded, display_url: display, unwound_url: expanded };
}

/** A text in the making, which knows how long it is. */
class Draft {
  readonly urls: UrlEntity[] = [];
  readonly mentions: (Span & { username: string; id: string })[] = [];
  readonly hashtags: (Span & { tag: string })[] = [];
  readonly cashtags: (Span & { tag: string })[] = [];
  #text = '';
  #length = 0;

  add(part: string): Span {
    const start = this.#length;
    this.#text += part;
    this.#length += lengthOf(part);
    return { start, end: this.#length };
  }

  finish(): Written {
    const { urls, mentions, hashtags, cashtags } = this;
    const all = Object.entries({ urls, mentions, hashtags, cashtags });
    const found = all.filter(([, list]) => list.length > 0);
    return { text: this.#text, entities: found.length > 0 ? Object.fromEntries(found) : null };
  }
}

/** The length in code points. */
export function lengthOf(text: string): number {
  return /[\uD800-\uDBFF]/.test(text) ? Array.from(text).length : text.length;
}

/** The beginning of a text. */
export function cut(text: string, length: number): string {
  return Array.from(text).slice(0, length).join('');
}
