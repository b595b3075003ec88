import { GatewayIntentBits as Intent, GatewayOpcodes as Op } from 'discord-api-types/v10';
import { Events } from 'discord.js';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { WebSocket } from 'ws';

import { clientFor, connect } from './discord-client.ts';
import { openApiSchema } from './discord-schema.ts';
import { type FakeDiscord, type Options, startDiscord } from './discord.ts';

type Packet = { readonly op: Op; readonly t: string | null; readonly d: unknown };

/** Long for a machine that has much to do. */
const SOON = { timeout: 10_000 };
const PROPERTIES = { os: 'linux', browser: 'demo', device: 'demo' };

/** A client that says only what the test tells it to. */
class Bare {
  readonly packets: Packet[] = [];
  readonly socket: WebSocket;
  readonly closed: Promise<number>;

  constructor({ url }: FakeDiscord, query = '?v=10&encoding=json') {
    this.socket = new WebSocket(`${url.replace('http', 'ws')}/gateway${query}`);
    this.socket.on('message', (data: Buffer) => {
      this.packets.push(JSON.parse(data.toString('utf8')) as Packet);
    });
    this.closed = new Promise((resolve) => {
      this.socket.on('close', resolve);
    });
    onTestFinished(() => this.socket.terminate());
  }

  send(op: number, d: unknown): void {
    this.socket.send(JSON.stringify({ op, d }));
  }

  async packet(op: Op, name: string | null = null): Promise<Packet> {
    const found = () => this.packets.find((each) => each.op === op && each.t === name);
    return vi.waitFor(() => found() ?? Promise.reject(new Error(`no packet ${op} ${name}`)), SOON);
  }

  async identify(token: string, intents: number = Intent.Guilds): Promise<void> {
    await this.packet(Op.Hello);
    this.send(Op.Identify, { token, intents, properties: PROPERTIES });
  }
}

async function bare(options?: Options) {
  const discord = await startDiscord(options);
  const bot = new Bare(discord);
  await bot.packet(Op.Hello);
  return { discord, bot };
}

async function ready(options?: Options) {
  const { discord, bot } = await bare(options);
  await bot.identify(discord.token);
  const { d } = await bot.packet(Op.Dispatch, 'READY');
  return { discord, bot, session: (d as { session_id: string }).session_id };
}

