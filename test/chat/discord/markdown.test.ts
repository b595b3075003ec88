import fc from 'fast-check';
import type { Nodes, Root } from 'mdast';
import { describe, expect, it } from 'vitest';

import { withoutMarks } from '../../../src/chat/discord/escape.ts';
import { renderMarkdown, type Room } from '../../../src/chat/discord/markdown.ts';
import { webAddress } from '../../../src/chat/discord/spans.ts';
import {
  bullets,
  emphasis,
  heading,
  item,
  lineBreak,
  link,
  paragraph,
  root,
  row,
  strong,
  text,
  thematicBreak,
} from '../../../src/lib/tree.ts';
import { findSignals, readDiscord } from '../../fakes/discord-markdown.ts';
import { aTree, bare, decentWords, hasInk, visibleText } from '../../support/trees.ts';
import { DISCORD_FORM } from '../../support/visible-forms.ts';

const said = (...words: string[]) => root(words.map((line) => paragraph([text(line)])));
const inkOf = (words: string) => withoutMarks(bare(words));
const shownBy = (pieces: readonly string[]) =>
  pieces
    .flatMap(readDiscord)
    .map((run) => run.text)
    .join('');

/** What is active in pieces. */
const activeIn = (pieces: readonly string[]) =>
  new Set(
    pieces.flatMap(readDiscord).flatMap(({ text: words, looks }) => (hasInk(words) ? looks : [])),
  );

/** What may be active, because the tree asks for it. */
function askedBy(node: Nodes): string[] {
  const inner = 'children' in node ? node.children.flatMap(askedBy) : [];
  return [
    ...(LOOKS[node.type] ?? []),
    ...(node.type === 'link' ? [`link ${webAddress(node.url)}`] : []),
    ...inner,
  ];
}

const LOOKS: Partial<Record<Nodes['type'], string[]>> = {
  strong: ['bold'],
  emphasis: ['italic'],
  inlineCode: ['code'],
  heading: ['heading', 'bold'],
  list: ['item'],
  blockquote: ['quote'],
  table: ['item', 'bold', 'italic'],
};

function complaintsOf(tree: Root, { characters, bytes = Infinity }: Room): string[] {
  const pieces = renderMarkdown(tree, { characters, bytes });
  const asked = new Set(askedBy(tree));
  const unasked = [...activeIn(pieces)].filter((look) => !asked.has(look));
  const shown = inkOf(shownBy(pieces));
  const whole = inkOf(visibleText(tree, DISCORD_FORM));
  return [
    ...pieces.filter((piece) => piece.length > characters || Buffer.byteLength(piece) > bytes),
    ...pieces.filter((piece) => !hasInk(piece) || !piece.isWellFormed()),
    ...unasked.map((look) => `nobody asked for ${look}`),
    ...pieces.flatMap(findSignals),
    ...(shown === whole ? [] : [firstDifference(shown, whole)]),
  ];
}

function firstDifference(shown: string, whole: string): string {
  let at = 0;
  while (shown[at] === whole[at]) at += 1;
  const around = (words: string) => JSON.stringify(words.slice(Math.max(at - 20, 0), at + 20));
  return `${at}: ${around(shown)} instead of ${around(whole)}`;
}

