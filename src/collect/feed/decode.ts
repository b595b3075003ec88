/**
 * The text of a feed. What is sound UTF-8 is UTF-8, whatever it is said to be: that hardly happens by
 * chance, while servers often name an encoding that is not the one of the file. Else what the header
 * says, then what the file says of itself, then Windows’ Latin-1.
 */
export function decodeFeed(bytes: Uint8Array, contentType: string | null): string {
  const named = [charsetOf(contentType ?? ''), declaredIn(bytes)].filter((label) => label !== null);
  const certain = markOf(bytes) ?? named.find((label) => UNLIKE_ASCII.test(label));
  if (certain !== undefined) return decode(bytes, certain, false) ?? decodeLoosely(bytes);
  for (const label of ['utf-8', ...named]) {
    const text = decode(bytes, label, true);
    if (text !== null) return text;
  }
  return decodeLoosely(bytes);
}

/** Encodings in which plain letters are not what they are in UTF-8: they are believed. */
const UNLIKE_ASCII = /^(?:utf-?16|iso-2022|hz-gb)/i;

function charsetOf(contentType: string): string | null {
  return /charset\s*=\s*["']?([\w.:-]{1,40})/i.exec(contentType)?.[1] ?? null;
}

const HEAD = 400;

function declaredIn(bytes: Uint8Array): string | null {
  const head = new TextDecoder('latin1').decode(bytes.subarray(0, HEAD));
  return /<\?xml[^>]{0,300}\bencoding\s*=\s*["']([\w.:-]{1,40})["']/i.exec(head)?.[1] ?? null;
}

/** What the first bytes show: a mark of the byte order, or letters of two bytes. */
function markOf([first, second]: Uint8Array): string | undefined {
  if ((first === 0xff && second === 0xfe) || (first === 0x3c && second === 0)) return 'utf-16le';
  if ((first === 0xfe && second === 0xff) || (first === 0 && second === 0x3c)) return 'utf-16be';
  return undefined;
}

/** `null` where there is no such encoding, or, when strict, where the bytes are not in it. */
function decode(bytes: Uint8Array, label: string, fatal: boolean): string | null {
  try {
    return new TextDecoder(label, { fatal }).decode(bytes);
  } catch {
    return null;
  }
}

/** UTF-8 where only a little of it is broken, as at the end of a file that was cut; else Latin-1. */
function decodeLoosely(bytes: Uint8Array): string {
  const text = new TextDecoder().decode(bytes);
  const broken = text.split('\uFFFD').length - 1;
  const foreign = text.match(/[^\0-\x7F]/g)?.length ?? 0;
  return broken <= 1 || broken * 10 < foreign ? text : new TextDecoder('latin1').decode(bytes);
}
