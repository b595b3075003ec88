import { describe, expect, it } from 'vitest';

import { clientOf, png, refusalOf, startWithClient } from './telegram-client.ts';
import { openTelegram } from './telegram-server.ts';

async function startUnlimited() {
  const started = await startWithClient({ limits: 'off' });
  const send = (fields: object) =>
    refusalOf(started.call('sendMessage', { chat_id: started.chat.id, text: 'x', ...fields }));
  const first = await started.bot.telegram.sendMessage(started.chat.id, 'first');
  const edit = (fields: object) =>
    refusalOf(
      started.call('editMessageText', {
        chat_id: started.chat.id,
        message_id: first.message_id,
        text: 'edited',
        ...fields,
      }),
    );
  return { ...started, send, edit, first };
}

const button = (fields: object) => ({ inline_keyboard: [[{ text: 'x', ...fields }]] });

describe('a message', () => {
  it('has at most 4096 units of text after parsing, and at least one', async () => {
    const { send } = await startUnlimited();
    const html = { parse_mode: 'HTML' };
    expect(await send({ text: `<b>${'&lt;'.repeat(4096)}</b>`, ...html })).toContain('not refused');
    expect(await send({ text: '🚀'.repeat(2048) })).toContain('not refused');
    expect(await send({ text: `${'🚀'.repeat(2048)}a` })).toBe(
      '400: Bad Request: message is too long',
    );
    expect(await send({ text: '' })).toBe('400: Bad Request: message text is empty');
    expect(await send({ text: undefined })).toBe('400: Bad Request: message text is empty');
    expect(await send({ text: ' \n<b> </b>', ...html })).toBe(
      '400: Bad Request: text must be non-empty',
    );
    expect(await send({ text: '<b>a', ...html })).toBe(
      `400: Bad Request: can't parse entities: Can't find end tag corresponding to start tag "b"`,
    );
  });

  it('has at most a hundred entities, within its text', async () => {
    const { send } = await startUnlimited();
    const text = '<i>a</i>b'.repeat(101);
    expect(await send({ text, parse_mode: 'HTML' })).toBe('400: Bad Request: ENTITIES_TOO_LONG');
    const entities = [{ type: 'bold', offset: 0, length: 2 }];
    expect(await send({ entities })).toContain('ends after the end of the text');
  });

  it('has no halves of characters', async () => {
    const { send } = await startUnlimited();
    expect(await send({ text: 'a\ud83d' })).toBe(
      '400: Bad Request: strings must be encoded in UTF-8',
    );
  });

  it('replies to what is there', async () => {
    const { telegram, chat, send, first } = await startUnlimited();
    const reply_parameters = { message_id: first.message_id };
    expect(await send({ reply_parameters })).toContain('"reply_to_message":{');
    expect(await send({ reply_parameters: { ...reply_parameters, quote: 'irs' } })).toContain(
      'not refused',
    );
    expect(await send({ reply_parameters: { ...reply_parameters, quote: 'last' } })).toBe(
      '400: Bad Request: QUOTE_TEXT_INVALID',
    );
    telegram.erase({ chat, id: first.message_id });
    expect(await send({ reply_parameters })).toBe(
      '400: Bad Request: message to be replied not found',
    );
    const anyway = { ...reply_parameters, allow_sending_without_reply: true };
    expect(await send({ reply_parameters: anyway })).toContain('not refused');
  });

  it('has a caption of at most 1024 units when it is a photo', async () => {
    const { bot, chat } = await startUnlimited();
    const send = (caption: string) =>
      refusalOf(bot.telegram.sendPhoto(chat.id, { source: png(3, 3) }, { caption }));
    expect(await send('a'.repeat(1024))).toContain('not refused');
    expect(await send('a'.repeat(1025))).toBe('400: Bad Request: message caption is too long');
  });
});

