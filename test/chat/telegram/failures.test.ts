import { type AddressInfo, createServer, type Socket } from 'node:net';

import { describe, expect, it, onTestFinished } from 'vitest';

import { openBotApi } from '../../../src/chat/telegram/client.ts';
import { CarefulAgent } from '../../../src/chat/telegram/connecting.ts';
import {
  CallError,
  type CallFailure,
  failureOf,
  isUnchanged,
  troubleOf,
} from '../../../src/chat/telegram/failures.ts';
import { pauseAfter, sentenceOf } from '../../../src/chat/telegram/trouble.ts';
import { badGateway, lose, refuse, reset, startTelegram } from '../../fakes/telegram.ts';

const answered = (code: number, description: string): CallFailure => {
  return { kind: 'answered', code, description, retryAfter: null, movedTo: null };
};

const TOKEN = '1234567:fake-token_of_the_chorus';

async function failureAt(
  apiRoot: string,
  patienceMs = 5000,
  agent?: CarefulAgent,
): Promise<CallError> {
  const api = openBotApi({ token: TOKEN, apiRoot }, agent);
  const error: unknown = await api
    .call({ method: 'getMe', parameters: {} }, { patienceMs })
    .catch((each: unknown) => each);
  if (error instanceof CallError) return error;
  throw new Error(`not failed: ${String(error)}`);
}

