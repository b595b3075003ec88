import { chmod, writeFile } from 'node:fs/promises';
import path from 'node:path';

import { OverwriteType, PermissionFlagsBits as Permission } from 'discord-api-types/v10';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { judgeClock } from '../../src/cli/doctor/clock.ts';
import { judgeDatabase } from '../../src/cli/doctor/database.ts';
import { examine } from '../../src/cli/doctor/examine.ts';
import type { Finding, Patient } from '../../src/cli/doctor/finding.ts';
import { judgeFonts } from '../../src/cli/doctor/fonts.ts';
import { judgeModel } from '../../src/cli/doctor/model.ts';
import { missingInTelegram } from '../../src/cli/doctor/telegram-chat.ts';
import { judgeTopic } from '../../src/cli/doctor/topics.ts';
import { missingRights, rightsIn } from '../../src/cli/probe/discord-rights.ts';
import { channelOf } from '../../src/model/channel.ts';
import { changeChannel, meetChannel } from '../../src/store/channels.ts';
import { storePosts } from '../../src/store/posts.ts';
import { subscribe } from '../../src/store/subscriptions.ts';
import { startClaude } from '../fakes/claude.ts';
import { hold, startDiscord } from '../fakes/discord.ts';
import { permissionsIn } from '../fakes/discord-permissions.ts';
import { startTelegram } from '../fakes/telegram.ts';
import { databaseOf, place } from '../support/place.ts';
import { aPost } from '../support/posts.ts';
import { chorus, type Ended, ended, startChorus, temporaryFolder } from '../support/program.ts';

const KEY = 'sk-invented-9Zr4';
const YAML = `chats:
  owners: { telegram: ["4711"], discord: ["123456789012345678"] }
topics:
  chips: { title: Chips, language: en, time_zone: UTC, post_at: "10:00" }
`;

/** A folder where all is well: both platforms, a model, a database with posts of today. */
async function aHealthyPlace() {
  const [{ folder, env }, telegram, discord, claude] = await Promise.all([
    place(),
    startTelegram(),
    startDiscord({ limits: 'off' }),
    startClaude(),
  ]);
  const db = await databaseOf({ env });
  await writeFile(path.join(folder, 'chorus.yaml'), YAML);
  await storePosts(db, 'chips', [aPost({ createdAt: new Date(), author: 'ada_demo' })]);
  const ours = {
    ...env,
    TELEGRAM_TOKEN: telegram.token,
    TELEGRAM_API_ROOT: telegram.url,
    DISCORD_TOKEN: discord.token,
    DISCORD_API_ROOT: `${discord.url}/api`,
    ANTHROPIC_API_KEY: KEY,
    ANTHROPIC_BASE_URL: claude.url,
  };
  return {
    folder,
    telegram,
    discord,
    claude,
    db,
    env: ours,
    run: (args: readonly string[] = [], more: Readonly<Record<string, string>> = {}) =>
      chorus(['doctor', ...args], folder, { ...ours, ...more }),
    /** Lets a chat in and has the topic posted there. */
    serve: async (key: string, title: string) => {
      const channel = channelOf(key);
      await meetChannel(db, channel, title, new Date());
      await changeChannel(db, channel, { access: 'allowed' });
      const wish = { channel, topic: 'chips', at: null, language: null };
      await subscribe(db, wish, new Date());
    },
  };
}

const findingsIn = ({ out }: Ended) => (JSON.parse(out) as { checks: Finding[] }).checks;
const badIn = (run: Ended) => findingsIn(run).filter(({ state }) => state === 'bad');
const lineOf = ({ out }: Ended, name: string) =>
  out.split('\n').find((line) => line.slice(2).startsWith(name)) ?? '';

