import { describe, expect, it } from 'vitest';

import { DEFAULT_MODELS } from '../../src/claude/settings.ts';
import { type FallbackReason, linesOf, type Report } from '../../src/model/report.ts';
import type { Assignment } from '../../src/write/assignment.ts';
import { writeExtract } from '../../src/write/extract.ts';
import { type Behaviour, cutAtMaxTokens, fail, refusal, text } from '../fakes/claude.ts';
import { type Asked, askedOf, aModel, honestLines, lines, sections } from '../support/model.ts';
import { aNewsroom } from '../support/newsroom.ts';

const NO_CREDIT = fail({
  status: 400,
  type: 'invalid_request_error',
  message: 'Your credit balance is too low to access the API.',
});
const NONSENSE = text('I would rather not.', { ignoringSchema: true });
const CUT = cutAtMaxTokens({ sections: [], lines: [] });
const PARTS = ['I', 'II', 'III.A', 'III.B', 'III.C', 'IV'];

const verdictsOf = (report: Report) =>
  Object.fromEntries(
    Map.groupBy(report.lines, ({ part, section }) => (section ? `${part}.${section}` : part))
      .entries()
      .map(([part, set]) => [part, [...new Set(set.map(({ verdict }) => verdict.kind))].join()]),
  );

const isAbout = (title: string) => (asked: Asked) => asked.words.includes(`"${title}"`);
const isOfRobots = isAbout('Ferro Robotics opens');

describe('a part that the model does not give', () => {
  it.each<[string, FallbackReason, Behaviour, number]>([
    ['refuses it', 'refused', refusal(), 1],
    ['twice gives something that cannot be read', 'unreadable', NONSENSE, 2],
    ['twice does not come to an end', 'cut-off', CUT, 2],
    ['has no line for it', 'nothing-held', lines(), 1],
    ['has only lines that do not stand', 'nothing-held', lines({ text: 'No source.' }), 1],
  ])(
    'is quoted from the posts where it %s; the others are the model’s',
    async (_, reason, said, times) => {
      const { claude, write } = await aNewsroom();
      claude.answer(aModel({ II: () => said }));
      const report = await write();
      expect(askedOf(claude).filter(({ what }) => what === 'II')).toHaveLength(times);
      expect(report.writer).toBe('model');
      expect(report.writing?.fallbacks).toEqual([{ part: 'II', reason }]);
      expect(verdictsOf(report)).toEqual({
        ...Object.fromEntries(PARTS.map((part) => [part, 'supported'])),
        II: 'quoted',
      });
    },
  );

  it('has room for a longer answer when it is asked for again', async () => {
    const { claude, write } = await aNewsroom();
    const answers = [CUT];
    claude.answer(aModel({ II: (asked) => answers.pop() ?? lines(...honestLines(asked)) }));
    const report = await write();
    expect(report.writing?.fallbacks).toEqual([]);
    const places = askedOf(claude).flatMap(({ what }, place) => (what === 'II' ? [place] : []));
    const limits = places.map((place) => claude.requests[place]?.body.max_tokens);
    expect(limits).toEqual([8000, 16_000]);
  });

  it('hears what was wrong with its answer when it is asked for again', async () => {
    const { claude, write } = await aNewsroom();
    const answers = [NONSENSE];
    claude.answer(aModel({ I: (asked) => answers.pop() ?? lines(...honestLines(asked)) }));
    const report = await write();
    expect(report.writing?.fallbacks).toEqual([]);
    const again = askedOf(claude).filter(({ what }) => what === 'I')[1];
    expect(again?.words).toContain('Your last answer could not be used: It is no JSON.');
  });

  it('is quoted without what the parts before it quote', async () => {
    const { claude, write } = await aNewsroom();
    claude.answer(aModel({ I: () => refusal(), II: () => refusal() }));
    const { lines: written } = await write();
    const quoted = written
      .filter(({ verdict }) => verdict.kind === 'quoted')
      .map((line) => line.text);
    expect(quoted.length).toBeGreaterThan(8);
    expect(new Set(quoted).size).toBe(quoted.length);
  });

  it('may be a section: it is quoted from its own stories', async () => {
    const { claude, write } = await aNewsroom();
    claude.answer(
      aModel({ III: (asked) => (isOfRobots(asked) ? refusal() : lines(...honestLines(asked))) }),
    );
    const report = await write();
    expect(report.writing?.fallbacks).toEqual([{ part: 'III.A', reason: 'refused' }]);
    expect(verdictsOf(report)).toMatchObject({ 'III.A': 'quoted', 'III.B': 'supported' });
    expect(report.sections[0]).toEqual({ letter: 'A', name: 'Ferro Robotics opens' });
    const cited = linesOf(report, 'III', 'A').flatMap(({ cites }) => cites);
    const own = new Set(['news-1', 'news-4', 'news-5', 'news-6', 'news-7']);
    expect(cited.filter((id) => !own.has(id))).toEqual([]);
  });

  it('falls away where it is a section with too little to quote; the next has its letter', async () => {
    const { claude, write } = await aNewsroom();
    claude.answer(
      aModel({
        plan: () =>
          sections({ title: 'Handover', stories: ['s7'] }, { title: 'Records', stories: ['s2'] }),
        I: () => refusal(),
        II: () => refusal(),
        III: (asked) =>
          isAbout('Handover')(asked) ? lines({ text: 'No source.' }) : lines(...honestLines(asked)),
      }),
    );
    const report = await write();
    expect(report.sections).toEqual([{ letter: 'A', name: 'Records' }]);
    expect(verdictsOf(report)).toMatchObject({ 'III.A': 'supported' });
    expect(report.writing?.fallbacks).toEqual([
      { part: 'I', reason: 'refused' },
      { part: 'II', reason: 'refused' },
      { part: 'III', reason: 'nothing-held' },
    ]);
    expect(report.writing?.dropped).toMatchObject([{ part: 'III', words: 'No source.' }]);
  });

  it('has no stand-in where it is the advice', async () => {
    const { claude, write } = await aNewsroom();
    claude.answer(aModel({ IV: () => refusal() }));
    const report = await write();
    expect(linesOf(report, 'IV')).toEqual([]);
    expect(report.writing?.fallbacks).toEqual([{ part: 'IV', reason: 'refused' }]);
  });

  it.each([
    ['is refused', refusal()],
    ['cannot be read', NONSENSE],
    ['is empty', sections()],
    ['has no story of the day', sections({ title: 'Robots', stories: ['s99', 'p1', ''] })],
  ])('is no part but the plan, which %s: then the themes are the sections', async (_, said) => {
    const { claude, write, assignment } = await aNewsroom();
    claude.answer(aModel({ plan: () => said }));
    const report = await write();
    expect(report.sections.map(({ name }) => name)).toEqual(
      assignment.curation.themes.map(({ name }) => name),
    );
    expect(report.writing?.fallbacks).toEqual([]);
    expect(new Set(Object.values(verdictsOf(report)))).toEqual(new Set(['supported']));
  });
});

