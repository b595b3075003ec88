import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

import { describe, expect, it, vi } from 'vitest';

import type { Bureau } from '../../../src/chat/bureau.ts';
import { paragraph, root, text } from '../../../src/lib/tree.ts';
import { SendError } from '../../../src/model/delivery.ts';
import type { Message } from '../../../src/model/message.ts';
import { findChannel } from '../../../src/store/channels.ts';
import { subscriptionsOf } from '../../../src/store/subscriptions.ts';
import { textsIn } from '../../../src/texts/texts.ts';
import { badGateway, flood, refuse, serverError } from '../../fakes/telegram.ts';
import { clientOf, png } from '../../fakes/telegram-client.ts';
import { aScene, aStoredDigest, GRACE_MS, letIn, OWNER, type Scene } from './town.ts';

const texts = textsIn('zh');
const NEWS = '/digest';

/** Waits for something that happens by itself, even where the machine is busy. */
const soon = <T>(look: () => T | Promise<T>) => vi.waitFor(look, { timeout: 15_000, interval: 10 });

/** A person in a private chat that is let in. */
async function aReader({ telegram, db }: Scene, name = 'Kim') {
  const person = telegram.addUser({ first_name: name });
  const chat = telegram.openPrivate(person);
  await letIn(db, chat.id);
  return { person, chat };
}

/** Waits until the bot has sent so many messages to a chat, and answers them. */
async function sent(
  { telegram }: Scene,
  chat: Parameters<Scene['telegram']['sent']>[0],
  count = 1,
) {
  await soon(() => expect(telegram.sent(chat).length).toBeGreaterThanOrEqual(count));
  return telegram.sent(chat);
}

const channelOf = (chat: number, thread: string | null = null) =>
  ({ platform: 'telegram', chat: String(chat), thread }) as const;

