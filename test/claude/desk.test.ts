import { inspect } from 'node:util';

import { describe, expect, it, vi } from 'vitest';

import { openClient } from '../../src/claude/api.ts';
import type { Desk } from '../../src/claude/desk.ts';
import { ModelFailure } from '../../src/claude/failure.ts';
import type { FormQuestion } from '../../src/claude/question.ts';
import { priceOf } from '../../src/model/usage.ts';
import {
  type Behaviour,
  cutAtMaxTokens,
  cutStream,
  errorInStream,
  fail,
  hang,
  json,
  refusal,
  text,
} from '../fakes/claude.ts';
import { anOffice, type OfficeOptions } from '../support/office.ts';
import { answerPart, aQuestion, readPart } from '../support/questions.ts';

const DAY = 86_400_000;
const BUSY = fail({ status: 529, type: 'overloaded_error', message: 'Overloaded' });
const LIMITED = (retryAfter: string) =>
  fail({
    status: 429,
    type: 'rate_limit_error',
    message: 'Too many requests',
    headers: { 'retry-after': retryAfter },
  });
const NO_CREDIT = fail({
  status: 400,
  type: 'invalid_request_error',
  message: 'Your credit balance is too low to access the Anthropic API.',
});

async function place(options?: OfficeOptions) {
  const made = await anOffice(options);
  made.claude.answer(answerPart);
  return made;
}

const ask = (desk: Desk, question: FormQuestion = aQuestion()) => desk.ask(question, readPart);

/** Why a question has no answer. */
async function failureOf(asked: Promise<unknown>): Promise<ModelFailure> {
  const error: unknown = await asked.then(
    () => null,
    (each: unknown) => each,
  );
  if (error instanceof ModelFailure) return error;
  throw new Error(`not a failure of the model: ${String(error)}`);
}

