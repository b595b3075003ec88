import { PermissionFlagsBits as Permission } from 'discord.js';
import { describe, expect, it } from 'vitest';

import type { Command } from '../../../src/chat/command.ts';
import { addressOf } from '../../../src/model/address.ts';
import { changeAccess, findChannel, meetChannel } from '../../../src/store/channels.ts';
import { failWith, limit, resetAfter } from '../../fakes/discord.ts';
import { fastClock, says } from './bot.ts';
import { aCommand, channelOf, echo, noteDelivery, postDigest, start } from './scene.ts';

const POST = 'POST /channels/:channel/messages';
const CALLBACK = 'POST /interactions/:interaction/:token/callback';
const EDIT = 'PATCH /webhooks/:application/:token/messages/:message';

describe('a command on Discord', () => {
  it('is acknowledged at once and answered in its place', async () => {
    const { discord, mistakes } = await start();
    const act = discord.command(discord.user, discord.channel, 'help');
    expect(await act.acknowledged()).toMatchObject({ kind: 'deferred reply', isEphemeral: false });
    expect((await act.reply()).text).toContain('digest');
    expect(act.messages()).toHaveLength(1);
    expect(mistakes()).toEqual([]);
  });

  it('is understood as if it had been written', async () => {
    const { discord } = await start({ commands: [echo] });
    const act = discord.command(discord.user, discord.channel, 'ask', { question: 'why? <@1>' });
    expect((await act.reply()).text).toContain('asked: why?');
  });

  it('is answered in several messages when there is much to say', async () => {
    const much = aCommand(async () => ({
      tree: {
        type: 'root',
        children: Array.from({ length: 60 }, () => says('word '.repeat(40)).children).flat(),
      },
    }));
    const { discord, mistakes } = await start({ commands: [much] });
    const act = discord.command(discord.user, discord.channel, 'ask');
    await act.reply();
    await expect.poll(() => act.messages().length).toBeGreaterThan(2);
    expect(mistakes()).toEqual([]);
  });

  it('is answered though Discord fails or asks to wait first', async () => {
    const { discord } = await start({ commands: [echo] });
    discord.fail(EDIT, failWith(502), resetAfter(), limit(0.2));
    const act = discord.command(discord.user, discord.channel, 'ask', { question: 'again' });
    await expect.poll(() => act.messages()[0]?.text).toContain('asked: again');
    expect(act.messages()).toHaveLength(1);
  });

  it('is answered in the channel when that took longer than a quarter of an hour', async () => {
    let now = Date.now();
    const slow = aCommand(async () => {
      now += 16 * 60_000;
      return { tree: says('At last') };
    });
    const { discord } = await start({ commands: [slow], fake: { now: () => now } });
    discord.command(discord.user, discord.channel, 'ask');
    await expect
      .poll(() => discord.messages().map(({ text }) => text))
      .toEqual(expect.arrayContaining([expect.stringContaining('At last')]));
  });

  it('is answered in bare text where components are refused', async () => {
    const { discord } = await start({ commands: [echo] });
    discord.fail(EDIT, failWith(400, { code: 50035, message: 'Invalid Form Body' }));
    const act = discord.command(discord.user, discord.channel, 'ask', { question: 'simply' });
    await expect.poll(() => act.messages()[0]?.text).toBe('asked: simply');
  });

  it('is acknowledged again when the connection broke, and answered once', async () => {
    const { discord } = await start({ commands: [echo] });
    discord.fail(CALLBACK, resetAfter());
    const act = discord.command(discord.user, discord.channel, 'ask', { question: 'still?' });
    await expect.poll(() => act.messages()[0]?.text).toBe('asked: still?');
    expect(act.messages()).toHaveLength(1);
  });

  it('that another process has acknowledged is left to it', async () => {
    const asked: string[] = [];
    const noting = aCommand(async (words) => {
      asked.push(words);
      return { tree: says('Noted') };
    });
    const first = await start({ commands: [noting] });
    const { discord, db } = first;
    const second = await start({ commands: [noting], discord, db });
    const act = discord.command(discord.user, discord.channel, 'ask', { question: 'who?' });
    await act.reply();
    const both = () => [...first.lines, ...second.lines].join('');
    await expect.poll(both).toContain('interaction not acknowledged');
    expect(asked).toEqual(['who?']);
  });

  it('that was given too long ago is left', async () => {
    const { discord, lines } = await start({ commands: [echo] });
    discord.fail(CALLBACK, failWith(404, { code: 10062, message: 'Unknown interaction' }));
    discord.command(discord.user, discord.channel, 'ask');
    await expect.poll(() => lines.join('')).toContain('interaction not acknowledged');
  });

  it('for administrators is taken from who may manage the server', async () => {
    const { discord, db } = await start();
    const refused = discord.command(discord.user, discord.channel, 'subscribe', {
      topic: 'twitter_ai',
    });
    expect((await refused.reply()).text).toContain('管理员');
    const admin = discord.world.addUser('harbourmaster_demo');
    discord.world.addMember(discord.guild, admin);
    discord.world.grant(discord.guild, admin, Permission.ManageGuild);
    const taken = discord.say(admin, discord.channel, '/language en', { mention: true });
    await taken.reply();
    expect(await findChannel(db, channelOf(discord))).toMatchObject({ language: 'en' });
    const done = discord.command(admin, discord.channel, 'subscribe', { topic: 'twitter_ai' });
    expect((await done.reply()).text).toContain('Twitter Ai');
  });
});

