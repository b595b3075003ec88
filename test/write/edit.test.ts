import { describe, expect, it } from 'vitest';

import type { Problem } from '../../src/model/verdict.ts';
import { type Behaviour, refusal } from '../fakes/claude.ts';
import {
  type Asked,
  askedOf,
  aModel,
  honestLines,
  lines,
  type SaidLine,
  verdicts,
} from '../support/model.ts';
import { aNewsroom } from '../support/newsroom.ts';

/** Lines that may not stand, each with what is wrong with it and the same line mended. */
const FAULTY: readonly {
  readonly said: SaidLine;
  readonly problems: readonly Problem[];
  readonly reason: string;
  readonly mended: SaidLine;
}[] = [
  {
    said: { text: 'Kip robots drop about one item in 900.', posts: ['p2', 'p999'] },
    problems: [{ kind: 'unknown-citation', what: 'p999' }],
    reason: 'it named a post that is not there: p999',
    mended: { text: 'Kip robots drop about one item in 900.', posts: ['p2'] },
  },
  {
    said: { text: 'Glass bottles still go to people at the far belt.' },
    problems: [{ kind: 'no-citation' }],
    reason: 'it named no post',
    mended: { text: 'Glass bottles still go to people at the far belt.', posts: ['p2'] },
  },
  {
    said: { text: 'A loader for Tidebook took Lena Brix 41 lines.', posts: ['p4'] },
    problems: [{ kind: 'number', what: '41' }],
    reason: 'its posts do not have the figure 41',
    mended: { text: 'A loader for Tidebook took Lena Brix twenty lines.', posts: ['p4'] },
  },
  {
    said: { text: 'Short answers became slower, says Otto Blum.', posts: ['p7'] },
    problems: [{ kind: 'name', what: 'Otto Blum' }],
    reason: 'its posts do not speak of, or are not by, Otto Blum',
    mended: { text: 'Short answers became slower, says Wei Han.', posts: ['p7'] },
  },
  {
    said: { text: '云服务商把推理服务恢复了，客户得到一笔补偿。', posts: ['p8'] },
    problems: [{ kind: 'language' }],
    reason: 'it was in another language',
    mended: { text: 'Customers of Quay Cloud get a credit of 10%.', posts: ['p8'] },
  },
  {
    said: { text: 'Nora Vale sends dates as text: https://vale.example/x', posts: ['p9'] },
    problems: [{ kind: 'markup', what: 'https://vale.example/x' }],
    reason: 'it held a link, a mention or markup: https://vale.example/x',
    mended: { text: 'Nora Vale now sends every date as plain text.', posts: ['p9'] },
  },
  {
    said: { text: 'In one prompt Lumen 7 reads 600,000 tokens, @everyone.', posts: ['p5'] },
    problems: [
      { kind: 'markup', what: '@everyone' },
      { kind: 'name', what: '@everyone' },
    ],
    reason: 'it held a link, a mention or markup: @everyone',
    mended: { text: 'In one prompt Lumen 7 reads 600,000 tokens.', posts: ['p5'] },
  },
];

const saidIn = FAULTY.map(({ said }) => said);
const countOf = (asked: readonly Asked[], what: Asked['what']) =>
  asked.filter((each) => each.what === what).length;

/** A report whose facts are given; what is asked to be mended is answered as given. */
async function reportWith(
  facts: readonly SaidLine[],
  repair: (asked: Asked) => Behaviour,
  more: Parameters<typeof aModel>[0] = {},
) {
  const { claude, write } = await aNewsroom();
  claude.answer(aModel({ II: () => lines(...facts), repair, ...more }));
  const report = await write();
  return {
    report,
    facts: report.lines.filter(({ part }) => part === 'II'),
    asked: askedOf(claude),
  };
}

