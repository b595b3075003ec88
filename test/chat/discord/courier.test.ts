import { PermissionFlagsBits as Permission } from 'discord.js';
import { describe, expect, it } from 'vitest';

import { openApi } from '../../../src/chat/discord/api.ts';
import { openCourier } from '../../../src/chat/discord/courier.ts';
import { wrapper } from '../../../src/chat/discord/payloads.ts';
import { Threads } from '../../../src/chat/discord/threads.ts';
import { bullets, paragraph, root, text } from '../../../src/lib/tree.ts';
import type { Envelope } from '../../../src/model/delivery.ts';
import {
  failWith,
  limit,
  type Options,
  resetAfter,
  resetBefore,
  startDiscord,
} from '../../fakes/discord.ts';
import { aDigest, fastClock, keptLog, says } from './bot.ts';

const POST = 'POST /channels/:channel/messages';
const THREADS = 'POST /channels/:channel/messages/:message/threads';

async function start(options?: Options) {
  const discord = await startDiscord(options);
  const { log, lines } = keptLog();
  const api = openApi({ token: discord.token, apiRoot: `${discord.url}/api` });
  const threads = new Threads(api, fastClock(1000), log);
  const courier = openCourier(api, wrapper(), threads);
  const channel = { platform: 'discord', chat: discord.channel.id, thread: null } as const;
  const envelope = (fields: Partial<Envelope> = {}): Envelope => ({
    channel,
    message: aDigest(),
    position: 0,
    form: 'rich',
    nonce: '0f8fad5b-d9cb-469f-a165-70867728950e',
    ...fields,
  });
  return { discord, courier, channel, envelope, threads, lines };
}

const long = aDigest({
  tree: root(
    Array.from({ length: 60 }, (_, index) =>
      bullets([[text(`${index}: ${'word '.repeat(40)}`.trim())]]),
    ),
  ),
});

describe('a digest on Discord', () => {
  it('is one message with its pictures, a menu and buttons', async () => {
    const { discord, courier, envelope } = await start();
    const id = await courier.send(envelope());
    const [message, ...others] = discord.messages();
    expect(others).toEqual([]);
    expect(message?.id).toBe(id);
    expect(message?.text).toContain('Harbour News');
    expect(message?.text).toContain('Prices fell');
    expect(message?.files).toMatchObject([
      { name: 'cloud.png', type: 'image/png', shown: true, description: 'prices, models' },
      { name: 'week.png', type: 'image/png', shown: true },
    ]);
    const drawn = JSON.stringify(message?.components);
    expect(drawn).toContain('part:1:A');
    expect(drawn).toContain('ask:1');
    expect(discord.refused).toEqual([]);
  });

  it('has as many messages as it needs, each of which can be sent alone', async () => {
    const { discord, courier, envelope } = await start();
    const count = courier.count(long, 'rich');
    expect(count).toBeGreaterThan(1);
    for (const position of Array.from({ length: count }).keys()) {
      await courier.send(envelope({ message: long, position, nonce: `n${position}` }));
    }
    expect(discord.messages()).toHaveLength(count);
    const said = discord.messages().map((message) => message.text);
    expect(said.join('\n')).toContain('59: word');
    await expect(courier.send(envelope({ message: long, position: count }))).rejects.toMatchObject({
      trouble: { kind: 'refused' },
    });
  });

  it('is bare text with files where components are refused', async () => {
    const { discord, courier, envelope } = await start();
    discord.fail(POST, failWith(400, { code: 50035, message: 'Invalid Form Body' }));
    await expect(courier.send(envelope())).rejects.toMatchObject({
      trouble: { kind: 'form-refused' },
    });
    await courier.send(envelope({ form: 'bare' }));
    const [message] = discord.messages();
    expect(message?.components).toEqual([]);
    expect(message?.text).toContain('Prices fell');
    expect(message?.files).toHaveLength(2);
    expect(courier.count(long, 'bare')).toBeGreaterThan(courier.count(aDigest(), 'bare'));
  });

  it('is refused in a form that cannot show it, not lost', async () => {
    const { courier, envelope } = await start();
    const twins = aDigest({ buttons: [1, 2].map(() => ({ label: 'Ask', address: 'ask:1' })) });
    expect(courier.count(twins, 'rich')).toBe(1);
    await expect(courier.send(envelope({ message: twins }))).rejects.toMatchObject({
      trouble: { kind: 'form-refused' },
    });
  });

  it('is there once when it is sent twice', async () => {
    const { discord, courier, envelope } = await start();
    const first = await courier.send(envelope());
    const second = await courier.send(envelope());
    expect(second).toBe(first);
    expect(discord.messages()).toHaveLength(1);
    await courier.send(envelope({ nonce: '0f8fad5b-d9cb-469f-a165-70867728950f' }));
    expect(discord.messages()).toHaveLength(2);
  });

  it('is there once when the connection broke after it had arrived', async () => {
    const { discord, courier, envelope } = await start();
    discord.fail(POST, resetAfter());
    await expect(courier.send(envelope())).rejects.toMatchObject({ trouble: { kind: 'unknown' } });
    expect(courier.repeatsUnknownMs).toBeGreaterThan(60_000);
    const id = await courier.send(envelope());
    expect(discord.messages().map((message) => message.id)).toEqual([id]);
  });

  it('is asked for once by each call, whatever fails', async () => {
    const { discord, courier, envelope } = await start();
    const failures = [failWith(502), limit(3.25), resetBefore()];
    const kinds: unknown[] = [];
    for (const failure of failures) {
      discord.fail(POST, failure);
      await courier.send(envelope()).catch((error: { trouble: unknown }) => {
        kinds.push(error.trouble);
      });
    }
    expect(kinds).toMatchObject([
      { kind: 'failed' },
      { kind: 'slow-down', seconds: 3.25 },
      { kind: 'unknown' },
    ]);
    expect(discord.requests.filter(({ route }) => route === POST)).toHaveLength(3);
  });

  it('waits for nothing by itself when a channel had its share', async () => {
    const { discord, courier, envelope } = await start();
    const message = aDigest({ folds: [], pictures: [] });
    const send = (nonce: string) => courier.send(envelope({ message, nonce }));
    for (const nonce of ['a', 'b', 'c', 'd', 'e']) await send(nonce);
    const refused = await send('f').catch((error: { trouble: unknown }) => error.trouble);
    expect(refused).toMatchObject({ kind: 'slow-down', seconds: expect.closeTo(5, 0) });
    expect(discord.limits.invalidRequests).toBe(0);
  });

  it('is told that the bot was thrown out, or has a token no more', async () => {
    const { discord, courier, envelope } = await start();
    discord.world.deny(discord.channel, discord.world.bot, Permission.SendMessages);
    await expect(courier.send(envelope())).rejects.toMatchObject({ trouble: { kind: 'gone' } });
    discord.world.kickBot(discord.guild);
    await expect(courier.send(envelope())).rejects.toMatchObject({ trouble: { kind: 'gone' } });
    const { token } = discord;
    discord.token = 'another';
    for (const _ of [1, 2]) {
      await expect(courier.send(envelope())).rejects.toMatchObject({
        trouble: { kind: 'bad-token' },
      });
    }
    discord.token = token;
    await expect(courier.send(envelope())).rejects.toMatchObject({ trouble: { kind: 'gone' } });
  });

  it('is told when nobody is there', async () => {
    const api = openApi({ token: 'demo', apiRoot: 'http://127.0.0.1:9/api' });
    await expect(api.openDirect('1')).rejects.toMatchObject({ trouble: { kind: 'failed' } });
  });

  it('is corrected in its place, pictures and all', async () => {
    const { discord, courier, envelope } = await start();
    const id = await courier.send(envelope());
    await courier.edit(envelope({ message: aDigest({ tree: says('Prices rose') }) }), id);
    const [message, ...others] = discord.messages();
    expect(others).toEqual([]);
    expect(message?.text).toContain('Prices rose');
    expect(message?.files).toMatchObject([{ shown: true }, { shown: true }]);
    expect(message?.earlierTexts[0]).toContain('Prices fell');
    expect(discord.refused).toEqual([]);
  });

  it('calls nobody, whatever stands in it', async () => {
    const { discord, courier, envelope } = await start();
    const user = discord.user.id;
    const hostile = `@everyone @here <@${user}> <@&${discord.guild.id}> <#1> [x](https://example.com)`;
    const message = aDigest({ tree: root([paragraph([text(hostile)])]) });
    await courier.send(envelope({ message }));
    await courier.send(envelope({ message, form: 'bare', nonce: 'bare' }));
    expect(discord.messages().flatMap(({ pings }) => pings)).toEqual([]);
    expect(discord.messages()).toHaveLength(2);
  });
});

