import { randomUUID } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';

import { describe, expect, it, onTestFinished, vi } from 'vitest';

import { toJsonRow } from '../../src/collect/file/jsonl.ts';
import type { SourceDay } from '../../src/store/source-days.ts';
import { EVERYBODY, startFakeX, makeWorld } from '../fakes/x.ts';
import { freshDatabaseUrl } from '../support/database.ts';
import { chorus, chorusProcess, temporaryFolder } from '../support/program.ts';
import { jsonl } from '../support/rows.ts';
import { aPost } from '../support/posts.ts';

const SEARCH = `list:${EVERYBODY}`;

/** A folder with a topic that is collected from a fake X and from files. */
async function aTopic({ posts = 30 }: { posts?: number } = {}) {
  const folder = await temporaryFolder();
  const until = new Date(Date.now() - 60_000);
  const fake = await startFakeX({
    world: makeWorld({ posts, authors: 5, days: 1, seed: 3, until }),
    bearer: `bearer-${randomUUID()}`,
  });
  const env = {
    DATABASE_URL: await freshDatabaseUrl(),
    X_BEARER_TOKEN: fake.bearer,
    X_API_ROOT: fake.url,
    CHORUS_LOG: 'silent',
  };
  const run = (...args: string[]) => chorus(args, folder, env);
  await mkdir(path.join(folder, 'drop'));
  return { folder, fake, env, run };
}

const aFile = (folder: string, ...ids: readonly string[]) =>
  writeFile(
    path.join(folder, 'drop', 'a.jsonl'),
    jsonl(ids.map((id) => toJsonRow(aPost({ id, createdAt: new Date() })))),
  );

describe('chorus topic', () => {
  it('makes a topic, shows it, and takes it away', async () => {
    const { folder, run } = await aTopic();
    const added = await run('topic', 'add', 'ai', 'x_user=ada', 'feed=https://example.com/rss');
    expect(added).toMatchObject({ code: 0, err: '' });
    expect(added.out).toContain('The topic "ai" has 2 sources');
    expect(added.out).toContain('New: x-user:ada, feed:https://example.com/rss.');
    expect(added.out).toMatch(
      /The topic "twitter_ai", .* is no more;.*chorus topic add twitter_ai/,
    );
    await run('topic', 'add', 'chips', '--title', 'Chips', '--post-at', '09:30');
    const { out } = await run('topic', 'list');
    expect(out).toContain('x-user:ada: not read yet');
    expect(out).toContain('chips: Chips');
    expect((await run('topic', 'remove', 'ai')).code).toBe(0);
    expect(await readFile(path.join(folder, 'chorus.yaml'), 'utf8')).not.toContain('ada');
  });

  it('shows a source that fails with its failure and its times, as doctor does', async () => {
    const { run } = await aTopic();
    await run('topic', 'add', 'ai', 'x_user=nobody', '--time-zone', 'UTC');
    await run('collect');
    const failure =
      /x-user:nobody: fails since \d{4}-.* \d\d:\d\d: X does not .*; the next try is at \d{4}-/;
    expect((await run('topic', 'list')).out.replaceAll(/\s+/g, ' ')).toMatch(failure);
    expect((await run('doctor')).out).toMatch(failure);
  });

  it('says what is no source and what is no topic, and exits with 2', async () => {
    const { run } = await aTopic();
    expect(await run('topic', 'add', 'ai', 'nonsense')).toMatchObject({ code: 2 });
    expect((await run('topic', 'remove', 'nope')).err).toContain('names no topic "nope"');
  });

  it('shows ten posts of each source and stores none, and says before what it may cost; 1 where one fails', async () => {
    const { fake, folder, run } = await aTopic();
    await aFile(folder, 'made-1', 'made-2');
    await run('topic', 'add', 'ai', `x_search=${SEARCH}`, 'file=./drop/*.jsonl', 'x_user=nobody');
    const { code, out, err } = await run('topic', 'test', 'ai');
    expect(code).toBe(1);
    const said = /at most \$(\d\.\d\d) \(\$\d\.\d\d each\); the daily budget has \$2\.00 left/.exec(
      err,
    );
    expect(err).toContain('Looking at 2 sources of X costs money: at most');
    expect(fake.bill.cost()).toBeLessThanOrEqual(Number(said?.[1]));
    expect(out.match(/^• @author\d/gm)).toHaveLength(10);
    expect(out).toContain('made-2');
    expect(out).toContain('It fails:');
    const { out: json, err: free } = await run(
      'topic',
      'test',
      'ai',
      'file=./drop/*.jsonl',
      '--json',
    );
    expect(free).toBe('');
    expect(JSON.parse(json)).toMatchObject({ samples: [{ key: 'file:./drop/*.jsonl' }] });
    expect((await run('export', '--posts')).out).toBe('');
  });
});

