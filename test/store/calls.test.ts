import { expect, it } from 'vitest';

import { NO_TOKENS } from '../../src/model/usage.ts';
import { closeCall, enterCall, spentSince, usageBetween } from '../../src/store/calls.ts';
import { freshDatabase } from '../support/database.ts';

const SINCE = new Date('2026-10-12T00:00:00Z');
const CALL = {
  startedAt: new Date('2026-10-12T05:00:00Z'),
  purpose: 'report',
  topic: 'twitter_ai',
  part: 'I',
  model: 'claude-opus-5-5',
  batched: false,
  atMost: 600_000,
} as const;
const CAP = { since: SINCE, micros: 1_000_000 };

it('holds back what a call can cost at most, however many ask at once', async () => {
  const db = await freshDatabase();
  const ids = await Promise.all([1, 2, 3].map(() => enterCall(db, CALL, CAP)));
  expect(ids.filter((id) => id !== null)).toHaveLength(1);
  expect(await spentSince(db, SINCE)).toBe(600_000);
});

it('gives back what a call did not cost, and counts a day by itself', async () => {
  const db = await freshDatabase();
  const id = await enterCall(db, CALL, CAP);
  const tokens = { ...NO_TOKENS, fresh: 10, cacheRead: 100, output: 5 };
  const end = {
    state: 'answered',
    failure: null,
    tokens,
    price: 1234,
    requestId: 'r',
    durationMs: 9,
  };
  await closeCall(db, id ?? 0, { ...end, state: 'answered' });
  expect(await enterCall(db, CALL, CAP)).not.toBeNull();
  const yesterday = { ...CALL, startedAt: new Date('2026-10-11T23:59:59Z'), atMost: 5_000_000 };
  expect(await enterCall(db, yesterday, { ...CAP, micros: 9_000_000 })).not.toBeNull();
  expect(await spentSince(db, SINCE)).toBe(601_234);
});

it('adds up days in the time zone, with calls whose end nobody saw', async () => {
  const db = await freshDatabase();
  await enterCall(db, CALL, CAP);
  const window = { start: SINCE, end: new Date('2026-10-14T00:00:00Z'), timeZone: 'Asia/Shanghai' };
  const late = { ...CALL, startedAt: new Date('2026-10-12T17:00:00Z'), atMost: 1 };
  await enterCall(db, late, CAP);
  const rows = await usageBetween(db, window);
  expect(rows.map(({ day, calls, open, price }) => ({ day, calls, open, price }))).toEqual([
    { day: '2026-10-12', calls: 1, open: 1, price: 600_000 },
    { day: '2026-10-13', calls: 1, open: 1, price: 1 },
  ]);
  expect(await usageBetween(db, window, 'another')).toEqual([]);
});
