/** Something that opens and closes within a line: where its content ends, and where it ends itself. */
export type Marked = {
  readonly look: string;
  readonly from: number;
  readonly to: number;
  readonly end: number;
};

/** What the rest of the text, from a place on, begins with; or null where nothing opens or closes. */
export function readMarks(source: string, at: number, hasEscapes: boolean): Marked | null {
  const slanted =
    readItalic(source, at, '*', hasEscapes) ?? readItalic(source, at, '_', hasEscapes);
  const doubled =
    readDouble(source, at, '**', hasEscapes) ?? readDouble(source, at, '__', hasEscapes);
  if (slanted && doubled) return doubled.end > slanted.end ? doubled : slanted;
  return slanted ?? doubled ?? readPlain(source, at, '~~') ?? readPlain(source, at, '||');
}

const LOOKS: Record<string, string> = {
  '**': 'bold',
  __: 'underline',
  '~~': 'strike',
  '||': 'spoiler',
};

/** `**bold**` and `__underline__`: to the first closing mark that is not followed by one more. */
function readDouble(source: string, at: number, mark: string, hasEscapes: boolean): Marked | null {
  if (!source.startsWith(mark, at)) return null;
  const from = at + 2;
  for (let to = from; to < source.length; to += 1) {
    if (to > from && source.startsWith(mark, to) && source[to + 2] !== mark[0]) {
      return { look: LOOKS[mark] ?? mark, from, to, end: to + 2 };
    }
    if (hasEscapes && source[to] === '\\') to += 1;
  }
  return null;
}

function readPlain(source: string, at: number, mark: string): Marked | null {
  if (!source.startsWith(mark, at)) return null;
  const to = source.indexOf(mark, at + 3);
  return to === -1 ? null : { look: LOOKS[mark] ?? mark, from: at + 2, to, end: to + 2 };
}

/**
 * `*italic*` begins before no space and ends after at most two; `_italic_` does not end within a
 * word. A doubled mark in it is content.
 */
function readItalic(source: string, at: number, mark: string, hasEscapes: boolean): Marked | null {
  const from = at + 1;
  if (source[at] !== mark || (mark === '*' && /^\s/.test(source.slice(from, from + 1))))
    return null;
  let to = from;
  while (to < source.length) {
    const next = source[to + 1] ?? '';
    if (source[to] === mark && next === mark) to += 2;
    else if (source[to] === mark) {
      const content = source.slice(from, to);
      const isClosed = mark === '*' ? !/(?:[^\S ]| {3})$/.test(content) : !/\w/.test(next);
      return isClosed && content.trim() !== '' ? { look: 'italic', from, to, end: to + 1 } : null;
    } else to += hasEscapes && source[to] === '\\' ? 2 : 1;
  }
  return null;
}

/** `code` between runs of as many back-ticks. */
export function readCode(source: string, at: number): Marked | null {
  const fence = ticksAt(source, at);
  if (fence === 0) return null;
  const from = at + fence;
  for (let to = from; to < source.length; to += Math.max(1, ticksAt(source, to))) {
    if (to > from && ticksAt(source, to) === fence) {
      return { look: fence >= 3 ? 'code block' : 'code', from, to, end: to + fence };
    }
  }
  return null;
}

function ticksAt(source: string, at: number): number {
  let count = 0;
  while (source[at + count] === '`') count += 1;
  return count;
}

/** A mention, a time or an emoji; they have no content that is read further. */
export function readThing(source: string, at: number): { look: string; end: number } | null {
  const rest = source.slice(at, at + 200);
  for (const [look, pattern] of THINGS) {
    const [found] = pattern.exec(rest) ?? [];
    if (found !== undefined) return { look, end: at + found.length };
  }
  return null;
}

const THINGS: readonly (readonly [string, RegExp])[] = [
  ['mention', /^@(?:everyone|here)/],
  ['mention', /^<(?:@[!&]?|#)\d+>/],
  ['mention', /^<id:\w+>/],
  ['command', /^<\/[^\n:>]+:\d+>/],
  ['time', /^<t:-?\d+(?::\w)?>/],
  ['emoji', /^<a?:\w+:\d+>/],
  ['emoji', /^:\w+:/],
];

/** An address that Discord links by itself: bare, or between angles, which are not shown. */
export function readAddress(source: string, at: number): Marked | null {
  const [angled] = /^<[^: >]+:\/[^ >]+>/.exec(source.slice(at)) ?? [];
  if (angled !== undefined) {
    const end = at + angled.length;
    return { look: `link ${angled.slice(1, -1)}`, from: at + 1, to: end - 1, end };
  }
  const [bare] = /^(?:https?|steam):\/\/[^\s<]+[^\s<.,:;"'\]]/i.exec(source.slice(at)) ?? [];
  return bare === undefined
    ? null
    : { look: `link ${bare}`, from: at, to: at + bare.length, end: at + bare.length };
}

/** `[words](address)`, whatever is in it. */
export type Masked = { readonly words: string; readonly address: string; readonly end: number };

export function readMasked(source: string, at: number): Masked | null {
  if (source[at] !== '[') return null;
  let close = at + 1;
  while (close < source.length && source[close] !== ']') {
    close = source[close] === '[' ? source.indexOf(']', close) + 1 : close + 1;
    if (close === 0) return null;
  }
  if (source[close + 1] !== '(') return null;
  const hasAngle = source[close + 2] === '<';
  const from = close + (hasAngle ? 3 : 2);
  for (let to = from; to < source.length; to += 1) {
    const [ending] = /^>?\)/.exec(source.slice(to, to + 2)) ?? [];
    if (ending !== undefined && to > from) {
      const words = source.slice(at + 1, close);
      return { words, address: source.slice(from, to), end: to + ending.length };
    }
    if (/\s/.test(source[to] ?? '')) return null;
    const pair = source[to] === '(' ? source.indexOf(')', to) : -1;
    if (pair !== -1) to = pair;
  }
  return null;
}
