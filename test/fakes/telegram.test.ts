import { Markup } from 'telegraf';
import { describe, expect, it } from 'vitest';

import { measurePhoto } from './telegram-photo.ts';
import { clientOf, png, refusalOf, startWithClient } from './telegram-client.ts';

describe('a bot that polls', () => {
  it('hears what people write, and answers it', async () => {
    const { telegram, kim, chat, bot } = await startWithClient();
    bot.command('today', (context) =>
      context.reply(`<b>For</b> ${context.from.first_name}`, { parse_mode: 'HTML' }),
    );
    const launched = bot.launch();
    telegram.say(kim, chat, '/today');
    await expect.poll(() => telegram.sent(chat)).toHaveLength(1);
    const [answer] = telegram.sent(chat);
    expect(answer?.text).toBe('For Kim');
    expect(answer?.entities).toEqual([{ type: 'bold', offset: 0, length: 3 }]);
    bot.stop();
    await launched;
    expect(telegram.requestsOf('getUpdates').at(-1)?.params).toMatchObject({ limit: 1 });
  });

  it('is told once of what it has confirmed', async () => {
    const { telegram, kim, chat, call } = await startWithClient();
    telegram.say(kim, chat, 'one');
    telegram.say(kim, chat, 'two');
    const [first, second] = (await call('getUpdates', {})) as { update_id: number }[];
    expect(await call('getUpdates', { offset: second?.update_id })).toEqual([second]);
    expect(await call('getUpdates', { offset: first?.update_id })).toEqual([second]);
    expect(await call('getUpdates', { offset: (second?.update_id ?? 0) + 1 })).toEqual([]);
  });

  it('is put off by a second one with its token', async () => {
    const { telegram, call } = await startWithClient();
    const waiting = refusalOf(call('getUpdates', { timeout: 50 }));
    await expect.poll(() => telegram.requestsOf('getUpdates')).toHaveLength(1);
    await clientOf(telegram).telegram.callApi('getUpdates', { offset: 0, limit: 1 });
    expect(await waiting).toContain('409: Conflict: terminated by other getUpdates request');
  });

  it('is put off by a webhook', async () => {
    const { telegram, call } = await startWithClient();
    const waiting = refusalOf(call('getUpdates', { timeout: 50 }));
    await expect.poll(() => telegram.requestsOf('getUpdates')).toHaveLength(1);
    await call('setWebhook', { url: 'https://bot.example.com/hook' });
    expect(await waiting).toBe('409: Conflict: terminated by setWebhook request');
  });

  it('waits for an update no longer than it asked to', async () => {
    const { call } = await startWithClient({ speed: 100 });
    expect(await call('getUpdates', { timeout: 2 })).toEqual([]);
  });

  it('is told when people edit what they wrote to it', async () => {
    let now = Date.now();
    const { telegram, kim, chat, call } = await startWithClient({ now: () => now });
    const ann = telegram.addUser({ first_name: 'Ann' });
    const group = telegram.addGroup({ members: [kim, ann] });
    const said = telegram.say(kim, chat, 'one');
    const chatter = telegram.say(kim, group, 'two');
    telegram.edit(kim, said, 'one and a half');
    telegram.edit(kim, chatter, 'two and a half');
    const [, edited, ...others] = (await call('getUpdates', {})) as object[];
    expect(edited).toMatchObject({
      edited_message: { message_id: said.id, text: 'one and a half' },
    });
    expect(others).toEqual([]);
    expect(() => telegram.edit(ann, chatter, 'three')).toThrow('someone else');
    now += 49 * 3_600_000;
    expect(() => telegram.edit(kim, said, 'three')).toThrow('too old');
  });

  it('may choose what it is told', async () => {
    const { telegram, kim, chat, call } = await startWithClient();
    await call('getUpdates', { allowed_updates: ['callback_query'] });
    telegram.say(kim, chat, 'nobody hears this');
    expect(await call('getUpdates', {})).toEqual([]);
  });
});

describe('buttons', () => {
  it('are pressed by people, and answered by the bot in time', async () => {
    const { telegram, kim, chat, bot } = await startWithClient();
    bot.action('more', (context) => context.answerCbQuery('here', { show_alert: true }));
    const launched = bot.launch();
    const { message_id: id } = await bot.telegram.sendMessage(
      chat.id,
      'Digest',
      Markup.inlineKeyboard([Markup.button.callback('More', 'more')]),
    );
    const query = telegram.press(kim, { chat, id }, 'more');
    await expect.poll(() => telegram.answers).toHaveLength(1);
    expect(telegram.answers).toEqual([
      { id: query, data: 'more', text: 'here', isAlert: true, url: null },
    ]);
    expect(() => telegram.press(kim, { chat, id }, 'less')).toThrow('no button less');
    expect(telegram.unanswered).toEqual([]);
    bot.stop();
    await launched;
  });

  it('are dead for answers after fifteen seconds', async () => {
    let now = 1_000_000;
    const { telegram, kim, chat, call } = await startWithClient({ now: () => now });
    const keyboard = { inline_keyboard: [[{ text: 'More', callback_data: 'more' }]] };
    await call('sendMessage', { chat_id: chat.id, text: 'Digest', reply_markup: keyboard });
    const [message] = telegram.messages(chat);
    const id = message ? telegram.press(kim, message, 'more') : '';
    expect(telegram.unanswered).toEqual(['more']);
    now += 15_001;
    expect(await refusalOf(call('answerCallbackQuery', { callback_query_id: id }))).toBe(
      '400: Bad Request: query is too old and response timeout expired or query ID is invalid',
    );
  });
});

