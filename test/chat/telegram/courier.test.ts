import { describe, expect, it } from 'vitest';

import type { TelegramSettings } from '../../../src/chat/settings.ts';
import { openBotApi } from '../../../src/chat/telegram/client.ts';
import { telegramCourier } from '../../../src/chat/telegram/courier.ts';
import { paragraph, root, text } from '../../../src/lib/tree.ts';
import {
  type Courier,
  type Envelope,
  type Form,
  SendError,
  type SendTrouble,
} from '../../../src/model/delivery.ts';
import type { Message } from '../../../src/model/message.ts';
import { flood, lose, type Options, refuse, startTelegram } from '../../fakes/telegram.ts';
import { cloud, DIGEST, LONG } from './digests.ts';
import { SETTINGS } from './town.ts';

async function setUp(settings: Partial<TelegramSettings> = {}, fake: Options = {}) {
  const telegram = await startTelegram(fake);
  const kim = telegram.addUser({ first_name: 'Kim' });
  const chat = telegram.openPrivate(kim);
  const api = openBotApi({ token: telegram.token, apiRoot: telegram.url });
  const courier = telegramCourier(api, { ...SETTINGS, ...settings });
  const envelope = (fields: Partial<Envelope> = {}): Envelope => ({
    channel: { platform: 'telegram', chat: String(chat.id), thread: null },
    message: DIGEST,
    position: 0,
    form: 'rich',
    nonce: 'n',
    ...fields,
  });
  return { telegram, kim, chat, courier, envelope };
}

/** Sends all messages of a digest, one after the other. */
async function sendAll(courier: Courier, envelope: Envelope): Promise<string[]> {
  const ids: string[] = [];
  const count = courier.count(envelope.message, envelope.form);
  for (let position = 0; position < count; position += 1) {
    ids.push(await courier.send({ ...envelope, position }));
  }
  return ids;
}

async function troubleOf(sending: Promise<unknown>): Promise<SendTrouble | string> {
  const error: unknown = await sending.catch((each: unknown) => each);
  return error instanceof SendError ? error.trouble : `no trouble: ${String(error)}`;
}

const datas = (keyboard: readonly (readonly object[])[]) =>
  keyboard.flat().map((button) => ('callback_data' in button ? button.callback_data : ''));

describe('a digest', () => {
  it('is one rich message with its picture inside and its depth closed below', async () => {
    const { telegram, chat, courier, envelope } = await setUp();
    expect(courier.count(DIGEST, 'rich')).toBe(1);
    const id = await courier.send(envelope());
    const [shown, ...others] = telegram.sent(chat);
    expect(others).toEqual([]);
    expect(shown).toMatchObject({ id: Number(id), kind: 'rich', photos: [cloud.bytes] });
    expect(shown?.text).toMatch(/Digest.*Lumen 7 is cheaper.*A Prices.*All about prices/su);
    expect(datas(shown?.keyboard ?? [])).toEqual(['sources:1']);
  });

  it('is the word cloud with words and buttons below it, for older servers', async () => {
    const { telegram, chat, courier, envelope } = await setUp();
    await sendAll(courier, envelope({ form: 'plain' }));
    const [shown, ...others] = telegram.sent(chat);
    expect(others).toEqual([]);
    expect(shown).toMatchObject({ kind: 'photo', photos: [cloud.bytes] });
    expect(shown?.text).toContain('Lumen 7 is cheaper.');
    expect(datas(shown?.keyboard ?? [])).toEqual(['part:1:A', 'sources:1']);
  });

  it('that is longer than a caption loses neither words nor picture', async () => {
    const { telegram, chat, courier, envelope } = await setUp();
    await sendAll(courier, envelope({ form: 'plain', message: LONG }));
    const [words, picture] = telegram.sent(chat);
    expect(words?.text).toMatch(/Line 0.*Line 19/su);
    expect(datas(words?.keyboard ?? [])).toEqual(['part:1:A', 'sources:1']);
    expect(picture).toMatchObject({ kind: 'photo', photos: [cloud.bytes] });
  });

  it('without pictures is a text', async () => {
    const { telegram, chat, courier, envelope } = await setUp();
    await courier.send(envelope({ form: 'plain', message: { ...DIGEST, pictures: [] } }));
    expect(telegram.sent(chat)).toMatchObject([{ kind: 'text' }]);
    const [request] = telegram.requestsOf('sendMessage');
    expect(request?.params).toMatchObject({ link_preview_options: { is_disabled: true } });
  });

  it('is bare words where nothing else is taken', async () => {
    const { telegram, chat, courier, envelope } = await setUp();
    await sendAll(courier, envelope({ form: 'bare', message: LONG }));
    const [words, alternative] = telegram.sent(chat);
    expect(words).toMatchObject({ kind: 'text', keyboard: [] });
    expect(words?.text).toMatch(/Line 0.*Line 19/su);
    expect(alternative?.text).toContain('Lumen 7, robots');
    for (const { params } of telegram.requestsOf('sendMessage')) {
      expect(params).not.toHaveProperty('parse_mode');
    }
  });

  it('goes to the topic of a forum', async () => {
    const { telegram, kim, courier, envelope } = await setUp();
    const forum = telegram.addSupergroup({ isForum: true, members: [kim] });
    const thread = telegram.addTopic(forum, 'News');
    const channel = {
      platform: 'telegram',
      chat: String(forum.id),
      thread: String(thread),
    } as const;
    await courier.send(envelope({ channel }));
    await courier.send(envelope({ channel, form: 'plain' }));
    expect(telegram.sent(forum)).toMatchObject([{ thread }, { thread }]);
    expect(
      await troubleOf(courier.send(envelope({ channel: { ...channel, thread: '99' } }))),
    ).toEqual({ kind: 'gone', reason: 'Bad Request: message thread not found' });
  });
});