describe('a desk', () => {
  it.each<[string, Behaviour]>([
    ['the model is overloaded', BUSY],
    ['too much was asked', fail({ status: 429, type: 'rate_limit_error', message: 'Slower' })],
    ['the server broke', fail({ status: 500, type: 'api_error', message: 'Internal' })],
    ['a gateway broke', fail({ status: 502, type: 'api_error', message: 'Bad gateway' })],
    ['it took the server too long', fail({ status: 504, type: 'timeout_error', message: 'Late' })],
    ['the stream is cut', cutStream({ part: 'a long answer' }, 12)],
    ['the stream says so itself', errorInStream({ part: 'long' }, 5, 'overloaded_error')],
  ])('asks again, after growing waits, when %s', async (_, trouble) => {
    const { claude, desk, waits, usage } = await place();
    claude.next(trouble, trouble);
    expect(await ask(desk())).toBe('I');
    expect(waits).toEqual([1000, 2000]);
    const [account] = await usage();
    expect(account).toMatchObject({ calls: 3, failed: 2, open: 0 });
  });

  it('pays for what a stream said before it was cut', async () => {
    const { claude, desk, usage, office } = await place();
    claude.next(cutStream({ part: 'many words of an answer that never ends' }, 40));
    await ask(desk());
    const [account] = await usage();
    const [cut, whole] = claude.requests;
    expect(account?.fresh).toBe((cut?.promptTokens ?? 0) + (whole?.promptTokens ?? 0));
    const price = office.models.prices.get('claude-opus-5-5');
    if (!account || !price) throw new Error('nothing was paid');
    expect(Math.abs(account.price - priceOf(account, price))).toBeLessThanOrEqual(1);
    expect(account.output).toBeGreaterThan(5);
  });

  it('tells what it is doing', async () => {
    const { claude, desk } = await place();
    claude.next(LIMITED('7'));
    const told: string[] = [];
    await ask(desk({ tell: (what) => told.push(what) }));
    expect(told).toEqual(['I …', 'overloaded: again in 7 s']);
  });

  it('waits as long as the provider asks', async () => {
    const { claude, desk, waits } = await place();
    claude.next(LIMITED('7'));
    expect(await ask(desk())).toBe('I');
    expect(waits).toEqual([7000]);
  });

  it('never waits past the deadline: it ends at once, and asks nothing more', async () => {
    const { claude, desk, waits } = await place();
    claude.next(LIMITED('7200'));
    const late = desk();
    expect(await failureOf(ask(late))).toMatchObject({ kind: 'no-time' });
    expect(await failureOf(ask(late, aQuestion({ part: 'II' })))).toMatchObject({
      kind: 'no-time',
    });
    expect({ waits, requests: claude.requests.length }).toEqual({ waits: [], requests: 1 });
  });

  it('asks nothing once the deadline has passed', async () => {
    const { claude, desk, pass } = await place();
    const late = desk();
    pass(3_600_001);
    expect(await failureOf(ask(late))).toMatchObject({ kind: 'no-time' });
    expect(claude.requests).toEqual([]);
  });

  it('gives up on a provider that stays busy, but not on other questions', async () => {
    const { claude, desk } = await place();
    claude.next(BUSY, BUSY, BUSY, BUSY, BUSY);
    const patient = desk();
    expect(await failureOf(ask(patient))).toMatchObject({ kind: 'overloaded' });
    expect(await ask(patient, aQuestion({ part: 'II' }))).toBe('II');
    expect(claude.requests).toHaveLength(6);
  });

  it('asks once more for twice the length when an answer is cut off, and no third time', async () => {
    const { claude, desk } = await place();
    claude.next(cutAtMaxTokens({ part: 'long' }));
    expect(await ask(desk())).toBe('I');
    const lengths = () => claude.requests.map(({ body }) => body.max_tokens);
    expect(lengths()).toEqual([1000, 2000]);
    const other = aQuestion({ part: 'II' });
    claude.next(cutAtMaxTokens({ part: 'long' }), cutAtMaxTokens({ part: 'long' }));
    expect(await failureOf(ask(desk(), other))).toMatchObject({ kind: 'cut-off' });
    expect(lengths()).toHaveLength(4);
  });

  it('takes a refusal for an answer, and asks other questions', async () => {
    const { claude, desk, usage } = await place();
    claude.next(refusal());
    const polite = desk();
    expect(await failureOf(ask(polite))).toMatchObject({ kind: 'refused' });
    expect(await ask(polite, aQuestion({ part: 'II' }))).toBe('II');
    expect(claude.requests).toHaveLength(2);
    expect((await usage())[0]).toMatchObject({ calls: 2, failed: 1 });
  });

  it('says what was wrong with an answer that cannot be read, once', async () => {
    const { claude, desk } = await place();
    const noJson = text('Here you are: I', { ignoringSchema: true });
    claude.next(noJson);
    expect(await ask(desk())).toBe('I');
    expect(JSON.stringify(claude.requests[1]?.body)).toContain('It is no JSON.');
    claude.next(noJson, noJson);
    const other = aQuestion({ part: 'II' });
    expect(await failureOf(ask(desk(), other))).toMatchObject({ kind: 'unreadable' });
    expect(claude.requests).toHaveLength(4);
  });

  it('asks again for the form that was asked for', async () => {
    const { claude, desk } = await place();
    const otherForm = json({ part: 7 }, { ignoringSchema: true });
    const readWord = (said: string): string => {
      const { part } = JSON.parse(said) as { part: unknown };
      if (typeof part !== 'string') throw new ModelFailure('unreadable', 'The part is no word.');
      return part;
    };
    claude.next(otherForm);
    expect(await desk().ask(aQuestion(), readWord)).toBe('I');
    expect(JSON.stringify(claude.requests[1]?.body)).toContain('The part is no word.');
    claude.next(otherForm, otherForm);
    const failed = desk().ask(aQuestion({ part: 'II' }), readWord);
    expect(await failureOf(failed)).toMatchObject({ kind: 'unreadable' });
    expect(claude.requests).toHaveLength(4);
  });

  it('tells a question that is too large from one that is wrong, and stays open', async () => {
    const { claude, desk } = await place({ claude: { contextTokens: 2000 } });
    const open = desk();
    const large = aQuestion({ words: `${'word '.repeat(5000)} "Write I."` });
    expect(await failureOf(ask(open, large))).toMatchObject({ kind: 'too-large' });
    expect(await ask(open)).toBe('I');
    expect(claude.refused).toHaveLength(1);
  });

  it('reads what questions have in common from the cache', async () => {
    const { claude, desk, usage } = await place();
    const shared = 'What all have in common. '.repeat(2000);
    const all = desk();
    await ask(all, aQuestion({ part: 'I', shared }));
    await ask(all, aQuestion({ part: 'II', shared }));
    const [first, second] = claude.requests;
    expect(first?.cacheWritten).toBeGreaterThan(1000);
    expect(second).toMatchObject({ cacheRead: first?.cacheWritten, cacheWritten: 0 });
    const [account] = await usage();
    expect(account).toMatchObject({
      cacheWritten: first?.cacheWritten,
      cacheRead: second?.cacheRead,
    });
  });

  it('asks four questions side by side, and never more', async () => {
    const { claude, desk, office } = await place();
    const client = await office.client();
    let [underway, most] = [0, 0];
    vi.spyOn(office, 'client').mockImplementation(async () => {
      most = Math.max(most, (underway += 1));
      return client;
    });
    const waiting: (() => void)[] = [];
    claude.answer(async (request) => {
      const turn = Promise.withResolvers<void>();
      waiting.push(turn.resolve); // each is answered once four have come
      if (waiting.length >= 4) for (const go of waiting.splice(0)) go();
      await turn.promise;
      return answerPart(request);
    });
    const busy = desk();
    const parts = Array.from({ length: 12 }, (_, index) => `P${index}`);
    const read = (said: string) => {
      underway -= 1;
      return readPart(said);
    };
    const answers = await Promise.all(parts.map((part) => busy.ask(aQuestion({ part }), read)));
    expect({ answers, most }).toEqual({ answers: parts, most: 4 });
  });

  it('gives up a stream that falls silent', async () => {
    const { claude, desk, usage } = await place({ silenceMs: 60 });
    claude.answer(hang);
    const patient = desk();
    expect(await failureOf(ask(patient))).toMatchObject({ kind: 'unreachable' });
    expect(patient.notices).toMatchObject([{ kind: 'unreachable' }]);
    // On a busy machine some are given up before they have arrived.
    expect(claude.requests.length).toBeGreaterThan(0);
    expect((await usage())[0]).toMatchObject({ calls: 5, failed: 5, open: 0 });
  });

  it('gives up an answer that does not end', async () => {
    const { claude, desk } = await place();
    claude.answer(() => json({ part: 'x'.repeat(1_200_000) }));
    expect(await failureOf(ask(desk()))).toMatchObject({ kind: 'unreadable' });
    expect(claude.requests).toHaveLength(2);
  });

  it('stops when it is told to, and says why', async () => {
    const { claude, desk } = await place();
    const stop = new AbortController();
    claude.answer(() => {
      stop.abort(new Error('Stopped.'));
      return hang();
    });
    await expect(ask(desk({ signal: stop.signal }))).rejects.toThrow('Stopped.');
    expect(claude.requests).toHaveLength(1);
  });
});

