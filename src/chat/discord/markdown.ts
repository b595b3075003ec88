import type { Root } from 'mdast';

import { placeToCut } from './cut.ts';
import { JOINER } from './escape.ts';
import { type Block, blocksOf, type Line } from './lines.ts';
import { cutAt, hasInk, lengthOf } from './spans.ts';
import { writeSpans } from './write.ts';

/** How long a text may be. */
export type Room = {
  /** UTF-16 units. Discord counts code points, its clients UTF-16 units: the stricter is kept. */
  readonly characters: number;
  /** In UTF-8. @default as many as so many characters can take */
  readonly bytes?: number;
};

/** Below this even the marks around one character might not fit. */
const LEAST = 100;

/** Characters of a line that are not worth a cut. */
const NEXT_TO_NOTHING = 50;

/**
 * A tree as Discord's Markdown, in pieces that fit, none of them empty. A piece ends at the end of a
 * block where possible, else of a list's item or a table's row, of a sentence, of a word. Text is
 * text, whoever wrote it: nothing in it becomes markup, a mention, a link or an invitation.
 * @throws RangeError for less than 100 characters or bytes.
 */
export function renderMarkdown(tree: Root, limit: number | Room): string[] {
  const room = typeof limit === 'number' ? { characters: limit } : limit;
  if (Math.min(room.characters, room.bytes ?? Infinity) < LEAST) throw new RangeError('no room');
  const pile = new Pile(room);
  for (const block of blocksOf(tree)) pile.addBlock(block);
  return pile.pieces();
}

/** Pieces that are being filled. */
class Pile {
  readonly #room: Room;
  readonly #done: string[] = [];
  #lines: readonly Line[] = [];

  constructor(room: Room) {
    this.#room = room;
  }

  pieces(): string[] {
    this.#close([]);
    return this.#done;
  }

  addBlock(block: Block): void {
    if (this.#add(block)) return;
    if (fits(block, this.#room)) {
      this.#close([]);
      this.#add(block);
    } else for (const line of block) this.#addLine(line);
  }

  #addLine(line: Line): void {
    let rest = line;
    while (!this.#add([rest])) rest = this.#addSome(rest);
  }

  /** Adds what fits of a line, or makes room for it. Returns what is left. */
  #addSome(line: Line): Line {
    const headings = trailingHeadings(this.#lines);
    const isBegun = this.#lines.length > headings.length;
    const cut =
      isBegun && fits([line], this.#room) ? null : cutToFit(line, this.#lines, this.#room);
    const isAlone = this.#lines.length === 0;
    if (cut && (cut.size >= NEXT_TO_NOTHING || isAlone)) {
      this.#lines = [...this.#lines, cut.head];
      this.#close([]);
      return cut.rest;
    }
    this.#close(isBegun ? headings : []);
    return isAlone ? bare(line) : line;
  }

  #add(lines: readonly Line[]): boolean {
    const longer = [...this.#lines, ...lines];
    if (!fits(longer, this.#room)) return false;
    this.#lines = longer;
    return true;
  }

  /** Ends the piece; some of its last lines go to the next. */
  #close(carried: readonly Line[]): void {
    const lines = this.#lines.slice(0, this.#lines.length - carried.length);
    if (lines.some(({ spans }) => spans.some(({ text }) => hasInk(text)))) {
      this.#done.push(writeLines(lines));
    }
    this.#lines = carried;
  }
}

/** The line without what takes room and is no text, where this leaves no room for the text. */
function bare(line: Line): Line {
  const spans = line.spans.map((span) => ({ ...span, url: null }));
  return { ...line, indent: 0, mark: '', again: '', spans };
}

/** A heading stays with what it stands over. */
function trailingHeadings(lines: readonly Line[]): readonly Line[] {
  return lines.slice(lines.findLastIndex(({ mark }) => !mark.startsWith('#')) + 1);
}

type Cut = { readonly size: number; readonly head: Line; readonly rest: Line };

/** As much of a line as fits under others; null for nothing. */
function cutToFit(line: Line, above: readonly Line[], room: Room): Cut | null {
  const cut = (size: number): Cut => {
    const [head, rest] = cutAt(line.spans, size);
    return {
      size,
      head: { ...line, spans: head },
      rest: { ...line, gap: null, indent: 0, mark: line.again, spans: rest },
    };
  };
  // What can fit at all: lines may be much longer.
  const [near] = cutAt(line.spans, room.characters + 1);
  const doesFit = (size: number) =>
    fits([...above, { ...line, spans: cutAt(near, size)[0] }], room);
  const size = placeToCut(near, doesFit);
  return size === 0 ? null : cut(size);
}

function fits(lines: readonly Line[], { characters, bytes }: Room): boolean {
  // Nothing gets shorter when it is written, so that texts of many pieces need not be.
  if (lines.some(({ spans }) => lengthOf(spans) > characters)) return false;
  const text = writeLines(lines);
  if (text.length > characters) return false;
  return bytes === undefined || Buffer.byteLength(text) <= bytes;
}

/** Lines as one text. Where the first stands under an item that is not there, all move to the left. */
function writeLines(lines: readonly Line[]): string {
  let outer = Infinity;
  const written = lines.map((line, index) => {
    outer = Math.min(outer, line.indent);
    const gap = line.gap === null || index === 0 ? '' : `${line.gap}\n`;
    return `${gap}${line.quote}${' '.repeat(line.indent - outer)}${line.mark}${writeWords(line)}`;
  });
  return written.join('\n');
}

/** Discord takes a `#` off the end of a heading. */
function writeWords({ mark, spans }: Line): string {
  const words = writeSpans(spans);
  return mark.startsWith('#') && words.endsWith('#') ? `${words}${JOINER}` : words;
}
