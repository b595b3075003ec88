import {
  ActionRowBuilder,
  AttachmentBuilder,
  ButtonBuilder,
  ButtonStyle,
  type ChatInputCommandInteraction,
  type Client,
  type Interaction,
  type Message,
  MessageFlags,
  SlashCommandBuilder,
  StringSelectMenuBuilder,
  type TextChannel,
  TextDisplayBuilder,
} from 'discord.js';
import { describe, expect, it } from 'vitest';

import { connect } from './discord-client.ts';
import { type FakeDiscord, type Options, startDiscord } from './discord.ts';

const SOON = { timeout: 10_000 };

async function start(options?: Options) {
  const discord = await startDiscord(options);
  const client = await connect(discord);
  return { discord, client, channel: await channelOf(client, discord) };
}

async function channelOf(client: Client, discord: FakeDiscord): Promise<TextChannel> {
  return (await client.channels.fetch(discord.channel.id)) as TextChannel;
}

const ASK = new SlashCommandBuilder()
  .setName('ask')
  .setDescription('Ask about a digest')
  .setNameLocalization('zh-CN', '问')
  .addStringOption((option) =>
    option.setName('question').setDescription('What to ask').setRequired(true),
  )
  .addStringOption((option) =>
    option.setName('date').setDescription('Which day').setAutocomplete(true),
  )
  .toJSON();
const REPORT = new SlashCommandBuilder()
  .setName('report')
  .setDescription('Reports')
  .addSubcommand((sub) => sub.setName('latest').setDescription('The newest'))
  .toJSON();

/** Registers the commands and answers what comes in. */
async function serve(client: Client<true>, answer: (interaction: Interaction) => Promise<unknown>) {
  await client.application.commands.set([ASK, REPORT]);
  const failures: unknown[] = [];
  client.on('interactionCreate', (interaction) => {
    answer(interaction).catch((error: unknown) => failures.push(error));
  });
  return failures;
}

const button = (id: string) =>
  new ButtonBuilder().setCustomId(id).setLabel('More').setStyle(ButtonStyle.Primary);
const rowOf = (id: string) => new ActionRowBuilder<ButtonBuilder>().addComponents(button(id));
const menu = () =>
  new ActionRowBuilder<StringSelectMenuBuilder>().addComponents(
    new StringSelectMenuBuilder()
      .setCustomId('parts')
      .addOptions({ label: 'Prices', value: 'a' }, { label: 'Models', value: 'b' }),
  );

