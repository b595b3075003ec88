import { writeFile } from 'node:fs/promises';
import path from 'node:path';

import { expect, it, onTestFinished } from 'vitest';

import { importFile } from '../../src/collect/file/import.ts';
import { toJsonRow } from '../../src/collect/file/jsonl.ts';
import type { Channel } from '../../src/model/channel.ts';
import { changeAccess, meetChannel } from '../../src/store/channels.ts';
import { openDatabase } from '../../src/store/database.ts';
import { subscribe } from '../../src/store/subscriptions.ts';
import { startDiscord } from '../fakes/discord.ts';
import { startTelegram } from '../fakes/telegram.ts';
import { freshDatabaseUrl } from '../support/database.ts';
import { NEWS } from '../support/newsroom.ts';
import { chorusProcess, ended, startChorus, temporaryFolder } from '../support/program.ts';
import { jsonl } from '../support/rows.ts';

const LONG = 60_000;

/** A day's posts and everybody who wants to hear of them, minutes after the hour of the posting. */
async function aTown() {
  const telegram = await startTelegram({ limits: 'off' });
  const discord = await startDiscord({ limits: 'off' });
  const reader = telegram.addUser();
  const chat = telegram.openPrivate(reader);
  const folder = await temporaryFolder();
  const url = await freshDatabaseUrl();
  const open = await openDatabase({ kind: 'server', url });
  onTestFinished(() => open.close());
  const now = new Date();
  const posts = NEWS.map((post, index) => ({
    ...post,
    createdAt: new Date(now.getTime() - 3_600_000 - index * 60_000),
  }));
  const file = path.join(folder, 'posts.jsonl');
  await writeFile(file, jsonl(posts.map(toJsonRow)));
  await importFile(open.db, 'twitter_ai', file);
  const channels: Channel[] = [
    { platform: 'telegram', chat: String(chat.id), thread: null },
    { platform: 'discord', chat: discord.channel.id, thread: null },
  ];
  for (const channel of channels) {
    await meetChannel(open.db, channel, 'A team', now);
    await changeAccess(open.db, channel, 'allowed');
    await subscribe(open.db, { channel, topic: 'twitter_ai', at: null, language: null }, now);
  }
  const hour = new Date(now.getTime() - 300_000).toISOString().slice(11, 16);
  const yaml = `topics:\n  twitter_ai:\n    time_zone: UTC\n    language: en\n    post_at: "${hour}"\n`;
  await writeFile(path.join(folder, 'chorus.yaml'), yaml);
  const env = {
    DATABASE_URL: url,
    TELEGRAM_TOKEN: telegram.token,
    TELEGRAM_API_ROOT: telegram.url,
    DISCORD_TOKEN: discord.token,
    DISCORD_API_ROOT: `${discord.url}/api`,
  };
  const start = () => {
    const bot = startChorus(['start'], folder, env);
    const ending = ended(bot);
    onTestFinished(() => void bot.kill('SIGKILL'));
    return { bot, ending };
  };
  return { telegram, discord, reader, chat, folder, env, start };
}

it(
  'posts a digest on both platforms, answers buttons and commands, also after a restart, and ends cleanly',
  async () => {
    const { telegram, discord, reader, chat, start } = await aTown();
    const first = start();
    await expect.poll(() => telegram.sent(chat).length, { timeout: LONG }).toBe(1);
    await expect.poll(() => discord.messages().length, { timeout: LONG }).toBe(1);
    const [digest] = telegram.sent(chat);
    expect(digest?.text).toContain('Lumen 7');
    expect(digest?.text).toContain('This digest is late.');
    expect(discord.messages()[0]?.text).toContain('Lumen 7');
    first.bot.kill('SIGTERM');
    expect(await first.ending).toMatchObject({ code: 0 });

    const second = start();
    const carried = digest?.keyboard?.flat().map((button) => String(button['callback_data'])) ?? [];
    const sources = carried.find((data) => data.startsWith('sources:')) ?? '';
    telegram.press(reader, { chat, id: digest?.id ?? 0 }, sources);
    await expect.poll(() => telegram.sent(chat).length, { timeout: LONG }).toBeGreaterThan(1);
    expect(telegram.sent(chat)[1]?.text).toContain('Sources');
    expect(telegram.unanswered).toEqual([]);
    await expect.poll(() => discord.commands().length, { timeout: LONG }).toBeGreaterThan(10);
    const section = discord.command(discord.user, discord.channel, 'section', { written: 'II' });
    expect((await section.reply()).text).toContain('Key information');
    const asked = telegram.sent(chat).length;
    telegram.say(reader, chat, '/status');
    await expect.poll(() => telegram.sent(chat).length, { timeout: LONG }).toBeGreaterThan(asked);
    expect(telegram.sent(chat).at(-1)?.text).toContain('last digest');
    second.bot.kill('SIGTERM');
    expect(await second.ending).toMatchObject({ code: 0 });
    const digests = discord.messages().filter(({ text }) => text.includes('This digest is late.'));
    expect(digests).toHaveLength(1);
  },
  2 * LONG,
);

it('runs in the terminal where there is no token, and says so', async () => {
  const folder = await temporaryFolder();
  const env = { DATABASE_URL: await freshDatabaseUrl() };
  const { code, out, err } = await chorusProcess(['start'], folder, env, '/help\n/quit\n');
  expect({ code, err }).toMatchObject({
    code: 0,
    err: expect.stringContaining('No TELEGRAM_TOKEN'),
  });
  expect(out).toContain('/digest [日期] [主题]');
});
