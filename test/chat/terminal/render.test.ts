import { stripVTControlCharacters } from 'node:util';

import fc from 'fast-check';
import type { PhrasingContent, Root, RootContent, Table } from 'mdast';
import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';

import { renderTerminal } from '../../../src/chat/terminal/render.ts';
import {
  bullets,
  emphasis,
  heading,
  item,
  link,
  paragraph,
  root,
  row,
  strong,
  text,
  thematicBreak,
} from '../../../src/lib/tree.ts';

const PLAIN = { width: 60, color: false, hyperlinks: false };
const RICH = { ...PLAIN, color: true, hyperlinks: true };

const table = (...rows: PhrasingContent[][][]): Table => ({
  type: 'table',
  children: rows.map((cells) => row(...cells)),
});

const quote = (words: string): RootContent => ({
  type: 'blockquote',
  children: [paragraph([text(words)])],
});

const show = (nodes: RootContent[], look = PLAIN) => renderTerminal(root(nodes), look);
const linesOf = (shown: string) => shown.split('\n').slice(0, -1);

/** Words as posts have them, and what would steer a terminal. */
const words = fc
  .array(
    fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 10 }),
      fc.constantFrom(
        '开源模型，',
        '「引文」',
        '👩‍💻',
        '🇨🇳',
        'a-word-longer-than-most-columns-are',
        ' ',
        '\n',
      ),
      fc.constantFrom(
        '\u001B[2J',
        '\u001B]8;;http://x\u0007',
        '\u0007',
        '\u009B',
        '\r',
        '\t',
        '\u0000',
      ),
    ),
    { maxLength: 10 },
  )
  .map((parts) => parts.join(''));

const phrasing = fc.array(
  fc.oneof(
    words.map(text),
    words.map(strong),
    words.map(emphasis),
    fc.tuple(fc.oneof(fc.webUrl(), words), words).map(([url, label]) => link(url, label)),
  ),
  { maxLength: 4 },
);

const anyTable = fc
  .integer({ min: 1, max: 4 })
  .chain((columns) => {
    const cells = fc.array(phrasing, { minLength: columns, maxLength: columns });
    return fc.array(cells, { minLength: 1, maxLength: 4 });
  })
  .map((rows) => table(...rows));

const block: fc.Arbitrary<RootContent> = fc.oneof(
  phrasing.map(paragraph),
  words.map((name) => heading(2, name)),
  words.map(quote),
  fc.array(phrasing, { maxLength: 12 }).map(bullets),
  fc.array(phrasing, { maxLength: 12 }).map((items): RootContent => ({
    type: 'list',
    ordered: true,
    start: 1,
    spread: true,
    children: items.map(item),
  })),
  words.map((value): RootContent => ({ type: 'code', value })),
  fc.constant(thematicBreak),
  anyTable,
);

const tree: fc.Arbitrary<Root> = fc.array(block, { maxLength: 5 }).map(root);
const width = fc.integer({ min: 40, max: 120 });

describe('a message in the terminal', () => {
  it('has no line wider than the terminal', () => {
    fc.assert(
      fc.property(tree, width, fc.boolean(), (message, columns, color) => {
        const shown = renderTerminal(message, { width: columns, color, hyperlinks: true });
        for (const line of linesOf(shown)) expect(stringWidth(line)).toBeLessThanOrEqual(columns);
      }),
      { numRuns: 100 },
    );
  });

  it('shows every word', () => {
    const visible = (shown: string) =>
      Array.from(shown.replace(/[\s\p{Cc}│─┼•\d.]/gu, ''))
        .toSorted()
        .join('');
    const wordsIn = (node: object): string =>
      'children' in node
        ? (node.children as object[]).map(wordsIn).join('')
        : 'value' in node
          ? String(node.value)
          : '';
    fc.assert(
      fc.property(tree, width, (message, columns) => {
        const shown = renderTerminal(message, { width: columns, color: false, hyperlinks: true });
        expect(visible(stripVTControlCharacters(shown))).toBe(visible(wordsIn(message)));
      }),
      { numRuns: 100 },
    );
  });

  it('lets no text steer the terminal', () => {
    fc.assert(
      fc.property(tree, (message) => {
        expect(renderTerminal(message, PLAIN)).not.toMatch(/[^\P{Cc}\n]/u);
        expect(stripVTControlCharacters(renderTerminal(message, RICH))).not.toMatch(/[^\P{Cc}\n]/u);
      }),
      { numRuns: 100 },
    );
  });
});

