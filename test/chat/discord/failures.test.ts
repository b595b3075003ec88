import { DiscordAPIError, HTTPError, RateLimitError } from 'discord.js';
import { describe, expect, it } from 'vitest';

import { isInteractionOver, troubleOf } from '../../../src/chat/discord/failures.ts';
import { SendError } from '../../../src/model/delivery.ts';

const ADDRESS = 'https://discord.example.com/interactions/1/a-secret-token/callback';

function answered(status: number, code: number, message = 'No'): DiscordAPIError {
  return new DiscordAPIError({ code, message }, code, status, 'POST', ADDRESS, {});
}

function limited(milliseconds: number): RateLimitError {
  return new RateLimitError({
    timeToReset: 0,
    limit: 5,
    method: 'POST',
    hash: 'a',
    url: ADDRESS,
    route: '/channels/:id/messages',
    majorParameter: '1',
    global: false,
    retryAfter: milliseconds,
    sublimitTimeout: 0,
    scope: 'shared',
  });
}

const broken = (code: string, message = code) => Object.assign(new Error(message), { code });

describe('what a failure of Discord asks for', () => {
  it('is to wait as long as Discord says', () => {
    expect(troubleOf(limited(1337))).toEqual({ kind: 'slow-down', seconds: 1.337 });
  });

  it.each([
    [403, 50001, 'may not see'],
    [403, 50013, 'permission'],
    [403, 50007, 'takes no messages'],
    [404, 10003, 'channel is gone'],
    [404, 10004, 'server is gone'],
    [400, 50083, 'archived'],
  ])('is to leave a channel after %i with code %i', (status, code, words) => {
    const trouble = troubleOf(answered(status, code));
    expect(trouble).toMatchObject({ kind: 'gone', reason: expect.stringContaining(words) });
  });

  it.each([
    ['a body that is not understood', answered(400, 50035), 'form-refused'],
    ['an empty message', answered(400, 50006), 'form-refused'],
    ['files that are too large', answered(413, 40005), 'form-refused'],
    ['a message that cannot be rendered', new RangeError('nothing to show'), 'form-refused'],
    ['a token that is not accepted', answered(401, 0), 'bad-token'],
    ['an interaction that is over', answered(401, 50027), 'refused'],
    ['another refusal', answered(400, 40002), 'refused'],
    ['a failing server', new HTTPError(502, 'Bad Gateway', 'POST', ADDRESS, {}), 'failed'],
    ['a server that is not there', broken('ECONNREFUSED'), 'failed'],
    ['a name that is not known', broken('ENOTFOUND'), 'failed'],
    ['a connection that was not made', broken('UND_ERR_CONNECT_TIMEOUT'), 'failed'],
    ['a connection that broke', broken('ECONNRESET'), 'unknown'],
    ['a socket that was closed', broken('UND_ERR_SOCKET', 'other side closed'), 'unknown'],
    ['an answer that did not come', new DOMException('aborted', 'AbortError'), 'unknown'],
    ['an answer that broke off', new SyntaxError('Unexpected end of JSON input'), 'unknown'],
    ['a mistake of ours', new TypeError('x is not a function'), 'failed'],
    ['something that is no error', 'nothing', 'failed'],
  ])('after %s', (_, error, kind) => {
    expect(troubleOf(error)).toMatchObject({ kind, reason: expect.any(String) });
  });

  it('is found in what caused an error', () => {
    const error = new TypeError('fetch failed', { cause: broken('ECONNREFUSED') });
    expect(troubleOf(error)).toEqual({ kind: 'failed', reason: 'fetch failed' });
    const later = new TypeError('fetch failed', { cause: broken('ECONNRESET') });
    expect(troubleOf(later).kind).toBe('unknown');
  });

  it('stays what it was found to be', () => {
    const trouble = { kind: 'moved', to: '2' } as const;
    expect(troubleOf(new SendError(trouble))).toBe(trouble);
  });

  it('never tells an address, in which tokens stand', () => {
    for (const error of [answered(400, 40002), answered(401, 0), limited(5)]) {
      expect(JSON.stringify(troubleOf(error))).not.toContain('secret');
    }
  });
});

describe('an interaction', () => {
  it('is over when its token has ended or is not known', () => {
    expect([50027, 10015, 10062].map((code) => isInteractionOver(answered(404, code)))).toEqual([
      true,
      true,
      true,
    ]);
    expect(isInteractionOver(answered(500, 0))).toBe(false);
    expect(isInteractionOver(broken('ECONNRESET'))).toBe(false);
  });
});
