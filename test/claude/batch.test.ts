import { APIConnectionError, NotFoundError } from '@anthropic-ai/sdk';
import { describe, expect, it, vi } from 'vitest';

import type { Desk, Errand } from '../../src/claude/desk.ts';
import { cutAtMaxTokens, expired, type FakeClaude, fail, refusal, text } from '../fakes/claude.ts';
import { anOffice, type OfficeOptions } from '../support/office.ts';
import { answerPart, aQuestion, readPart } from '../support/questions.ts';

const PARTS = ['I', 'II', 'III'] as const;
const HOUR = 3_600_000;
const SHARED = 'What all have in common. '.repeat(2000);

/** An office that wants batches, and desks with four hours until their deadline. */
async function place({ models, ...options }: OfficeOptions = {}) {
  const made = await anOffice({ ...options, models: { batch: true, ...models } });
  const { office, claude, start, usage } = made;
  claude.answer(answerPart);
  return {
    claude,
    client: await office.client(),
    now: office.now,
    start,
    desk: ({ hours = 4, ...fields }: Partial<Errand> & { hours?: number } = {}) =>
      made.desk({ deadline: new Date(start.getTime() + hours * HOUR), ...fields }),
    usage: async () => {
      const [row] = await usage();
      if (!row) throw new Error('nothing was asked');
      return row;
    },
  };
}

/** What a desk answers to every part, and how often the model was asked in a batch and directly. */
async function answersOf(desk: Desk, { requests }: FakeClaude) {
  const questions = PARTS.map((part) => aQuestion({ part, shared: SHARED }));
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
    const soon = short.desk({ hours: 0.8 });
    expect(await answersOf(soon, short.claude)).toMatchObject({ batched: 0, direct: 3 });
    const off = await place({ models: { batch: false } });
    expect(await answersOf(off.desk(), off.claude)).toMatchObject({ batched: 0, direct: 3 });
    expect([...short.claude.batches, ...off.claude.batches]).toEqual([]);
  });

  it('that is late is canceled, and everything asked directly, before the deadline', async () => {
    const { claude, desk, now, start, usage } = await place({
      claude: { batchEndsAfterPolls: Infinity },
    });
    const { answers, direct } = await answersOf(desk({ hours: 1 }), claude);
    expect({ answers, direct }).toEqual({ answers: [...PARTS], direct: 3 });
    expect(claude.batches.map(({ request_counts }) => request_counts.canceled)).toEqual([3]);
    expect(now().getTime() - start.getTime()).toBeLessThan(0.75 * HOUR);
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
