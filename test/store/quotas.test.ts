import { expect, it } from 'vitest';

import { forgetQuotas, useQuota } from '../../src/store/quotas.ts';
import { freshDatabase } from '../support/database.ts';

it('grants so many a day to everybody, says once that they are used up, and begins anew', async () => {
  const db = await freshDatabase();
  const use = (key: string, day: string) => useQuota(db, key, day, 2);
  const ofADay = ['granted', 'granted', 'just-used-up', 'used-up', 'used-up'];
  for (const expected of ofADay) expect(await use('person:1', '2026-01-29')).toBe(expected);
  expect(await use('person:2', '2026-01-29')).toBe('granted');
  for (const expected of ofADay) expect(await use('person:1', '2026-01-30')).toBe(expected);
  await forgetQuotas(db, '2026-01-30');
  expect(await use('person:1', '2026-01-30')).toBe('used-up');
  expect(await use('person:1', '2026-01-29')).toBe('granted');
  const asked = Array.from({ length: 12 }, () => useQuota(db, 'chat:1', '2026-01-30', 5));
  const granted = Map.groupBy(await Promise.all(asked), (grant) => grant);
  expect(granted.get('granted')).toHaveLength(5);
  expect(granted.get('just-used-up')).toHaveLength(1);
});