describe('a keyboard', () => {
  it('has buttons whose data is of 1 to 64 bytes', async () => {
    const { send } = await startUnlimited();
    const withData = (data: string) => send({ reply_markup: button({ callback_data: data }) });
    expect(await withData('新'.repeat(21))).toContain('not refused');
    expect(await withData('新'.repeat(22))).toBe('400: Bad Request: BUTTON_DATA_INVALID');
    const none = "400: Bad Request: can't parse inline keyboard button: ";
    expect(await withData('')).toBe(`${none}Text buttons are unallowed in the inline keyboard`);
    expect(await send({ reply_markup: button({}) })).toBe(
      `${none}Text buttons are unallowed in the inline keyboard`,
    );
    const nameless = { inline_keyboard: [[{ callback_data: 'x' }]] };
    expect(await send({ reply_markup: nameless })).toBe(`${none}Can't find field "text"`);
  });

  it('has at most a hundred buttons, eight in a row, with true addresses', async () => {
    const { send } = await startUnlimited();
    const rows = (sizes: number[]) => ({
      reply_markup: {
        inline_keyboard: sizes.map((size) =>
          Array.from({ length: size }, () => ({ text: 'x', callback_data: 'x' })),
        ),
      },
    });
    expect(await send(rows([8, 8]))).toContain('not refused');
    expect(await send(rows([9]))).toBe('400: Bad Request: BUTTON_ROW_TOO_LONG');
    expect(await send(rows(Array.from({ length: 13 }, () => 8)))).toBe(
      '400: Bad Request: REPLY_MARKUP_TOO_LONG',
    );
    expect(await send({ reply_markup: button({ url: 'localhost' }) })).toContain('Wrong HTTP URL');
  });
});

describe('an edit', () => {
  it('changes something of a message of the bot that is there', async () => {
    const { telegram, kim, chat, edit, first } = await startUnlimited();
    expect(await edit({})).toContain('not refused');
    expect(await edit({})).toContain('400: Bad Request: message is not modified');
    expect(await edit({ reply_markup: button({ callback_data: 'a' }) })).toContain('not refused');
    expect(telegram.messages(chat)).toMatchObject([
      { text: 'edited', edits: ['first', 'edited'], keyboard: [[{ callback_data: 'a' }]] },
    ]);
    expect(await edit({})).toContain('not refused'); // takes the keyboard away
    expect(telegram.messages(chat)[0]?.keyboard).toEqual([]);
    expect(await edit({ message_id: 99 })).toBe('400: Bad Request: message to edit not found');
    const { id } = telegram.say(kim, chat, 'hers');
    expect(await edit({ message_id: id })).toBe("400: Bad Request: message can't be edited");
    telegram.erase({ chat, id: first.message_id });
    expect(await edit({ text: 'z' })).toBe('400: Bad Request: message to edit not found');
  });

  it('is of the kind that the message has', async () => {
    const { bot, chat, edit, first } = await startUnlimited();
    const photo = await bot.telegram.sendPhoto(chat.id, { source: png(3, 3) });
    expect(await edit({ message_id: photo.message_id })).toBe(
      '400: Bad Request: there is no text in the message to edit',
    );
    const caption = (id: number) => bot.telegram.editMessageCaption(chat.id, id, undefined, 'c');
    expect(await refusalOf(caption(first.message_id))).toBe(
      '400: Bad Request: there is no caption in the message to edit',
    );
    expect(await refusalOf(caption(photo.message_id))).toContain('"caption":"c"');
  });
});

describe('a deletion', () => {
  it('is of messages that are there and may be deleted', async () => {
    const { telegram, kim, chat, bot, first } = await startUnlimited();
    await bot.telegram.deleteMessage(chat.id, first.message_id);
    expect(telegram.messages(chat)).toEqual([]);
    expect(await refusalOf(bot.telegram.deleteMessage(chat.id, first.message_id))).toBe(
      '400: Bad Request: message to delete not found',
    );
    const group = telegram.addGroup({ members: [kim] });
    const { id } = telegram.say(kim, group, 'hers');
    expect(await refusalOf(bot.telegram.deleteMessage(group.id, id))).toBe(
      "400: Bad Request: message can't be deleted",
    );
  });
});

describe('parameters in the words of the server', () => {
  it.each([
    [{ chat_id: '' }, 'chat_id is empty'],
    [{ chat_id: 'nobody' }, 'chat not found'],
    [{ chat_id: '@nobody_demo' }, 'chat not found'],
    [{ parse_mode: 'BBCode' }, 'unsupported parse_mode'],
    [
      { entities: [{ type: 'loud', offset: 0, length: 1 }] },
      "can't parse MessageEntity: Unsupported type specified",
    ],
    [
      { entities: [{ type: 'bold', offset: 100, length: 1 }] },
      'entity begins after the end of the text at UTF-16 offset 100',
    ],
    [
      { entities: [{ type: 'bold', offset: -1, length: 1 }] },
      'receive an entity with incorrect offset -1',
    ],
    [
      { entities: [{ type: 'text_link', offset: 0, length: 1, url: 'not-a-url' }] },
      "entity URL 'not-a-url' is invalid: Wrong HTTP URL",
    ],
    [
      { entities: [{ type: 'text_link', offset: 0, length: 1 }] },
      `can't parse MessageEntity: Can't find field "url"`,
    ],
    [{ reply_parameters: { quote: 'x' } }, 'can\'t find field "message_id"'],
    [
      { link_preview_options: { is_disabled: 'yes' } },
      'field "is_disabled" must be of type Boolean',
    ],
    [{ message_thread_id: 999 }, 'message thread not found'],
    [
      { reply_markup: button({ url: 'ftp://example.com' }) },
      "inline keyboard button URL 'ftp://example.com' is invalid: Unsupported URL protocol",
    ],
    [
      { reply_markup: button({ web_app: { url: 'http://example.com' } }) },
      "inline keyboard button Web App URL 'http://example.com' is invalid: Only HTTPS links are allowed",
    ],
    [{ reply_markup: button({ pay: true }) }, 'BUTTON_TYPE_INVALID'],
  ])('%j', async (fields, complaint) => {
    const { send } = await startUnlimited();
    expect(await send(fields)).toBe(`400: Bad Request: ${complaint}`);
  });
});

