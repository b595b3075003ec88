import fc from 'fast-check';
import type { Root } from 'mdast';
import { describe, expect, it } from 'vitest';

import { captionOf, type Piece, renderHtml } from '../../../src/chat/telegram/html.ts';
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
import type { FormattedText } from '../../fakes/telegram-entity.ts';
import { parseTelegramHtml } from '../../fakes/telegram-html.ts';
import { aTree, bare, decentWords, hasInk, visibleText } from '../../support/trees.ts';
import { TELEGRAM_FORM, withoutLostMarks } from '../../support/visible-forms.ts';

const inkOf = (words: string) => withoutLostMarks(bare(words));
const readable = (words: string) => words.replaceAll('\u2060', '');
const textsOf = (pieces: readonly Piece[]) =>
  pieces.map(({ html }) => readable(parseTelegramHtml(html).text));
const said = (words: string) => root([paragraph([text(words)])]);

/** What Telegram's server, and telephones, take for links in plain text, rather more than less. */
const LINKS = [
  /(?<![\p{L}\p{N}_])@\w{2,32}/gu,
  /(?<![\p{L}\p{N}_/<>])\/\w{1,64}(?![\p{L}\p{N}_/<>])/gu,
  /(?<![\p{L}\p{Nd}_\u200C])#[\p{L}\p{Nd}_\u200C]*\p{L}/gu,
  /(?<![\p{L}\p{Nd}_$\u200C])\$(?:1INCH|[A-Z]{1,8})(?![\p{L}\p{Nd}_$\u200C])/gu,
  /[\p{L}\p{N}_~-]\.\p{L}{2,}/gu,
  /\b\w{2,}:\/\/\S/gu,
  /\d+\.\d+\.\d+\.\d+/gu,
  /(?<![\w.+-])[\w.+-]+@[\p{L}\p{N}-]/gu,
  /\+\d|(?:\d[ -]?){7,}/gu,
];

/** What links by itself; code does not. */
function linksIn({ text: shown, entities }: FormattedText): string[] {
  const codes = entities.filter(({ type }) => type === 'code' || type === 'pre');
  const isCode = (at: number) =>
    codes.some(({ offset, length }) => at >= offset - 1 && at <= offset + length);
  return LINKS.flatMap((pattern) => [...shown.matchAll(pattern)])
    .filter(({ 0: found, index }) => !isCode(index) && !isCode(index + found.length))
    .map(([found]) => found);
}

/** What Telegram's server says against pieces, or what they do not show of a tree. */
function complaintsOf(tree: Root, pieces: readonly Piece[], longest = 4096): string[] {
  const complaints = pieces.flatMap(({ html, length }, index) => {
    const shown = parseTelegramHtml(html);
    const limit = index === 0 ? longest : 4096;
    return [
      ...(length > limit || shown.text.length > length ? [`${length} units`] : []),
      ...(shown.entities.length > 100 ? [`${shown.entities.length} entities`] : []),
      ...(hasInk(shown.text) ? [] : ['empty']),
      ...linksIn(shown).map((words) => `links by itself: ${words}`),
    ];
  });
  const shown = inkOf(textsOf(pieces).join(''));
  const whole = inkOf(visibleText(tree, TELEGRAM_FORM));
  return shown === whole ? complaints : [...complaints, firstDifference(shown, whole)];
}

function firstDifference(shown: string, whole: string): string {
  let at = 0;
  while (shown[at] === whole[at]) at += 1;
  const around = (words: string) => JSON.stringify(words.slice(Math.max(at - 20, 0), at + 20));
  return `${at}: ${around(shown)} instead of ${around(whole)}`;
}