describe('under a digest', () => {
  it('a thread is opened for questions, under its title', async () => {
    const { discord, courier, envelope, threads } = await start();
    const id = await courier.send(envelope());
    const thread = await discord.until(() => discord.world.channels.get(id));
    expect(thread).toMatchObject({ name: 'Harbour News, 29 January 2026' });
    expect(thread?.parentId).toBe(discord.channel.id);
    await threads.close();
  });

  it('there is none where the bot may not open one, which is no failure', async () => {
    const { discord, courier, envelope, threads, lines } = await start();
    discord.world.deny(discord.channel, discord.world.bot, Permission.CreatePublicThreads);
    const id = await courier.send(envelope());
    await expect.poll(() => lines.join('')).toContain('no thread opened');
    expect(discord.messages().map((message) => message.id)).toEqual([id]);
    await threads.close();
  });

  it('there is none in a thread, in what is no digest, and after the bot has closed', async () => {
    const { discord, courier, envelope, threads } = await start();
    const plain = aDigest({ folds: [] });
    const id = await courier.send(envelope({ message: plain, nonce: 'plain' }));
    const about = { name: 'Talk', ownerId: discord.world.bot.id };
    const thread = discord.world.addThread(discord.channel, about);
    const within = { platform: 'discord', chat: discord.channel.id, thread: thread.id } as const;
    await courier.send(envelope({ channel: within, nonce: 'within' }));
    expect(discord.messages(thread)).toHaveLength(1);
    await threads.close();
    await courier.send(envelope({ nonce: 'late' }));
    expect(discord.requests.filter(({ route }) => route === THREADS)).toEqual([]);
    expect(discord.world.channels.get(id)).toBeUndefined();
  });
});

describe('the pace on Discord', () => {
  it('is that of a channel, and of the bot as a whole', async () => {
    const { courier, channel } = await start();
    expect(courier.pacesOf(channel)).toEqual([
      { key: `discord:${channel.chat}`, everyMs: 1050, burst: 4 },
      { key: 'discord', everyMs: 23, burst: 5 },
    ]);
    expect(courier.pacesOf({ ...channel, thread: '7' })[0].key).toBe('discord:7');
  });
});