describe('lines that their posts do not carry', () => {
  it('are all sent back once, each with the reason', async () => {
    const { asked } = await reportWith(saidIn, () => lines(...saidIn));
    const repair = asked.find(({ what }) => what === 'repair');
    expect(countOf(asked, 'repair')).toBe(1);
    expect(repair?.numbered).toHaveLength(FAULTY.length);
    for (const [index, { said, reason }] of FAULTY.entries()) {
      expect(repair?.numbered[index]).toContain(said.text);
      expect(repair?.numbered[index]).toContain(`   - ${reason}\n`);
    }
  });

  it('stand once they are mended, and the report keeps what was wrong', async () => {
    const { report, facts } = await reportWith(saidIn, () =>
      lines(...FAULTY.map(({ mended }) => mended)),
    );
    expect(facts.map(({ text, verdict }) => ({ text, verdict }))).toEqual(
      FAULTY.map(({ mended, problems }) => ({
        text: mended.text,
        verdict: { kind: 'repaired', by: 'rules', problems },
      })),
    );
    expect(report.writing).toMatchObject({ repaired: FAULTY.length, dropped: [], fallbacks: [] });
  });

  it.each([
    ['come back as wrong as before', () => lines(...saidIn)],
    ['come back empty', () => lines(...saidIn.map(() => ({})))],
    ['do not come back', () => refusal()],
  ])('are dropped where they %s, and listed with what is wrong', async (_, repair) => {
    const honest = { text: 'Tidebook covers 38 harbours from 1987 to 2025.', posts: ['p3'] };
    const { report, facts } = await reportWith([...saidIn, honest], repair);
    expect(facts.map(({ text }) => text)).toEqual([honest.text]);
    expect(report.writing?.repaired).toBe(0);
    expect(report.writing?.dropped).toEqual(
      FAULTY.map(({ said, problems }) => ({ part: 'II', words: said.text, problems })),
    );
  });

  it('are asked for once more where there are too few of them, then dropped', async () => {
    const { report, asked } = await reportWith(saidIn, () => lines({}));
    const repairs = asked.filter(({ what }) => what === 'repair');
    expect(repairs).toHaveLength(2);
    expect(repairs[1]?.words).toContain(`It has 1 lines, not ${FAULTY.length}.`);
    expect(report.writing?.dropped).toHaveLength(FAULTY.length);
  });

  it('are sent back once for all parts together, and once for the advice', async () => {
    const wrong = (asked: Asked) =>
      lines(...honestLines(asked), {
        text: `No post carries this for ${asked.words.slice(0, 30)}`,
      });
    const { claude, write } = await aNewsroom();
    claude.answer(aModel({ I: wrong, II: wrong, III: wrong, IV: wrong }));
    const { writing } = await write();
    const repairs = askedOf(claude).filter(({ what }) => what === 'repair');
    expect(repairs.map(({ numbered }) => numbered.length)).toEqual([5, 1]);
    expect(writing?.dropped.map(({ part }) => part)).toEqual([
      'I',
      'II',
      'III.A',
      'III.B',
      'III.C',
      'IV',
    ]);
  });

  it('are those that tell again what stands elsewhere in the report', async () => {
    const again = {
      text: 'Ferro Robotics opens the Maren warehouse with 118 Kip robots',
      posts: ['p1'],
    };
    const { report } = await reportWith([again], () => lines(again));
    expect(report.writing?.dropped).toMatchObject([
      { part: 'II', problems: [{ kind: 'repeated', what: expect.stringContaining('118 Kip') }] },
    ]);
  });

  it('are not those that tell what a faulty line told', async () => {
    const faulty = { text: 'The bill for 41 questions was $3.10, @everyone.', posts: ['p6'] };
    const { report } = await reportWith([faulty], () => lines({}));
    expect(report.writing?.dropped.map(({ words }) => words)).toEqual([faulty.text]);
    const told = report.lines.filter(({ section }) => section === 'B');
    expect(told.map(({ text }) => text)).toContain('The bill for 41 questions was $3.10.');
  });

  it('are advice that tells again what stands in the report', async () => {
    const again = { text: 'Quay Cloud restored its inference service after 74 minutes.' };
    const { report } = await reportWith([{ ...again, posts: ['p8'] }], () => lines({}), {
      I: () => refusal(),
      IV: () => lines({ ...again, basis: ['II.1'] }),
    });
    expect(report.writing?.dropped).toEqual([
      { part: 'IV', words: again.text, problems: [{ kind: 'repeated', what: again.text }] },
    ]);
  });

  it.each([
    ['an address in wide letters', 'ｈｔｔｐｓ：／／ｋｉｐ．example', 'markup'],
    ['an address with its dots in brackets', 'kip[.]example/now', 'markup'],
    ['an address with its dots in words', 'kip(dot)example', 'markup'],
    ['an address of data', 'data:text/html;base64,PHN', 'markup'],
    ['a script', 'javascript:alert(1)', 'markup'],
    ['a table', '| 1 | row |', 'markup'],
    ['a rule', '---', 'markup'],
    ['a footnote', '[^1]', 'markup'],
    ['options of kramdown', '{:.wide}', 'markup'],
    ['the end of a comment', '-->', 'markup'],
    ['marks piled upon a letter', `i${'\u0336\u0353'.repeat(4)}`, 'markup'],
    ['words without an end', 'robots '.repeat(200).trim(), 'length'],
  ])('are those that hold %s', async (_, held, kind) => {
    const { report } = await reportWith(
      [{ text: `The Kip robots of Ferro Robotics ${held}`, posts: ['p1'] }],
      () => lines({}),
    );
    const kinds = report.writing?.dropped.flatMap(({ problems }) =>
      problems.map((each) => each.kind),
    );
    expect(kinds).toContain(kind);
  });

  it('are not those whose words only look like marks', async () => {
    const fine = [
      { text: 'Lumen Labs found in its own data: 94% of the planted facts.', posts: ['p5'] },
      {
        text: 'A loader – twenty lines – was all that Lena Brix [of Tidebook] took.',
        posts: ['p4'],
      },
    ];
    const { report } = await reportWith(fine, () => lines({}, {}));
    expect(report.writing?.dropped).toEqual([]);
  });

  it('are English ones in a Chinese report', async () => {
    const { claude, write } = await aNewsroom({ language: 'zh' });
    const chinese = {
      text: 'Ferro Robotics 称，一台 Kip 机器人每小时拣选 310 件商品。',
      posts: ['p1'],
    };
    claude.answer(
      aModel({
        I: () => refusal(),
        II: (asked) => lines(...honestLines(asked).slice(0, 1), chinese),
        III: () => refusal(),
        IV: () => refusal(),
      }),
    );
    const report = await write();
    expect(report.writing?.dropped).toEqual([
      {
        part: 'II',
        words: 'A Kip robot picks 310 items an hour, by our own count.',
        problems: [{ kind: 'language' }],
      },
    ]);
    expect(report.lines).toContainEqual(
      expect.objectContaining({ text: chinese.text, verdict: { kind: 'supported', by: 'rules' } }),
    );
  });
});