describe('a reader in a private chat', () => {
  it('gets the newest digest as a rich message', async () => {
    const scene = await aScene();
    const id = await aStoredDigest(scene.db);
    const { person, chat } = await aReader(scene);
    scene.telegram.say(person, chat, NEWS);
    const [shown] = await sent(scene, chat);
    expect(shown).toMatchObject({ kind: 'rich', photos: [png(16, 9)], replyTo: null });
    expect(shown?.text).toMatch(/Lumen 7 is cheaper.*A said/su);
    expect(shown?.keyboard.flat()).toMatchObject([
      { callback_data: `sources:${id}` },
      { callback_data: `ask:${id}` },
    ]);
  });

  it('gets it in a simpler form where the server knows no rich ones, from then on at once', async () => {
    const scene = await aScene();
    await aStoredDigest(scene.db);
    const { person, chat } = await aReader(scene);
    scene.telegram.fail('sendRichMessage', refuse(404, 'Not Found: method not found'));
    scene.telegram.say(person, chat, NEWS);
    expect(await sent(scene, chat)).toMatchObject([{ kind: 'photo', photos: [png(16, 9)] }]);
    expect(await findChannel(scene.db, channelOf(chat.id))).toMatchObject({ form: 'plain' });
    scene.telegram.say(person, chat, NEWS);
    await sent(scene, chat, 2);
    expect(scene.telegram.requestsOf('sendRichMessage')).toHaveLength(1);
  });

  it('sees that an answer is on its way before it comes', async () => {
    const scene = await aScene();
    const { person, chat } = await aReader(scene);
    scene.telegram.say(person, chat, '/help');
    await sent(scene, chat);
    const order = scene.telegram.requests.map(({ method }) => method);
    expect(scene.telegram.actions).toMatchObject([{ action: 'typing', thread: null }]);
    expect(order.indexOf('sendChatAction')).toBeLessThan(order.indexOf('sendMessage'));
  });

  it('presses buttons of weeks ago, and each press is acknowledged at once', async () => {
    let later = 0;
    const scene = await aScene({
      settings: { rich: false },
      fake: { now: () => Date.now() + later },
    });
    const id = await aStoredDigest(scene.db);
    const { person, chat } = await aReader(scene);
    scene.telegram.say(person, chat, NEWS);
    const [digest] = await sent(scene, chat);
    if (!digest) throw new Error('no digest');
    later = 21 * 24 * 3600 * 1000;
    scene.telegram.press(person, digest, `part:${id}:A`);
    const [, part] = await sent(scene, chat, 2);
    expect(part?.text).toContain('A said');
    const order = scene.telegram.requests.map(({ method }) => method);
    expect(order.indexOf('answerCallbackQuery')).toBeLessThan(order.lastIndexOf('sendMessage'));
    expect(scene.telegram.answers).toHaveLength(1);
  });

  it('is answered in the order in which they asked', async () => {
    const scene = await aScene();
    await aStoredDigest(scene.db);
    const { person, chat } = await aReader(scene);
    for (const words of ['/nothing1', '/nothing2', '/nothing3']) {
      scene.telegram.say(person, chat, words);
    }
    const answers = await sent(scene, chat, 3);
    expect(
      answers.map((shown) => /nothing\d/.exec(shown.text.replaceAll('\u2060', ''))?.[0]),
    ).toEqual(['nothing1', 'nothing2', 'nothing3']);
  });

  it('gets the pictures alone with a short caption', async () => {
    const scene = await aScene();
    await aStoredDigest(scene.db);
    const { person, chat } = await aReader(scene);
    scene.telegram.say(person, chat, '/cloud');
    const shown = await sent(scene, chat);
    expect(shown).toMatchObject([{ kind: 'photo', photos: [png(16, 9)] }]);
    expect(shown[0]?.text).not.toBe('');
  });

  it('waits as long as Telegram says, and gets the answer once', async () => {
    const scene = await aScene();
    const { person, chat } = await aReader(scene);
    scene.telegram.fail('sendMessage', flood(7));
    scene.telegram.say(person, chat, '/help');
    expect(await sent(scene, chat)).toHaveLength(1);
    expect(scene.waits).toContain(7000);
  });

  it.each([badGateway, serverError])('is answered although a server broke: %o', async (failure) => {
    const scene = await aScene();
    const { person, chat } = await aReader(scene);
    scene.telegram.fail('sendMessage', failure);
    scene.telegram.say(person, chat, '/help');
    expect(await sent(scene, chat)).toHaveLength(1);
  });

  it('gets bare words where the formatted ones are refused', async () => {
    const scene = await aScene();
    const { person, chat } = await aReader(scene);
    scene.telegram.fail('sendMessage', refuse(400, "Bad Request: can't parse entities: no"));
    scene.telegram.say(person, chat, '/help');
    expect(await sent(scene, chat)).toMatchObject([{ kind: 'text' }]);
    expect(scene.telegram.requestsOf('sendMessage')[1]?.params).not.toHaveProperty('parse_mode');
  });

  it('who blocks the bot gets nothing more, until they are back', async () => {
    const scene = await aScene();
    const { person, chat } = await aReader(scene);
    const paused = async () => (await findChannel(scene.db, channelOf(chat.id)))?.paused;
    scene.telegram.block(person);
    await soon(async () => expect(await paused()).toBe('the bot was blocked'));
    scene.telegram.unblock(person);
    await soon(async () => expect(await paused()).toBeNull());
  });
});

describe('a stranger', () => {
  it('gets one line once, and no sign of life after that', async () => {
    const scene = await aScene();
    const eve = scene.telegram.addUser({ first_name: 'Eve' });
    const chat = scene.telegram.openPrivate(eve);
    scene.telegram.say(eve, chat, '/digest');
    scene.telegram.say(eve, chat, 'hello?');
    const [line] = await sent(scene, chat);
    expect(line?.text.replaceAll('\u2060', '')).toBe(texts.stranger(`telegram:${chat.id}`));
    const { person, chat: other } = await aReader(scene);
    scene.telegram.say(person, other, '/help');
    await sent(scene, other);
    await soon(() => expect(scene.telegram.sent(chat)).toHaveLength(1));
    expect(scene.telegram.actions.every((action) => action.chat.id === other.id)).toBe(true);
  });
});

