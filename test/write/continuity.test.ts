import { describe, expect, it } from 'vitest';

import { windowOf } from '../../src/model/window.ts';
import { jekyllPost, nameOf } from '../../src/publish/jekyll.ts';
import type { EarlierReport } from '../../src/write/continuity.ts';
import { askedOf, aModel, honestLines, lines } from '../support/model.ts';
import { aNewsroom, NEWS } from '../support/newsroom.ts';
import { aPost } from '../support/posts.ts';
import { aLine } from '../support/reports.ts';

const planned = aPost({
  id: 'old-1',
  author: 'ferro_robotics_demo',
  authorName: 'Ferro Robotics',
  text: 'Ferro Robotics plans a warehouse at Maren for 36 million euros, with Kip robots only.',
  createdAt: new Date('2026-10-10T09:00:00Z'),
});
const recalled = aPost({
  id: 'old-2',
  author: 'boreal_demo',
  authorName: 'Boreal Dynamics',
  text: 'Boreal Dynamics recalls 4,100 Snowdrop drones after fires in their chargers.',
  createdAt: new Date('2026-10-10T10:00:00Z'),
});

const SUPPORTED = { kind: 'supported', by: 'rules' } as const;

/** The report of a day, of the plan for Maren and of the recall. */
function reportOf(day: string): EarlierReport {
  return {
    report: {
      window: windowOf(day, day, 'UTC'),
      lines: [
        aLine({
          address: 'I.1',
          lead: 'Boreal Dynamics recalls its drones',
          text: 'Boreal Dynamics recalls 4,100 Snowdrop drones.',
          cites: [recalled.id],
          verdict: SUPPORTED,
        }),
        aLine({
          address: 'II.1',
          part: 'II',
          text: 'Ferro Robotics plans a warehouse at Maren for 36 million euros.',
          cites: [planned.id],
          verdict: SUPPORTED,
        }),
        aLine({
          address: 'IV.1',
          part: 'IV',
          text: 'Ask Ferro Robotics for a visit at Maren.',
          cites: [planned.id],
          basis: ['II.1'],
          verdict: SUPPORTED,
        }),
      ],
    },
    posts: new Map([planned, recalled].map((post) => [post.id, post])),
  };
}

const BEFORE = [reportOf('2026-10-10')];
const GOES_ON = '# Earlier reports on stories that may go on';
const GONE = '# Told in the last days, not spoken of today';

/** What stands under a heading of the evidence, to the next one. */
function under(heading: string, evidence: string): string[] {
  const rows = evidence.split('\n');
  const from = rows.indexOf(heading) + 1;
  const length = rows.slice(from).findIndex((row) => !/^e\d/.test(row));
  return from === 0 ? [] : rows.slice(from, from + length);
}

async function evidenceWith(earlier: readonly EarlierReport[]) {
  const { claude, write } = await aNewsroom({ earlier });
  claude.answer(aModel());
  await write();
  return askedOf(claude)[0]?.evidence ?? '';
}

/** The report of today, its brief or its facts as given. */
async function reportWith(answers: Parameters<typeof aModel>[0], earlier = BEFORE) {
  const { claude, write } = await aNewsroom({ earlier });
  claude.answer(aModel(answers));
  return { report: await write(), asked: askedOf(claude) };
}

