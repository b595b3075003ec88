import { APIConnectionError, NotFoundError } from '@anthropic-ai/sdk';
import { pino } from 'pino';
import { describe, expect, it, vi } from 'vitest';

import { openClient } from '../../src/claude/api.ts';
import { Desk, type Errand, type Office } from '../../src/claude/desk.ts';
import { ModelFailure } from '../../src/claude/failure.ts';
import type { Question } from '../../src/claude/question.ts';
import { DEFAULT_MODELS, type Models } from '../../src/claude/settings.ts';
import { usageBetween } from '../../src/store/calls.ts';
import {
  cutAtMaxTokens,
  expired,
  type FakeClaude,
  fail,
  json,
  type Options,
  refusal,
  startClaude,
  text,
} from '../fakes/claude.ts';
import { freshDatabase } from '../support/database.ts';

const MORNING = new Date('2026-10-13T06:00:00Z');
const IN_HOURS = (hours: number) => new Date(MORNING.getTime() + hours * 3_600_000);
const PARTS = ['I', 'II', 'III'] as const;

function questionOf(part: string): Question {
  return {
    model: 'claude-opus-5-5',
    effort: 'medium',
    part,
    system: 'You answer.',
    shared: 'What all have in common. '.repeat(2000),
    words: `Write ${part}.`,
    schema: {
      type: 'object',
      properties: { part: { type: 'string' } },
      required: ['part'],
      additionalProperties: false,
    },
    maxTokens: 1000,
  };
}

function readPart(words: string): string {
  try {
    return (JSON.parse(words) as { part: string }).part;
  } catch {
    throw new ModelFailure('unreadable', 'It is no JSON.');
  }
}

type Setting = { models?: Partial<Models>; claude?: Options; apiKey?: string };

/** Desks of one report over a fake of the model, and a clock that moves when somebody waits. */
async function place({ models, claude: options, apiKey = 'key' }: Setting = {}) {
  let at = MORNING.getTime();
  const now = () => new Date(at);
  const claude = await startClaude({ now, ...options });
  claude.answer(({ body }) => json({ part: partIn(body) }));
  const client = await openClient({ apiKey, baseUrl: claude.url });
  const office: Office = {
    client: async () => client,
    db: await freshDatabase(),
    log: pino({ level: 'silent' }),
    models: { ...DEFAULT_MODELS, batch: true, ...models },
    now,
    async wait(ms, signal) {
      at += ms;
      signal.throwIfAborted();
    },
    timeZone: 'UTC',
    silenceMs: 10_000,
  };
  const desk = (fields: Partial<Errand> = {}) =>
    new Desk(office, {
      purpose: 'report',
      topic: 'twitter_ai',
      report: { topic: 'twitter_ai', from: '2026-10-12', to: '2026-10-12', language: 'en' },
      deadline: IN_HOURS(4),
      signal: new AbortController().signal,
      ...fields,
    });
  const day = { start: IN_HOURS(-6), end: IN_HOURS(18), timeZone: 'UTC' };
  const usage = async () => {
    const [row] = await usageBetween(office.db, day);
    if (!row) throw new Error('nothing was asked');
    return row;
  };
  return { claude, client, desk, now, usage };
}

function partIn({ messages }: FakeClaude['requests'][number]['body']): string {
  return /"Write (\w+)\./.exec(JSON.stringify(messages))?.[1] ?? '';
}

/** What a desk answers to every part, and how often the model was asked in a batch and directly. */
async function answersOf(desk: Desk, { requests }: FakeClaude) {
  const questions = PARTS.map(questionOf);
  await desk.preorder(questions);
  const answers = await Promise.all(questions.map((question) => desk.ask(question, readPart)));
  const times = (at: 'batch' | 'messages') => requests.filter((each) => each.at === at).length;
  return { answers, batched: times('batch'), direct: times('messages') };
}