describe('a group', () => {
  async function aGroup(scene: Scene) {
    const kim = scene.telegram.addUser({ first_name: 'Kim' });
    const ann = scene.telegram.addUser({ first_name: 'Ann' });
    const group = scene.telegram.addSupergroup({
      title: 'A team',
      members: [kim],
      administrators: [ann],
      isForum: true,
    });
    await letIn(scene.db, group.id);
    return { kim, ann, group };
  }

  it('is answered when it speaks to the bot, below the question, and left alone otherwise', async () => {
    const scene = await aScene({ fake: { readsAll: true } });
    const { kim, group } = await aGroup(scene);
    scene.telegram.say(kim, group, 'good morning');
    scene.telegram.say(kim, group, '/help@other_demo_bot');
    const asked = scene.telegram.say(kim, group, `/help@${scene.telegram.bot.username}`);
    expect(await sent(scene, group)).toMatchObject([{ replyTo: asked.id }]);
  });

  it('gets a digest with its picture below the question', async () => {
    const scene = await aScene();
    await aStoredDigest(scene.db);
    const { kim, group } = await aGroup(scene);
    const asked = scene.telegram.say(kim, group, NEWS);
    expect(await sent(scene, group)).toMatchObject([
      { kind: 'rich', photos: [png(16, 9)], replyTo: asked.id },
    ]);
  });

  it('is answered in the topic in which it asks', async () => {
    const scene = await aScene();
    const { kim, group } = await aGroup(scene);
    const thread = scene.telegram.addTopic(group, 'News');
    scene.telegram.say(kim, group, '/help', { thread });
    expect(await sent(scene, group)).toMatchObject([{ thread }]);
    expect(scene.telegram.actions).toMatchObject([{ thread }]);
  });

  it('obeys its administrators, who are asked for at Telegram once', async () => {
    const scene = await aScene();
    const { kim, ann, group } = await aGroup(scene);
    scene.telegram.say(kim, group, '/subscribe');
    expect((await sent(scene, group))[0]?.text.replaceAll('\u2060', '')).toBe(
      texts.forAdminsOnly('subscribe'),
    );
    scene.telegram.say(ann, group, '/subscribe');
    scene.telegram.say(ann, group, '/help');
    await sent(scene, group, 3);
    expect(await subscriptionsOf(scene.db, channelOf(group.id))).toHaveLength(1);
    expect(scene.telegram.requestsOf('getChatMember')).toHaveLength(2);
  });

  it('keeps what it has when it becomes a supergroup', async () => {
    const scene = await aScene();
    const kim = scene.telegram.addUser({ first_name: 'Kim' });
    const group = scene.telegram.addGroup({ members: [kim] });
    await letIn(scene.db, group.id);
    const grown = scene.telegram.migrate(group, kim);
    await soon(async () => {
      expect(await findChannel(scene.db, channelOf(grown.id))).toMatchObject({ access: 'allowed' });
    });
    scene.telegram.say(kim, grown, '/help');
    expect(await sent(scene, grown)).toHaveLength(1);
  });
});

describe('what keeps the bot from hearing', () => {
  it('is told, a second bot with its token for instance, and is over when it is over', async () => {
    const scene = await aScene();
    const { telegram, platform } = scene;
    await soon(() => expect(telegram.requestsOf('getUpdates')).toHaveLength(1));
    await clientOf(telegram).telegram.callApi('getUpdates', { offset: 0, limit: 1 });
    await soon(() => expect(platform.trouble()).toContain('only one'));
    const { person, chat } = await aReader(scene);
    telegram.say(person, chat, '/help');
    await sent(scene, chat);
    await soon(() => expect(platform.trouble()).toBeNull());
  });

  it('is a token that Telegram does not take, in words without the token', async () => {
    const scene = await aScene({ before: (telegram) => telegram.revokeToken() });
    await soon(() => expect(scene.platform.trouble()).toContain('@BotFather'));
    await scene.stop();
    expect(scene.lines.join('\n')).not.toContain('fake-token');
    expect(scene.platform.trouble()).not.toContain('fake-token');
  });
});

