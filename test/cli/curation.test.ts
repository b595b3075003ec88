import path from 'node:path';

import { describe, expect, it } from 'vitest';

import { newestReport } from '../../src/store/reports.ts';
import { takenBackOf } from '../../src/store/take-backs.ts';
import { databaseOf, placeWithPosts, TOPIC } from '../support/place.ts';
import { chorus, chorusProcess, temporaryFolder } from '../support/program.ts';
import { jsonl, ROWS } from '../support/rows.ts';

const DAY = ['--date', '2026-10-12'];

/** What `chorus VERB --json` says of the day. */
async function told(verb: string, { folder, env }: Awaited<ReturnType<typeof placeWithPosts>>) {
  const { out } = await chorus([verb, ...DAY, '--json'], folder, env);
  return JSON.parse(out);
}

describe('chorus curate', () => {
  it('shows every step with its count and examples, and stores nothing', async () => {
    const placed = await placeWithPosts();
    const { code, out } = await chorusProcess(['curate', ...DAY], placed.folder, placed.env);
    expect(code).toBe(0);
    expect(out).toMatch(/^Curation of 2026-10-12 \(twitter_ai\)\n/);
    expect(out).toMatch(/8 posts collected\n\nBy language: en 7, zh 1\n/);
    expect(out).toMatch(/1 post left out as advertising, 7 remain\n\n• 6 @spam_demo – \w.*\n/);
    expect(out).toMatch(/1 post left out as copies, 6 remain\n\n• 7 @copy_demo – copy of 1 @lumen/);
    expect(out).toMatch(/original: Lumen 7 is out: 600,000 tokens/);
    expect(out).toMatch(/0 posts left out as empty, 6 remain\n\n\d threads?/);
    expect(out).toMatch(/\d stor(?:y|ies)\n\n• \d @\w+ – \d voices?, \d posts?, .*likes/);
    expect(out).toMatch(/\d themes?, of \d/);
    const db = await databaseOf(placed);
    expect(await newestReport(db, TOPIC.key, TOPIC.language)).toBeNull();
  });

  it('accounts for every post with --json', async () => {
    const result = await told('curate', await placeWithPosts());
    expect(result).toMatchObject({
      topic: 'twitter_ai',
      window: { from: '2026-10-12', to: '2026-10-12', timeZone: 'UTC' },
      counts: { collected: 8, advertising: 1, copies: 1, empty: 0, kept: 6 },
      threads: [],
    });
    expect(result.dropped).toEqual([
      {
        id: '6',
        author: 'spam_demo',
        language: 'en',
        text: ROWS[5]?.text,
        reason: { kind: 'advertising', because: expect.any(Array) },
      },
      {
        id: '7',
        author: 'copy_demo',
        language: 'en',
        text: ROWS[6]?.text,
        reason: { kind: 'copy', of: '1' },
      },
    ]);
    const { stories, themes, languages } = result;
    const inStories = stories.flatMap((story: { posts: string[] }) => story.posts);
    expect(inStories.toSorted()).toEqual(['1', '2', '3', '4', '5', '8']);
    expect(stories[0]).toEqual({
      headline: result.kept.find(({ id }: { id: string }) => id === stories[0].posts[0]),
      posts: expect.any(Array),
      voices: expect.any(Number),
      numbers: expect.objectContaining({ likes: expect.any(Number), views: null }),
      terms: expect.any(Array),
      weight: expect.any(Number),
    });
    for (const { name, stories: places } of themes) {
      expect(name).not.toBe('');
      for (const place of places) expect(stories).toHaveProperty(String(place));
    }
    const counted = languages.reduce((sum: number, each: { posts: number }) => sum + each.posts, 0);
    expect(counted).toBe(8);
  });

  it('counts posts of unknown language', async () => {
    const rows = [
      { ...ROWS[0], lang: 'en' },
      { ...ROWS[1], lang: 'en' },
      { ...ROWS[7], text: '🌅 12:30', lang: 'und' },
    ];
    const { folder, env } = await placeWithPosts(jsonl(rows));
    const { out } = await chorus(['curate', ...DAY], folder, env);
    expect(out).toContain('By language: en 2, unknown 1');
  });
});