/** Where something listens that knows no TLS. */
async function aDeafPlace(hear: (socket: Socket) => void): Promise<string> {
  const sockets: Socket[] = [];
  const server = createServer((socket) => {
    sockets.push(socket.on('error', () => undefined));
    hear(socket);
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

describe('what Telegram answers', () => {
  it.each([
    [403, 'Forbidden: bot was blocked by the user', 'gone'],
    [403, 'Forbidden: bot was kicked from the supergroup chat', 'gone'],
    [403, 'Forbidden: bot is not a member of the channel chat', 'gone'],
    [403, 'Forbidden: user is deactivated', 'gone'],
    [400, 'Bad Request: chat not found', 'gone'],
    [400, 'Bad Request: message thread not found', 'gone'],
    [400, "Bad Request: can't parse entities: Unsupported start tag", 'form-refused'],
    [400, 'Bad Request: BUTTON_DATA_INVALID', 'form-refused'],
    [400, 'Bad Request: message is too long', 'form-refused'],
    [400, 'Bad Request: PHOTO_INVALID_DIMENSIONS', 'form-refused'],
    [400, 'Bad Request: IMAGE_PROCESS_FAILED', 'form-refused'],
    [400, 'Bad Request: not enough rights to send photos to the chat', 'form-refused'],
    [400, 'Bad Request: not enough rights to send text messages to the chat', 'refused'],
    [400, 'Bad Request: TOPIC_CLOSED', 'refused'],
    [400, 'Bad Request: something new', 'refused'],
    [401, 'Unauthorized', 'bad-token'],
    [404, 'Not Found', 'bad-token'],
    [500, 'Internal Server Error', 'unknown'],
    [502, 'Bad Gateway', 'unknown'],
    [503, 'Service Unavailable', 'failed'],
    [504, 'Gateway Timeout', 'unknown'],
  ])('%d %s is "%s"', (code, description, kind) => {
    expect(troubleOf(answered(code, description), false).kind).toBe(kind);
  });

  it.each([
    [404, 'Not Found: method not found', 'form-refused'],
    [400, 'Bad Request: something new', 'form-refused'],
    [400, 'Bad Request: chat not found', 'gone'],
    [400, 'Bad Request: not enough rights to send text messages to the chat', 'refused'],
  ])('to a rich message, %d %s is "%s"', (code, description, kind) => {
    expect(troubleOf(answered(code, description), true).kind).toBe(kind);
  });

  it('tells exactly how long to wait, and where a chat has gone', () => {
    const failure = answered(429, 'Too Many Requests: retry after 17');
    expect(troubleOf({ ...failure, retryAfter: 17 } as CallFailure, false)).toEqual({
      kind: 'slow-down',
      seconds: 17,
    });
    const moved = answered(400, 'Bad Request: group chat was upgraded to a supergroup chat');
    expect(troubleOf({ ...moved, movedTo: '-100200' } as CallFailure, true)).toEqual({
      kind: 'moved',
      to: '-100200',
    });
  });

  it('tells an edit that changes nothing from others', () => {
    expect(isUnchanged(answered(400, 'Bad Request: message is not modified: …'))).toBe(true);
    expect(isUnchanged(answered(400, 'Bad Request: message to edit not found'))).toBe(false);
  });
});

describe('a connection', () => {
  it('that is refused, or whose name nobody knows, has sent nothing', async () => {
    expect((await failureAt('http://127.0.0.1:1')).failure).toEqual({
      kind: 'not-sent',
      reason: 'ECONNREFUSED',
    });
    const unknown = await failureAt('http://nowhere.invalid');
    expect(unknown.failure.kind).toBe('not-sent');
  });

  it('that is never made, or breaks before it is safe, has sent nothing', async () => {
    const silent = await aDeafPlace(() => undefined);
    const unmade = { kind: 'not-sent', reason: 'no connection' };
    expect((await failureAt(silent, 5000, new CarefulAgent(20))).failure).toEqual(unmade);
    const breaking = await aDeafPlace((socket) => socket.once('data', () => socket.destroy()));
    expect((await failureAt(breaking)).failure).toEqual(unmade);
    const resetting = await aDeafPlace((socket) => socket.resetAndDestroy());
    expect((await failureAt(resetting)).failure).toEqual(unmade);
  });

  it('that breaks or stays silent after the request may have sent it', async () => {
    const telegram = await startTelegram();
    telegram.fail('getMe', reset, lose);
    for (let time = 0; time < 2; time += 1) {
      expect((await failureAt(telegram.url)).failure).toEqual({
        kind: 'lost',
        reason: 'ECONNRESET',
      });
    }
    telegram.fail('getMe', { kind: 'delay', ms: 60 });
    expect((await failureAt(telegram.url, 10)).failure).toEqual({
      kind: 'lost',
      reason: 'no answer in time',
    });
  });

  it('on which a server in between answers is told by its status', async () => {
    const telegram = await startTelegram();
    telegram.fail('getMe', badGateway);
    expect((await failureAt(telegram.url)).failure).toMatchObject({ kind: 'answered', code: 502 });
  });

  it('never shows the token in what is thrown', async () => {
    const telegram = await startTelegram();
    telegram.fail('getMe', reset, refuse(400, 'Bad Request: no'));
    const errors = [
      await failureAt(telegram.url),
      await failureAt(telegram.url),
      await failureAt('http://127.0.0.1:1'),
      await failureAt('no address'),
    ];
    for (const error of errors) {
      const all = JSON.stringify([error.message, error.stack, error.failure, error.cause ?? null]);
      expect(all).not.toContain('fake-token');
    }
  });

  it('whose certificate is not trusted has sent nothing', () => {
    const error = Object.assign(new Error('bad'), { type: 'system', code: 'CERT_HAS_EXPIRED' });
    expect(failureOf(error)).toEqual({ kind: 'not-sent', reason: 'CERT_HAS_EXPIRED' });
  });
});

describe('what keeps the bot from hearing', () => {
  it.each([
    [answered(401, 'Unauthorized'), '@BotFather'],
    [answered(409, 'Conflict: terminated by other getUpdates request'), 'only one'],
    [answered(502, 'Bad Gateway'), 'tried again'],
    [answered(400, 'Bad Request: bad webhook: no HTTPS'), 'telegram.webhook.url'],
    [{ kind: 'not-sent', reason: 'ENOTFOUND' } as const, 'connection'],
  ])('is said with what to do: %o', (failure, words) => {
    expect(sentenceOf(failure)).toContain(words);
  });

  it('is tried again at growing distances, and not before Telegram wants it', () => {
    const lost: CallFailure = { kind: 'lost', reason: 'ECONNRESET' };
    expect([1, 2, 3, 7, 20].map((failures) => pauseAfter(failures, lost))).toEqual([
      1, 2, 4, 60, 60,
    ]);
    const flood = { ...answered(429, 'Too Many Requests'), retryAfter: 90 } as CallFailure;
    expect(pauseAfter(1, flood)).toBe(90);
  });
});
