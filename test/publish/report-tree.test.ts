import { describe, expect, it } from 'vitest';

import type { Post } from '../../src/model/post.ts';
import type { Report } from '../../src/model/report.ts';
import { briefTree, partTree, reportTree } from '../../src/publish/report-tree.ts';
import { aPost } from '../support/posts.ts';
import { aLine, aReport } from '../support/reports.ts';
import { citationsIn, nodesOf, outlineOf, visibleTexts, wordsOf } from './page.ts';

const sources = [
  aPost({ id: 'one', likes: 12_345, reposts: 678 }),
  aPost({ id: 'two', likes: null, reposts: null }),
  aPost({ id: '77777', author: 'wei_demo', url: null }),
  aPost({ id: 'unlinked', author: 'kofi_demo', url: null, text: 'Read\nhttps://spam.example now' }),
];
const posts = new Map<string, Post>(sources.map((post) => [post.id, post]));

const whole: Report = aReport({
  sections: [
    { letter: 'A', name: 'Models' },
    { letter: 'B', name: 'Robots' },
  ],
  lines: [
    aLine({ lead: 'Lumen 7', text: 'is out', cites: ['two', 'one'] }),
    aLine({ part: 'II', address: 'II.1', text: 'cheaper', impact: 'more use', cites: ['one'] }),
    aLine({ part: 'II', address: 'II.2', text: 'faster', cites: ['two'] }),
    aLine({ part: 'III', address: 'III.A.1', section: 'A', text: 'said A', cites: ['77777'] }),
    aLine({ part: 'III', address: 'III.B.1', section: 'B', text: 'said B', cites: ['unlinked'] }),
    aLine({ part: 'IV', address: 'IV.1', text: 'try it', cites: ['one'] }),
  ],
});

const without = (...parts: string[]) => ({
  ...whole,
  lines: whole.lines.filter(({ part }) => !parts.includes(part)),
  sections: parts.includes('III') ? [] : whole.sections,
});

const firstTable = (report: Report) =>
  nodesOf(reportTree(report, posts), 'tableRow').map(({ children }) => children.map(wordsOf));

describe('a report', () => {
  it('says which parts are quotations in the model’s stead, and that there is no advice', () => {
    const writing = {
      model: 'claude-opus-5-5',
      written: 9,
      repaired: 0,
      dropped: [],
      fallbacks: [
        { part: 'II', reason: 'refused' },
        { part: 'IV', reason: 'nothing-held' },
      ],
    } as const;
    const words = visibleTexts(reportTree({ ...without('IV'), writer: 'model', writing }, posts));
    const said = words.join('\n');
    expect(said).toContain('以下部分改用原文摘录：II（');
    expect(said).not.toMatch(/摘录：.*IV/);
    expect(said).toContain('没有建议部分，因为');
  });

  it('has its parts in their order, a rule between them', () => {
    expect(outlineOf(reportTree(whole, posts))).toEqual([
      'paragraph',
      'paragraph',
      'blockquote',
      'thematicBreak',
      '## Ⅰ 简明概要',
      'paragraph',
      'list',
      'thematicBreak',
      '## Ⅱ 核心信息（2 条‑一句话概括）',
      'table',
      'thematicBreak',
      '## Ⅲ 详细分析',
      '### A Models',
      'list',
      '### B Robots',
      'list',
      'thematicBreak',
      '## Ⅳ 总结与建议',
      'list',
      'thematicBreak',
      'paragraph',
      '## 没有链接的来源',
      'list',
    ]);
  });

  it.each([['I'], ['II'], ['III'], ['IV'], ['I', 'II', 'III', 'IV']])(
    'leaves out what it does not have, its rule too: %s %s %s %s',
    (...parts) => {
      const outline = outlineOf(reportTree(without(...parts), posts));
      const signs = { I: 'Ⅰ', II: 'Ⅱ', III: 'Ⅲ', IV: 'Ⅳ' };
      for (const [part, sign] of Object.entries(signs)) {
        const isThere = outline.some((block) => block.startsWith(`## ${sign} `));
        expect(isThere).toBe(!parts.includes(part));
      }
      expect(outline.join(' ')).not.toContain('thematicBreak thematicBreak');
    },
  );

  it('calls a window of few posts quiet', () => {
    const quiet = aReport({ language: 'en', counts: { ...whole.counts, collected: 1 } });
    expect(visibleTexts(reportTree(quiet, posts))[2]).toContain('A quiet window: 1 post in all.');
    expect(visibleTexts(reportTree(aReport({ language: 'en' }), posts))[2]).not.toContain('quiet');
  });

  it('names the sources that it had to do without, in its closing note', () => {
    const missing = ['x-user:ada', 'feed:https://example.com/rss'];
    const noteOf = (fields: Partial<Report>) =>
      visibleTexts(reportTree(aReport({ language: 'en', ...fields }), posts)).at(-1);
    expect(noteOf({ missing })).toContain(`could not be read: ${missing.join(', ')}`);
    expect(noteOf({ missing: [] })).not.toContain('could not be read');
  });

  it('tells how many posts were collected, left out, kept and cited', () => {
    const closing = visibleTexts(reportTree(aReport({ language: 'en' }), posts)).at(-1);
    for (const words of ['40 posts collected', '3 left out', '2 as copies', '34 posts by 20']) {
      expect(closing).toContain(words);
    }
  });
});