describe('a correction', () => {
  it.each(['rich', 'plain', 'bare'] as const)(
    'changes what a message in the form "%s" shows, and may come twice',
    async (form) => {
      const { telegram, chat, courier, envelope } = await setUp();
      const id = await courier.send(envelope({ form }));
      const corrected = root([paragraph([text('Lumen 7 is not cheaper.')])]);
      const message: Message = { ...DIGEST, tree: corrected };
      await courier.edit(envelope({ form, message }), id);
      const [shown] = telegram.sent(chat);
      expect(shown?.text).toContain('Lumen 7 is not cheaper.');
      expect(datas(shown?.keyboard ?? []).includes('sources:1')).toBe(form !== 'bare');
      await courier.edit(envelope({ form, message }), id);
    },
  );

  it('that changes nothing is done', async () => {
    const { courier, envelope } = await setUp();
    const plain = { form: 'plain', message: { ...DIGEST, pictures: [] } } as const;
    const id = await courier.send(envelope(plain));
    await expect(courier.edit(envelope(plain), id)).resolves.toBeUndefined();
  });

  it('of a message that is not there is refused', async () => {
    const { courier, envelope } = await setUp();
    const trouble = await troubleOf(courier.edit(envelope(), '999'));
    expect(trouble).toMatchObject({ kind: 'refused' });
  });
});

describe('what goes wrong', () => {
  it('is told as what is to be done', async () => {
    const { telegram, kim, courier, envelope } = await setUp();
    telegram.fail('sendRichMessage', flood(17), refuse(404, 'Not Found'), lose);
    const send = () => troubleOf(courier.send(envelope()));
    expect(await send()).toEqual({ kind: 'slow-down', seconds: 17 });
    expect(await send()).toEqual({ kind: 'form-refused', reason: 'Not Found' });
    expect(await send()).toEqual({ kind: 'unknown', reason: 'ECONNRESET' });
    telegram.block(kim);
    expect(await send()).toMatchObject({ kind: 'gone' });
    telegram.revokeToken();
    expect(await send()).toMatchObject({ kind: 'bad-token' });
  });

  it('tells where a group has gone', async () => {
    const { telegram, kim, courier, envelope } = await setUp();
    const group = telegram.addGroup({ members: [kim] });
    const grown = telegram.migrate(group, kim);
    const channel = { platform: 'telegram', chat: String(group.id), thread: null } as const;
    expect(await troubleOf(courier.send(envelope({ channel })))).toEqual({
      kind: 'moved',
      to: String(grown.id),
    });
  });

  it('is a refused form where the digest does not fit into it', async () => {
    const { courier, envelope } = await setUp();
    const message = { ...DIGEST, tree: root([paragraph([text('word '.repeat(8000))])]) };
    expect(await troubleOf(courier.send(envelope({ message })))).toMatchObject({
      kind: 'form-refused',
    });
  });
});

describe('the limits of a channel', () => {
  it.each([
    ['7', 1000],
    ['-5', 3200],
    ['-1002003004005', 3200],
  ])('of %s are kept, and those of all', async (chat, everyMs) => {
    const { courier } = await setUp();
    const paces = courier.pacesOf({ platform: 'telegram', chat, thread: '3' });
    expect(paces).toEqual([
      { key: `telegram:${chat}`, everyMs, burst: 3 },
      { key: 'telegram', everyMs: 34.5, burst: 1 },
    ]);
  });
});

describe('settings', () => {
  it('choose the forms, and what becomes of messages that may have arrived', async () => {
    const forms: Form[] = ['plain', 'bare'];
    expect((await setUp({ rich: false })).courier.forms).toEqual(forms);
    expect((await setUp()).courier.forms).toEqual(['rich', ...forms]);
    expect((await setUp()).courier.repeatsUnknownMs).toBe(0);
    expect((await setUp({ unknown: 'repeat' })).courier.repeatsUnknownMs).toBe(Infinity);
  });
});
