/** The little that is used of opentype.js, which comes without types. */
declare module 'opentype.js' {
  export type Font = { charToGlyphIndex(character: string): number };
  const opentype: { parse(buffer: ArrayBuffer, options?: { lowMemory?: boolean }): Font };
  export default opentype;
}