describe('chorus collect', () => {
  it('reads every source, says what came and what it cost, and goes on from there', async () => {
    const { folder, fake, run } = await aTopic();
    await aFile(folder, 'made-1', 'made-2');
    await run('topic', 'add', 'ai', `x_search=${SEARCH}`, 'file=./drop/*.jsonl');
    const first = await run('collect', '--json');
    expect(first.code).toBe(0);
    expect(JSON.parse(first.out)).toMatchObject({ topic: 'ai', added: 32 });
    const { reads } = JSON.parse((await run('usage', '--json')).out) as { reads: SourceDay[] };
    const { posts, users } = reads.find(({ source }) => source.startsWith('x-')) ?? {};
    expect({ posts, users }).toEqual(fake.bill.charged());
    const again = await run('collect');
    expect(again.err).toContain('0 posts read, 0 new');
    expect(again.out).toContain('file:./drop/*.jsonl');
  });

  it('counts what two processes read at once as X does', async () => {
    const { fake, folder, env, run } = await aTopic({ posts: 60 });
    for (const topic of ['ai', 'chips']) await run('topic', 'add', topic, `x_search=${SEARCH}`);
    const both = await Promise.all(
      ['ai', 'chips'].map((topic) => chorusProcess(['collect', '--topic', topic], folder, env)),
    );
    expect(both.map(({ code }) => code)).toEqual([0, 0]);
    const { reads } = JSON.parse((await run('usage', '--json')).out) as { reads: SourceDay[] };
    const sum = (of: (day: SourceDay) => number) => reads.reduce((all, day) => all + of(day), 0);
    expect(fake.bill.charged().posts).toBe(60);
    expect({ posts: sum(({ posts }) => posts), users: sum(({ users }) => users) }).toEqual(
      fake.bill.charged(),
    );
    const { out } = await run('usage');
    const { posts, users } = fake.bill.charged();
    expect(out).toMatch(
      new RegExp(`all days +│ +\\d+ │ +${posts} │ +${users} │ +120 │ +\\$0\\.35`),
    );
  });

  it('takes the day of the database, whatever the clock of the machine says', async () => {
    const { run } = await aTopic();
    await run('topic', 'add', 'ai', `x_search=${SEARCH}`);
    const today = new Date().toISOString().slice(0, 10);
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 3 * 86_400_000 });
    onTestFinished(() => void vi.useRealTimers());
    expect((await run('collect')).code).toBe(0);
    const { reads } = JSON.parse((await run('usage', '--json')).out) as { reads: SourceDay[] };
    expect(new Set(reads.map(({ day }) => day))).toEqual(new Set([today]));
  });

  it('says in the words of the terminal what is no day, and asks nobody', async () => {
    const { fake, run } = await aTopic();
    await run('topic', 'add', 'ai', `x_search=${SEARCH}`);
    for (const [verb, option] of [
      ['collect', '--since'],
      ['usage', '--from'],
      ['usage', '--to'],
    ] as const) {
      const future = await run(verb, option, 'tomorrow');
      expect(future.code).toBe(2);
      expect(future.err).toMatch(
        new RegExp(`^${option} \\S+ is still to come\\. Name a day up to today, which is \\S+ \\(`),
      );
      const unread = await run(verb, option, 'moonday');
      expect(unread.code).toBe(2);
      expect(unread.err).toContain(`I cannot read ${option} "moonday" as a day`);
    }
    expect(fake.requests).toEqual([]);
  });

  it('shows beforehand what there is, and asks nobody', async () => {
    const { fake, run } = await aTopic();
    await run('topic', 'add', 'ai', `x_search=${SEARCH}`);
    const { code, out } = await run('collect', '--dry-run');
    expect(code).toBe(0);
    expect(out).toContain(`x-search:${SEARCH}`);
    expect(out).toContain('budget has $2.00 left');
    expect(out.replaceAll(/\s+/g, ' ')).toMatch(
      /One source of X has no whole day behind it: .* nobody knows yet\. At most it is what the budget has left; chorus topic test ai shows .* for \$0\.\d\d a source at most\./,
    );
    expect(fake.requests).toEqual([]);
  });

  it('has its used-up budget shown by topic list and doctor, with when it goes on', async () => {
    const { folder, run } = await aTopic();
    await run('topic', 'add', 'ai', `x_search=${SEARCH}`);
    const file = path.join(folder, 'chorus.yaml');
    const yaml = await readFile(file, 'utf8');
    await writeFile(file, `${yaml}    time_zone: UTC\n    x_budget: { daily: 0.01 }\n`);
    const { out: collected } = await run('collect', '--json');
    const [, midnight] = /until (\d{4}-\d\d-\d\d) \(UTC\)/.exec(collected) ?? [];
    const { out: list } = await run('topic', 'list');
    expect(list.replaceAll(/\s+/g, ' ')).toContain(
      `rests until ${midnight} 00:00: the budget for X is used up`,
    );
    const { out, code } = await run('doctor');
    expect(out).toContain(
      `✗ budget of ai: 1 source of X rests until ${midnight} 00:00: the daily budget has $0.0100 left`,
    );
    expect(code).toBe(1);
  });

  it('exits with 1 when a source fails, and reads the others', async () => {
    const { folder, run } = await aTopic();
    await aFile(folder, 'made-1');
    await run('topic', 'add', 'ai', 'x_user=nobody', 'file=./drop/*.jsonl');
    const { code, out, err } = await run('collect');
    expect(code).toBe(1);
    expect(err).toContain('1 post read, 1 new');
    expect(out).toContain('nobody');
  });

  it('says what to do without sources, and without a token', async () => {
    const { run, folder, env } = await aTopic();
    await run('topic', 'add', 'ai');
    expect(await run('collect')).toMatchObject({ code: 1 });
    await run('topic', 'add', 'ai', 'x_user=ada');
    const { X_BEARER_TOKEN: _, ...tokenless } = env;
    const { out, code } = await chorus(['collect'], folder, tokenless);
    expect(code).toBe(1);
    expect(out).toContain('X_BEARER_TOKEN is not set');
  });

  it('goes back to a day, as a process of its own', async () => {
    const { folder, env, run } = await aTopic();
    await aFile(folder, 'made-1');
    await run('topic', 'add', 'ai', 'file=./drop/*.jsonl');
    const { code, err } = await chorusProcess(['collect', '--since', '2026-01-01'], folder, env);
    expect(code).toBe(0);
    expect(err).toContain('1 new');
  });
});

describe('chorus digest', () => {
  it('reads the sources first where that is wished for, else says that they were not read', async () => {
    const { folder, fake, run } = await aTopic();
    await aFile(folder, 'made-1', 'made-2');
    await run(
      'topic',
      'add',
      'ai',
      'file=./drop/*.jsonl',
      `x_search=${SEARCH}`,
      '--language',
      'en',
    );
    const unread = await run('digest', '--date', 'today');
    expect(unread.err).toContain('2 sources were not read for all of that time: --collect');
    expect(fake.requests).toEqual([]);
    const { code, err } = await run('digest', '--date', 'today', '--collect');
    expect(err).toMatch(/The sources were read before: 3\d new posts, for \$\d\.\d+ of X\./);
    expect(code).toBe(0);
    expect((await run('digest', '--date', 'today')).err).not.toContain('not read');
  });
});
