import fc from 'fast-check';
import type { Root } from 'mdast';
import { describe, expect, it } from 'vitest';

import { renderRich } from '../../../src/chat/telegram/rich.ts';
import {
  bullets,
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
import type { Fold, Message } from '../../../src/model/message.ts';
import { HtmlScanner } from '../../fakes/telegram-html-scanner.ts';
import { aTree, bare, visibleText } from '../../support/trees.ts';
import { RICH_FORM, withoutLostMarks } from '../../support/visible-forms.ts';

const VOID = new Set(['img', 'hr', 'br']);
const TAGS = new Set(
  'a b i s code p h1 h2 h3 h4 h5 h6 ul ol li blockquote pre table tr th td details summary figure figcaption footer tg-reference'.split(
    ' ',
  ),
);
const DIALECT = {
  selfCloses: true,
  references: new Map(Object.entries({ lt: '<', gt: '>', amp: '&', quot: '"' })),
  isTag: (name: string) => TAGS.has(name) || VOID.has(name),
};

/** The text of a rich message and how deep its tags are; throws where they are not nested. */
function read(html: string): { words: string; levels: number; links: string[] } {
  const open: string[] = [];
  const links: string[] = [];
  let words = '';
  let levels = 0;
  for (const token of new HtmlScanner(html, DIALECT).tokens()) {
    if (token.kind === 'text') words += token.text;
    else if (token.kind === 'close') {
      if (open.pop() !== token.tag) throw new Error(`</${token.tag}> closes nothing`);
    } else {
      if (token.tag === 'a') links.push(token.attributes.get('href') ?? '');
      if (!VOID.has(token.tag)) open.push(token.tag);
      levels = Math.max(levels, open.length);
    }
  }
  if (open.length > 0) throw new Error(`<${open.join('><')}> stay open`);
  return { words, levels, links };
}

function aMessage(tree: Root, folds: readonly Fold[] = []): Message {
  return { language: 'en', tree, pictures: [], folds, buttons: [] };
}

const fold = (mark: string, tree: Root): Fold => ({
  mark,
  title: `${mark} <title>`,
  address: `show:${mark}`,
  tree,
});
const said = (words: string) => root([paragraph([text(words)])]);
const marksOf = (folds: readonly Fold[] = []) => folds.map(({ mark }) => mark);
const picture = {
  kind: 'cloud',
  mime: 'image/png',
  width: 1600,
  height: 900,
  alt: [],
  bytes: Buffer.alloc(0),
} as const;

describe('a rich message', () => {
  it('has the first screen with its pictures, closed folds, tables, and its sources last', () => {
    const tree = root([
      paragraph([text('@ada_demo & co')]),
      heading(2, 'Brief'),
      bullets([[strong('One'), text(' is out '), link('https://x.example/one/', '[1]')]]),
      thematicBreak,
    ]);
    const facts = root([
      {
        type: 'table',
        align: ['center', 'left', null],
        children: [
          row([text('#')], [text('Fact')], [text('Impact')]),
          row([text('1')], [link('https://x.example/two', '[2]')], []),
        ],
      },
      paragraph([link('https://x.example/one/', '[1]'), link('#source-3', '[3]')]),
    ]);
    const message = { ...aMessage(tree, [fold('II', facts)]), pictures: [picture] };
    const form = renderRich(message, [{ id: 'cloud-1' }]);
    expect(form?.rich).toEqual({
      html: [
        '<p>@ada_demo &amp; co</p>',
        '<figure><img src="tg://photo?id=cloud-1"/><figcaption>Word cloud</figcaption></figure>',
        '<h2>Brief</h2><ul><li><b>One</b> is out <a href="#source-1">[1]</a></li></ul><hr/>',
        '<details><summary>II &lt;title&gt;</summary><table bordered striped>',
        '<tr><th align="center">#</th><th align="left">Fact</th><th>Impact</th></tr>',
        '<tr><td align="center">1</td><td align="left"><a href="#source-2">[2]</a></td><td></td></tr>',
        '</table><p><a href="#source-1">[1]</a>[3]</p></details><footer>',
        '<tg-reference name="source-1">[1] <a href="https://x.example/one/">x.example/one</a></tg-reference>',
        '<br>',
        '<tg-reference name="source-2">[2] <a href="https://x.example/two">x.example/two</a></tg-reference>',
        '</footer>',
      ].join(''),
      skip_entity_detection: true,
    });
    expect(marksOf(form?.inside)).toEqual(['II']);
    expect(form?.outside).toEqual([]);
  });

  it('keeps the numbers of an ordered list, and blocks within items', () => {
    const ordered = {
      type: 'list' as const,
      ordered: true,
      start: 4,
      children: [
        item([text('four')]),
        { ...item([]), children: [paragraph([text('five')]), bullets([[text('nested')]])] },
      ],
    };
    expect(renderRich(aMessage(root([ordered])), [])?.rich.html).toBe(
      '<ol><li value="4">four</li><li value="5"><p>five</p><ul><li>nested</li></ul></li></ol>',
    );
  });

  it('leaves folds out that there is no room for, the last first', () => {
    const long = said('word '.repeat(2400));
    const folds = ['II', 'A', 'B', 'IV'].map((mark) => fold(mark, long));
    const form = renderRich(aMessage(said('First'), folds), []);
    expect(marksOf(form?.inside)).toEqual(['II', 'A']);
    expect(marksOf(form?.outside)).toEqual(['B', 'IV']);
    expect(form?.rich.html).not.toContain('B &lt;title');
  });

  it.each([
    ['characters', said('好'.repeat(32_769))],
    ['blocks', root([bullets(Array.from({ length: 500 }, () => [text('x')]))])],
    [
      'columns',
      root([
        {
          type: 'table' as const,
          children: [row(...Array.from({ length: 21 }, () => [text('x')]))],
        },
      ]),
    ],
    [
      'levels',
      Array.from({ length: 16 }).reduce<Root>(
        (inside) =>
          root([
            {
              type: 'blockquote',
              children: inside.children.filter(
                (node) => node.type === 'blockquote' || node.type === 'paragraph',
              ),
            },
          ]),
        said('deep'),
      ),
    ],
  ])('is none where the first screen has too many %s, and leaves such folds out', (_, tree) => {
    expect(renderRich(aMessage(tree), [])).toBeNull();
    const form = renderRich(aMessage(said('First'), [fold('II', said('x')), fold('A', tree)]), []);
    expect(marksOf(form?.inside)).toEqual(['II']);
    expect(marksOf(form?.outside)).toEqual(['A']);
  });

  it('leaves folds behind their buttons that have nothing to see', () => {
    const form = renderRich(aMessage(said('x'), [fold('II', root([])), fold('A', said('y'))]), []);
    expect(marksOf(form?.inside)).toEqual(['A']);
    expect(marksOf(form?.outside)).toEqual(['II']);
    expect(renderRich(aMessage(root([])), [])).toBeNull();
  });

  it('embeds at most fifty photos, and refuses ids that are none', () => {
    const photos = Array.from({ length: 60 }, (_, index) => ({ id: `photo_${index}` }));
    expect(renderRich(aMessage(said('x')), photos)?.rich.html.match(/<img /g)).toHaveLength(50);
    for (const id of ['', 'a b', 'x'.repeat(65)]) {
      expect(() => renderRich(aMessage(said('x')), [{ id }])).toThrow(RangeError);
    }
  });

  it('is well nested, within the limits, and shows all that the tree shows, whatever it holds', () => {
    fc.assert(
      fc.property(aTree(), (tree) => {
        const html = renderRich(aMessage(tree), [])?.rich.html;
        fc.pre(html !== undefined);
        const shown = read(html);
        expect(shown.words.length).toBeLessThanOrEqual(32_768);
        expect(shown.levels).toBeLessThanOrEqual(16);
        expect(shown.links.filter((href) => !/^(?:https?:\/\/|#source-\d+$)/.test(href))).toEqual(
          [],
        );
        const [body = ''] = html.split(/<footer>(?=<tg-reference)/);
        const [ink, whole] = [read(body).words, visibleText(tree, RICH_FORM)].map((each) =>
          withoutLostMarks(bare(each)),
        );
        expect(ink).toBe(whole);
      }),
      { numRuns: 60 },
    );
  });
});
