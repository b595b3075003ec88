import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { answerFromPosts } from '../../src/ask/answer.ts';
import { answerMessage } from '../../src/ask/message.ts';
import { retrieve } from '../../src/ask/retrieve.ts';
import type { Line } from '../../src/model/report.ts';
import { anyPosts, anyText } from '../curate/any-posts.ts';
import { aPost } from '../support/posts.ts';

const NOTHING = { lines: [] };

const PRICE = aPost({
  id: 'price',
  text: 'Lumen halved the price of its agents this morning',
  author: 'mira_demo',
  authorName: 'Mira Vance',
});
const WEIGHTS = aPost({
  id: 'weights',
  text: 'Quill released the weights of a model that fits on a phone',
  author: 'tam_demo',
  authorName: 'Tam',
});
const HARBOUR = aPost({
  id: 'harbour',
  text: 'The harbour of Maren is closed, companies wait for their chips',
  author: 'zed_demo',
  authorName: 'AI',
});
const POSTS = [PRICE, WEIGHTS, HARBOUR];

const aLine = (fields: Partial<Line>): Line => ({
  address: 'II.3',
  part: 'II',
  section: null,
  lead: null,
  text: '',
  impact: null,
  cites: [],
  bold: [],
  basis: [],
  continues: null,
  verdict: { kind: 'quoted' },
  ...fields,
});

const foundBy = (question: string, lines: readonly Line[] = []) => {
  const answer = answerFromPosts(question, { lines }, POSTS);
  return answer.kind === 'extract' ? answer.hits.map((hit) => hit.post.id) : [];
};

describe('an answer', () => {
  it.each([
    ['words', 'What happened to the price of Lumen?', 'price'],
    ['capitals', 'QUILL WEIGHTS?', 'weights'],
    ['the plural of what is said in the singular', 'models on phones', 'weights'],
    ['the singular of what is said in the plural', 'Which company waits for a chip?', 'harbour'],
    ['a possessive', "What is Lumen's price?", 'price'],
    ['the name of an author', 'What did Mira Vance say?', 'price'],
    ['a part of the name', 'What did Mira say?', 'price'],
    ['a handle', 'What did @tam_demo say?', 'weights'],
  ])('is found by %s', (_, question, id) => {
    expect(foundBy(question)).toEqual([id]);
  });

  it('puts what the author who is asked about said before what others said', () => {
    const other = aPost({ id: 'other', text: 'Lumen price, Lumen price', author: 'loud_demo' });
    const hits = retrieve(
      'What did Mira Vance say about the Lumen price?',
      NOTHING,
      [other, PRICE],
      2,
    );
    expect(hits.map((hit) => hit.post.id)).toEqual(['price', 'other']);
  });

  it('leads through a Chinese line to the English post that it cites', () => {
    const line = aLine({ text: '米拉称智能体价格下降了一半', cites: ['price', 'gone'] });
    expect(foundBy('价格下降了多少？')).toEqual([]);
    const answer = answerFromPosts('价格下降了多少？', { lines: [line] }, POSTS);
    expect(answer).toMatchObject({ kind: 'extract', hits: [{ post: PRICE, line }] });
  });

  it('finds Chinese posts by Chinese words', () => {
    const post = aPost({ id: 'zh', text: '新模型的价格下降了一半，而且开放了权重' });
    const hits = retrieve('模型权重开放了吗', NOTHING, [...POSTS, post], 3);
    expect(hits[0]?.post.id).toBe('zh');
  });

  it.each([
    ['something nobody spoke of', 'Who won the chess final in Osk?'],
    ['one word of many', 'How many zebras crossed the Lumen river on Tuesday evening?'],
    ['a word that only stands inside of others', 'Is it paid?'],
    ['nothing but small words', 'What is it about?'],
    ['nothing', ''],
  ])('is declined when the question is about %s', (_, question) => {
    expect(answerFromPosts(question, NOTHING, POSTS).kind).toBe('declined');
  });

  it('is declined when there is nothing to answer from', () => {
    expect(answerFromPosts('price', NOTHING, [])).toEqual({ kind: 'declined', nearest: [] });
    const line = aLine({ text: 'price', cites: ['gone'] });
    expect(answerFromPosts('price', { lines: [line] }, [])).toMatchObject({ kind: 'declined' });
  });

  it('shows at most four passages, the best first', () => {
    const posts = Array.from({ length: 9 }, (_, number) =>
      aPost({ text: `Lumen price ${'and other words '.repeat(number)}` }),
    );
    const answer = answerFromPosts('Lumen price', NOTHING, posts);
    const hits = answer.kind === 'extract' ? answer.hits : [];
    const scores = hits.map((hit) => hit.score);
    expect(hits).toHaveLength(4);
    expect(scores).toEqual(scores.toSorted((a, b) => b - a));
  });
});

