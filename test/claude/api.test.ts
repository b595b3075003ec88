import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

import { describe, expect, it, onTestFinished } from 'vitest';

import { askOnce, openClient } from '../../src/claude/api.ts';
import { tokensOf } from '../../src/claude/question.ts';
import { aQuestion } from '../support/questions.ts';

/** A server that speaks the Messages API more or less, until the test has ended. */
async function serve(answer: (response: ServerResponse) => void): Promise<string> {
  const server = createServer((request, response) => {
    request.resume();
    answer(response);
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** The events of a short answer, with what a server says of its tokens before and after it. */
function answerWith(before: object, after: object): (response: ServerResponse) => void {
  const message = { id: 'm', type: 'message', role: 'assistant', content: [], model: 'm' };
  const events = [
    { type: 'message_start', message: { ...message, stop_reason: null, ...before } },
    { type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } },
    { type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: '{"part":"I"}' } },
    { type: 'content_block_stop', index: 0 },
    { type: 'message_delta', delta: { stop_reason: 'end_turn' }, ...after },
    { type: 'message_stop' },
  ];
  return (response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    for (const event of events) {
      response.write(`event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`);
    }
    response.end();
  };
}

async function askAt(url: string) {
  const client = await openClient({ apiKey: 'key', baseUrl: url });
  const { signal } = new AbortController();
  return askOnce(client, aQuestion(), { signal, silenceMs: 10_000, cachedFor: '5m' });
}

describe('an answer of a server that is not the maker’s', () => {
  const estimate = { fresh: tokensOf(aQuestion()).own, cacheWritten: 0, cacheRead: 0 };

  it.each<[string, object, object]>([
    ['nothing', {}, {}],
    ['null', { usage: null }, { usage: null }],
    ['words', { usage: { input_tokens: 'many' } }, { usage: { output_tokens: 'few' } }],
    ['less than nothing', { usage: { input_tokens: -5e8 } }, { usage: { output_tokens: -1 } }],
    ['halves', { usage: { input_tokens: 1.5 } }, { usage: { output_tokens: 0.5 } }],
    ['too much', { usage: { input_tokens: 1e300 } }, { usage: { output_tokens: 1e12 } }],
  ])('counts by an estimate where it says %s of its tokens', async (_, before, after) => {
    const { text, tokens } = await askAt(await serve(answerWith(before, after)));
    expect(text).toBe('{"part":"I"}');
    expect(tokens).toMatchObject(estimate);
    expect(tokens.output).toBeGreaterThan(0);
    expect(tokens.output).toBeLessThan(100);
  });

  it('is none where it is a page for people', async () => {
    const url = await serve((response) =>
      response.writeHead(200, { 'content-type': 'text/html' }).end('<html>Welcome</html>'),
    );
    await expect(askAt(url)).rejects.toMatchObject({ kind: 'unreadable' });
  });

  it('is not asked for at another address', async () => {
    const other = await serve(answerWith({}, {}));
    const url = await serve((response) => response.writeHead(307, { location: other }).end());
    await expect(askAt(url)).rejects.toMatchObject({ kind: 'unreachable' });
  });

  it('is given up where a line of it does not end', async () => {
    const url = await serve((response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write('data: ');
      const more = () => {
        while (response.writable && response.write('x'.repeat(1_000_000)));
      };
      response.on('drain', more);
      more();
    });
    await expect(askAt(url)).rejects.toMatchObject({ kind: 'unreachable' });
  });
});
