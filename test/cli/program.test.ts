import { spawnSync } from 'node:child_process';
import { closeSync, existsSync, openSync } from 'node:fs';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';

import { describe, expect, it } from 'vitest';

import { place, placeWithDigest, placeWithPosts } from '../support/place.ts';
import { chorus, chorusProcess, inFolder, temporaryFolder } from '../support/program.ts';
import { jsonl, ROWS } from '../support/rows.ts';

/** Where every write fails for want of space. */
const FULL_DISK = '/dev/full';

/** Runs the program where relative names of files are those of the folder. */
const chorusIn = (args: readonly string[], folder: string, env: Readonly<Record<string, string>>) =>
  inFolder(folder, () => chorus(args, folder, env));

describe('chorus', () => {
  it('shows its verbs, and ends with 2 when asked wrongly', async () => {
    const folder = await temporaryFolder();
    const help = await chorus(['--help'], folder);
    expect(help).toMatchObject({ code: 0, err: '' });
    expect(help.out).toMatch(/import .*\n(.*\n)*.*digest/);
    for (const wrong of [[], ['sing'], ['digest', '--colour'], ['import']]) {
      const { code, err } = await chorus(wrong, folder);
      expect({ wrong, code }).toEqual({ wrong, code: 2 });
      expect(err).not.toMatch(/ at .*:\d+:\d+/);
    }
  });

  it.runIf(existsSync(FULL_DISK))('ends with 1, and says so, when its output is lost', async () => {
    const full = openSync(FULL_DISK, 'w');
    const { status, stderr } = spawnSync(
      process.execPath,
      [path.resolve('src/main.ts'), '--help'],
      {
        stdio: ['ignore', full, 'pipe'],
        encoding: 'utf8',
      },
    );
    closeSync(full);
    expect({ status, stderr }).toEqual({
      status: 1,
      stderr: expect.stringMatching(/^The output was lost: .*no space.*\n$/),
    });
  });

  it('ends with 2 and every error of a wrong configuration', async () => {
    const { folder, env } = await place();
    await writeFile(
      path.join(folder, 'chorus.yaml'),
      'topics:\n  ai:\n    language: klingon\n    zone: x\n',
    );
    const { code, err } = await chorus(['digest'], folder, env);
    expect(code).toBe(2);
    expect(err).toContain('chorus.yaml:3: topics.ai.language');
    expect(err).toContain('chorus.yaml:4: topics.ai.zone is not a setting');
  });

  it('reads the environment from .env', async () => {
    const { folder, env } = await place();
    await writeFile(path.join(folder, '.env'), `DATABASE_URL=${env.DATABASE_URL}\n`);
    const { code, out } = await chorusProcess(['import', 'posts.jsonl'], folder);
    expect(out).toContain('8 new');
    expect(code).toBe(0);
    expect(await readdir(path.join(folder, '.data'))).toEqual(['chorus.log']);
  });

  it('says in a sentence that the database cannot be reached, and never its password', async () => {
    const folder = await temporaryFolder();
    const env = { DATABASE_URL: 'postgresql://me:hush-hush@127.0.0.1:9/x' };
    const { code, err } = await chorus(['digest'], folder, env);
    expect(code).toBe(1);
    expect(err).toBe('No PostgreSQL answers at 127.0.0.1:9. Look at DATABASE_URL.\n');
    const log = await readFile(path.join(folder, '.data', 'chorus.log'), 'utf8');
    expect(log).toContain('ECONNREFUSED');
    expect(log).not.toContain('hush-hush');
  });
});