describe('a batch', () => {
  it('brings the answers for half the price where there is time', async () => {
    const { claude, desk, usage } = await place();
    const { answers, batched, direct } = await answersOf(desk(), claude);
    expect({ answers, batched, direct }).toEqual({ answers: [...PARTS], batched: 3, direct: 0 });
    const [asked] = claude.batches;
    expect(asked?.requests).toHaveLength(3);
    expect(JSON.stringify(asked?.requests)).toContain('"ttl":"1h"');
    const { fresh, cacheWritten, cacheRead, output, price, open } = await usage();
    const whole = fresh * 4 + cacheWritten * 8 + cacheRead * 0.2 + output * 20;
    expect(cacheWritten).toBeGreaterThan(0);
    expect(cacheRead).toBeGreaterThan(0);
    expect(Math.abs(price - whole / 2)).toBeLessThanOrEqual(PARTS.length);
    expect(open).toBe(0);
  });

  it('is not begun without half an hour to spare, or where nobody wants one', async () => {
    const short = await place();
    const soon = short.desk({ deadline: IN_HOURS(0.8) });
    expect(await answersOf(soon, short.claude)).toMatchObject({ batched: 0, direct: 3 });
    const off = await place({ models: { batch: false } });
    expect(await answersOf(off.desk(), off.claude)).toMatchObject({ batched: 0, direct: 3 });
    expect([...short.claude.batches, ...off.claude.batches]).toEqual([]);
  });

  it('that is late is canceled, and everything asked directly, before the deadline', async () => {
    const { claude, desk, now, usage } = await place({ claude: { batchEndsAfterPolls: Infinity } });
    const { answers, direct } = await answersOf(desk({ deadline: IN_HOURS(1) }), claude);
    expect({ answers, direct }).toEqual({ answers: [...PARTS], direct: 3 });
    expect(claude.batches.map(({ request_counts }) => request_counts.canceled)).toEqual([3]);
    expect(now().getTime()).toBeLessThan(IN_HOURS(0.75).getTime());
    expect(await usage()).toMatchObject({ calls: 6, failed: 3, open: 0 });
  });

  it.each([
    ['expired', expired()],
    ['was refused', refusal()],
    ['was cut off', cutAtMaxTokens({ part: 'a long answer' })],
    ['failed', fail({ status: 500, type: 'api_error', message: 'Internal server error' })],
    ['cannot be read', text('no JSON', { ignoringSchema: true })],
  ])('leaves a request that %s to a direct question', async (_, behaviour) => {
    const { claude, desk } = await place();
    claude.next(behaviour);
    const { answers, batched, direct } = await answersOf(desk(), claude);
    expect({ answers, batched, direct }).toEqual({ answers: [...PARTS], batched: 3, direct: 1 });
  });

  it('is waited for again by a program that was stopped meanwhile, and paid for once', async () => {
    const { claude, client, desk, usage } = await place({ claude: { batchEndsAfterPolls: 3 } });
    const stop = new AbortController();
    vi.spyOn(client.messages.batches, 'retrieve').mockImplementationOnce(() => {
      stop.abort(new Error('stopped'));
      throw new APIConnectionError({ message: 'aborted' });
    });
    await expect(answersOf(desk({ signal: stop.signal }), claude)).rejects.toThrow('stopped');
    expect(await answersOf(desk(), claude)).toMatchObject({ batched: 3, direct: 0 });
    expect(claude.batches).toHaveLength(1);
    expect(await usage()).toMatchObject({ calls: 3, open: 0 });
  });

  it('is waited for although it cannot be seen for a while', async () => {
    const { claude, client, desk } = await place();
    const unreachable = () => {
      throw new APIConnectionError({ message: 'no route' });
    };
    const retrieve = vi.spyOn(client.messages.batches, 'retrieve');
    retrieve.mockImplementationOnce(unreachable).mockImplementationOnce(unreachable);
    expect(await answersOf(desk(), claude)).toMatchObject({ batched: 3, direct: 0 });
    expect(retrieve.mock.calls.length).toBeGreaterThan(2);
  });

  it('that nobody takes costs nothing, and everything is asked directly', async () => {
    const { claude, client, desk, usage } = await place();
    vi.spyOn(client.messages.batches, 'create').mockImplementationOnce(() => {
      throw new NotFoundError(404, {}, 'no batches here', new Headers());
    });
    expect(await answersOf(desk(), claude)).toMatchObject({ batched: 0, direct: 3 });
    expect(await usage()).toMatchObject({ calls: 6, failed: 3, open: 0 });
  });

  it('holds what the day’s cap has room for, at the most that it can cost; the rest is asked after it', async () => {
    const { claude, desk, usage } = await place({ models: { dailyCap: 0.26 } });
    const { answers, batched, direct } = await answersOf(desk(), claude);
    expect(answers).toEqual([...PARTS]);
    expect(batched).toBeLessThan(3);
    expect(batched + direct).toBe(3);
    expect((await usage()).price).toBeLessThanOrEqual(260_000);
  });
});
