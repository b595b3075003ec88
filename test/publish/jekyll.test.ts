import { readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';

import { describe, expect, it } from 'vitest';

import type { Picture } from '../../src/model/picture.ts';
import { windowOf } from '../../src/model/window.ts';
import { jekyllPost, nameOf, writeJekyll } from '../../src/publish/jekyll.ts';
import { aPost } from '../support/posts.ts';
import { temporaryFolder } from '../support/program.ts';
import { aLine, aReport } from '../support/reports.ts';
import { nodesOf, readPage } from './page.ts';

const NAME = 'twitter_ai_20260129_20260129';
const posts = new Map([['one', aPost({ id: 'one' })]]);
const report = aReport({ lines: [aLine({ cites: ['one'] })] });
const picture: Picture = {
  kind: 'cloud',
  mime: 'image/jpeg',
  width: 16,
  height: 9,
  alt: ['Lumen 7', 'a "quoted" {{ term }}', '开源'],
  bytes: Buffer.from([0xff, 0xd8]),
};

const matterOf = (fields: Parameters<typeof aReport>[0]) => {
  const dated = aReport(fields);
  return readPage(jekyllPost(dated, posts, nameOf(dated), [])).matter;
};

describe('the front matter', () => {
  it('has layout, title, date and the time of the post with the offset of the topic', () => {
    expect(readPage(jekyllPost(report, posts, NAME, [])).matter).toEqual({
      layout: 'post',
      title: NAME,
      date: '2026-01-29 10:01:58 +0800',
      posttime: '2026-01-29 10:01:58 +0800',
      permalink: `/${NAME}.html`,
    });
  });

  it('stands letter for letter as in the reports before', () => {
    const start = [
      '---',
      'layout: post',
      `title: "${NAME}"`,
      'date: "2026-01-29 10:01:58 +0800"',
      'posttime: "2026-01-29 10:01:58 +0800"',
    ];
    expect(jekyllPost(report, posts, NAME, [])).toContain(`${start.join('\n')}\n`);
  });

  it('dates a report that is made later on its own last day, and says when it was made', () => {
    expect(matterOf({ createdAt: new Date('2026-02-03T01:00:00Z') })).toMatchObject({
      date: '2026-01-29 23:59:59 +0800',
      posttime: '2026-02-03 09:00:00 +0800',
    });
  });

  it('knows the offset of the day, summer time and halves of hours', () => {
    const inZone = (day: string, zone: string) =>
      matterOf({ window: windowOf(day, day, zone), createdAt: new Date(`${day}T12:00:00Z`) })[
        'posttime'
      ];
    expect(inZone('2026-01-29', 'America/New_York')).toBe('2026-01-29 07:00:00 -0500');
    expect(inZone('2026-07-29', 'America/New_York')).toBe('2026-07-29 08:00:00 -0400');
    expect(inZone('2026-07-29', 'Asia/Kolkata')).toBe('2026-07-29 17:30:00 +0530');
    expect(inZone('2026-07-29', 'UTC')).toBe('2026-07-29 12:00:00 +0000');
  });
});

describe('the name of a report', () => {
  it('is its topic and the days of its window', () => {
    expect(nameOf(report)).toBe(NAME);
    const week = windowOf('2026-01-23', '2026-01-29', 'Asia/Shanghai');
    expect(nameOf(aReport({ window: week }))).toBe('twitter_ai_20260123_20260129');
  });

  it('ends with the language when that is not the language of the topic', () => {
    expect(nameOf(aReport({ language: 'en' }), 'zh')).toBe(`${NAME}_en`);
    expect(nameOf(aReport({ language: 'zh' }), 'zh')).toBe(NAME);
    expect(nameOf(aReport({ language: 'zh-Hant' }), 'zh')).toBe(`${NAME}_zh-Hant`);
  });
});

describe('the word cloud in the page', () => {
  it('is a picture beside the page, its strongest terms as title', () => {
    const { tree } = readPage(jekyllPost(report, posts, NAME, [picture]));
    expect(nodesOf(tree, 'image')).toMatchObject([
      {
        url: `wordcloud_${NAME}.jpg`,
        alt: '词云图',
        title: 'Lumen 7 · a "quoted" {{ term }} · 开源',
      },
    ]);
  });

  it('is not mentioned where there is none', () => {
    expect(jekyllPost(report, posts, NAME, [])).not.toMatch(/wordcloud|词云/);
  });
});

describe('publishing into the folder of a site', () => {
  it('lays the post into _posts and the picture beside, and says where they are', async () => {
    const folder = await temporaryFolder();
    const published = await writeJekyll(folder, report, posts, NAME, [picture]);
    expect(published).toEqual({
      post: path.join(folder, '_posts', `2026-01-29-${NAME}.md`),
      pictures: [{ kind: 'cloud', file: path.join(folder, `wordcloud_${NAME}.jpg`) }],
    });
    expect(await readFile(published.post, 'utf8')).toBe(jekyllPost(report, posts, NAME, [picture]));
    expect(await readFile(published.pictures[0]?.file ?? '')).toEqual(picture.bytes);
    expect((await readdir(folder)).toSorted()).toEqual(['_posts', `wordcloud_${NAME}.jpg`]);
    expect(await readdir(path.join(folder, '_posts'))).toHaveLength(1);
  });

  it('replaces what an earlier run wrote, a picture that is no more too', async () => {
    const folder = await temporaryFolder();
    await writeJekyll(folder, report, posts, NAME, [picture]);
    await writeFile(path.join(folder, 'about.md'), 'mine');
    const again = await writeJekyll(folder, report, posts, NAME, []);
    expect(again.pictures).toEqual([]);
    expect((await readdir(folder)).toSorted()).toEqual(['_posts', 'about.md']);
    expect(await readFile(again.post, 'utf8')).not.toContain('wordcloud');
  });
});