describe('a command, a button or a menu on the fake of Discord', () => {
  it('registers commands for everywhere and for one server, and keeps their ids', async () => {
    const { discord, client } = await start();
    const first = await client.application.commands.set([ASK, REPORT]);
    const again = await client.application.commands.set([ASK]);
    await client.application.commands.set([REPORT], discord.guild.id);
    expect(again.map(({ id }) => id)).toEqual([first.find(({ name }) => name === 'ask')?.id]);
    expect(discord.commands().map(({ name }) => name)).toEqual(['ask']);
    expect(discord.commands(discord.guild).map(({ name }) => name)).toEqual(['report']);
    expect(await client.application.commands.fetch()).toHaveLength(1);
  });

  it('answers a command by deferring and editing', async () => {
    let now = Date.UTC(2026, 10, 26, 7);
    const { discord, client } = await start({ now: () => now });
    const failures = await serve(client, async (interaction) => {
      const command = interaction as ChatInputCommandInteraction;
      now += 1200;
      await command.deferReply();
      await command.editReply({ content: `You ask: ${command.options.getString('question')}` });
      await command.followUp({ content: 'And more', flags: MessageFlags.Ephemeral });
    });
    const act = discord.command(discord.user, discord.channel, 'ask', { question: 'why?' });
    expect(await act.acknowledged()).toMatchObject({ kind: 'deferred reply', latencyMs: 1200 });
    expect(await act.reply()).toMatchObject({ text: 'You ask: why?', isEphemeral: false });
    await discord.until(() => act.messages()[1]);
    expect(act.messages()[1]).toMatchObject({ text: 'And more', isEphemeral: true });
    expect(discord.messages().map(({ text }) => text)).toEqual(['You ask: why?']);
    expect(failures).toEqual([]);
  });

  it('hands subcommands over, and the reply when it is asked for', async () => {
    const { discord, client } = await start();
    let made: Message | null | undefined;
    await serve(client, async (interaction) => {
      const command = interaction as ChatInputCommandInteraction;
      const content = command.options.getSubcommand();
      const answer = await command.reply({ content, withResponse: true });
      made = answer.resource?.message;
    });
    const act = discord.command(discord.user, discord.channel, 'report latest');
    expect((await act.reply()).text).toBe('latest');
    await expect.poll(() => made?.id, SOON).toBe(discord.messages()[0]?.id);
  });

  it('refuses an acknowledgement after three seconds, and a second one', async () => {
    let now = Date.UTC(2026, 10, 26, 7);
    const { discord, client } = await start({ now: () => now });
    let wait = 3001;
    const failures = await serve(client, async (interaction) => {
      now += wait;
      const command = interaction as ChatInputCommandInteraction;
      await command.reply('here');
      Object.assign(command, { replied: false });
      await command.reply('here again');
    });
    const late = discord.command(discord.user, discord.channel, 'report latest');
    await expect(late.acknowledged()).rejects.toThrow('too late: after 3001 ms');
    await expect.poll(() => failures[0], SOON).toMatchObject({ code: 10062 });
    wait = 0;
    discord.command(discord.user, discord.channel, 'report latest');
    await expect.poll(() => failures[1], SOON).toMatchObject({ code: 40060 });
    expect(discord.messages()).toHaveLength(1);
  });

  it('lets the token of an interaction end after fifteen minutes', async () => {
    let now = Date.UTC(2026, 10, 26, 7);
    const { discord, client } = await start({ now: () => now });
    const failures = await serve(client, async (interaction) => {
      const command = interaction as ChatInputCommandInteraction;
      await command.deferReply();
      now += 15 * 60_000 + 1;
      await command.editReply('too late');
    });
    const act = discord.command(discord.user, discord.channel, 'report latest');
    await expect.poll(() => failures[0], SOON).toMatchObject({ code: 50027, status: 401 });
    expect(act.messages()[0]).toMatchObject({ isLoading: true });
  });

  it('offers choices while somebody types', async () => {
    const { discord, client } = await start();
    await serve(client, async (interaction) => {
      if (!interaction.isAutocomplete()) return;
      const typed = interaction.options.getFocused();
      await interaction.respond([{ name: `${typed}-26`, value: `${typed}-26` }]);
    });
    const typed = { option: 'date', text: '2026-11' };
    const act = discord.autocomplete(discord.user, discord.channel, 'ask', typed);
    const { kind, choices } = await act.acknowledged();
    expect(kind).toBe('choices');
    expect(choices).toEqual([{ name: '2026-11-26', value: '2026-11-26' }]);
  });

  it('updates the message of a button, at once or later', async () => {
    const { discord, client, channel } = await start();
    await serve(client, async (interaction) => {
      if (!interaction.isButton()) return;
      if (interaction.customId === 'now') await interaction.update({ content: 'two' });
      else {
        await interaction.deferUpdate();
        await interaction.editReply({ content: 'three', components: [] });
      }
    });
    const first = { content: 'one', components: [rowOf('now'), rowOf('later')] };
    const { id } = await channel.send(first);
    const press = discord.press(discord.user, id, 'now');
    expect(await press.reply()).toMatchObject({ id, text: 'two' });
    const later = discord.press(discord.user, id, 'later');
    expect((await later.acknowledged()).kind).toBe('deferred update');
    expect(await later.reply()).toMatchObject({ text: 'three', earlierTexts: ['one', 'two'] });
    expect(() => discord.press(discord.user, id, 'now')).toThrow('there is no now');
  });

  it('answers a menu with a message that only one person sees', async () => {
    const { discord, client, channel } = await start();
    await serve(client, async (interaction) => {
      if (!interaction.isStringSelectMenu()) return;
      const content = interaction.values.join();
      await interaction.reply({ content, flags: MessageFlags.Ephemeral });
    });
    const { id } = await channel.send({ content: 'Parts', components: [menu()] });
    const act = discord.choose(discord.user, id, 'parts', ['b']);
    expect(await act.reply()).toMatchObject({ text: 'b', isEphemeral: true });
    expect(discord.messages()).toHaveLength(1);
    expect(() => discord.choose(discord.user, id, 'parts', ['c'])).toThrow('no option c');
    expect(() => discord.choose(discord.user, id, 'parts', ['a', 'b'])).toThrow('1 to 1 values');
  });

  it('fails a test that does what no person could', async () => {
    const { discord, client, channel } = await start();
    await serve(client, () => Promise.resolve());
    const { user } = discord;
    const disabled = new ActionRowBuilder<ButtonBuilder>().addComponents(
      button('off').setDisabled(true),
    );
    const { id } = await channel.send({ content: 'one', components: [disabled] });
    expect(() => discord.press(user, id, 'off')).toThrow('disabled');
    expect(() => discord.command(user, discord.channel, 'settings')).toThrow('not registered');
    expect(() => discord.command(user, discord.channel, 'ask')).toThrow('question is required');
    expect(() => discord.command(user, discord.channel, 'report')).toThrow('subcommand');
    const stranger = discord.world.addUser('stray_demo');
    expect(() => discord.say(stranger, discord.channel, 'hello')).toThrow('may not');
  });

  it('edits a reply that was deferred into Components V2 with a file', async () => {
    const { discord, client } = await start();
    const failures = await serve(client, async (interaction) => {
      const command = interaction as ChatInputCommandInteraction;
      await command.deferReply();
      await command.editReply({
        components: [new TextDisplayBuilder().setContent('Ready')],
        files: [new AttachmentBuilder(Buffer.from('x'), { name: 'a.txt' })],
        flags: MessageFlags.IsComponentsV2,
      });
    });
    const act = discord.command(discord.user, discord.channel, 'report latest');
    await expect.poll(() => failures[0] ?? discord.messages()[0]?.text, SOON).toBe('Ready');
    const reply = await act.reply();
    expect(reply).toMatchObject({ text: 'Ready', files: [{ name: 'a.txt', shown: false }] });
    const edit = discord.requests.find(({ path }) => path.includes('/messages/'));
    expect(edit?.path).toMatch(/\/messages\/(?:@|%40)original$/);
  });

  it('fetches, edits and deletes what it answered', async () => {
    const { discord, client } = await start();
    const seen: string[] = [];
    const failures = await serve(client, async (interaction) => {
      const command = interaction as ChatInputCommandInteraction;
      await command.reply('one');
      seen.push((await command.fetchReply()).content);
      const more = await command.followUp('two');
      await command.editReply({ message: more, content: 'three' });
      await command.deleteReply();
      await command.editReply('gone');
    });
    discord.command(discord.user, discord.channel, 'report latest');
    await expect.poll(() => failures[0], SOON).toMatchObject({ code: 10008, status: 404 });
    expect(seen).toEqual(['one']);
    expect(discord.messages()).toMatchObject([{ text: 'three', earlierTexts: ['two'] }]);
  });

  it('knows the languages of people and servers, and answers in private', async () => {
    const { discord, client } = await start();
    await serve(client, async (interaction) => {
      const command = interaction as ChatInputCommandInteraction;
      await command.reply(`${command.locale} ${command.guildLocale} ${command.inGuild()}`);
    });
    const user = discord.world.addUser('mei_demo', { locale: 'zh-CN' });
    discord.world.addMember(discord.guild, user);
    const here = discord.command(user, discord.channel, 'report latest');
    expect((await here.reply()).text).toBe('zh-CN en-US true');
    const there = discord.command(user, discord.world.openDm(user), 'report latest');
    expect((await there.reply()).text).toBe('zh-CN null false');
  });
});
