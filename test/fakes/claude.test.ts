import Anthropic, {
  APIConnectionError,
  APIError,
  AuthenticationError,
  NotFoundError,
  RateLimitError,
} from '@anthropic-ai/sdk';
import { zodOutputFormat } from '@anthropic-ai/sdk/helpers/zod';
import type {
  MessageCreateParamsNonStreaming,
  MessageStreamEvent,
} from '@anthropic-ai/sdk/resources/messages';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';

import {
  cited,
  cutAfter,
  cutAtMaxTokens,
  cutStream,
  errorInStream,
  expired,
  type FakeClaude,
  fail,
  hang,
  hangAfter,
  json,
  type Options,
  refusal,
  startClaude,
  text,
} from './claude.ts';

const ASKED: MessageCreateParamsNonStreaming = {
  model: 'claude-opus-5-5',
  max_tokens: 100,
  messages: [{ role: 'user', content: 'Which model is new?' }],
};
const STREAMED = { ...ASKED, stream: true } as const;
const TEXT = '新模型 Lumen 7 上线了：上下文 60 万 token — “it read my codebase” 🚀🚀🚀';
const HEADERS = { authorization: 'Bearer key', 'anthropic-version': '2023-06-01' };
const OVERLOADED = fail({ status: 529, type: 'overloaded_error', message: 'Overloaded' });

function clientOf({ url }: FakeClaude, apiKey = 'key'): Anthropic {
  return new Anthropic({ apiKey, baseURL: url, maxRetries: 0, logLevel: 'off' });
}

async function start(options?: Options) {
  const claude = await startClaude(options);
  return { claude, client: clientOf(claude) };
}

/** What the fake says to a request that differs from a good one. */
async function refusalOf(fields: object, options?: Options): Promise<string> {
  const { claude, client } = await start(options);
  const error: unknown = await client.messages
    .create({ ...ASKED, ...fields })
    .catch((each) => each);
  expect(error).toBeInstanceOf(APIError);
  expect(claude.refused).toHaveLength(1);
  expect(claude.requests).toHaveLength(0);
  return (error as APIError).apiMessage ?? '';
}

const user = (content: unknown) => ({ messages: [{ role: 'user', content }] });
const formatted = (schema: object) => ({
  output_config: { format: { type: 'json_schema', schema } },
});
const object = (properties: object, more: object = {}) =>
  formatted({ type: 'object', properties, additionalProperties: false, ...more });
const marked = { type: 'text', text: 'x', cache_control: { type: 'ephemeral' } };
const found = { type: 'search_result', source: 's', title: 't', citations: { enabled: true } };
const CONTENT = [{ type: 'text', text: 'x' }];
const result = (fields: object) => ({ type: 'search_result', content: CONTENT, ...fields });
/** A question with two search results, the second of two blocks. */
const SEARCHED = {
  ...ASKED,
  ...user([
    result({ source: 'p1', title: 'first', citations: { enabled: true } }),
    result({
      source: 'p2',
      title: 'second',
      citations: { enabled: true },
      content: [...CONTENT, { type: 'text', text: 'y' }],
    }),
    { type: 'text', text: 'What is new?' },
  ]),
} as MessageCreateParamsNonStreaming;

/** What a stream said before it ended or failed. */
async function heardOf(client: Anthropic) {
  const heard = { text: '', events: [] as string[], error: null as unknown };
  try {
    for await (const event of await client.messages.create(STREAMED)) {
      heard.events.push(event.type);
      if (event.type !== 'content_block_delta') continue;
      if (event.delta.type === 'text_delta') heard.text += event.delta.text;
    }
  } catch (error) {
    heard.error = error;
  }
  return heard;
}

