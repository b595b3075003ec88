import stringWidth from 'string-width';

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** What a terminal of some size shows of what is written to it, with what has scrolled away above. */
export class Glass {
  readonly columns: number;
  readonly rows: number;
  #lines: string[] = [''];
  #row = 0;
  #column = 0;

  constructor(columns: number, rows: number) {
    this.columns = columns;
    this.rows = rows;
  }

  /** All lines, without those at the end that are empty. */
  get text(): string {
    return this.#lines.join('\n').trimEnd();
  }

  write(words: string): void {
    // oxlint-disable-next-line no-control-regex -- that is what terminals are steered with
    for (const [, steps, act, sign] of words.matchAll(/\u001B\[(\d*)([A-Za-z])|([^\u001B])/gsu)) {
      if (act !== undefined) this.#steer(act, Number(steps || '0'));
      else if (sign === '\n') this.#down();
      else if (sign === '\r') this.#column = 0;
      else if (sign !== undefined) this.#put(sign);
    }
  }

  #steer(act: string, steps: number): void {
    const top = Math.max(0, this.#lines.length - this.rows);
    if (act === 'A') this.#row = Math.max(top, this.#row - Math.max(1, steps));
    else if (act === 'G') this.#column = steps - 1;
    else if (act === 'J') {
      this.#lines.length = this.#row + 1;
      this.#lines[this.#row] = this.#before();
    } else if (act !== 'm') throw new Error(`a terminal that does not know ${act}`);
  }

  #put(sign: string): void {
    const width = stringWidth(sign);
    if (this.#column + width > this.columns) this.#down();
    this.#lines[this.#row] = `${this.#before()}${sign}`;
    this.#column += width;
  }

  #down(): void {
    this.#row += 1;
    this.#column = 0;
    if (this.#row === this.#lines.length) this.#lines.push('');
  }

  /** What stands before the cursor on its line. */
  #before(): string {
    const line = this.#lines[this.#row] ?? '';
    let before = '';
    for (const { segment } of graphemes.segment(line)) {
      if (stringWidth(before + segment) > this.#column) break;
      before += segment;
    }
    return before;
  }
}
