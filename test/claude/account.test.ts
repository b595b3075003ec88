import { describe, expect, it } from 'vitest';

import { Account } from '../../src/claude/account.ts';
import { ModelFailure } from '../../src/claude/failure.ts';
import { type Answer, mostTokens } from '../../src/claude/question.ts';
import { DEFAULT_MODELS } from '../../src/claude/settings.ts';
import { priceOf, type Tokens } from '../../src/model/usage.ts';
import { closeCall, enterCall, type PlannedCall, spentSince } from '../../src/store/calls.ts';
import type { Database } from '../../src/store/database.ts';
import { calls } from '../../src/store/schema.ts';
import { cutStream, fail, hang } from '../fakes/claude.ts';
import { freshDatabase } from '../support/database.ts';
import { anOffice } from '../support/office.ts';
import { answerPart, aQuestion, readPart } from '../support/questions.ts';

const NOW = new Date('2026-10-13T06:00:00Z');
const QUESTION = aQuestion();
const PRICE = DEFAULT_MODELS.prices.get(QUESTION.model) ?? fallen('no price');
const AT_MOST = priceOf(mostTokens(QUESTION), PRICE);
const TOKENS: Tokens = { fresh: 90, cacheWritten: 0, cacheRead: 0, output: 210 };
const ANSWER: Answer = { text: '{"part":"I"}', tokens: TOKENS, requestId: 'req_1' };
const PLANNED: PlannedCall = {
  startedAt: NOW,
  purpose: 'ask',
  topic: 'other',
  part: 'answer',
  model: QUESTION.model,
  batched: false,
  atMost: 0,
};
const NO_CAP = { since: NOW, micros: Infinity };

function fallen(message: string): never {
  throw new Error(message);
}

/** A database that is connected to so often that calls really meet in it. */
async function busyDatabase(): Promise<Database> {
  const db = await freshDatabase();
  await Promise.all(Array.from({ length: 5 }, () => spentSince(db, NOW)));
  return db;
}

const rowsOf = (db: Database) => db.select().from(calls).orderBy(calls.id);

/** The account of a topic in which a day's cap has room for so many calls at their most. */
function accountIn(db: Database, room: number, timeZone = 'UTC'): Account {
  return new Account({
    db,
    models: { ...DEFAULT_MODELS, dailyCap: (room * AT_MOST) / 1e6 },
    now: () => NOW,
    timeZone,
    purpose: 'report',
    topic: 'twitter_ai',
    cachedFor: '5m',
  });
}

describe('the account', () => {
  it('has a row for every attempt, with how it ended and what it cost', async () => {
    const { claude, desk, office } = await anOffice();
    claude.answer(answerPart);
    claude.next(
      fail({ status: 529, type: 'overloaded_error', message: 'Overloaded' }),
      cutStream({ part: 'many words of an answer that never ends' }, 40),
    );
    await desk().ask(QUESTION, readPart);
    const rows = await rowsOf(office.db);
    expect(rows).toMatchObject([
      { state: 'failed', failure: 'overloaded', fresh: 0, output: 0, price: 0 },
      { state: 'failed', failure: 'unreachable', fresh: claude.requests[1]?.promptTokens },
      { state: 'answered', failure: null, fresh: claude.requests[2]?.promptTokens },
    ]);
    expect(rows[1]?.output).toBeGreaterThan(5);
    expect(rows.map(({ price }) => price)).toEqual(rows.map((row) => priceOf(row, PRICE)));
    expect(rows.map(({ requestId }) => requestId)).toEqual([1, 2, 3].map((id) => `req_fake_${id}`));
  });

  it('charges what the cache was written with, then what was read from it', async () => {
    const { claude, desk, office } = await anOffice();
    claude.answer(answerPart);
    const shared = 'What all have in common. '.repeat(400);
    const open = desk();
    for (const part of ['I', 'II']) await open.ask(aQuestion({ part, shared }), readPart);
    const rows = await rowsOf(office.db);
    expect(claude.requests[1]?.cacheRead).toBeGreaterThan(0);
    for (const [index, row] of rows.entries()) {
      const { cacheWritten, cacheRead, promptTokens } = claude.requests[index] ?? fallen('no call');
      const fresh = promptTokens - cacheWritten - cacheRead;
      expect(row).toMatchObject({ fresh, cacheWritten, cacheRead, price: priceOf(row, PRICE) });
    }
    expect(rows[1]?.price).toBeLessThan(rows[0]?.price ?? 0);
  });

  it('holds the most that a call can cost while it is under way', async () => {
    const db = await freshDatabase();
    let during: Awaited<ReturnType<typeof rowsOf>> = [];
    await accountIn(db, 1).charge(QUESTION, async () => {
      during = await rowsOf(db);
      return ANSWER;
    });
    expect(during).toMatchObject([{ state: 'asked', price: AT_MOST }]);
    expect(await rowsOf(db)).toMatchObject([
      { ...TOKENS, state: 'answered', price: priceOf(TOKENS, PRICE), requestId: 'req_1' },
    ]);
  });

  it('leaves the most in the row of a call whose end nobody saw', async () => {
    const db = await freshDatabase();
    const lost = accountIn(db, 1).charge(QUESTION, () => fallen('a defect'));
    await expect(lost).rejects.toThrow('a defect');
    expect(await rowsOf(db)).toMatchObject([{ state: 'asked', price: AT_MOST }]);
  });

  it('charges a call that was stopped with something from nothing to the most', async () => {
    const { claude, desk, office } = await anOffice();
    const stop = new AbortController();
    const reason = new Error('Stopped.');
    claude.answer(() => {
      stop.abort(reason);
      return hang();
    });
    const asked = desk({ signal: stop.signal }).ask(QUESTION, readPart);
    await expect(asked).rejects.toBe(reason);
    const [row] = await rowsOf(office.db);
    expect(row?.price).toBeGreaterThanOrEqual(0);
    expect(row?.price).toBeLessThanOrEqual(AT_MOST);
  });

  it('lets no model be asked whose price nobody said', async () => {
    const db = await freshDatabase();
    const asked = accountIn(db, 1).charge(aQuestion({ model: 'mine' }), () => fallen('asked'));
    await expect(asked).rejects.toMatchObject({ kind: 'over-budget' });
    expect(await rowsOf(db)).toEqual([]);
  });
});

