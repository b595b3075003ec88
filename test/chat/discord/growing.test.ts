import { setTimeout as sleep } from 'node:timers/promises';

import { MessageFlags, PermissionFlagsBits as Permission } from 'discord.js';
import { describe, expect, it } from 'vitest';

import { stopAddress } from '../../../src/model/address.ts';
import { failWith, limit, resetAfter } from '../../fakes/discord.ts';
import { type BotOptions, FAST_LIMITS, fastClock } from './bot.ts';
import { start } from './scene.ts';
import { aTeller, saying } from './teller.ts';

const POST = 'POST /channels/:channel/messages';
const EDIT = 'PATCH /channels/:channel/messages/:message';
const EDIT_REPLY = 'PATCH /webhooks/:application/:token/messages/:message';
const SOON = { timeout: 8000 };

/** Discord and the bot, both some ten times as fast. */
async function aBotThatTells(options: BotOptions = {}) {
  const { command, telling, asked } = aTeller();
  const bot = await start({ commands: [command], fake: { limits: FAST_LIMITS }, ...options });
  const { discord } = bot;
  const ask = (words: string) =>
    discord.say(discord.user, discord.channel, words, { mention: true });
  const made = (route: string) => discord.requests.filter((request) => request.route === route);
  return { ...bot, telling, asked, ask, made };
}

/** What can be pressed on a message. */
function buttonsOn(message: { readonly components: unknown } | undefined): string[] {
  const found = JSON.stringify(message?.components ?? []).matchAll(/"custom_id":"([^"]+)"/g);
  return [...found].map(([, address = '']) => address);
}