describe('a report that the model cannot write at all', () => {
  const extractOf = ({ topic, window, curation, createdAt }: Assignment) =>
    writeExtract(topic, window, curation, createdAt);

  function expectExtract(report: Report, assignment: Assignment, reason: FallbackReason) {
    const extract = extractOf(assignment);
    expect({ ...report, writing: null }).toEqual(extract);
    const letters = report.sections.map(({ letter }) => `III.${letter}`);
    expect(letters.length).toBeGreaterThan(0);
    const { writing } = report;
    expect(writing).toMatchObject({ written: 0, repaired: 0, dropped: [] });
    expect(writing?.fallbacks).toEqual(
      ['I', 'II', ...letters, 'IV'].map((part) => ({ part, reason })),
    );
  }

  it.each<[string, FallbackReason, Parameters<typeof aNewsroom>[0], number]>([
    ['the key is wrong', 'bad-key', { apiKey: 'bad-key' }, 0],
    ['the cap of the day is reached', 'over-budget', { models: { dailyCap: 0 } }, 0],
    [
      'nobody said what the model costs',
      'over-budget',
      { models: { report: { model: 'unknown', effort: null } } },
      0,
    ],
    [
      'the provider does not know the model',
      'rejected',
      {
        models: {
          report: { model: 'gone', effort: null },
          prices: new Map([
            ['gone', { input: 1, cacheWrite: 1, cacheWriteHour: 1, cacheRead: 1, output: 1 }],
          ]),
        },
      },
      0,
    ],
  ])('is quoted from the posts where %s', async (_, reason, options, requests) => {
    const { claude, write, assignment } = await aNewsroom(options);
    claude.answer(aModel());
    expectExtract(await write(), assignment, reason);
    expect(claude.requests).toHaveLength(requests);
  });

  it('is quoted from the posts where the account is empty, and nothing more is asked', async () => {
    const { claude, write, assignment } = await aNewsroom();
    claude.answer(() => NO_CREDIT);
    expectExtract(await write(), assignment, 'no-credit');
    expect(claude.requests).toHaveLength(1);
  });

  it('is quoted from the posts where its time is over', async () => {
    const { claude, write, assignment } = await aNewsroom();
    claude.answer(aModel());
    expectExtract(await write({ deadline: assignment.createdAt }), assignment, 'no-time');
    expect(claude.requests).toHaveLength(0);
  });

  it('is quoted from the posts where the provider stays busy until its time is over', async () => {
    const { claude, write, assignment } = await aNewsroom();
    const busy = { 'retry-after': '400' };
    claude.answer(() =>
      fail({ status: 529, type: 'overloaded_error', message: 'Overloaded', headers: busy }),
    );
    expectExtract(await write(), assignment, 'no-time');
    expect(claude.requests).toHaveLength((DEFAULT_MODELS.minutes * 60) / 400);
  });
});

