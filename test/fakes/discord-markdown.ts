import {
  type Marked,
  readAddress,
  readCode,
  readMarks,
  readMasked,
  readThing,
} from './discord-marks.ts';

/** A run of text as a reader of Discord sees it. */
export type Run = {
  readonly text: string;
  /** What is active about it: `bold`, `quote`, `mention`, `link https://…`. */
  readonly looks: readonly string[];
};

/**
 * What Discord's clients make of a text: a small model of their parser, of how it is known to behave
 * (by those who tried it out, not by a specification). Where clients differ, more is active here.
 */
export function readDiscord(source: string): Run[] {
  const runs = parse(source.trim(), {
    looks: [],
    begun: '',
    isQuoted: false,
    depth: 0,
    mode: 'text',
  });
  return runs.filter(({ text }) => text !== '');
}

/**
 * Text that acts though the clients show it as text: servers look for people to notify, and crawlers
 * for addresses to preview, without reading escapes (crawlers leave out code).
 */
export function findSignals(source: string): string[] {
  const outsideCode = source.replaceAll(/(?<!\\)`[^`]*`/g, ' ');
  return [...(source.match(CALLS) ?? []), ...(outsideCode.match(ADDRESSES) ?? [])];
}

const CALLS = /@everyone|@here|<@[!&]?\d+>/g;
const ADDRESSES = /discord(?:app)?\.(?:gg|com\/invite|new)\/\S+|(?<!<)https?:\/\/\S+/gi;

/**
 * - `text`: everything acts.
 * - `test`: words of a link, read without escapes to see whether they are harmless.
 * - `words`: words of a link, in which only emphasis and code act.
 */
type Mode = 'text' | 'test' | 'words';

type Place = {
  readonly looks: readonly string[];
  /** What stands before it on its line. */
  readonly begun: string;
  readonly isQuoted: boolean;
  /** Lists around it. */
  readonly depth: number;
  readonly mode: Mode;
};

type Found = { readonly runs: readonly Run[]; readonly end: number };

function parse(source: string, place: Place): Run[] {
  const runs: Run[] = [];
  let at = 0;
  while (at < source.length) {
    const found = readAt(source, at, place);
    runs.push(...found.runs);
    at = found.end;
  }
  return runs;
}

function readAt(source: string, at: number, place: Place): Found {
  const { mode, looks } = place;
  if (mode === 'text' && /^\\[^A-Za-z0-9\s]/.test(source.slice(at, at + 2))) {
    return { runs: [{ text: source[at + 1] ?? '', looks }], end: at + 2 };
  }
  const found =
    (mode === 'words' ? null : (readBlock(source, at, place) ?? readActive(source, at, place))) ??
    readInline(source, at, place);
  const character = String.fromCodePoint(source.codePointAt(at) ?? 0);
  return found ?? { runs: [{ text: character, looks }], end: at + character.length };
}

/** What stands on the line before a place. */
function begunAt(source: string, at: number, { begun }: Place): string {
  const line = source.slice(source.lastIndexOf('\n', at - 1) + 1, at);
  return source.slice(0, at).includes('\n') ? line : begun + line;
}

function readInline(source: string, at: number, place: Place): Found | null {
  const code = readCode(source, at);
  if (code && place.mode !== 'test') {
    const text = source.slice(code.from, code.to);
    return { runs: [{ text, looks: [...place.looks, code.look] }], end: code.end };
  }
  const marks = code ?? readMarks(source, at, place.mode === 'text');
  return marks && within(source, marks, place, at);
}

function within(source: string, { look, from, to, end }: Marked, place: Place, at: number): Found {
  const begun = begunAt(source, at, place);
  const inner = { ...place, begun, looks: [...place.looks, look] };
  return { runs: parse(source.slice(from, to), inner), end };
}

function readActive(source: string, at: number, place: Place): Found | null {
  const look = (name: string) => [...place.looks, name];
  const thing = readThing(source, at);
  if (thing)
    return {
      runs: [{ text: source.slice(at, thing.end), looks: look(thing.look) }],
      end: thing.end,
    };
  const picture = place.mode === 'test' ? PICTURE.exec(source.slice(at))?.[0] : undefined;
  if (picture) return { runs: [{ text: picture, looks: look('emoji') }], end: at + picture.length };
  const address = readAddress(source, at);
  if (address) {
    const text = source.slice(address.from, address.to);
    return { runs: [{ text, looks: look(address.look) }], end: address.end };
  }
  return readLink(source, at, place);
}

const PICTURE = /^(?:\p{Regional_Indicator}|(?![\d#*])\p{Emoji}|[\d#*]\uFE0F?\u20E3)/u;

/** A masked link; as it is written where its words might pretend something. */
function readLink(source: string, at: number, place: Place): Found | null {
  const link = readMasked(source, at);
  if (!link) return null;
  const words = link.words.replace(UNSEEN, '');
  const plain: Place = { looks: [], begun: 'x', isQuoted: false, depth: 0, mode: 'test' };
  const tested = parse(words.normalize('NFKC').replaceAll(';', ':'), plain);
  const isHarmless = tested.every(({ looks }) => !looks.some((look) => PRETENDS.test(look)));
  const isWeb = URL.canParse(link.address) && /^https?:/.test(link.address);
  if (!isHarmless || !isWeb || words.trim() === '') {
    return { runs: [{ text: source.slice(at, link.end), looks: place.looks }], end: link.end };
  }
  const looks = [...place.looks, `link ${link.address}`];
  return { runs: parse(words, { ...plain, looks, mode: 'words' }), end: link.end };
}

const PRETENDS = /^(?:link|mention|emoji|command|code block)/;
const UNSEEN = /[\p{Default_Ignorable_Code_Point}\p{Cf}\p{Zl}\p{Zp}]|[^\P{Cc}\n]|[^\P{Zs} ]/gu;

function readBlock(source: string, at: number, place: Place): Found | null {
  const begun = begunAt(source, at, place);
  if (begun.trim() !== '') return null;
  const rest = source.slice(at);
  return (
    (begun === '' ? readLine(rest, at, place) : null) ??
    (place.isQuoted ? null : readQuote(rest, at, place)) ??
    (place.depth >= 11 ? null : readList(rest, at, place))
  );
}

/** A heading or small print. */
function readLine(rest: string, at: number, place: Place): Found | null {
  const [all = '', mark = '', words = ''] = /^(#{1,3}|-#)\s+(?!#|-#)([^\n]*)\n?/.exec(rest) ?? [];
  if (all === '' || (mark !== '-#' && place.depth > 0)) return null;
  const look = mark === '-#' ? 'small' : 'heading';
  const content = mark === '-#' ? words : words.trimEnd().replace(/#+$/, '').trimEnd();
  return block([content], look, place, at + all.length);
}

function readQuote(rest: string, at: number, place: Place): Found | null {
  if (rest.startsWith('>>> '))
    return block([rest.slice(4)], 'quote', { ...place, isQuoted: true }, at + rest.length);
  const [all = ''] = /^(?:> [^\n]*(?:\n|$))+/.exec(rest) ?? [];
  if (all === '') return null;
  const content = all.replace(/^> /gm, '').replace(/\n$/, '');
  return block([content], 'quote', { ...place, isQuoted: true }, at + all.length);
}

/** Items, each with the lines under it that begin with a space. */
function readList(rest: string, at: number, place: Place): Found | null {
  const items: string[] = [];
  let end = 0;
  for (;;) {
    const [all, mark = '', words = ''] = ITEM.exec(rest.slice(end)) ?? [];
    if (all === undefined) break;
    items.push(words.replace(new RegExp(`^ {1,${mark.length}}`, 'gm'), ''));
    end += all.length;
  }
  if (items.length === 0) return null;
  return block(items, `item`, { ...place, depth: place.depth + 1 }, at + end);
}

const ITEM = /^((?:[*-]|\d+\.) +)([^\n]+(?:\n [^\n]*)*)\n?/;

function block(contents: readonly string[], look: string, place: Place, end: number): Found {
  const inner = { ...place, begun: '', looks: [...place.looks, look] };
  const gap: Run = { text: '\n', looks: [] };
  return { runs: contents.flatMap((content) => [gap, ...parse(content, inner), gap]), end };
}
