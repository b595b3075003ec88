import { stripVTControlCharacters } from 'node:util';

import { widthOf } from './wrap.ts';

/** What a terminal is written to. A terminal knows its size. */
export type Out = NodeJS.WritableStream & { readonly columns?: number; readonly rows?: number };

const USUAL = { columns: 80, rows: 24 };

/**
 * A text that grows in a terminal: what it has begun with stays, and is written once; lines that are other
 * than before are written anew in their place, as long as they can still be seen.
 */
export class Screen {
  readonly #out: Out;
  #lines: readonly string[] = [];
  #columns: number;

  constructor(out: Out) {
    this.#out = out;
    this.#columns = this.#width();
  }

  /** Shows as much of a text as there is; lines that have scrolled away stay as they were. */
  grow(text: string): void {
    this.#write(text);
  }

  /** Shows the whole: where it is other than what has scrolled away, below that. */
  finish(text: string): void {
    if (this.#write(text)) return;
    this.#lines = [];
    this.#write(text);
  }

  /** `false` where lines that have scrolled away, or were broken at another width, would have to change. */
  #write(text: string): boolean {
    const lines = text.split('\n').slice(0, -1); // each ends with a line feed
    const stays = commonLength(this.#lines, lines);
    const back = this.#rowsOf(this.#lines.slice(stays));
    const isReachable = back < this.#height() && this.#columns === this.#width();
    if (back > 0 && !isReachable) return false;
    const up = back > 0 ? `\u001B[${back}A\r\u001B[J` : '';
    const rest = lines.slice(stays).map((line) => `${line}\n`);
    if (up !== '' || rest.length > 0) this.#out.write(`${up}${rest.join('')}`);
    this.#lines = lines;
    this.#columns = this.#width();
    return true;
  }

  #rowsOf(lines: readonly string[]): number {
    return lines.reduce((sum, line) => sum + rowsOf(line, this.#columns), 0);
  }

  #width(): number {
    return this.#out.columns ?? USUAL.columns;
  }

  #height(): number {
    return this.#out.rows ?? USUAL.rows;
  }
}

function commonLength(some: readonly string[], others: readonly string[]): number {
  const first = some.findIndex((line, index) => line !== others[index]);
  return first === -1 ? some.length : first;
}

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** Rows that a line takes. Only addresses are longer than one; a wide character is not broken in two. */
function rowsOf(line: string, columns: number): number {
  if (widthOf(line) <= columns) return 1;
  let rows = 1;
  let used = 0;
  for (const { segment } of graphemes.segment(stripVTControlCharacters(line))) {
    const size = widthOf(segment);
    if (used + size > columns) {
      rows += 1;
      used = 0;
    }
    used += size;
  }
  return rows;
}
