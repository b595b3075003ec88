import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

// oxlint-disable-next-line import/default -- Node loads its CommonJS file, which has nothing else
import opentype from 'opentype.js';
import { describe, expect, it } from 'vitest';

import { readCharset } from '../../src/cloud/charset.ts';

const { resolve } = createRequire(import.meta.url);
const FONTS = {
  SC: resolve('@expo-google-fonts/noto-sans-sc/900Black/NotoSansSC_900Black.ttf'),
  Latin: resolve('@expo-google-fonts/noto-sans/900Black/NotoSans_900Black.ttf'),
};

/** Every code point that a text can hold. */
function* everyCharacter(): Generator<string> {
  for (let code = 0; code <= 0x10_ffff; code += 1) {
    if (code < 0xd800 || code > 0xdfff) yield String.fromCodePoint(code);
  }
}

describe('the characters of a font', () => {
  it.each(Object.entries(FONTS))('are those that opentype.js finds in it: %s', (_, path) => {
    const file = readFileSync(path);
    const font = opentype.parse(new Uint8Array(file).buffer, { lowMemory: true });
    const charset = readCharset(file);
    let [count, wrong] = [0, 0];
    for (const character of everyCharacter()) {
      const isThere = font.charToGlyphIndex(character) !== 0;
      if (isThere) count += 1;
      if (isThere !== charset.has(character)) wrong += 1;
    }
    expect(wrong).toBe(0);
    expect(count).toBeGreaterThan(2000);
  });

  it('are not guessed where a font does not list all of them', () => {
    const file = Buffer.from(readFileSync(FONTS.Latin));
    expect(() => readCharset(Buffer.concat([Buffer.alloc(6), file.subarray(6)]))).toThrow(
      'no table cmap',
    );
    const cmap = file.indexOf('cmap', 0, 'latin1');
    file.writeUInt16BE(0, file.readUInt32BE(cmap + 8) + 2);
    expect(() => readCharset(file)).toThrow('no table of all its characters');
  });
});