describe('an answer to what was said', () => {
  it('is posted as soon as there is some of it, grows by edits, and ends as the whole', async () => {
    const { discord, telling, ask, mistakes } = await aBotThatTells();
    const said = ask('why?');
    const { words, show, end } = await telling();
    expect(words).toBe('why?');
    show('One.');
    const first = await said.reply();
    expect(first).toMatchObject({ text: 'One.', repliesTo: said.message.id, pings: [] });
    expect(buttonsOn(first)).toEqual([stopAddress(1)]);
    show('One.', 'Two.');
    const now = () => discord.message(first.id);
    await expect.poll(() => now()?.text, SOON).toContain('Two.');
    expect(buttonsOn(now())).toEqual([stopAddress(1)]);
    end({ tree: saying('One.', 'Two.', 'Three.') });
    await expect.poll(() => now()?.text, SOON).toContain('Three.');
    await expect.poll(() => buttonsOn(now())).toEqual([]);
    expect(
      discord.messages().filter(({ authorId }) => authorId === discord.world.bot.id),
    ).toHaveLength(1);
    expect(mistakes()).toEqual([]);
  });

  it('shows that it is being written before there is any of it', async () => {
    const { discord, telling, ask, made } = await aBotThatTells();
    ask('why?');
    const { end } = await telling();
    const [typing] = await discord.until(() => {
      const shown = made('POST /channels/:channel/typing');
      return shown.length > 0 ? shown : undefined;
    });
    expect(typing?.path).toContain(discord.channel.id);
    end({ tree: saying('Because.') });
  });

  it('keeps within Discord’s pace however fast it grows', async () => {
    const { discord, telling, ask, made, mistakes } = await aBotThatTells();
    const said = ask('why?');
    const { show, end } = await telling();
    const words: string[] = [];
    for (let count = 0; count < 150; count += 1) {
      words.push(`word ${count}`);
      show(words.join(' '));
      await sleep(8);
    }
    end({ tree: saying(`${words.join(' ')}. That is all.`) });
    const reply = await said.reply();
    await expect.poll(() => discord.message(reply.id)?.text, SOON).toContain('That is all.');
    expect(made(POST)).toHaveLength(1);
    expect(made(EDIT).length).toBeGreaterThan(4);
    expect(discord.message(reply.id)?.earlierTexts.length).toBe(made(EDIT).length);
    expect(mistakes()).toEqual([]);
  });

  it('is kept apart from those of others who ask at the same time, and all come to their end', async () => {
    const { discord, telling, mistakes } = await aBotThatTells();
    const people = Array.from({ length: 10 }, (_, index) => {
      const person = discord.world.addUser(`person_${index}_demo`);
      discord.world.addMember(discord.guild, person);
      return person;
    });
    const said = people.map((person, index) =>
      discord.say(person, discord.channel, `question ${index}`, { mention: true }),
    );
    await Promise.all(
      people.map(async (_, index) => {
        const { words, show, end } = await telling(index);
        for (let count = 0; count < 20; count += 1) {
          show(`Of ${words}: ${'more '.repeat(count)}`);
          await sleep(20);
        }
        end({ tree: saying(`The whole of ${words}.`) });
      }),
    );
    const replies = await Promise.all(said.map((each) => each.reply()));
    await expect
      .poll(() => replies.map(({ id }) => discord.message(id)?.text), SOON)
      .toEqual(people.map((_, index) => `The whole of question ${index}.`));
    expect(replies.flatMap(({ id }) => buttonsOn(discord.message(id)))).toEqual([]);
    expect(mistakes()).toEqual([]);
  });

  it('goes on in further messages where one is full', async () => {
    const { discord, telling, ask, mistakes } = await aBotThatTells();
    ask('all of it?');
    const { show, end } = await telling();
    const own = () =>
      discord.messages().filter(({ authorId }) => authorId === discord.world.bot.id);
    const much = (count: number) =>
      Array.from({ length: count }, (_, at) => `${at}: ${'word '.repeat(30)}`);
    show(...much(20));
    await expect.poll(own, SOON).toHaveLength(1);
    show(...much(40));
    await expect.poll(own, SOON).toHaveLength(2);
    end({ tree: saying(...much(60), 'The end.') });
    await expect.poll(() => own().at(-1)?.text, SOON).toContain('The end.');
    await expect.poll(() => own().flatMap(buttonsOn)).toEqual([]);
    const told = own()
      .map(({ text }) => text)
      .join('\n');
    for (const [at] of much(60).entries())
      expect(told.split(`${at}: word`)).toHaveLength(at < 10 ? 7 : 2);
    expect(mistakes()).toEqual([]);
  });
});

describe('an answer to a command', () => {
  it('grows in the place of "is thinking", and ends as the whole', async () => {
    const { discord, telling, made, mistakes } = await aBotThatTells();
    const act = discord.command(discord.user, discord.channel, 'ask', { question: 'why?' });
    const { show, end } = await telling();
    expect(await act.acknowledged()).toMatchObject({ kind: 'deferred reply', isEphemeral: false });
    show('One.');
    expect(buttonsOn(await act.reply())).toEqual([stopAddress(1)]);
    for (let count = 0; count < 50; count += 1) {
      show('One.', 'more '.repeat(count));
      await sleep(8);
    }
    end({ tree: saying('One.', 'Two.') });
    await expect.poll(() => act.messages()[0]?.text, SOON).toContain('Two.');
    expect(act.messages()).toHaveLength(1);
    expect(buttonsOn(act.messages()[0])).toEqual([]);
    expect(made(EDIT_REPLY).length).toBeGreaterThan(2);
    expect(mistakes()).toEqual([]);
  });

  it('goes on in the channel when Discord takes nothing for the command any more', async () => {
    let now = Date.now();
    const { discord, telling } = await aBotThatTells({ fake: { now: () => now } });
    const act = discord.command(discord.user, discord.channel, 'ask', { question: 'why?' });
    const { show, end } = await telling();
    show('One.');
    await act.reply();
    now += 16 * 60_000;
    show('One.', 'Two.');
    const own = () => discord.messages().map(({ text }) => text);
    await expect.poll(own, SOON).toEqual(['One.\n\nTwo.']);
    end({ tree: saying('The whole.') });
    await expect.poll(own, SOON).toEqual(['The whole.']);
  });
});