describe('a message as HTML', () => {
  it('is accepted, within the limits, and shows all that the tree shows, whatever it holds', () => {
    fc.assert(
      fc.property(aTree(), (tree) => {
        expect(complaintsOf(tree, renderHtml(tree))).toEqual([]);
      }),
      { numRuns: 40 },
    );
  });

  it('makes no character of halves that stand in two texts', () => {
    const halves = [text('a\uD83D'), strong('\uDE00b')];
    const tree = root([paragraph(halves)]);
    expect(complaintsOf(tree, renderHtml(tree))).toEqual([]);
  });

  it('keeps words, and emoji of several characters, whole when it cuts decent texts', () => {
    fc.assert(
      fc.property(aTree(decentWords), (tree) => {
        const words = visibleText(tree, TELEGRAM_FORM).split(/\s+/u);
        fc.pre(words.every((word) => word.length < 1000));
        const mayBreak = words.filter((word) => /[\p{Script=Han}，。！…]/u.test(word));
        const torn = textsOf(renderHtml(tree))
          .flatMap((piece) => piece.match(/^\S+|\S+$/gu) ?? [])
          .filter((word) => !words.includes(word) && !mayBreak.some((each) => each.includes(word)));
        expect(torn).toEqual([]);
      }),
      { numRuns: 100 },
    );
  });

  it('shows every kind of block as Telegram’s people are used to', () => {
    const tree = root([
      heading(2, 'Brief'),
      paragraph([
        text('One '),
        strong('bold'),
        text(' & '),
        emphasis('<i>'),
        lineBreak,
        text('two'),
      ]),
      { type: 'blockquote', children: [paragraph([text('Quoted')]), paragraph([text('twice')])] },
      thematicBreak,
      {
        type: 'list',
        ordered: true,
        start: 3,
        spread: false,
        children: [
          {
            ...item([text('third')]),
            children: [...item([text('third')]).children, bullets([[text('nested')]])],
          },
          item([
            { type: 'html', value: '<a id="I.4"></a>' },
            text('fourth '),
            link('https://example.com/4', '[1]'),
          ]),
        ],
      },
      { type: 'code', value: 'a\n  b' },
      paragraph([{ type: 'inlineCode', value: '/ask @you' }]),
    ]);
    expect(renderHtml(tree).map(({ html }) => html)).toEqual([
      [
        '<b>Brief</b>\n\nOne <b>bold</b> &amp; <i>&lt;i&gt;</i>\ntwo',
        '<blockquote>Quoted\n\ntwice</blockquote>',
        '3. third\n  • nested\n4. fourth <a href="https://example.com/4">[1]</a>',
        '<pre>a\n  b</pre>',
        '<code>/ask @you</code>',
      ].join('\n\n'),
    ]);
  });

  it('sets a table as a paragraph a row, numbers before their facts', () => {
    const table = {
      type: 'table' as const,
      children: [
        row([text('#')], [text('Fact')], [text('Impact')]),
        row([text('1')], [text('cheaper')], [text('more use')]),
        row([text('2')], [text('faster')], []),
        row([text('Source')], [], [text('well')]),
      ],
    };
    expect(textsOf(renderHtml(root([table])))).toEqual([
      'Fact — Impact\n\n1. cheaper — more use\n\n2. faster\n\nSource — well',
    ]);
  });

  it('links to web addresses only, and never without words', () => {
    const links = ['javascript:alert(1)', 'tg://user?id=1', '#source-1', 'https://[', '/a'];
    const [piece] = renderHtml(
      root([
        paragraph([...links.map((url) => link(url, '[1]')), link('https://example.com/', ' ')]),
        paragraph([link('http://example.com/?a="&b', '[2]')]),
      ]),
    );
    expect(parseTelegramHtml(piece?.html ?? '').entities).toEqual([
      { type: 'text_link', offset: 18, length: 3, url: 'http://example.com/?a=%22&b' },
    ]);
  });

  it.each([
    ['mentions', 'ask @ada_demo', 'ask @|ada_demo'],
    ['commands', 'send /stop@some_bot or and/or', 'send /|stop@|some_bot or and/|or'],
    ['hashtags', '#tag #标签 C#', '#|tag #|标签 C#'],
    ['cashtags', '$TICK for $5', '$|TICK for $5'],
    ['hosts', 'see www.example.com.', 'see www.|example.|com.'],
    ['addresses', 'https://1.2/a ftp://x 192.0.2.1', 'https:|//|1.2/|a ftp:|//|x 192.|0.2.1'],
    ['e-mail', 'eve@example.com', 'eve@|example.|com'],
    ['telephones', '+15550100123, 555-010-0199', '+|1555|0100|123, 555-0|10-01|99'],
    ['nothing', 'GPT-5.2 costs 3.50, at 24:00 [1].', 'GPT-5.2 costs 3.50, at 24:00 [1].'],
  ])('keeps %s from becoming links, with marks that nobody sees', (_, words, marked) => {
    const [piece] = renderHtml(said(words));
    expect(piece?.html).toBe(marked.replaceAll('|', '\u2060'));
    expect(textsOf(renderHtml(said(words)))).toEqual([words]);
  });

  it('keeps a mention apart that is spread over several looks', () => {
    const [piece] = renderHtml(root([paragraph([text('@'), strong('ada'), text('.com')])]));
    expect(piece?.html).toBe('@\u2060<b>ada</b>.\u2060com');
  });

  it('has no pieces where there is nothing to see', () => {
    const unseen = [heading(1, ' '), thematicBreak, bullets([[text('\u200B\u2060')]])];
    expect(renderHtml(root(unseen))).toEqual([]);
    expect(captionOf(root(unseen))).toEqual({ html: '', rest: [] });
  });

  it('takes nothing from a letter with a ring, which the server would', () => {
    expect(textsOf(renderHtml(said('A\u030Angstro\u0308m')))).toEqual(['\u00C5ngstro\u0308m']);
  });
});