describe('parameters', () => {
  it('are those of the method, of its types', async () => {
    const { call, chat, send } = await startUnlimited();
    expect(await send({ colour: 'red' })).toBe(
      '400: Bad Request: parameter sendMessage.colour is unknown',
    );
    expect(await send({ text: 5 })).toContain('400: Bad Request: parameter sendMessage.text');
    expect(await send({ reply_markup: { inline_keyboard: [[{ callback_data: 'x' }]] } })).toContain(
      '400',
    );
    expect(await send({ link_preview_options: '{"is_disabled":true}' })).toContain('not refused');
    expect(await refusalOf(call('sendMessage', { text: 'x' }))).toBe(
      '400: Bad Request: chat_id is empty',
    );
    expect(await refusalOf(call('sendWisdom', { chat_id: chat.id }))).toBe('404: Not Found');
    expect(await refusalOf(call('SENDMESSAGE', { chat_id: `${chat.id}`, text: 'x' }))).toContain(
      'not refused',
    );
  });
});

describe('what the fake cannot do', () => {
  it('is a mistake of the test, and no refusal', async () => {
    const telegram = await openTelegram();
    try {
      const chat = telegram.openPrivate(telegram.addUser());
      const { telegram: client } = clientOf(telegram);
      expect(await refusalOf(client.sendDice(chat.id))).toContain('500');
      const markdown = client.sendMessage(chat.id, '*x*', { parse_mode: 'MarkdownV2' });
      expect(await refusalOf(markdown)).toContain('500');
      expect(telegram.faults).toEqual([
        'Error: the fake cannot sendDice yet',
        'Error: the fake does not parse "MarkdownV2"',
      ]);
    } finally {
      await telegram.close();
    }
  });
});

describe('drafts and signs of work', () => {
  it('are seen for half a minute, until a message comes, and not faster than messages', async () => {
    let now = 0;
    const { telegram, kim, chat, call } = await startWithClient({ now: () => now });
    const draft = (text: string) =>
      call('sendMessageDraft', { chat_id: chat.id, draft_id: 7, text });
    await draft('so');
    telegram.say(kim, chat, 'hurry');
    expect(telegram.draftIn(chat)).toMatchObject({ text: 'so', canStop: false });
    expect(() => telegram.stopDraft(kim, 7)).toThrow('no button');
    now += 31_000;
    expect(telegram.draftIn(chat)).toBeNull();
    for (const text of ['so i', 'so it', 'so it i']) await draft(text);
    expect(await refusalOf(draft('so it is'))).toContain('Too Many Requests');
    await call('sendMessage', { chat_id: chat.id, text: 'so it is' });
    expect(telegram.draftIn(chat)).toBeNull();
  });

  it('are for private chats', async () => {
    const { telegram, kim, chat, call } = await startUnlimited();
    const draft = { draft_id: 7, text: 'th', can_stop: true };
    await call('sendMessageDraft', { chat_id: chat.id, ...draft });
    expect(telegram.drafts).toMatchObject([{ id: 7, text: 'th' }]);
    telegram.stopDraft(kim, 7);
    expect(await call('getUpdates', {})).toMatchObject([
      { stopped_message_generation: { draft_id: 7 } },
    ]);
    const group = telegram.addGroup({ members: [kim] });
    expect(await refusalOf(call('sendMessageDraft', { chat_id: group.id, ...draft }))).toContain(
      '400',
    );
    await call('sendChatAction', { chat_id: group.id, action: 'typing' });
    expect(telegram.actions).toMatchObject([{ action: 'typing', thread: null }]);
  });
});
