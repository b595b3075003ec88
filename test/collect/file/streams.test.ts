import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { splitElements, type Layout } from '../../../src/collect/file/elements.ts';
import { splitLines } from '../../../src/collect/file/lines.ts';
import type { Piece } from '../../../src/collect/file/piece.ts';

/** The text in chunks of this many bytes, to break it at every place. */
function chunks(text: string, size = 3): Buffer[] {
  const bytes = Buffer.from(text);
  return Array.from({ length: Math.ceil(bytes.length / size) }, (_, at) =>
    bytes.subarray(at * size, (at + 1) * size),
  );
}

const short = (piece: Piece) => [piece.line, piece.kind === 'text' ? piece.text : piece.reason];

async function lines(text: string, limit?: number) {
  return (await Array.fromAsync(splitLines(chunks(text), limit))).map(short);
}

async function elements(text: string, layout: Layout = 'array', limit?: number) {
  const options = limit === undefined ? { layout } : { layout, limit };
  return (await Array.fromAsync(splitElements(chunks(text), options))).map(short);
}

describe('lines', () => {
  it('are numbered from one, blank ones too, whatever the line ends', async () => {
    expect(await lines('a\n\n \r\nb\r\n长')).toEqual([
      [1, 'a'],
      [4, 'b'],
      [5, '长'],
    ]);
  });

  it('are a problem when they are too long, and the next is read', async () => {
    expect(await lines('12345678\n123456789\n1\n', 8)).toEqual([
      [1, '12345678'],
      [2, 'the line is longer than 8 bytes'],
      [3, '1'],
    ]);
  });
});

describe('elements', () => {
  it('are found with their lines, whatever stands in their strings', async () => {
    expect(await elements('x = [\n{"a":"]}\\"{["},\n\n[1,\n{}] , 5,"s",\ntrue]')).toEqual([
      [2, '{"a":"]}\\"{["}'],
      [4, '[1,\n{}]'],
      [5, '5'],
      [5, '"s"'],
      [6, 'true'],
    ]);
  });

  it('are a problem when they are too long, and the next is read', async () => {
    expect(await elements('[{"a":1},{"a":1000},{"a":2}]', 'array', 8)).toEqual([
      [1, '{"a":1}'],
      [1, 'the element is longer than 8 bytes'],
      [1, '{"a":2}'],
    ]);
  });

  it.each([
    ['an open string', '[{"a":"x},\n"b":1},\n{"c":1}]'],
    ['a lost brace', '[{"a":{"b":1},\n{"c":1}]'],
    ['two lost braces', '[{"a":{"b":1,\n{"c":1}]'],
    ['a lost bracket', '[{"a":[1},\n{"c":1}]'],
    ['braces too many', '[{"a":1}}\n}},\n{"c":1}]'],
    ['a bracket too many', '[{"a":1]},\n{"c":1}]'],
    ['bare words', '[some words,\n{"c":1}]'],
  ])('are found again behind %s', async (_, text) => {
    const found = await elements(text);
    expect(found.at(-1)?.[1]).toBe('{"c":1}');
    expect(JSON.stringify(found)).not.toContain('ends in the middle');
  });

  it.each([
    ['[{"a":1},{"b":', 2],
    ['[{"a":1},{"b":"x', 2],
    ['[{"a":1},', 2],
    ['[{"a":1}', 2],
    ['[{"a":1},\n{"b":{}', 2],
  ])('of the cut text %j end with one problem', async (text, count) => {
    const found = await elements(text);
    expect(found).toHaveLength(count);
    expect(found[0]).toEqual([1, '{"a":1}']);
    expect(found.at(-1)?.[1]).toMatch(/^the file ends in the middle/);
  });

  it('may be values one after the other', async () => {
    expect(await elements('{\n"a":1}{"b":2}\n\n[3]\n4', 'values')).toEqual([
      [1, '{\n"a":1}'],
      [2, '{"b":2}'],
      [4, '[3]'],
      [5, '4'],
    ]);
  });

  it('are those that a JSON parser sees, in any array and at any chunk size', async () => {
    const values = fc.array(fc.jsonValue({ maxDepth: 4 }), { maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(
        values,
        fc.constantFrom(0, 1, 2),
        fc.integer({ min: 1, max: 50 }),
        async (list, indent, size) => {
          const text = JSON.stringify(list, null, indent);
          const found = await Array.fromAsync(
            splitElements(chunks(text, size), { layout: 'array' }),
          );
          const parsed = found.map((piece) =>
            piece.kind === 'text' ? JSON.parse(piece.text) : piece,
          );
          expect(parsed).toEqual(JSON.parse(text));
        },
      ),
      { numRuns: 300 },
    );
  });
});
