import { expect, it } from 'vitest';

import { forgetCharged, noteCharged } from '../../src/store/charged.ts';
import { freshDatabase, sharedDatabase } from '../support/database.ts';

const db = sharedDatabase();
const [TODAY, TOMORROW] = ['2026-11-20', '2026-11-21'];

/** What is returned is in no order, and some of it comes twice. */
function someIds(count: number, from = 0): string[] {
  const ids = Array.from({ length: count }, (_, place) => String(from + ((7 * place) % count)));
  return [...ids, ...ids.slice(0, 2)];
}

it('charges for each post and each person once a day', async () => {
  const page = { postIds: ['1', '2', '2'], userIds: ['2', '7'] };
  expect(await noteCharged(db(), TODAY, page)).toEqual({ posts: 2, users: 2 });
  expect(await noteCharged(db(), TODAY, page)).toEqual({ posts: 0, users: 0 });
  const more = { postIds: ['2', '3'], userIds: ['8'] };
  expect(await noteCharged(db(), TODAY, more)).toEqual({ posts: 1, users: 1 });
  expect(await noteCharged(db(), TOMORROW, page)).toEqual({ posts: 2, users: 2 });
  const nothing = { postIds: [], userIds: [] };
  expect(await noteCharged(db(), TOMORROW, nothing)).toEqual({ posts: 0, users: 0 });
});

it('charges once for what many are given at the same time', async () => {
  const own = await freshDatabase();
  const pages = Array.from({ length: 12 }, (_, place) => ({
    postIds: place % 2 === 0 ? someIds(300) : someIds(300).toReversed(),
    userIds: someIds(50, place),
  }));
  const charges = await Promise.all(
    pages.map((page) => own.transaction((tx) => noteCharged(tx, TODAY, page))),
  );
  expect(charges.reduce((sum, { posts }) => sum + posts, 0)).toBe(300);
  expect(charges.reduce((sum, { users }) => sum + users, 0)).toBe(50 + 11);
});

it('has charged for nothing in a transaction that failed', async () => {
  const page = { postIds: ['100', '101'], userIds: ['100'] };
  const failing = db().transaction(async (tx) => {
    await noteCharged(tx, TODAY, page);
    throw new Error('the process died');
  });
  const waiting = noteCharged(db(), TODAY, page);
  await expect(failing).rejects.toThrow('died');
  expect(await waiting).toEqual({ posts: 2, users: 1 });
});

it('forgets the days before another', async () => {
  const own = await freshDatabase();
  const page = { postIds: ['1'], userIds: [] };
  for (const day of [TODAY, TOMORROW]) await noteCharged(own, day, page);
  await forgetCharged(own, TOMORROW);
  expect(await noteCharged(own, TODAY, page)).toEqual({ posts: 1, users: 0 });
  expect(await noteCharged(own, TOMORROW, page)).toEqual({ posts: 0, users: 0 });
});
