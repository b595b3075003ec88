import { describe, expect, it } from 'vitest';

import { numbersOf } from '../../src/model/post.ts';
import type { Picture } from '../../src/model/picture.ts';
import type { Report } from '../../src/model/report.ts';
import type { Dropped } from '../../src/model/story.ts';
import { windowOf } from '../../src/model/window.ts';
import type { Database } from '../../src/store/database.ts';
import { advertisingOf } from '../../src/store/drops.ts';
import { storePosts } from '../../src/store/posts.ts';
import {
  daysNear,
  findReport,
  newestReport,
  picturesOf,
  reportsBetween,
  saveReport,
} from '../../src/store/reports.ts';
import { drops, stories } from '../../src/store/schema.ts';
import { freshDatabase } from '../support/database.ts';
import { aPost } from '../support/posts.ts';
import { aLine, aReport, NO_CURATION } from '../support/reports.ts';

const one = aPost({ id: 'one' });
const two = aPost({ id: 'two' });
const three = aPost({ id: 'three' });

async function databaseWithPosts(): Promise<Database> {
  const db = await freshDatabase();
  await db.transaction((tx) => storePosts(tx, 'twitter_ai', [one, two, three]));
  return db;
}

const picture: Picture = {
  kind: 'cloud',
  mime: 'image/jpeg',
  width: 16,
  height: 9,
  alt: ['Lumen 7', '开源'],
  bytes: Buffer.from([0xff, 0xd8, 0x00, 0x27]),
};

const report: Report = aReport({
  sections: [{ letter: 'A', name: 'Lumen 7 · 价格' }],
  lines: [
    aLine({ address: 'I.1', lead: 'Lumen 7', cites: ['two', 'one'] }),
    aLine({ address: 'II.1', part: 'II', impact: 'cheaper', cites: ['one'] }),
    aLine({ address: 'III.A.1', part: 'III', section: 'A', cites: ['three'] }),
  ],
});

function onDay(day: string, fields: Partial<Report> = {}): Report {
  return { ...report, window: windowOf(day, day, 'Asia/Shanghai'), ...fields };
}

const keyOf = ({ topic, window, language }: Report) => ({
  topic,
  from: window.from,
  to: window.to,
  language,
});

describe('a stored report', () => {
  it('comes back as it was, lines and citations in their order', async () => {
    const db = await databaseWithPosts();
    const saved = await saveReport(db, report, NO_CURATION, [picture]);
    expect(await findReport(db, keyOf(report))).toEqual({ ...report, id: saved.id });
    expect(await picturesOf(db, saved.id, 'image/jpeg')).toEqual([picture]);
  });

  it('is replaced by a newer one of the same days, under the same number', async () => {
    const db = await databaseWithPosts();
    const first = await saveReport(db, report, NO_CURATION, [picture]);
    const shorter = { ...report, sections: [], lines: report.lines.slice(0, 1) };
    const second = await saveReport(db, shorter, NO_CURATION, []);
    expect(second.id).toBe(first.id);
    expect(await findReport(db, keyOf(report))).toEqual({ ...shorter, id: first.id });
    expect(await picturesOf(db, first.id, 'image/jpeg')).toEqual([]);
  });

  it('stays as it was when the newer one cannot be stored', async () => {
    const db = await databaseWithPosts();
    const first = await saveReport(db, report, NO_CURATION, [picture]);
    const broken = { ...report, lines: [aLine({ cites: ['nobody has seen this post'] })] };
    await expect(saveReport(db, broken, NO_CURATION, [])).rejects.toThrow('citations');
    expect(await findReport(db, keyOf(report))).toEqual({ ...report, id: first.id });
  });

  it('keeps its stories with their sections, and what was left out with the reasons', async () => {
    const db = await databaseWithPosts();
    const story = {
      headline: one,
      posts: [one, two],
      voices: 3,
      numbers: numbersOf([one, two]),
      weight: 1,
      terms: ['Lumen 7'],
    };
    const stray = {
      headline: three,
      posts: [three],
      voices: 1,
      numbers: numbersOf([three]),
      weight: 0.1,
      terms: [],
    };
    await saveReport(
      db,
      report,
      {
        collected: 3,
        kept: [one, three],
        dropped: [{ post: two, reason: { kind: 'copy', of: 'one' } }],
        threads: [],
        stories: [story, stray],
        themes: [
          { name: 'told too little', stories: [stray] },
          { name: 'Lumen 7 · 价格', stories: [story] },
        ],
      },
      [],
    );
    expect(await db.select().from(stories)).toMatchObject([
      { position: 0, section: 'A', voices: 3, postIds: ['one', 'two'] },
      { position: 1, section: null, voices: 1, postIds: ['three'] },
    ]);
    expect(await db.select().from(drops)).toMatchObject([
      { postId: 'two', reason: { kind: 'copy', of: 'one' } },
    ]);
  });
});

