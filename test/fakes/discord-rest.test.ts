import { connect } from 'node:net';

import { MessageFlags, PermissionFlagsBits as Permission, REST, Routes } from 'discord.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import {
  type FakeDiscord,
  failWith,
  hold,
  limit,
  type Options,
  resetAfter,
  resetBefore,
  startDiscord,
} from './discord.ts';

/** Names that bodies of requests have. */
const FIELDS = [
  'content',
  'embeds',
  'components',
  'attachments',
  'flags',
  'nonce',
  'message_reference',
  'allowed_mentions',
  'name',
  'description',
  'options',
  'type',
  'data',
  'recipient_id',
];
const RESET = { code: expect.stringMatching(/^(?:ECONNRESET|UND_ERR_SOCKET)$/) };
const POST = 'POST /channels/:channel/messages';

/** discord.js's own REST client, which does not repeat anything unless it is told to. */
async function start(options: Options = {}, retries = 0) {
  const discord = await startDiscord(options);
  const rest = new REST({ api: `${discord.url}/api`, version: '10', retries });
  rest.setToken(discord.token);
  const post = (body: object, channel = discord.channel.id) =>
    rest.post(Routes.channelMessages(channel), { body }) as Promise<{ id: string }>;
  return { discord, rest, post };
}

/** A request past discord.js, which would wait by itself. */
function ask({ url, token }: FakeDiscord, path: string, body: object): Promise<Response> {
  return fetch(`${url}/api/v10${path}`, {
    method: 'POST',
    headers: { authorization: `Bot ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
}

const say = (discord: FakeDiscord, content = 'hello') =>
  ask(discord, Routes.channelMessages(discord.channel.id), { content });

describe('the REST routes of the fake', () => {
  it('return the first message for a nonce that was there some minutes before', async () => {
    let now = Date.UTC(2026, 10, 26);
    const { discord, post } = await start({ now: () => now });
    const body = { content: 'once', nonce: 'day-1', enforce_nonce: true };
    const first = await post(body);
    const second = await post({ ...body, content: 'twice' });
    expect(second.id).toBe(first.id);
    expect(discord.messages().map(({ text }) => text)).toEqual(['once']);
    expect((await post({ content: 'once', nonce: 'day-1' })).id).not.toBe(first.id);
    now += 5 * 60_000 + 1;
    await post(body);
    expect(discord.messages()).toHaveLength(3);
  });

  it('send the message once when the answer was lost and discord.js repeats it', async () => {
    const { discord, post } = await start({}, 1);
    discord.fail(POST, resetAfter());
    await post({ content: 'once', nonce: '1', enforce_nonce: true });
    expect(discord.requests.map(({ status }) => status)).toEqual([null, 200]);
    expect(discord.messages()).toHaveLength(1);
  });

  it('break off before or after they have done what was asked', async () => {
    const { discord, post } = await start();
    discord.fail(POST, resetBefore(), resetAfter());
    await expect(post({ content: 'one' })).rejects.toMatchObject(RESET);
    expect(discord.messages()).toEqual([]);
    await expect(post({ content: 'two' })).rejects.toMatchObject(RESET);
    expect(discord.messages()).toMatchObject([{ text: 'two' }]);
  });

  it('can answer with an error although they have done what was asked', async () => {
    const { discord, post } = await start();
    discord.fail(POST, failWith(502, {}, 'after'));
    await expect(post({ content: 'there' })).rejects.toMatchObject({ status: 502 });
    expect(discord.messages()).toMatchObject([{ text: 'there' }]);
  });

  it('can be disturbed at any time, after what waits for its route', async () => {
    const { discord, post } = await start();
    discord.disturb((route) => (route === POST ? failWith(503) : undefined));
    discord.fail(POST, failWith(500));
    await expect(post({ content: 'one' })).rejects.toMatchObject({ status: 500 });
    await expect(post({ content: 'two' })).rejects.toMatchObject({ status: 503 });
    expect(discord.messages()).toEqual([]);
  });

  it('fail as often as a test wants, and then work', async () => {
    const { discord, post } = await start({}, 2);
    discord.fail(POST, failWith(500), failWith(502), limit(0.01));
    await post({ content: 'at last' });
    expect(discord.requests.map(({ status }) => status)).toEqual([500, 502, 429, 200]);
  });

  it('wait where a test holds them', async () => {
    const { discord, post } = await start();
    const { promise, resolve } = Promise.withResolvers<void>();
    discord.fail(POST, hold(promise));
    const sent = post({ content: 'held' });
    await discord.until(() => discord.requests[0]);
    expect(discord.messages()).toEqual([]);
    resolve();
    await sent;
    expect(discord.messages()).toHaveLength(1);
  });

  it('take five messages in five seconds a channel, and say so', async () => {
    let now = Date.UTC(2026, 10, 26);
    const { discord } = await start({ now: () => now });
    const other = discord.world.addChannel(discord.guild, { name: 'other' });
    const left: (string | null)[] = [];
    for (let count = 0; count < 5; count += 1) {
      left.push((await say(discord)).headers.get('x-ratelimit-remaining'));
    }
    expect(left).toEqual(['4', '3', '2', '1', '0']);
    now += 1000;
    const refused = await say(discord);
    expect(refused.status).toBe(429);
    expect(await refused.json()).toMatchObject({ retry_after: 4, global: false });
    expect(Object.fromEntries(refused.headers)).toMatchObject({
      'retry-after': '4.000',
      'x-ratelimit-limit': '5',
      'x-ratelimit-reset-after': '4.000',
      'x-ratelimit-scope': 'user',
    });
    const elsewhere = await ask(discord, Routes.channelMessages(other.id), { content: 'a' });
    expect(elsewhere.status).toBe(200);
    now += 4000;
    expect((await say(discord)).status).toBe(200);
    expect(discord.limits.invalidRequests).toBe(1);
  });

  it('are obeyed by discord.js, which waits and loses nothing', async () => {
    const { discord, post } = await start({ limits: { speed: 100 } });
    const all = Array.from({ length: 12 }, (_, index) => post({ content: `${index}` }));
    await Promise.all(all);
    expect(discord.messages().map(({ text }) => Number(text))).toEqual(all.map((_, at) => at));
    expect(discord.limits.invalidRequests).toBe(0);
  });

  it('take fifty requests a second over all routes', async () => {
    const { discord } = await start({
      now: () => 1_800_000_000_000,
      limits: { routes: { [POST]: { requests: 100, windowMs: 1000 } } },
    });
    const answers = await Promise.all(Array.from({ length: 51 }, () => say(discord)));
    const refused = answers.filter(({ status }) => status === 429);
    expect(refused).toHaveLength(1);
    expect(refused[0]?.headers.get('x-ratelimit-global')).toBe('true');
    expect(await refused[0]?.json()).toMatchObject({ global: true, retry_after: 1 });
  });

  it('shut out who asks in vain too often', async () => {
    const { discord } = await start({ limits: { invalid: 3 } });
    const nowhere = discord.world.addChannel(discord.world.addGuild('Elsewhere'));
    discord.world.deny(nowhere, discord.world.bot, Permission.ViewChannel);
    const path = Routes.channelMessages(nowhere.id);
    for (let count = 0; count < 3; count += 1) {
      expect((await ask(discord, path, { content: 'a' })).status).toBe(403);
    }
    expect((await say(discord)).status).toBe(429);
    discord.limits.isOff = true;
    expect((await say(discord)).status).toBe(200);
  });

  it('know channels and messages, and who may do what', async () => {
    const { discord, post, rest } = await start({ limits: 'off' });
    const { channel, world } = discord;
    await expect(post({ content: 'a' }, '1')).rejects.toMatchObject({ code: 10003, status: 404 });
    const lost = rest.get(Routes.channelMessage(channel.id, '1'));
    await expect(lost).rejects.toMatchObject({ code: 10008, status: 404 });
    const { message } = discord.say(discord.user, channel, 'mine');
    const foreign = rest.patch(Routes.channelMessage(channel.id, message.id), {
      body: { content: 'yours' },
    });
    await expect(foreign).rejects.toMatchObject({ code: 50005 });
    const removed = rest.delete(Routes.channelMessage(channel.id, message.id));
    await expect(removed).rejects.toMatchObject({ code: 50013 });
    await expect(post({ content: ' ' })).rejects.toMatchObject({ code: 50006 });
    world.deny(channel, world.bot, Permission.EmbedLinks);
    const embeds = [{ description: 'a' }];
    await expect(post({ embeds })).rejects.toMatchObject({ code: 50013, status: 403 });
    world.deny(channel, world.bot, Permission.ViewChannel);
    await expect(post({ content: 'a' })).rejects.toMatchObject({ code: 50001, status: 403 });
  });

  it('refuse to edit in an archived thread, and to write where it is locked', async () => {
    const { discord, post, rest } = await start();
    const thread = discord.world.addThread(discord.channel, {
      name: 'old',
      ownerId: discord.user.id,
    });
    const { id } = await post({ content: 'a' }, thread.id);
    Object.assign(thread.thread ?? {}, { archived: true, locked: true });
    await expect(post({ content: 'b' }, thread.id)).rejects.toMatchObject({ code: 50083 });
    const edit = rest.patch(Routes.channelMessage(thread.id, id), { body: { content: 'c' } });
    await expect(edit).rejects.toMatchObject({ code: 50083, status: 400 });
  });

  it('want the token, but not for interactions', async () => {
    const discord = await startDiscord();
    const path = `${discord.url}/api/v10`;
    const bare = await fetch(`${path}/users/@me`);
    expect([bare.status, await bare.json()]).toEqual([
      401,
      { message: '401: Unauthorized', code: 0 },
    ]);
    const unknown = await fetch(`${path}/interactions/1/token/callback`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ type: 5 }),
    });
    expect([unknown.status, await unknown.json()]).toMatchObject([404, { code: 10062 }]);
    expect((await fetch(`${path}/nowhere`)).status).toBe(404);
    expect((await fetch(`${discord.url}/api/v9/users/@me`)).status).toBe(400);
  });

  it('ping nobody whom the message does not allow', async () => {
    const { discord, post } = await start({ limits: 'off' });
    const { user, world } = discord;
    const { message } = discord.say(user, discord.channel, 'a question');
    const content = `<@${user.id}> and @everyone`;
    const reply = { content, message_reference: { message_id: message.id } };
    await post({ ...reply, allowed_mentions: { parse: [] } });
    await post(reply);
    world.grant(discord.guild, world.bot, Permission.MentionEveryone);
    await post({ content: '@everyone' });
    const toUser = { kind: 'user', id: user.id };
    const pings = discord.messages().map((each) => each.pings);
    expect(pings).toEqual([[], [], [toUser], [{ kind: 'everyone' }]]);
  });

  it('ping nobody by an edit, though it names whom it allows', async () => {
    const { discord, rest, post } = await start();
    const { id } = await post({ content: 'a line', allowed_mentions: { parse: [] } });
    const content = `<@${discord.user.id}>`;
    const edit = (body: object) =>
      rest.patch(Routes.channelMessage(discord.channel.id, id), { body });
    await edit({ content, allowed_mentions: { parse: [] } });
    expect(discord.message(id)).toMatchObject({ pings: [], mentions: [] });
    await edit({ content });
    const mentions = [{ kind: 'user', id: discord.user.id }];
    expect(discord.message(id)).toMatchObject({ pings: [], mentions });
  });

  it('ping from text displays too', async () => {
    const { discord, post } = await start();
    const components = [{ type: 10, content: `Hello <@${discord.user.id}>` }];
    await post({ components, flags: MessageFlags.IsComponentsV2 });
    expect(discord.messages()[0]?.pings).toEqual([{ kind: 'user', id: discord.user.id }]);
  });

  it('page through messages from the newest', async () => {
    const { discord, rest } = await start();
    for (const words of ['a', 'b', 'c', 'd']) discord.say(discord.user, discord.channel, words);
    const ids = discord.messages().map(({ id }) => id);
    const idsOf = async (query: Record<string, string>) => {
      const found = await rest.get(Routes.channelMessages(discord.channel.id), {
        query: new URLSearchParams(query),
      });
      return (found as { id: string }[]).map(({ id }) => ids.indexOf(id));
    };
    expect(await idsOf({})).toEqual([3, 2, 1, 0]);
    expect(await idsOf({ limit: '2', before: ids[3] ?? '' })).toEqual([2, 1]);
    expect(await idsOf({ limit: '2', after: ids[0] ?? '' })).toEqual([2, 1]);
  });

  it('are never broken by what is sent, nor by who leaves while speaking', async () => {
    const discord = await startDiscord({ limits: 'off' });
    const { id } = discord.channel;
    const paths = [
      Routes.channelMessages(id),
      Routes.channelMessage(id, '1'),
      Routes.threads(id),
      Routes.userChannels(),
      Routes.applicationCommands(discord.world.bot.id),
      Routes.interactionCallback('1', 'token'),
      '/channels/%zz/messages',
    ] as const;
    const field = fc.constantFrom(...FIELDS);
    const body = fc.oneof(fc.dictionary(field, fc.jsonValue({ maxDepth: 2 })), fc.jsonValue());
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...paths), body, async (path, json) => {
        const { status } = await ask(discord, path, Object(json));
        expect(status).not.toBe(500);
      }),
      { numRuns: 150 },
    );
    const { port } = new URL(discord.url);
    const socket = connect(Number(port), '127.0.0.1');
    socket.write(
      'POST /api/v10/users/@me/channels HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\n{',
    );
    const isLast = () => discord.requests.at(-1)?.path.endsWith('/users/@me/channels');
    await discord.until(() => (isLast() ? true : undefined));
    socket.destroy();
    await ask(discord, Routes.userChannels(), {});
    expect(discord.faults).toEqual([]);
  });
});