describe('photos', () => {
  it('come as multipart with a caption, and can be fetched and sent again', async () => {
    const { telegram, chat, bot } = await startWithClient();
    const picture = png(20, 10);
    const sent = await bot.telegram.sendPhoto(
      chat.id,
      { source: picture, filename: 'cloud.png' },
      { caption: '词云 <i>today</i>', parse_mode: 'HTML' },
    );
    const [shown] = telegram.messages(chat);
    expect(shown).toMatchObject({ kind: 'photo', text: '词云 today' });
    expect(shown?.photos).toEqual([picture]);
    expect(sent.photo).toMatchObject([{ width: 20, height: 10, file_size: picture.length }]);
    const [{ file_id: id } = { file_id: '' }] = sent.photo;
    const link = await bot.telegram.getFileLink(id);
    expect(Buffer.from(await (await fetch(link)).arrayBuffer())).toEqual(picture);
    await bot.telegram.sendPhoto(chat.id, id);
    expect(telegram.messages(chat)[1]?.photos).toEqual([picture]);
  });

  it('come in albums', async () => {
    const { telegram, chat, bot } = await startWithClient();
    const media = [png(3, 3), png(4, 4)].map((source) => ({
      type: 'photo' as const,
      media: { source },
    }));
    await bot.telegram.sendMediaGroup(chat.id, media);
    const [one, other] = telegram.messages(chat);
    expect(one?.mediaGroup).not.toBeNull();
    expect(one?.mediaGroup).toBe(other?.mediaGroup);
    expect(other?.photos).toEqual([png(4, 4)]);
  });

  it('take the place of others in edits', async () => {
    const { telegram, chat, bot } = await startWithClient();
    const { message_id: id } = await bot.telegram.sendPhoto(chat.id, { source: png(3, 3) });
    await bot.telegram.editMessageMedia(chat.id, id, undefined, {
      type: 'photo',
      media: { source: png(5, 5) },
      caption: 'new',
    });
    expect(telegram.messages(chat)).toMatchObject([
      { text: 'new', edits: [''], photos: [png(5, 5)] },
    ]);
  });

  it('may be JPEG too, if it is whole', () => {
    const start = Buffer.from('ffd8ffe000040000ffc0000b0800640096', 'hex');
    const jpeg = Buffer.concat([start, Buffer.alloc(20), Buffer.from('ffd9', 'hex')]);
    expect(measurePhoto(jpeg)).toEqual({ width: 150, height: 100 });
    expect(() => measurePhoto(jpeg.subarray(0, -2))).toThrow('IMAGE_PROCESS_FAILED');
  });

  it('are refused where they are none, or too large in bytes or sides', async () => {
    const { chat, bot } = await startWithClient({ limits: 'off' });
    const send = (source: Buffer) => refusalOf(bot.telegram.sendPhoto(chat.id, { source }));
    expect(await send(Buffer.from('no picture'))).toBe('400: Bad Request: IMAGE_PROCESS_FAILED');
    expect(await send(png(3, 3).subarray(0, -6))).toBe('400: Bad Request: IMAGE_PROCESS_FAILED');
    expect(await send(png(1, 21))).toBe('400: Bad Request: PHOTO_INVALID_DIMENSIONS');
    expect(await send(Buffer.alloc(10 * 1024 * 1024 + 1))).toContain('is too big for a photo');
  });
});