describe('the cutting of a long message', () => {
  const words = (length: number) => 'lumen '.repeat(Math.ceil(length / 6)).trimEnd();
  const startsOf = (tree: Root) => textsOf(renderHtml(tree)).map((piece) => piece.slice(0, 7));

  it('cuts between blocks, but not behind a heading', () => {
    const tree = root([
      paragraph([text(`First ${words(3000)}`)]),
      heading(2, 'Second'),
      paragraph([text(words(2000))]),
    ]);
    expect(startsOf(tree)).toEqual(['First l', 'Second\n']);
  });

  it('cuts between items and rows where a block is too long', () => {
    const list = bullets([1, 2, 3, 4].map((number) => [text(`${number} ${words(1500)}.`)]));
    expect(startsOf(root([list]))).toEqual(['• 1 lum', '• 3 lum']);
  });

  it('cuts behind sentences and their citations, also Chinese ones', () => {
    const cited = paragraph(
      [1, 2, 3].flatMap((number) => [
        text(`${number} ${words(1700)}.`),
        text(' '),
        link('https://example.com/', `[${number}]`),
        text(' '),
      ]),
    );
    expect(startsOf(root([cited]))).toEqual(['1 lumen', '3 lumen']);
    const chinese = `${'新模型今天发布，'.repeat(200)}价格减半。`;
    const pieces = textsOf(renderHtml(said(chinese.repeat(5))));
    expect(pieces.map((piece) => piece.slice(-3))).toEqual(['减半。', '减半。', '减半。']);
  });

  it('closes its markup at a cut, and opens it again', () => {
    const tree = root([{ type: 'blockquote', children: [paragraph([strong(words(5000))])] }]);
    const htmls = renderHtml(tree).map(({ html }) => html);
    expect(htmls).toHaveLength(2);
    for (const html of htmls)
      expect(html).toMatch(/^<blockquote><b>lumen.*lumen<\/b><\/blockquote>$/s);
  });

  it('cuts where the entities of a message end', () => {
    const citations = Array.from({ length: 150 }, (_, index) => [
      text('fact '),
      link('https://example.com/', `[${index}]`),
    ]);
    const counts = renderHtml(root([bullets(citations)])).map(
      ({ html }) => parseTelegramHtml(html).entities.length,
    );
    expect(counts).toEqual([100, 50]);
  });

  it('tears nothing that readers see as one character', () => {
    for (const character of ['👩‍💻', '🇨🇳', 'e\u0301', '👍🏽']) {
      const torn = textsOf(renderHtml(said(`x${character.repeat(3000)}`))).filter(
        (piece) => piece.replace('x', '').replaceAll(character, '') !== '',
      );
      expect(torn).toEqual([]);
    }
  });
});

describe('the caption of a photo', () => {
  it('ends at the last border that fits, and the rest follows', () => {
    const tree = root([
      paragraph([text('Title')]),
      heading(2, 'Brief'),
      bullets([1, 2, 3].map((number) => [text(`${number} ${'word '.repeat(90)}`)])),
    ]);
    const { html, rest } = captionOf(tree);
    expect(html).toMatch(/^Title\n\n<b>Brief<\/b>\n\n• 1 [^•]*• 2 [^•]*word$/);
    expect(textsOf(rest).map((piece) => piece.slice(0, 8))).toEqual(['• 3 word']);
  });

  it('is within its limit, and nothing is lost, whatever the tree holds', () => {
    fc.assert(
      fc.property(aTree(), (tree) => {
        const { html, rest } = captionOf(tree);
        const { length } = parseTelegramHtml(html).text;
        const pieces = html === '' ? rest : [{ html, length }, ...rest];
        expect(complaintsOf(tree, pieces, 1024)).toEqual([]);
      }),
      { numRuns: 30 },
    );
  });
});