describe('chorus doctor', () => {
  it('says of each thing that it is well, with 0 and without any secret', async () => {
    const { telegram, discord, run, serve, env } = await aHealthyPlace();
    const group = telegram.addSupergroup({ title: 'Dawn' });
    const thread = discord.world.addThread(discord.channel, { name: 'News', ownerId: '1' });
    await serve(`telegram:${group.id}`, 'Dawn');
    await serve(`telegram:${telegram.addChannel().id}`, 'News');
    await serve(`telegram:${telegram.openPrivate(telegram.addUser()).id}`, 'Ada');
    await serve(`discord:${discord.channel.id}`, 'Harbour #general');
    await serve(`discord:${discord.channel.id}:${thread.id}`, 'Harbour #News');
    await serve(`discord:${discord.world.openDm(discord.user).id}`, 'ada_demo');
    const ran = await run();
    expect(ran).toMatchObject({ code: 0, err: '' });
    const marks = ran.out.trimEnd().split('\n');
    expect(marks.filter((line) => !line.startsWith('✓ '))).toEqual([]);
    for (const [name, words] of [
      ['configuration', 'chips at 10:00'],
      ['database', 'up to date'],
      ['fonts', 'installed'],
      ['clock', 'as that of the database and Telegram and Discord'],
      ['telegram', 'Chorus (@chorus_demo_bot), in groups reads what is said to it'],
      ['telegram updates', 'are fetched'],
      ['discord', 'chorus_demo, application '],
      [`chat Dawn (telegram:${group.id})`, 'texts and photos may be posted'],
      [`chat Harbour #News (discord:${discord.channel.id}:${thread.id})`, 'may be done'],
      ['chat ada_demo', 'may be done'],
      ['model claude-opus-5-5', 'answers'],
      ['posts of chips', 'the newest is of'],
      ['out folder', 'which will be made'],
    ] as const) {
      expect(lineOf(ran, `${name}: `) || lineOf(ran, name)).toContain(words);
    }
    for (const secret of [env.TELEGRAM_TOKEN, env.DISCORD_TOKEN, KEY]) {
      expect(ran.out).not.toContain(secret);
    }
  });

  it('finds what keeps the bot from posting in a chat, and says what to do', async () => {
    const { telegram, discord, db, run, serve } = await aHealthyPlace();
    const owner = telegram.addUser();
    const closed = telegram.addSupergroup();
    telegram.forbid(closed, 'photos');
    const left = telegram.addSupergroup({ administrators: [owner] });
    telegram.kick(telegram.bot, left, owner);
    const quiet = telegram.addChannel({ rights: [] });
    const paused = telegram.addGroup();
    discord.world.deny(discord.channel, discord.world.bot, Permission.AttachFiles);
    const hidden = discord.world.addChannel(discord.guild, { name: 'hidden' });
    discord.world.deny(hidden, discord.world.bot, Permission.ViewChannel);
    const keys = [
      ...[closed, left, quiet, paused].map(({ id }) => `telegram:${id}`),
      ...[discord.channel, hidden].map(({ id }) => `discord:${id}`),
      'discord:1',
    ];
    for (const key of keys) await serve(key, 'Dawn');
    await changeChannel(db, channelOf(keys[3] ?? ''), { paused: 'the bot was blocked' });
    const ran = await run(['--json']);
    expect(ran.code).toBe(1);
    const said = new Map(badIn(ran).map((finding) => [finding.name, finding]));
    expect(keys.map((key) => said.get(`chat Dawn (${key})`)?.says)).toEqual([
      'the bot may not send photos',
      'Telegram refuses it (403 Forbidden: bot was kicked from the supergroup chat)',
      'the bot may not post messages',
      'nothing is sent there since the bot was blocked',
      'the bot lacks AttachFiles',
      'Discord refuses it (403 Missing Access)',
      'Discord refuses it (404 Unknown Channel)',
    ]);
    expect(said.size).toBe(keys.length);
    expect([...said.values()].every(({ todo }) => todo)).toBe(true);
  });

  it('finds tokens and keys that are not accepted, and a webhook of another program', async () => {
    const { telegram, claude, run } = await aHealthyPlace();
    const hook = 'setWebhook?url=https://bot.example.com/hook';
    await fetch(`${telegram.url}/bot${telegram.token}/${hook}`);
    const refused = await run([], { DISCORD_TOKEN: 'wrong-token', ANTHROPIC_API_KEY: 'bad-key' });
    expect(refused.code).toBe(1);
    expect(lineOf(refused, 'telegram updates')).toContain('another program uses this bot');
    expect(refused.out).toContain(
      '✗ discord: Discord refuses it (401 401: Unauthorized)\n  → Set DISCORD_TOKEN anew',
    );
    expect(lineOf(refused, 'model claude-opus-5-5')).toMatch(/^✗.*the key is not accepted/);
    expect(refused.out).not.toMatch(/wrong-token|bad-key/);
    const wrong = await run(['--json'], { TELEGRAM_TOKEN: '1:wrong' });
    expect(badIn(wrong)).toEqual([
      {
        name: 'telegram',
        state: 'bad',
        says: 'Telegram refuses it (401 Unauthorized)',
        todo: expect.stringContaining('TELEGRAM_TOKEN'),
      },
    ]);
    expect(claude.requests).toEqual([]); // nothing that costs was asked
  });

  it('tells what it could not look at while the database is away, and where it is', async () => {
    const folder = await temporaryFolder();
    const env = { DATABASE_URL: 'postgresql://me:hush-hush@127.0.0.1:2/x' };
    const ran = await chorus(['doctor'], folder, env);
    expect(ran.code).toBe(1);
    expect(lineOf(ran, 'database')).toBe(
      '✗ database: No PostgreSQL answers at 127.0.0.1:2. Look at DATABASE_URL',
    );
    expect(lineOf(ran, 'posts')).toBe('· posts: not looked at: the database does not open');
    expect(lineOf(ran, 'telegram')).toBe('· telegram: no TELEGRAM_TOKEN is set');
    expect(lineOf(ran, 'model')).toContain('reports are made of quotations');
    expect(ran.out).not.toContain('hush-hush');
  });

  it('shows what is wrong in the configuration instead of stopping at it', async () => {
    const folder = await temporaryFolder();
    await writeFile(path.join(folder, 'chorus.yaml'), 'topics:\n  chips:\n    colour: blue\n');
    const ran = await chorus(['doctor', '--json'], folder);
    expect(ran).toMatchObject({ code: 1, err: '' });
    expect(badIn(ran)).toEqual([
      expect.objectContaining({
        name: 'configuration',
        says: expect.stringContaining('chorus.yaml:3: topics.chips.colour is not a setting'),
      }),
    ]);
  });

  it('misses owners, platforms that are away, and a folder to write to', async () => {
    const { folder, run } = await aHealthyPlace();
    await writeFile(path.join(folder, 'chorus.yaml'), 'topics: { chips: {} }\n');
    await writeFile(path.join(folder, 'file'), '');
    await chmod(path.join(folder, 'file'), 0o600);
    const away = { TELEGRAM_API_ROOT: 'http://127.0.0.1:2', CHORUS_OUT: 'file/out' };
    const ran = await run(['--json'], away);
    expect(badIn(ran).map(({ name, says }) => `${name}: ${says}`)).toEqual([
      'owners on telegram: there are none, so nobody can let the bot into a chat',
      'owners on discord: there are none, so nobody can let the bot into a chat',
      'telegram: Telegram cannot be reached: nobody listens there',
      `out folder: ${path.join(folder, 'file')} is no folder`,
    ]);
  });

  it('is ended by Ctrl-C while it waits', async () => {
    const { folder, discord, env } = await aHealthyPlace();
    const gate = Promise.withResolvers<void>();
    discord.fail('GET /users/@me', hold(gate.promise));
    const child = startChorus(['doctor'], folder, env);
    const end = ended(child);
    await discord.until(() => discord.requests.find(({ route }) => route === 'GET /users/@me'));
    child.kill('SIGINT');
    expect(await end).toEqual({ code: 130, out: '', err: 'Stopped.\n' });
    gate.resolve();
  });
});