describe('the button under an answer', () => {
  it('stops it for whoever asked, and what has come stays with a word', async () => {
    const { discord, telling, ask, mistakes } = await aBotThatTells();
    const said = ask('why?');
    const { show } = await telling();
    show('One.');
    const { id } = await said.reply();
    const pressed = discord.press(discord.user, id, stopAddress(1));
    expect(await pressed.reply()).toMatchObject({ text: '已停止。', isEphemeral: true });
    await expect.poll(() => discord.message(id)?.text, SOON).toBe('One.\n\n(stopped)');
    expect(buttonsOn(discord.message(id))).toEqual([]);
    expect(mistakes()).toEqual([]);
  });

  it('stops the answer to a command too, for who may manage the server, and for nobody else', async () => {
    const { discord, telling } = await aBotThatTells();
    const { world, guild } = discord;
    const [other, admin] = [world.addUser('passer_by_demo'), world.addUser('admin_demo')];
    for (const each of [other, admin]) world.addMember(guild, each);
    world.grant(guild, admin, Permission.ManageGuild);
    const act = discord.command(discord.user, discord.channel, 'ask', { question: 'why?' });
    const { show } = await telling();
    show('One.');
    const { id } = await act.reply();
    const refused = await discord.press(other, id, stopAddress(1)).reply();
    expect(refused.text).toBe('只有提问的人和管理员可以停止这个回答。');
    show('One.', 'Two.');
    await expect.poll(() => discord.message(id)?.text, SOON).toBe('One.\n\nTwo.');
    await discord.press(admin, id, stopAddress(1)).reply();
    await expect.poll(() => discord.message(id)?.text, SOON).toBe('One.\n\nTwo.\n\n(stopped)');
  });

  it('stops one answer of several, in a channel or in a thread', async () => {
    const { discord, telling } = await aBotThatTells();
    const thread = discord.world.addThread(discord.channel, { name: 'Talk', ownerId: '1' });
    const places = [discord.channel, discord.channel, thread];
    const said = [];
    for (const [index, place] of places.entries()) {
      said.push(discord.say(discord.user, place, `question ${index}`, { mention: true }));
      const { show } = await telling(index);
      show(`Of question ${index}.`);
    }
    const replies = await Promise.all(said.map((each) => each.reply()));
    for (const index of [1, 2]) {
      await discord.press(discord.user, replies[index]?.id ?? '', stopAddress(index + 1)).reply();
      const text = () => discord.message(replies[index]?.id ?? '')?.text;
      await expect.poll(text, SOON).toBe(`Of question ${index}.\n\n(stopped)`);
    }
    expect(buttonsOn(discord.message(replies[0]?.id ?? ''))).toEqual([stopAddress(1)]);
    const { end } = await telling(0);
    end({ tree: saying('All of it.') });
    await expect.poll(() => discord.message(replies[0]?.id ?? '')?.text, SOON).toBe('All of it.');
  });

  it('goes, with a word, where a process left its answer behind', async () => {
    const first = await aBotThatTells();
    const { discord, db } = first;
    const said = first.ask('why?');
    const { show } = await first.telling();
    show('One.');
    const { id } = await said.reply();
    const hour = { ...fastClock(10), now: () => new Date(Date.now() + 3_600_000) };
    const refused = failWith(403, { code: 50001 });
    discord.fail(EDIT, refused, refused); // the whole, and the apology for that
    await first.stop();
    expect(buttonsOn(discord.message(id))).toEqual([stopAddress(1)]);
    const second = await start({ discord, db, clock: hour });
    const pressed = discord.press(discord.user, id, stopAddress(1));
    expect((await pressed.reply()).text).toBe('这个回答已经结束。');
    await expect.poll(() => buttonsOn(discord.message(id)), SOON).toEqual([]);
    expect(discord.message(id)?.text).toBe('One.');
    await second.stop();
  });
});