describe('a message in Discord’s Markdown', () => {
  it('shows all that the tree shows, within the limits, with nothing active but what it asks for', () => {
    fc.assert(
      fc.property(aTree(), fc.constantFrom(100, 1000, 4000), (tree, characters) => {
        expect(complaintsOf(tree, { characters, bytes: characters * 2 })).toEqual([]);
      }),
      { numRuns: 10, endOnFailure: true },
    );
  });

  it('shows text as text, whoever wrote it', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.oneof(
            fc.constantFrom(
              ...'* ** _ __ ~~ || ` ``` # ## -# - + > >>> 1. [ ]( ) < > : :// @everyone @here @ <@1> <#1> <@&1> <t:1> </a:1> <:a:1> :a: \\ a 好 😀 https://example.com www. discord.gg/a <id:home>'.split(
                ' ',
              ),
              ' ',
              '\n',
              '\u2028',
              '\u2060',
            ),
            fc.string({ maxLength: 3 }),
          ),
          { maxLength: 30 },
        ),
        (parts) => {
          expect(complaintsOf(said(parts.join('')), { characters: 100 })).toEqual([]);
        },
      ),
      { numRuns: 500 },
    );
  });

  it('keeps words, and emoji of several characters, whole when it cuts decent texts', () => {
    fc.assert(
      fc.property(aTree(decentWords.map((word) => `${word} `)), (tree) => {
        const words = visibleText(tree, DISCORD_FORM).split(/\s+|(?<=[，。！])/u);
        const torn = renderMarkdown(tree, 1000).flatMap((piece) => {
          const [first = '', last = first] =
            withoutMarks(shownBy([piece]))
              .trim()
              .match(/^\S+|\S+$/gu) ?? [];
          return [first, last].filter(
            (word) => !words.includes(word) && !/[\p{Script=Han}，。！]/u.test(word),
          );
        });
        expect(torn).toEqual([]);
      }),
      { numRuns: 15, endOnFailure: true },
    );
  });

  it('writes what people know from Discord', () => {
    const tree = root([
      heading(2, 'Lumen 7 is out'),
      paragraph([
        strong('Cheaper'),
        text(' and '),
        emphasis('faster'),
        text(', says @ada_demo '),
        link('https://example.com/p/1', '[1]'),
        text(':'),
        lineBreak,
        { type: 'inlineCode', value: 'npm i *' },
      ]),
      {
        type: 'list',
        ordered: true,
        start: 3,
        children: [
          {
            ...item([text('one')]),
            children: [paragraph([text('one')]), bullets([[text('inner')]])],
          },
          item([text('two')]),
        ],
      },
      thematicBreak,
      { type: 'blockquote', children: [paragraph([text('a')]), paragraph([text('b')])] },
      heading(4, 'Small'),
      {
        type: 'table',
        children: [
          row([text('#')], [text('Fact')], [text('Impact')]),
          row([text('1')], [text('Half the price')], [text('High')]),
        ],
      },
      { type: 'html', value: '<a id="x"></a>' },
    ]);
    expect(renderMarkdown(tree, 2000)).toEqual([
      [
        '## Lumen 7 is out',
        '**Cheaper** and *faster*, says @ada\\_demo [[1]](<https://example.com/p/1>):',
        '`npm i *`',
        '',
        '3. one',
        '   - inner',
        '4. two',
        '',
        '> a',
        '> ',
        '> b',
        '',
        '**Small**',
        '*Fact* — *Impact*',
        String.raw`- **1\.** Half the price — High`,
      ].join('\n'),
    ]);
  });

  it.each([
    ['@everyone', '@\u2060everyone'],
    ['<@123> <#4>', String.raw`\<\@123> \<\#4>`],
    ['https://example.com', String.raw`https\://example.com`],
    ['discord.gg/abc', String.raw`discord.gg\/abc`],
    ['-# small', String.raw`\-# small`],
    ['1. one', String.raw`1\. one`],
    ['a - b: c # d > e', 'a - b: c # d > e'],
  ])('writes %s as %s', (words, written) => {
    expect(renderMarkdown(said(words), 2000)).toEqual([written]);
  });

  it.each([
    ['Ada_L', '[Ada_L](<https://example.com/>)'],
    ['*Ada* Lovelace 😀', String.raw`\*Ada\* [Lovelace](<https://example.com/>) 😀`],
    ['😀', '😀[→](<https://example.com/>)'],
    ['https://example.com/', '<https://example.com/>'],
    ['https://example.org', String.raw`https\://[example.org](<https://example.com/>)`],
  ])('links %s, of whose words Discord takes the harmless only', (words, written) => {
    const tree = root([paragraph([link('https://example.com/', words)])]);
    expect(renderMarkdown(tree, 2000)).toEqual([written]);
  });

  it('links nothing but web addresses, of which none can end the link', () => {
    expect(webAddress('https://example.com/a_(b)')).toBe('https://example.com/a_(b)');
    expect(webAddress('https://example.com/a)*>b')).toBe('https://example.com/a%29%2A%3Eb');
    expect(
      ['#a', 'javascript:alert(1)', 'https://', `https://example.com/${'a'.repeat(600)}`].map(
        webAddress,
      ),
    ).toEqual([null, null, null, null]);
  });

  it('ends a piece after an item where a block is too long', () => {
    const words = 'word '.repeat(12).trim();
    const tree = root([
      paragraph([text(words)]),
      heading(2, 'Title'),
      bullets([[text(words)], [text(words)], [text(words)]]),
    ]);
    expect(renderMarkdown(tree, 140)).toEqual([
      `${words}\n\n## Title\n- ${words}`,
      `- ${words}\n- ${words}`,
    ]);
  });

  it('ends a piece before a block that does not fit, and keeps headings with what they stand over', () => {
    const words = 'word '.repeat(12).trim();
    const tree = root([paragraph([text(words)]), heading(2, 'Title'), paragraph([text(words)])]);
    expect(renderMarkdown(tree, 100)).toEqual([words, `## Title\n${words}`]);
  });

  it('cuts a long paragraph after a sentence, Chinese too, and goes on with its style', () => {
    const english = 'The model costs half as much. ';
    const chinese = '新模型今天发布，价格下降一半。';
    const bold = root([paragraph([strong(english.repeat(7).trim())])]);
    expect(renderMarkdown(bold, 100)).toEqual([
      `**${english.repeat(3).trim()}**`,
      `**${english.repeat(3).trim()}**`,
      `**${english.trim()}**`,
    ]);
    expect(renderMarkdown(said(chinese.repeat(8)), 100)).toEqual([
      chinese.repeat(6),
      chinese.repeat(2),
    ]);
  });

  it('refuses a limit that leaves no room', () => {
    expect(() => renderMarkdown(said('a'), 10)).toThrow(RangeError);
  });
});
