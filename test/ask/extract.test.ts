import { describe, expect, it } from 'vitest';

import { excerptOf } from '../../src/ask/excerpt.ts';
import { declinedBy, extractFrom } from '../../src/ask/extract.ts';
import { isPointer } from '../../src/ask/pointers.ts';
import type { Hit, LinePassage, Passage, Query } from '../../src/model/asking.ts';
import type { Post } from '../../src/model/post.ts';
import type { Line } from '../../src/model/report.ts';
import { windowOf } from '../../src/model/window.ts';
import { aPost } from '../support/posts.ts';
import { aLine } from '../support/reports.ts';

const QUERY: Query = {
  words: 'Lumen price?',
  wanted: [],
  authors: [],
  associates: [],
  askedFor: null,
  counted: [],
  days: null,
  sections: [],
  told: [],
  shown: [],
  speakers: [],
  subjects: [],
  most: null,
};

const PRICE = aPost({ id: 'price', text: 'Lumen halved the price of its agents.', lang: 'en' });
const CHIPS = aPost({ id: 'chips', text: 'Chips are rare in Maren this week.', lang: 'en' });

const ofPost = (post: Post): Passage => ({ kind: 'post', post });

function ofLine(posts: readonly Post[], fields: Partial<Line> = {}, language = 'zh'): LinePassage {
  return {
    kind: 'line',
    report: 7,
    window: windowOf('2026-10-12', '2026-10-12', 'UTC'),
    language,
    line: aLine({ address: 'III.A.1', cites: posts.map(({ id }) => id), ...fields }),
    posts,
  };
}

const TOLD = { verdict: { kind: 'supported', by: 'rules' }, text: '智能体降价一半。' } as const;

/** Hits in this order, one hardly weaker than the other. */
const hitsOf = (passages: readonly Passage[]): Hit[] =>
  passages.map((passage, place) => ({
    passage,
    score: 1 - place / 100,
    coverage: 1,
    line: null,
    isAside: false,
  }));

const answered = (passages: readonly Passage[], language = 'en', query: Partial<Query> = {}) =>
  extractFrom({ query: { ...QUERY, ...query }, hits: hitsOf(passages), carries: true }, language);

const namesOf = (sources: readonly Passage[]) =>
  sources.map((source) => (source.kind === 'post' ? source.post.id : source.line.address));

describe('an extract', () => {
  it('shows that an address was left out in mid-sentence', () => {
    const text = 'Lumen 7 is available today on https://lumen.example/a, the home of agents.';
    expect(answered([ofPost(aPost({ text, lang: 'en' }))]).statements[0]?.text).toBe(
      'Lumen 7 is available today on …, the home of agents.',
    );
  });

  it('shows a post, and not the line that repeats it', () => {
    const { sources, statements } = answered([ofPost(PRICE), ofLine([PRICE]), ofPost(CHIPS)]);
    expect(namesOf(sources)).toEqual(['price', 'chips']);
    expect(statements.map((statement) => statement.sources)).toEqual([[0], [1]]);
  });

  it('shows the posts of a line that is asked for, and names the line', () => {
    const query = { sections: ['III.A'] };
    const passages = [ofLine([PRICE]), ofPost(PRICE), ofLine([CHIPS], { address: 'III.A.2' })];
    const { sources, statements } = answered(passages, 'en', query);
    expect(namesOf(sources)).toEqual(['price', 'chips', 'III.A.1', 'III.A.2']);
    expect(statements).toEqual([
      { text: PRICE.text, sources: [0, 2] },
      { text: CHIPS.text, sources: [1, 3] },
    ]);
  });

  it('speaks English of English posts, though the report is Chinese', () => {
    expect(namesOf(answered([ofLine([PRICE], TOLD)]).sources)).toEqual(['price']);
  });

  it('tells Chinese readers in Chinese what a Chinese report says of English posts', () => {
    const line = ofLine([PRICE], TOLD);
    const { sources, statements } = answered([ofPost(PRICE), line, ofPost(CHIPS)], 'zh-Hans');
    expect(namesOf(sources)).toEqual(['III.A.1', 'chips']);
    expect(statements[0]?.text).toBe('智能体降价一半。');
  });

  it('shows a line whose posts are gone, without the words that characterise it', () => {
    const line = ofLine([], { lead: 'AI · amount · automate', text: 'Ada: “It works”' });
    expect(answered([line]).statements).toEqual([{ text: 'Ada: “It works”', sources: [0] }]);
  });

  it('shows nothing that says nothing itself, and goes on to the next', () => {
    const texts = ['Read more:', 'https://example.com/a', '@ada @kim', '原文链接👇', 'So it is.'];
    const passages = texts.map((text, id) => ofPost(aPost({ id: `${id}`, text })));
    expect(namesOf(answered(passages).sources)).toEqual(['4']);
    expect(answered(passages.slice(0, 4))).toMatchObject({ kind: 'declined', sources: [] });
  });

  it('says what was looked through where nothing is there', () => {
    const post = aPost({ author: 'ada_demo', authorName: 'Ada Quill', text: 'It rained.' });
    const query = {
      words: 'what did Ada Quill or @kim_demo say?',
      authors: ['adaquill'],
      speakers: ['adaquill'],
      days: { from: '2026-10-12', to: '2026-10-12' },
      sections: ['III.A'],
    };
    const evidence = {
      query: { ...QUERY, ...query },
      hits: hitsOf([ofPost(post)]),
      carries: false,
    };
    expect(declinedBy(evidence, 'en').looked).toEqual({
      authors: ['kim_demo', 'ada_demo'],
      sections: ['III.A'],
    });
  });
});

