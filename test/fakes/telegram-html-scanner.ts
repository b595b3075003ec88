import { TelegramHtmlError } from './telegram-html-error.ts';

export type Token =
  | { readonly kind: 'text'; readonly text: string }
  | {
      readonly kind: 'open';
      readonly tag: string;
      readonly attributes: Attributes;
      /** Written as `<tag/>`, in dialects that have it. */
      readonly isClosed: boolean;
      readonly at: number;
    }
  | { readonly kind: 'close'; readonly tag: string; readonly at: number };

export type Attributes = ReadonlyMap<string, string>;

export type Dialect = {
  /** Characters that stand for names between `&` and `;`. */
  readonly references: ReadonlyMap<string, string>;
  isTag(name: string): boolean;
  /** Whether `<br/>` is the tag `br`. */
  readonly selfCloses: boolean;
};

/** What the server counts as white space inside of tags; the end of the text counts too. */
const SPACE = /^[ \t\r\n\v\0]?$/;
const CODE_POINTS = 0x10_ff_ff;
const LONE = '\ud800';

/** Cuts HTML into tokens, with the server's complaints. Places are UTF-16; complaints name bytes. */
export class HtmlScanner {
  readonly #html: string;
  readonly #dialect: Dialect;
  #at = 0;

  constructor(html: string, dialect: Dialect) {
    this.#html = html;
    this.#dialect = dialect;
  }

  /** @throws TelegramHtmlError */
  *tokens(): Generator<Token, void, undefined> {
    let text = '';
    while (this.#at < this.#html.length) {
      if (this.#peek() === '<') {
        if (text) yield { kind: 'text', text };
        text = '';
        yield this.#tag();
      } else text += this.#character();
    }
    if (text) yield { kind: 'text', text };
  }

  /** The place in bytes, which is how the server counts in complaints. */
  bytesTo(at: number): number {
    return Buffer.byteLength(this.#html.slice(0, at));
  }

  #peek(): string {
    return this.#html.charAt(this.#at);
  }

  #isAtEnd(): boolean {
    return this.#at >= this.#html.length;
  }

  #takeWhile(wanted: (character: string) => boolean): string {
    const from = this.#at;
    while (!this.#isAtEnd() && wanted(this.#peek())) this.#at += 1;
    return this.#html.slice(from, this.#at);
  }

  #skipSpace(): void {
    this.#takeWhile((character) => SPACE.test(character));
  }

  #fail(complaint: string, at: number): never {
    throw new TelegramHtmlError(`${complaint} at byte offset ${this.bytesTo(at)}`);
  }

  #tag(): Token {
    const at = this.#at;
    this.#at += 1;
    return this.#peek() === '/' ? this.#endTag(at) : this.#startTag(at);
  }

  #endTag(at: number): Token {
    this.#at += 1;
    const tag = this.#takeWhile((character) => !SPACE.test(character) && character !== '>');
    this.#skipSpace();
    const isClosed = this.#peek() === '>';
    this.#at += 1;
    // Whether anything is open is checked before the tag's own form: an unclosed one is told apart.
    return { kind: 'close', tag: isClosed ? lowerAscii(tag) : UNCLOSED, at };
  }

  #startTag(at: number): Token {
    const isName = (character: string) => !SPACE.test(character) && character !== '>';
    const written = lowerAscii(this.#takeWhile(isName));
    const tag = this.#dialect.selfCloses ? written.replace(/\/$/, '') : written;
    if (this.#isAtEnd()) this.#fail('Unclosed start tag', at);
    if (!this.#dialect.isTag(tag)) this.#fail(`Unsupported start tag "${tag}"`, at);
    const attributes = new Map<string, string>();
    for (;;) {
      this.#takeWhile((each) => SPACE.test(each) || (this.#dialect.selfCloses && each === '/'));
      if (this.#isAtEnd()) this.#fail(`Unclosed start tag "${tag}"`, at);
      if (this.#peek() === '>') break;
      const [name, value] = this.#attribute(tag, at);
      if (!attributes.has(name)) attributes.set(name, value);
    }
    const isClosed = this.#dialect.selfCloses && this.#html.charAt(this.#at - 1) === '/';
    this.#at += 1;
    return { kind: 'open', tag, attributes, isClosed, at };
  }

  #attribute(tag: string, at: number): [name: string, value: string] {
    const ends = this.#dialect.selfCloses ? '=>/' : '=>';
    const name = this.#takeWhile(
      (character) => !SPACE.test(character) && !ends.includes(character),
    );
    if (name === '') this.#fail(`Empty attribute name in the tag "${tag}"`, at);
    this.#skipSpace();
    if (this.#isAtEnd()) this.#fail(`Unclosed start tag "${tag}"`, at);
    if (this.#peek() !== '=') return [lowerAscii(name), ''];
    this.#at += 1;
    this.#skipSpace();
    if (this.#isAtEnd()) this.#fail(`Unclosed start tag "${tag}"`, at);
    const value = /["']/.test(this.#peek()) ? this.#quoted() : this.#nameToken();
    if (this.#isAtEnd()) this.#fail('Unclosed start tag', at);
    return [lowerAscii(name), value];
  }

  #quoted(): string {
    const quote = this.#peek();
    this.#at += 1;
    let value = '';
    while (!this.#isAtEnd() && this.#peek() !== quote) value += this.#character();
    this.#at += 1;
    return value;
  }

  #nameToken(): string {
    const at = this.#at;
    const value = this.#takeWhile((character) => /[A-Za-z0-9.-]/.test(character));
    const next = this.#peek();
    if (!SPACE.test(next) && next !== '>') this.#fail('Unexpected end of name token', at);
    return lowerAscii(value);
  }

  /** One UTF-16 unit, or what a reference stands for; a reference that is none stays as it is. */
  #character(): string {
    const first = this.#peek();
    const reference = first === '&' ? this.#reference() : null;
    if (reference !== null) return reference;
    this.#at += 1;
    return first;
  }

  #reference(): string | null {
    const rest = this.#html.slice(this.#at, this.#at + 40);
    const [whole = '', hex, decimal, name] =
      /^&(?:#x([0-9a-f]*)|#([0-9]*)|([a-z]*));?/i.exec(rest) ?? [];
    const decoded =
      name === undefined
        ? decodeNumber(whole, hex === undefined ? Number(decimal) : Number.parseInt(hex, 16))
        : (this.#dialect.references.get(name) ?? null);
    if (decoded !== null) this.#at += whole.length;
    return decoded;
  }
}

/** Stands for the name of an end tag that has no end. */
export const UNCLOSED = '\0';

function decodeNumber(reference: string, code: number): string | null {
  const isTooLong = reference.replace(/;$/, '').length >= 10;
  if (!(code > 0) || code >= CODE_POINTS || isTooLong) return null;
  const isSurrogate = code >= 0xd8_00 && code <= 0xdf_ff;
  return isSurrogate ? LONE : String.fromCodePoint(code); // never half of a pair, as in UTF-8
}

function lowerAscii(text: string): string {
  return text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}
