import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';

import { PermissionFlagsBits as Permission } from 'discord-api-types/v10';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { envWith, yamlOf } from '../../src/cli/init/files.ts';
import { loadConfig } from '../../src/config.ts';
import { startDiscord } from '../fakes/discord.ts';
import { serverError, startTelegram } from '../fakes/telegram.ts';
import { chorus, chorusProcess, ended, startChorus, temporaryFolder } from '../support/program.ts';

const TOPIC = ['chip_news', 'Chips: "hot" # & cold', 'no', 'Europe/Oslo', '7:30'];
const USUAL_TOPIC = ['', '', '', '', ''];

/** A folder in which both platforms are reached at fakes. */
async function placeWithPlatforms() {
  const [folder, telegram, discord] = await Promise.all([
    temporaryFolder(),
    startTelegram(),
    startDiscord(),
  ]);
  const env = { TELEGRAM_API_ROOT: telegram.url, DISCORD_API_ROOT: `${discord.url}/api` };
  return {
    folder,
    telegram,
    discord,
    init: (answers: readonly string[], run = chorus) =>
      run(['init'], folder, env, answers.map((line) => `${line}\n`).join('')),
    read: (name: string) => readFile(path.join(folder, name), 'utf8'),
    write: (name: string, text: string) => writeFile(path.join(folder, name), text),
  };
}

/** What a folder's files set. */
function configIn(folder: string, env = '') {
  const lines = env.split('\n').filter((line) => line.includes('='));
  const variables = lines.map((line) => line.split('=', 2) as [string, string]);
  return loadConfig(Object.fromEntries(variables), folder);
}

describe('chorus init', () => {
  it('writes what was answered so that it loads, and shows what to do next', async () => {
    const { folder, telegram, discord, init, read } = await placeWithPlatforms();
    const owner = discord.user;
    const answers = [telegram.token, '4711', discord.token, owner.id, ...TOPIC];
    const { code, out, err } = await init(answers, chorusProcess);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    const config = configIn(folder, await read('.env'));
    expect(config).toMatchObject({
      topics: [{ key: 'chip_news', title: TOPIC[1], language: 'no', timeZone: 'Europe/Oslo' }],
      chats: { owners: { telegram: ['4711'], discord: [owner.id] } },
      telegram: { token: telegram.token },
      discord: { token: discord.token },
    });
    expect(config.plans.get('chip_news')).toMatchObject({ postAt: '07:30' });
    const { mode } = await stat(path.join(folder, '.env'));
    expect((mode & 0o777).toString(8)).toBe('600');
    expect((await readdir(folder)).toSorted()).toEqual(['.env', 'chorus.yaml']);
    expect(out).toContain('the bot is Chorus (@chorus_demo_bot)');
    expect(out).toContain('the bot is chorus_demo');
    expect(out).toContain('That is ada_demo.');
    expect(out).toMatch(/chorus doctor.*chorus start/);
    expect(out).toContain('https://t.me/chorus_demo_bot?startgroup=true');
    expect(out).not.toContain(telegram.token);
    expect(out).not.toContain(discord.token);
  });

  it('invites the Discord bot with the rights that it needs and no more', async () => {
    const { discord, init } = await placeWithPlatforms();
    const { out } = await init(['', discord.token, '', ...USUAL_TOPIC]);
    const link = new URL(/https:\/\/discord\.com\S+/.exec(out)?.[0] ?? '');
    const needed =
      Permission.ViewChannel |
      Permission.SendMessages |
      Permission.EmbedLinks |
      Permission.AttachFiles |
      Permission.CreatePublicThreads |
      Permission.SendMessagesInThreads;
    expect(Object.fromEntries(link.searchParams)).toEqual({
      client_id: discord.world.bot.id,
      scope: 'bot applications.commands',
      permissions: String(needed),
    });
  });

  it('takes Enter for an answer: no platform, and the topic that there is without a file', async () => {
    const { folder, init } = await placeWithPlatforms();
    const { code } = await init(['', '', ...USUAL_TOPIC]);
    expect(code).toBe(0);
    expect(await readdir(folder)).toEqual(['chorus.yaml']);
    const config = configIn(folder);
    expect(config.topics).toEqual([
      { key: 'twitter_ai', title: 'Twitter Ai', language: 'zh', timeZone: 'UTC' },
    ]);
    expect(config.plans.get('twitter_ai')).toMatchObject({ postAt: '10:00' });
  });

  it('says what is wrong with an answer, and asks again', async () => {
    const { folder, telegram, discord, init, read } = await placeWithPlatforms();
    telegram.fail('getMe', serverError);
    const { code, out } = await init([
      'hello', // no token
      telegram.token, // Telegram has trouble
      '1:wrong',
      telegram.token,
      'ada_demo', // no id
      '4711',
      'wrong',
      discord.token,
      '99', // nobody
      '',
      'Chip News', // no key
      'chips',
      'x'.repeat(81),
      'Chips',
      'klingon',
      'en',
      'Mars/Olympus',
      'Asia/Shanghai',
      'teatime',
      '-',
    ]);
    expect(code).toBe(0);
    const said = out.replaceAll(/\s+/g, ' ');
    for (const sentence of [
      'That is no token of Telegram. Try again, or press Enter to skip.',
      'Telegram has trouble just now (500 Internal Server Error).',
      'Telegram does not accept this token (401 Unauthorized).',
      'An id is a number like 123456789, not a name.',
      'Discord does not accept this token (401 401: Unauthorized).',
      'Discord does not accept this id (404 Unknown User).',
      'It is made of small letters, digits and _',
      'A title has up to 80 characters.',
      '"klingon" names no known language',
      '"Mars/Olympus" is no known time zone',
      'An hour looks like 10:00.',
    ]) {
      expect(said).toContain(sentence);
    }
    const config = configIn(folder, await read('.env'));
    expect(config.topics).toEqual([
      { key: 'chips', title: 'Chips', language: 'en', timeZone: 'Asia/Shanghai' },
    ]);
    expect(config.plans.size).toBe(0);
  });

  it('says that there is no network, and goes on without the platform', async () => {
    const folder = await temporaryFolder();
    const env = { TELEGRAM_API_ROOT: 'http://127.0.0.1:2' };
    const answers = ['1:token', '', '', ...USUAL_TOPIC, ''].join('\n');
    const { code, out } = await chorus(['init'], folder, env, answers);
    expect(code).toBe(0);
    expect(out).toContain('Telegram cannot be reached: nobody listens there.');
    expect(out).not.toContain('1:token');
    expect(await readdir(folder)).toEqual(['chorus.yaml']);
  });

  it('replaces its variables in .env and keeps every other line', async () => {
    const { folder, telegram, init, read, write } = await placeWithPlatforms();
    await write('.env', '# mine\nCHORUS_LOG=warn\nTELEGRAM_TOKEN=1:old\nDISCORD_TOKEN=kept');
    const { code, out } = await init([telegram.token, '', '', ...USUAL_TOPIC], chorusProcess);
    expect(code).toBe(0);
    expect(out).toContain('keep the one that is set');
    expect(await read('.env')).toBe(
      `# mine\nCHORUS_LOG=warn\nTELEGRAM_TOKEN=${telegram.token}\nDISCORD_TOKEN=kept\n`,
    );
    expect((await stat(path.join(folder, '.env'))).mode & 0o777).toBe(0o600);
  });

  it('writes over chorus.yaml only when that is wished, even over a broken one', async () => {
    const { folder, telegram, init, read, write } = await placeWithPlatforms();
    await write('chorus.yaml', 'topics: [');
    const kept = await init(['perhaps', 'n', telegram.token, '', '']);
    expect(kept.code).toBe(0);
    expect(kept.out).toContain('Please answer y or n.');
    expect(await read('chorus.yaml')).toBe('topics: [');
    expect(await read('.env')).toBe(`TELEGRAM_TOKEN=${telegram.token}\n`);
    const replaced = await init(['y', '', '', '', ...USUAL_TOPIC]);
    expect(replaced.code).toBe(0);
    expect(configIn(folder).topics[0].key).toBe('twitter_ai');
  });

  it('writes nothing when the answers end too early, or Ctrl-C stops it', async () => {
    const { folder, telegram, init } = await placeWithPlatforms();
    const short = await init([telegram.token, '4711', '', 'chips']);
    expect(short.code).toBe(1);
    expect(short.err).toBe('The input ended before the last answer. Nothing was written.\n');
    const child = startChorus(['init'], folder, { TELEGRAM_API_ROOT: telegram.url });
    child.stdin?.write(`${telegram.token}\n`);
    child.stdout?.on('data', (words: Buffer) => {
      if (words.includes('Your own id')) child.kill('SIGINT');
    });
    const { code, err } = await ended(child);
    expect({ code, err }).toEqual({ code: 130, err: 'Stopped. Nothing was written.\n' });
    expect(await readdir(folder)).toEqual([]);
  });
});