describe('somebody who types', () => {
  it('is offered what may be written', async () => {
    const { discord, mistakes } = await start({ clock: fastClock(1) });
    const typed = { option: 'topic', text: 'twi' };
    const act = discord.autocomplete(discord.user, discord.channel, 'digest', typed);
    const { choices } = await act.acknowledged();
    expect(choices).toEqual([{ name: 'twitter_ai', value: 'twitter_ai' }]);
    expect(mistakes()).toEqual([]);
  });

  it('is offered nothing in a chat that was not let in, or when that fails', async () => {
    const { discord, db } = await start();
    const typed = { option: 'topic', text: '' };
    const failing = discord.autocomplete(discord.user, discord.channel, 'section', {
      option: 'written',
      text: 'A',
    });
    expect((await failing.acknowledged()).choices).toEqual([]);
    await changeAccess(db, channelOf(discord), 'denied');
    const act = discord.autocomplete(discord.user, discord.channel, 'digest', typed);
    expect((await act.acknowledged()).choices).toEqual([]);
  });

  it('is offered nothing when it takes too long', async () => {
    const commands = [suggesting(() => new Promise(() => {}))];
    const { discord } = await start({ commands, clock: fastClock(50) });
    const typed = { option: 'question', text: '' };
    const act = discord.autocomplete(discord.user, discord.channel, 'ask', typed);
    expect((await act.acknowledged()).choices).toEqual([]);
  });

  it('is offered as many things as Discord takes', async () => {
    const many = ['', 'x'.repeat(101), ...Array.from({ length: 40 }, (_, index) => `${index}`)];
    const commands = [suggesting(() => Promise.resolve(many))];
    const { discord, mistakes } = await start({ commands, clock: fastClock(1) });
    const typed = { option: 'question', text: '' };
    const act = discord.autocomplete(discord.user, discord.channel, 'ask', typed);
    expect((await act.acknowledged()).choices).toHaveLength(25);
    expect(mistakes()).toEqual([]);
  });
});

/** A command with an option that offers something. */
function suggesting(suggest: () => Promise<string[]>): Command {
  const read = (words: string) => words;
  return { ...echo, options: { question: { hint: 'QUESTION', optional: true, read, suggest } } };
}

describe('a button or a menu', () => {
  it('shows a part to whom it was who asked, also after a restart', async () => {
    const first = await start();
    const { id, report, message } = await postDigest(first);
    expect(message.folds.length).toBeGreaterThan(0);
    await first.stop();
    const { discord, mistakes } = await start({ discord: first.discord, db: first.db });
    const part = addressOf({ kind: 'part', report: report.id, part: 'A' });
    const chosen = discord.choose(discord.user, id, 'folds-1', [part]);
    expect(await chosen.acknowledged()).toMatchObject({ isEphemeral: true });
    const shown = await chosen.reply();
    expect(shown).toMatchObject({ isEphemeral: true });
    expect(shown.text).toContain('Prices in detail');
    const ask = addressOf({ kind: 'ask', report: report.id });
    const pressed = discord.press(discord.user, id, ask);
    expect((await pressed.reply()).text).toContain('/ask');
    expect(discord.messages()).toHaveLength(1);
    expect(mistakes()).toEqual([]);
  });
});