describe('the fake of the Messages API', () => {
  it('answers with what is queued, then with what the answerer says', async () => {
    const { claude, client } = await start();
    claude.next(text('first'), json({ a: 1 }, { thinking: 'hm', outputTokens: 9 }));
    claude.answer(async ({ at, promptTokens }) => text(`${at} ${promptTokens}`));
    const said = [await client.messages.create(ASKED), await client.messages.create(ASKED)];
    const { data, request_id } = await client.messages.create(ASKED).withResponse();
    expect(said[0]?.content).toEqual([{ type: 'text', text: 'first', citations: null }]);
    expect(said[1]?.content[1]).toMatchObject({ text: '{"a":1}' });
    expect(said[1]?.usage).toMatchObject({ input_tokens: 6, output_tokens: 9 });
    expect(data.content[0]).toMatchObject({ text: 'messages 6' });
    expect(request_id).toMatch(/^req_/);
    expect(claude.requests.map(({ body }) => body)).toEqual([ASKED, ASKED, ASKED]);
  });

  it('streams the same message, whatever characters it has', async () => {
    const { claude, client } = await start();
    claude.answer(() => text(TEXT, { thinking: '想一想' }));
    const whole = await client.messages.create(ASKED);
    const streamed = await client.messages.stream(ASKED).finalMessage();
    expect(streamed.content).toEqual(whole.content);
    expect(streamed.usage).toEqual({ ...whole.usage, output_tokens_details: expect.anything() });
    expect(streamed.stop_reason).toBe('end_turn');
  });

  it('sends the bytes of a character apart', async () => {
    const { claude } = await start();
    claude.next(text(TEXT));
    const body = JSON.stringify(STREAMED);
    const response = await fetch(`${claude.url}/v1/messages`, {
      method: 'POST',
      body,
      headers: HEADERS,
    });
    const chunks = await Array.fromAsync(response.body ?? []);
    const decoded = chunks.map((chunk) => new TextDecoder().decode(chunk));
    expect(decoded.filter((each) => each.endsWith('\uFFFD')).length).toBeGreaterThan(0);
  });

  it('breaks a stream off, by the socket or by an event', async () => {
    const { claude, client } = await start();
    claude.next(cutStream(TEXT, 30), errorInStream(TEXT, 30, 'overloaded_error'));
    const cut = await heardOf(client);
    const failed = await heardOf(client);
    expect(cut.text).toBe(Array.from(JSON.stringify(TEXT)).slice(0, 30).join(''));
    expect(cut.events).not.toContain('message_stop');
    expect(cut.error).toBeInstanceOf(Error);
    expect(failed.text).toBe(cut.text);
    expect(failed.error).toMatchObject({ type: 'overloaded_error', status: undefined });
  });

  it('falls silent until the client leaves', async () => {
    const { claude, client } = await start();
    claude.next(hang());
    const stream = await client.messages.create(STREAMED);
    const events = stream[Symbol.asyncIterator]();
    const first = await events.next();
    expect(first.value).toMatchObject({ type: 'message_start' });
    const next = events.next();
    stream.controller.abort();
    expect(await next).toMatchObject({ done: true });
  });

  it('stops at the limit, and declines', async () => {
    const { claude, client } = await start();
    claude.next(cutAtMaxTokens({ words: TEXT }), refusal());
    const cut = await client.messages.create({ ...ASKED, ...object({}) } as typeof ASKED);
    const declined = await client.messages.stream(ASKED).finalMessage();
    expect(cut).toMatchObject({ stop_reason: 'max_tokens', usage: { output_tokens: 100 } });
    expect(declined).toMatchObject({ stop_reason: 'refusal', content: [] });
    expect(declined.stop_details?.type).toBe('refusal');
  });

  it('fails as it is told to', async () => {
    const { claude, client } = await start();
    const headers = { 'retry-after': '7' };
    claude.next(
      fail({ status: 429, type: 'rate_limit_error', message: 'slow', headers }),
      OVERLOADED,
      fail({ status: 402, type: 'billing_error', message: 'no credit' }),
      cutStream(TEXT, 3),
    );
    const failures: unknown[] = [];
    for (let each = 0; each < 4; each += 1) {
      failures.push(await client.messages.create(ASKED).catch((error: unknown) => error));
    }
    const [slow, overloaded, poor, cut] = failures;
    expect(slow).toBeInstanceOf(RateLimitError);
    expect((slow as RateLimitError).headers?.get('retry-after')).toBe('7');
    expect((slow as RateLimitError).requestID).toMatch(/^req_/);
    expect(overloaded).toMatchObject({ status: 529, type: 'overloaded_error' });
    expect(poor).toMatchObject({ status: 402, type: 'billing_error' });
    expect(cut).toBeInstanceOf(APIConnectionError);
    expect(claude.refused).toEqual([]);
  });

  it('asks for a key and a version', async () => {
    const { claude } = await start();
    const asked = clientOf(claude, 'bad-key').messages.create(ASKED);
    await expect(asked).rejects.toBeInstanceOf(AuthenticationError);
    const url = `${claude.url}/v1/messages`;
    const authorization = 'Bearer key';
    const statuses = [
      await fetch(url, { method: 'POST', body: '{}' }),
      await fetch(url, { method: 'POST', body: '{}', headers: { authorization } }),
    ].map(({ status }) => status);
    expect(statuses).toEqual([401, 400]);
  });

  it('takes the models of the SDK and those that are named', async () => {
    const { claude, client } = await start({ models: ['mine'] });
    claude.answer(() => text('yes'));
    expect(await client.messages.create({ ...ASKED, model: 'mine' })).toMatchObject({
      model: 'mine',
    });
    const asked = client.messages.create({ ...ASKED, model: 'claude-2' });
    await expect(asked).rejects.toBeInstanceOf(NotFoundError);
  });

  it.each([
    ['temperature: ', { temperature: 0 }],
    ['max_tokens: ', { max_tokens: undefined }],
    ['max_tokens: 128001 > 128000', { max_tokens: 128_001, stream: true }],
    ['messages: at least one', { messages: [] }],
    ['messages.0.content: ', user('')],
    ['messages.0.content.0.text: ', user([{ type: 'text', text: '' }])],
    ['messages.0.content.0.txt: ', user([{ type: 'text', text: 'x', txt: 'x' }])],
    ['system.4.cache_control: ', { system: [marked, marked, marked, marked, marked] }],
    [
      'messages.0.content.0.citations: ',
      { ...object({}), ...user([{ ...found, content: [{ type: 'text', text: 'x' }] }]) },
    ],
    ['messages.0.content.0.', user([{ ...found, content: CONTENT, url: 'x' }])],
    ['messages.0.content.0.', user([result({ source: 's' })])],
    ['messages.0.content.0.content: must be non-empty', user([{ ...found, content: [] }])],
    [
      'messages.0.content.0.content.0.text: ',
      user([{ ...found, content: [{ type: 'text', text: '' }] }]),
    ],
    [
      'messages.0.content.1.citations: must be enabled for all',
      user([{ ...found, content: CONTENT }, result({ source: 's', title: 't' })]),
    ],
    [
      'messages.0.content.0: search_result blocks are for the user',
      { messages: [{ role: 'assistant', content: [{ ...found, content: CONTENT }] }] },
    ],
    ['schema.additionalProperties: ', formatted({ type: 'object', properties: {} })],
    ['schema.properties.a.minLength: ', object({ a: { type: 'string', minLength: 1 } })],
    ['schema.properties.a.maximum: ', object({ a: { type: 'number', maximum: 1 } })],
    ['schema.properties.a.minItems: ', object({ a: { type: 'array', minItems: 2 } })],
    ['schema: recursive', object({ a: { $ref: '#' } })],
    [
      'schema: schema is too complex',
      object(Object.fromEntries(Array.from({ length: 51 }, (_, at) => [`p${at}`, {}]))),
    ],
    ['schema: schema is too complex', object({ a: { description: 'x'.repeat(9000) } })],
  ])('refuses with “%s”', async (said, fields) => {
    expect(await refusalOf(fields)).toContain(said);
  });

  it('refuses a prompt that is longer than the context', async () => {
    const said = await refusalOf(user('x'.repeat(400)), { contextTokens: 100 });
    expect(said).toBe('prompt is too long: 125 tokens > 100 maximum');
  });

  it('fails the test that answers with what breaks the schema', async () => {
    const { claude, client } = await start();
    const Answer = z.object({ a: z.string().min(3).describe('words') });
    const asked = { ...ASKED, output_config: { format: zodOutputFormat(Answer) } };
    claude.next(json({ a: 'yes' }), json({ a: 1 }), json({ a: 1 }, { ignoringSchema: true }));
    expect((await client.messages.parse(asked)).parsed_output).toEqual({ a: 'yes' });
    await expect(client.messages.create(asked)).rejects.toMatchObject({ status: 500 });
    expect(claude.faults.splice(0)).toEqual([expect.stringContaining('breaks its schema')]);
    expect(await client.messages.create(asked)).toMatchObject({ stop_reason: 'end_turn' });
  });

  it('counts tokens as it bills them', async () => {
    const { claude, client } = await start();
    claude.answer(() => text('yes'));
    const { max_tokens: _, ...prompt } = { ...ASKED, system: TEXT };
    const { input_tokens } = await client.messages.countTokens(prompt);
    const { usage } = await client.messages.create({ ...ASKED, system: TEXT });
    expect(usage.input_tokens).toBe(input_tokens);
  });
});

