import { stripVTControlCharacters } from 'node:util';

import fc from 'fast-check';
import type { Root } from 'mdast';
import { describe, expect, it } from 'vitest';

import { answerMessage } from '../../src/ask/message.ts';
import { renderTerminal } from '../../src/chat/terminal/render.ts';
import type { Answer, LinePassage, Passage } from '../../src/model/asking.ts';
import type { Post } from '../../src/model/post.ts';
import { windowOf } from '../../src/model/window.ts';
import { anyPosts } from '../curate/any-posts.ts';
import { aPost } from '../support/posts.ts';
import { aLine } from '../support/reports.ts';

const LUMEN: Passage = {
  kind: 'post',
  post: aPost({
    id: 'price',
    author: 'lumen_labs_demo',
    authorName: 'Lumen Labs',
    text: 'Lumen 7 costs 20% less than Lumen 6. https://lumen.example.com/price',
    createdAt: new Date('2026-10-12T20:00:00Z'),
    likes: 1234,
    reposts: 30,
    views: 91_000,
  }),
};

const LINE: LinePassage = {
  kind: 'line',
  report: 7,
  window: windowOf('2026-10-11', '2026-10-12', 'UTC'),
  line: aLine({
    address: 'III.C.2',
    part: 'III',
    lead: 'Robots',
    text: 'Kip robots pick more.',
    cites: ['x'],
    verdict: { kind: 'supported', by: 'rules' },
  }),
  language: 'en',
  posts: [],
};

const ANSWER: Answer = {
  kind: 'written',
  statements: [
    { text: 'Lumen Labs says that it costs 20% less.', sources: [0] },
    { text: 'Robots pick more.', sources: [1, 0] },
  ],
  sources: [LUMEN, LINE],
  brokenOff: null,
  keptSince: null,
};

const LOOK = { width: 80, color: false, hyperlinks: true };

const shown = (fields: Partial<Answer> = {}, language = 'en', timeZone = 'UTC') => {
  const tree = answerMessage({ ...ANSWER, ...fields }, language, timeZone);
  return stripVTControlCharacters(renderTerminal(tree, LOOK)).trimEnd().split('\n');
};

const linksIn = (tree: Root) =>
  [...JSON.stringify(tree).matchAll(/"url":"([^"]+)"/g)].map(([, url]) => url);

