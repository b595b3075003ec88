import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { curate } from '../../src/curate/curate.ts';
import type { Post } from '../../src/model/post.ts';
import { linesOf, type Report } from '../../src/model/report.ts';
import type { Language } from '../../src/model/topic.ts';
import { windowOf } from '../../src/model/window.ts';
import { writeExtract } from '../../src/write/extract.ts';
import { anyPosts } from '../curate/any-posts.ts';
import { aPost } from '../support/posts.ts';

const DAY = windowOf('2026-10-12', '2026-10-12', 'Asia/Shanghai');
const NOW = new Date('2026-10-13T00:30:00Z');

function write(posts: readonly Post[], language: Language = 'en'): Report | null {
  const topic = { key: 'ai', title: 'Ai', language, timeZone: 'Asia/Shanghai' };
  return writeExtract(topic, DAY, curate(posts), NOW);
}

const quotedIn = (text: string) => text.slice(text.indexOf('“') + 1, text.lastIndexOf('”'));

const LINK = /(?:https?:\/\/|www\.)(?:[\x21-\x7E]*[\w/=#&%+~-]|\S+)/g;
const UNSEEN = /[\s\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]+/g;

/**
 * What a quotation has to have in common with its post: every character but links, which leave `…`, and spaces;
 * marks of a quotation within it are inner ones.
 */
const bare = (text: string) =>
  text.replace(LINK, '').replace(UNSEEN, '').replaceAll('…', '').replace(/[“”]/g, innerMark);
const innerMark = (mark: string) => (mark === '“' ? '‘' : '’');

/** Reports over posts that tell enough to be quoted. */
const anyReport = fc.tuple(anyPosts, fc.constantFrom('en', 'zh')).map(([posts, language]) => ({
  posts,
  report: write(posts, language),
}));

/** Asserts something about every report that any posts lead to. */
function always(check: (report: Report, posts: readonly Post[]) => void): void {
  let written = 0;
  fc.assert(
    fc.property(anyReport, ({ posts, report }) => {
      if (!report) return;
      written += 1;
      check(report, posts);
    }),
  );
  expect(written).toBeGreaterThan(20);
}

describe('a report written without a model', () => {
  it('cites kept posts only, at least one a line', () => {
    always((report, posts) => {
      const kept = new Set(curate(posts).kept.map((post) => post.id));
      for (const { cites } of report.lines) {
        expect(cites.length).toBeGreaterThan(0);
        expect(new Set(cites).size).toBe(cites.length);
        expect(cites.filter((id) => !kept.has(id))).toEqual([]);
      }
    });
  });

  it('quotes letter for letter what the first cited post says, a cut sentence as far as it goes', () => {
    always((report, posts) => {
      const byId = new Map(posts.map((post) => [post.id, post.text]));
      for (const { text, cites } of report.lines) {
        const quoted = quotedIn(text).replace(/…$/, '');
        expect(quoted).not.toBe('');
        expect(bare(byId.get(cites[0] ?? '') ?? '')).toContain(bare(quoted));
      }
    });
  });

  it('tells no sentence twice, nor one that begins another', () => {
    always((report) => {
      const told = report.lines
        .map(({ text }) =>
          quotedIn(text)
            .toLowerCase()
            .replace(/[^\p{L}\p{N}]+/gu, ''),
        )
        .toSorted();
      const repeated = told.filter((text, index) => told[index + 1]?.startsWith(text));
      expect(repeated).toEqual([]);
    });
  });

  it('numbers its lines without a gap: I.n, II.n, III.X.n', () => {
    always((report) => {
      const expected = [
        ...linesOf(report, 'I').map((_, index) => `I.${index + 1}`),
        ...linesOf(report, 'II').map((_, index) => `II.${index + 1}`),
        ...report.sections.flatMap(({ letter }) =>
          linesOf(report, 'III', letter).map((_, index) => `III.${letter}.${index + 1}`),
        ),
      ];
      expect(report.lines.map((line) => line.address)).toEqual(expected);
      expect(report.sections.map(({ letter }) => letter).join('')).toBe(
        'ABCDEFGHI'.slice(0, report.sections.length),
      );
    });
  });

  it('has at most ten points, ten facts, and sections of two to five lines', () => {
    always((report) => {
      expect(linesOf(report, 'I').length).toBeLessThanOrEqual(10);
      expect(linesOf(report, 'II').length).toBeLessThanOrEqual(10);
      for (const { letter, name } of report.sections) {
        expect(name.trim()).not.toBe('');
        expect([2, 3, 4, 5]).toContain(linesOf(report, 'III', letter).length);
      }
    });
  });

  it('counts what was collected, left out and kept, so that the numbers add up', () => {
    always(({ counts, lines }, posts) => {
      expect(counts.collected).toBe(posts.length);
      expect(counts.advertising + counts.copies + counts.empty + counts.kept).toBe(posts.length);
      expect(counts.authors).toBeLessThanOrEqual(counts.kept);
      expect(counts.stories).toBeLessThanOrEqual(counts.kept);
      expect(counts.cited).toBe(new Set(lines.flatMap((line) => line.cites)).size);
    });
  });

  it('never holds half a character or a mark that turns the reading direction', () => {
    always(({ lines }) => {
      for (const { text } of lines) {
        expect(text.isWellFormed()).toBe(true);
        expect(text).not.toMatch(/[\u202A-\u202E\u2066-\u2069\n]/);
      }
    });
  });

  it('is the same whenever it is written from the same posts', () => {
    fc.assert(
      fc.property(anyPosts, (posts) => {
        expect(write(posts.toReversed())).toEqual(write(posts));
      }),
      { numRuns: 30 },
    );
  });
});

describe('a window that tells nothing', () => {
  it.each([
    ['no posts', []],
    ['greetings', ['Good morning!', 'gm']],
    ['advertising', ['Airdrop! Claim your tokens before Friday, Lumen holders only']],
    ['no letters', ['🚀', '…']],
  ])('makes no report: %s', (_, texts) => {
    expect(write(texts.map((text) => aPost({ text })))).toBeNull();
  });
});

describe('who is quoted', () => {
  it('is named with name and handle, or the handle alone where there is no name', () => {
    const text = 'Lumen 7 costs 3 dollars a million tokens';
    expect(
      write([aPost({ text, author: 'ada_demo', authorName: 'Ada Quill' })])?.lines[0],
    ).toMatchObject({ text: `Ada Quill (@ada_demo): “${text}”` });
    expect(
      write([aPost({ text, author: 'ada_demo', authorName: 'ada_demo' })])?.lines[0],
    ).toMatchObject({ text: `@ada_demo: “${text}”` });
  });

  it('stands in quotation marks, and the marks of what they say are inner ones', () => {
    const text = 'Quill asked: “Where does Lumen 7 run at 3 dollars a million tokens?”';
    const line = (language: string) =>
      write([aPost({ text, author: 'ada_demo', authorName: '' })], language)?.lines[0]?.text;
    const inner = 'Quill asked: ‘Where does Lumen 7 run at 3 dollars a million tokens?’';
    expect(line('en')).toBe(`@ada_demo: “${inner}”`);
    expect(line('zh')).toBe(`@ada_demo：“${inner}”`);
  });

  it('is the original author of a repost, not who reposted it', () => {
    const post = aPost({
      text: 'RT @mira_demo: Lumen 7 costs 3 dollars a million tokens',
      author: 'tam_demo',
      authorName: 'Tam',
      isRepost: true,
    });
    expect(write([post])?.lines[0]).toMatchObject({
      text: '@mira_demo: “Lumen 7 costs 3 dollars a million tokens”',
      cites: [post.id],
    });
  });

  it('cannot put words into the mouth of another by a name with quotation marks and line ends', () => {
    const post = aPost({
      text: 'Lumen 7 costs 3 dollars a million tokens',
      author: 'zed_demo',
      authorName: 'Mira: “I resign”\n\u202E',
    });
    expect(write([post])?.lines[0]?.text).toBe(
      'Mira: I resign (@zed_demo): “Lumen 7 costs 3 dollars a million tokens”',
    );
  });

  it('speaks at most three times in the brief, reposts by others counted', () => {
    const told = [
      'Osk hired forty chemists for its plant in Porto',
      'A storm closed the harbour of Maren for three long days',
      'Translators finished a dictionary with ninety thousand entries',
      'Tamsin proved a bound on sorting networks open since 1983',
      'Every bakery along the river now weighs bread by telescope',
      'Lumen 7 phones run on one cheap chip and cost 90 dollars',
    ];
    const posts = told.map((text, number) =>
      number % 2
        ? aPost({ text: `RT @mira_demo: ${text}`, author: `fan_${number}_demo`, isRepost: true })
        : aPost({ text, author: 'mira_demo' }),
    );
    const brief = linesOf(write(posts) ?? { lines: [] }, 'I');
    expect(brief.map(({ text }) => /@\w+/.exec(text)?.[0])).toEqual([
      '@mira_demo',
      '@mira_demo',
      '@mira_demo',
    ]);
  });

  it('is joined by the others who told the same story, each cited', () => {
    const told = {
      ada_demo: 'Quill Labs halves the price of Lumen 7 weights, and startups cheer',
      tam_demo: 'What a price for Lumen 7 weights! Quill Labs wants every hospital to have them',
      zed_demo: 'Rivals look pale: Lumen 7 weights by Quill Labs, at a price nobody matches',
    };
    const posts = Object.entries(told).map(([author, text]) =>
      aPost({ text, author, authorName: author }),
    );
    const [line] = write(posts)?.lines ?? [];
    expect(line?.text).toMatch(/ Also @\w+_demo, @\w+_demo\.$/);
    expect(line?.cites.toSorted()).toEqual(posts.map((post) => post.id).toSorted());
  });
});

describe('what only announces something', () => {
  it.each([
    'Quill Labs has published the 2026 prices of Lumen 7 for every hospital in Maren:',
    'Quill Labs has published the 2026 prices of Lumen 7 for every hospital in Maren: 👇',
    'Quill Labs 公布了 Lumen 7 在 2026 年面向全部医院的新价格，共 40 项：',
    'All 40 prices of Lumen 7 for hospitals in Maren: https://example.com/prices',
  ])('is no line: %s', (announcing) => {
    const telling = 'A storm closed the harbour of Maren for three long days';
    const posts = [
      aPost({ text: announcing, author: 'tam_demo', likes: 900 }),
      aPost({ text: telling, author: 'zed_demo', likes: 3 }),
    ];
    const said = (write(posts)?.lines ?? []).map(({ text }) => text);
    expect(said.join('\n')).toContain(telling);
    expect(said.join('\n')).not.toContain('Lumen 7');
  });
});
