import { describe, expect, it } from 'vitest';

import { PARTS } from '../../src/model/report.ts';
import { hang } from '../fakes/claude.ts';
import { type Asked, askedOf, aModel, honestLines, lines, sections } from '../support/model.ts';
import { aNewsroom, NEWS } from '../support/newsroom.ts';

const whatOf = (asked: readonly Asked[]) => asked.map(({ what }) => what);

describe('the report of a day', () => {
  it('has advice whatever the ids of its posts look like', async () => {
    const posts = NEWS.map((post, index) => ({ ...post, id: `x${index + 1}` }));
    const { claude, write } = await aNewsroom({ posts });
    claude.answer(aModel());
    const report = await write();
    expect(report.lines.filter(({ part }) => part === 'IV')).not.toEqual([]);
  });

  it('has its parts in order, and every line rests on posts that carry it', async () => {
    const { claude, write } = await aNewsroom();
    claude.answer(aModel());
    const report = await write();
    expect(report.writer).toBe('model');
    const parts = report.lines.map(({ part }) => part);
    expect(parts).toEqual(parts.toSorted((a, b) => PARTS.indexOf(a) - PARTS.indexOf(b)));
    expect(new Set(parts)).toEqual(new Set(PARTS));
    expect(report.sections).toEqual([
      { letter: 'A', name: 'Ferro Robotics opens' },
      { letter: 'B', name: 'Lumen 7 read' },
      { letter: 'C', name: 'Agents break at' },
    ]);
    expect(report.lines.filter(({ part }) => part === 'III').map(({ address }) => address)).toEqual(
      ['III.A.1', 'III.A.2', 'III.A.3', 'III.B.1', 'III.B.2', 'III.B.3', 'III.C.1'],
    );
    for (const { text, cites, verdict } of report.lines.filter(({ part }) => part !== 'IV')) {
      expect(verdict).toEqual({ kind: 'supported', by: 'rules' });
      expect(NEWS.find(({ id }) => id === cites[0])?.text).toContain(text);
    }
  });

  it('counts what the model wrote, and what is cited', async () => {
    const { claude, write } = await aNewsroom();
    claude.answer(aModel());
    const { writing, counts } = await write();
    expect(writing).toEqual({
      model: 'claude-opus-5-5',
      written: 22,
      repaired: 0,
      dropped: [],
      fallbacks: [],
    });
    expect(counts).toMatchObject({ collected: 9, kept: 9, stories: 7, cited: 7 });
  });

  it('has the posts read once: the plan brings them into the cache, all others read them there', async () => {
    const { claude, write } = await aNewsroom();
    claude.answer(aModel());
    await write();
    const [plan, ...others] = claude.requests;
    expect(whatOf(askedOf(claude)).toSorted()).toEqual([
      'I',
      'II',
      'III',
      'III',
      'III',
      'IV',
      'plan',
    ]);
    expect(whatOf(askedOf(claude))[0]).toBe('plan');
    expect(plan?.cacheWritten).toBeGreaterThan(1024);
    for (const { cacheRead, cacheWritten, body } of others) {
      expect({ cacheRead, cacheWritten }).toEqual({
        cacheRead: plan?.cacheWritten,
        cacheWritten: 0,
      });
      expect(body.system).toEqual(plan?.body.system);
      expect(body.output_config).toEqual(plan?.body.output_config);
    }
  });

  it('sets in bold what the model marks in a section, and nothing elsewhere', async () => {
    const { claude, write } = await aNewsroom();
    const marked = (asked: Asked) =>
      lines(
        ...honestLines(asked).map((line) => ({
          ...line,
          text: line.text?.replace(/\w+/, '**$&**') ?? '',
        })),
      );
    claude.answer(aModel({ I: marked, III: marked }));
    const report = await write();
    const at = (address: string) => report.lines.find((line) => line.address === address);
    expect(at('III.A.1')).toMatchObject({
      text: 'Two technicians look after the whole hall at night.',
      bold: ['Two'],
    });
    expect(at('I.1')).toMatchObject({ bold: [], verdict: { kind: 'supported' } });
    expect(report.lines.filter(({ text }) => text.includes('*'))).toEqual([]);
  });

  it('says of a possible impact that the model inferred it', async () => {
    const { claude, write } = await aNewsroom();
    claude.answer(
      aModel({
        II: (asked) => {
          const [first, second] = honestLines(asked);
          return lines(
            { ...first, impact: 'Ferro Robotics may need fewer people at night.', inferred: true },
            { ...second, impact: 'The Tern Institute counts 12 million port records.' },
          );
        },
      }),
    );
    const { lines: written } = await write();
    expect(written.filter(({ part }) => part === 'II').map(({ impact }) => impact)).toEqual([
      'Inference: Ferro Robotics may need fewer people at night.',
      'The Tern Institute counts 12 million port records.',
    ]);
  });
});