describe('an account that runs empty in the middle', () => {
  it('leaves what is written, and the rest is quoted', async () => {
    const { claude, write } = await aNewsroom();
    const isBriefAsked = Promise.withResolvers<void>();
    const empty = async () => {
      await isBriefAsked.promise;
      return NO_CREDIT;
    };
    claude.answer(
      aModel({
        I(asked) {
          isBriefAsked.resolve();
          return lines(...honestLines(asked));
        },
        II: empty,
        III: empty,
        IV: empty,
      }),
    );
    const report = await write();
    expect(report.writer).toBe('model');
    expect(verdictsOf(report)).toMatchObject({ I: 'supported', II: 'quoted', 'III.A': 'quoted' });
    expect(linesOf(report, 'IV')).toEqual([]);
    const { fallbacks = [] } = report.writing ?? {};
    expect(fallbacks.map(({ part }) => part)).toEqual(['II', 'III.A', 'III.B', 'III.C', 'IV']);
    expect(new Set(fallbacks.map(({ reason }) => reason))).toEqual(new Set(['no-credit']));
    expect(askedOf(claude).some(({ what }) => what === 'IV')).toBe(false);
  });
});

describe('posts that do not fit the model', () => {
  const models = { evidenceTokens: 1600 };

  it('are halved until they do', async () => {
    const { claude, write } = await aNewsroom({ models, claude: { contextTokens: 2000 } });
    claude.answer(aModel());
    const report = await write();
    expect(claude.refused.length).toBeGreaterThan(0);
    for (const { message } of claude.refused) expect(message).toContain('prompt is too long');
    expect(verdictsOf(report)).toMatchObject({ I: 'supported', II: 'supported', IV: 'supported' });
    expect(report.writing?.fallbacks.filter(({ reason }) => reason === 'too-large')).toEqual([]);
    const [whole] = claude.refused.map(({ body }) => JSON.stringify(body).length);
    for (const { body } of claude.requests.slice(-1)) {
      expect(JSON.stringify(body).length).toBeLessThan(whole ?? 0);
    }
  });

  it('cost no more than the advice where only its question is too large', async () => {
    const { claude, write } = await aNewsroom();
    const tooLarge = fail({
      status: 400,
      type: 'invalid_request_error',
      message: 'prompt is too long: 210000 tokens > 200000 maximum',
    });
    claude.answer(aModel({ IV: () => tooLarge }));
    const report = await write();
    expect(verdictsOf(report)).toMatchObject({ I: 'supported', II: 'supported' });
    expect(report.writing?.fallbacks).toEqual([{ part: 'IV', reason: 'too-large' }]);
    expect(askedOf(claude).filter(({ what }) => what === 'plan')).toHaveLength(1);
  });

  it('make an extract where they never do', async () => {
    const { claude, write } = await aNewsroom({ models, claude: { contextTokens: 1000 } });
    claude.answer(aModel());
    const report = await write();
    expect(claude.requests).toHaveLength(0);
    expect(claude.refused).toHaveLength(4);
    const sizes = claude.refused.map(({ body }) => JSON.stringify(body).length);
    expect(sizes).toEqual(sizes.toSorted((a, b) => b - a));
    expect(report.writer).toBe('extract');
    expect(new Set(report.writing?.fallbacks.map(({ reason }) => reason))).toEqual(
      new Set(['too-large']),
    );
  });
});
