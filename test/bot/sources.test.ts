import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';

import { expect, it, onTestFinished } from 'vitest';

import { toJsonRow } from '../../src/collect/file/jsonl.ts';
import { openDatabase } from '../../src/store/database.ts';
import { idsInTopic } from '../../src/store/posts.ts';
import { startTelegram } from '../fakes/telegram.ts';
import { freshDatabaseUrl } from '../support/database.ts';
import { aPost } from '../support/posts.ts';
import { ended, startChorus, temporaryFolder } from '../support/program.ts';
import { jsonl } from '../support/rows.ts';

const LONG = 60_000;

/** A folder in which files can be laid down, and a database that has what was read of them. */
async function aPlaceOfFiles() {
  const folder = await temporaryFolder();
  const url = await freshDatabaseUrl();
  const open = await openDatabase({ kind: 'server', url });
  onTestFinished(() => open.close());
  const lay = async (drop: string, id: string) => {
    await mkdir(path.join(folder, drop), { recursive: true });
    const row = toJsonRow(aPost({ id, createdAt: new Date() }));
    await writeFile(path.join(folder, drop, `${id}.jsonl`), jsonl([row]));
  };
  const configure = (yaml: string) => writeFile(path.join(folder, 'chorus.yaml'), yaml);
  const has =
    (id: string, topic = 'ai') =>
    () =>
      idsInTopic(open.db, topic, [id]).then((found) => found.has(id));
  return { folder, url, lay, configure, has };
}

it(
  'reads sources by itself, takes up a changed configuration, and stays as it was with a wrong one',
  async () => {
    const telegram = await startTelegram({ limits: 'off' });
    const { folder, url, lay, configure, has } = await aPlaceOfFiles();
    await lay('first', 'made-1');
    await lay('second', 'made-2');
    const first = 'topics:\n  ai:\n    sources:\n      - file: ./first/*.jsonl\n';
    await configure(first);
    const bot = startChorus(['start'], folder, {
      DATABASE_URL: url,
      TELEGRAM_TOKEN: telegram.token,
      TELEGRAM_API_ROOT: telegram.url,
    });
    onTestFinished(() => void bot.kill('SIGKILL'));
    let said = '';
    bot.stderr?.on('data', (words: Buffer) => (said += words.toString()));
    const ending = ended(bot);
    await expect.poll(has('made-1'), { timeout: LONG }).toBe(true);

    await configure('topics:\n  ai:\n    sorces: []\n');
    await expect.poll(() => said, { timeout: LONG }).toContain('The bot goes on with what it had.');
    expect(said).toContain('chorus.yaml:3: topics.ai.sorces is not a setting');

    await configure(`${first}      - file: ./second/*.jsonl\n`);
    await expect.poll(has('made-2'), { timeout: LONG }).toBe(true);
    expect(said).toContain('chorus.yaml has changed: the bot begins anew with it.');
    bot.kill('SIGTERM');
    expect(await ending).toMatchObject({ code: 0 });
  },
  2 * LONG,
);

it(
  'takes up a changed configuration beside a chat in the terminal, which goes on; no old pause is waited for',
  async () => {
    const { folder, url, lay, configure, has } = await aPlaceOfFiles();
    await lay('first', 'made-1');
    await lay('second', 'made-2');
    await configure(
      'topics:\n  ai:\n    language: en\n    collect_minutes: 1440\n    sources:\n      - file: ./first/*.jsonl\n',
    );
    const bot = startChorus(['start'], folder, { DATABASE_URL: url });
    onTestFinished(() => void bot.kill('SIGKILL'));
    const ending = ended(bot);
    let said = '';
    bot.stdout?.on('data', (words: Buffer) => (said += words.toString()));
    await expect.poll(has('made-1'), { timeout: LONG }).toBe(true);

    await lay('first', 'made-3');
    bot.stdin?.write('/topic add chips file=./second/*.jsonl\n');
    await expect.poll(has('made-2', 'chips'), { timeout: LONG }).toBe(true);
    await expect.poll(has('made-3'), { timeout: LONG }).toBe(true);
    bot.stdin?.write('/topics\n');
    await expect.poll(() => said, { timeout: LONG }).toMatch(/Topics[^]*chips/);

    await configure('topics:\n  ai:\n    sorces: []\n');
    bot.stdin?.end('/status\n');
    expect(await ending).toMatchObject({ code: 0 });
  },
  2 * LONG,
);