describe('a stranger', () => {
  it('gets one line for all, and then one that nobody else sees', async () => {
    const { discord, db } = await start();
    await changeAccess(db, channelOf(discord), 'unknown');
    const act = discord.command(discord.user, discord.channel, 'topics');
    expect((await act.reply()).text).toContain(discord.channel.id);
    const again = discord.command(discord.user, discord.channel, 'topics');
    await expect.poll(() => again.messages().at(-1)?.text).toContain(discord.channel.id);
    expect(again.messages()).toMatchObject([{ isEphemeral: true, isLoading: false }]);
    expect(discord.messages()).toHaveLength(1);
  });
});

describe('what is said on Discord', () => {
  it('is answered when it mentions the bot, and nothing else is', async () => {
    const { discord } = await start({ commands: [echo] });
    discord.say(discord.user, discord.channel, 'just talking');
    const said = discord.say(discord.user, discord.channel, 'how much?', { mention: true });
    const reply = await said.reply();
    expect(reply).toMatchObject({ text: 'asked: how much?', repliesTo: said.message.id });
    const other = discord.say(discord.user, discord.channel, 'And so?', { replyTo: reply.id });
    expect((await other.reply()).text).toBe('asked: And so?');
    discord.say(discord.user, discord.channel, 'unheard', { replyTo: reply.id, ping: false });
    const last = discord.say(discord.user, discord.channel, 'last', { mention: true });
    await last.reply();
    const answers = discord.messages().filter(({ text }) => text.startsWith('asked'));
    expect(answers.map(({ text }) => text)).toEqual([
      'asked: how much?',
      'asked: And so?',
      'asked: last',
    ]);
  });

  it('is answered in direct messages and in threads', async () => {
    const { discord, platform, db } = await start({ commands: [echo] });
    const dm = discord.world.openDm(discord.user);
    const direct = { platform: 'discord', chat: dm.id, thread: null } as const;
    await meetChannel(db, direct, 'ada_demo', new Date('2026-01-30T12:00:00Z'));
    await changeAccess(db, direct, 'allowed');
    expect((await discord.say(discord.user, dm, 'privately').reply()).text).toContain('privately');
    const thread = discord.world.addThread(discord.channel, {
      name: 'Talk',
      ownerId: discord.world.bot.id,
    });
    const within = discord.say(discord.user, thread, 'within', { mention: true });
    expect(await within.reply()).toMatchObject({ channelId: thread.id, text: 'asked: within' });
    const key = { platform: 'discord', chat: discord.channel.id, thread: thread.id } as const;
    expect(await findChannel(db, key)).toMatchObject({ title: 'Harbour #Talk' });
    expect(platform.trouble()).toBeNull();
  });

  it('is about a digest in the thread under it', async () => {
    const seen: unknown[] = [];
    const about = aCommand(async (_, { shown }) => {
      seen.push(shown?.id);
      return { tree: says('About it') };
    });
    const bot = await start({ commands: [about] });
    const { discord, db } = bot;
    const { id, report } = await postDigest(bot);
    await noteDelivery(db, { channel: channelOf(discord), messageId: id, reportId: report.id });
    const thread = await discord.until(() => discord.world.channels.get(id));
    await discord.say(discord.user, thread, 'why?', { mention: true }).reply();
    await discord.command(discord.user, thread, 'ask', { question: 'and then?' }).reply();
    const other = discord.world.addThread(discord.channel, { name: 'Other', ownerId: '1' });
    await discord.say(discord.user, other, 'what?', { mention: true }).reply();
    await discord
      .say(discord.user, discord.channel, 'this', { mention: true, replyTo: id })
      .reply();
    expect(seen).toEqual([report.id, report.id, undefined, report.id]);
  });

  it('calls nobody when it is said back', async () => {
    const { discord } = await start({ commands: [echo] });
    const hostile = `@everyone <@${discord.user.id}> <@&${discord.guild.id}>`;
    const said = discord.say(discord.user, discord.channel, hostile, { mention: true });
    expect(await said.reply()).toMatchObject({ pings: [] });
    const act = discord.command(discord.user, discord.channel, 'ask', { question: hostile });
    expect(await act.reply()).toMatchObject({ pings: [] });
  });

  it('is answered once though the answer’s arrival was not learnt of, and Discord asks to wait', async () => {
    const { discord } = await start({ commands: [echo] });
    discord.fail(POST, resetAfter(), limit(0.3), failWith(503));
    const said = discord.say(discord.user, discord.channel, 'once', { mention: true });
    await said.reply();
    await expect.poll(() => discord.requests.filter(({ route }) => route === POST)).toHaveLength(4);
    expect(discord.messages().filter(({ text }) => text === 'asked: once')).toHaveLength(1);
  });
});