describe('chats', () => {
  it('have topics, and refuse threads that they have not', async () => {
    const { telegram, kim, bot } = await startWithClient();
    const forum = telegram.addSupergroup({ isForum: true, members: [kim] });
    const thread = telegram.addTopic(forum, 'AI');
    await bot.telegram.sendMessage(forum.id, 'in the topic', { message_thread_id: thread });
    expect(telegram.sent(forum)).toMatchObject([{ text: 'in the topic', thread }]);
    const elsewhere = bot.telegram.sendMessage(forum.id, 'x', { message_thread_id: 1 });
    expect(await refusalOf(elsewhere)).toBe('400: Bad Request: message thread not found');
    telegram.closeTopic(forum, thread);
    const closed = bot.telegram.sendMessage(forum.id, 'x', { message_thread_id: thread });
    expect(await refusalOf(closed)).toBe('400: Bad Request: TOPIC_CLOSED');
  });

  it('become supergroups, whose identifier the refusal tells', async () => {
    const { telegram, kim, bot } = await startWithClient();
    const group = telegram.addGroup({ members: [kim] });
    const grown = telegram.migrate(group, kim);
    const error: unknown = await bot.telegram
      .sendMessage(group.id, 'x')
      .catch((each: unknown) => each);
    expect(error).toMatchObject({
      description: 'Bad Request: group chat was upgraded to a supergroup chat',
      parameters: { migrate_to_chat_id: grown.id },
    });
    await bot.telegram.sendMessage(grown.id, 'x');
    expect(telegram.sent(grown)).toHaveLength(1);
  });

  it('keep out bots that were blocked, kicked, never asked, or have no rights', async () => {
    const { telegram, kim, chat, bot } = await startWithClient();
    const send = (id: number | string) => refusalOf(bot.telegram.sendMessage(id, 'x'));
    telegram.block(kim);
    expect(await send(chat.id)).toBe('403: Forbidden: bot was blocked by the user');
    telegram.unblock(kim);
    expect(await send(chat.id)).toContain('not refused');
    const stranger = telegram.addUser();
    expect(await send(stranger.id)).toBe(
      "403: Forbidden: bot can't initiate conversation with a user",
    );
    const kicked = telegram.addSupergroup({ bot: 'kicked' });
    expect(await send(kicked.id)).toBe('403: Forbidden: bot was kicked from the supergroup chat');
    const channel = telegram.addChannel({ username: 'dawn_demo', bot: 'stranger' });
    expect(await send('@Dawn_Demo')).toBe(
      '403: Forbidden: bot is not a member of the channel chat',
    );
    telegram.join(telegram.bot, channel, kim);
    expect(await send(channel.id)).toBe(
      '400: Bad Request: need administrator rights in the channel chat',
    );
    expect(await send(-1)).toBe('400: Bad Request: chat not found');
    const group = telegram.addSupergroup({ members: [kim], forbidden: ['photos'] });
    const photo = () => bot.telegram.sendPhoto(group.id, { source: png(3, 3) });
    expect(await refusalOf(photo())).toBe(
      '400: Bad Request: not enough rights to send photos to the chat',
    );
    telegram.promote(telegram.bot, group, kim);
    await photo();
  });

  it('let a bot in privacy mode read what is meant for it only', async () => {
    const { telegram, kim, bot, call } = await startWithClient();
    const group = telegram.addSupergroup({ members: [kim] });
    const { message_id: id } = await bot.telegram.sendMessage(group.id, 'Digest');
    telegram.say(kim, group, 'just talk');
    telegram.say(kim, group, '/ask@other_demo_bot why');
    telegram.say(kim, group, '/ask why');
    telegram.say(kim, group, '/ask@Chorus_demo_bot why');
    telegram.say(kim, group, 'hey @chorus_demo_bot');
    telegram.say(kim, group, 'a reply', { replyTo: { chat: group, id } });
    telegram.promote(telegram.bot, group, kim);
    telegram.say(kim, group, 'administrators hear all');
    const updates = (await call('getUpdates', {})) as { message?: { text: string } }[];
    expect(updates.flatMap(({ message }) => message?.text ?? [])).toEqual([
      '/ask why',
      '/ask@Chorus_demo_bot why',
      'hey @chorus_demo_bot',
      'a reply',
      'administrators hear all',
    ]);
  });

  it('mark commands, mentions and links in what people write', async () => {
    const { telegram, kim, chat, call } = await startWithClient();
    telegram.say(kim, chat, '/ask@chorus_demo_bot 问 @kim_demo: 🚀 example.com, #模型');
    const [update] = (await call('getUpdates', {})) as {
      message: { text: string; entities: Place[] };
    }[];
    type Place = { type: string; offset: number; length: number };
    const { text = '', entities = [] } = update?.message ?? {};
    expect(
      entities.map(({ type, offset, length }) => [type, text.slice(offset, offset + length)]),
    ).toEqual([
      ['bot_command', '/ask@chorus_demo_bot'],
      ['mention', '@kim_demo'],
      ['url', 'example.com'],
      ['hashtag', '#模型'],
    ]);
  });

  it('tell who is in them and what they may do', async () => {
    const { telegram, kim, bot, call } = await startWithClient();
    const group = telegram.addSupergroup({ title: 'Readers', members: [kim] });
    telegram.promote(telegram.bot, group, kim, ['can_delete_messages']);
    expect(await bot.telegram.getChat(group.id)).toMatchObject({
      title: 'Readers',
      type: 'supergroup',
    });
    expect(await bot.telegram.getChatMember(group.id, kim.id)).toMatchObject({ status: 'member' });
    expect(await bot.telegram.getChatAdministrators(group.id)).toMatchObject([
      { user: { id: telegram.bot.id }, can_delete_messages: true, can_pin_messages: false },
    ]);
    telegram.leave(kim, group);
    const updates = (await call('getUpdates', {})) as object[];
    expect(updates).toMatchObject([
      { my_chat_member: { new_chat_member: { status: 'administrator' } } },
      { message: { left_chat_member: { id: kim.id } } },
    ]);
  });
});
