import { createServer } from 'node:http';

import { describe, expect, it, vi } from 'vitest';

import { refusalOf, startWithClient } from './telegram-client.ts';
import { badGateway, delay, flood, gateway, lose, refuse, reset, serverError } from './telegram.ts';

describe('floods', () => {
  it('are refused beyond a short burst, and wait longer for the impatient', async () => {
    let now = 1_000_000;
    const { chat, bot } = await startWithClient({ now: () => now });
    const send = () => bot.telegram.sendMessage(chat.id, 'x');
    for (const _ of [1, 2, 3]) await send();
    expect(await refusalOf(send())).toBe('429: Too Many Requests: retry after 1');
    expect(await refusalOf(send())).toBe('429: Too Many Requests: retry after 2');
    now += 1500;
    expect(await refusalOf(send())).toBe('429: Too Many Requests: retry after 3');
    now += 3000;
    await send();
  });

  it('are counted for groups by the minute, with edits', async () => {
    let now = 1_000_000;
    const { telegram, kim, bot } = await startWithClient({ now: () => now });
    const { id } = telegram.addGroup({ members: [kim] });
    const { message_id: message } = await bot.telegram.sendMessage(id, 'count 0');
    for (let count = 1; count < 20; count += 1) {
      now += 1000;
      await bot.telegram.editMessageText(id, message, undefined, `count ${count}`);
    }
    now += 1000;
    const error: unknown = await bot.telegram.sendMessage(id, 'x').catch((each: unknown) => each);
    expect(error).toMatchObject({ code: 429, parameters: { retry_after: 40 } });
  });

  it('are counted over all chats by the second', async () => {
    const { telegram, bot } = await startWithClient({ now: () => 1_000_000 });
    const send = () => bot.telegram.sendMessage(telegram.openPrivate(telegram.addUser()).id, 'x');
    for (let count = 0; count < 30; count += 1) await send();
    expect(await refusalOf(send())).toBe('429: Too Many Requests: retry after 1');
  });

  it('can be scaled, and switched off', async () => {
    let now = 1_000_000;
    const fast = await startWithClient({ now: () => now, speed: 10 });
    for (let count = 0; count < 10; count += 1) {
      await fast.bot.telegram.sendMessage(fast.chat.id, 'x');
      now += 100;
    }
    const free = await startWithClient({ limits: 'off' });
    await Promise.all(
      Array.from({ length: 40 }, () => free.bot.telegram.sendMessage(free.chat.id, 'x')),
    );
    expect(free.telegram.sent(free.chat)).toHaveLength(40);
  });
});

describe('failures on demand', () => {
  it('come in their order before anything is done', async () => {
    const { telegram, chat, bot } = await startWithClient();
    telegram.fail('sendMessage', flood(7), serverError, badGateway, reset);
    const send = () => bot.telegram.sendMessage(chat.id, 'x');
    await expect(send()).rejects.toMatchObject({ code: 429, parameters: { retry_after: 7 } });
    await expect(send()).rejects.toMatchObject({ code: 500 });
    await expect(send()).rejects.toMatchObject({ code: 502 });
    await expect(send()).rejects.toThrow(/socket hang up|ECONNRESET/);
    expect(telegram.sent(chat)).toEqual([]);
    await send();
    expect(telegram.requestsOf('sendMessage').map(({ outcome }) => outcome)).toEqual([
      'refuse',
      'refuse',
      'gateway',
      'reset',
      'ok',
    ]);
  });

  it('can lose the answer to a message that arrived', async () => {
    const { telegram, chat, bot } = await startWithClient();
    telegram.fail('*', lose, delay(1), refuse(400, 'Bad Request: PEER_ID_INVALID'));
    await expect(bot.telegram.sendMessage(chat.id, 'twice?')).rejects.toThrow(
      /socket hang up|ECONNRESET/,
    );
    expect(telegram.sent(chat)).toMatchObject([{ text: 'twice?' }]);
    await bot.telegram.sendMessage(chat.id, 'late');
    expect(await refusalOf(bot.telegram.getMe())).toBe('400: Bad Request: PEER_ID_INVALID');
  });

  it('can answer with an error although the message arrived', async () => {
    const { telegram, chat, bot } = await startWithClient();
    telegram.fail('sendMessage', gateway(502, 'after'));
    await expect(bot.telegram.sendMessage(chat.id, 'there')).rejects.toMatchObject({ code: 502 });
    expect(telegram.sent(chat)).toMatchObject([{ text: 'there' }]);
  });

  it('can befall any request, after those that wait for theirs', async () => {
    const { telegram, bot } = await startWithClient();
    telegram.disturb((method) => (method === 'getMe' ? badGateway : null));
    telegram.fail('getMe', flood(3));
    expect(await refusalOf(bot.telegram.getMe())).toContain('429');
    expect(await refusalOf(bot.telegram.getMe())).toContain('502');
    await bot.telegram.getMyCommands();
  });

  it('can make the server unreachable, also for who waits for updates', async () => {
    const { telegram, bot } = await startWithClient();
    const broken = refusalOf(bot.telegram.getUpdates(20, 1, 0, undefined));
    await expect.poll(() => telegram.requestsOf('getUpdates')).toHaveLength(1);
    await telegram.door.shut();
    expect(await broken).toContain('ECONNRESET');
    await expect(bot.telegram.getMe()).rejects.toThrow('ECONNREFUSED');
    await telegram.door.reopen();
    await bot.telegram.getMe();
  });

  it('can revoke the token', async () => {
    const { telegram, bot } = await startWithClient();
    telegram.revokeToken();
    expect(await refusalOf(bot.telegram.getMe())).toBe('401: Unauthorized');
  });
});