describe('citations', () => {
  const BLOCKS = [['Lumen 7 is new.', 1, 0], ' And ', ['it is cheap.', 0]] as const;

  it('lead to whole search results, the same in a stream as in a message', async () => {
    const { claude, client } = await start();
    claude.answer(() => cited(BLOCKS));
    const whole = await client.messages.create(SEARCHED);
    const streamed = await client.messages.stream(SEARCHED).finalMessage();
    expect(streamed.content).toEqual(whole.content);
    expect(whole.content).toMatchObject([
      {
        text: 'Lumen 7 is new.',
        citations: [
          {
            type: 'search_result_location',
            search_result_index: 1,
            start_block_index: 0,
            end_block_index: 2,
            cited_text: 'xy',
            source: 'p2',
            title: 'second',
          },
          { search_result_index: 0, end_block_index: 1, cited_text: 'x' },
        ],
      },
      { text: ' And ', citations: null },
      { text: 'it is cheap.', citations: [{ search_result_index: 0 }] },
    ]);
  });

  it('cost nothing', async () => {
    const { claude, client } = await start();
    claude.next(cited(['one two', ' three']), cited([['one two', 0, 1], ' three']));
    const usages = [];
    for (const _ of [1, 2]) usages.push((await client.messages.create(SEARCHED)).usage);
    expect(usages[0]?.output_tokens).toBe(usages[1]?.output_tokens);
  });

  it.each([
    ['there is none', SEARCHED, 2],
    ['it may not be cited', { ...ASKED, ...user([result({ source: 's', title: 't' })]) }, 0],
  ])('are a mistake of the test where %s', async (_, asked, place) => {
    const { claude, client } = await start();
    claude.next(cited([['x', place]]));
    const said = client.messages.create(asked as typeof ASKED);
    await expect(said).rejects.toMatchObject({ status: 500 });
    expect(claude.faults.splice(0)).toEqual([expect.stringContaining(`result ${place}`)]);
  });

  it('of a block are there as far as it was said', async () => {
    const { claude, client } = await start();
    claude.next(cutAfter(cited(BLOCKS), 'Lumen 7 is new. A'.length));
    const events: MessageStreamEvent[] = [];
    const stream = await client.messages.create({ ...SEARCHED, stream: true });
    const read = async () => {
      for await (const event of stream) events.push(event);
    };
    await expect(read()).rejects.toBeInstanceOf(Error);
    const stops = events.filter(({ type }) => type === 'content_block_stop');
    expect(stops).toHaveLength(1);
    expect(events.at(-1)).toMatchObject({ index: 1, delta: { text: ' A' } });
  });
});