describe('colours and links', () => {
  const nodes = [paragraph([strong('bold'), text(' '), link('https://example.com/1', '[1]')])];
  const escape = String.fromCodePoint(27);

  it('are left out where they are not wanted, and addresses listed instead', () => {
    expect(show(nodes)).toBe('bold [1]\n\n[1] https://example.com/1\n');
  });

  it('can be had one without the other', () => {
    const colored = show(nodes, { ...PLAIN, color: true });
    expect(colored).toContain(`${escape}[1mbold`);
    expect(colored).not.toContain(`${escape}]8`);
    expect(colored).toContain('https://example.com/1');
    const clickable = show(nodes, { ...PLAIN, hyperlinks: true });
    expect(clickable).toContain(`${escape}]8;;https://example.com/1`);
    expect(clickable).not.toContain(`${escape}[`);
    expect(stripVTControlCharacters(clickable)).toBe('bold [1]\n');
  });

  it('lists every address once, whole however long it is, and only those of the web', () => {
    const long = `https://example.com/${'x'.repeat(100)}`;
    const shown = show([
      paragraph([link(long, '[1]'), link(long, '[1]'), link(long, '[2]')]),
      paragraph([link('#source-3', '[3]'), link('javascript:alert(1)', '[4]')]),
    ]);
    expect(shown).toBe(`[1][1][2]\n\n[3][4]\n\n[1] ${long}\n[2] ${long}\n`);
    expect(show([paragraph([link('#source-3', '[3]')])])).toBe('[3]\n');
  });

  it('never make an address clickable that is not of the web', () => {
    for (const url of ['javascript:alert(1)', '#source-1', 'https://a.example/\u0007\u001B[2J']) {
      expect(show([paragraph([link(url, '[1]')])], { ...PLAIN, hyperlinks: true })).toBe('[1]\n');
    }
  });
});

describe('blocks', () => {
  it('are set apart by an empty line; lists hang, quotations have a bar', () => {
    const shown = show(
      [
        heading(2, '标题'),
        bullets([[text('one two three four five six seven')], [text('two')]]),
        quote('quiet'),
      ],
      { ...PLAIN, width: 20 },
    );
    expect(linesOf(shown)).toEqual([
      '标题',
      '────',
      '',
      '• one two three four',
      '  five six seven',
      '• two',
      '',
      '│ quiet',
    ]);
  });

  it('number a list from its start, the text in one column', () => {
    const list: RootContent = {
      type: 'list',
      ordered: true,
      start: 9,
      spread: false,
      children: [item([text('nine')]), item([text('ten')])],
    };
    expect(show([list])).toBe('9.  nine\n10. ten\n');
  });

  it('leave out HTML, and show a picture by its words', () => {
    const anchor: PhrasingContent = { type: 'html', value: '<a id="source-1"></a>' };
    const picture: PhrasingContent = { type: 'image', url: 'a.jpg', alt: 'Word cloud' };
    expect(show([paragraph([anchor, text('seen '), picture])])).toBe('seen Word cloud\n');
  });
});

describe('a table', () => {
  it('is as wide as its words where there is room', () => {
    const shown = show([table([[text('#')], [text('事实')]], [[text('1')], [text('cheaper')]])]);
    expect(linesOf(shown)).toEqual(['# │ 事实', '──┼────────', '1 │ cheaper']);
  });

  it('sets numbers to the right, and rules between rows only where one has several lines', () => {
    const rows = [
      ['what', 'cost'],
      ['ask', '7'],
      ['report it', '1234'],
    ];
    const numbers = {
      ...table(...rows.map((cells) => cells.map((cell) => [text(cell)]))),
      align: [null, 'right'],
    } satisfies Table;
    expect(linesOf(show([numbers]))).toEqual([
      'what      │ cost',
      '──────────┼─────',
      'ask       │    7',
      'report it │ 1234',
    ]);
    const rule = '───────────┼────────────';
    const tall = table(
      ...['1', '2', 'one two three'].map((cell) => [[text(cell)], [text('cell information')]]),
    );
    expect(
      linesOf(show([tall], { ...PLAIN, width: 24 })).filter((line) => line === rule),
    ).toHaveLength(2);
  });

  it('breaks the words of its widest columns, not of its narrow ones', () => {
    const shown = show(
      [table([[text('1')], [text('one two three four five six')], [text('short')]])],
      { ...PLAIN, width: 26 },
    );
    expect(linesOf(shown)).toEqual(['1 │ one two three  │ short', '  │ four five six  │ ']);
  });

  it('still fits where there is no room for columns of a readable width', () => {
    const cell = () => [text('information')];
    const shown = show([table([cell(), cell(), cell(), cell()])], { ...PLAIN, width: 40 });
    expect(linesOf(shown)).toEqual([
      'informa │ informat │ informat │ informat',
      'tion    │ ion      │ ion      │ ion',
    ]);
  });
});
