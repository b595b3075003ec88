/** Which characters a font has. */
export type Charset = { has(character: string): boolean };

/**
 * Reads which characters a font has, and nothing else of it: its table `cmap`, in format 12, which lists all of
 * Unicode. A library that reads whole fonts takes 0.1 s for each. The table is laid out as in
 * https://learn.microsoft.com/typography/opentype/spec/cmap.
 */
export function readCharset(font: Buffer): Charset {
  const groups = readGroups(font);
  return { has: (character) => isIn(groups, character.codePointAt(0) ?? 0) };
}

/** Ranges of code points in ascending order: their first ones, their last ones. */
type Groups = { readonly first: Uint32Array; readonly last: Uint32Array };

const GROUP_BYTES = 12;

function readGroups(font: Buffer): Groups {
  const table = findFullTable(font);
  const count = font.readUInt32BE(table + 12);
  const [first, last] = [new Uint32Array(count), new Uint32Array(count)];
  for (let index = 0; index < count; index += 1) {
    const group = table + 16 + index * GROUP_BYTES;
    const hasGlyph = font.readUInt32BE(group + 8) > 0; // glyph 0 stands for what the font lacks
    first[index] = font.readUInt32BE(group) + (hasGlyph ? 0 : 1);
    last[index] = font.readUInt32BE(group + 4);
  }
  return { first, last };
}

/** Where the table of format 12 begins. */
function findFullTable(font: Buffer): number {
  const cmap = findTable(font, 'cmap');
  const count = font.readUInt16BE(cmap + 2);
  for (let index = 0; index < count; index += 1) {
    const table = cmap + font.readUInt32BE(cmap + 4 + index * 8 + 4);
    if (font.readUInt16BE(table) === 12) return table;
  }
  throw new Error('the font has no table of all its characters');
}

function findTable(font: Buffer, tag: string): number {
  const count = font.readUInt16BE(4);
  for (let index = 0; index < count; index += 1) {
    const entry = 12 + index * 16;
    if (font.toString('latin1', entry, entry + 4) === tag) return font.readUInt32BE(entry + 8);
  }
  throw new Error(`the font has no table ${tag}`);
}

/** Whether a code point is in one of the ranges: in the last one that does not begin behind it. */
function isIn({ first, last }: Groups, codePoint: number): boolean {
  let [low, high] = [0, first.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((first[middle] ?? 0) <= codePoint) low = middle + 1;
    else high = middle;
  }
  return low > 0 && codePoint <= (last[low - 1] ?? 0);
}