describe('the cap', () => {
  it.each([
    ['UTC', '2026-10-13T00:00:00Z', '2026-10-12T23:59:59Z'],
    ['Asia/Shanghai', '2026-10-12T16:00:00Z', '2026-10-12T15:59:59Z'],
    ['America/Los_Angeles', '2026-10-12T07:00:00Z', '2026-10-12T06:59:59Z'],
  ])('counts all topics of today in %s, and nothing of yesterday', async (zone, first, last) => {
    const [today, yesterday] = [await freshDatabase(), await freshDatabase()];
    await enterCall(today, { ...PLANNED, atMost: 1, startedAt: new Date(first) }, NO_CAP);
    await enterCall(yesterday, { ...PLANNED, atMost: 1, startedAt: new Date(last) }, NO_CAP);
    const charge = (db: Database) => accountIn(db, 1, zone).charge(QUESTION, async () => ANSWER);
    await expect(charge(today)).rejects.toMatchObject({ kind: 'over-budget' });
    expect(await charge(yesterday)).toBe(ANSWER);
  });

  it('has room again for what a call did not cost', async () => {
    const db = await freshDatabase();
    const cap = { since: NOW, micros: 10 };
    const id = await enterCall(db, { ...PLANNED, atMost: 10 }, cap);
    expect(await enterCall(db, { ...PLANNED, atMost: 1 }, cap)).toBeNull();
    const end = { failure: null, requestId: null, durationMs: 0 };
    await closeCall(db, id ?? 0, { ...end, state: 'answered', tokens: TOKENS, price: 9 });
    expect(await enterCall(db, { ...PLANNED, atMost: 2 }, cap)).toBeNull();
    expect(await enterCall(db, { ...PLANNED, atMost: 1 }, cap)).not.toBeNull();
  });

  it('is filled, and never passed, by calls that are entered all at once', async () => {
    const db = await busyDatabase();
    const entered = await Promise.all(
      Array.from({ length: 40 }, () =>
        enterCall(db, { ...PLANNED, atMost: 10 }, { since: NOW, micros: 95 }),
      ),
    );
    expect(entered.filter((id) => id !== null)).toHaveLength(9);
    expect(await spentSince(db, NOW)).toBe(90);
  });

  it('is never passed, however many accounts charge at once', async () => {
    const db = await busyDatabase();
    const room = 5;
    const spent: number[] = [];
    const charges = Array.from({ length: 4 }, () => accountIn(db, room)).flatMap((account) =>
      Array.from({ length: 15 }, async (_, index) =>
        account.charge(QUESTION, async () => {
          spent.push(await spentSince(db, NOW));
          const tokens = { ...TOKENS, output: 400 };
          if (index % 3 === 0) throw new ModelFailure('unreachable', 'cut', { tokens });
          return { ...ANSWER, tokens };
        }),
      ),
    );
    const ends = await Promise.allSettled(charges);
    const failures = ends.flatMap((end) =>
      end.status === 'rejected' ? [(end.reason as ModelFailure).kind] : [],
    );
    expect(new Set(failures)).toEqual(new Set(['unreachable', 'over-budget']));
    spent.push(await spentSince(db, NOW));
    expect(Math.max(...spent)).toBeLessThanOrEqual(room * AT_MOST);
    const rows = await rowsOf(db);
    expect(rows).toHaveLength(spent.length - 1);
    expect(rows.filter(({ state }) => state === 'asked')).toEqual([]);
  });

  it('makes calls of one account wait for what others of it leave over', async () => {
    const db = await busyDatabase();
    const account = accountIn(db, 1.5);
    let underway = 0;
    const charged = Array.from({ length: 5 }, () =>
      account.charge(QUESTION, async () => {
        underway += 1;
        for (let query = 0; query < 10; query += 1) await spentSince(db, NOW);
        expect(underway).toBe(1);
        underway -= 1;
        return { ...ANSWER, tokens: { ...TOKENS, output: 1 } };
      }),
    );
    expect(await Promise.all(charged)).toHaveLength(5);
  });
});