describe('the message of an answer', () => {
  it('sets marks behind its sentences, and the sources below', () => {
    expect(shown()).toEqual([
      'Lumen Labs says that it costs 20% less. [1] Robots pick more. [2][1]',
      '',
      'Sources',
      '',
      '• [1] Lumen Labs (@lumen_labs_demo), 2026-10-12 · 1.2K likes, 30 reposts, 91K',
      '  views',
      '• [2] Report of 2026-10-11 to 2026-10-12, III.C.2: “Robots – Kip robots pick',
      '  more.”',
    ]);
  });

  it('says which days it is about, and where it is of others', () => {
    const meant = (day: string, more = false) => ({ days: { from: day, to: day }, more });
    const first = (fields: Partial<Answer>) => shown(fields)[0];
    const sources = ANSWER.sources.slice(0, 1);
    expect(first({ meant: meant('2026-10-12') })).toBe('About 2026-10-12.');
    expect(first({ sources, meant: meant('2026-10-13') })).toBe(
      'Nothing of 2026-10-13 answers that; this is of the days beside.',
    );
    expect(first({ sources, meant: meant('2026-10-13', true) })).toMatch(/^Nothing more of/);
    const declined = { kind: 'declined', statements: [], sources: [] } as const;
    expect(shown({ ...declined, meant: meant('2026-10-13') }).join(' ')).toMatch(
      /^About 2026-10-13\. .*Neither the digest/,
    );
    expect(first({ ...declined, meant: { days: null, more: true } })).toMatch(/nothing more/);
  });

  it('speaks Chinese, whose sentences end with room enough', () => {
    const statements = [
      { text: 'Lumen 7 便宜了 20%。', sources: [0] },
      { text: '机器人更快。', sources: [1] },
    ];
    expect(shown({ statements }, 'zh')).toEqual([
      'Lumen 7 便宜了 20%。[1] 机器人更快。[2]',
      '',
      '来源',
      '',
      '• [1] Lumen Labs (@lumen_labs_demo), 2026-10-12 · 1234 赞，30 转，9.1万 阅读',
      '• [2] 2026-10-11 至 2026-10-12 报告 III.C.2：“Robots – Kip robots pick more.”',
    ]);
  });

  it('gives the day that it is where the topic lives', () => {
    expect(shown().join('\n')).toContain(', 2026-10-12 ·');
    expect(shown({}, 'en', 'Asia/Shanghai').join('\n')).toContain(', 2026-10-13 ·');
  });

  it('links the posts it rests on, and nothing else', () => {
    const tree = answerMessage(ANSWER, 'en', 'UTC');
    expect(new Set(linksIn(tree))).toEqual(new Set(['https://example.com/invented/price']));
  });

  it('leads from a line of a report to the first of its posts that has an address', () => {
    const posts = [aPost({ ...LUMEN.post, url: null }), LUMEN.post];
    const sources = [{ ...LINE, posts }];
    const statements = [{ text: 'Robots pick more.', sources: [0] }];
    const tree = answerMessage({ ...ANSWER, statements, sources }, 'en', 'UTC');
    expect(new Set(linksIn(tree))).toEqual(new Set(['https://example.com/invented/price']));
  });

  it('names the line that was asked for behind its post, under one number', () => {
    const statements = [{ text: LUMEN.post.text, sources: [0, 1] }];
    expect(shown({ kind: 'extract', statements }).join(' ')).toContain(
      '• [1] Lumen Labs (@lumen_labs_demo), 2026-10-12 · 1.2K likes, 30 reposts, 91K   views · Report of 2026-10-11 to 2026-10-12, III.C.2: “Lumen 7 costs',
    );
  });

  it.each([
    ['en', /^I looked for posts of 2026-10-12, by @ada or @kim, in III.A, and none says anything/],
    ['zh', /^查找范围：2026-10-12，@ada 或 @kim 发布，III.A 部分。其中没有提到这个问题。$/],
  ])('says in %s what was looked through where nothing is there', (language, words) => {
    const days = { from: '2026-10-12', to: '2026-10-12' };
    const looked = { authors: ['ada', 'kim'], sections: ['III.A'] };
    const meant = { days, more: false };
    const refusal = { kind: 'declined', statements: [], sources: [] } as const;
    expect(shown({ ...refusal, looked, meant }, language).join(' ')).toMatch(words);
    const anywhere = { authors: [], sections: [] };
    expect(shown({ ...refusal, looked: anywhere })[0]).toBe(
      'Neither the digest nor its posts say anything about that.',
    );
  });

  it('leaves out numbers that nobody knows, and the likes of a repost', () => {
    const of = (fields: Partial<Post>) =>
      shown({ sources: [{ kind: 'post', post: { ...aPost(LUMEN.post), ...fields } }] }).join('\n');
    expect(of({ likes: null, reposts: null, views: null })).toMatch(/2026-10-12$/);
    expect(of({ isRepost: true, likes: 0, views: null })).toMatch(/2026-10-12 · 30 reposts$/);
  });

  it('shows what a source says that cannot be looked up', () => {
    const post = aPost({ ...LUMEN.post, id: 'no link', url: null });
    const lines = shown({ sources: [{ kind: 'post', post }] });
    expect(lines.join(' ')).toContain('views: “Lumen 7 costs 20% less than Lumen 6.”');
  });

  it.each([
    ['stopped', 'Stopped here.'],
    ['lost', 'The model was lost here. Ask again for the rest.'],
  ] as const)('says that it was %s', (brokenOff, words) => {
    expect(shown({ brokenOff })[2]).toBe(words);
    expect(shown({ brokenOff, statements: [], sources: [] })).toEqual([words]);
  });

  it('says when it was given before', () => {
    const keptSince = new Date('2026-10-12T21:05:00Z');
    expect(shown({ keptSince })[0]).toBe('This was asked before: the answer of 2026-10-12 21:05.');
  });

  it('shows passages word for word, who wrote them, and that no model answered', () => {
    const statements = [
      {
        text: 'Lumen 7 costs 20% less than Lumen 6. https://lumen.example.com/price',
        sources: [0],
      },
    ];
    const extract = { kind: 'extract', statements, sources: [LUMEN] } as const;
    expect(shown(extract)).toEqual([
      'These are the passages that fit best, word for word.',
      '',
      '• [1] Lumen Labs (@lumen_labs_demo), 2026-10-12 · 1.2K likes, 30 reposts, 91K',
      '  views: “Lumen 7 costs 20% less than Lumen 6.”',
    ]);
    expect(shown({ ...extract, brokenOff: 'lost' })[0]).toContain('The model gave no answer.');
  });

  it('says that nothing was found, and what is nearest', () => {
    const declined = { kind: 'declined', statements: [] } as const;
    expect(shown(declined)).toEqual([
      'Neither the digest nor its posts say anything about that.',
      '',
      'The nearest that is there:',
      '',
      '• [1] Lumen Labs (@lumen_labs_demo), 2026-10-12 · 1.2K likes, 30 reposts, 91K',
      '  views: “Lumen 7 costs 20% less than Lumen 6.”',
      '• [2] Report of 2026-10-11 to 2026-10-12, III.C.2: “Robots – Kip robots pick',
      '  more.”',
    ]);
    expect(shown({ ...declined, sources: [] })).toHaveLength(1);
    const text = 'Lumen moved to the U.S. this week. '.repeat(20);
    const sources = [{ kind: 'post', post: aPost({ ...LUMEN.post, text }) }] as const;
    expect(shown({ ...declined, sources }).join(' ')).toMatch(/ this\s+week\. …”$/);
  });

  it('sets no mark that leads nowhere', () => {
    expect(shown({ sources: [LUMEN] })[0]).toBe(
      'Lumen Labs says that it costs 20% less. [1] Robots pick more. [1]',
    );
    expect(shown({ sources: [] })).toEqual([
      'Lumen Labs says that it costs 20% less. Robots pick more.',
    ]);
  });

  it('is whole, on one line each, whatever posts it has', () => {
    const kinds = fc.constantFrom('written', 'extract', 'declined');
    fc.assert(
      fc.property(anyPosts, kinds, (posts, kind) => {
        const sources = posts.map((post): Passage => ({ kind: 'post', post }));
        const statements = posts.map(({ text }, place) => ({ text, sources: [place] }));
        const tree = answerMessage({ ...ANSWER, kind, statements, sources }, 'zh', 'UTC');
        const words = JSON.stringify(tree);
        expect(words).not.toMatch(/\\ud[89a-f]/);
        const items = JSON.stringify(tree.children.filter(({ type }) => type === 'list'));
        expect(items).not.toMatch(/\\n|\u202E/);
      }),
    );
  });
});