describe('the pace of a model', () => {
  const PACE = { firstMs: 120, tokensPerSecond: 100 };
  const SAID = 'so much takes its time '.repeat(4);

  it('is kept: a while until the first token, then so many a second', async () => {
    const { claude, client } = await start({ pace: PACE });
    claude.answer(() => text(SAID));
    const began = performance.now();
    const at: number[] = [];
    let tokens = 0;
    for await (const event of await client.messages.create(STREAMED)) {
      at.push(performance.now() - began);
      if (event.type === 'message_delta') tokens = event.usage.output_tokens;
    }
    expect(at[0]).toBeGreaterThanOrEqual(PACE.firstMs - 1);
    const least = PACE.firstMs + (tokens / PACE.tokensPerSecond) * 1000;
    expect(at.at(-1)).toBeGreaterThanOrEqual(least - 1);
    const whole = performance.now();
    await client.messages.create(ASKED);
    expect(performance.now() - whole).toBeGreaterThanOrEqual(least - 1);
  });

  it('ends when the client leaves', async () => {
    const { claude, client } = await start({ pace: { firstMs: 0, tokensPerSecond: 0.01 } });
    claude.next(text(SAID), hangAfter(text('abc'), 2));
    for (const heard of [[], ['ab']]) {
      const stream = await client.messages.create(STREAMED);
      setTimeout(() => stream.controller.abort(), 40);
      const said: string[] = [];
      for await (const event of stream) {
        if (event.type === 'content_block_delta' && 'text' in event.delta)
          said.push(event.delta.text);
      }
      expect(said).toEqual(heard.slice(0, said.length));
    }
    expect(claude.requests).toHaveLength(2);
  });
});