describe('chorus dropped', () => {
  it('lists what was left out as advertising, with its signs and what to do', async () => {
    const { folder, env } = await placeWithPosts();
    const { code, out } = await chorus(['dropped', ...DAY], folder, env);
    expect(code).toBe(0);
    expect(out).toMatch(
      /^1 post of 2026-10-12 left out as advertising\n─+\n\n• 6 @spam_demo – .*asks to follow[^•]*\n {2}GIVEAWAY! Follow me/,
    );
    expect(out).toContain('--take-back ID');
    expect(out).not.toContain('copy_demo');
  });

  it('lists what was left out for another reason', async () => {
    const placed = await placeWithPosts();
    const copies = [...DAY, '--reason', 'copy'];
    const shown = await chorus(['dropped', ...copies], placed.folder, placed.env);
    expect(shown.out).toContain('• 7 @copy_demo – copy of 1 @lumen_labs_demo');
    expect(shown.out).not.toContain('--take-back');
    const json = await chorus(['dropped', ...copies, '--json'], placed.folder, placed.env);
    expect(JSON.parse(json.out)).toMatchObject({
      topic: 'twitter_ai',
      dropped: [{ id: '7', author: 'copy_demo', reason: { kind: 'copy', of: '1' } }],
    });
    const none = await chorus(['dropped', ...DAY, '--reason', 'empty'], placed.folder, placed.env);
    expect(none).toMatchObject({ code: 0, out: expect.stringMatching(/^0 posts of 2026-10-12/) });
  });

  it('takes a post back for good: it stays back when posts and digest are made again', async () => {
    const placed = await placeWithPosts();
    const { folder, env } = placed;
    for (const _ of ['once', 'twice']) {
      const { code, out } = await chorus(['dropped', ...DAY, '--take-back', '6'], folder, env);
      expect(code).toBe(0);
      expect(out.replace(/\s+/g, ' ')).toContain(
        '1 post (6) taken back for good. It counts once the digest is made again: chorus digest --date 2026-10-12',
      );
    }
    await chorus(['import', path.join(folder, 'posts.jsonl')], folder, env);
    const { report } = await told('digest', placed);
    expect(report.counts).toMatchObject({ collected: 8, advertising: 0, kept: 7 });
    expect((await told('dropped', placed)).dropped).toEqual([]);
    expect((await told('curate', placed)).counts).toMatchObject({ advertising: 0, kept: 7 });
  });

  it('may be told twice of a post that is a copy once its text is back', async () => {
    const rows = [ROWS[0], ROWS[5], { ...ROWS[5], id: '60', author: 'spam_too_demo' }];
    const { folder, env } = await placeWithPosts(jsonl(rows));
    for (const _ of ['once', 'twice']) {
      const { code } = await chorus(['dropped', ...DAY, '--take-back', '60'], folder, env);
      expect(code).toBe(0);
    }
    const elsewhere = [
      'dropped',
      '--from',
      '2026-10-11',
      '--to',
      '2026-10-11',
      '--take-back',
      '60',
    ];
    expect((await chorus(elsewhere, folder, env)).code).not.toBe(0);
  });

  it('prints what it took back as JSON', async () => {
    const { folder, env } = await placeWithPosts();
    const args = ['dropped', ...DAY, '--take-back', '6', '--take-back', '6', '--json'];
    const { out } = await chorus(args, folder, env);
    expect(JSON.parse(out)).toMatchObject({ topic: 'twitter_ai', takenBack: ['6'] });
  });

  it('takes none back when one of them was not left out as advertising', async () => {
    const placed = await placeWithPosts();
    const refusals = [
      { id: 'nobody', code: 1, sentence: '"twitter_ai" has no post "nobody".' },
      { id: '7', code: 2, sentence: 'left out as copies; only advertising can be taken back' },
      { id: '1', code: 2, sentence: 'Post 1 is not left out' },
    ];
    for (const { id, code, sentence } of refusals) {
      const args = ['dropped', ...DAY, '--take-back', '6', '--take-back', id];
      const refused = await chorus(args, placed.folder, placed.env);
      expect(refused).toMatchObject({ code, out: '', err: expect.stringContaining(sentence) });
    }
    expect(await takenBackOf(await databaseOf(placed), TOPIC.key)).toEqual(new Set());
  });

  it('takes back posts of its window only, and says so', async () => {
    const next = { ...ROWS[0], id: '9', created_at: '2026-10-13T01:00:00Z' };
    const { folder, env } = await placeWithPosts(jsonl([...ROWS, next]));
    const args = ['dropped', '--date', '2026-10-13', '--take-back', '6'];
    const { code, err } = await chorus(args, folder, env);
    expect(code).toBe(2);
    expect(err).toContain('Post 6 is not among the posts of 2026-10-13');
  });
});

describe.each(['curate', 'dropped'])('chorus %s', (verb) => {
  it('says which days there are when a day has no posts', async () => {
    const { folder, env } = await placeWithPosts();
    const { code, out, err } = await chorus([verb, '--date', '2026-10-01'], folder, env);
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err).toContain(
      '"twitter_ai" has no posts on 2026-10-01. Its posts run from 2026-10-12 to 2026-10-12 (UTC).',
    );
  });

  it('lets no text of a post steer the terminal', async () => {
    const text = '\u009B2JGIVEAWAY\u202E\n• 99 @ada Follow me and RT [win](https://evil.example)';
    const { folder, env } = await placeWithPosts(jsonl([...ROWS, { ...ROWS[5], id: '10', text }]));
    const { out } = await chorus([verb, ...DAY], folder, env);
    expect(out).toContain('• 10 @spam_demo');
    expect(out).not.toMatch(/[^\P{Cc}\n]|\u202E|^• 99/mu);
  });

  it('ends with 2 when it is asked wrongly, before it opens anything', async () => {
    const folder = await temporaryFolder();
    const wrongs = [
      ['--date', '2026-02-30'],
      ['--from', '2026-10-01'],
      ['--topic', 'cars'],
      ['--reason', 'dull'],
      ['--reason', 'copy', '--take-back', '6'],
    ];
    for (const wrong of wrongs) {
      const { code, err } = await chorus([verb, ...wrong], folder);
      expect({ wrong, code }).toEqual({ wrong, code: 2 });
      expect(err.trim()).not.toBe('');
    }
  });
});
