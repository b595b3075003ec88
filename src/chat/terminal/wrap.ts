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
        const size = piece.reduce((sum, span) => sum + widthOf(span.text), 0);
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
const WIDE =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\u3000-\u303F\uFF00-\uFFEF]/u;

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
        for (const unit of breakable(piece)) {
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

/** Wide characters one by one, everything else in runs. */
function breakable(text: string): string[] {
  return text.match(new RegExp(`${WIDE.source}\\p{M}*|(?:(?!${WIDE.source}).)+`, 'gu')) ?? [];
}

function mayBreakBetween(before: string, after: string): boolean {
  if (OPENING.test(before) || CLOSING.test(after)) return false;
  return WIDE.test(before.at(-1) ?? '') || WIDE.test(after.at(0) ?? '');
}

function wordOf(spans: Span[]): Chunk {
  return { kind: 'word', spans, width: spans.reduce((sum, { text }) => sum + widthOf(text), 0) };
}

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** A word longer than a line, in pieces that fit. */
function splitLong(spans: readonly Span[], width: number): Span[][] {
  const pieces: Span[][] = [[]];
  let used = 0;
  for (const { text, style } of spans) {
    for (const { segment } of graphemes.segment(text)) {
      const size = widthOf(segment);
      if (used + size > width && used > 0) {
        pieces.push([]);
        used = 0;
      }
      pieces.at(-1)?.push({ text: segment, style });
      used += size;
    }
  }
  return pieces;
}

function trimEnd(line: Span[]): Span[] {
  const end = line.findLastIndex((span) => span.text.trim() !== '');
  return line.slice(0, end + 1);
}