describe('an answer in trouble', () => {
  it('stands once though its arrival was not learnt of', async () => {
    const { discord, telling, ask } = await aBotThatTells();
    discord.fail(POST, resetAfter());
    discord.fail(EDIT, resetAfter(), failWith(502));
    ask('why?');
    const { show, end } = await telling();
    show('One.');
    const own = () =>
      discord.messages().filter(({ authorId }) => authorId === discord.world.bot.id);
    await expect.poll(own, SOON).toHaveLength(1);
    show('One.', 'Two.');
    await expect.poll(() => own()[0]?.text, SOON).toBe('One.\n\nTwo.');
    end({ tree: saying('The whole.') });
    await expect.poll(() => own().map(({ text }) => text), SOON).toEqual(['The whole.']);
  });

  it('waits where Discord asks it to, and comes to its end', async () => {
    const { discord, telling, ask } = await aBotThatTells({ clock: fastClock(1) });
    discord.fail(POST, limit(0.1));
    discord.fail(EDIT, limit(0.1), limit(0.1, 'global'));
    const said = ask('why?');
    const { show, end } = await telling();
    show('One.');
    const { id } = await said.reply();
    show('One.', 'Two.');
    end({ tree: saying('The whole.') });
    await expect.poll(() => discord.message(id)?.text, SOON).toBe('The whole.');
  });

  it('is posted anew where somebody deleted it meanwhile', async () => {
    const { discord, telling, ask } = await aBotThatTells();
    const said = ask('why?');
    const { show, end } = await telling();
    show('One.');
    const { id } = await said.reply();
    const path = `/api/v10/channels/${discord.channel.id}/messages/${id}`;
    const headers = { authorization: `Bot ${discord.token}` };
    await fetch(`${discord.url}${path}`, { method: 'DELETE', headers });
    end({ tree: saying('The whole.') });
    const own = () =>
      discord.messages().filter(({ authorId }) => authorId === discord.world.bot.id);
    await expect.poll(() => own().map(({ text }) => text), SOON).toEqual(['The whole.']);
    expect(own()[0]?.id).not.toBe(id);
  });

  it('ends as bare text where the whole is refused as components', async () => {
    const { discord, telling, ask } = await aBotThatTells();
    const said = ask('why?');
    const { show, end } = await telling();
    show('One.');
    await said.reply();
    discord.fail(EDIT, failWith(400, { code: 50035, message: 'Invalid Form Body' }));
    end({ tree: saying('The whole.') });
    const own = () =>
      discord.messages().filter(({ authorId }) => authorId === discord.world.bot.id);
    await expect
      .poll(() => own().map(({ text, flags }) => [text, flags]), SOON)
      .toEqual([['The whole.', MessageFlags.SuppressEmbeds]]);
  });

  it('is shown whole where it could not grow', async () => {
    const { discord, telling, ask } = await aBotThatTells();
    discord.fail(POST, failWith(400, { code: 50035, message: 'Invalid Form Body' }));
    const said = ask('why?');
    const { show, end } = await telling();
    show('One.');
    await expect.poll(() => discord.requests.filter(({ route }) => route === POST)).toHaveLength(1);
    show('One.', 'Two.');
    end({ tree: saying('The whole.') });
    expect((await said.reply()).text).toBe('The whole.');
  });

  it('is cut short when the bot is stopped, and what has come stays without a button', async () => {
    const bot = await aBotThatTells();
    const { discord, telling, ask } = bot;
    const said = ask('why?');
    const { show } = await telling();
    show('One.');
    const { id } = await said.reply();
    await bot.stop();
    expect(discord.message(id)?.text).toBe('One.\n\n(stopped)');
    expect(buttonsOn(discord.message(id))).toEqual([]);
  });
});
