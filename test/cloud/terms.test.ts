import { describe, expect, it } from 'vitest';

import { terms } from '../../src/cloud/terms.ts';

/** Posts about many things, so that what is asked about stands out of something. */
const OTHERS = [
  'Rust borrow checker',
  'Vienna weather',
  'chess opening',
  'solar panels',
  'jazz concert',
  'marathon training',
  'sourdough recipe',
  'telescope images',
  'volcano eruption',
  'tax reform',
  'orchid garden',
  'violin lesson',
];

function posts(...texts: readonly string[]) {
  return texts.map((text) => ({ text, words: null, theme: null }));
}

function textsOf(...texts: readonly string[]): string[] {
  return terms(posts(...texts, ...OTHERS)).map(({ text }) => text);
}

function countOf(text: string, ...texts: readonly string[]): number | undefined {
  return terms(posts(...texts)).find((term) => term.text === text)?.count;
}

describe('terms', () => {
  it('counts posts, not occurrences', () => {
    expect(countOf('Gemini', 'Gemini, Gemini and again Gemini', 'about Gemini')).toBe(2);
  });

  it('takes small and capital letters, singular and plural for one term in its usual form', () => {
    const found = terms(
      posts('Agents win', 'agents lose', 'the agents', 'an agent', 'many LLMs', 'LLM'),
    );
    expect(found.find(({ text }) => text === 'agents')?.count).toBe(4);
    expect(found.filter(({ text }) => /llm/i.test(text))).toHaveLength(1);
    expect(found.map(({ text }) => text)).not.toContain('agent');
  });

  it('takes a tag and its word for one term', () => {
    expect(countOf('#OpenSource', '#OpenSource a', '#OpenSource b', 'opensource c')).toBe(3);
  });

  it('keeps handles and tickers whole', () => {
    expect(textsOf('ask @OpenAI now', 'buy $NVDA')).toEqual(
      expect.arrayContaining(['@OpenAI', '$NVDA']),
    );
  });

  it('keeps phrases whole, and does not tell their parts again', () => {
    const found = textsOf(
      'Claude Code writes tests',
      'I like Claude Code',
      'Claude Code in production',
      'Kimi K2.5 is here',
      'trying Kimi K2.5',
      'the state of the art',
      'state of the art, they claim',
    );
    expect(found).toEqual(expect.arrayContaining(['Claude Code', 'Kimi K2.5', 'state of the art']));
    for (const part of ['Claude', 'Code', 'Kimi', 'K2.5', 'state', 'art', 'of']) {
      expect(found).not.toContain(part);
    }
  });

  it('keeps a name whole whose words are names of their own', () => {
    const found = terms(
      posts(
        'Claude Code is out',
        'trying Claude Code',
        'Claude wins',
        'Claude talks',
        'ask Claude',
        'Code matters',
        'write Code',
        ...OTHERS,
        ...OTHERS.map((text) => `${text} now`),
      ),
    );
    expect(found.find(({ text }) => text === 'Claude Code')?.count).toBe(2);
    expect(found.find(({ text }) => text === 'Claude')?.count).toBe(3);
  });

  it('keeps a name whole that stands in every post', () => {
    const all = ['Claude Code ships', 'trying Claude Code', 'Claude Code in Berlin'];
    expect(terms(posts(...all)).map(({ text }) => text)).toContain('Claude Code');
    const law = ['人工智能法案通过', '解读人工智能法案', '人工智能法案争议'];
    expect(terms(posts(...law)).map(({ text }) => text)).toContain('人工智能法案');
  });

  it('keeps Chinese phrases whole', () => {
    const found = textsOf('国产大模型今天发布', '这个大模型很强', '我们的大模型', '开源社区');
    expect(found).toEqual(expect.arrayContaining(['大模型', '开源']));
    expect(found).not.toContain('模型');
  });

  it('joins no words over the end of a sentence or a line', () => {
    const found = textsOf('I like Paris. Berlin too', 'I saw Paris. Berlin next', 'Paris\nBerlin');
    expect(found).toEqual(expect.arrayContaining(['Paris', 'Berlin']));
  });

  it('tells a phrase without the small words at its edges', () => {
    const found = textsOf('the open source way of life', 'the open source', 'in the open source');
    expect(found).toContain('open source');
    expect(found.filter((text) => /^(?:the|in|of) | (?:the|in|of)$/.test(text))).toEqual([]);
  });

  it('tells nothing of links, escapes, retweets, numbers, lone letters, emoji, filler or cut words', () => {
    const found = textsOf(
      'RT @someone: rockets &amp; more https://t.co/abc123 via https…',
      '2026 1,000 10k 3pm x 🚀🚀 &gt; example.com/some/path',
      "I just don't think so, it's really what we would do lol",
      '我们 这个 可以 没有 但是 的 就是 今天',
      'it was cut in the midd…',
    ).filter((text) => !OTHERS.join(' ').includes(text));
    expect(found).toEqual(['cut', 'rockets']);
  });

  it('knows the small words of a text in another language, and leaves them in English ones', () => {
    const found = textsOf('Das ist nicht der Weg, den wir auch gehen', 'The war goes on and on');
    expect(found).toContain('war');
    expect(found).not.toContain('nicht');
    expect(textsOf('Es war nicht so, aber der Zug war auch noch da')).not.toContain('war');
  });

  it('leaves out what only one of many posts says, unless little else is there', () => {
    const many = Array.from({ length: 40 }, (_, index) => `solar and word${'abcdefgh'[index % 8]}`);
    const found = terms(posts(...many, 'lonely', 'OpenAI')).map(({ text }) => text);
    expect(found).toContain('solar');
    expect(found).not.toContain('lonely');
    expect(found).toContain('OpenAI');
  });

  it('gives a term the theme that most of its posts are in', () => {
    const found = terms([
      { text: 'rockets', words: null, theme: 2 },
      { text: 'rockets', words: null, theme: 1 },
      { text: 'rockets', words: null, theme: 2 },
      { text: 'rockets', words: null, theme: null },
      { text: 'jazz', words: null, theme: null },
    ]);
    expect(found).toEqual([
      { text: 'rockets', count: 4, theme: 2 },
      { text: 'jazz', count: 1, theme: null },
    ]);
  });

  it('orders by count, then by letters, and stops at the limit', () => {
    const found = terms(posts('pear apple fig', 'fig', 'pear'), 2);
    expect(found.map(({ text }) => text)).toEqual(['fig', 'pear']);
  });

  it('finds nothing where nothing is said', () => {
    expect(terms([])).toEqual([]);
    expect(terms(posts('', '😀', 'the', '…', 'https://a.b/c'))).toEqual([]);
  });
});