describe('the table of key information', () => {
  it('has a row for every fact, with what it may mean', () => {
    expect(firstTable(whole)).toEqual([
      ['#', '关键信息', '对行业的潜在冲击'],
      ['1', 'cheaper [2]', 'more use'],
      ['2', 'faster [1]', ''],
    ]);
  });

  it('tells the echo of the posts where nobody can say what the facts mean', () => {
    const lines = whole.lines.map((line) => ({ ...line, impact: null }));
    expect(firstTable({ ...whole, lines })).toEqual([
      ['#', '关键信息', '反响'],
      ['1', 'cheaper [2]', '1.2万 赞，678 转'],
      ['2', 'faster [1]', '未知'],
    ]);
    expect(firstTable({ ...whole, lines, language: 'en' })[1]?.[2]).toBe(
      '12.3K likes, 678 reposts',
    );
  });
});

describe('a citation', () => {
  it('leads to its post, or where it is printed when it has no address', () => {
    const urls = new Map(
      citationsIn(reportTree(whole, posts)).map(({ words, url }) => [words, url]),
    );
    expect(Object.fromEntries(urls)).toEqual({
      '[1]': 'https://example.com/invented/two',
      '[2]': 'https://example.com/invented/one',
      '[3]': 'https://x.com/wei_demo/status/77777',
      '[4]': '#source-4',
    });
    const anchors = nodesOf(reportTree(whole, posts), 'html').map(({ value }) => value);
    expect(anchors.filter((anchor) => anchor.includes('source'))).toEqual([
      '<a id="source-4"></a>',
    ]);
    const lines = whole.lines.map(({ address }) => `<a id="${address}"></a>`);
    expect(anchors.filter((anchor) => !anchor.includes('source'))).toEqual(lines);
  });

  it('has the number of its post, the same one in every view of the report', () => {
    const numbers = (tree: Parameters<typeof citationsIn>[0]) =>
      citationsIn(tree).map(({ words }) => words);
    expect(numbers(reportTree(whole, posts)).join('')).toBe('[1][2][2][1][3][4][2][4]');
    expect(numbers(briefTree(whole, posts)).join('')).toBe('[1][2]');
    expect(numbers(partTree(whole, posts, 'II')).join('')).toBe('[2][1]');
    expect(numbers(partTree(whole, posts, 'B')).join('')).toBe('[4]');
  });

  it('stays a bare number when its post is not at hand', () => {
    const tree = reportTree(whole, new Map());
    expect(citationsIn(tree)).toEqual([]);
    expect(visibleTexts(tree)).toContain('paragraph: said B [4]');
  });

  it('prints a post without an address with its author and time, its own links left out', () => {
    expect(visibleTexts(reportTree(whole, posts)).at(-1)).toBe(
      'paragraph: [4] @kofi_demo, 2026-10-12T04:00Z: Read now',
    );
  });
});

describe('a part of a report', () => {
  it('is the table, or one section', () => {
    expect(outlineOf(partTree(whole, posts, 'II'))).toEqual([
      expect.stringContaining('Ⅱ'),
      'table',
    ]);
    expect(outlineOf(partTree(whole, posts, 'B'))).toEqual(['### B Robots', 'list']);
    expect(outlineOf(partTree(whole, posts, 'C'))).toEqual([]);
  });

  it('is the first screen, which ends with the brief', () => {
    expect(outlineOf(briefTree(whole, posts)).slice(-3)).toEqual([
      '## Ⅰ 简明概要',
      'paragraph',
      'list',
    ]);
  });
});