describe('a desk that will be answered no more', () => {
  it('asks nothing for those who waited for room under the cap', async () => {
    const { claude, desk, usage } = await place({ models: { dailyCap: 0.03 } });
    claude.answer(async () => {
      for (let look = 0; look < 10; look += 1) await usage(); // meanwhile the others come
      return NO_CREDIT;
    });
    const narrow = desk();
    const asked = ['I', 'II', 'III'].map((part) => failureOf(ask(narrow, aQuestion({ part }))));
    expect((await Promise.all(asked)).map(({ kind }) => kind)).toEqual(
      Array.from({ length: 3 }, () => 'no-credit'),
    );
    expect(claude.requests).toHaveLength(1);
    expect((await usage())[0]).toMatchObject({ open: 0, price: 0 });
  });

  it('tells the owner of what a desk for another purpose of its errand met', async () => {
    const { claude, desk } = await place();
    claude.answer(() => NO_CREDIT);
    const main = desk();
    expect(await failureOf(ask(main.for('check')))).toMatchObject({ kind: 'no-credit' });
    expect(await failureOf(ask(main))).toMatchObject({ kind: 'no-credit' });
    expect(main.notices).toMatchObject([{ kind: 'no-credit' }]);
  });

  it.each<[string, ModelFailure['kind'], Behaviour]>([
    ['the account is empty', 'no-credit', NO_CREDIT],
    [
      'the account has reached its limit',
      'no-credit',
      fail({ status: 402, type: 'billing_error', message: 'Payment required' }),
    ],
    [
      'nobody accepts the key',
      'bad-key',
      fail({ status: 401, type: 'authentication_error', message: 'invalid bearer token' }),
    ],
    [
      'the key may not do this',
      'bad-key',
      fail({ status: 403, type: 'permission_error', message: 'Not allowed' }),
    ],
    [
      'the model does not exist',
      'rejected',
      fail({ status: 404, type: 'not_found_error', message: 'model: claude-opus-9' }),
    ],
  ])('asks nothing more, and tells the owner once a day: %s', async (_, kind, trouble) => {
    const { claude, desk, pass } = await place();
    claude.answer(() => trouble);
    const first = desk();
    expect(await failureOf(ask(first))).toMatchObject({ kind });
    expect(await failureOf(ask(first, aQuestion({ part: 'II' })))).toMatchObject({ kind });
    expect(claude.requests).toHaveLength(1);
    expect(first.notices).toMatchObject([{ kind }]);
    const second = desk();
    expect(await failureOf(ask(second))).toMatchObject({ kind });
    expect(second.notices).toEqual([]);
    pass(DAY);
    const tomorrow = desk();
    expect(await failureOf(ask(tomorrow))).toMatchObject({ kind });
    expect(tomorrow.notices).toMatchObject([{ kind }]);
  });

  it('has a key that nobody accepts, and shows it nowhere', async () => {
    const logged: string[] = [];
    const { claude, desk } = await place({ apiKey: 'bad-key', logged });
    const first = desk();
    const failure = await failureOf(ask(first));
    expect(failure.kind).toBe('bad-key');
    expect(claude.refused).toHaveLength(1);
    expect(first.notices).toMatchObject([{ kind: 'bad-key' }]);
    const said = [failure.message, ...first.notices.map(({ detail }) => detail)].join('\n');
    expect(said).not.toContain('Bearer bad-key');
    expect(logged.length).toBeGreaterThan(0);
    expect(logged.join('')).not.toContain('Bearer bad-key');
  });
});

