import { describe, expect, it } from 'vitest';

import { answerMessage } from '../../src/ask/message.ts';
import { retellingIn } from '../../src/ask/retelling.ts';
import type { Answer } from '../../src/model/asking.ts';
import { askedToAnswer } from '../support/answers.ts';
import { aLibrary } from '../support/library.ts';
import { NEWS } from '../support/newsroom.ts';
import { aLine } from '../support/reports.ts';

const TODAY = '2026-10-12';
const [NEW_POST, OTHER_POST] = NEWS.map(({ id }) => id);

const LINES = [
  aLine({ cites: [NEW_POST ?? ''], text: 'Mira (@mira_demo): “The ferry runs again”' }),
  aLine({
    address: 'III.C.1',
    part: 'III',
    section: 'C',
    cites: [OTHER_POST ?? ''],
    text: 'Tam (@tam_demo): “The harbour is closed”',
  }),
];

const saidIn = (answer: Answer, language: 'en' | 'zh') =>
  JSON.stringify(answerMessage(answer, language, 'UTC'));

describe('a wish for other words', () => {
  it.each([
    ['summarise C', 'summary', ['III.C']],
    ['Summarize section C please', 'summary', ['III.C']],
    ['can you sum up III.C.2?', 'summary', ['III.C.2']],
    ['TL;DR', 'summary', []],
    ['A summary, please', 'summary', []],
    ["give me a short summary of today's digest", 'summary', []],
    ['recap yesterday', 'summary', []],
    ['总结一下', 'summary', []],
    ['请把 C 部分概括成三句话', 'summary', ['III.C']],
    ['总结 B', 'summary', ['III.B']],
    ['translate this section', 'translation', []],
    ['Translate C.2 into English', 'translation', ['III.C.2']],
    ['can you translate it to Chinese?', 'translation', []],
    ['翻译 B 部分', 'translation', ['III.B']],
    ['把这部分翻译成英文', 'translation', []],
    ['翻译第2条', 'translation', []],
  ])('is seen in "%s"', (message, kind, sections) =>
    expect(retellingIn(message, TODAY)).toEqual({ kind, sections }),
  );

  it.each([
    'summarise what Mira said about Lumen',
    'who translated the Lumen manual?',
    'which translation model is the best?',
    '翻译模型哪个好',
    '总结一下大家对 Lumen 的看法',
    'what is new?',
    'C',
    '概述文件泄露了吗',
  ])('is none in "%s"', (message) => expect(retellingIn(message, TODAY)).toBe(null));
});

describe('without a model', () => {
  it('a summary is refused, with how to get one, and the lines of what is named', async () => {
    const { claude, ask } = await aLibrary({ lines: LINES });
    const { answer } = await ask('summarise C', {}, { office: null });
    expect(answer.statements.map(({ text }) => text)).toEqual([LINES[1]?.text]);
    expect(saidIn(answer, 'en')).toMatch(/needs a model.*ANTHROPIC_API_KEY.*III\.C\.1/s);
    expect(saidIn(answer, 'zh')).toMatch(/需要语言模型.*ANTHROPIC_API_KEY.*III\.C\.1/s);
    expect(askedToAnswer(claude)).toEqual([]);
  });

  it.each([
    [null, 'I.1'],
    ['III.C', 'III.C.1'],
  ])('a summary of nothing named is of what is in view (%s)', async (section, address) => {
    const { ask, report } = await aLibrary({ lines: LINES });
    const about = { report: report.id, section };
    const { answer } = await ask('总结一下', { about }, { office: null });
    expect(answer.sources).toMatchObject([{ kind: 'line', line: { address } }]);
  });

  it('a summary of a day without a report shows nothing else in its place', async () => {
    const { ask } = await aLibrary();
    const { answer } = await ask('summarise 2026-10-02', {}, { office: null });
    expect(answer).toMatchObject({ kind: 'declined', unsearched: 'summary', sources: [] });
  });

  it('a translation is refused, with how to get one', async () => {
    const { ask } = await aLibrary({ lines: LINES });
    const { answer } = await ask('翻译 C 部分', {}, { office: null });
    expect(answer).toMatchObject({ kind: 'declined', unsearched: 'translation' });
    expect(saidIn(answer, 'zh')).toContain('ANTHROPIC_API_KEY');
  });
});

describe('with a model', () => {
  it('a section in view is what is told in other words', async () => {
    const { ask, report } = await aLibrary({ lines: LINES });
    const about = { report: report.id, section: 'III.C' };
    const { answer } = await ask('translate this section', { about });
    expect(answer.kind).toBe('written');
    expect(JSON.stringify(answer.sources)).toContain(OTHER_POST);
  });
});