describe('the gateway of the fake', () => {
  it('tells what a bot missed while its socket was gone', async () => {
    const discord = await startDiscord();
    const client = await connect(discord);
    const heard: string[] = [];
    client.on('messageCreate', ({ content }) => heard.push(content));
    const resumed = new Promise((resolve) => {
      client.once(Events.ShardResume, (_, replayed) => resolve(replayed));
    });
    discord.gateway.drop();
    await discord.until(() => (discord.gateway.isConnected ? undefined : true));
    discord.say(discord.user, discord.channel, 'meanwhile', { mention: true });
    expect(await resumed).toBeGreaterThanOrEqual(0);
    await expect.poll(() => heard, SOON).toEqual([`<@${client.user.id}> meanwhile`]);
    expect(discord.gateway.counts).toMatchObject({ identified: 1, resumed: 1 });
  });

  it('tells of edits as the types say, and of links that are shown later as no edits', async () => {
    const { discord, bot } = await ready();
    const other = new Bare(discord);
    await other.identify(discord.token, Intent.Guilds | Intent.GuildMessages);
    await other.packet(Op.Dispatch, 'READY');
    const said = discord.say(discord.user, discord.channel, 'first');
    discord.edit(said.message.id, 'second', { mention: true });
    discord.unfurl(said.message.id);
    discord.edit(said.message.id, 'third');
    const updates = () => other.packets.filter(({ t }) => t === 'MESSAGE_UPDATE').map(({ d }) => d);
    await expect.poll(updates, SOON).toHaveLength(3);
    const [edited, shown, hidden] = updates() as { edited_timestamp: string; content: string }[];
    expect(edited).toMatchObject({ content: `<@${discord.world.bot.id}> second`, embeds: [] });
    expect(shown).toMatchObject({ ...edited, embeds: [{ type: 'link' }] });
    expect(hidden).toMatchObject({ content: '', mentions: [] });
    const schema = await openApiSchema();
    const check = (each: unknown) => schema.check('GatewayMessageUpdateDispatchData', each);
    expect(updates().flatMap(check)).toEqual([]);
    expect(bot.packets.some(({ t }) => t === 'MESSAGE_UPDATE')).toBe(false);
  });

  it('tells what came last once more, under its number', async () => {
    const { discord, bot } = await bare();
    await bot.identify(discord.token, Intent.Guilds | Intent.GuildMessages);
    await bot.packet(Op.Dispatch, 'READY');
    discord.say(discord.user, discord.channel, 'once', { mention: true });
    discord.gateway.repeat();
    const created = () => bot.packets.filter(({ t }) => t === 'MESSAGE_CREATE');
    await expect.poll(created, SOON).toHaveLength(2);
    expect(created()[0]).toEqual(created()[1]);
  });

  it('is not reached while its door is shut, and lets nobody stay', async () => {
    const { discord, bot } = await ready();
    await discord.door.shut();
    await bot.closed;
    const refused = new Promise((resolve) => {
      new Bare(discord).socket.on('error', resolve);
    });
    expect(await refused).toMatchObject({ code: 'ECONNREFUSED' });
    await discord.door.reopen();
    await new Bare(discord).packet(Op.Hello);
  });

  it('lets a bot come back when it asks it to connect anew', async () => {
    const discord = await startDiscord();
    const client = await connect(discord);
    const resumed = new Promise((resolve) => {
      client.once(Events.ShardResume, resolve);
    });
    discord.gateway.reconnect();
    await resumed;
    expect(discord.gateway.counts).toMatchObject({ identified: 1, resumed: 1 });
  });

  it('makes a bot begin anew whose session it has forgotten', async () => {
    const discord = await startDiscord();
    const client = await connect(discord);
    const again = new Promise((resolve) => {
      client.once(Events.ShardReady, resolve);
    });
    discord.gateway.forget();
    discord.gateway.drop();
    await again;
    expect(discord.gateway.counts).toMatchObject({ identified: 2, resumed: 0 });
  });

  it('is left by a bot whose heartbeats it no longer answers', async () => {
    const discord = await startDiscord({ heartbeatMs: 40 });
    const client = await connect(discord);
    await expect.poll(() => discord.gateway.counts.heartbeats, SOON).toBeGreaterThan(1);
    const resumed = new Promise((resolve) => {
      client.once(Events.ShardResume, resolve);
    });
    discord.gateway.acknowledgeHeartbeats(false);
    await expect.poll(() => discord.gateway.isConnected, SOON).toBe(false);
    discord.gateway.acknowledgeHeartbeats(true);
    await resumed;
    expect(discord.gateway.counts.identified).toBe(1);
  });

  it('closes with 4014 for an intent that is not enabled, and takes it once it is', async () => {
    const intents = [Intent.Guilds, Intent.GuildMessages, Intent.MessageContent];
    const discord = await startDiscord();
    const refused = clientFor(discord, { intents });
    const closed = new Promise((resolve) => {
      refused.once(Events.ShardDisconnect, ({ code }) => resolve(code));
    });
    void refused.login(discord.token).catch(() => null);
    expect(await closed).toBe(4014);
    expect(discord.gateway.closed).toEqual([4014]);
    const open = await startDiscord({ privilegedIntents: Intent.MessageContent });
    const client = await connect(open, { intents });
    const heard = new Promise((resolve) => {
      client.once(Events.MessageCreate, ({ content }) => resolve(content));
    });
    open.say(open.user, open.channel, 'for everybody');
    expect(await heard).toBe('for everybody');
  });

  it('throws a bot out whose token was reset', async () => {
    const discord = await startDiscord();
    const client = await connect(discord);
    const failed = new Promise((resolve) => {
      client.once(Events.ShardDisconnect, ({ code }) => resolve(code));
    });
    client.on(Events.Error, () => null);
    client.on(Events.ShardError, () => null);
    discord.revokeToken();
    expect(await failed).toBe(4004);
    const request = client.users.fetch(discord.user.id, { force: true });
    await expect(request).rejects.toMatchObject({ status: 401 });
  });

  it('does not let a bot in with a wrong token', async () => {
    const discord = await startDiscord();
    await expect(clientFor(discord).login('wrong')).rejects.toMatchObject({ code: 'TokenInvalid' });
    const bot = new Bare(discord);
    await bot.identify('wrong');
    expect(await bot.closed).toBe(4004);
  });

  it('tells only what the intents cover', async () => {
    const { discord, bot } = await bare();
    await bot.identify(discord.token, Intent.GuildMessages);
    await bot.packet(Op.Dispatch, 'READY');
    discord.say(discord.user, discord.channel, 'hello');
    discord.world.addChannel(discord.guild, { name: 'later' });
    await bot.packet(Op.Dispatch, 'MESSAGE_CREATE');
    expect(bot.packets.map(({ t }) => t)).toEqual([null, 'READY', 'MESSAGE_CREATE']);
  });

  it.each([
    ['a packet that is no JSON', 4002, (bot: Bare) => bot.socket.send('{')],
    ['an unknown code', 4001, (bot: Bare) => bot.send(99, null)],
    ['a presence before it knows who it is', 4003, (bot: Bare) => bot.send(3, {})],
    ['an identification without intents', 4002, (bot: Bare) => bot.send(2, { token: 'a' })],
  ])('closes for %s', async (_, code, act) => {
    const { bot } = await bare();
    act(bot);
    expect(await bot.closed).toBe(code);
  });

  it.each([
    ['a second identification', 4005, (bot: Bare, token: string) => bot.identify(token)],
    ['a beat from the future', 4007, (bot: Bare) => bot.send(Op.Heartbeat, 99)],
  ])('closes for %s', async (_, code, act) => {
    const { discord, bot } = await ready();
    await act(bot, discord.token);
    expect(await bot.closed).toBe(code);
  });

  it.each([
    ['bits that are none', { intents: 1 << 30 }, 4013],
    ['a shard beyond their number', { intents: 1, shard: [2, 1] }, 4010],
  ])('closes for %s', async (_, fields, code) => {
    const { discord, bot } = await bare();
    bot.send(Op.Identify, { token: discord.token, properties: PROPERTIES, ...fields });
    expect(await bot.closed).toBe(code);
  });

  it('closes for another version', async () => {
    const discord = await startDiscord();
    expect(await new Bare(discord, '?v=9&encoding=json').closed).toBe(4012);
  });

  it('closes for more than 120 packets a minute', async () => {
    const { bot } = await ready({ now: () => 1_800_000_000_000 });
    for (let beat = 0; beat < 121; beat += 1) bot.send(Op.Heartbeat, null);
    expect(await bot.closed).toBe(4008);
  });

  it('refuses to resume from the future, and after a farewell', async () => {
    const { discord, bot, session } = await ready();
    const future = new Bare(discord);
    await future.packet(Op.Hello);
    future.send(Op.Resume, { token: discord.token, session_id: session, seq: 99 });
    expect(await future.closed).toBe(4007);
    bot.socket.close(1000);
    await bot.closed;
    const late = new Bare(discord);
    await late.packet(Op.Hello);
    await expect.poll(() => discord.gateway.isConnected, SOON).toBe(false);
    late.send(Op.Resume, { token: discord.token, session_id: session, seq: 1 });
    expect(await late.packet(Op.InvalidSession)).toMatchObject({ d: false });
  });
});