describe('the key', () => {
  it('never stands in the log or in what is said of a failure', async () => {
    const apiKey = 'sk-ant-api03-QuillDemo';
    const logged: string[] = [];
    const { claude, desk, office } = await place({ apiKey, logged, silenceMs: 60 });
    const said: string[] = [];
    const fails = async () => {
      const open = desk({ report: null });
      said.push(inspect([await failureOf(ask(open)), open.notices], { depth: null }));
    };
    for (const trouble of [
      BUSY,
      NO_CREDIT,
      cutStream({ part: 'long' }, 5),
      hang(),
      fail({ status: 401, type: 'authentication_error', message: 'invalid bearer token' }),
    ]) {
      claude.answer(() => trouble);
      await fails();
    }
    const nowhere = openClient({ apiKey, baseUrl: 'http://127.0.0.1:1' });
    vi.spyOn(office, 'client').mockReturnValue(nowhere);
    await fails();
    expect(said).toHaveLength(6);
    expect(logged.length).toBeGreaterThan(6);
    expect([...said, ...logged].filter((line) => line.includes(apiKey))).toEqual([]);
  });
});

describe('what a desk has paid for', () => {
  it('is not asked again for the same report', async () => {
    const { claude, desk } = await place();
    await ask(desk());
    claude.answer(() => json({ part: 'another' }));
    expect(await ask(desk())).toBe('I');
    expect(claude.requests).toHaveLength(1);
    expect(await ask(desk(), aQuestion({ part: 'II' }))).toBe('another');
    expect(await ask(desk(), aQuestion({ effort: 'high' }))).toBe('another');
    expect(claude.requests).toHaveLength(3);
  });

  it('is kept for reports only', async () => {
    const { claude, desk } = await place();
    await ask(desk({ report: null }));
    await ask(desk({ report: null }));
    expect(claude.requests).toHaveLength(2);
  });

  it('is asked for anew where it can be read no more', async () => {
    const { claude, desk } = await place();
    await ask(desk());
    const fussy = (said: string): string => {
      if (said.includes('"I"')) throw new ModelFailure('unreadable', 'It is of an older form.');
      return readPart(said);
    };
    claude.next(json({ part: 'newer' }));
    expect(await desk().ask(aQuestion(), fussy)).toBe('newer');
    expect(await ask(desk())).toBe('newer');
    expect(claude.requests).toHaveLength(2);
  });

  it('is not kept where it cannot be read', async () => {
    const { claude, desk } = await place();
    const noJson = text('no JSON', { ignoringSchema: true });
    claude.next(noJson, noJson);
    await failureOf(ask(desk()));
    expect(await ask(desk())).toBe('I');
  });
});

