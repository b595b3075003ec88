import stringWidth from 'string-width';

/** A run of text that looks the same all through. */
export type Span = { readonly text: string; readonly style: Style };

/** How a run of text looks, and where it leads. */
export type Style = {
  readonly bold?: boolean;
  readonly italic?: boolean;
  readonly dim?: boolean;
  readonly accent?: boolean;
  readonly url?: string;
};

/** Columns that a text takes: East Asian characters take two, combining marks none. */
export function widthOf(text: string): number {
  return stringWidth(text);
}

/** Columns that spans take one after the other. */
export function lengthOf(spans: readonly Span[]): number {
  return spans.reduce((sum, { text }) => sum + widthOf(text), 0);
}

/**
 * Breaks spans into lines of at most `width` columns: at spaces, between CJK characters (but not
 * before a closing mark or after an opening one), and inside a word only when it is longer than a
 * line.
 */
export function wrap(spans: readonly Span[], width: number): Span[][] {
  const lines: Span[][] = [];
  let line: Span[] = [];
  let used = 0;
  const breakLine = () => {
    lines.push(trimEnd(line));
    line = [];
    used = 0;
  };
  for (const chunk of chunksOf(spans)) {
    if (chunk.kind === 'newline') breakLine();
    else if (chunk.kind === 'space') {
      if (used > 0 && used < width) {
        line.push({ text: ' ', style: chunk.style });
        used += 1;
      } else if (used > 0) breakLine();
    } else {
      for (const piece of chunk.width > width ? splitLong(chunk.spans, width) : [chunk.spans]) {
        const size = lengthOf(piece);
        if (used + size > width && used > 0) breakLine();
        line.push(...piece);
        used += size;
      }
    }
  }
  breakLine();
  return lines;
}

type Chunk =
  | { readonly kind: 'newline' }
  | { readonly kind: 'space'; readonly style: Style }
  | { readonly kind: 'word'; readonly spans: Span[]; readonly width: number };

const OPENING = /[([{「『（《〈【“‘]$/u;
const CLOSING = /^[)\]}」』）》〉】”’，。、；：！？…,.;:!?%]/u;
const WIDE = String.raw`[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\u3000-\u303F\uFF00-\uFFEF]`;
const STARTS_WIDE = new RegExp(`^${WIDE}`, 'u');
const ENDS_WIDE = new RegExp(`${WIDE}\\p{M}*$`, 'u');
/** Wide characters one by one, everything else in runs. */
const UNITS = new RegExp(`${WIDE}\\p{M}*|(?:(?!${WIDE}).)+`, 'gu');

/** Groups characters into what must stay together on one line. */
function chunksOf(spans: readonly Span[]): Chunk[] {
  const chunks: Chunk[] = [];
  let word: Span[] = [];
  const flush = () => {
    if (word.length > 0) chunks.push(wordOf(word));
    word = [];
  };
  for (const { text, style } of spans) {
    for (const piece of text.match(/\n|[^\S\n]+|[^\s]+/gu) ?? []) {
      if (piece === '\n') {
        flush();
        chunks.push({ kind: 'newline' });
      } else if (/^\s/u.test(piece)) {
        flush();
        chunks.push({ kind: 'space', style });
      } else {
        for (const unit of piece.match(UNITS) ?? []) {
          const last = word.at(-1)?.text ?? '';
          if (last !== '' && mayBreakBetween(last, unit)) flush();
          word.push({ text: unit, style });
        }
      }
    }
  }
  flush();
  return chunks;
}

function mayBreakBetween(before: string, after: string): boolean {
  if (OPENING.test(before) || CLOSING.test(after)) return false;
  return ENDS_WIDE.test(before) || STARTS_WIDE.test(after);
}

function wordOf(spans: Span[]): Chunk {
  return { kind: 'word', spans, width: lengthOf(spans) };
}

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** A word longer than a line, in pieces that fit; a closing mark takes what it closes with it. */
function splitLong(spans: readonly Span[], width: number): Span[][] {
  const pieces: Span[][] = [[]];
  let used = 0;
  for (const { text, style } of spans) {
    for (const { segment } of graphemes.segment(text)) {
      const size = widthOf(segment);
      if (used + size > width && used > 0) {
        const carried = CLOSING.test(segment) ? takeLast(pieces.at(-1) ?? [], width - size) : [];
        pieces.push(carried);
        used = lengthOf(carried);
      }
      pieces.at(-1)?.push({ text: segment, style });
      used += size;
    }
  }
  return pieces;
}

/** Takes the last of several spans away, if it is not too wide. */
function takeLast(spans: Span[], width: number): Span[] {
  return spans.length > 1 && lengthOf(spans.slice(-1)) <= width ? spans.splice(-1) : [];
}

function trimEnd(line: Span[]): Span[] {
  const end = line.findLastIndex((span) => span.text.trim() !== '');
  return line.slice(0, end + 1);
}