describe('chorus import', () => {
  it('stores posts, and nothing more when it is repeated', async () => {
    const { folder, env } = await place();
    const first = await chorusIn(['import', 'posts.jsonl'], folder, env);
    expect(first.code).toBe(0);
    expect(first.out).toBe('jsonl     posts.jsonl: 8 new, 0 updated, 0 unchanged\n');
    const second = await chorusIn(['import', 'posts.jsonl'], folder, env);
    expect(second.out).toBe('jsonl     posts.jsonl: 0 new, 0 updated, 8 unchanged\n');
  });

  it('skips a bad row with its place and reason, and keeps the rest', async () => {
    const bad = [...ROWS.slice(0, 3), { ...ROWS[3], created_at: 'yesterday' }, ...ROWS.slice(4)];
    const { folder, env } = await place(jsonl(bad));
    const { code, out } = await chorusIn(['import', 'posts.jsonl'], folder, env);
    expect(code).toBe(0);
    expect(out).toContain('7 new');
    expect(out).toMatch(/skipped +posts\.jsonl:4: "created_at".*"yesterday"/);
  });

  it('lists the first 20 bad rows, and all of them with --verbose', async () => {
    const { folder, env } = await place(jsonl(ROWS) + '{"id": 1}\n'.repeat(25));
    const short = await chorusIn(['import', 'posts.jsonl'], folder, env);
    expect(short.out.match(/^skipped/gm)).toHaveLength(20);
    expect(short.out).toContain('and 5 more');
    const long = await chorusIn(['import', 'posts.jsonl', '--verbose'], folder, env);
    expect(long.out.match(/^skipped/gm)).toHaveLength(25);
  });

  it('stops at a bad row with --strict, and stores nothing of its file', async () => {
    const { folder, env } = await place(`${jsonl(ROWS)}garbage\n`);
    const strict = await chorusIn(['import', '--strict', 'posts.jsonl'], folder, env);
    expect(strict.code).toBe(1);
    expect(strict.err).toContain('posts.jsonl:9: ');
    const after = await chorusIn(['import', 'posts.jsonl'], folder, env);
    expect(after.out).toContain('8 new');
  });

  it('refuses what is no file of posts by name, and reads the others', async () => {
    const { folder, env } = await place();
    await writeFile(path.join(folder, 'empty.jsonl'), '');
    await writeFile(path.join(folder, 'noise.bin'), Buffer.from([0, 1, 2, 255, 254, 10, 0]));
    const args = ['import', 'empty.jsonl', 'noise.bin', 'gone.jsonl', 'posts.jsonl'];
    const { code, out } = await chorusIn(args, folder, env);
    expect(code).toBe(1);
    expect(out).toContain('refused   empty.jsonl is empty.');
    expect(out).toContain('refused   noise.bin has no known form.');
    expect(out).toContain('refused   There is no file gone.jsonl.');
    expect(out).toContain('posts.jsonl: 8 new');
  });

  it('prints one JSON object with --json', async () => {
    const { folder, env } = await place();
    const { out } = await chorusIn(['import', '--json', 'posts.jsonl'], folder, env);
    expect(JSON.parse(out)).toEqual({
      files: [
        {
          kind: 'imported',
          file: 'posts.jsonl',
          format: 'jsonl',
          added: 8,
          updated: 0,
          unchanged: 0,
          skipped: [],
        },
      ],
    });
  });
});

