import { describe, expect, it } from 'vitest';

import { homeId, idOfTime, timeOfId } from '../../../src/collect/mastodon/ids.ts';
import { NOW } from '../timelines.ts';

describe('the id of a post of Mastodon', () => {
  it.each([
    [
      'https://Town.example/users/ada/statuses/115000000000000001',
      'town.example/115000000000000001',
    ],
    ['https://town.example/users/ada/statuses/1150/activity', 'town.example/1150'],
    [
      'https://town.example/ap/users/11/statuses/115000000000000001',
      'town.example/115000000000000001',
    ],
    ['https://town.example/@ada/115000000000000001', 'town.example/115000000000000001'],
    ['https://misskey.example/notes/9abc', 'misskey.example/9abc'],
    ['https://akkoma.example/objects/0b1c-2d', 'akkoma.example/0b1c-2d'],
    ['https://blog.example/?p=12', 'blog.example/?p=12'],
  ])('of %s', (uri, id) => {
    expect(homeId(uri)).toBe(`mastodon:${id}`);
  });

  it('is short whatever the address', () => {
    expect(homeId(`https://a.example/${'x'.repeat(5000)}`)?.length).toBeLessThan(100);
    expect(homeId('at://nonsense')).toBeNull();
  });

  it('holds its time, if Mastodon itself gave it', () => {
    expect(timeOfId(idOfTime(NOW.getTime()), NOW)).toBe(NOW.getTime());
    expect(timeOfId('A0000000000000001', NOW)).toBeNull();
    expect(timeOfId('12345', NOW)).toBeNull();
  });
});
