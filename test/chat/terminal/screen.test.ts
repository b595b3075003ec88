import { Writable } from 'node:stream';

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { type Out, Screen } from '../../../src/chat/terminal/screen.ts';
import { Glass } from '../../support/glass.ts';

/** A terminal of some size, what it shows, and how it was written. */
function aTerminal({ columns = 20, rows = 10 } = {}) {
  const glass = new Glass(columns, rows);
  const written: string[] = [];
  const size = { columns, rows };
  const out: Out = Object.assign(
    new Writable({
      decodeStrings: false,
      write(words: string, _, done) {
        written.push(words);
        glass.write(words);
        done();
      },
    }),
    size,
  );
  return { glass, written, out, screen: new Screen(out), size };
}

const textOf = (lines: readonly string[]) => lines.map((line) => `${line}\n`).join('');

/** What stands there where a text is written at once. */
function glassOf(text: string, columns: number): string {
  const glass = new Glass(columns, 1000);
  glass.write(text);
  return glass.text;
}

function heightOf(text: string, columns: number): number {
  return glassOf(`${text}.`, columns).split('\n').length;
}

describe('a text that grows in a terminal', () => {
  it('is written once where it only becomes longer', () => {
    const { screen, written, glass } = aTerminal();
    screen.grow('One.\n');
    screen.grow('One.\n\nTwo.\n');
    screen.grow('One.\n\nTwo.\n');
    screen.finish('One.\n\nTwo.\n\nThree.\n');
    expect(written).toEqual(['One.\n', '\nTwo.\n', '\nThree.\n']);
    expect(glass.text).toBe('One.\n\nTwo.\n\nThree.');
  });

  it('has only the lines written anew that are other than before', () => {
    const { screen, written, glass } = aTerminal();
    screen.grow('One.\nTw\n[1] a source\n');
    screen.finish('One.\nTwo.\n[1] a source\n[2] another\n');
    expect(written[1]).not.toContain('One.');
    expect(glass.text).toBe('One.\nTwo.\n[1] a source\n[2] another');
  });

  it('shows at the end what it is, whatever it was, with nothing above it lost', () => {
    const line = fc.string({ unit: fc.constantFrom('a', 'b', ' ', '价', '格'), maxLength: 45 });
    const texts = fc.array(fc.array(line, { maxLength: 12 }), { minLength: 1, maxLength: 8 });
    const size = fc.record({
      columns: fc.integer({ min: 8, max: 40 }),
      rows: fc.integer({ min: 3, max: 30 }),
    });
    fc.assert(
      fc.property(texts, size, (grown, { columns, rows }) => {
        const { screen, glass } = aTerminal({ columns, rows });
        const heights = grown.map((lines) => heightOf(textOf(lines), columns));
        glass.write('> before\n');
        for (const lines of grown.slice(0, -1)) screen.grow(textOf(lines));
        const last = textOf(grown.at(-1) ?? []);
        screen.finish(last);
        const whole = glassOf(last, columns);
        expect(glass.text.startsWith('> before')).toBe(true);
        expect(glass.text.endsWith(whole.trim())).toBe(true);
        const isAlwaysSeen = Math.max(...heights) < rows;
        expect(isAlwaysSeen ? glass.text : '').toBe(
          isAlwaysSeen ? glassOf(`> before\n${last}`, columns) : '',
        );
      }),
    );
  });

  it('is written anew though a line of wide characters takes more rows than its width', () => {
    const { screen, glass } = aTerminal({ columns: 9 });
    screen.grow(`${'价'.repeat(9)}\n`);
    screen.finish('One.\n');
    expect(glass.text).toBe('One.');
  });

  it('is written below where its first lines cannot be seen any more', () => {
    const { screen, glass } = aTerminal({ rows: 3 });
    screen.grow('1\n2\n3\n4\n');
    screen.grow('one\n2\n3\n4\n5\n');
    expect(glass.text).toBe('1\n2\n3\n4');
    screen.finish('one\n2\n3\n4\n5\n');
    expect(glass.text).toBe('1\n2\n3\n4\none\n2\n3\n4\n5');
  });

  it('is written below where the terminal has another width meanwhile', () => {
    const { screen, written, out } = aTerminal();
    screen.grow('One.\n');
    Object.assign(out, { columns: 10 });
    screen.grow('Two.\n');
    screen.finish('Two.\n');
    expect(written).toEqual(['One.\n', 'Two.\n']);
  });
});