describe('a webhook', () => {
  /** A port that nobody uses, as far as one can know. */
  async function freePort(): Promise<number> {
    const server = createServer();
    await new Promise<void>((resolve) => void server.listen(0, resolve));
    const { port } = server.address() as AddressInfo;
    await new Promise((resolve) => server.close(resolve));
    return port;
  }

  async function withWebhook() {
    const port = await freePort();
    const door = `http://127.0.0.1:${port}/hook`;
    const scene = await aScene({
      settings: { webhook: { url: 'https://bot.example.com/hook', port } },
      webhookSecret: 'an-open-secret',
      fake: { webhook: { reach: () => door } },
    });
    await soon(() => expect(scene.telegram.requestsOf('setWebhook')).toHaveLength(1));
    return { scene, door };
  }

  it('brings what people say', async () => {
    const { scene } = await withWebhook();
    const { person, chat } = await aReader(scene);
    scene.telegram.say(person, chat, '/help');
    expect(await sent(scene, chat)).toHaveLength(1);
    expect(scene.telegram.requestsOf('getUpdates')).toEqual([]);
  });

  it('takes nothing from others, nothing that is too large, and nothing elsewhere', async () => {
    const { scene, door } = await withWebhook();
    const { person, chat } = await aReader(scene);
    const message = { message_id: 1, from: person, chat: { id: chat.id, type: 'private' } };
    const body = JSON.stringify({ update_id: 1, message: { ...message, text: '/help' } });
    const statusOf = async (secret: string, fields: RequestInit = {}, url = door) => {
      const headers = { 'x-telegram-bot-api-secret-token': secret };
      return (await fetch(url, { method: 'POST', headers, body, ...fields })).status;
    };
    expect(await statusOf('a-wrong-secret')).toBe(401);
    expect(await statusOf('an-open-secret', {}, `${door}/other`)).toBe(404);
    expect(await statusOf('an-open-secret', { method: 'PUT' })).toBe(405);
    expect(await statusOf('an-open-secret', { body: '{' })).toBe(400);
    const large = await statusOf('an-open-secret', { body: 'x'.repeat(1_100_000) }).catch(
      () => 413,
    );
    expect(large).toBe(413);
    expect(scene.telegram.sent(chat)).toEqual([]);
    expect(await statusOf('an-open-secret')).toBe(200);
    expect(await sent(scene, chat)).toHaveLength(1);
    expect(await statusOf('an-open-secret')).toBe(200); // brought again: the receipt was lost
    const next = JSON.stringify({ update_id: 2, message: { ...message, text: '/topics' } });
    expect(await statusOf('an-open-secret', { body: next })).toBe(200);
    await soon(() => expect(scene.telegram.sent(chat)).toHaveLength(2));
    expect(scene.telegram.sent(chat)[1]?.text).toContain('twitter_ai');
  });

  it('whose port is taken is told with the setting', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => void server.listen(0, resolve));
    const { port } = server.address() as AddressInfo;
    const scene = await aScene({
      settings: { webhook: { url: 'https://bot.example.com/hook', port } },
    });
    await soon(() => expect(scene.platform.trouble()).toContain('telegram.webhook.port'));
    await new Promise((resolve) => server.close(resolve));
    await soon(() => expect(scene.platform.trouble()).toBeNull());
  });
});

