import { setTimeout as sleep } from 'node:timers/promises';

import { describe, expect, it } from 'vitest';

import { failWith, hold } from '../../fakes/discord.ts';
import { aBot, fastClock, says } from './bot.ts';
import { aCommand, echo, start } from './scene.ts';

describe('the connection to Discord', () => {
  it('is made again after it was lost, and nothing said meanwhile is lost', async () => {
    const { discord, platform } = await start({ commands: [echo] });
    discord.gateway.drop();
    await expect.poll(() => platform.trouble()).toContain('lost');
    const said = discord.say(discord.user, discord.channel, 'meanwhile', { mention: true });
    expect((await said.reply()).text).toBe('asked: meanwhile');
    await expect.poll(() => platform.trouble()).toBeNull();
    expect(discord.gateway.counts).toMatchObject({ identified: 1, resumed: 1 });
  });

  it('is made again after minutes without a network, and nothing said meanwhile is lost', async () => {
    const clock = fastClock(100);
    const { discord, platform } = await start({ commands: [echo], clock });
    await discord.door.shut();
    await expect.poll(() => platform.trouble()).toContain('lost');
    const said = discord.say(discord.user, discord.channel, 'meanwhile', { mention: true });
    await clock.wait(300_000);
    await discord.door.reopen();
    expect((await said.reply()).text).toBe('asked: meanwhile');
    await expect.poll(() => platform.trouble()).toBeNull();
    expect(discord.gateway.counts).toMatchObject({ identified: 1, resumed: 1 });
  });

  it('is begun anew after a while without a network where Discord has forgotten it', async () => {
    const { discord, platform } = await start({ commands: [echo], clock: fastClock(100) });
    await discord.door.shut();
    await expect.poll(() => platform.trouble()).toContain('lost');
    discord.gateway.forget();
    await discord.door.reopen();
    await expect.poll(() => platform.trouble(), { timeout: 10_000 }).toBeNull();
    const said = discord.say(discord.user, discord.channel, 'again', { mention: true });
    expect((await said.reply()).text).toBe('asked: again');
    expect(discord.gateway.counts).toMatchObject({ identified: 2, resumed: 0 });
  });

  it('is tried again when Discord has refused its intents, with what to do about it', async () => {
    const { discord, platform } = await start({ commands: [echo] });
    discord.gateway.close(4014);
    await expect.poll(() => platform.trouble()).toContain('intents');
    await expect.poll(() => platform.trouble(), { timeout: 5000 }).toBeNull();
    const said = discord.say(discord.user, discord.channel, 'again', { mention: true });
    expect((await said.reply()).text).toBe('asked: again');
    expect(discord.gateway.counts.identified).toBe(2);
  });

  it('says that the token is to be renewed, and goes on when it is accepted again', async () => {
    const bot = await start({ commands: [echo] });
    const { discord, platform, lines } = bot;
    const { token } = discord;
    discord.revokeToken();
    await expect.poll(() => platform.trouble()).toContain('DISCORD_TOKEN');
    discord.token = token;
    await expect.poll(() => platform.trouble(), { timeout: 5000 }).toBeNull();
    expect(lines.join('')).not.toContain(token);
  });

  it('is begun anew when Discord stays silent', async () => {
    const bot = await aBot({ clock: fastClock(100) });
    bot.discord.fail('GET /gateway/bot', hold(new Promise(() => {})));
    await bot.start();
    expect(bot.platform.trouble()).toBeNull();
    expect(bot.discord.gateway.counts.identified).toBe(1);
  });

  it('has the commands registered, however often that fails', async () => {
    const bot = await aBot();
    bot.discord.fail('GET /applications/:application/commands', failWith(502), failWith(500));
    await bot.start();
    expect(bot.discord.commands().length).toBeGreaterThan(10);
    expect(bot.lines.join('')).toContain('commands not registered');
  });

  it('is not given up when nobody is there, nor with a wrong token', async () => {
    const wrong = await aBot({ token: 'wrong' });
    const stopping = new AbortController();
    const running = wrong.platform.run(stopping.signal);
    await expect.poll(() => wrong.platform.trouble()).toContain('DISCORD_TOKEN');
    wrong.discord.fail('GET /gateway/bot', failWith(503));
    await expect.poll(() => wrong.platform.trouble()).toContain('cannot be reached');
    stopping.abort();
    await running;
    expect(wrong.platform.trouble()).not.toBeNull();
    expect(wrong.lines.join('')).not.toContain('wrong"');
  });
});

describe('stopping', () => {
  it('finishes what is being answered', async () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    const begun = Promise.withResolvers<void>();
    const slow = aCommand(async () => {
      begun.resolve();
      await promise;
      return { tree: says('Finished') };
    });
    const bot = await start({ commands: [slow], clock: fastClock(1) });
    const { discord } = bot;
    const act = discord.command(discord.user, discord.channel, 'ask');
    await begun.promise;
    const stopped = bot.stop();
    resolve();
    await stopped;
    expect(act.messages()).toMatchObject([{ text: 'Finished', isLoading: false }]);
    expect(discord.gateway.isConnected).toBe(false);
  });

  it('leaves nothing waiting behind, and no trouble but that it has left', async () => {
    const clock = fastClock(10);
    let waiting = 0;
    const counted = {
      ...clock,
      wait: async (ms: number, signal?: AbortSignal) => {
        waiting += 1;
        await clock.wait(ms, signal).finally(() => {
          waiting -= 1;
        });
      },
    };
    const bot = await start({ commands: [echo], clock: counted });
    await bot.stop();
    await expect.poll(() => waiting).toBe(0);
    expect(bot.platform.trouble()).toContain('not connected');
    expect(bot.lines.join('')).not.toContain('gateway lost');
  });

  it('ends the connection that is just being made again', async () => {
    const bot = await start({ commands: [echo] });
    const { gateway } = bot.discord;
    gateway.drop();
    await expect.poll(() => bot.platform.trouble()).toContain('lost');
    await bot.stop();
    await sleep(600); // the library's own pause, after which it would be back
    expect(gateway.isConnected).toBe(false);
    expect(gateway.counts).toMatchObject({ identified: 1, resumed: 0 });
  });

  it('does not wait for ever', async () => {
    const begun = Promise.withResolvers<void>();
    const never = aCommand(() => {
      begun.resolve();
      return new Promise(() => {});
    });
    const bot = await start({ commands: [never], clock: fastClock(100) });
    bot.discord.command(bot.discord.user, bot.discord.channel, 'ask');
    await begun.promise;
    await bot.stop();
    expect(bot.discord.gateway.isConnected).toBe(false);
  });
});

describe('telling a person', () => {
  it('reaches them in direct messages, listening or not', async () => {
    const { discord, platform } = await aBot();
    const message = { language: 'en', pictures: [], folds: [], buttons: [] } as const;
    await platform.tell(discord.user.id, { ...message, tree: says('Look at the log') });
    const dm = discord.world.openDm(discord.user);
    expect(discord.messages(dm)).toMatchObject([{ text: 'Look at the log' }]);
    discord.world.closedToBot.add(discord.user.id);
    const again = platform.tell(discord.user.id, { ...message, tree: says('Once more') });
    await expect(again).rejects.toMatchObject({ trouble: { kind: 'gone' } });
  });
});
