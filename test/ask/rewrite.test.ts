import { describe, expect, it } from 'vitest';

import { inPlaceOf, type Meant, merge, rewrite } from '../../src/ask/rewrite.ts';
import { readQuestion } from '../../src/ask/standalone.ts';
import type { Asked } from '../../src/model/asking.ts';
import { type Behaviour, json, text } from '../fakes/claude.ts';
import { anOffice } from '../support/office.ts';

const TODAY = '2026-10-13';
const ASKED: Asked = {
  question: 'What else did he say last week?',
  turns: [],
  topic: { key: 'twitter_ai', title: 'Twitter Ai', language: 'en', timeZone: 'UTC' },
  language: 'en',
  about: null,
  now: new Date(`${TODAY}T06:00:00Z`),
};

const NOTHING: Meant = { question: '', people: [], days: null, sections: [], words: [] };

/** What a model's answer is read as. */
async function meantBy(answer: Behaviour): Promise<Meant | null> {
  const { claude, office } = await anOffice();
  claude.answer(() => answer);
  const { signal } = new AbortController();
  return rewrite(office, ASKED, { signal, patienceMs: 60_000 });
}

const loose = (value: unknown) => json(value, { ignoringSchema: true });

/** What is looked for, by rules and by what a model took the question for. */
function queryOf(fields: Partial<Meant>, question = ASKED.question) {
  const asked = { ...ASKED, question };
  const meant = { ...NOTHING, ...fields };
  return merge(readQuestion(asked), readQuestion(inPlaceOf(asked, meant)), meant, TODAY);
}

const wordsOf = ({ wanted }: ReturnType<typeof queryOf>) => wanted.map(({ word }) => word);

describe('what a model takes a question for', () => {
  it('is read field by field, each of which may be missing', async () => {
    expect(await meantBy(json({}))).toEqual(NOTHING);
    const said = {
      question: 'What did Wei Han say?',
      people: ['Wei Han'],
      from: '2026-10-05',
      to: '2026-10-11',
      sections: ['III.B', 'II'],
      words: ['benchmark', '评测'],
    };
    const { from, to, ...rest } = said;
    expect(await meantBy(json(said))).toEqual({ ...rest, days: { from, to } });
    expect(await meantBy(json({ from }))).toMatchObject({ days: { from, to: from } });
  });

  it('is believed only as far as it makes sense', async () => {
    const days = [
      { from: '2026-02-30', to: '2026-03-02' },
      { from: '2026-10-11', to: '2026-10-05' },
      { from: 'yesterday' },
      { to: '2026-10-05' },
    ];
    for (const said of days) expect(await meantBy(json(said))).toMatchObject({ days: null });
    const odd = {
      sections: ['B', 'V', 'III.Z', '<b>'],
      words: ['', '?!', 'a\n\u200Bb'],
      people: [' '],
    };
    expect(await meantBy(json(odd))).toEqual({ ...NOTHING, words: ['a b'] });
    const long = {
      question: 'x '.repeat(5000),
      words: Array.from({ length: 99 }, (_, n) => `w${n}`),
    };
    const read = await meantBy(json(long));
    expect(read?.question.length).toBeLessThan(1100);
    expect(read?.words.length).toBeLessThan(10);
  });

  it('is nothing where it cannot be read', async () => {
    expect(await meantBy(text('It means prices.', { ignoringSchema: true }))).toBeNull();
    expect(await meantBy(loose({ words: 'prices' }))).toBeNull();
    expect(await meantBy(loose({ answer: 'It costs $2.' }))).toBeNull();
  });
});

describe('what is looked for', () => {
  it('is what the question names and what it means', () => {
    const query = queryOf({
      question: 'What did Wei Han say about Harbour?',
      words: ['benchmark'],
    });
    expect(query.words).toBe('What did Wei Han say about Harbour?');
    expect(wordsOf(query)).toEqual(expect.arrayContaining(['Wei', 'Han', 'Harbour', 'benchmark']));
    expect(query.authors).toEqual(expect.arrayContaining(['wei', 'han']));
  });

  it('asks no answer to speak of what only the model thought of', () => {
    const { wanted } = queryOf({ words: ['benchmark'] });
    expect(wanted.find(({ word }) => word === 'benchmark')?.needed).toBe(0);
  });

  it('is the question as it stands where the model left it', () => {
    expect(queryOf({}).words).toBe(ASKED.question);
  });

  it('is of the days that the question names, else of those that the model says, if they have been', () => {
    const may = { from: '2026-05-01', to: '2026-05-02' };
    const lastWeek = { from: '2026-10-05', to: '2026-10-11' };
    expect(queryOf({ days: may }).days).toEqual(lastWeek);
    expect(queryOf({ days: may }, 'What did he say then?').days).toEqual(may);
    const ahead = { from: '2026-10-20', to: '2026-10-21' };
    expect(queryOf({ days: ahead }, 'What did he say then?').days).toBeNull();
  });

  it('is of every section that is named', () => {
    expect(queryOf({ sections: ['III.C'] }, 'What does section B say?').sections).toEqual([
      'III.B',
      'III.C',
    ]);
  });
});