describe('chorus digest', () => {
  it('makes a report, its picture and its Jekyll post', async () => {
    const { folder, env } = await placeWithPosts();
    const { code, out } = await chorusProcess(['digest', '--date', '2026-10-12'], folder, env);
    expect(code).toBe(0);
    expect(out).toContain(
      'twitter_ai'.replace('twitter_ai', 'Twitter Ai 报告 (2026-10-12 至 2026-10-12)'),
    );
    expect(out).toContain('剔除广告 1 条、重复 1 条');
    const name = 'twitter_ai_20261012_20261012';
    const post = await readFile(path.join(folder, `out/_posts/2026-10-12-${name}.md`), 'utf8');
    expect(post).toContain(`title: "${name}"`);
    expect(post).toContain(`](wordcloud_${name}.jpg`);
    const picture = await readFile(path.join(folder, `out/wordcloud_${name}.jpg`));
    expect(picture.subarray(0, 3).toString('hex')).toBe('ffd8ff');
  });

  it('writes in the language and the folder that are asked for', async () => {
    const { folder, env } = await placeWithPosts();
    const args = ['digest', '--date', '2026-10-12', '--language', 'en', '--out', 'site', '--json'];
    const { code, out } = await chorus(args, folder, env);
    expect(code).toBe(0);
    const result = JSON.parse(out);
    expect(result.report).toMatchObject({ language: 'en', writer: 'extract', topic: 'twitter_ai' });
    expect(result.report.lines[0].cites.length).toBeGreaterThan(0);
    expect(result.published.post).toBe(
      path.join(folder, 'site/_posts/2026-10-12-twitter_ai_20261012_20261012_en.md'),
    );
  });

  it('keeps a report in a language without headings of its own beside the others', async () => {
    const { folder, env } = await placeWithDigest();
    const args = ['digest', '--date', '2026-10-12', '--language', 'zh-hant', '--json'];
    const traditional = JSON.parse((await chorus(args, folder, env)).out);
    expect(traditional.report.language).toBe('zh-Hant');
    const portuguese = await chorus(args.with(4, 'pt-br'), folder, env);
    const { report, published } = JSON.parse(portuguese.out);
    expect(report.language).toBe('pt-BR');
    expect(path.basename(published.post)).toBe('2026-10-12-twitter_ai_20261012_20261012_pt-BR.md');
    expect(await readFile(published.post, 'utf8')).toContain('Ⅰ Brief');
    expect(await readFile(traditional.published.post, 'utf8')).toContain('Ⅰ 简明概要');
    expect(await readdir(path.join(folder, 'out/_posts'))).toHaveLength(3);
    const said = await chorus(['chat', '--language', 'pt-BR'], folder, env, '/digest\n');
    expect(said.out).toContain('Ⅰ Brief');
  });

  it('says which days there are when a day has no posts, and makes nothing', async () => {
    const { folder, env } = await placeWithPosts();
    const { code, err } = await chorus(['digest', '--date', '2026-10-01'], folder, env);
    expect(code).toBe(1);
    expect(err).toContain('has no posts on 2026-10-01');
    expect(err).toContain('from 2026-10-12 to 2026-10-12 (UTC)');
    expect(await readdir(folder)).not.toContain('out');
  });

  it('ends with 2 when it is asked for what makes no sense, before it opens anything', async () => {
    const folder = await temporaryFolder();
    const wrongs = [
      ['--date', '2026-02-30'],
      ['--date', '2026-10-12', '--from', '2026-10-01', '--to', '2026-10-02'],
      ['--from', '2026-10-01'],
      ['--language', 'klingon'],
      ['--topic', 'cars'],
      ['--dry-run', '--explain', 'I.1'],
    ];
    for (const wrong of wrongs) {
      const { code, err } = await chorus(['digest', ...wrong], folder);
      expect({ wrong, code }).toEqual({ wrong, code: 2 });
      expect(err.trim()).not.toBe('');
    }
    expect(await readdir(path.join(folder, '.data'))).toEqual(['chorus.log']);
  });
});

describe('chorus chat', () => {
  it('answers what comes in, line by line, and ends with the input', async () => {
    const { folder, env } = await placeWithDigest();
    const said = ['/digest 2026-10-12', '/section II', 'who picks 118 items an hour?', '/help', ''];
    const { code, out } = await chorusProcess(['chat'], folder, env, said.join('\n'));
    expect(code).toBe(0);
    expect(out).toContain('Ⅰ 简明概要');
    expect(out).toContain('Ⅱ 核心信息');
    expect(out).toContain('@ferro_demo');
    expect(out).toContain('/digest [日期]');
  });
});

describe('chorus export', () => {
  it('writes the reports again, the same to the letter', async () => {
    const { folder, env } = await placeWithDigest();
    const { code, out } = await chorusIn(['export', '--out', 'again', '--json'], folder, env);
    expect(code).toBe(0);
    const { files } = JSON.parse(out) as { files: string[] };
    expect(files).toHaveLength(2);
    for (const file of files) {
      const first = path.join(folder, 'out', path.relative(path.join(folder, 'again'), file));
      expect(await readFile(file)).toEqual(await readFile(first));
    }
  });

  it('writes posts that import reads back without a change', async () => {
    const { folder, env } = await placeWithPosts();
    const { code } = await chorus(['export', '--posts'], folder, env);
    expect(code).toBe(0);
    const again = await chorusIn(['import', 'out/posts_twitter_ai.jsonl'], folder, env);
    expect(again.out).toContain('0 new, 0 updated, 8 unchanged');
  });

  it('says that there is nothing when there is nothing', async () => {
    const { folder, env } = await place();
    const { code, err } = await chorus(['export'], folder, env);
    expect(code).toBe(1);
    expect(err).toContain('chorus import FILE stores posts');
  });
});