describe('earlier reports', () => {
  it('are shown to the model with marks of their lines and their posts, but for their advice', async () => {
    const evidence = await evidenceWith(BEFORE);
    expect(under(GOES_ON, evidence)).toEqual([
      'e1 2026-10-10 II.1 [p1]: Ferro Robotics plans a warehouse at Maren for 36 million euros.',
    ]);
    expect(under(GONE, evidence)).toEqual([
      'e2 2026-10-10 I.1 [p2]: Boreal Dynamics recalls its drones – Boreal Dynamics recalls 4,100 Snowdrop drones.',
    ]);
    expect(evidence).not.toContain('Ask Ferro Robotics');
  });

  it('are not mentioned where there are none', async () => {
    expect(await evidenceWith([])).not.toMatch(/^(?:#|e\d)/m);
  });

  it('are asked for what disappeared only where they are of the last three', async () => {
    const unrelated = (day: string): EarlierReport => ({
      report: { window: windowOf(day, day, 'UTC'), lines: [] },
      posts: new Map(),
    });
    const newer = ['2026-10-11', '2026-10-10', '2026-10-09'].map(unrelated);
    const oldest = reportOf('2026-10-08');
    expect(under(GONE, await evidenceWith([...newer.slice(1), oldest]))).toHaveLength(1);
    const evidence = await evidenceWith([...newer, oldest]);
    expect(under(GONE, evidence)).toEqual([]);
    expect(under(GOES_ON, evidence)).toHaveLength(1);
  });
});

describe('a line that goes on from an earlier one', () => {
  const opened = {
    text: 'The Maren warehouse of Ferro Robotics opens with 118 Kip robots, planned for 36 million euros.',
    posts: ['p3'],
  };

  it('says from which, and may use what that one told', async () => {
    const { report } = await reportWith({ II: () => lines({ ...opened, continues: 'e1' }) });
    const line = report.lines.find(({ address }) => address === 'II.1');
    expect(line).toMatchObject({
      text: opened.text,
      cites: ['news-4'],
      continues: { from: '2026-10-10', to: '2026-10-10', address: 'II.1' },
      verdict: SUPPORTED,
    });
    expect(Object.keys(line?.continues ?? {})).toEqual(['from', 'to', 'address']);
  });

  it('leads to it in the published page', async () => {
    const { report } = await reportWith({ II: () => lines({ ...opened, continues: 'e1' }) });
    const posts = new Map(NEWS.map((post) => [post.id, post]));
    const page = jekyllPost(report, posts, nameOf(report), []);
    expect(page).toContain('Update: ');
    expect(page).toContain('](twitter_ai_20261010_20261010.html#II.1)');
  });

  it('may not use it where it does not say so, or names a line that was not shown', async () => {
    const { report } = await reportWith({
      II: () => lines(opened, { ...opened, text: `Now open: ${opened.text}`, continues: 'e9' }),
    });
    expect(report.writing?.dropped).toMatchObject([
      { words: opened.text, problems: [{ kind: 'number' }] },
      { problems: [{ kind: 'number' }] },
    ]);
  });

  it('is a new one where the earlier line was not shown', async () => {
    const text = 'A Kip robot picks 310 items an hour, says Ferro Robotics.';
    const { report } = await reportWith({
      II: () => lines({ text, posts: ['p3'], continues: 'e9' }),
    });
    expect(report.lines).toContainEqual(expect.objectContaining({ text, continues: null }));
  });

  it('may cite the posts of earlier days', async () => {
    const text = 'Ferro Robotics plans a warehouse for 36 million euros.';
    const { report } = await reportWith({ II: () => lines({ text, posts: ['p1', 'p3'] }) });
    expect(report.lines).toContainEqual(
      expect.objectContaining({ text, cites: ['old-1', 'news-4'], verdict: SUPPORTED }),
    );
  });
});

describe('the brief', () => {
  it('may say that nobody speaks of a matter any more, citing what was told of it', async () => {
    const quiet = {
      lead: 'No word of the recall',
      text: 'The recall of 4,100 Snowdrop drones by Boreal Dynamics is not spoken of today.',
      posts: ['p2'],
    };
    const { report } = await reportWith({ I: (asked) => lines(...honestLines(asked), quiet) });
    expect(report.lines).toContainEqual(
      expect.objectContaining({ text: quiet.text, cites: ['old-2'], verdict: SUPPORTED }),
    );
    expect(report.counts.cited).toBe(8);
  });

  it('has no headline of an earlier day again: such a one is sent back, and dropped', async () => {
    const again = {
      lead: 'Boreal Dynamics recalls its drones',
      text: 'Fires in chargers of Snowdrop drones.',
      posts: ['p2'],
    };
    const { report, asked } = await reportWith({
      I: (each) => lines(...honestLines(each), again),
      repair: () => lines(again),
    });
    const repair = asked.find(({ what }) => what === 'repair');
    expect(repair?.numbered).toEqual([
      expect.stringContaining(`it stands elsewhere already: ${again.lead}`),
    ]);
    expect(report.lines.map(({ lead }) => lead)).not.toContain(again.lead);
    expect(report.writing?.dropped).toMatchObject([
      { part: 'I', problems: [{ kind: 'repeated', what: again.lead }] },
    ]);
  });

  it('may tell the same matter under a headline of its own', async () => {
    const anew = {
      lead: 'Chargers catch fire',
      text: 'Fires in chargers of Snowdrop drones.',
      posts: ['p2'],
    };
    const { report } = await reportWith({
      I: (each) =>
        lines(...honestLines(each), { ...anew, lead: 'Boreal Dynamics recalls its drones' }),
      repair: () => lines(anew),
    });
    expect(report.lines).toContainEqual(
      expect.objectContaining({
        lead: anew.lead,
        verdict: expect.objectContaining({ kind: 'repaired' }),
      }),
    );
  });
});