describe('the plan', () => {
  it('puts a story into one section at most, and no story that it was not shown', async () => {
    const { claude, write } = await aNewsroom();
    claude.answer(
      aModel({
        plan: () =>
          sections(
            { title: 'Robots', stories: ['s1', 's99', 's1'] },
            { title: 'Robots again', stories: ['s1'] },
            { title: 'Records', stories: ['s1', 's2'] },
          ),
      }),
    );
    const report = await write();
    expect(report.sections.map(({ name }) => name)).toEqual(['Robots', 'Records']);
    const asked = askedOf(claude).filter(({ what }) => what === 'III');
    const marks = asked.map(({ stories }) => stories.map(({ mark }) => mark).join(' '));
    expect(marks.toSorted()).toEqual(['s1', 's2']);
  });

  it('has no title that says what the posts do not: such a section is called by its terms', async () => {
    const { claude, write } = await aNewsroom();
    claude.answer(
      aModel({
        plan: () =>
          sections(
            { title: 'Kip robots for 811 halls', stories: ['s1'] },
            { title: 'See https://tern.example/now', stories: ['s2'] },
            { title: '云服务商停机事故', stories: ['s6'] },
            { title: 'Everybody knows that kettles sing songs nightly', stories: ['s7'] },
          ),
      }),
    );
    const report = await write();
    expect(report.sections.map(({ name }) => name)).toEqual([
      'Ferro Robotics · Kip · Maren',
      'Tern Institute · Tidebook · corpus',
      expect.stringContaining('Quay Cloud'),
      expect.stringContaining('Agents'),
    ]);
  });
});

describe('advice', () => {
  it('cites the posts of the lines that it follows from, and names those lines', async () => {
    const { claude, write } = await aNewsroom();
    const text = 'Ask for a trial before you rely on either.';
    claude.answer(aModel({ IV: () => lines({ lead: 'Try both', text, basis: ['II.2', 'I.1'] }) }));
    const { lines: written } = await write();
    expect(written.at(-1)).toMatchObject({
      address: 'IV.1',
      lead: 'Try both',
      text,
      basis: ['I.1', 'II.2'],
      cites: ['news-4', 'news-6'],
    });
  });

  it('falls away where it follows from no line of the report', async () => {
    const { claude, write } = await aNewsroom();
    claude.answer(
      aModel({
        IV: (asked) =>
          lines(
            ...honestLines(asked),
            { lead: 'Buy', text: 'Buy what you like best this week.', posts: ['p1'] },
            { lead: 'Sell', text: 'Sell whatever has grown old.', basis: ['IX.4'] },
          ),
      }),
    );
    const { lines: written, writing } = await write();
    expect(written.filter(({ part }) => part === 'IV').map(({ lead }) => lead)).toEqual([
      'Try it first',
    ]);
    expect(writing?.dropped).toEqual([
      {
        part: 'IV',
        words: 'Buy – Buy what you like best this week.',
        problems: [{ kind: 'no-citation' }],
      },
      {
        part: 'IV',
        words: 'Sell – Sell whatever has grown old.',
        problems: [{ kind: 'no-citation' }],
      },
    ]);
  });
});

describe('a report that was interrupted', () => {
  it.each([
    { at: ['I', 'II', 'III'], missing: ['I', 'II', 'III', 'III', 'III', 'IV', 'repair'] },
    { at: ['repair'], missing: ['IV', 'repair'] },
    { at: ['IV'], missing: ['IV'] },
  ] as const)('asks only what has no answer yet, stopped at $at', async ({ at, missing }) => {
    const { claude, write } = await aNewsroom();
    const honest = aModel({
      II: (asked) => lines(...honestLines(asked), { text: 'Nobody says this.' }),
    });
    const stop = new AbortController();
    claude.answer((request) => {
      const asked = askedOf({ requests: [request] })[0];
      if (!asked || !at.some((what) => what === asked.what)) return honest(request);
      stop.abort(new Error('the machine goes down'));
      return hang();
    });
    await expect(write({ signal: stop.signal })).rejects.toThrow('the machine goes down');
    const before = claude.requests.length;
    claude.answer(honest);
    const report = await write();
    expect(whatOf(askedOf(claude).slice(before)).toSorted()).toEqual(missing);
    expect(report.writing).toMatchObject({ written: 23, fallbacks: [], dropped: [{ part: 'II' }] });
  });
});