describe('whatever is asked of whatever posts', () => {
  const anyLines = fc
    .array(fc.tuple(anyText, fc.subarray(['p0', 'p1', 'p2', 'gone'], { minLength: 1 })), {
      maxLength: 4,
    })
    .map((lines) => lines.map(([text, cites]) => aLine({ text, cites })));

  it('nothing is thrown, nothing invented, nothing shown twice, nothing half shown', () => {
    fc.assert(
      fc.property(anyText, anyLines, anyPosts, (question, lines, posts) => {
        const answer = answerFromPosts(question, { lines }, posts);
        const hits = answer.kind === 'extract' ? answer.hits : answer.nearest;
        expect(posts).toEqual(expect.arrayContaining(hits.map((hit) => hit.post)));
        expect(new Set(hits.map((hit) => hit.post.id)).size).toBe(hits.length);
        for (const { post, line, coverage, score } of hits) {
          expect(line?.cites ?? [post.id]).toContain(post.id);
          expect(coverage).toBeLessThanOrEqual(1 + 1e-9);
          expect(score).toBeGreaterThan(0);
        }
        expect(JSON.stringify(answerMessage(answer, 'zh', 'UTC'))).not.toMatch(/\\ud[89a-f]/);
      }),
    );
  });

  it('the order of the posts changes nothing', () => {
    fc.assert(
      fc.property(anyText, anyPosts, (question, posts) => {
        const ids = (given: typeof posts) =>
          retrieve(question, NOTHING, given, 9).map((hit) => hit.post.id);
        expect(ids(posts.toReversed())).toEqual(ids(posts));
      }),
    );
  });
});

describe('the message of an answer', () => {
  const messageOf = (question: string, posts = POSTS, lines: readonly Line[] = []) =>
    JSON.stringify(answerMessage(answerFromPosts(question, { lines }, posts), 'en', 'UTC'));

  it('gives the day that it is where the topic lives', () => {
    const answer = answerFromPosts('Lumen price', NOTHING, [
      aPost({ text: 'Lumen has a new price', createdAt: new Date('2026-10-12T20:00:00Z') }),
    ]);
    expect(JSON.stringify(answerMessage(answer, 'en', 'UTC'))).toContain('2026-10-12');
    expect(JSON.stringify(answerMessage(answer, 'en', 'Asia/Shanghai'))).toContain('2026-10-13');
  });

  it('quotes the passage with its author, day, line and link', () => {
    const lines = [aLine({ text: 'Lumen halved the price', cites: ['price'] })];
    const message = messageOf('Lumen price', POSTS, lines);
    expect(message).toContain('Mira Vance (@mira_demo)');
    expect(message).toContain(', 2026-10-12: “Lumen halved the price of its agents this morning”');
    expect(message).toContain('II.3');
    expect(message).toContain('"url":"https://example.com/invented/price"');
  });

  it('says that nothing was found, and what is nearest', () => {
    const message = messageOf('How many zebras crossed the Lumen river on Tuesday evening?');
    expect(message).toContain('say anything about that');
    expect(message).toContain('Lumen halved');
    expect(messageOf('zebras')).not.toContain('nearest');
  });

  it('shortens long posts at a word, leaves out their links, keeps names on one line', () => {
    const text = `Lumen price https://spam.example.com/x ${'and so on '.repeat(100)}`;
    const message = messageOf('Lumen price', [aPost({ text, authorName: 'Mira\n\u202EVance' })]);
    expect(message).toContain('Mira Vance (@');
    expect(message).not.toContain('spam.example.com');
    expect(message).toMatch(/(?:and|so|on)…”/);
    expect(message.length).toBeLessThan(1000);
  });
});