describe('the cap of a day', () => {
  it('is not passed: what could pass it is not asked, and the owner hears of it once', async () => {
    const { claude, desk } = await place({ models: { dailyCap: 0.01 } });
    const first = desk();
    expect(await failureOf(ask(first))).toMatchObject({ kind: 'over-budget' });
    expect(first.notices).toMatchObject([{ kind: 'over-budget' }]);
    const second = desk({ topic: 'other', purpose: 'ask', report: null });
    expect(await failureOf(ask(second))).toMatchObject({ kind: 'over-budget' });
    expect(second.notices).toEqual([]);
    expect(claude.requests).toEqual([]);
  });

  it('holds for all topics and purposes together, each day anew', async () => {
    const { claude, desk, pass, usage } = await place({ models: { dailyCap: 0.025 } });
    const spend = (topic: string) => ask(desk({ topic, report: null }));
    let asked = 0;
    const untilFull = async () => {
      for (;;) {
        try {
          await spend(`topic-${(asked += 1)}`);
        } catch (error) {
          return error instanceof ModelFailure ? error.kind : error;
        }
      }
    };
    expect(await untilFull()).toBe('over-budget');
    const today = claude.requests.length;
    expect(today).toBeGreaterThan(0);
    pass(DAY);
    expect(await untilFull()).toBe('over-budget');
    expect(claude.requests.length).toBe(2 * today);
    for (const [, rows] of Map.groupBy(await usage(), ({ day }) => day)) {
      expect(rows.reduce((sum, { price }) => sum + price, 0)).toBeLessThanOrEqual(25_000);
    }
  });

  it('with room for one call at a time lets the others wait for what is left over', async () => {
    const { claude, desk, usage } = await place({ models: { dailyCap: 0.03 } });
    const narrow = desk();
    const parts = ['I', 'II', 'III'];
    expect(await Promise.all(parts.map((part) => ask(narrow, aQuestion({ part }))))).toEqual(parts);
    expect(claude.requests).toHaveLength(3);
    expect((await usage())[0]).toMatchObject({ calls: 3, failed: 0 });
  });

  it('holds however many ask at once', async () => {
    const { desk, usage } = await place({ models: { dailyCap: 0.07 } });
    const desks = Array.from({ length: 8 }, () => desk({ report: null }));
    const asked = desks.flatMap((each) =>
      ['I', 'II'].map((part) => ask(each, aQuestion({ part }))),
    );
    const ends = await Promise.allSettled(asked);
    expect(ends.some(({ status }) => status === 'fulfilled')).toBe(true);
    const [account] = await usage();
    expect(account?.price).toBeLessThanOrEqual(70_000);
    expect(account?.open).toBe(0);
  });
});