describe('lines that the rules only suspect', () => {
  const surer = { text: 'Maren is the first warehouse with 118 Kip robots.', posts: ['p1'] };
  const unlike = {
    text: 'Machines carried parcels quietly beside tired humans overnight.',
    posts: ['p2'],
  };
  const overstated: Problem = { kind: 'overstated', what: 'the first' };

  it('are judged by a second model, all in one call, and stand where it finds them carried', async () => {
    const { facts, asked, report } = await reportWith([surer, unlike], () => lines({}, {}));
    const checks = asked.filter(({ what }) => what === 'check');
    expect(checks).toHaveLength(1);
    expect(checks[0]?.numbered).toEqual([
      expect.stringContaining(surer.text),
      expect.stringContaining(unlike.text),
    ]);
    expect(facts.map(({ text, verdict }) => ({ text, verdict }))).toEqual(
      [surer, unlike].map(({ text }) => ({ text, verdict: { kind: 'supported', by: 'model' } })),
    );
    expect(report.writing).toMatchObject({ repaired: 0, dropped: [] });
    expect(countOf(asked, 'repair')).toBe(0);
  });

  it('go to a model of its own, which sees the cited posts and no others', async () => {
    const { claude, write } = await aNewsroom();
    claude.answer(aModel({ II: () => lines(surer) }));
    await write();
    const check = claude.requests.find(({ body }) => body.model === 'claude-haiku-5-5');
    const shown = JSON.stringify(check?.body.messages);
    expect(shown).toContain('Two technicians look after the whole hall at night.');
    expect(shown).not.toContain('Tidebook');
  });

  it('are sent back with the words of that model where it finds them not carried', async () => {
    const why = 'the post does not say that it is the first';
    const mended = { text: 'Two technicians look after the hall at night.', posts: ['p1'] };
    const { facts, asked, report } = await reportWith([surer, unlike], () => lines(mended, {}), {
      III: () => lines(),
      check: () => verdicts(why, why),
    });
    const repair = asked.find(({ what }) => what === 'repair');
    expect(repair?.numbered[0]).toContain(`a second reader: ${why}`);
    const problems = [{ kind: 'judged', what: why }];
    expect(facts).toMatchObject([{ text: mended.text, verdict: { kind: 'repaired', problems } }]);
    expect(report.writing?.dropped).toEqual([{ part: 'II', words: unlike.text, problems }]);
  });

  it.each([
    ['refuses', () => refusal()],
    ['says nothing about them', () => verdicts()],
  ])('are faulty by the rules where that model %s', async (_, check) => {
    const { report } = await reportWith([surer], () => lines({}), { check });
    expect(report.writing?.dropped).toEqual([
      { part: 'II', words: surer.text, problems: [overstated] },
    ]);
  });

  it('are faulty by the rules where no model is to judge them', async () => {
    const { claude, write } = await aNewsroom({ models: { check: null } });
    claude.answer(aModel({ II: () => lines(surer) }));
    const { writing } = await write();
    expect(writing?.dropped).toEqual([{ part: 'II', words: surer.text, problems: [overstated] }]);
    expect(countOf(askedOf(claude), 'check')).toBe(0);
  });

  it('are not judged where the rules know already that they are wrong', async () => {
    const wrong = { ...surer, text: 'Maren is the first warehouse with 811 Kip robots.' };
    const { report, asked } = await reportWith([wrong], () => lines(wrong));
    expect(countOf(asked, 'check')).toBe(0);
    expect(report.writing?.dropped).toMatchObject([
      { problems: [{ kind: 'number', what: '811' }, overstated] },
    ]);
  });
});
