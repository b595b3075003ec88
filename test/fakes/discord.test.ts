import { glob, readFile } from 'node:fs/promises';

import {
  ActionRowBuilder,
  AttachmentBuilder,
  ButtonBuilder,
  ButtonStyle,
  ChannelType,
  type Client,
  ContainerBuilder,
  MediaGalleryBuilder,
  MessageFlags,
  PermissionFlagsBits as Permission,
  type TextChannel,
  TextDisplayBuilder,
} from 'discord.js';
import { describe, expect, it } from 'vitest';

import { connect } from './discord-client.ts';
import { type FakeDiscord, type Options, startDiscord } from './discord.ts';

const SOON = { timeout: 10_000 };
const QUIET = { allowedMentions: { parse: [] } };

async function start(options?: Options) {
  const discord = await startDiscord(options);
  const client = await connect(discord);
  return { discord, client, channel: await channelOf(client, discord) };
}

async function channelOf(client: Client, discord: FakeDiscord): Promise<TextChannel> {
  return (await client.channels.fetch(discord.channel.id)) as TextChannel;
}

const row = () =>
  new ActionRowBuilder<ButtonBuilder>().addComponents(
    new ButtonBuilder().setCustomId('more').setLabel('More').setStyle(ButtonStyle.Primary),
  );

describe('a bot on the fake of Discord', () => {
  it('logs in, and knows its server, its channels and itself', async () => {
    const { discord, client, channel } = await start();
    expect(client.user.id).toBe(discord.world.bot.id);
    expect(client.guilds.cache.get(discord.guild.id)?.name).toBe('Harbour');
    expect(channel.name).toBe('general');
    const own = channel.permissionsFor(client.user.id);
    expect(own?.has([Permission.SendMessages, Permission.AttachFiles])).toBe(true);
    expect(own?.has(Permission.ManageGuild)).toBe(false);
  });

  it('shows Components V2 with its words, its files and their alternative texts', async () => {
    const { discord, channel } = await start();
    const picture = Buffer.from('not really a picture');
    const container = new ContainerBuilder()
      .addTextDisplayComponents(new TextDisplayBuilder().setContent('# Today'))
      .addMediaGalleryComponents(
        new MediaGalleryBuilder().addItems({
          media: { url: 'attachment://cloud.png' },
          description: 'The words of the day',
        }),
      )
      .addTextDisplayComponents(new TextDisplayBuilder().setContent('Prices fell'))
      .addActionRowComponents(row());
    const sent = await channel.send({
      components: [container],
      files: [new AttachmentBuilder(picture, { name: 'cloud.png', description: 'A cloud' })],
      flags: MessageFlags.IsComponentsV2,
      ...QUIET,
    });
    const [message] = discord.messages();
    expect(message?.text).toBe('# Today\nPrices fell');
    expect(message?.files).toMatchObject([
      { name: 'cloud.png', bytes: picture, description: 'A cloud', shown: true },
    ]);
    expect(sent.flags.has(MessageFlags.IsComponentsV2)).toBe(true);
    const fetched = await fetch(sent.attachments.first()?.url ?? '');
    expect(Buffer.from(await fetched.arrayBuffer())).toEqual(picture);
  });

  it('reads only what people say to it', async () => {
    const { discord, client, channel } = await start();
    const heard: string[] = [];
    client.on('messageCreate', ({ author, content }) => {
      if (!author.bot) heard.push(content);
    });
    const { id } = await channel.send('The digest');
    const { user, world } = discord;
    discord.say(user, discord.channel, 'not to you');
    discord.say(user, discord.channel, 'to you', { mention: true });
    discord.say(user, discord.channel, 'in reply', { replyTo: id });
    discord.say(user, discord.channel, 'in silent reply', { replyTo: id, ping: false });
    discord.say(user, world.openDm(user), 'in private');
    await expect.poll(() => heard, SOON).toHaveLength(5);
    const others = ['', `<@${world.bot.id}> to you`, 'in reply', ''];
    expect(heard).toEqual([...others, 'in private']);
    const fetched = await channel.messages.fetch({ limit: 2, cache: false });
    expect(fetched.map(({ content }) => content)).toEqual(['', 'in reply']);
  });

  it('lets a test wait for the answer to what was said', async () => {
    const { discord, client } = await start();
    client.on('messageCreate', (message) => {
      if (!message.author.bot) void message.reply({ content: 'Yes', ...QUIET });
    });
    const said = discord.say(discord.user, discord.channel, 'Is it so?', { mention: true });
    expect(await said.reply()).toMatchObject({ text: 'Yes', repliesTo: said.message.id });
  });

  it('opens threads under messages and speaks in them', async () => {
    const { discord, channel } = await start();
    const message = await channel.send('The digest');
    const thread = await message.startThread({ name: 'Questions' });
    await thread.send('Ask here');
    const kept = discord.world.channels.get(thread.id);
    expect(kept).toMatchObject({ name: 'Questions', parentId: channel.id });
    expect(kept && discord.messages(kept).map(({ text }) => text)).toEqual(['Ask here']);
    await thread.setLocked(false).catch(() => null);
    await thread.setArchived(true);
    await thread.send('It opens again');
    expect(kept?.thread?.archived).toBe(false);
  });

  it('posts into a forum', async () => {
    const { discord, client } = await start();
    const forum = discord.world.addChannel(discord.guild, {
      name: 'reports',
      type: ChannelType.GuildForum,
    });
    const place = await client.channels.fetch(forum.id);
    if (place?.type !== ChannelType.GuildForum) throw new Error('no forum');
    const thread = await place.threads.create({
      name: 'Monday',
      message: { content: 'All of it' },
    });
    const kept = discord.world.channels.get(thread.id);
    expect(kept && discord.messages(kept).map(({ text }) => text)).toEqual(['All of it']);
  });

  it('tells the bot that it was thrown out, and refuses it then', async () => {
    const { discord, client, channel } = await start();
    const left = new Promise((resolve) => {
      client.once('guildDelete', ({ id }) => resolve(id));
    });
    discord.world.kickBot(discord.guild);
    expect(await left).toBe(discord.guild.id);
    await expect(channel.send('hello')).rejects.toMatchObject({ code: 50001, status: 403 });
    discord.world.inviteBot(discord.guild);
    await channel.send('back again');
    expect(discord.messages()).toHaveLength(1);
  });

  it('learns that a channel is gone', async () => {
    const { discord, client, channel } = await start();
    const gone = new Promise((resolve) => {
      client.once('channelDelete', ({ id }) => resolve(id));
    });
    discord.world.removeChannel(discord.channel);
    expect(await gone).toBe(channel.id);
    await expect(channel.send('hello')).rejects.toMatchObject({ code: 10003, status: 404 });
  });

  it('needs no test runner around it', async () => {
    const files = (await Array.fromAsync(glob('test/fakes/discord-*.ts'))).filter(
      (file) => !/(?:\.test|-client)\.ts$/.test(file),
    );
    const sources = await Promise.all(files.map((file) => readFile(file, 'utf8')));
    expect(files).toContain('test/fakes/discord-server.ts');
    expect(sources.filter((source) => source.includes("'vitest'"))).toEqual([]);
  });

  it('writes to people who take it', async () => {
    const { discord, client } = await start();
    const user = await client.users.fetch(discord.user.id);
    await user.send('Good morning');
    expect(discord.messages(discord.world.openDm(discord.user))).toMatchObject([
      { text: 'Good morning' },
    ]);
    discord.world.closedToBot.add(discord.user.id);
    await expect(user.send('again')).rejects.toMatchObject({ code: 50007 });
  });
});