describe('a text that says nothing itself', () => {
  it.each([
    'Read more:',
    'read the full story here 👇 https://example.com/a',
    'Watch the full Lumen 7 review:',
    'Watch the full Lumen 7.5 review:',
    'Link in bio',
    '🔗 https://example.com/a',
    'RT @ada_demo: https://example.com/a',
    '#AI #agents',
    '详情见评论区',
    '全文：https://example.com/a',
    '🚀🚀🚀',
    '',
    'See our post for pictures: https://a.example Request access to Lumen here: https://b.example Its robots plugin: https://c.example',
    'Try it now at https://lumen.example/a',
    'see docs here: https://lumen.example/docs',
  ])('%j', (text) => expect(isPointer(text)).toBe(true));

  it.each([
    'It costs $20.',
    '42',
    'Yes.',
    'See you in Maren on Friday! Doors open at nine.',
    'Read the room: nobody wants another agent.',
    'Lumen 7 is now available on all plans:',
    'Lumen 7 is out: https://a.example Its code is open: https://b.example',
    'Get Lumen 7 for $20 at https://lumen.example',
    'See what Lumen 7 costs: half of Lumen 6: https://lumen.example wins',
    '链接功能今天上线了',
    'The report is out, and prices fell by half: https://example.com/a',
  ])('is not %j', (text) => expect(isPointer(text)).toBe(false));
});

describe('an excerpt', () => {
  const idle = 'It rained again and the ferry was late as ever. '.repeat(8);
  const wanted = [
    { word: 'quill', terms: new Map([['quill', 1]]), weight: 1, needed: 1, isName: false },
  ];

  it.each([
    'Quill moved to the U.S. in May.',
    'Dr. Quill sells agents, e.g. for rent.',
    'Quill 3.5 is there.',
    'The U.S. likes Quill vs. Lumen.',
  ])('is not cut within “%s”', (sentence) => {
    const excerpt = excerptOf(`${idle}${sentence} ${idle}`, { wanted }, sentence.length + 20);
    expect(excerpt).toBe(`… ${sentence} …`);
  });

  it('is cut behind Chinese sentences and at line ends', () => {
    const text = `${'今天又下雨了。'.repeat(20)}Quill 3.5 来了！\n${'船又晚点了。'.repeat(20)}`;
    expect(excerptOf(text, { wanted }, 18)).toBe('… Quill 3.5 来了！ …');
  });

  it('begins with the text where nothing in it is asked for', () => {
    expect(excerptOf(idle, { wanted: [] }, 60)).toBe(`${idle.slice(0, 47)} …`);
  });
});