describe('a stop', () => {
  /** A digest that is made until the test lets it be finished. */
  async function whileMaking() {
    const making = Promise.withResolvers<{ kind: 'empty'; collected: number }>();
    const make = vi.fn<Bureau['make']>(() => making.promise);
    const scene = await aScene({ bureau: { make } });
    const chat = scene.telegram.openPrivate({ ...scene.telegram.bot, id: OWNER });
    const olga = { id: OWNER, is_bot: false, first_name: 'Olga' };
    scene.telegram.say(olga, chat, '/run 2026-01-29');
    await soon(() => expect(make).toHaveBeenCalled());
    return { scene, chat, finish: () => making.resolve({ kind: 'empty', collected: 0 }) };
  }

  it('waits for the answer that is under way, and hears nothing twice', async () => {
    const { scene, chat, finish } = await whileMaking();
    const stopped = scene.stop();
    finish();
    await stopped;
    expect(scene.telegram.sent(chat)).toHaveLength(1);
    const offsets = scene.telegram.requestsOf('getUpdates').map(({ params }) => params['limit']);
    expect(offsets.at(-1)).toBe(1);
  });

  it('does not wait for ever', async () => {
    const { scene, chat, finish } = await whileMaking();
    const stopped = scene.stop();
    await soon(() => expect(scene.waits).toContain(GRACE_MS));
    scene.release(GRACE_MS);
    await stopped;
    finish();
    expect(scene.telegram.sent(chat)).toEqual([]);
  });
});

describe('the list of commands', () => {
  it('is there in two languages, and shows those of owners to owners only', async () => {
    const { telegram } = await aScene({
      before: (fake) => void fake.openPrivate({ ...fake.bot, id: OWNER }),
    });
    await soon(() => expect(telegram.requestsOf('setMyCommands')).toHaveLength(6));
    await soon(() => {
      expect(telegram.requestsOf('setMyCommands').every(({ outcome }) => outcome === 'ok')).toBe(
        true,
      );
    });
    const names = (...find: Parameters<typeof telegram.commands.find>) =>
      telegram.commands.find(...find).map(({ command }) => command);
    for (const type of ['all_private_chats', 'all_group_chats'] as const) {
      for (const language of ['', 'zh']) {
        expect(names({ type }, language)).toContain('subscribe');
        expect(names({ type }, language)).not.toContain('allow');
      }
    }
    expect(names({ type: 'chat', chat_id: OWNER })).toContain('allow');
    const [first] = telegram.commands.find({ type: 'all_private_chats' }, 'zh');
    expect(first?.description).toBe(texts.commands.digest);
  });
});

describe('an owner', () => {
  const notice: Message = {
    language: 'en',
    tree: root([paragraph([text('A chat is gone.')])]),
    pictures: [],
    folds: [],
    buttons: [],
  };

  it('is told in their private chat, where they have opened it', async () => {
    const scene = await aScene();
    const refused = await scene.platform.tell(String(OWNER), notice).catch((each: unknown) => each);
    expect(refused).toBeInstanceOf(SendError);
    const chat = scene.telegram.openPrivate({ ...scene.telegram.bot, id: OWNER });
    await scene.platform.tell(String(OWNER), notice);
    expect(scene.telegram.sent(chat)).toMatchObject([{ text: 'A chat is gone.' }]);
  });

  it('calls nobody who is named in it, nor in refusals', async () => {
    const scene = await aScene();
    const { telegram, platform } = scene;
    const owner = { ...telegram.bot, id: OWNER, is_bot: false };
    const chat = telegram.openPrivate(owner);
    await letIn(scene.db, chat.id);
    const named = 'the source x_user=@kim_demo is gone: ask @ada_demo, t.me/ada_demo';
    await platform.tell(String(OWNER), { ...notice, tree: root([paragraph([text(named)])]) });
    telegram.say(owner, chat, '/digest @kim_demo');
    const shown = await sent(scene, chat, 2);
    expect(shown.flatMap(({ entities }) => entities)).toEqual([]);
    expect(shown.every(({ text: words }) => words.includes('@\u2060kim_demo'))).toBe(true);
  });
});