describe('the checks of the doctor', () => {
  it('do not wait for one that hangs or fails, and name it', async () => {
    const patient = {} as Patient;
    const hanging = { name: 'hanging', look: () => new Promise<Finding[]>(() => {}) };
    const failing = { name: 'failing', look: () => Promise.reject(new Error('odd')) };
    const fine: Finding = { name: 'fine', state: 'good', says: 'is' };
    const checks = [hanging, failing, { name: 'fine', look: () => Promise.resolve([fine]) }];
    const found = await examine(patient, new AbortController().signal, checks, 20);
    expect(found.map(({ name, state, says }) => [name, state, says])).toEqual([
      ['hanging', 'bad', 'took longer than 0.02 seconds'],
      ['failing', 'bad', 'could not be looked at (odd)'],
      ['fine', 'good', 'is'],
    ]);
  });

  it('take a clock for wrong that is more than 30 seconds off, either way', () => {
    const read = (aheadMs: number) => judgeClock([{ whose: 'Telegram', aheadMs }]).state;
    expect([-31_000, -30_000, 0, 30_000, 31_000].map(read)).toEqual([
      'bad',
      'good',
      'good',
      'good',
      'bad',
    ]);
    expect(judgeClock([]).state).toBe('unknown');
    expect(judgeClock([{ whose: 'the database', aheadMs: -3_600_000 }]).says).toBe(
      '3,600 seconds behind that of the database',
    );
  });

  it('need two packages of fonts, and can do without Hangul', () => {
    const needed = { package: 'letters', optional: false };
    const optional = { package: 'hangul', optional: true };
    expect(judgeFonts([]).state).toBe('good');
    expect(judgeFonts([optional])).toMatchObject({
      state: 'good',
      says: expect.stringContaining('hangul'),
    });
    expect(judgeFonts([needed, optional])).toMatchObject({
      state: 'bad',
      says: expect.stringContaining('letters'),
    });
  });

  it('refuse a database of a newer version', () => {
    expect(judgeDatabase({ version: '18.4', migrations: 5 }, 5).state).toBe('good');
    expect(judgeDatabase({ version: '18.4', migrations: 6 }, 5).state).toBe('bad');
  });

  it('take a topic without posts for new, and one without recent posts for broken', () => {
    const now = new Date('2026-11-20T12:00:00Z');
    const topic = { key: 'chips', timeZone: 'Asia/Shanghai' };
    expect(judgeTopic(topic, null, now, false)).toMatchObject({
      state: 'unknown',
      todo: expect.stringContaining('chorus import --topic chips FILE'),
    });
    expect(judgeTopic(topic, null, now, true).todo).toMatch(/^chorus collect --topic chips reads/);
    expect(judgeTopic(topic, new Date('2026-11-18T12:00:00Z'), now, false).state).toBe('good');
    const old = judgeTopic(topic, new Date('2026-11-18T11:59:00Z'), now, false);
    expect(old).toMatchObject({
      state: 'bad',
      says: 'the newest is of 2026-11-18 19:59: none in the last two days',
    });
  });

  it('do not hold it against another server that it cannot count tokens', () => {
    const rejected = { kind: 'rejected', message: '404 Not found' } as const;
    expect(judgeModel('m', rejected, true).state).toBe('unknown');
    expect(judgeModel('m', rejected, false).state).toBe('bad');
    expect(judgeModel('m', { kind: 'overloaded', message: '529' }, false).state).toBe('unknown');
  });

  it('know what members, the restricted and administrators may do on Telegram', () => {
    const group = { type: 'supergroup', permissions: { can_send_messages: false } };
    const missing = (status: string, rights = {}, chat: typeof group = group) =>
      missingInTelegram(chat, { status, ...rights });
    expect(missing('creator')).toEqual([]);
    expect(missing('administrator')).toEqual([]);
    expect(missing('member')).toEqual(['send messages']);
    expect(missing('restricted', { can_send_photos: false })).toEqual(['send photos']);
    expect(missing('left')).toEqual(['speak: it is not in the chat']);
    expect(missingInTelegram({ type: 'channel' }, { status: 'member' })).toEqual(['post messages']);
    expect(missingInTelegram({ type: 'private' }, { status: 'member' })).toEqual([]);
  });

  it('compute rights on Discord as the server does, whatever roles and overwrites there are', async () => {
    const { world } = await startDiscord();
    const rights = fc
      .subarray([
        Permission.ViewChannel,
        Permission.SendMessages,
        Permission.AttachFiles,
        Permission.Administrator,
      ])
      .map((bits) => bits.reduce((sum, bit) => sum | bit, 0n));
    const overwrite = fc.record({
      of: fc.nat({ max: 3 }),
      allow: rights.map((bits) => bits & ~Permission.Administrator),
      deny: rights,
    });
    fc.assert(
      fc.property(fc.array(rights, { maxLength: 2 }), fc.array(overwrite), (roles, overwrites) => {
        const guild = world.addGuild('Dawn');
        for (const permissions of roles) world.grant(guild, world.bot, permissions);
        const channel = world.addChannel(guild);
        const member = guild.members.get(world.bot.id)?.roles ?? [];
        const targets = [guild.id, ...member, world.bot.id];
        const unique = new Map(overwrites.map((each) => [targets[each.of] ?? '1', each]));
        for (const [id, { allow, deny }] of unique) {
          const type = id === world.bot.id ? OverwriteType.Member : OverwriteType.Role;
          channel.overwrites.push({ id, type, allow, deny });
        }
        const own = rightsIn({
          guild: { id: guild.id, owner: guild.ownerId },
          member: { id: world.bot.id, roles: member },
          rolePermissions: new Map(
            [...guild.roles.values()].map(({ id, permissions }) => [id, permissions]),
          ),
          overwrites: channel.overwrites,
        });
        const theirs = permissionsIn(world, channel, world.bot.id);
        expect(missingRights(own)).toEqual(missingRights(theirs));
      }),
    );
  });
});