describe('the cache', () => {
  const cached = (ttl: '5m' | '1h', asked: string): MessageCreateParamsNonStreaming => ({
    ...ASKED,
    system: [{ type: 'text', text: 'a'.repeat(6400), cache_control: { type: 'ephemeral', ttl } }],
    messages: [{ role: 'user', content: asked }],
  });

  it('writes a prefix once, reads it while it is remembered, and writes it anew', async () => {
    let minute = 0;
    const { claude, client } = await start({ now: () => new Date(minute * 60_000) });
    claude.answer(() => text('yes'));
    const usages = [];
    for (minute of [0, 4, 8, 14]) {
      const { usage } = await client.messages.create(cached('5m', `${minute}`.padStart(32)));
      usages.push(usage);
    }
    const written = { input_tokens: 10, cache_creation_input_tokens: 2000 };
    const read = {
      input_tokens: 10,
      cache_creation_input_tokens: 0,
      cache_read_input_tokens: 2000,
    };
    expect(usages).toMatchObject([written, read, read, written]);
    expect(usages[0]?.cache_creation?.ephemeral_5m_input_tokens).toBe(2000);
    expect(claude.requests[1]).toMatchObject({ cacheRead: 2000, promptTokens: 2010 });
  });

  it('is warmed by a request for no tokens, but not by one that failed', async () => {
    const { claude, client } = await start();
    claude.next(OVERLOADED, text('yes'));
    await expect(client.messages.create(cached('1h', 'a'))).rejects.toBeInstanceOf(APIError);
    const warming = await client.messages.create({ ...cached('1h', 'b'), max_tokens: 0 });
    const answered = await client.messages.create(cached('1h', 'c'));
    expect(warming.usage.cache_creation?.ephemeral_1h_input_tokens).toBe(2000);
    expect(warming.content).toEqual([]);
    expect(answered.usage.cache_read_input_tokens).toBe(2000);
  });

  it('remembers nothing short', async () => {
    const { claude, client } = await start();
    claude.answer(() => text('yes'));
    const short = user([marked]) as Pick<typeof ASKED, 'messages'>;
    await client.messages.create({ ...ASKED, ...short });
    const { usage } = await client.messages.create({ ...ASKED, ...short });
    expect(usage).toMatchObject({ cache_creation_input_tokens: 0, cache_read_input_tokens: 0 });
  });
});

describe('a batch', () => {
  const batchOf = (...ids: string[]) => ({
    requests: ids.map((custom_id) => ({ custom_id, params: ASKED })),
  });

  it('is answered when it ends, in another order than it was asked', async () => {
    const { claude, client } = await start({ batchEndsAfterPolls: 1 });
    claude.next(text('a'), OVERLOADED, expired());
    const { id } = await client.messages.batches.create(batchOf('one', 'two', 'three'));
    const during = await client.messages.batches.retrieve(id);
    const early = await fetch(`${claude.url}/v1/messages/batches/${id}/results`, {
      headers: HEADERS,
    });
    const after = await client.messages.batches.retrieve(id);
    const results = await Array.fromAsync(await client.messages.batches.results(id));
    expect([during.processing_status, early.status, after.processing_status]).toEqual([
      'in_progress',
      404,
      'ended',
    ]);
    expect(after.request_counts).toMatchObject({ succeeded: 1, errored: 1, expired: 1 });
    expect(results).toMatchObject([
      { custom_id: 'three', result: { type: 'expired' } },
      { custom_id: 'two', result: { error: { error: { type: 'overloaded_error' } } } },
      { custom_id: 'one', result: { message: { usage: { service_tier: 'batch' } } } },
    ]);
    expect(claude.requests.map(({ at }) => at)).toEqual(['batch', 'batch', 'batch']);
  });

  it('is canceled where it never ends', async () => {
    const { claude, client } = await start({ batchEndsAfterPolls: Infinity });
    const { id } = await client.messages.batches.create(batchOf('one'));
    await client.messages.batches.retrieve(id);
    const canceling = await client.messages.batches.cancel(id);
    const ended = await client.messages.batches.retrieve(id);
    expect(canceling.processing_status).toBe('canceling');
    expect(ended.request_counts).toMatchObject({ canceled: 1, processing: 0 });
    expect(claude.batches).toMatchObject([{ id, requests: [{ custom_id: 'one' }] }]);
  });

  it('is listed, the newest first', async () => {
    const { client } = await start();
    const made = [];
    for (const name of ['a', 'b', 'c']) {
      made.unshift((await client.messages.batches.create(batchOf(name))).id);
    }
    const listed = await Array.fromAsync(client.messages.batches.list({ limit: 2 }));
    expect(listed.map(({ id }) => id)).toEqual(made);
  });

  it.each([
    ['requests.0.custom_id: ', [{ custom_id: 'a b', params: ASKED }]],
    ['requests.1.custom_id: ', batchOf('a', 'a').requests],
    ['requests.0.params.stream: ', [{ custom_id: 'a', params: STREAMED }]],
    ['requests.0.params.max_tokens: ', [{ custom_id: 'a', params: { ...ASKED, max_tokens: 2e5 } }]],
  ])('is refused with “%s”', async (said, requests) => {
    const { claude, client } = await start();
    const body = { requests } as Anthropic.Messages.BatchCreateParams;
    const apiMessage: unknown = expect.stringContaining(said);
    await expect(client.messages.batches.create(body)).rejects.toMatchObject({ apiMessage });
    expect(claude.batches).toEqual([]);
  });
});