describe('webhooks', () => {
  it('are posted to with their secret, again until they are taken', async () => {
    const { telegram, kim, chat, bot, call } = await startWithClient({ webhook: { retryMs: 1 } });
    const seen: string[] = [];
    bot.on('message', (context) => void seen.push(context.text ?? ''));
    const secretToken = 'a-secret';
    const take = bot.webhookCallback('/hook', { secretToken });
    let posts = 0;
    const server = createServer((request, response) => {
      posts += 1;
      if (posts === 1) response.writeHead(500).end();
      else void take(request, response);
    });
    await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as { port: number };
    try {
      const url = `http://127.0.0.1:${port}/hook`;
      await call('setWebhook', { url, secret_token: secretToken, drop_pending_updates: true });
      expect(await refusalOf(call('getUpdates', {}))).toContain(
        "409: Conflict: can't use getUpdates",
      );
      telegram.say(kim, chat, 'hello');
      await expect.poll(() => seen).toEqual(['hello']);
      await vi.waitFor(async () =>
        expect(await bot.telegram.getWebhookInfo()).toMatchObject({ url, pending_update_count: 0 }),
      );
      expect((await bot.telegram.getWebhookInfo()).last_error_message).toContain('500');
      await bot.telegram.deleteWebhook();
      expect(await call('getUpdates', {})).toEqual([]);
    } finally {
      await telegram.close();
      await new Promise((resolve) => server.close(resolve));
    }
  });

  it('have addresses that the server reaches', async () => {
    const { call } = await startWithClient();
    const set = (params: object) => refusalOf(call('setWebhook', params));
    expect(await set({ url: 'http://bot.example.com/' })).toContain(
      'An HTTPS URL must be provided',
    );
    expect(await set({ url: 'https://bot.example.com:9000/' })).toContain(
      'only on ports 80, 88, 443 or 8443',
    );
    expect(await set({ url: 'https://bot.example.com/', secret_token: 'a b' })).toContain(
      'secret token contains unallowed characters',
    );
  });
});

describe('lists of commands', () => {
  it('are kept by scope and language', async () => {
    const { telegram, bot } = await startWithClient();
    const commands = [{ command: 'ask', description: '追问' }];
    await bot.telegram.setMyCommands(commands, { language_code: 'zh' });
    expect(telegram.commands.find({ type: 'default' }, 'zh')).toEqual(commands);
    expect(await bot.telegram.getMyCommands()).toEqual([]);
    await bot.telegram.deleteMyCommands({ language_code: 'zh' });
    expect(await bot.telegram.getMyCommands({ language_code: 'zh' })).toEqual([]);
    const wrong = bot.telegram.setMyCommands([{ command: 'Ask!', description: 'x' }]);
    expect(await refusalOf(wrong)).toBe('400: Bad Request: BOT_COMMAND_INVALID');
  });
});