describe('the files of init', () => {
  it('load whatever title a topic has', async () => {
    const folder = await temporaryFolder();
    const title = fc
      .string({ unit: 'grapheme', minLength: 1, maxLength: 40 })
      .filter((words) => words.trim() !== '' && words.length <= 80);
    const owners = { telegram: ['4711'], discord: ['123456789012345678'] };
    await fc.assert(
      fc.asyncProperty(title, async (words) => {
        const topic = { key: 'a', title: words, language: 'no', timeZone: 'UTC', postAt: null };
        await writeFile(path.join(folder, 'chorus.yaml'), yamlOf(topic, owners));
        const config = loadConfig({}, folder);
        expect(config.topics[0].title).toBe(words.trim());
        expect(config.chats.owners).toEqual(owners);
      }),
      { numRuns: 50 },
    );
  });

  it('set a variable once, and leave the lines of others alone', () => {
    const variables = new Map([['A', '2']]);
    expect(envWith('', variables)).toBe('A=2\n');
    expect(envWith('export A = 1\nB=1\nA=3\n#A=4', variables)).toBe('A=2\nB=1\n#A=4\n');
    expect(envWith('B=1\r\nA=1\r\n', variables)).toBe('B=1\r\nA=2\r\n');
    const line = fc.constantFrom('A=1', 'B=1', ' A =1', '', '# A', 'AA=1');
    fc.assert(
      fc.property(fc.array(line), (lines) => {
        const text = envWith(lines.join('\n'), variables);
        expect(text.match(/^ *A *=/gm)).toEqual(['A=']);
        expect(envWith(text, variables)).toBe(text);
      }),
    );
  });
});
