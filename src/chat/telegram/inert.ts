import { cleanText } from '../../lib/text.ts';

/**
 * The one mark that keeps words from becoming links. Telegram turns `@name`, `/command`, `#tag`,
 * `$TICK`, addresses, e-mail addresses and telephone numbers of plain text into links by itself. A
 * word joiner between the sign and what follows ends that: it has no width, allows no line break,
 * is no letter, and is no part of an address as Telegram reads them, which the zero-width joiner and
 * non-joiner are.
 */
export const MARK = '\u2060';

/** Signs behind which a mark goes: what Telegram looks for begins with them or goes on over them. */
const SIGNS = new RegExp(
  [
    /@(?=[\p{L}\p{N}_])/u,
    /\/(?=[A-Za-z0-9_])/u,
    /#(?=[\p{L}\p{N}_\u00B7\u200C\u0D80-\u0DFF])/u,
    /\$(?=[A-Z]|1INCH)/u,
    /:(?=\/\/)/u,
    /\.(?=\p{L})/u,
    /\.(?=\d+\.\d+\.\d)/u, // 192.0.2.1, but no version of three numbers
    /\+(?=\d)/u,
  ]
    .map(({ source }) => source)
    .join('|'),
  'gu',
);

/** Digits that may be a telephone or card number: seven and more, with little between them. */
const NUMBER = /\d(?:[ ().\u00A0\u2013-]{0,2}\d){6,}/g;
/** Digits that stay together in such a number. */
const TOGETHER = 4;

/**
 * Where marks go in a text, as offsets in ascending order. What stands before a sign is not asked:
 * the text may yet be cut there.
 */
export function markPlaces(text: string): number[] {
  const places = new Set<number>();
  for (const { index } of text.matchAll(SIGNS)) places.add(index + 1);
  for (const { 0: number, index } of text.matchAll(NUMBER)) {
    const digits = [...number.matchAll(/\d/g)];
    for (let nth = TOGETHER; nth < digits.length; nth += TOGETHER) {
      places.add(index + (digits[nth]?.index ?? 0));
    }
  }
  return [...places].toSorted((one, other) => one - other);
}

/**
 * Text as Telegram keeps it, so that it is as long there as it is here, but for white space: without
 * control characters, marks that turn the reading direction, the three combining marks that its
 * server takes away, and without word joiners, which are ours.
 */
export function keptText(text: string): string {
  return cleanText(text)
    .replace(/\p{L}\p{M}*?\u030A/gu, (letter) => letter.normalize('NFC')) // the ring of å stays
    .replace(/[\u202A-\u202E\u2066-\u2069\u2060]|\u030A|\u0333|\u033F/g, '');
}

/** White space of Markdown: a line end is a space. */
export function onOneLine(text: string): string {
  return text.replace(/[\t\n \u2028\u2029]+/g, ' ');
}

const SEEN = /[^\s\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}\u2800\uFFFC]/u;

/** Whether a text has anything to see; Telegram refuses one that has not. */
export function isSeen(text: string): boolean {
  return SEEN.test(text);
}
