import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { heading, paragraph, root } from '../../src/lib/tree.ts';
import { jekyllPost } from '../../src/publish/jekyll.ts';
import { toJekyllMarkdown } from '../../src/publish/markdown.ts';
import { reportTree } from '../../src/publish/report-tree.ts';
import { aPost } from '../support/posts.ts';
import { aLine, aReport } from '../support/reports.ts';
import { hostileReport, hostileText } from './hostile.ts';
import { citationsIn, nodesOf, readPage, visibleTexts } from './page.ts';

const RUNS = 60;

const published = (text: string, url = 'https://example.com/1') => {
  const post = aPost({ id: 'one', url });
  const report = aReport({ lines: [aLine({ text, cites: ['one'] })] });
  return jekyllPost(report, new Map([['one', post]]), 'name', []);
};

describe('the Markdown of a published report', () => {
  it('shows every word as it was, whatever marks are in it', () => {
    fc.assert(
      fc.property(hostileReport, ({ report, posts }) => {
        const { tree } = readPage(jekyllPost(report, posts, 'name', []));
        expect(visibleTexts(tree)).toEqual(visibleTexts(reportTree(report, posts)));
      }),
      { numRuns: RUNS },
    );
  });

  it('holds no HTML, links or pictures but our own', () => {
    fc.assert(
      fc.property(hostileReport, fc.array(hostileText), ({ report, posts }, alt) => {
        const picture = {
          kind: 'cloud',
          mime: 'image/jpeg',
          width: 1,
          height: 1,
          alt,
          bytes: Buffer.of(),
        } as const;
        const { tree } = readPage(jekyllPost(report, posts, 'name', [picture]));
        for (const { value } of nodesOf(tree, 'html')) {
          expect(value).toMatch(/^<a id="(?:source-\d+|[IV]+(?:\.[A-I])?\.\d+)">$|^<\/a>$/);
        }
        for (const { words, url } of citationsIn(tree)) {
          expect(words).toMatch(/^\[\d+\]$/);
          expect(url).toMatch(/^https?:\/\/|^#source-\d+$/);
        }
        expect(nodesOf(tree, 'image').map(({ url }) => url)).toEqual(['wordcloud_name.jpg']);
        expect(nodesOf(tree, 'definition')).toEqual([]);
        expect(nodesOf(tree, 'footnoteReference')).toEqual([]);
      }),
      { numRuns: RUNS },
    );
  });

  it('gives Liquid nothing to read, not even in addresses and in the words of the picture', () => {
    fc.assert(
      fc.property(hostileReport, fc.array(hostileText), ({ report, posts }, alt) => {
        const picture = {
          kind: 'cloud',
          mime: 'image/jpeg',
          width: 1,
          height: 1,
          alt,
          bytes: Buffer.of(),
        } as const;
        expect(jekyllPost(report, posts, 'name', [picture])).not.toMatch(/\{\{|\{%/);
      }),
      { numRuns: RUNS },
    );
  });

  it.each([
    'https://example.com/plain/path?a=1&b=2#part',
    'https://example.com/two--hyphens/snake_case/$$/~tilde/*',
    'https://example.com/?q={{ site.title }}&copy;=1|2',
    'https://example.com/wiki/Chorus_(bird)',
  ])('leads to the same address: %s', (url) => {
    const [citation] = citationsIn(readPage(published('words', url)).tree);
    expect(decodeURIComponent(citation?.url ?? '')).toBe(decodeURIComponent(new URL(url).href));
  });

  it.each(['javascript:alert(1)', 'data:text/html,x', 'vbscript:x', '//example.com', 'not a link'])(
    'never makes a link of %s',
    (url) => {
      const page = published('words', url);
      expect(citationsIn(readPage(page).tree).map((each) => each.url)).toEqual([
        '#source-1',
        '#source-1',
      ]);
      expect(page).not.toContain(url);
    },
  );

  it('uses no escape that kramdown overlooks or shows as a backslash', () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        const page = published(`${text} a&copy; b@c.example ~~d~~ \`e\` \\{f \\| g/h`);
        const escapes = [...page.matchAll(/\\([!-/:-@[-`{-~])/g)].map(([, mark]) => mark ?? '');
        expect(escapes.filter((mark) => !'\\.*_+<>()[]#!:"\'$=-'.includes(mark))).toEqual([]);
      }),
    );
  });

  it('begins no block in the middle of a text', () => {
    const words = 'one\n: two\n- three\n\n# four\n^\n{: .five}\r\n    six';
    const lines = toJekyllMarkdown(root([paragraph([{ type: 'text', value: words }])]));
    expect(lines.trimEnd().split('\n')).toHaveLength(1);
    const named = toJekyllMarkdown(root([heading(3, words)]));
    expect(named.trimEnd().split('\n')).toHaveLength(1);
  });

  it('keeps words readable that need no escape', () => {
    const page = published('Lumen 7 is out: 600,000 tokens at $2.40 per million (20% less)');
    expect(page).toContain('Lumen 7 is out: 600,000 tokens at \\$2.40 per million (20% less)');
  });
});