describe('what a report left out as advertising', () => {
  it('comes back with its signs, oldest first, and nothing else that was left out', async () => {
    const db = await freshDatabase();
    const late = aPost({ id: 'a', createdAt: new Date('2026-01-29T05:00:00Z') });
    const early = aPost({ id: 'b', createdAt: new Date('2026-01-29T04:00:00Z') });
    await db.transaction((tx) => storePosts(tx, 'twitter_ai', [late, early, one, two]));
    const dropped: Dropped[] = [
      { post: late, reason: { kind: 'advertising', because: ['giveaway'] } },
      { post: one, reason: { kind: 'copy', of: 'two' } },
      { post: early, reason: { kind: 'advertising', because: ['hashtag-stuffing', 'ticker'] } },
      { post: two, reason: { kind: 'empty' } },
    ];
    const brief = aReport();
    const saved = await saveReport(db, brief, { ...NO_CURATION, dropped }, []);
    const other = await saveReport(db, { ...brief, language: 'en' }, NO_CURATION, []);
    expect(await advertisingOf(db, saved)).toEqual([
      { post: early, because: ['hashtag-stuffing', 'ticker'] },
      { post: late, because: ['giveaway'] },
    ]);
    expect(await advertisingOf(db, other)).toEqual([]);
  });
});

describe('looking for reports', () => {
  it('finds the newest by its day, in the language asked for', async () => {
    const db = await databaseWithPosts();
    for (const day of ['2026-01-28', '2026-01-30', '2026-01-29']) {
      await saveReport(db, onDay(day), NO_CURATION, []);
    }
    await saveReport(db, onDay('2026-01-31', { language: 'en' }), NO_CURATION, []);
    expect((await newestReport(db, 'twitter_ai', 'zh'))?.window.to).toBe('2026-01-30');
    expect((await newestReport(db, 'twitter_ai', 'en'))?.window.to).toBe('2026-01-31');
    expect(await newestReport(db, 'chips', 'zh')).toBeNull();
  });

  it('names the nearest days first', async () => {
    const db = await databaseWithPosts();
    for (const day of ['2026-01-20', '2026-01-27', '2026-02-03', '2025-12-01']) {
      await saveReport(db, onDay(day), NO_CURATION, []);
    }
    expect(await daysNear(db, 'twitter_ai', 'zh', '2026-01-29', 3)).toEqual([
      '2026-01-27',
      '2026-02-03',
      '2026-01-20',
    ]);
  });

  it('gives all within some days, oldest first, in every language unless one is asked for', async () => {
    const db = await databaseWithPosts();
    await saveReport(db, onDay('2026-01-29'), NO_CURATION, []);
    await saveReport(db, onDay('2026-01-28'), NO_CURATION, []);
    await saveReport(db, onDay('2026-01-28', { language: 'en' }), NO_CURATION, []);
    await saveReport(db, onDay('2026-02-01'), NO_CURATION, []);
    const days = (found: Report[]) => found.map((each) => `${each.window.to} ${each.language}`);
    const all = await reportsBetween(db, 'twitter_ai', '2026-01-28', '2026-01-31');
    expect(days(all)).toEqual(['2026-01-28 en', '2026-01-28 zh', '2026-01-29 zh']);
    const chinese = await reportsBetween(db, 'twitter_ai', '2026-01-28', '2026-01-31', 'zh');
    expect(days(chinese)).toEqual(['2026-01-28 zh', '2026-01-29 zh']);
  });
});
